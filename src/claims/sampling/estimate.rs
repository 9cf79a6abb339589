//! Shares and rates from a labelled sample. In: what was drawn, and the labels. Out: precision, recall and false alarms,
//! by moment, with limits.
//!
//! A moment with an alert stands for `size / drawn` of its stratum, and so does one without. The limits are exact for
//! each stratum (Clopper and Pearson; none where the stratum was labelled in full), and recall, which needs both strata,
//! takes for each end the worse end of both, at half the error each: its limits hold whatever the truth, and are wide
//! where events without an alert are rare. Moments that cannot be told are counted once as events and once as nothing,
//! and the wider limits are given: what a labeller could not see is no evidence for anybody.

use super::draw::{Draw, Stratum};
use super::labels::Label;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_statistics::chance::share_limits;

/// The name of this format.
pub const SCHEMA: &str = "vsa-audit/sample-estimate/1";

/// What the labels come to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SampleEstimate {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The accepted chance that one of the limits is wrong, for each number by itself.
    pub error: f64,
    /// Length of a moment in seconds.
    pub moment_seconds: f64,
    /// Labels of moments with an alert.
    pub with_alert: Counts,
    /// Labels of moments without.
    pub without_alert: Counts,
    /// Share of moments with an alert in which there was an event.
    pub precision: Option<Limited>,
    /// Share of moments with an event in which there was an alert.
    pub recall: Option<Limited>,
    /// Moments with an alert and no event, for each camera-hour.
    pub false_alarms_per_camera_hour: Option<Limited>,
}

vsa_record::passport!(SampleEstimate);

/// Labels of a stratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counts {
    /// Moments in the stratum.
    pub size: u64,
    /// Of the drawn: with an event.
    pub event: u64,
    /// With none.
    pub nothing: u64,
    /// That cannot be told.
    pub unclear: u64,
}

/// A value with its limits.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Limited {
    /// The value, from the moments that could be told.
    pub value: f64,
    /// Lower limit.
    pub low: f64,
    /// Upper limit.
    pub high: f64,
}

/// What the labels come to. `error`: of each number, both ends together.
#[must_use]
pub fn estimate(draw: &Draw, labels: &[Label], error: f64) -> SampleEstimate {
    let (with, without) = counts(draw, labels);
    let precision = share(&with, error / 2.0);
    let false_alarms = precision.filter(|_| draw.camera_hours > 0.0).map(|right| {
        let per_hour = |wrong: f64| wrong * with.size as f64 / draw.camera_hours;
        Limited {
            value: per_hour(1.0 - right.value),
            low: per_hour(1.0 - right.high),
            high: per_hour(1.0 - right.low),
        }
    });
    SampleEstimate {
        schema: SCHEMA.to_owned(),
        error,
        moment_seconds: draw.moment_seconds,
        with_alert: with,
        without_alert: without,
        precision,
        recall: recall(&with, &without, error),
        false_alarms_per_camera_hour: false_alarms,
    }
}

/// The labels of moments with an alert, and of those without.
pub(super) fn counts(draw: &Draw, labels: &[Label]) -> (Counts, Counts) {
    let count = |stratum: Stratum, alert: bool| {
        let of = |wanted: Label| {
            let pairs = draw.moments.iter().zip(labels);
            pairs.filter(|(m, l)| m.alert == alert && **l == wanted).count() as u64
        };
        Counts {
            size: stratum.size,
            event: of(Label::Event),
            nothing: of(Label::Nothing),
            unclear: of(Label::Unclear),
        }
    };
    (count(draw.with_alert, true), count(draw.without_alert, false))
}

/// The share of moments with an event; none: nothing could be told. `error` for each end.
pub(super) fn share(counts: &Counts, error: f64) -> Option<Limited> {
    let decided = counts.event + counts.nothing;
    let drawn = (decided + counts.unclear) as f64;
    if decided == 0 {
        return None;
    }
    let value = counts.event as f64 / decided as f64;
    let fewest = counts.event as f64;
    let most = (counts.event + counts.unclear) as f64;
    let (low, high) = if decided + counts.unclear >= counts.size {
        (fewest / drawn, most / drawn)
    } else {
        (
            share_limits(fewest, drawn, error).0,
            share_limits(most, drawn, error).1,
        )
    };
    Some(Limited { value, low, high })
}

