//! How far a detector sees. In: what became of each label, its height, and its distance where the labels tell it. Out: share
//! found by height and by distance, each point with its interval.
//!
//! Heights: two points for each doubling. Distances: tenths of the labels. Points speak about few people each, so that the
//! curves are given for public and consented data alone.

use super::at_threshold::AtThreshold;
use super::figure::{Maker, SHARE};
use super::pair::Paired;
use std::collections::BTreeMap;
use vsa_record::curve::{Curve, CurveName};

/// Attribute of the labels that holds the distance in metres.
pub(super) const DISTANCE: &str = "distance";
const TENTHS: usize = 10;

/// A label: its place on the level axis, its picture's unit, and whether it was found.
struct Seen {
    at: f64,
    unit: u32,
    found: bool,
}

pub(super) fn measure(
    paired: &Paired,
    at: &AtThreshold,
    distances: Option<&[Option<f64>]>,
    maker: &Maker,
    curves: &mut Vec<Curve>,
) {
    let heights = paired.labels().map(|label| (label.source, label.region.height));
    let heights: BTreeMap<usize, f64> = heights.collect();
    let seen = |of: &dyn Fn(usize) -> Option<f64>| -> Vec<Seen> {
        at.fates()
            .filter_map(|(fate, found)| {
                let unit = maker.clusters.of_picture[fate.picture as usize];
                Some(Seen {
                    at: of(fate.source)?,
                    unit,
                    found,
                })
            })
            .collect()
    };
    if !paired.normalised {
        let labels = seen(&|source| heights.get(&source).copied().filter(|height| *height >= 1.0));
        let edges: Vec<f64> = (0..=26).map(|half| 2f64.powf(f64::from(half) / 2.0)).collect();
        push(CurveName::RecallByHeight, labels, &edges, maker, curves);
    }
    if let Some(distances) = distances {
        let labels = seen(&|source| distances.get(source).copied().flatten());
        let mut sorted: Vec<f64> = labels.iter().map(|label| label.at).collect();
        sorted.sort_by(f64::total_cmp);
        let mut edges: Vec<f64> = (0..TENTHS)
            .filter_map(|tenth| sorted.get(tenth * sorted.len() / TENTHS).copied())
            .collect();
        edges.dedup_by(|a, b| a.total_cmp(b).is_eq());
        push(CurveName::RecallByDistance, labels, &edges, maker, curves);
    }
}

/// One point for each range that begins at an edge; it stands at the mean of its labels.
fn push(name: CurveName, labels: Vec<Seen>, edges: &[f64], maker: &Maker, curves: &mut Vec<Curve>) {
    if labels.is_empty() {
        return;
    }
    if maker.policy.min_cell() > 1 {
        curves.push(Curve {
            name,
            points: maker.policy.withheld(),
        });
        return;
    }
    let mut ranges: Vec<(f64, Vec<Seen>)> = edges.iter().map(|_| (0.0, Vec::new())).collect();
    for label in labels {
        let at = edges.partition_point(|edge| *edge <= label.at).saturating_sub(1);
        ranges[at].0 += label.at;
        ranges[at].1.push(label);
    }
    ranges.retain(|(_, labels)| !labels.is_empty());
    let drawn = maker.clusters.bootstrap(maker.resamples, |times| {
        let share = |(_, labels): &(f64, Vec<Seen>)| {
            let (mut found, mut all) = (0, 0);
            for label in labels {
                let times = times.map_or(1, |times| u64::from(times[label.unit as usize]));
                all += times;
                found += times * u64::from(label.found);
            }
            (all > 0).then(|| found as f64 / all as f64)
        };
        ranges.iter().map(share).collect()
    });
    let places = ranges.iter().map(|(sum, labels)| sum / labels.len() as f64);
    let least = ranges
        .iter()
        .map(|(_, labels)| labels.len() as u64)
        .min()
        .unwrap_or(0);
    curves.push(maker.curve(name, places, &drawn, SHARE, least));
}
