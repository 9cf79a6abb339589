//! Which alert tells of which event. In: alerts and events of one recording. Out: pairs, duplicates and the rest.
//!
//! Alerts that follow each other within the debounce time are one. Each alert, in the order of time, goes to the fitting
//! event that ends first and was not detected yet: for alerts that are moments no other choice would pair more (Glover
//! 1967). An alert that fits only events that were detected already is a duplicate.
//! Deliberately not here: shares and rates.

use super::log::LoggedInterval;
use super::rules::Rules;

/// What became of the alerts and events of one recording.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matched {
    /// Seconds from the start of each detected event to its alert, in the order of the alerts; below 0: the alert came first.
    pub delays: Vec<f64>,
    /// Events that no alert detected.
    pub missed: u64,
    /// Alerts that tell of nothing.
    pub false_alerts: u64,
    /// Alerts for events that were detected already.
    pub duplicates: u64,
    /// Alerts that were told again within the debounce time.
    pub debounced: u64,
}

/// Pairs alerts with events; both in the order of time.
#[must_use]
pub fn match_alerts(alerts: &[&LoggedInterval], events: &[&LoggedInterval], rules: &Rules) -> Matched {
    let mut matched = Matched::default();
    let mut detected = vec![false; events.len()];
    let mut kept: Vec<&LoggedInterval> = Vec::new();
    for &alert in alerts {
        let same = |other: &&&LoggedInterval| {
            other.camera == alert.camera && other.zone == alert.zone && other.kind == alert.kind
        };
        // Against the last one kept: a camera that never stops speaking still counts once in each debounce time.
        let last = kept.iter().rev().find(same);
        if last.is_some_and(|last| alert.start - last.start < rules.debounce_seconds) {
            matched.debounced += 1;
            continue;
        }
        kept.push(alert);
        let fitting = || (0..events.len()).filter(|&at| fits(alert, events[at], rules));
        let open = fitting().filter(|&at| !detected[at]);
        match open.min_by(|&a, &b| events[a].end.total_cmp(&events[b].end)) {
            Some(at) => {
                detected[at] = true;
                matched.delays.push(alert.start - events[at].start);
            }
            None if fitting().next().is_some() => matched.duplicates += 1,
            None => matched.false_alerts += 1,
        }
    }
    matched.missed = detected.iter().filter(|detected| !**detected).count() as u64;
    matched
}

fn fits(alert: &LoggedInterval, event: &LoggedInterval, rules: &Rules) -> bool {
    alert.camera == event.camera
        && (!rules.zone_has_to_fit || alert.zone == event.zone)
        && (!rules.kind_has_to_fit || alert.kind == event.kind)
        && alert.start <= event.end + rules.late_seconds
        && alert.end >= event.start - rules.early_seconds
}

#[cfg(test)]
mod tests {
    use super::super::times::Clock;
    use super::*;
    use proptest::prelude::*;

    fn at(start: f64, end: f64) -> LoggedInterval {
        LoggedInterval {
            start,
            end,
            camera: "a".into(),
            zone: "door".into(),
            kind: "fall".into(),
            person: None,
            clock: Clock::Seconds,
        }
    }

    fn rules(more: &str) -> Rules {
        Rules::parse(&format!(
            "{more}\nalerts = {{ time = \"t\" }}\nevents = {{ time = \"t\" }}\n[[watched]]\ncamera = \"a\"\nfrom = \"0\"\nto = \"1000\""
        ))
        .unwrap()
    }

    fn run(alerts: &[LoggedInterval], events: &[LoggedInterval], rules: &Rules) -> Matched {
        match_alerts(
            &alerts.iter().collect::<Vec<_>>(),
            &events.iter().collect::<Vec<_>>(),
            rules,
        )
    }

    #[test]
    fn an_alert_within_the_tolerances_tells_of_its_event_once() {
        let rules = rules("early_seconds = 2\nlate_seconds = 5");
        let events = [at(100.0, 110.0)];
        for (start, tells) in [
            (97.9, false),
            (98.0, true),
            (105.0, true),
            (115.0, true),
            (115.1, false),
        ] {
            let found = run(&[at(start, start)], &events, &rules);
            assert_eq!(found.delays.len() == 1, tells, "{start}");
            assert_eq!(found.missed + found.delays.len() as u64, 1);
            assert_eq!(found.false_alerts, u64::from(!tells));
        }
        let twice = run(&[at(101.0, 101.0), at(104.0, 104.0)], &events, &rules);
        assert_eq!(
            (twice.delays, twice.duplicates, twice.false_alerts),
            (vec![1.0], 1, 0)
        );
    }

