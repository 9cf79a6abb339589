//! Boxes of two detectors of one frame in, joined boxes out, best first: weighted boxes fusion (Solovyev, Wang and Gabruseva,
//! "Weighted boxes fusion: Ensembling boxes from different object detection models", Image and Vision Computing 107, 2021; the
//! reference is their package `ensemble-boxes`, to whose numbers a test holds this).
//!
//! **Scores.** Families do not mean the same by a score: one works at 0.2, another at 0.4. Each score is mapped first, in two straight
//! pieces that leave 0 and 1 where they are and bring the detector's own threshold to [`Fusion::COMMON_THRESHOLD`].
//!
//! **Joining.** Boxes of both come in the order of mapped score times weight. One that overlaps a joined box by more than the limit
//! (intersection over union; the most where it overlaps several) is added to it; otherwise it begins one. A joined box is the mean of
//! its boxes, weighted by score times weight. Its score is the weighted mean of the scores, of which one that only one detector draws
//! keeps the share that this detector has of all weight: to agree counts.
//!
//! **Landmarks** are those of the surest box that has some: a mean of two models' points would be nobody's.
//!
//! Deliberately not here: suppression within one detector (`suppress.rs`), which comes before, and tiles (`merge.rs`).

use super::detection::{Detection, Landmarks};
use super::overlap::{Rect, iou};
use super::suppress::order;
use std::cmp::Ordering;
use vsa_plan::Fusion;

/// How the boxes of two detectors are joined.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Fuser {
    /// Each one's own threshold.
    thresholds: [f32; 2],
    weights: [f64; 2],
    overlap: f32,
}

/// A box on its way.
struct Member {
    rect: Rect,
    /// Mapped score times weight.
    weighted: f64,
    landmarks: Option<Landmarks>,
}

/// Boxes that are one.
struct Cluster {
    /// Edges of its boxes times their weight, summed.
    edges: [f64; 4],
    /// Their weights, summed.
    sum: f64,
    boxes: u32,
    /// The joined box so far.
    rect: Rect,
    /// Of the first, the surest, that has some.
    landmarks: Option<Landmarks>,
}

impl Fuser {
    /// `thresholds`: of the first and the second, as their models say them.
    pub(crate) fn new(fusion: &Fusion, thresholds: [f32; 2]) -> Self {
        Self {
            thresholds,
            weights: fusion.weights.map(f64::from),
            overlap: fusion.overlap,
        }
    }

    /// Joins what both found in one frame and appends it to `out`. Landmarks are taken over; the boxes stay.
    pub(crate) fn fuse(&self, both: [&[Detection]; 2], out: &mut Vec<Detection>) {
        let mut members = Vec::with_capacity(both[0].len() + both[1].len());
        for ((found, threshold), weight) in both.into_iter().zip(self.thresholds).zip(self.weights) {
            let with_inside = found.iter().filter(|detection| detection.rect.area() > 0.0);
            members.extend(with_inside.map(|detection| Member {
                rect: detection.rect,
                weighted: weight * mapped(detection.score, threshold),
                landmarks: detection.landmarks.as_ref().map(|points| Landmarks(points.0)),
            }));
        }
        // Stable: of boxes that are the same in both, the first's comes first.
        members.sort_by(|a, b| {
            let surest = b.weighted.total_cmp(&a.weighted);
            surest.then_with(|| order(a.rect.edges(), b.rect.edges()))
        });
        let mut clusters: Vec<Cluster> = Vec::new();
        for member in members {
            match self.place(&clusters, &member.rect) {
                Some(place) => clusters[place].add(member),
                None => clusters.push(Cluster::of(member)),
            }
        }
        let begun = out.len();
        out.extend(clusters.into_iter().map(|cluster| self.joined(cluster)));
        out[begun..].sort_by(best_first);
    }

    /// The joined box that this one overlaps most, by more than the limit.
    fn place(&self, clusters: &[Cluster], rect: &Rect) -> Option<usize> {
        let mut most = (self.overlap, None);
        for (place, cluster) in clusters.iter().enumerate() {
            let overlap = iou(&cluster.rect, rect);
            if overlap > most.0 {
                most = (overlap, Some(place));
            }
        }
        most.1
    }

