//! Decision by interval. In: an estimate and a threshold. Out: a verdict; if it is open, the sample that would settle it.

use super::audit::{Side, Threshold};
use super::finding::Verdict;
use vsa_record::estimate::{Estimate, IntervalMethod, SampleSize, SampledThing};
use vsa_statistics::interval::{poisson, wilson};

/// More than this is no advice.
const LARGEST_ADVICE: u64 = 1_000_000_000;

/// `Meets` when the whole interval is on the right side, `FallsShort` when it is wholly on the wrong side. The point
/// estimate decides nothing. An end on the threshold is on the side where the claim holds.
pub(super) fn by_interval(evidence: &Estimate, threshold: &Threshold) -> Verdict {
    match side_of(evidence.interval.low, evidence.interval.high, threshold) {
        Some(true) => Verdict::Meets,
        Some(false) => Verdict::FallsShort,
        None => Verdict::Inconclusive {
            would_settle: would_settle(evidence, threshold),
        },
    }
}

fn side_of(low: f64, high: f64, threshold: &Threshold) -> Option<bool> {
    let (holds, fails) = match threshold.side {
        Side::AtLeast => (low >= threshold.value, high < threshold.value),
        Side::AtMost => (high <= threshold.value, low > threshold.value),
    };
    if holds {
        Some(true)
    } else if fails {
        Some(false)
    } else {
        None
    }
}

/// The smallest sample of the same kind whose interval around the same value would clear the threshold: searched for
/// Wilson's interval; for the others by the rule that an interval shrinks with the root of the sample.
fn would_settle(evidence: &Estimate, threshold: &Threshold) -> Option<SampleSize> {
    let distance = (evidence.value - threshold.value).abs();
    if distance <= 0.0 || !distance.is_finite() {
        return None;
    }
    if evidence.interval.method == IntervalMethod::Poisson {
        return hours_to_settle(evidence, threshold);
    }
    let n = if evidence.interval.method == IntervalMethod::Wilson {
        let clears = |n: u64| {
            let interval = wilson(evidence.value * n as f64, n as f64);
            interval.is_some_and(|interval| side_of(interval.low, interval.high, threshold).is_some())
        };
        smallest(evidence.sample.n, &clears)?
    } else {
        let above = evidence.value > threshold.value;
        let reach = if above {
            evidence.value - evidence.interval.low
        } else {
            evidence.interval.high - evidence.value
        };
        let factor = (reach / distance).powi(2);
        (evidence.sample.n as f64 * factor)
            .ceil()
            .max((evidence.sample.n + 1) as f64) as u64
    };
    (n <= LARGEST_ADVICE).then_some(SampleSize {
        n,
        of: evidence.sample.of,
    })
}

/// The hours of footage after which the same rate of events would clear the threshold. How many hours there were is told
/// by the events and their rate, or, without any event, by the upper end of the interval.
fn hours_to_settle(evidence: &Estimate, threshold: &Threshold) -> Option<SampleSize> {
    let hours = if evidence.value > 0.0 {
        evidence.sample.n as f64 / evidence.value
    } else {
        poisson(0).1 / evidence.interval.high
    };
    let clears = |n: u64| {
        let hours = n as f64;
        let (low, high) = poisson((evidence.value * hours).round() as u64);
        side_of(low / hours, high / hours, threshold).is_some()
    };
    let n = smallest(hours.floor() as u64, &clears)?;
    (n <= LARGEST_ADVICE).then_some(SampleSize {
        n,
        of: SampledThing::Hours,
    })
}

/// The smallest n above `from` that satisfies a condition which stays true once it is.
fn smallest(from: u64, clears: &dyn Fn(u64) -> bool) -> Option<u64> {
    let mut high = from.max(1) * 2;
    while !clears(high) {
        high = high.checked_mul(2).filter(|&n| n <= LARGEST_ADVICE * 2)?;
    }
    let mut low = from;
    while low + 1 < high {
        let middle = low.midpoint(high);
        if clears(middle) {
            high = middle
        } else {
            low = middle
        }
    }
    Some(high)
}