    #[test]
    fn an_alert_that_lasts_tells_of_an_event_that_begins_meanwhile() {
        let found = run(&[at(90.0, 105.0)], &[at(100.0, 110.0)], &rules(""));
        assert_eq!(found.delays, [-10.0]);
    }

    #[test]
    fn alerts_that_follow_at_once_are_one_alert() {
        let rules = rules("debounce_seconds = 30");
        let alerts = [0.0, 10.0, 29.0, 30.0, 61.0].map(|t| at(t, t));
        let found = run(&alerts, &[], &rules);
        // 0 swallows 10 and 29; 30 and 61 speak anew.
        assert_eq!((found.false_alerts, found.debounced), (3, 2));
    }

    #[test]
    fn an_alert_of_another_camera_zone_or_kind_is_not_the_same_one_told_again() {
        let rules = rules("debounce_seconds = 30");
        let again = at(110.0, 110.0);
        for (what, second, debounced) in [
            ("the same", again.clone(), 1),
            (
                "camera",
                LoggedInterval {
                    camera: "b".into(),
                    ..again.clone()
                },
                0,
            ),
            (
                "zone",
                LoggedInterval {
                    zone: "gate".into(),
                    ..again.clone()
                },
                0,
            ),
            (
                "kind",
                LoggedInterval {
                    kind: "fire".into(),
                    ..again
                },
                0,
            ),
        ] {
            let found = run(&[at(100.0, 100.0), second], &[], &rules);
            assert_eq!(
                (found.debounced, found.false_alerts),
                (debounced, 2 - debounced),
                "{what}"
            );
        }
    }

    #[test]
    fn another_camera_zone_or_kind_does_not_fit_where_it_has_to() {
        let events = [at(10.0, 20.0)];
        let other = LoggedInterval {
            zone: "gate".into(),
            ..at(15.0, 15.0)
        };
        assert_eq!(
            run(std::slice::from_ref(&other), &events, &rules(""))
                .delays
                .len(),
            1
        );
        assert_eq!(
            run(&[other], &events, &rules("zone_has_to_fit = true")).false_alerts,
            1
        );
        let other = LoggedInterval {
            kind: "fire".into(),
            ..at(15.0, 15.0)
        };
        assert_eq!(
            run(&[other], &events, &rules("kind_has_to_fit = true")).false_alerts,
            1
        );
        let other = LoggedInterval {
            camera: "b".into(),
            ..at(15.0, 15.0)
        };
        assert_eq!(run(&[other], &events, &rules("")).false_alerts, 1);
        let other = LoggedInterval {
            kind: "fire".into(),
            ..at(15.0, 15.0)
        };
        assert_eq!(run(&[other], &events, &rules("")).delays, [5.0]);
    }

    #[test]
    fn the_event_that_ends_first_is_told_first() {
        // A long and a short event; the first alert fits both, the second only the long one.
        let events = [at(0.0, 100.0), at(5.0, 10.0)];
        let found = run(&[at(7.0, 7.0), at(50.0, 50.0)], &events, &rules(""));
        assert_eq!((found.delays.len(), found.missed), (2, 0));
    }

    /// All ways to pair, tried out.
    fn most_pairs(
        alerts: &[LoggedInterval],
        events: &[LoggedInterval],
        used: &mut Vec<bool>,
        rules: &Rules,
    ) -> usize {
        let Some((alert, rest)) = alerts.split_first() else {
            return 0;
        };
        let mut best = most_pairs(rest, events, used, rules);
        for at in 0..events.len() {
            if !used[at] && fits(alert, &events[at], rules) {
                used[at] = true;
                best = best.max(1 + most_pairs(rest, events, used, rules));
                used[at] = false;
            }
        }
        best
    }

    proptest! {
        #[test]
        fn no_other_pairing_of_moments_tells_of_more_events(
            mut moments in prop::collection::vec(0u32..40, 0..7),
            spans in prop::collection::vec((0u32..40, 0u32..15), 0..6),
        ) {
            moments.sort_unstable();
            let rules = rules("");
            let alerts: Vec<_> = moments.iter().map(|t| at(f64::from(*t), f64::from(*t))).collect();
            let events: Vec<_> = spans.iter().map(|(s, l)| at(f64::from(*s), f64::from(s + l))).collect();
            let found = run(&alerts, &events, &rules);
            let mut used = vec![false; events.len()];
            prop_assert_eq!(found.delays.len(), most_pairs(&alerts, &events, &mut used, &rules));
            prop_assert_eq!(found.delays.len() as u64 + found.missed, events.len() as u64);
            prop_assert_eq!(
                found.delays.len() as u64 + found.duplicates + found.false_alerts + found.debounced,
                alerts.len() as u64
            );
        }
    }
}