    fn joined(&self, cluster: Cluster) -> Detection {
        let all: f64 = self.weights.iter().sum();
        // One that is drawn by both has all of its score, one that is drawn once its detector's share; a third box in it, which
        // can only be a second of the same detector, adds nothing.
        let mean = cluster.sum / f64::from(cluster.boxes);
        let score = mean * f64::from(cluster.boxes.min(2)) / all;
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a score, of which single precision holds enough"
        )]
        let score = score.clamp(0.0, 1.0) as f32;
        Detection {
            rect: cluster.rect,
            score,
            landmarks: cluster.landmarks,
            quality: None,
        }
    }
}

impl Cluster {
    fn of(member: Member) -> Self {
        let Member {
            rect,
            weighted,
            landmarks,
        } = member;
        Self {
            edges: rect.edges().map(|edge| weighted * f64::from(edge)),
            sum: weighted,
            boxes: 1,
            rect,
            landmarks,
        }
    }

    fn add(&mut self, member: Member) {
        for (sum, edge) in self.edges.iter_mut().zip(member.rect.edges()) {
            *sum += member.weighted * f64::from(edge);
        }
        self.sum += member.weighted;
        self.boxes += 1;
        // A score of 0 has no weight: where all have none, the box stays where it began.
        if self.sum > 0.0 {
            #[expect(clippy::cast_possible_truncation, reason = "pixels of a frame")]
            let edge = |sum: f64| (sum / self.sum) as f32;
            self.rect = Rect::of(self.edges.map(edge));
        }
        self.landmarks = self.landmarks.take().or(member.landmarks);
    }
}

/// A score on the common scale: 0, the detector's threshold and 1 become 0, the common threshold and 1.
fn mapped(score: f32, threshold: f32) -> f64 {
    let [score, threshold, common] = [score, threshold, Fusion::COMMON_THRESHOLD].map(f64::from);
    if score <= threshold {
        common * score / threshold
    } else {
        common + (1.0 - common) * (score - threshold) / (1.0 - threshold)
    }
}