#[cfg(test)]
mod tests {
    use super::super::thresholds::{DAILY, MOST, NEARLY_NOBODY};
    use super::*;
    use vsa_record::estimate::{Interval, SampledThing, Unit};

    fn share(hits: u64, n: u64) -> Estimate {
        Estimate {
            value: hits as f64 / n as f64,
            unit: Unit::Ratio,
            interval: wilson(hits as f64, n as f64).unwrap().into(),
            sample: SampleSize {
                n,
                of: SampledThing::Tracks,
            },
        }
    }

    #[test]
    fn the_interval_decides_and_not_the_point() {
        // 12 of 19: 63 %, interval 41 % to 81 %.
        assert!(matches!(
            by_interval(&share(12, 19), &MOST),
            Verdict::Inconclusive { .. }
        ));
        assert_eq!(by_interval(&share(18, 19), &MOST), Verdict::Meets);
        assert_eq!(by_interval(&share(1, 19), &MOST), Verdict::FallsShort);
    }

    #[test]
    fn nobody_of_nineteen_does_not_prove_nearly_nobody_and_73_would() {
        // high = z^2/(n + z^2) <= 0.05 when n >= 19 z^2 = 72.99.
        let verdict = by_interval(&share(0, 19), &NEARLY_NOBODY);
        let would_settle = Some(SampleSize {
            n: 73,
            of: SampledThing::Tracks,
        });
        assert_eq!(verdict, Verdict::Inconclusive { would_settle });
        assert_eq!(by_interval(&share(0, 73), &NEARLY_NOBODY), Verdict::Meets);
        assert!(matches!(
            by_interval(&share(0, 72), &NEARLY_NOBODY),
            Verdict::Inconclusive { .. }
        ));
    }

    #[test]
    fn a_minute_without_an_event_is_settled_by_days_of_footage() {
        let (low, high) = poisson(0);
        let hours = 1.0 / 60.0;
        let interval = Interval {
            low: low / hours,
            high: high / hours,
            level: 0.95,
            method: IntervalMethod::Poisson,
            block: None,
        };
        let none = Estimate {
            value: 0.0,
            unit: Unit::PerHour,
            interval,
            sample: SampleSize {
                n: 0,
                of: SampledThing::Events,
            },
        };
        // No event in 3.689 * 24 = 88.53 hours excludes one a day.
        let would_settle = Some(SampleSize {
            n: 89,
            of: SampledThing::Hours,
        });
        assert_eq!(by_interval(&none, &DAILY), Verdict::Inconclusive { would_settle });
    }

    #[test]
    fn a_value_on_the_threshold_is_settled_by_no_sample() {
        assert_eq!(
            by_interval(&share(10, 20), &MOST),
            Verdict::Inconclusive { would_settle: None }
        );
    }

    #[test]
    fn a_bootstrap_interval_shrinks_with_the_root_of_the_sample() {
        let interval = Interval {
            low: 0.4,
            high: 0.8,
            level: 0.95,
            method: IntervalMethod::BlockBootstrap,
            block: Some(5),
        };
        let sample = SampleSize {
            n: 100,
            of: SampledThing::Frames,
        };
        let estimate = Estimate {
            value: 0.6,
            unit: Unit::Ratio,
            interval,
            sample,
        };
        // Reach 0.2, distance 0.1: four times the frames.
        let Verdict::Inconclusive {
            would_settle: Some(size),
        } = by_interval(&estimate, &MOST)
        else {
            panic!("the threshold lies within the interval")
        };
        assert!((400..=401).contains(&size.n), "{}", size.n);
    }

    #[test]
    fn an_end_on_the_threshold_is_on_the_side_of_the_claim() {
        let mut estimate = share(12, 19);
        (estimate.interval.low, estimate.interval.high) = (0.5, 0.8);
        assert_eq!(by_interval(&estimate, &MOST), Verdict::Meets);
        (estimate.interval.low, estimate.interval.high) = (0.2, 0.5);
        assert!(matches!(
            by_interval(&estimate, &MOST),
            Verdict::Inconclusive { .. }
        ));
    }
}
