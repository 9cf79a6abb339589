//! Identity measures: labelled frames in; how many boxes bear the right identity out.
//!
//! Ristani et al., "Performance measures and a data set for multi-target, multi-camera tracking", 2016: each
//! person is given to at most one track for the whole sequence, so that most boxes are right.

use super::sequence::LabelledFrame;
use crate::observe::detect::overlap::iou;
use crate::observe::track::assignment::assign;
use std::collections::{BTreeMap, BTreeSet};

/// Counts of one or more sequences; they add up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::observe) struct Identity {
    /// Labelled boxes.
    pub(in crate::observe) truth: u64,
    /// Tracked boxes.
    pub(in crate::observe) tracked: u64,
    /// Boxes with the right identity.
    pub(in crate::observe) right: u64,
}

impl Identity {
    /// Counts one sequence. Boxes match from this overlap on.
    pub(in crate::observe) fn of(frames: &[LabelledFrame], least_overlap: f32) -> Self {
        let mut counts = Self::default();
        let mut together: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for frame in frames {
            counts.truth += frame.truth.len() as u64;
            counts.tracked += frame.tracked.len() as u64;
            for person in &frame.truth {
                for track in frame
                    .tracked
                    .iter()
                    .filter(|track| iou(&person.rect, &track.rect) >= least_overlap)
                {
                    *together.entry((person.id, track.id)).or_default() += 1;
                }
            }
        }
        let people: Vec<u32> = together
            .keys()
            .map(|pair| pair.0)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let tracks: Vec<u32> = together
            .keys()
            .map(|pair| pair.1)
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect();
        let count =
            |row: usize, column: usize| together.get(&(people[row], tracks[column])).copied().unwrap_or(0);
        let pairs = assign(people.len(), tracks.len(), 0.0, |row, column| {
            -f64::from(count(row, column))
        });
        counts.right = pairs
            .into_iter()
            .map(|(row, column)| u64::from(count(row, column)))
            .sum();
        counts
    }

    /// Share of right boxes: `2 right / (truth + tracked)`. None without any box.
    pub(in crate::observe) fn idf1(&self) -> Option<f64> {
        ratio(2 * self.right, self.truth + self.tracked)
    }

    /// Share of the tracked boxes that are right.
    pub(in crate::observe) fn precision(&self) -> Option<f64> {
        ratio(self.right, self.tracked)
    }

    /// Share of the labelled boxes that are right.
    pub(in crate::observe) fn recall(&self) -> Option<f64> {
        ratio(self.right, self.truth)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of boxes are far below 2^53")]
fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

#[cfg(test)]
mod tests {
    use super::super::clear_mot::tests::frame;
    use super::*;

    #[test]
    fn each_person_has_one_track_for_the_whole_sequence() {
        // Track 7 is right for three frames, then takes the other person for two; track 8 is never anybody's.
        let mut frames: Vec<_> = (0..3)
            .map(|_| frame(&[(1, 0.0), (2, 50.0)], &[(7, 0.0)]))
            .collect();
        frames.extend((0..2).map(|_| frame(&[(1, 0.0), (2, 50.0)], &[(7, 50.0), (8, 99.0)])));
        let counts = Identity::of(&frames, 0.5);
        assert_eq!(
            counts,
            Identity {
                truth: 10,
                tracked: 7,
                right: 3
            }
        );
        assert!((counts.idf1().unwrap() - 6.0 / 17.0).abs() < 1e-12);
        assert!((counts.precision().unwrap() - 3.0 / 7.0).abs() < 1e-12);
        assert!((counts.recall().unwrap() - 3.0 / 10.0).abs() < 1e-12);
    }

    #[test]
    fn the_greedy_identity_is_given_up_for_a_better_whole() {
        // Together: (1,7) 3 frames, (1,8) 2 frames, (2,7) 2 frames: 2 + 2 beats 3.
        let mut frames: Vec<_> = (0..3).map(|_| frame(&[(1, 0.0)], &[(7, 0.0)])).collect();
        frames.extend((0..2).map(|_| frame(&[(1, 0.0), (2, 50.0)], &[(8, 0.0), (7, 50.0)])));
        assert_eq!(Identity::of(&frames, 0.5).right, 4);
    }

    #[test]
    fn without_boxes_there_is_no_figure() {
        assert_eq!(Identity::of(&[], 0.5).idf1(), None);
    }
}