fn best_first(a: &Detection, b: &Detection) -> Ordering {
    let surest = b.score.total_cmp(&a.score);
    surest.then_with(|| order(a.rect.edges(), b.rect.edges()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;
    use vsa_plan::Subject;

    #[derive(Deserialize)]
    struct Reference {
        cases: Vec<Case>,
    }

    /// Boxes are four edges and a score.
    #[derive(Deserialize)]
    struct Case {
        name: String,
        thresholds: [f32; 2],
        weights: [f32; 2],
        overlap: f32,
        boxes: [Vec<[f32; 5]>; 2],
        fused: Vec<[f32; 5]>,
    }

    fn detections(boxes: &[[f32; 5]]) -> Vec<Detection> {
        let detection = |&[left, top, right, bottom, score]: &[f32; 5]| {
            Detection::plain(Rect::of([left, top, right, bottom]), score)
        };
        boxes.iter().map(detection).collect()
    }

    fn fused(fusion: &Fusion, thresholds: [f32; 2], both: &[Vec<Detection>; 2]) -> Vec<Detection> {
        let mut out = Vec::new();
        Fuser::new(fusion, thresholds).fuse([&both[0], &both[1]], &mut out);
        out
    }

    #[test]
    fn joined_boxes_are_those_of_the_reference_implementation() {
        let text = include_str!("../../../tests/parity/fusion.json");
        let reference: Reference = serde_json::from_str(text).unwrap();
        let (mut compared, mut joined) = (0, 0);
        for case in reference.cases {
            let fusion = Fusion {
                subject: Subject::Person,
                weights: case.weights,
                overlap: case.overlap,
                score_threshold: 0.5,
            };
            let both = [detections(&case.boxes[0]), detections(&case.boxes[1])];
            let found = fused(&fusion, case.thresholds, &both);
            assert_eq!(found.len(), case.fused.len(), "{}", case.name);
            for (found, wanted) in found.iter().zip(&case.fused) {
                assert!(
                    (found.score - wanted[4]).abs() < 1e-5,
                    "{}: {wanted:?}",
                    case.name
                );
                for (edge, wanted) in found.rect.edges().into_iter().zip(wanted) {
                    assert!(
                        (edge - wanted).abs() < 0.005,
                        "{}: {edge} for {wanted}",
                        case.name
                    );
                }
            }
            compared += found.len();
            joined += both[0].len() + both[1].len() - found.len();
        }
        assert!(
            compared > 200 && joined > 50,
            "{compared} boxes, {joined} of them joined"
        );
    }

    #[test]
    fn a_detector_s_own_threshold_becomes_the_common_one_and_no_score_changes_places() {
        for threshold in [0.05, 0.2, 0.5, 0.9] {
            let at = |score: f32| mapped(score, threshold);
            let common = f64::from(Fusion::COMMON_THRESHOLD);
            assert!((at(threshold) - common).abs() < 1e-6);
            assert!(at(0.0).abs() < 1e-9 && (at(1.0) - 1.0).abs() < 1e-9);
            let scores: Vec<f64> = (0..=100u8).map(|step| at(f32::from(step) / 100.0)).collect();
            assert!(scores.windows(2).all(|pair| pair[0] < pair[1]), "{scores:?}");
        }
    }

    #[test]
    fn what_both_draw_at_their_thresholds_counts_and_what_one_draws_has_to_be_sure() {
        let fusion = Fusion::of(Subject::Person);
        let thresholds = [0.2, 0.4];
        let place = [10.0, 10.0, 40.0, 90.0];
        let one = |score: f32| vec![Detection::plain(Rect::of(place), score)];
        let score = |both: &[Vec<Detection>; 2]| fused(&fusion, thresholds, both)[0].score;
        let both = score(&[one(0.2), one(0.4)]);
        assert!((both - Fusion::COMMON_THRESHOLD).abs() < 1e-6);
        assert!(both >= fusion.score_threshold);
        // Alone: the detector's share of all weight is left.
        assert!(score(&[one(0.2), vec![]]) < fusion.score_threshold);
        assert!((score(&[one(0.2), vec![]]) - both * 0.6).abs() < 1e-6);
        assert!(score(&[one(0.9), vec![]]) >= fusion.score_threshold);
        assert!(score(&[vec![], one(0.9)]) < fusion.score_threshold);
        assert!(score(&[vec![], one(0.95)]) >= fusion.score_threshold);
    }

    #[test]
    fn landmarks_are_those_of_the_surest_box_that_has_some_and_boxes_without_an_inside_are_nobody() {
        let fusion = Fusion::of(Subject::Face);
        let place = Rect::of([10.0, 10.0, 40.0, 50.0]);
        let face = |score, at: Option<f32>| Detection {
            landmarks: at.map(|at| Landmarks([(at, at); 5])),
            ..Detection::plain(place, score)
        };
        let points = |both: &[Vec<Detection>; 2]| {
            let found = fused(&fusion, [0.3, 0.3], both);
            found[0].landmarks.as_ref().map(|points| points.0[0].0)
        };
        let both = [vec![face(0.9, Some(20.0))], vec![face(0.5, Some(21.0))]];
        assert_eq!(points(&both), Some(20.0));
        let both = [vec![face(0.9, None)], vec![face(0.5, Some(21.0))]];
        assert_eq!(points(&both), Some(21.0));
        assert_eq!(points(&[vec![face(0.9, None)], vec![]]), None);
        let flat = || vec![Detection::plain(Rect::of([5.0, 5.0, 5.0, 9.0]), 0.9)];
        assert!(fused(&fusion, [0.3, 0.3], &[flat(), flat()]).is_empty());
    }

    proptest::proptest! {
        #[test]
        fn scores_stay_scores_and_no_two_joined_boxes_come_from_one_box(
            drawn in proptest::collection::vec((0u8..20, 0u8..20, 5u8..15, 0u8..=10, 0usize..2), 0..40),
        ) {
            let mut both = [Vec::new(), Vec::new()];
            for (left, top, side, score, at) in drawn {
                let (left, top, side) = (f32::from(left), f32::from(top), f32::from(side));
                both[at].push(Detection::plain(Rect::sized(left, top, side, side), f32::from(score) / 10.0));
            }
            let found = fused(&Fusion::of(Subject::Person), [0.2, 0.4], &both);
            proptest::prop_assert!(found.len() <= both[0].len() + both[1].len());
            proptest::prop_assert!(found.iter().all(|one| (0.0..=1.0).contains(&one.score)));
            proptest::prop_assert!(found.windows(2).all(|pair| pair[0].score >= pair[1].score));
            let inside = |edge: f32| (0.0..=34.0).contains(&edge);
            proptest::prop_assert!(found.iter().all(|one| one.rect.edges().into_iter().all(inside)));
        }
    }
}
