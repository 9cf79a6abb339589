//! When an alert tells of an event, and what the columns of the logs mean: declared in a file, before the test.
//! In: TOML. Out: [`Rules`]. Deliberately not here: the logs.

use super::log::LogError;
use super::times::{Clock, moment, shown};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use vsa_base::Reason;

/// What an auditor declares before looking at the logs.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// Columns of the alert log.
    pub alerts: Mapping,
    /// Columns of the list of events.
    pub events: Mapping,
    /// The recordings in which every event was written down. Alerts and events outside are left out, and counted.
    pub watched: Vec<Watched>,
    /// An alert counts for an event from so long before it begins.
    #[serde(default)]
    pub early_seconds: f64,
    /// And until so long after it ended.
    #[serde(default)]
    pub late_seconds: f64,
    /// An alert so soon after another of the same camera, zone and kind is the same alert, told again.
    #[serde(default)]
    pub debounce_seconds: f64,
    /// Whether an alert has to name the zone of the event.
    #[serde(default)]
    pub zone_has_to_fit: bool,
    /// Whether an alert has to name the kind of the event.
    #[serde(default)]
    pub kind_has_to_fit: bool,
    /// What a second alert for an event that was already told is.
    #[serde(default)]
    pub repeats: Repeats,
}

/// What a second alert for an event that was already told is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Repeats {
    /// Neither right nor false; it is counted by itself.
    #[default]
    Ignored,
    /// A false alert.
    False,
}

/// Which column is what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Between cells.
    #[serde(default = "comma")]
    pub separator: char,
    /// Column with the time at which it began: seconds, or a date and time.
    pub time: String,
    /// Column with the time at which it ended.
    pub end: Option<String>,
    /// Column with the camera.
    pub camera: Option<String>,
    /// Column with the zone.
    pub zone: Option<String>,
    /// Column with the kind.
    pub kind: Option<String>,
    /// Kinds as the file writes them, to kinds as the claims name them. With it, other kinds are left out.
    #[serde(default)]
    pub kinds: BTreeMap<String, String>,
    /// Column with a number that the system gives to one person, track or face. It is not read into any result: how
    /// many different ones there are tells whether the output singles people out.
    pub person: Option<String>,
    /// Added to every time, for a clock that is known to be off.
    #[serde(default)]
    pub clock_offset_seconds: f64,
}

fn comma() -> char {
    ','
}

/// A recording in which every event was written down.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Watched {
    /// The camera, as the logs name it; absent: the only one.
    #[serde(default)]
    pub camera: String,
    /// From when.
    pub from: String,
    /// Until when.
    pub to: String,
    #[serde(skip)]
    pub(super) span: (f64, f64),
}

impl Watched {
    /// Its length in hours.
    #[must_use]
    pub fn hours(&self) -> f64 {
        (self.span.1 - self.span.0) / 3600.0
    }

    /// From when to when, in seconds of the log's clock.
    #[must_use]
    pub fn span(&self) -> (f64, f64) {
        self.span
    }
}

