//! Counts by recording. In: alerts, events and rules. Out: [`Tally`], from which every share and rate is derived once.
//! Deliberately not here: intervals (see [`evidence`](crate::evidence)).

use super::log::{LogError, LoggedInterval, one_clock};
use super::matching::{Matched, match_alerts};
use super::rules::{Mapping, Repeats, Rules, Watched};
use crate::evidence::{Evidence, FEWEST_CLUSTERS};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Counts of one recording.
#[derive(Clone, Debug, PartialEq)]
pub struct Recording {
    /// Camera-hours.
    pub hours: f64,
    /// What became of its alerts and events.
    pub matched: Matched,
}

/// Counts of all recordings.
#[derive(Clone, Debug, PartialEq)]
pub struct Tally {
    /// One for each recording, in the order of the rules.
    pub recordings: Vec<Recording>,
    /// What a second alert is.
    pub repeats: Repeats,
    /// Different numbers that the system gave to single people; none: the log has no such column.
    pub person_numbers: Option<u64>,
    /// Alerts outside every recording.
    pub alerts_outside: u64,
    /// Events outside every recording.
    pub events_outside: u64,
}

/// What was counted, in all: for the report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Totals {
    /// Recordings.
    pub recordings: u64,
    /// Camera-hours.
    pub camera_hours: f64,
    /// Events.
    pub events: u64,
    /// Events that an alert told of.
    pub told: u64,
    /// Alerts, after those told again at once were joined.
    pub alerts: u64,
    /// Alerts that told of nothing.
    pub false_alerts: u64,
    /// Alerts for events that were already told.
    pub repeats: u64,
    /// Alerts told again within the debounce time.
    pub debounced: u64,
    /// Alerts outside the recordings: left out.
    pub alerts_outside: u64,
    /// Events outside the recordings: left out.
    pub events_outside: u64,
}

/// What a claim speaks of; `None`: of all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Only {
    /// Of this zone.
    pub zone: Option<String>,
    /// Of this kind of event.
    pub kind: Option<String>,
}

impl Only {
    /// What `log` tells of it. A log without a column for zones or kinds is taken to tell of the one in question.
    fn of<'a>(&self, log: &'a [LoggedInterval], mapping: &Mapping) -> Vec<&'a LoggedInterval> {
        let fits = |wanted: &Option<String>, column: &Option<String>, found: &str| {
            column.is_none() || wanted.as_deref().is_none_or(|wanted| wanted == found)
        };
        log.iter()
            .filter(|h| fits(&self.zone, &mapping.zone, &h.zone) && fits(&self.kind, &mapping.kind, &h.kind))
            .collect()
    }
}

/// Counts what became of the alerts and events that a claim speaks of.
///
/// # Errors
/// [`LogError::Clocks`].
pub fn tally(
    alerts: &[LoggedInterval],
    events: &[LoggedInterval],
    rules: &Rules,
    only: &Only,
) -> Result<Tally, LogError> {
    one_clock(rules, &[alerts, events])?;
    let alerts = only.of(alerts, &rules.alerts);
    let events = only.of(events, &rules.events);
    let outside = |all: &[&LoggedInterval]| {
        let in_none = |h: &&&LoggedInterval| !rules.watched.iter().any(|watched| is_in(watched, h));
        all.iter().filter(in_none).count() as u64
    };
    let recordings = rules
        .watched
        .iter()
        .map(|watched| Recording {
            hours: watched.hours(),
            matched: match_alerts(&all_in(watched, &alerts), &all_in(watched, &events), rules),
        })
        .collect();
    let person_numbers = rules.alerts.person.as_ref().map(|_| {
        let different: BTreeSet<&str> = alerts.iter().filter_map(|a| a.person.as_deref()).collect();
        different.len() as u64
    });
    Ok(Tally {
        recordings,
        repeats: rules.repeats,
        person_numbers,
        alerts_outside: outside(&alerts),
        events_outside: outside(&events),
    })
}

fn is_in(watched: &Watched, h: &LoggedInterval) -> bool {
    h.camera == watched.camera && (watched.span.0..watched.span.1).contains(&h.start)
}

fn all_in<'a>(watched: &Watched, all: &[&'a LoggedInterval]) -> Vec<&'a LoggedInterval> {
    all.iter().copied().filter(|h| is_in(watched, h)).collect()
}

