//! What a claim is held against. In: counts and how they came about. Out: for any level, the limits of the true value;
//! for any value, the chance of evidence as strong against it.
//!
//! The design decides the method. Events that were counted one by one: exact binomial limits. Events in recordings whose
//! events resemble each other: the variance between recordings, turned into an effective size for the exact limits
//! (Korn and Graubard 1998). Rare alarms: exact Poisson limits, widened where alarms come in bursts. Estimates of the
//! record: their own interval, stretched to the level asked for.
//! Deliberately not here: verdicts (see [`decide`](super::decide)).

use crate::sampling::sampled::Sampled;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_record::estimate::{Estimate, IntervalMethod, SampledThing};
use vsa_statistics::chance::{
    binomial_at_least, binomial_at_most, count_limits, normal_point, poisson_at_least, poisson_at_most,
    share_limits, student_point,
};
use vsa_statistics::interval;

/// With fewer recordings than this, the variance between them is itself not known.
pub const FEWEST_CLUSTERS: usize = 8;

/// One recording: so many hits of so many.
pub type Cluster = (u64, u64);

/// Counts, and how they came about.
#[derive(Clone, Debug, PartialEq)]
pub enum Evidence {
    /// So many of so many, each for itself.
    Share {
        /// Hits.
        hits: u64,
        /// Of how many.
        n: u64,
    },
    /// So many of so many in each of several recordings.
    ClusteredShare {
        /// The recordings.
        clusters: Vec<Cluster>,
    },
    /// So many in so many hours.
    Rate {
        /// Events.
        events: u64,
        /// Hours.
        hours: f64,
    },
    /// So many in so many hours, in each of several recordings.
    ClusteredRate {
        /// Events and hours.
        clusters: Vec<(u64, f64)>,
    },
    /// An estimate of the record.
    Recorded(Estimate),
    /// A number of a labelled sample.
    Sampled(Sampled),
}

/// How limits were made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Method {
    /// Clopper and Pearson 1934.
    ExactBinomial,
    /// Korn and Graubard 1998: exact limits at the effective size of a clustered sample.
    ClusteredBinomial,
    /// Garwood 1936.
    ExactPoisson,
    /// Garwood's limits at the effective number of events, where alarms come in bursts.
    ClusteredPoisson,
    /// The interval of the record, stretched by the ratio of normal quantiles.
    StretchedInterval,
    /// Counted in full over the footage: it says nothing about other footage.
    CompleteCount,
    /// Exact limits of each stratum of a labelled sample, put together at their worse ends.
    StratifiedBinomial,
    /// The same for false alarms per camera-hour.
    StratifiedRate,
}

impl Evidence {
    /// The value; none: there is nothing.
    #[must_use]
    pub fn value(&self) -> Option<f64> {
        match self {
            Self::Recorded(estimate) => Some(estimate.value),
            Self::Sampled(sampled) => sampled.value(),
            _ => {
                let (count, size) = self.total();
                (size > 0.0).then(|| count / size)
            }
        }
    }

    /// Hits or events, and of how many or in how many hours.
    #[must_use]
    pub fn total(&self) -> (f64, f64) {
        match self {
            Self::Share { hits, n } => (*hits as f64, *n as f64),
            Self::ClusteredShare { clusters } => clusters
                .iter()
                .fold((0.0, 0.0), |sum, c| (sum.0 + c.0 as f64, sum.1 + c.1 as f64)),
            Self::Rate { events, hours } => (*events as f64, *hours),
            Self::ClusteredRate { clusters } => clusters
                .iter()
                .fold((0.0, 0.0), |sum, c| (sum.0 + c.0 as f64, sum.1 + c.1)),
            Self::Recorded(estimate) => {
                let n = recorded_size(estimate);
                (estimate.value * n, n)
            }
            Self::Sampled(sampled) => {
                let n = sampled.size();
                (sampled.value().unwrap_or(0.0) * n, n)
            }
        }
    }

