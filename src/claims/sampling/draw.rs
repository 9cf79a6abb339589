//! Random moments. In: alerts, rules, how long a moment is, how many of each kind, a seed. Out: a [`Draw`].
//!
//! The watched time of every camera is cut into moments of equal length. Those in which an alert began are one stratum,
//! all others the second: alerts are rare, so that moments drawn blindly would hardly ever meet one. Within a stratum
//! each moment has the same chance. The order on the sheet is shuffled over both strata, and nothing on it tells
//! whether there was an alert: who labels must not know.

use crate::alerts::{LogError, LoggedInterval, Rules, whether_one_clock};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_statistics::generator::SplitMix64;

/// The name of this format.
pub const SCHEMA: &str = "vsa-audit/sample/1";

/// A drawn sample.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The seed: the same seed draws the same moments.
    pub seed: u64,
    /// Length of a moment in seconds.
    pub moment_seconds: f64,
    /// All that was watched, in camera-hours.
    pub camera_hours: f64,
    /// Moments in which an alert began, and how many of them were drawn.
    pub with_alert: Stratum,
    /// Moments in which none began.
    pub without_alert: Stratum,
    /// The drawn moments, in the order of the sheet.
    pub moments: Vec<Moment>,
}

vsa_record::passport!(Draw);
vsa_record::from_json!(Draw);

/// A stratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    /// Moments in it.
    pub size: u64,
    /// Of these, drawn.
    pub drawn: u64,
}

/// A drawn moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Moment {
    /// Its number on the sheet, from 1.
    pub number: u64,
    /// The camera; empty: the only one.
    pub camera: String,
    /// Which recording of the rules, from 1.
    pub recording: u64,
    /// Seconds from the start of the recording at which it begins.
    pub from_seconds: f64,
    /// Whether an alert began in it. Not on the sheet.
    pub alert: bool,
}

/// What to draw.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// Length of a moment in seconds.
    pub moment_seconds: f64,
    /// Moments with an alert.
    pub with_alert: u64,
    /// Moments without.
    pub without_alert: u64,
    /// The seed.
    pub seed: u64,
}

