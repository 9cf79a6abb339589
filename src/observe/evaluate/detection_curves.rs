//! The curves of a detector, each point with its interval. In: rankings. Out: precision by recall, miss rate by false
//! positives per picture (the detection error trade-off), share of right detections by score (the reliability diagram).
//! Deliberately not here: how many labels of a height or distance are found (`distance_curves`).

use super::at_threshold::AtThreshold;
use super::coco::Coco;
use super::detection_figures::probabilities;
use super::figure::{Maker, SHARE};
use super::ranking::Weights;
use crate::record::curve::{Curve, CurveName};

/// Points of a tenfold of false positives per picture, evenly spaced in the logarithm.
const POINTS_OF_A_TENFOLD: i32 = 8;
/// From 0.001 to 100 false positives per picture.
const TENFOLDS: std::ops::Range<i32> = -3..2;

pub(super) fn measure(coco: &Coco, at: &AtThreshold, maker: &Maker, resamples: u64, curves: &mut Vec<Curve>) {
    if coco.labels_of_areas(0) == 0 || at.score_range().is_none() {
        return;
    }
    let labels = coco.labels_of_areas(0);
    let replicates = |of: &(dyn Fn(Weights) -> Vec<Option<f64>> + Sync)| {
        maker
            .clusters
            .replicates(resamples, |times| of(Some(&maker.clusters.by_picture(times))))
    };
    let envelope = |weights: Weights| {
        coco.envelope(weights)
            .into_iter()
            .map(|(_, y)| y)
            .collect::<Vec<_>>()
    };
    curves.push(maker.curve(
        CurveName::PrecisionByRecall,
        &coco.envelope(None),
        &replicates(&envelope),
        SHARE,
        labels,
    ));
    let limits = limits(at);
    let missed = |weights: Weights| match at.miss_rates(&limits, weights) {
        Some(rates) => rates.into_iter().map(Some).collect(),
        None => vec![None; limits.len()],
    };
    let points: Vec<_> = limits.iter().copied().zip(missed(None)).collect();
    curves.push(maker.curve(
        CurveName::MissRateByFalsePositives,
        &points,
        &replicates(&missed),
        SHARE,
        labels,
    ));
    if probabilities(at).is_ok() {
        let bins = at.reliability(None);
        let right = |weights: Weights| -> Vec<Option<f64>> {
            at.reliability(weights)
                .map(|bin| bin.map(|(_, _, right)| right))
                .to_vec()
        };
        let of_bins = replicates(&right);
        let there = |at: &usize| bins[*at].is_some();
        let points: Vec<_> = bins
            .iter()
            .flatten()
            .map(|(_, score, right)| (*score, Some(*right)))
            .collect();
        let replicates: Vec<_> = (0..bins.len())
            .filter(there)
            .filter_map(|at| of_bins.get(at).cloned())
            .collect();
        let found: f64 = bins.iter().flatten().map(|(n, _, _)| n).sum();
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a count of boxes"
        )]
        let found = found as u64;
        curves.push(maker.curve(CurveName::PrecisionByScore, &points, &replicates, SHARE, found));
    }
}

/// False positives per picture at which the miss rate is read off: none below what one false positive makes, and none
/// beyond the first that leaves nothing out.
fn limits(at: &AtThreshold) -> Vec<f64> {
    let pictures = at.sums(None).pictures;
    let most = at.false_positives() / pictures;
    let mut limits = Vec::new();
    for step in TENFOLDS.start * POINTS_OF_A_TENFOLD..=TENFOLDS.end * POINTS_OF_A_TENFOLD {
        let limit = 10f64.powf(f64::from(step) / f64::from(POINTS_OF_A_TENFOLD));
        if limit * pictures >= 1.0 {
            limits.push(limit);
            if limit >= most {
                break;
            }
        }
    }
    limits
}
