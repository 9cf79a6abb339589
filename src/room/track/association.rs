//! Predicted boxes and this frame's detections in, who continues whom out. Nothing is remembered here.

use super::motion::Motion;
use super::settings::TrackerSettings;
use crate::detect::detection::Detection;
use crate::detect::overlap::{Rect, iou};
use crate::detect::suppress::order;
use vsa_statistics::assignment::assign;

/// A box to be found again.
pub(super) struct Expected<'track> {
    /// The filter.
    pub(super) motion: &'track Motion,
    /// Where it should be.
    pub(super) rect: Rect,
    /// By how many pixels both boxes are widened before they are compared: the less is known, the more. After
    /// a pause or at a low frame rate true pairs may not touch at all ("buffered IoU", Yang et al., WACV
    /// 2023, with the buffer taken from the filter instead of a table).
    pub(super) margin: f32,
}

/// `(index in expected, index in candidates)` of every pair, in order of expected boxes. A pair overlaps at
/// least by `least_overlap`; of all such assignments the one with the greatest overlap in sum is taken.
pub(super) fn associate(
    expected: &[Expected<'_>],
    candidates: &[&Detection],
    least_overlap: f64,
    settings: &TrackerSettings,
) -> Vec<(usize, usize)> {
    let gate = settings.gate;
    assign(expected.len(), candidates.len(), gate, |row, column| {
        let (here, there) = (&expected[row], candidates[column]);
        let overlap = iou(
            &here.rect.grown(here.margin, here.margin),
            &there.rect.grown(here.margin, here.margin),
        );
        if f64::from(overlap) < least_overlap {
            return f64::INFINITY;
        }
        let m = here.motion.misfit(&settings.motion, &there.rect, there.score);
        settings.motion_weight * m + (1.0 - settings.motion_weight) * gate * (1.0 - f64::from(overlap))
    })
}

/// The detections that can be tracked, in an order that depends on nothing but themselves: best score first,
/// then by place. Boxes that are not finite or have no area, and scores that are not numbers, are left out:
/// there is nothing in them to follow.
pub(super) fn in_order<'frame>(detections: &'frame [Detection], least_score: f32) -> Vec<&'frame Detection> {
    let mut usable: Vec<&'frame Detection> = detections
        .iter()
        .filter(|detection| {
            let finite = detection.rect.edges().into_iter().all(f32::is_finite);
            let area = detection.rect.area();
            finite && area.is_finite() && area > 0.0 && detection.score >= least_score
        })
        .collect();
    usable.sort_by(|a, b| {
        let by_place = || order(a.rect.edges(), b.rect.edges());
        b.score.total_cmp(&a.score).then_with(by_place)
    });
    usable
}