impl Tally {
    /// What was counted, in all.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let mut totals = Totals {
            recordings: self.recordings.len() as u64,
            camera_hours: self.recordings.iter().map(|r| r.hours).sum(),
            alerts_outside: self.alerts_outside,
            events_outside: self.events_outside,
            ..Totals::default()
        };
        for recording in &self.recordings {
            let told = recording.matched.delays.len() as u64;
            totals.told += told;
            totals.events += told + recording.matched.missed;
            totals.false_alerts += self.false_alerts(recording);
            totals.repeats += recording.matched.duplicates;
            totals.debounced += recording.matched.debounced;
            totals.alerts += told + recording.matched.duplicates + recording.matched.false_alerts;
        }
        totals
    }

    /// Alerts that count as false.
    fn false_alerts(&self, recording: &Recording) -> u64 {
        let matched = &recording.matched;
        match self.repeats {
            Repeats::Ignored => matched.false_alerts,
            Repeats::False => matched.false_alerts + matched.duplicates,
        }
    }

    /// Events told, of all.
    #[must_use]
    pub fn recall(&self) -> Evidence {
        self.share(|m, _| (m.delays.len() as u64, m.delays.len() as u64 + m.missed))
    }

    /// Events not told, of all.
    #[must_use]
    pub fn miss_share(&self) -> Evidence {
        self.share(|m, _| (m.missed, m.delays.len() as u64 + m.missed))
    }

    /// Alerts that told of an event, of those that count.
    #[must_use]
    pub fn precision(&self) -> Evidence {
        self.share(|m, wrong| (m.delays.len() as u64, m.delays.len() as u64 + wrong))
    }

    /// Alerts that told of nothing, of those that count.
    #[must_use]
    pub fn false_alert_share(&self) -> Evidence {
        self.share(|m, wrong| (wrong, m.delays.len() as u64 + wrong))
    }

    /// Alerts within so many seconds of the start of their event, of all that told of one.
    #[must_use]
    pub fn within(&self, seconds: f64) -> Evidence {
        self.share(|m, _| {
            let soon = m.delays.iter().filter(|delay| **delay <= seconds).count() as u64;
            (soon, m.delays.len() as u64)
        })
    }

    /// False alerts for each camera-hour.
    #[must_use]
    pub fn false_alarm_rate(&self) -> Evidence {
        let clusters: Vec<(u64, f64)> = self
            .recordings
            .iter()
            .map(|r| (self.false_alerts(r), r.hours))
            .collect();
        if clusters.len() >= FEWEST_CLUSTERS {
            Evidence::ClusteredRate { clusters }
        } else {
            Evidence::Rate {
                events: clusters.iter().map(|c| c.0).sum(),
                hours: clusters.iter().map(|c| c.1).sum(),
            }
        }
    }

    /// A share; with enough recordings that have any, by recording.
    fn share(&self, count: impl Fn(&Matched, u64) -> (u64, u64)) -> Evidence {
        let clusters: Vec<(u64, u64)> = self
            .recordings
            .iter()
            .map(|r| count(&r.matched, self.false_alerts(r)))
            .filter(|(_, n)| *n > 0)
            .collect();
        if clusters.len() >= FEWEST_CLUSTERS {
            Evidence::ClusteredShare { clusters }
        } else {
            Evidence::Share {
                hits: clusters.iter().map(|c| c.0).sum(),
                n: clusters.iter().map(|c| c.1).sum(),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::log::parse;
    use super::*;

    fn rules(more: &str) -> Rules {
        Rules::parse(&format!(
            "late_seconds = 10\n{more}\nalerts = {{ time = \"t\", camera = \"c\", person = \"p\" }}\n\
             events = {{ time = \"t\", camera = \"c\" }}\n[[watched]]\ncamera = \"a\"\nfrom = \"0\"\nto = \"3600\"\n\
             [[watched]]\ncamera = \"b\"\nfrom = \"0\"\nto = \"1800\""
        ))
        .unwrap()
    }

    fn both(rules: &Rules) -> Tally {
        // Events at 100 and 500 (camera a), 700 (b), 2000 (b, after the recording).
        let events = parse("c,t\na,100\na,500\nb,700\nb,2000", &rules.events).unwrap();
        // Right at 103 and 704; 105 repeats the first; 900 and 1000 tell of nothing; 2001 lies outside.
        let alerts = parse(
            "c,t,p\na,103,7\na,105,7\nb,704,9\na,900,\na,1000,11\nb,2001,9",
            &rules.alerts,
        )
        .unwrap();
        tally(&alerts, &events, rules, &Only::default()).unwrap()
    }

    #[test]
    fn counts_are_those_made_by_hand() {
        let totals = both(&rules("")).totals();
        let expected = Totals {
            recordings: 2,
            camera_hours: 1.5,
            events: 3,
            told: 2,
            alerts: 5,
            false_alerts: 2,
            repeats: 1,
            debounced: 0,
            alerts_outside: 1,
            events_outside: 1,
        };
        assert_eq!(totals, expected);
        // Joined within three seconds, the repeat is no alert any more.
        let totals = both(&rules("debounce_seconds = 3")).totals();
        let expected = Totals {
            alerts: 4,
            repeats: 0,
            debounced: 1,
            ..expected
        };
        assert_eq!(totals, expected);
    }

    #[test]
    fn from_eight_recordings_on_that_have_any_they_are_counted_each_for_itself() {
        // An event in each hour, told three seconds later; and an alert for nothing in the first.
        let counted = |hours: u32, with_event: u32| {
            let watched: String = (0..hours)
                .map(|i| {
                    format!(
                        "[[watched]]\nfrom = \"{}\"\nto = \"{}\"\n",
                        3600 * i,
                        3600 * (i + 1)
                    )
                })
                .collect();
            let rules = Rules::parse(&format!(
                "late_seconds = 10\nalerts = {{ time = \"t\" }}\nevents = {{ time = \"t\" }}\n{watched}"
            ))
            .unwrap();
            let log = |at: u32| {
                (0..with_event)
                    .map(|i| format!("{}\n", 3600 * i + at))
                    .collect::<String>()
            };
            let events = parse(&format!("t\n{}", log(100)), &rules.events).unwrap();
            let alerts = parse(&format!("t\n{}500", log(103)), &rules.alerts).unwrap();
            tally(&alerts, &events, &rules, &Only::default()).unwrap()
        };
        let ones = |n| Evidence::ClusteredShare {
            clusters: vec![(1, 1); n],
        };
        let rates = |n: usize| Evidence::ClusteredRate {
            clusters: (0..n).map(|i| (u64::from(i == 0), 1.0)).collect(),
        };
        for (hours, with_event, recall, rate) in [
            (
                7,
                7,
                Evidence::Share { hits: 7, n: 7 },
                Evidence::Rate {
                    events: 1,
                    hours: 7.0,
                },
            ),
            (8, 8, ones(8), rates(8)),
            // A quiet hour is an hour without a false alert, but tells nothing of events.
            (8, 7, Evidence::Share { hits: 7, n: 7 }, rates(8)),
            (9, 8, ones(8), rates(9)),
        ] {
            let found = counted(hours, with_event);
            assert_eq!(found.recall(), recall, "{with_event} of {hours}");
            assert_eq!(found.false_alarm_rate(), rate, "{with_event} of {hours}");
        }
    }

    #[test]
    fn shares_and_rates_are_derived_from_the_counts() {
        let found = both(&rules(""));
        assert_eq!(found.recall(), Evidence::Share { hits: 2, n: 3 });
        assert_eq!(found.miss_share(), Evidence::Share { hits: 1, n: 3 });
        assert_eq!(found.precision(), Evidence::Share { hits: 2, n: 4 });
        assert_eq!(found.false_alert_share(), Evidence::Share { hits: 2, n: 4 });
        assert_eq!(
            found.false_alarm_rate(),
            Evidence::Rate {
                events: 2,
                hours: 1.5
            }
        );
        // Delays of 3 and 4 seconds.
        for (seconds, hits) in [(2.9, 0), (3.0, 1), (3.9, 1), (4.0, 2)] {
            assert_eq!(found.within(seconds), Evidence::Share { hits, n: 2 }, "{seconds}");
        }
        assert_eq!(found.person_numbers, Some(3));
    }

    #[test]
    fn alerts_of_another_kind_or_zone_are_left_out_where_the_log_tells_them() {
        let rules = Rules::parse(
            "alerts = { time = \"t\", kind = \"k\", zone = \"z\" }\nevents = { time = \"t\" }\n[[watched]]\nfrom = \"0\"\n\
             to = \"3600\"",
        )
        .unwrap();
        let events = parse("t\n100", &rules.events).unwrap();
        let alerts = parse("t,k,z\n100,fall,a\n200,fire,a\n300,fall,b", &rules.alerts).unwrap();
        let counted = |zone: Option<&str>, kind: Option<&str>| {
            let only = Only {
                zone: zone.map(str::to_owned),
                kind: kind.map(str::to_owned),
            };
            let totals = tally(&alerts, &events, &rules, &only).unwrap().totals();
            (totals.told, totals.false_alerts)
        };
        assert_eq!(counted(None, None), (1, 2));
        assert_eq!(counted(None, Some("fall")), (1, 1));
        assert_eq!(counted(Some("a"), Some("fall")), (1, 0));
        assert_eq!(counted(Some("c"), None), (0, 0));
    }

    #[test]
    fn repeats_can_be_declared_false() {
        let found = both(&rules("repeats = \"false\""));
        assert_eq!(found.precision(), Evidence::Share { hits: 2, n: 5 });
    }

    #[test]
    fn clocks_of_two_kinds_are_refused() {
        let rules = rules("");
        let events = parse("c,t\na,2024-07-26 18:00:00", &rules.events).unwrap();
        assert!(matches!(
            tally(&[], &events, &rules, &Only::default()),
            Err(LogError::Clocks)
        ));
    }
}