/// Draws. Where there are fewer moments than wanted, all are taken.
///
/// # Errors
/// [`LogError::Clocks`].
pub fn draw(alerts: &[LoggedInterval], rules: &Rules, wanted: &Wanted) -> Result<Draw, LogError> {
    whether_one_clock(rules, alerts)?;
    // The user's seed is the state: written down, it draws the same moments on every machine.
    let mut dice = SplitMix64::new(wanted.seed);
    let (mut with, mut without) = (Vec::new(), Vec::new());
    let mut counted = 0.0;
    for (recording, watched) in rules.watched.iter().enumerate() {
        let (from, to) = watched.span();
        // The last piece of a recording, shorter than a moment, is left out: a moment is as long as any other.
        let moments = ((to - from) / wanted.moment_seconds).floor() as u64;
        counted += moments as f64 * wanted.moment_seconds / 3600.0;
        let mut has_alert = vec![false; usize::try_from(moments).unwrap_or(0)];
        for alert in alerts.iter().filter(|alert| alert.camera() == watched.camera) {
            let at = ((alert.start() - from) / wanted.moment_seconds).floor();
            if at >= 0.0
                && let Some(has) = has_alert.get_mut(at as usize)
            {
                *has = true;
            }
        }
        for (at, alert) in has_alert.into_iter().enumerate() {
            let moment = Moment {
                number: 0,
                camera: watched.camera.clone(),
                recording: recording as u64 + 1,
                from_seconds: at as f64 * wanted.moment_seconds,
                alert,
            };
            if alert {
                with.push(moment)
            } else {
                without.push(moment)
            }
        }
    }
    let sizes = (with.len() as u64, without.len() as u64);
    dice.choose(&mut with, wanted.with_alert);
    dice.choose(&mut without, wanted.without_alert);
    let stratum = |size, drawn: &Vec<Moment>| Stratum {
        size,
        drawn: drawn.len() as u64,
    };
    let (with_alert, without_alert) = (stratum(sizes.0, &with), stratum(sizes.1, &without));
    let mut moments: Vec<Moment> = with.into_iter().chain(without).collect();
    let all = moments.len() as u64;
    dice.choose(&mut moments, all);
    for (moment, number) in moments.iter_mut().zip(1..) {
        moment.number = number;
    }
    Ok(Draw {
        schema: SCHEMA.to_owned(),
        seed: wanted.seed,
        moment_seconds: wanted.moment_seconds,
        camera_hours: counted,
        with_alert,
        without_alert,
        moments,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::alerts::alerts_from_text;

    fn drawn(seed: u64, with_alert: u64, without_alert: u64) -> Draw {
        let rules = Rules::parse(
            "alerts = { time = \"t\", camera = \"c\" }\nevents = { time = \"t\" }\n[[watched]]\ncamera = \"a\"\n\
             from = \"100\"\nto = \"1105\"\n[[watched]]\ncamera = \"b\"\nfrom = \"0\"\nto = \"500\"",
        )
        .unwrap();
        // In moments 0 and 3 of a, 49 of b; twice in one moment; outside; on another camera.
        let log = "c,t\na,100\na,133\na,135\nb,499\nb,500\na,99\nz,200";
        let alerts = alerts_from_text(log, &rules);
        let wanted = Wanted {
            moment_seconds: 10.0,
            with_alert,
            without_alert,
            seed,
        };
        draw(&alerts, &rules, &wanted).unwrap()
    }

    #[test]
    fn the_strata_are_those_counted_by_hand() {
        let found = drawn(1, 10, 20);
        // 100 whole moments of a, 50 of b; three of them with an alert.
        assert_eq!(found.with_alert, Stratum { size: 3, drawn: 3 });
        assert_eq!(found.without_alert, Stratum { size: 147, drawn: 20 });
        assert!((found.camera_hours - 1500.0 / 3600.0).abs() < 1e-12);
        let mut alerts: Vec<_> = found
            .moments
            .iter()
            .filter(|m| m.alert)
            .map(|m| (m.recording, m.from_seconds as u64))
            .collect();
        alerts.sort_unstable();
        assert_eq!(alerts, [(1, 0), (1, 30), (2, 490)]);
    }

    #[test]
    fn no_moment_is_drawn_twice_and_a_seed_draws_the_same_again() {
        let found = drawn(7, 3, 147);
        let mut all: Vec<_> = found
            .moments
            .iter()
            .map(|m| (m.recording, m.from_seconds as u64))
            .collect();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 150);
        assert_eq!(found, drawn(7, 3, 147));
        assert_ne!(found.moments, drawn(8, 3, 147).moments);
    }

    #[test]
    fn the_order_of_the_sheet_does_not_put_alerts_first() {
        let first_is_alert = (0..400)
            .filter(|seed| drawn(*seed, 3, 3).moments[0].alert)
            .count();
        assert!((150..250).contains(&first_is_alert), "{first_is_alert} of 400");
    }

    #[test]
    fn every_moment_has_the_same_chance() {
        // Of 49 drawn moments 32.7 lie on a, with a deviation of 2.70: of 300 such draws the share has one of 0.0032. Where each
        // camera, and not each moment, had the same chance, it would be a half.
        let mut hits = [0u32; 2];
        for seed in 0..300 {
            for moment in drawn(seed, 0, 49).moments {
                hits[(moment.recording - 1) as usize] += 1;
            }
        }
        // 98 of the 147 moments without alert lie on a: two of three.
        let share = f64::from(hits[0]) / f64::from(hits[0] + hits[1]);
        assert!((share - 98.0 / 147.0).abs() < 4.0 * 0.0032, "{share}");
    }

    #[test]
    fn alerts_on_another_clock_than_the_recordings_are_refused() {
        let rules = Rules::parse(
            "alerts = { time = \"t\" }\nevents = { time = \"t\" }\n[[watched]]\nfrom = \"0\"\nto = \"100\"",
        )
        .unwrap();
        let wanted = Wanted {
            moment_seconds: 10.0,
            with_alert: 1,
            without_alert: 1,
            seed: 1,
        };
        let drawn = |log: &str| draw(&alerts_from_text(log, &rules), &rules, &wanted);
        assert!(matches!(drawn("t\n2024-07-26 18:00:00"), Err(LogError::Clocks)));
        assert!(drawn("t\n50").is_ok());
    }
}