    /// How its limits are made.
    #[must_use]
    pub fn method(&self) -> Method {
        match self {
            Self::Share { .. } => Method::ExactBinomial,
            Self::ClusteredShare { .. } => Method::ClusteredBinomial,
            Self::Rate { .. } => Method::ExactPoisson,
            Self::ClusteredRate { .. } => Method::ClusteredPoisson,
            Self::Sampled(sampled) if sampled.is_rate() => Method::StratifiedRate,
            Self::Sampled(_) => Method::StratifiedBinomial,
            Self::Recorded(estimate) => match estimate.interval.method {
                IntervalMethod::Wilson => Method::ExactBinomial,
                IntervalMethod::Poisson => Method::ExactPoisson,
                IntervalMethod::CompleteCount => Method::CompleteCount,
                _ => Method::StretchedInterval,
            },
        }
    }

    /// The limits of the true value: it lies below the lower, and above the upper, in at most `error` of repetitions,
    /// each. None: there is too little for any.
    #[must_use]
    pub fn limits(&self, error: f64) -> Option<(f64, f64)> {
        if !(error > 0.0 && error < 0.5) {
            return None;
        }
        match self {
            Self::Share { hits, n } => (*n > 0).then(|| share_limits(*hits as f64, *n as f64, error)),
            Self::ClusteredShare { clusters } => {
                let (hits, n) = effective_share(clusters, error)?;
                Some(share_limits(hits, n, error))
            }
            Self::Rate { events, hours } => (*hours > 0.0).then(|| {
                let (low, high) = count_limits(*events as f64, error);
                (low / hours, high / hours)
            }),
            Self::ClusteredRate { clusters } => {
                let (events, hours) = effective_rate(clusters, error)?;
                let (low, high) = count_limits(events, error);
                Some((low / hours, high / hours))
            }
            Self::Recorded(estimate) => recorded_limits(estimate, error),
            Self::Sampled(sampled) => sampled.limits(error),
        }
    }

    /// The smallest error at which `value` is excluded from below: the true value is higher.
    #[must_use]
    pub fn against_at_most(&self, value: f64) -> f64 {
        match self {
            Self::Share { hits, n } if *n > 0 => binomial_at_least(*hits as f64, *n as f64, value),
            Self::Rate { events, hours } if *hours > 0.0 => poisson_at_least(*events as f64, value * hours),
            _ => self.smallest_error(|error| self.excludes_from_below(value, error)),
        }
    }

    /// The smallest error at which `value` is excluded from above: the true value is lower.
    #[must_use]
    pub fn against_at_least(&self, value: f64) -> f64 {
        match self {
            Self::Share { hits, n } if *n > 0 => binomial_at_most(*hits as f64, *n as f64, value),
            Self::Rate { events, hours } if *hours > 0.0 => poisson_at_most(*events as f64, value * hours),
            _ => self.smallest_error(|error| self.excludes_from_above(value, error)),
        }
    }

    /// Whether the lower limit at this error lies above `value`; by the tail itself, where there is one.
    fn excludes_from_below(&self, value: f64, error: f64) -> bool {
        match self {
            Self::ClusteredShare { clusters } => effective_share(clusters, error)
                .is_some_and(|(hits, n)| binomial_at_least(hits, n, value) <= error),
            Self::ClusteredRate { clusters } => effective_rate(clusters, error)
                .is_some_and(|(events, hours)| poisson_at_least(events, value * hours) <= error),
            _ => self.limits(error).is_some_and(|(low, _)| low > value),
        }
    }

    fn excludes_from_above(&self, value: f64, error: f64) -> bool {
        match self {
            Self::ClusteredShare { clusters } => effective_share(clusters, error)
                .is_some_and(|(hits, n)| binomial_at_most(hits, n, value) <= error),
            Self::ClusteredRate { clusters } => effective_rate(clusters, error)
                .is_some_and(|(events, hours)| poisson_at_most(events, value * hours) <= error),
            _ => self.limits(error).is_some_and(|(_, high)| high < value),
        }
    }

