//! CLEAR MOT: labelled frames in order in; matches, misses, false boxes and identity switches out.
//!
//! Bernardin & Stiefelhagen, "Evaluating multiple object tracking performance: the CLEAR MOT metrics", 2008,
//! as py-motmetrics counts it: who was matched stays matched as long as the boxes overlap enough; the rest is
//! matched so that most pairs, and among those the greatest overlap, result. A switch is counted when a
//! person is matched to another track than the last time, however long ago.

use super::sequence::{Labelled, LabelledFrame};
use crate::observe::detect::overlap::iou;
use crate::observe::track::assignment::assign;
use std::collections::{BTreeMap, BTreeSet};

/// Counts of one or more sequences; they add up.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::observe) struct ClearMot {
    /// Labelled boxes.
    pub(in crate::observe) truth: u64,
    /// Tracked boxes.
    pub(in crate::observe) tracked: u64,
    /// Pairs, switches included.
    pub(in crate::observe) matches: u64,
    /// Pairs whose track is not the one of the person's last pair.
    pub(in crate::observe) switches: u64,
    /// Sum over pairs of `1 - IoU`.
    pub(in crate::observe) distance: f64,
    /// People matched in at least 80 % of their frames.
    pub(in crate::observe) mostly_tracked: u64,
    /// People between.
    pub(in crate::observe) partially_tracked: u64,
    /// People matched in less than 20 % of their frames.
    pub(in crate::observe) mostly_lost: u64,
    /// How often somebody was lost and found again.
    pub(in crate::observe) fragmentations: u64,
}

/// One person's history.
#[derive(Default)]
struct History {
    last_track: Option<u32>,
    frames: u64,
    matched: u64,
    lost_since_match: bool,
}

impl ClearMot {
    /// Counts one sequence. Boxes match from this overlap on.
    pub(in crate::observe) fn of(frames: &[LabelledFrame], least_overlap: f32) -> Self {
        let mut counts = Self::default();
        let mut people: BTreeMap<u32, History> = BTreeMap::new();
        for frame in frames {
            counts.truth += frame.truth.len() as u64;
            counts.tracked += frame.tracked.len() as u64;
            let pairs = match_frame(frame, &people, least_overlap);
            for (row, person) in frame.truth.iter().enumerate() {
                let history = people.entry(person.id).or_default();
                history.frames += 1;
                match pairs.get(&row) {
                    None => history.lost_since_match = true,
                    Some(&column) => {
                        let other = &frame.tracked[column];
                        counts.matches += 1;
                        counts.distance += 1.0 - f64::from(iou(&person.rect, &other.rect));
                        counts.switches += u64::from(history.last_track.is_some_and(|last| last != other.id));
                        counts.fragmentations += u64::from(history.matched > 0 && history.lost_since_match);
                        history.last_track = Some(other.id);
                        history.matched += 1;
                        history.lost_since_match = false;
                    }
                }
            }
        }
        for history in people.values() {
            // In whole numbers: a person matched in exactly four of five frames is mostly tracked.
            if history.matched * 5 >= history.frames * 4 {
                counts.mostly_tracked += 1;
            } else if history.matched * 5 < history.frames {
                counts.mostly_lost += 1;
            } else {
                counts.partially_tracked += 1;
            }
        }
        counts
    }

    /// Labelled boxes without a pair.
    pub(in crate::observe) const fn misses(&self) -> u64 {
        self.truth - self.matches
    }

    /// Tracked boxes without a pair.
    pub(in crate::observe) const fn false_positives(&self) -> u64 {
        self.tracked - self.matches
    }

    /// Accuracy, `1 - (misses + false positives + switches) / truth`; below 0 when errors outnumber labels.
    /// None without labels.
    #[expect(clippy::cast_precision_loss, reason = "counts of boxes are far below 2^53")]
    pub(in crate::observe) fn mota(&self) -> Option<f64> {
        let errors = self.misses() + self.false_positives() + self.switches;
        (self.truth > 0).then(|| 1.0 - errors as f64 / self.truth as f64)
    }

    /// Mean distance of pairs, `1 - IoU` (`TrackEval` prints the overlap itself). None without pairs.
    #[expect(clippy::cast_precision_loss, reason = "counts of boxes are far below 2^53")]
    pub(in crate::observe) fn motp(&self) -> Option<f64> {
        (self.matches > 0).then(|| self.distance / self.matches as f64)
    }
}

