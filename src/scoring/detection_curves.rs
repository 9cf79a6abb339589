//! The curves of a detector, each point with its interval. In: what was read off the rankings. Out: precision by recall, miss rate by false
//! positives per picture (the detection error trade-off), share of right detections by score (the reliability diagram).
//! Deliberately not here: how many labels of a height or distance are found (`distance_curves`).

use super::at_threshold::AtThreshold;
use super::coco::Coco;
use super::detection_figures::{Columns, probabilities};
use super::figure::{Maker, SHARE};
use vsa_record::curve::{Curve, CurveName};

/// Points of a tenfold of false positives per picture, evenly spaced in the logarithm.
const POINTS_OF_A_TENFOLD: i32 = 8;
/// From 0.001 to 100 false positives per picture.
const TENFOLDS: std::ops::Range<i32> = -3..2;

/// `envelope`: precision at the recalls. `others`: the miss rate at each of the limits, then the share of each range of the
/// score that is right.
pub(super) fn measure(
    at: &AtThreshold,
    maker: &Maker,
    envelope: &Columns,
    (limits, others): (&[f64], &Columns),
    curves: &mut Vec<Curve>,
) {
    let points: Vec<_> = Coco::recalls()
        .into_iter()
        .zip(envelope.values.iter().copied())
        .collect();
    curves.push(maker.curve(
        CurveName::PrecisionByRecall,
        &points,
        &envelope.replicates,
        SHARE,
        envelope.labels,
    ));
    let points: Vec<_> = limits
        .iter()
        .copied()
        .zip(others.values.iter().copied())
        .collect();
    curves.push(maker.curve(
        CurveName::MissRateByFalsePositives,
        &points,
        &others.replicates,
        SHARE,
        others.labels,
    ));
    if probabilities(at).is_ok() {
        let bins = at.reliability(None);
        let there = |at: &usize| bins[*at].is_some();
        let points: Vec<_> = bins
            .iter()
            .flatten()
            .map(|(_, score, right)| (*score, Some(*right)))
            .collect();
        let replicates: Vec<_> = (0..bins.len())
            .filter(there)
            .filter_map(|at| others.replicates.get(limits.len() + at).cloned())
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
pub(super) fn limits(at: &AtThreshold) -> Vec<f64> {
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