impl Rules {
    /// Reads a file of rules.
    ///
    /// # Errors
    /// [`LogError`].
    pub fn read(path: &Path) -> Result<Self, LogError> {
        let text = std::fs::read_to_string(path).map_err(|source| LogError::Read {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(&text).map_err(|Reason(reason)| LogError::Rules {
            path: path.to_owned(),
            reason,
        })
    }

    /// From text.
    ///
    /// # Errors
    /// What is wrong.
    pub fn parse(text: &str) -> Result<Self, Reason> {
        let mut rules: Self = toml::from_str(text).map_err(Reason::of)?;
        if rules.watched.is_empty() {
            return Err(
                "no recording is named in which every event was written down: add `[[watched]]`".into(),
            );
        }
        for (what, value) in [
            ("early_seconds", rules.early_seconds),
            ("late_seconds", rules.late_seconds),
            ("debounce_seconds", rules.debounce_seconds),
        ] {
            if !(value.is_finite() && value >= 0.0) {
                return Err(format!("{what} has to be 0 or more").into());
            }
        }
        let mut clock: Option<Clock> = None;
        for watched in &mut rules.watched {
            let (from, to) = (parse_end(&watched.from)?, parse_end(&watched.to)?);
            if from.1 != to.1 || clock.is_some_and(|clock| clock != from.1) {
                return Err(
                    "the watched times mix seconds, local times and times with an offset: use one".into(),
                );
            }
            clock = Some(from.1);
            if to.0 <= from.0 {
                return Err(format!(
                    "watched from {} to {}: it ends before it begins",
                    watched.from, watched.to
                )
                .into());
            }
            watched.span = (from.0, to.0);
        }
        rules.refuse_overlaps()?;
        Ok(rules)
    }

    /// Two recordings of one camera that overlap would count their events twice.
    fn refuse_overlaps(&self) -> Result<(), Reason> {
        for (at, one) in self.watched.iter().enumerate() {
            let overlaps = |other: &&Watched| {
                other.camera == one.camera && other.span.0 < one.span.1 && one.span.0 < other.span.1
            };
            if let Some(other) = self.watched[..at].iter().find(overlaps) {
                return Err(format!(
                    "camera `{}` is watched twice at the same time: from {} and from {}",
                    one.camera, other.from, one.from
                )
                .into());
            }
        }
        Ok(())
    }

    pub(super) fn clock(&self) -> Option<Clock> {
        let first = self.watched.first()?;
        moment(&first.from).map(|(_, clock)| clock)
    }

    /// When a moment of a recording (from 1) begins, as people look it up.
    #[must_use]
    pub fn moment_text(&self, recording: u64, from_seconds: f64) -> String {
        let watched = usize::try_from(recording)
            .ok()
            .and_then(|n| self.watched.get(n.checked_sub(1)?));
        let start = watched.map_or(0.0, |watched| watched.span.0);
        shown(start + from_seconds, self.clock().unwrap_or(Clock::Seconds))
    }

    /// All that was watched.
    #[must_use]
    pub fn hours(&self) -> f64 {
        self.watched.iter().map(Watched::hours).sum()
    }
}

fn parse_end(text: &str) -> Result<(f64, Clock), Reason> {
    moment(text).ok_or_else(|| {
        Reason(format!(
            "`{text}` is no time: write seconds, `2024-07-26 18:00:00` or `2024-07-26T18:00:00+02:00`"
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const COLUMNS: &str = "alerts = { time = \"t\" }\nevents = { time = \"t\" }\n";

    #[test]
    fn rules_without_a_recording_or_with_one_that_runs_backwards_are_refused() {
        let error = Rules::parse(&format!("watched = []\n{COLUMNS}")).unwrap_err();
        assert!(error.0.contains("no recording"), "{error}");
        let backwards = format!("{COLUMNS}[[watched]]\nfrom = \"10\"\nto = \"9\"");
        assert!(Rules::parse(&backwards).unwrap_err().0.contains("ends before"));
        let mixed = format!("{COLUMNS}[[watched]]\nfrom = \"10\"\nto = \"2024-07-26 18:00:00\"");
        assert!(Rules::parse(&mixed).unwrap_err().0.contains("mix"));
        let twice =
            format!("{COLUMNS}[[watched]]\nfrom = \"0\"\nto = \"9\"\n[[watched]]\nfrom = \"8\"\nto = \"12\"");
        assert!(Rules::parse(&twice).unwrap_err().0.contains("twice"));
    }

    #[test]
    fn hours_are_those_of_all_recordings() {
        let two = format!(
            "{COLUMNS}[[watched]]\nfrom = \"0\"\nto = \"3600\"\n[[watched]]\nfrom = \"7200\"\nto = \"9000\""
        );
        assert!((Rules::parse(&two).unwrap().hours() - 1.5).abs() < 1e-12);
    }

    fn watched(recordings: &[(&str, &str, &str)]) -> Result<Rules, Reason> {
        let tables = recordings.iter().map(|(camera, from, to)| {
            format!("[[watched]]\ncamera = \"{camera}\"\nfrom = \"{from}\"\nto = \"{to}\"\n")
        });
        Rules::parse(&format!("{COLUMNS}{}", tables.collect::<String>()))
    }

    #[test]
    fn recordings_may_touch_and_other_cameras_may_run_at_the_same_time() {
        for (recordings, refused) in [
            ([("a", "0", "8"), ("a", "8", "12")], None),
            ([("a", "8", "12"), ("a", "0", "8")], None),
            ([("a", "0", "9"), ("b", "0", "9")], None),
            ([("a", "8", "12"), ("a", "0", "9")], Some("twice")),
            ([("a", "0", "9"), ("a", "9", "9")], Some("ends before")),
            (
                [
                    ("a", "0", "9"),
                    ("a", "2024-07-26 18:00:00", "2024-07-26 19:00:00"),
                ],
                Some("mix"),
            ),
            ([("a", "0", "9"), ("a", "soon", "20")], Some("`soon` is no time")),
        ] {
            let error = watched(&recordings).err().map(|error| error.0);
            match refused {
                None => assert_eq!(error, None, "{recordings:?}"),
                Some(says) => assert!(
                    error.as_ref().is_some_and(|error| error.contains(says)),
                    "{recordings:?}: {error:?}"
                ),
            }
        }
    }

    #[test]
    fn tolerances_are_a_time_of_none_or_more() {
        let one = "[[watched]]\nfrom = \"0\"\nto = \"9\"";
        for name in ["early_seconds", "late_seconds", "debounce_seconds"] {
            for (value, allowed) in [
                ("0", true),
                ("0.5", true),
                ("-0.5", false),
                ("inf", false),
                ("nan", false),
            ] {
                let found = Rules::parse(&format!("{name} = {value}\n{COLUMNS}{one}"));
                match found {
                    Ok(_) => assert!(allowed, "{name} = {value}"),
                    Err(error) => assert!(!allowed && error.0.contains(name), "{value}: {error}"),
                }
            }
        }
    }

    #[test]
    fn a_moment_is_looked_up_on_the_clock_of_its_recording() {
        let seconds = watched(&[("a", "0", "50"), ("a", "100", "200")]).unwrap();
        let local = watched(&[("a", "2024-07-26 18:00:00", "2024-07-26 19:00:00")]).unwrap();
        for (rules, recording, shown) in [
            (&seconds, 1, "30 s"),
            (&seconds, 2, "130 s"),
            // A recording that there is not: from the start of the scale.
            (&seconds, 0, "30 s"),
            (&seconds, 3, "30 s"),
            (&local, 1, "2024-07-26 18:00:30"),
        ] {
            assert_eq!(rules.moment_text(recording, 30.0), shown, "{recording}");
        }
    }
}
