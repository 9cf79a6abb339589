//! Shares of many sets of cases under one drawing of the clusters. In: hits and cases by cluster. Out: intervals of shares and
//! of what follows from several of them, each replicate drawn once for all.

use crate::clusters::Clusters;
use rayon::prelude::*;
use std::collections::BTreeMap;
use vsa_record::estimate::{Estimate, Interval, IntervalMethod, SampleSize, SampledThing, Unit};
use vsa_statistics::interval::LEVEL;
use vsa_statistics::proportion::Share;
use vsa_statistics::resample::expanded_percentiles;

/// What is drawn, and how often.
#[derive(Clone, Copy)]
pub(crate) struct Draws<'a> {
    pub(crate) clusters: &'a Clusters,
    pub(crate) resamples: u64,
}

/// Hits and cases, in all and by cluster.
#[derive(Default)]
pub(super) struct Counted {
    pub(super) share: Share,
    by_cluster: BTreeMap<u32, Share>,
}

impl Counted {
    pub(super) fn add(&mut self, hits: u64, cases: u64, cluster: Option<u32>) {
        let add = |share: &mut Share| {
            share.hits += hits;
            share.cases += cases;
        };
        add(&mut self.share);
        if let Some(cluster) = cluster {
            add(self.by_cluster.entry(cluster).or_default());
        }
    }
}

/// The shares of several sets in each replicate.
pub(super) struct Drawn {
    clusters: usize,
    /// Replicate by replicate, set by set.
    shares: Vec<Vec<Option<f64>>>,
}

impl Drawn {
    pub(super) fn of(sets: &[&Counted], draws: Option<Draws>) -> Self {
        let Some(Draws { clusters, resamples }) = draws else {
            return Self {
                clusters: 0,
                shares: Vec::new(),
            };
        };
        let flat: Vec<Vec<(u32, Share)>> = sets
            .iter()
            .map(|set| {
                set.by_cluster
                    .iter()
                    .map(|(cluster, share)| (*cluster, *share))
                    .collect()
            })
            .collect();
        let of_set = |set: &Vec<(u32, Share)>, times: &[u32]| {
            let (mut hits, mut cases) = (0u64, 0u64);
            for (cluster, share) in set {
                let times = u64::from(times[*cluster as usize]);
                hits += times * share.hits;
                cases += times * share.cases;
            }
            (cases > 0).then(|| hits as f64 / cases as f64)
        };
        let shares = (0..resamples)
            .into_par_iter()
            .map(|replicate| {
                let times = clusters.draw(replicate);
                flat.iter().map(|set| of_set(set, &times)).collect()
            })
            .collect();
        Self {
            clusters: clusters.n,
            shares,
        }
    }

    /// The interval of what `of` makes of the sets' shares. None: nothing was drawn, or nothing varies.
    pub(super) fn interval(&self, of: impl Fn(&[Option<f64>]) -> Option<f64>) -> Option<Interval> {
        let values: Vec<_> = self.shares.iter().map(|shares| of(shares)).collect();
        interval(&values, self.clusters)
    }
}

/// A figure in [0, 1], or a gap or ratio of such, of so many labels.
pub(super) fn of_labels(value: f64, interval: Interval, labels: u64) -> Estimate {
    Estimate {
        value,
        unit: Unit::Ratio,
        interval: interval.holding(value),
        sample: SampleSize::new(labels, SampledThing::Labels),
    }
}

/// The interval of a figure from its replicates.
pub(super) fn interval(values: &[Option<f64>], clusters: usize) -> Option<Interval> {
    let mut there: Vec<f64> = values
        .iter()
        .copied()
        .flatten()
        .filter(|value| value.is_finite())
        .collect();
    // A group that is missing from more than one replicate in twenty is in too few clusters.
    if there.is_empty() || there.len() * 20 < values.len() * 19 {
        return None;
    }
    let (low, high) = expanded_percentiles(&mut there, clusters)?;
    (low < high).then_some(Interval {
        low,
        high,
        level: LEVEL,
        method: IntervalMethod::ClusterBootstrap,
        block: None,
    })
}