    /// Limits draw together as the error grows: the smallest error at which they exclude, by halving on a log scale.
    fn smallest_error(&self, excludes: impl Fn(f64) -> bool) -> f64 {
        let (mut low, mut high) = (-40.0f64, 0.499f64.ln());
        if !excludes(high.exp()) {
            return 1.0;
        }
        for _ in 0..45 {
            let middle = f64::midpoint(low, high);
            if excludes(middle.exp()) {
                high = middle;
            } else {
                low = middle;
            }
        }
        high.exp()
    }
}

/// Korn and Graubard 1998: the variance of the ratio between recordings gives the design effect, and Student's quantile
/// pays for not knowing that variance. Where all or none were hits, the recordings show no variance, and nothing is
/// known about how alike their events are: then every recording counts as one event.
fn effective_share(clusters: &[Cluster], error: f64) -> Option<(f64, f64)> {
    let used: Vec<(f64, f64)> = clusters
        .iter()
        .filter(|c| c.1 > 0)
        .map(|c| (c.0 as f64, c.1 as f64))
        .collect();
    if used.len() < FEWEST_CLUSTERS {
        return None;
    }
    let k = used.len() as f64;
    let (hits, n) = used.iter().fold((0.0, 0.0), |sum, c| (sum.0 + c.0, sum.1 + c.1));
    let p = hits / n;
    if p <= 0.0 || p >= 1.0 {
        return Some((p * k, k));
    }
    let squares: f64 = used.iter().map(|c| (c.0 - p * c.1).powi(2)).sum();
    let variance = squares * k / (k - 1.0) / (n * n);
    let independent = p * (1.0 - p) / n;
    // Less variance than independent events have is luck, not information.
    let effect = (variance / independent).max(1.0);
    let pay = (normal_point(error) / student_point(error, k - 1.0)).powi(2);
    let size = n / effect * pay;
    Some((p * size, size))
}

/// The same for rates: the variance between recordings against that of single, unconnected alarms. Without any alarm
/// nothing is known about bursts, and the limits are those of single alarms.
fn effective_rate(clusters: &[(u64, f64)], error: f64) -> Option<(f64, f64)> {
    let used: Vec<(f64, f64)> = clusters
        .iter()
        .filter(|c| c.1 > 0.0)
        .map(|c| (c.0 as f64, c.1))
        .collect();
    if used.len() < FEWEST_CLUSTERS {
        return None;
    }
    let k = used.len() as f64;
    let (events, hours) = used.iter().fold((0.0, 0.0), |sum, c| (sum.0 + c.0, sum.1 + c.1));
    if events <= 0.0 {
        return Some((0.0, hours));
    }
    let rate = events / hours;
    let squares: f64 = used.iter().map(|c| (c.0 - rate * c.1).powi(2)).sum();
    let effect = (squares * k / (k - 1.0) / events).max(1.0);
    let pay = (normal_point(error) / student_point(error, k - 1.0)).powi(2);
    let shrink = pay / effect;
    Some((events * shrink, hours * shrink))
}

fn recorded_size(estimate: &Estimate) -> f64 {
    match estimate.interval.method {
        IntervalMethod::Poisson if estimate.value > 0.0 => estimate.sample.n as f64 / estimate.value,
        IntervalMethod::Poisson if estimate.interval.high > 0.0 => {
            interval::poisson(0).1 / estimate.interval.high
        }
        _ => estimate.sample.n as f64,
    }
}

