//! Sightings and masks in, the longest stretches without a sighting out: those that the masks bridge, and those that they
//! do not.
//!
//! Sightings are chained by overlap, or within two seconds by a way that somebody can walk, whatever the tracker made of
//! them, so that the tracker is not its own judge. Two people may be chained who are not one: a gap is rather told than
//! overlooked. Somebody who moved on for longer while nobody saw them is no chain: only the second look (`render`) may find
//! such a leak.

use super::mask_plan::{Hold, MaskPlan, between};
use crate::detect::overlap::{Rect, iou};
use vsa_plan::Subject;

/// Sightings that overlap by less are not taken for the same person.
const SAME: f32 = 0.3;

/// After so many seconds nobody is waited for.
const LONGEST: f64 = 10.0;

/// For so many seconds, boxes that do not overlap may be the same person, …
const WALKING: f64 = 2.0;

/// … if they are no further apart than this, in heights, …
const APART: f32 = 0.3;

/// … and so many more for each second, a walk; for a face, an eighth of a body high, so many times more.
const SPEED: f32 = 0.8;
const FACE_TIMES: f32 = 4.0;

/// A place is masked if so much of it is.
const ENOUGH: f64 = 0.95;

/// Each side of a place is looked at in so many points.
const POINTS: usize = 10;

/// The longest stretches, in frames.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Gaps {
    pub(super) bridged: u64,
    pub(super) unmasked: u64,
}

/// Somebody seen last in a frame.
struct Chain {
    frame: usize,
    rect: Rect,
}

/// Looks at all gaps of one subject.
pub(super) fn gaps(mask_plan: &MaskPlan, times: &[f64], hold: &Hold) -> Gaps {
    let mut gaps = Gaps::default();
    let mut chains: Vec<Chain> = Vec::new();
    let mut boxes = Vec::new();
    let are_faces = mask_plan.subject == Subject::Face;
    let times_more = if are_faces { FACE_TIMES } else { 1.0 };
    for (frame, &now) in times.iter().enumerate() {
        chains.retain(|chain| now - times[chain.frame] <= LONGEST);
        let mut taken = vec![false; chains.len()];
        let mut begun = Vec::new();
        for sighting in mask_plan.counted(frame) {
            let likeness = |at: &usize| {
                let elapsed = now - times[chains[*at].frame];
                likeness(&chains[*at].rect, &sighting.rect, elapsed, times_more)
            };
            let best = (0..chains.len())
                .filter(|at| !taken[*at])
                .filter_map(|at| Some((at, likeness(&at)?)))
                .max_by(|a, b| a.1.total_cmp(&b.1))
                .map(|(at, _)| at);
            let rect = sighting.rect;
            let seen_here = Chain { frame, rect };
            if let Some(at) = best {
                taken[at] = true;
                let from = &chains[at];
                let (mut bridged, mut unmasked) = (0, 0);
                for missed in from.frame + 1..frame {
                    boxes.clear();
                    mask_plan.boxes(missed, times, hold, &mut boxes);
                    let part = (missed - from.frame) as f32 / (frame - from.frame) as f32;
                    let place = mask_plan.part_of(&between(&from.rect, &sighting.rect, part));
                    if masked_share(&place, &boxes) >= ENOUGH {
                        (bridged, unmasked) = (bridged + 1, 0);
                    } else {
                        (bridged, unmasked) = (0, unmasked + 1);
                    }
                    gaps.bridged = gaps.bridged.max(bridged);
                    gaps.unmasked = gaps.unmasked.max(unmasked);
                }
                chains[at] = seen_here;
            } else {
                begun.push(seen_here);
            }
        }
        chains.extend(begun);
    }
    gaps
}

/// How likely two boxes are the same person: by overlap (above 0), else by nearness (below 0). None: they are not.
fn likeness(from: &Rect, to: &Rect, elapsed: f64, times_more: f32) -> Option<f32> {
    let overlap = iou(from, to);
    if overlap >= SAME {
        return Some(overlap);
    }
    let middle = |rect: &Rect| (rect.left + rect.right, rect.top + rect.bottom);
    let ((x, y), (other_x, other_y)) = (middle(from), middle(to));
    let height = from.height().max(to.height()).max(1.0);
    let apart = ((x - other_x).hypot(y - other_y)) / 2.0 / height;
    let alike = from.height().min(to.height()) / height > 0.7;
    let reach = times_more * (APART + SPEED * elapsed as f32);
    (alike && elapsed <= WALKING && apart <= reach).then_some(-apart)
}

/// Share of points of a place that lie in a box.
fn masked_share(place: &Rect, boxes: &[Rect]) -> f64 {
    let mut masked = 0;
    for row in 0..POINTS {
        for column in 0..POINTS {
            let part = |at: usize| (at as f32 + 0.5) / POINTS as f32;
            let x = place.left + part(column) * place.width();
            let y = place.top + part(row) * place.height();
            let inside =
                |rect: &Rect| (rect.left..rect.right).contains(&x) && (rect.top..rect.bottom).contains(&y);
            masked += usize::from(boxes.iter().any(inside));
        }
    }
    masked as f64 / (POINTS * POINTS) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::detection::Detection;
    use crate::redact::mask_plan::Part;

    const HOLD: Hold = Hold {
        seconds: 0.3,
        margin_share: 0.1,
    };

    /// Somebody who stands still at 10 frames a second, seen in the frames that `seen` says.
    fn stood(frames: usize, seen: impl Fn(usize) -> bool) -> Gaps {
        let mut mask_plan = MaskPlan::new(Subject::Person, 0.5, 0.5, Part::Whole);
        let times: Vec<f64> = (0..frames).map(|frame| frame as f64 / 10.0).collect();
        for (frame, &seconds) in times.iter().enumerate() {
            let found: Vec<Detection> = seen(frame)
                .then_some(Detection {
                    rect: Rect {
                        left: 30.0,
                        top: 20.0,
                        right: 50.0,
                        bottom: 80.0,
                    },
                    score: 0.9,
                    landmarks: None,
                    quality: None,
                })
                .into_iter()
                .collect();
            mask_plan.note(seconds, (200, 100), Some(&found));
        }
        mask_plan.finish(&times, &HOLD);
        gaps(&mask_plan, &times, &HOLD)
    }

    #[test]
    fn a_gap_that_the_tracker_bridges_is_told_as_bridged() {
        let found = stood(60, |frame| !(20..32).contains(&frame));
        assert_eq!(
            found,
            Gaps {
                bridged: 12,
                unmasked: 0
            }
        );
    }

    #[test]
    fn a_gap_longer_than_the_tracker_waits_is_told_as_unmasked_but_for_the_hold() {
        // 8 seconds: the tracker joins over 4. Of 80 frames, 3 are held on either side.
        let found = stood(160, |frame| !(40..120).contains(&frame));
        assert_eq!(found.unmasked, 74);
    }

    #[test]
    fn nobody_and_somebody_always_seen_leave_no_gap() {
        assert_eq!(stood(20, |_| false), Gaps::default());
        assert_eq!(stood(20, |_| true), Gaps::default());
    }
}