/// Events with an alert, of all events. Each end from both strata, at half the error each. `error`: of both ends together.
pub(super) fn recall(with: &Counts, without: &Counts, error: f64) -> Option<Limited> {
    // A stratum of no moments holds no event; one of which nothing was drawn could hold any number.
    let part = |counts: &Counts| {
        if counts.size == 0 {
            Some(Limited {
                value: 0.0,
                low: 0.0,
                high: 0.0,
            })
        } else {
            share(counts, error / 4.0)
        }
    };
    let (detected, missed) = (part(with)?, part(without)?);
    let of = |detected: f64, missed: f64| {
        let (detected, missed) = (detected * with.size as f64, missed * without.size as f64);
        (detected + missed > 0.0).then(|| detected / (detected + missed))
    };
    Some(Limited {
        value: of(detected.value, missed.value)?,
        low: of(detected.low, missed.high).unwrap_or(0.0),
        high: of(detected.high, missed.low).unwrap_or(1.0),
    })
}

#[cfg(test)]
mod tests {
    use super::super::draw::{Moment, SCHEMA as DRAWN};
    use super::*;

    fn drawn(with: Stratum, without: Stratum) -> Draw {
        let moment = |alert| Moment {
            number: 0,
            camera: String::new(),
            recording: 1,
            from_seconds: 0.0,
            alert,
        };
        let moments = (0..with.drawn)
            .map(|_| moment(true))
            .chain((0..without.drawn).map(|_| moment(false)))
            .collect();
        Draw {
            schema: DRAWN.to_owned(),
            seed: 1,
            moment_seconds: 10.0,
            camera_hours: 100.0,
            with_alert: with,
            without_alert: without,
            moments,
        }
    }

    fn labels(parts: &[(Label, usize)]) -> Vec<Label> {
        parts
            .iter()
            .flat_map(|(label, n)| std::iter::repeat_n(*label, *n))
            .collect()
    }

    #[test]
    fn each_stratum_counts_with_its_weight() {
        // 60 of 100 alerts right, all labelled; 2 events in 200 of 20,000 moments without: 200 events missed.
        let draw = drawn(
            Stratum {
                size: 100,
                drawn: 100,
            },
            Stratum {
                size: 20_000,
                drawn: 200,
            },
        );
        let labels = labels(&[
            (Label::Event, 60),
            (Label::Nothing, 40),
            (Label::Event, 2),
            (Label::Nothing, 198),
        ]);
        let found = estimate(&draw, &labels, 0.05);
        let precision = found.precision.unwrap();
        // Labelled in full: no doubt is left.
        assert_eq!((precision.low, precision.value, precision.high), (0.6, 0.6, 0.6));
        let recall = found.recall.unwrap();
        assert!(
            (recall.value - 60.0 / 260.0).abs() < 1e-12,
            "unweighted it would be 60/62"
        );
        assert!(recall.low < 0.1 && recall.high > 0.6, "{recall:?}");
        let false_alarms = found.false_alarms_per_camera_hour.unwrap();
        assert!((false_alarms.value - 0.4).abs() < 1e-12);
    }

    #[test]
    fn each_end_of_recall_has_a_quarter_of_the_error_from_each_stratum() {
        let counts = |size, event, nothing| Counts {
            size,
            event,
            nothing,
            unclear: 0,
        };
        let (with, without) = (counts(500, 30, 20), counts(5000, 2, 198));
        let found = recall(&with, &without, 0.05).unwrap();
        // scipy.stats.beta.ppf(.0125, 30, 21) of 500 against beta.isf(.0125, 3, 198) of 5000, and the other way round.
        assert!(
            (found.low - 0.519_385_605_626_154_4).abs() < 1e-9,
            "{}",
            found.low
        );
        assert!(
            (found.high - 0.988_994_676_287_010_5).abs() < 1e-9,
            "{}",
            found.high
        );
        assert!((found.value - 300.0 / 350.0).abs() < 1e-12);
    }

    #[test]
    fn what_cannot_be_told_widens_the_limits_and_moves_no_value() {
        let draw = drawn(Stratum { size: 500, drawn: 50 }, Stratum { size: 0, drawn: 0 });
        let clear = estimate(&draw, &labels(&[(Label::Event, 25), (Label::Nothing, 25)]), 0.05);
        let parts = [(Label::Event, 20), (Label::Nothing, 20), (Label::Unclear, 10)];
        let unclear = estimate(&draw, &labels(&parts), 0.05);
        let (clear, unclear) = (clear.precision.unwrap(), unclear.precision.unwrap());
        assert!((clear.value - unclear.value).abs() < 1e-12);
        assert!(unclear.low < clear.low && unclear.high > clear.high);
    }

    #[test]
    fn without_a_drawn_moment_nothing_is_said() {
        let draw = drawn(Stratum { size: 500, drawn: 0 }, Stratum { size: 500, drawn: 5 });
        let found = estimate(&draw, &labels(&[(Label::Nothing, 5)]), 0.05);
        assert!(found.precision.is_none() && found.recall.is_none());
        assert!(found.false_alarms_per_camera_hour.is_none());
    }