fn recorded_limits(estimate: &Estimate, error: f64) -> Option<(f64, f64)> {
    let size = recorded_size(estimate);
    match estimate.interval.method {
        _ if size <= 0.0 || size.is_nan() => None,
        IntervalMethod::Wilson => Some(share_limits(estimate.value * size, size, error)),
        IntervalMethod::Poisson => {
            debug_assert!(estimate.sample.of == SampledThing::Events);
            let (low, high) = count_limits(estimate.sample.n as f64, error);
            Some((low / size, high / size))
        }
        IntervalMethod::CompleteCount => Some((estimate.interval.low, estimate.interval.high)),
        _ => {
            let known = normal_point((1.0 - estimate.interval.level) / 2.0);
            let stretch = normal_point(error) / known;
            let below = estimate.value - estimate.interval.low;
            let above = estimate.interval.high - estimate.value;
            Some((estimate.value - below * stretch, estimate.value + above * stretch))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use vsa_record::estimate::{Interval, SampleSize, Unit};

    #[test]
    fn p_values_and_limits_say_the_same() {
        let evidence = Evidence::Share { hits: 90, n: 100 };
        let error = evidence.against_at_least(0.95);
        let (_, high) = evidence.limits(error * 1.0001).unwrap();
        assert!(high < 0.95);
        let (_, high) = evidence.limits(error * 0.9999).unwrap();
        assert!(high > 0.95);
        let evidence = Evidence::Rate {
            events: 7,
            hours: 24.0,
        };
        let error = evidence.against_at_most(0.1);
        assert!(evidence.limits(error * 1.0001).unwrap().0 > 0.1);
        assert!(evidence.limits(error * 0.9999).unwrap().0 < 0.1);
    }

    #[test]
    fn recordings_that_differ_widen_the_limits_and_like_recordings_do_not() {
        let like = Evidence::ClusteredShare {
            clusters: vec![(9, 10); 20],
        };
        let mixed: Vec<_> = (0..20).map(|i| if i < 18 { (10, 10) } else { (0, 10) }).collect();
        let mixed = Evidence::ClusteredShare { clusters: mixed };
        let single = Evidence::Share { hits: 180, n: 200 };
        let width = |e: &Evidence| {
            let (low, high) = e.limits(0.025).unwrap();
            high - low
        };
        assert!((like.value().unwrap() - 0.9).abs() < 1e-12);
        assert!(width(&like) < 1.1 * width(&single), "Student's quantile alone");
        assert!(
            width(&mixed) > 2.5 * width(&single),
            "ten events are worth about one"
        );
    }

    /// Equal to the numbers of scipy that stand beside them.
    #[track_caller]
    fn are(limits: Option<(f64, f64)>, low: f64, high: f64) {
        let found = limits.unwrap();
        assert!(
            (found.0 - low).abs() < 1e-9 && (found.1 - high).abs() < 1e-9,
            "{found:?} instead of {low} to {high}"
        );
    }

    // In Python, with n = 200 / effect * pay and x = p * n:
    // pay = (scipy.stats.norm.isf(.05) / scipy.stats.t(19).isf(.05)) ** 2; effect = max(1, squares * 20/19 / n**2 / (p*(1-p)/n))
    // scipy.stats.beta.ppf(.05, x, n - x + 1), scipy.stats.beta.isf(.05, x + 1, n - x); of rates chi2(2 * x).ppf(.05) / 2,
    // chi2(2 * x + 2).isf(.05) / 2.

    #[test]
    fn recordings_more_alike_than_chance_are_worth_no_more_than_single_events() {
        // Squares 4: a design effect of 0.23, by which 200 events would be worth 855.
        let clusters = (0..20).map(|i| {
            (
                if i < 2 {
                    8
                } else if i < 4 {
                    10
                } else {
                    9
                },
                10,
            )
        });
        let evidence = Evidence::ClusteredShare {
            clusters: clusters.collect(),
        };
        are(
            evidence.limits(0.05),
            0.855_463_146_886_213_7,
            0.934_279_155_359_955_2,
        );
        // Squares 4: an effect of 0.11, by which 40 alarms would be worth 380.
        let clusters = (0..20).map(|i| {
            (
                if i < 2 {
                    1
                } else if i < 4 {
                    3
                } else {
                    2
                },
                5.0,
            )
        });
        let evidence = Evidence::ClusteredRate {
            clusters: clusters.collect(),
        };
        are(
            evidence.limits(0.05),
            0.297_272_912_962_796_07,
            0.527_829_931_293_941_5,
        );
    }

    #[test]
    fn the_design_effect_is_the_variance_between_recordings_by_that_of_single_events() {
        // Effects of 10.53 and 9.47.
        let clusters = (0..20).map(|i| (if i < 18 { 10 } else { 0 }, 10));
        let evidence = Evidence::ClusteredShare {
            clusters: clusters.collect(),
        };
        are(
            evidence.limits(0.05),
            0.697_368_053_299_675,
            0.985_308_762_350_587_7,
        );
        let clusters = (0..20).map(|i| (if i % 10 == 0 { 10 } else { 0 }, 5.0));
        let evidence = Evidence::ClusteredRate {
            clusters: clusters.collect(),
        };
        are(
            evidence.limits(0.05),
            0.033_502_618_003_940_776,
            0.645_045_844_819_909_8,
        );
    }

    #[test]
    fn all_hits_in_ten_recordings_count_as_ten_events() {
        let all = Evidence::ClusteredShare {
            clusters: vec![(50, 50); 10],
        };
        // 0.05^(1/10) = 0.7411.
        let (low, high) = all.limits(0.05).unwrap();
        assert!((low - 0.741_1).abs() < 1e-4 && high >= 1.0, "{low}");
    }

    #[test]
    fn few_recordings_and_no_recordings_have_no_limits() {
        let clusters = vec![(9, 10); FEWEST_CLUSTERS - 1];
        assert_eq!(Evidence::ClusteredShare { clusters }.limits(0.05), None);
        assert_eq!(Evidence::Share { hits: 0, n: 0 }.limits(0.05), None);
        let none = Evidence::Share { hits: 0, n: 0 };
        assert!(none.value().is_none() && none.against_at_least(0.9) >= 1.0);
        let still = Evidence::Rate {
            events: 0,
            hours: 0.0,
        };
        assert!(still.limits(0.05).is_none() && still.against_at_most(0.0) >= 1.0);
    }

    #[test]
    fn no_alarm_in_a_hundred_hours_leaves_three_in_a_hundred() {
        let evidence = Evidence::Rate {
            events: 0,
            hours: 100.0,
        };
        let (low, high) = evidence.limits(0.05).unwrap();
        assert!(low.abs() < 1e-15 && (high - 0.029_957).abs() < 1e-6);
    }

    #[test]
    fn alarms_in_bursts_widen_the_limits() {
        let bursts: Vec<_> = (0..20).map(|i| (if i % 10 == 0 { 10 } else { 0 }, 5.0)).collect();
        let bursts = Evidence::ClusteredRate { clusters: bursts };
        let single = Evidence::Rate {
            events: 20,
            hours: 100.0,
        };
        let (wide, narrow) = (bursts.limits(0.05).unwrap(), single.limits(0.05).unwrap());
        assert!(wide.0 < narrow.0 && wide.1 > narrow.1);
    }

    #[test]
    fn an_interval_of_the_record_is_stretched_to_the_level_asked_for() {
        let interval = Interval {
            low: 0.4,
            high: 0.8,
            level: 0.95,
            method: IntervalMethod::BlockBootstrap,
            block: Some(5),
        };
        let estimate = Estimate {
            value: 0.6,
            unit: Unit::Ratio,
            interval,
            sample: SampleSize {
                n: 100,
                of: SampledThing::Frames,
            },
        };
        let evidence = Evidence::Recorded(estimate);
        let (low, high) = evidence.limits(0.025).unwrap();
        assert!((low - 0.4).abs() < 1e-9 && (high - 0.8).abs() < 1e-9);
        // 1.644854 / 1.959964 of 0.2.
        let (low, _) = evidence.limits(0.05).unwrap();
        assert!((low - (0.6 - 0.2 * 0.839_226)).abs() < 1e-6);
        // The threshold lies half an interval's reach away: P(Z > 0.5 * 1.96).
        let expected = vsa_statistics::chance::normal_above(0.5 * normal_point(0.025));
        assert!((evidence.against_at_most(0.5) - expected).abs() < 1e-6);
    }
}
