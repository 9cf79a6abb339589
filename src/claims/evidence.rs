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
            Self::ClusteredShare { clusters } => sum(clusters.iter().map(|c| (c.0 as f64, c.1 as f64))),
            Self::Rate { events, hours } => (*events as f64, *hours),
            Self::ClusteredRate { clusters } => sum(clusters.iter().map(|c| (c.0 as f64, c.1))),
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
    let used = used(clusters.iter().map(|c| (c.0 as f64, c.1 as f64)))?;
    let k = used.len() as f64;
    let (hits, n) = sum(used.iter().copied());
    let p = hits / n;
    if p <= 0.0 || p >= 1.0 {
        return Some((p * k, k));
    }
    let variance = squares(&used, p) * k / (k - 1.0) / (n * n);
    let independent = p * (1.0 - p) / n;
    // Less variance than independent events have is luck, not information.
    let effect = (variance / independent).max(1.0);
    let size = n / effect * pay(error, k);
    Some((p * size, size))
}

/// The same for rates: the variance between recordings against that of single, unconnected alarms. Without any alarm
/// nothing is known about bursts, and the limits are those of single alarms.
fn effective_rate(clusters: &[(u64, f64)], error: f64) -> Option<(f64, f64)> {
    let used = used(clusters.iter().map(|c| (c.0 as f64, c.1)))?;
    let k = used.len() as f64;
    let (events, hours) = sum(used.iter().copied());
    if events <= 0.0 {
        return Some((0.0, hours));
    }
    let rate = events / hours;
    let effect = (squares(&used, rate) * k / (k - 1.0) / events).max(1.0);
    let shrink = pay(error, k) / effect;
    Some((events * shrink, hours * shrink))
}

/// The recordings in which there was anything to count; none: there are too few.
fn used(clusters: impl Iterator<Item = (f64, f64)>) -> Option<Vec<(f64, f64)>> {
    let used: Vec<(f64, f64)> = clusters.filter(|c| c.1 > 0.0).collect();
    (used.len() >= FEWEST_CLUSTERS).then_some(used)
}

fn sum(clusters: impl Iterator<Item = (f64, f64)>) -> (f64, f64) {
    clusters.fold((0.0, 0.0), |sum, c| (sum.0 + c.0, sum.1 + c.1))
}

/// How far the recordings lie from a common ratio.
fn squares(clusters: &[(f64, f64)], ratio: f64) -> f64 {
    clusters.iter().map(|c| (c.0 - ratio * c.1).powi(2)).sum()
}

/// What is paid for not knowing the variance of `k` recordings.
fn pay(error: f64, k: f64) -> f64 {
    (normal_point(error) / student_point(error, k - 1.0)).powi(2)
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
        // Around a share of none or of all it is far from symmetric, and stretching it would exclude too much.
        IntervalMethod::WilsonOfIndependent => {
            let found = estimate.interval;
            let observations = interval::wilson_observations(estimate.value, found.low, found.high)?;
            Some(share_limits(estimate.value * observations, observations, error))
        }
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
pub(crate) mod tests;
