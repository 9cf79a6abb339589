//! Boxes from anywhere, scored by the code that `evaluate` runs, without files. In: boxes picture by picture. Out: VOC's average
//! precision, or the counts of CLEAR and identity. The worked examples here hold that code to figures made by hand.
//! Deliberately not here: intervals and the rule for small cells; what is published goes through `evaluate`.

use crate::labels;
use crate::pair::{FoundBox, PairedPicture, TruthBox};
use crate::region::Region;
use crate::tally::Tally;
use crate::track_counts;
use crate::voc;

pub use crate::track_counts::{HotaCounts, PeopleCounts, TrackCounts};

/// A box by its corners, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Corners {
    /// Left edge.
    pub left: f32,
    /// Upper edge.
    pub top: f32,
    /// Right edge.
    pub right: f32,
    /// Lower edge.
    pub bottom: f32,
}

/// One picture: what was found (with scores) and what is there.
pub struct Picture {
    /// Boxes with their scores.
    pub found: Vec<(Corners, f32)>,
    /// Boxes that are labelled.
    pub labels: Vec<Corners>,
}

/// The outcome. Precision and recall follow from the counts.
#[derive(Debug, PartialEq)]
pub struct AveragePrecision {
    /// The average precision, between 0 and 1.
    pub value: f64,
    /// Labels that count.
    pub labels: u64,
    /// Detections that have a label of their own.
    pub true_positives: usize,
    /// Detections that have none.
    pub false_positives: usize,
}

fn region(rect: &Corners) -> Region {
    Region::from_corners(
        rect.left.into(),
        rect.top.into(),
        rect.right.into(),
        rect.bottom.into(),
    )
}

fn truth_box(rect: &Corners, subject: Option<i64>) -> TruthBox {
    let region = region(rect);
    TruthBox {
        region,
        class: 0,
        area: region.area(),
        crowd: false,
        ignored: false,
        subject,
        source: 0,
    }
}

fn paired(number: usize, truth: Vec<TruthBox>, found: Vec<FoundBox>) -> PairedPicture {
    let number = i64::try_from(number).expect("fewer pictures than an i64 counts");
    PairedPicture {
        truth,
        found,
        ..PairedPicture::of(labels::Picture::numbered(0, number))
    }
}

/// None where nothing is labelled: no evidence is not a number.
#[must_use]
pub fn average_precision(pictures: &[Picture], overlap: f64) -> Option<AveragePrecision> {
    let found = |(rect, score): &(Corners, f32)| FoundBox {
        region: region(rect),
        class: 0,
        score: f64::from(*score),
        track: None,
        source: 0,
    };
    let of = |(at, picture): (usize, &Picture)| {
        let truth = picture.labels.iter().map(|rect| truth_box(rect, None)).collect();
        paired(at, truth, picture.found.iter().map(found).collect())
    };
    let pictures: Vec<PairedPicture> = pictures.iter().enumerate().map(of).collect();
    let ranking = voc::rank(&pictures, 1, overlap).pop()?;
    let tally = Tally::of(&ranking);
    let true_positives = ranking.ranked.iter().filter(|one| one.right == 1).count();
    Some(AveragePrecision {
        value: voc::area(&tally, None)?,
        labels: tally.label_count(None),
        true_positives,
        false_positives: ranking.ranked.len() - true_positives,
    })
}

/// A box with the number of the person in it, as labelled or as tracked.
pub struct Labelled {
    /// Unique within its frame.
    pub id: u32,
    /// Where it is.
    pub rect: Corners,
}

/// What is the case in one frame, and what was tracked there.
#[derive(Default)]
pub struct LabelledFrame {
    /// As labelled.
    pub truth: Vec<Labelled>,
    /// As tracked.
    pub tracked: Vec<Labelled>,
}

/// Counts of one sequence at overlap one half.
pub struct Tracked {
    /// Sums over its pictures.
    pub total: TrackCounts,
    /// How completely people were followed.
    pub people: PeopleCounts,
}

impl Tracked {
    /// Counts the frames of one sequence.
    #[must_use]
    pub fn of(frames: &[LabelledFrame]) -> Self {
        let of = |(at, frame): (usize, &LabelledFrame)| {
            let truth = frame
                .truth
                .iter()
                .map(|one| truth_box(&one.rect, Some(one.id.into())))
                .collect();
            let found = frame.tracked.iter().map(|one| FoundBox {
                region: region(&one.rect),
                class: 0,
                score: 1.0,
                track: Some(one.id.into()),
                source: 0,
            });
            paired(at, truth, found.collect())
        };
        let pictures: Vec<PairedPicture> = frames.iter().enumerate().map(of).collect();
        let counts = track_counts::count(&pictures);
        let mut total = TrackCounts::default();
        for of_picture in &counts.pictures {
            total.add(of_picture, 1.0);
        }
        Self {
            total,
            people: counts.people,
        }
    }