/// Index of a labelled box to index of its tracked box.
fn match_frame(
    frame: &LabelledFrame,
    people: &BTreeMap<u32, History>,
    least_overlap: f32,
) -> BTreeMap<usize, usize> {
    let mut pairs = BTreeMap::new();
    let mut taken = BTreeSet::new();
    let fits = |a: &Labelled, b: &Labelled| iou(&a.rect, &b.rect) >= least_overlap;
    for (row, person) in frame.truth.iter().enumerate() {
        let Some(last) = people.get(&person.id).and_then(|history| history.last_track) else {
            continue;
        };
        let kept = frame.tracked.iter().position(|other| other.id == last);
        if let Some(column) =
            kept.filter(|&column| fits(person, &frame.tracked[column]) && taken.insert(column))
        {
            pairs.insert(row, column);
        }
    }
    let rows: Vec<usize> = (0..frame.truth.len())
        .filter(|row| !pairs.contains_key(row))
        .collect();
    let columns: Vec<usize> = (0..frame.tracked.len())
        .filter(|column| !taken.contains(column))
        .collect();
    // A pair saves far more than any distance costs: most pairs first, overlap second.
    let saving = 1000.0;
    let distance = |row: usize, column: usize| {
        let (person, other) = (&frame.truth[rows[row]], &frame.tracked[columns[column]]);
        if fits(person, other) {
            1.0 - f64::from(iou(&person.rect, &other.rect))
        } else {
            f64::INFINITY
        }
    };
    for (row, column) in assign(rows.len(), columns.len(), saving, distance) {
        pairs.insert(rows[row], columns[column]);
    }
    pairs
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::observe::detect::overlap::Rect;

    /// Boxes of ten by ten pixels at these places: two that are 2 apart overlap by 2/3, 3 apart by 7/13, 4
    /// apart by 3/7.
    pub(in crate::observe::evaluate) fn frame(truth: &[(u32, f32)], tracked: &[(u32, f32)]) -> LabelledFrame {
        let boxes = |list: &[(u32, f32)]| {
            list.iter()
                .map(|&(id, left)| Labelled {
                    id,
                    rect: Rect {
                        left,
                        top: 0.0,
                        right: left + 10.0,
                        bottom: 10.0,
                    },
                })
                .collect()
        };
        LabelledFrame {
            truth: boxes(truth),
            tracked: boxes(tracked),
        }
    }

    #[test]
    fn misses_false_boxes_and_switches_by_hand() {
        let frames = [
            frame(&[(1, 0.0), (2, 50.0)], &[(7, 0.0), (8, 52.0)]),
            frame(&[(1, 0.0), (2, 50.0)], &[(7, 3.0), (9, 200.0)]), // 2 missed, 9 false
            frame(&[(1, 0.0), (2, 50.0)], &[(8, 0.0), (7, 50.0)]),  // both switched
        ];
        let counts = ClearMot::of(&frames, 0.5);
        assert_eq!((counts.truth, counts.tracked, counts.matches), (6, 6, 5));
        assert_eq!(
            (counts.misses(), counts.false_positives(), counts.switches),
            (1, 1, 2)
        );
        assert_eq!(counts.fragmentations, 1);
        assert!((counts.mota().unwrap() - (1.0 - 4.0 / 6.0)).abs() < 1e-12);
        // 0 + 1/3 + 6/13 + 0 + 0, over five pairs.
        assert!((counts.motp().unwrap() - (1.0 / 3.0 + 6.0 / 13.0) / 5.0).abs() < 1e-6);
    }

    #[test]
    fn who_was_matched_stays_matched_although_another_box_fits_better() {
        let frames = [
            frame(&[(1, 0.0)], &[(7, 0.0)]),
            frame(&[(1, 0.0)], &[(8, 0.0), (7, 3.0)]),
        ];
        let counts = ClearMot::of(&frames, 0.5);
        assert_eq!((counts.switches, counts.false_positives()), (0, 1));
    }

    #[test]
    fn a_switch_is_counted_however_long_the_pause() {
        let mut frames = vec![frame(&[(1, 0.0)], &[(7, 0.0)])];
        frames.extend((0..50).map(|_| frame(&[(1, 0.0)], &[])));
        frames.push(frame(&[(1, 0.0)], &[(8, 0.0)]));
        let counts = ClearMot::of(&frames, 0.5);
        assert_eq!(
            (counts.switches, counts.fragmentations, counts.mostly_lost),
            (1, 1, 1)
        );
    }

    #[test]
    fn four_of_five_frames_are_mostly_tracked_and_one_of_five_is_not_lost() {
        let of = |matched: usize| {
            let frames: Vec<_> = (0..5)
                .map(|at| frame(&[(1, 0.0)], if at < matched { &[(7, 0.0)] } else { &[] }))
                .collect();
            let counts = ClearMot::of(&frames, 0.5);
            (
                counts.mostly_tracked,
                counts.partially_tracked,
                counts.mostly_lost,
            )
        };
        assert_eq!(
            (of(4), of(3), of(1), of(0)),
            ((1, 0, 0), (0, 1, 0), (0, 1, 0), (0, 0, 1))
        );
    }

    #[test]
    fn without_labels_there_is_no_figure() {
        let counts = ClearMot::of(&[frame(&[], &[(7, 0.0)])], 0.5);
        assert_eq!(
            (counts.mota(), counts.motp(), counts.false_positives()),
            (None, None, 1)
        );
    }
}
