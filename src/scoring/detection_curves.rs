//! The curves of a detector, each point with its interval. In: what was read off the rankings. Out: precision by recall, miss rate by false
//! positives per picture (the detection error trade-off), share of right detections by score (the reliability diagram).
//! Deliberately not here: how many labels of a height or distance are found (`distance_curves`).

use super::at_threshold::AtThreshold;
use super::clusters::Bootstrapped;
use super::coco::Coco;
use super::detection_figures::probabilities;
use super::figure::{self, Maker, SHARE};
use vsa_record::curve::{Curve, CurveName};

/// Points of a tenfold of false positives per picture, evenly spaced in the logarithm.
const POINTS_OF_A_TENFOLD: i32 = 8;
/// From 0.001 to 100 false positives per picture.
const TENFOLDS: std::ops::Range<i32> = -3..2;

/// `labels`: how many count. `envelope`: precision at the recalls. `others`: the miss rate at each of the limits, then the share
/// of each range of the score that is right.
pub(super) fn measure(
    at: &AtThreshold,
    maker: &Maker,
    labels: u64,
    envelope: &Bootstrapped,
    (limits, others): (&[f64], Bootstrapped),
    curves: &mut Vec<Curve>,
) {
    let recalls = Coco::recalls();
    curves.push(maker.curve(CurveName::PrecisionByRecall, recalls, envelope, SHARE, labels));
    let places = limits.iter().copied();
    curves.push(maker.curve(
        CurveName::MissRateByFalsePositives,
        places,
        &others,
        SHARE,
        labels,
    ));
    if probabilities(at).is_ok() {
        let bins = at.reliability(None);
        let found = bins.iter().flatten().map(|(n, _, _)| n).sum();
        // A range without detections has no value, so that it is left out wherever it is put.
        let scores = bins.map(|bin| bin.map_or(0.0, |(_, score, _)| score));
        let right = others.after(limits.len());
        let found = figure::labels(found).n;
        curves.push(maker.curve(CurveName::PrecisionByScore, scores, &right, SHARE, found));
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