    /// Labels that no track had.
    #[must_use]
    pub fn misses(&self) -> f64 {
        self.total.labels - self.total.matched
    }

    /// Tracked boxes that no label had.
    #[must_use]
    pub fn false_positives(&self) -> f64 {
        self.total.tracked - self.total.matched
    }

    /// CLEAR's accuracy. None without labels, as all that follow.
    #[must_use]
    pub fn mota(&self) -> Option<f64> {
        let wrong = self.misses() + self.false_positives() + self.total.switches;
        (self.total.labels > 0.0).then(|| 1.0 - wrong / self.total.labels)
    }

    /// Mean distance of matches, as py-motmetrics gives it: one less the overlap.
    #[must_use]
    pub fn motp_distance(&self) -> Option<f64> {
        (self.total.matched > 0.0).then(|| 1.0 - self.total.overlap_sum / self.total.matched)
    }

    /// The F1 score of identities.
    #[must_use]
    pub fn idf1(&self) -> Option<f64> {
        let boxes = self.total.labels + self.total.tracked;
        (boxes > 0.0).then(|| 2.0 * self.total.identified / boxes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn square(left: f32) -> Corners {
        Corners {
            left,
            top: 0.0,
            right: left + 10.0,
            bottom: 10.0,
        }
    }

    fn picture(labels: &[f32], found: &[(f32, f32)]) -> Picture {
        Picture {
            found: found
                .iter()
                .map(|(left, score)| (square(*left), *score))
                .collect(),
            labels: labels.iter().map(|left| square(*left)).collect(),
        }
    }

    #[test]
    fn average_precision_by_hand() {
        let two = &[0.0, 100.0];
        for (pictures, expected) in [
            // Precision 1/1 at recall 1/2, 1/2, 2/3 at recall 1: 1/2 * 1 + 1/2 * 2/3 = 5/6.
            (
                vec![picture(two, &[(0.0, 0.9), (500.0, 0.8), (100.0, 0.7)])],
                5.0 / 6.0,
            ),
            // False, true, true: precisions at the hits 1/2 and 2/3; the envelope is 2/3 at both.
            (
                vec![picture(two, &[(500.0, 0.9), (0.0, 0.8), (100.0, 0.7)])],
                2.0 / 3.0,
            ),
            // A false box in the second picture outranks the true one of the first: precision 1/2 at recall 1.
            (
                vec![picture(&[0.0], &[(0.0, 0.5)]), picture(&[], &[(0.0, 0.9)])],
                0.5,
            ),
            // A missed label.
            (vec![picture(&[0.0], &[])], 0.0),
        ] {
            let got = average_precision(&pictures, 0.5).unwrap();
            assert!((got.value - expected).abs() < 1e-12, "{got:?} {expected}");
        }
        assert_eq!(average_precision(&[picture(&[], &[(0.0, 0.9)])], 0.5), None);
    }

    #[test]
    fn a_label_is_claimed_once_and_its_second_box_is_false() {
        let got = average_precision(&[picture(&[0.0, 100.0], &[(0.0, 0.9), (1.0, 0.8)])], 0.5).unwrap();
        assert_eq!((got.labels, got.true_positives, got.false_positives), (2, 1, 1));
        assert!((got.value - 0.5).abs() < 1e-12);
    }

    #[test]
    fn an_overlap_of_exactly_the_limit_counts() {
        // 10x10 against 10x5 inside it: 50 / 100.
        let half = Corners {
            bottom: 5.0,
            ..square(0.0)
        };
        let picture = Picture {
            found: vec![(half, 0.9)],
            labels: vec![square(0.0)],
        };
        assert!((average_precision(&[picture], 0.5).unwrap().value - 1.0).abs() < 1e-12);
    }

    /// Boxes of ten by ten pixels at these places: two that are 2 apart overlap by 2/3, 3 apart by 7/13, 4 apart by 3/7.
    fn frame(truth: &[(u32, f32)], tracked: &[(u32, f32)]) -> LabelledFrame {
        let boxes = |list: &[(u32, f32)]| {
            list.iter()
                .map(|&(id, left)| Labelled {
                    id,
                    rect: square(left),
                })
                .collect()
        };
        LabelledFrame {
            truth: boxes(truth),
            tracked: boxes(tracked),
        }
    }

    fn is(value: f64, expected: f64) -> bool {
        (value - expected).abs() < 1e-12
    }

    #[test]
    fn misses_false_boxes_and_switches_by_hand() {
        let frames = [
            frame(&[(1, 0.0), (2, 50.0)], &[(7, 0.0), (8, 52.0)]),
            frame(&[(1, 0.0), (2, 50.0)], &[(7, 3.0), (9, 200.0)]), // 2 missed, 9 false
            frame(&[(1, 0.0), (2, 50.0)], &[(8, 0.0), (7, 50.0)]),  // both switched
        ];
        let counts = Tracked::of(&frames);
        assert!(
            is(counts.total.labels, 6.0) && is(counts.total.tracked, 6.0) && is(counts.total.matched, 5.0)
        );
        assert!(
            is(counts.misses(), 1.0) && is(counts.false_positives(), 1.0) && is(counts.total.switches, 2.0)
        );
        assert!(is(counts.total.fragmentations, 1.0));
        assert!(is(counts.mota().unwrap(), 1.0 - 4.0 / 6.0));
        // 0 + 1/3 + 6/13 + 0 + 0, over five pairs.
        assert!(is(
            counts.motp_distance().unwrap(),
            (1.0 / 3.0 + 6.0 / 13.0) / 5.0
        ));
    }

    #[test]
    fn who_was_matched_stays_matched_although_another_box_fits_better() {
        let frames = [
            frame(&[(1, 0.0)], &[(7, 0.0)]),
            frame(&[(1, 0.0)], &[(8, 0.0), (7, 3.0)]),
        ];
        let counts = Tracked::of(&frames);
        assert!(is(counts.total.switches, 0.0) && is(counts.false_positives(), 1.0));
    }

    #[test]
    fn a_switch_is_counted_however_long_the_pause() {
        let mut frames = vec![frame(&[(1, 0.0)], &[(7, 0.0)])];
        // Somebody else is tracked meanwhile: TrackEval passes over frames without any track, and sees no fragment there.
        frames.extend((0..50).map(|_| frame(&[(1, 0.0)], &[(9, 500.0)])));
        frames.push(frame(&[(1, 0.0)], &[(8, 0.0)]));
        let counts = Tracked::of(&frames);
        assert!(is(counts.total.switches, 1.0) && is(counts.total.fragmentations, 1.0));
        assert_eq!(counts.people.hardly, 1);
    }

    #[test]
    fn four_of_five_frames_are_not_more_than_four_fifths_and_one_of_five_is_not_lost() {
        let of = |matched: usize| {
            let frames: Vec<_> = (0..5)
                .map(|at| frame(&[(1, 0.0)], if at < matched { &[(7, 0.0)] } else { &[] }))
                .collect();
            let people = Tracked::of(&frames).people;
            (people.mostly, people.partly, people.hardly)
        };
        // TrackEval asks for more than 0.8; the paper says "at least".
        assert_eq!((of(5), of(4), of(3)), ((1, 0, 0), (0, 1, 0), (0, 1, 0)));
        assert_eq!((of(1), of(0)), ((0, 1, 0), (0, 0, 1)));
    }

    #[test]
    fn each_person_has_one_track_for_the_whole_sequence() {
        // Track 7 is right for three frames, then takes the other person for two; track 8 is never anybody's.
        let mut frames: Vec<_> = (0..3)
            .map(|_| frame(&[(1, 0.0), (2, 50.0)], &[(7, 0.0)]))
            .collect();
        frames.extend((0..2).map(|_| frame(&[(1, 0.0), (2, 50.0)], &[(7, 50.0), (8, 99.0)])));
        let counts = Tracked::of(&frames);
        assert!(
            is(counts.total.labels, 10.0)
                && is(counts.total.tracked, 7.0)
                && is(counts.total.identified, 3.0)
        );
        assert!(is(counts.idf1().unwrap(), 6.0 / 17.0));
    }

    #[test]
    fn the_greedy_identity_is_given_up_for_a_better_whole() {
        // Together: (1,7) 3 frames, (1,8) 2 frames, (2,7) 2 frames: 2 + 2 beats 3.
        let mut frames: Vec<_> = (0..3).map(|_| frame(&[(1, 0.0)], &[(7, 0.0)])).collect();
        frames.extend((0..2).map(|_| frame(&[(1, 0.0), (2, 50.0)], &[(8, 0.0), (7, 50.0)])));
        assert!(is(Tracked::of(&frames).total.identified, 4.0));
    }

    #[test]
    fn without_labels_there_is_no_figure() {
        let counts = Tracked::of(&[frame(&[], &[(7, 0.0)])]);
        assert!(
            counts.mota().is_none() && counts.motp_distance().is_none() && is(counts.false_positives(), 1.0)
        );
        assert!(Tracked::of(&[]).idf1().is_none());
    }
}