    fn told(size: u64, event: u64, nothing: u64, unclear: u64) -> Counts {
        Counts {
            size,
            event,
            nothing,
            unclear,
        }
    }

    #[test]
    fn precision_and_false_alarms_have_half_the_error_at_each_end() {
        let draw = drawn(Stratum { size: 500, drawn: 50 }, Stratum { size: 0, drawn: 0 });
        let parts = [(Label::Event, 20), (Label::Unclear, 10), (Label::Nothing, 20)];
        let found = estimate(&draw, &labels(&parts), 0.05);
        assert_eq!(found.with_alert, told(500, 20, 20, 10));
        // scipy.stats.beta.ppf(.025, 20, 31) of 20 in 50; beta.isf(.025, 31, 20) of 30 in 50.
        let (low, high) = (0.264_078_395_094_568_2, 0.735_921_604_905_463_2);
        let precision = found.precision.unwrap();
        assert!((precision.value - 0.5).abs() < 1e-12);
        assert!((precision.low - low).abs() < 1e-9, "{}", precision.low);
        assert!((precision.high - high).abs() < 1e-9, "{}", precision.high);
        // Five moments with an alert in each of the hundred hours.
        let wrong = found.false_alarms_per_camera_hour.unwrap();
        assert!((wrong.value - 2.5).abs() < 1e-12);
        assert!((wrong.low - 5.0 * (1.0 - high)).abs() < 1e-9, "{}", wrong.low);
        assert!((wrong.high - 5.0 * (1.0 - low)).abs() < 1e-9, "{}", wrong.high);
        // Of no time there is no rate.
        let draw = Draw {
            camera_hours: 0.0,
            ..draw
        };
        let found = estimate(&draw, &labels(&parts), 0.05);
        assert!(found.precision.is_some() && found.false_alarms_per_camera_hour.is_none());
    }

    #[test]
    fn a_stratum_that_was_labelled_in_full_is_in_doubt_only_about_what_cannot_be_told() {
        let found = share(&told(50, 20, 20, 10), 0.025);
        let expected = Limited {
            value: 0.5,
            low: 0.4,
            high: 0.6,
        };
        assert_eq!(found, Some(expected));
    }

    #[test]
    fn recall_is_all_where_nothing_was_missed_and_nothing_where_there_was_no_event() {
        let exact = |value| Limited {
            value,
            low: value,
            high: value,
        };
        let none = told(0, 0, 0, 0);
        for (with, without, expected) in [
            (told(10, 6, 4, 0), told(5, 0, 5, 0), Some(exact(1.0))),
            (told(10, 6, 4, 0), none, Some(exact(1.0))),
            (none, told(5, 2, 3, 0), Some(exact(0.0))),
            (none, told(5, 0, 5, 0), None),
            (none, none, None),
        ] {
            assert_eq!(recall(&with, &without, 0.05), expected, "{with:?} {without:?}");
        }
    }

    /// The chance of each number of hits among `n`.
    fn chances(n: u64, share: f64) -> Vec<f64> {
        let mut chance = (1.0 - share).powf(n as f64);
        (0..=n)
            .map(|hits| {
                let this = chance;
                chance *= (n - hits) as f64 / (hits + 1) as f64 * share / (1.0 - share);
                this
            })
            .collect()
    }

    /// A known truth, and every outcome that a sample of it can have: how often the limits miss it.
    #[test]
    fn the_limits_of_recall_miss_the_truth_in_no_more_than_the_error() {
        let (right, missed) = (0.7, 0.01);
        let truth = 1000.0 * right / (1000.0 * right + 30_000.0 * missed);
        let likely = |n, share| (0..).zip(chances(n, share)).filter(|(_, chance)| *chance >= 1e-5);
        let (mut wrong, mut all) = (0.0, 0.0);
        for (event, of_with) in likely(40, right) {
            for (escaped, of_without) in likely(100, missed) {
                let with = told(1000, event, 40 - event, 0);
                let without = told(30_000, escaped, 100 - escaped, 0);
                let found = recall(&with, &without, 0.05).unwrap();
                all += of_with * of_without;
                if !(found.low..=found.high).contains(&truth) {
                    wrong += of_with * of_without;
                }
            }
        }
        assert!(all > 0.9999, "{all}");
        // The same sum with scipy.stats.beta and binom. Far below 0.05: each end is the worse one of both strata.
        assert!((wrong - 0.003_403_137_119).abs() < 1e-9, "{wrong}");
    }
}
