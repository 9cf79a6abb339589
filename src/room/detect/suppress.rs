//! Non-maximum suppression: many boxes per person in, the best of each cluster out, best score first.
//! The result does not depend on the order of the input. Boxes with a value that is no number are dropped.
//! Deliberately not here: which regions of a frame the boxes come from (see `tiling.rs`).

use super::family::InputBox;
use super::overlap::iou;
use std::cmp::Ordering;

/// Keeps, best first, every box that overlaps no better kept one by more than `limit` (IoU): of the boxes of one
/// region, in pixels of the input, or of those of all regions, in pixels of the frame.
pub(crate) fn suppress(boxes: &mut Vec<InputBox>, limit: f32) {
    boxes.retain(is_finite);
    // Boxes that compare as equal are the same in everything.
    boxes.sort_unstable_by(best_first);
    let mut kept = 0;
    for index in 0..boxes.len() {
        let (better, rest) = boxes.split_at(index);
        let covers = |better: &InputBox| iou(&better.rect, &rest[0].rect) > limit;
        if !better[..kept].iter().any(covers) {
            boxes.swap(kept, index);
            kept += 1;
        }
    }
    boxes.truncate(kept);
}

/// Best score first; equal scores from left to right, top to bottom, then by the other corner and the landmarks, so
/// that only boxes that are the same in everything are interchangeable.
pub(crate) fn best_first(a: &InputBox, b: &InputBox) -> Ordering {
    b.score
        .total_cmp(&a.score)
        .then_with(|| order(a.rect.edges(), b.rect.edges()))
        .then_with(|| a.landmarks.is_some().cmp(&b.landmarks.is_some()))
        .then_with(|| order(points(a), points(b)))
}

/// The first difference decides.
pub(crate) fn order(a: impl IntoIterator<Item = f32>, b: impl IntoIterator<Item = f32>) -> Ordering {
    let both = a.into_iter().zip(b);
    both.map(|(a, b)| a.total_cmp(&b))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
}

fn points(found: &InputBox) -> impl Iterator<Item = f32> {
    found.landmarks.into_iter().flatten().flat_map(|(x, y)| [x, y])
}

fn is_finite(found: &InputBox) -> bool {
    let box_and_score = found.rect.edges().into_iter().chain([found.score]);
    box_and_score.chain(points(found)).all(f32::is_finite)
}

#[cfg(test)]
mod tests {
    use super::super::overlap::Rect;
    use super::*;

    fn square(left: f32, top: f32, side: f32, score: f32) -> InputBox {
        let rect = Rect {
            left,
            top,
            right: left + side,
            bottom: top + side,
        };
        InputBox {
            rect,
            score,
            landmarks: None,
        }
    }

    fn scores(boxes: &[InputBox]) -> Vec<f32> {
        boxes.iter().map(|found| found.score).collect()
    }

    #[test]
    fn a_box_that_overlaps_a_better_one_is_dropped() {
        // 10x10 boxes shifted by 2: intersection 80, union 120, IoU 2/3.
        let mut boxes = vec![square(0.0, 0.0, 10.0, 0.5), square(2.0, 0.0, 10.0, 0.9)];
        suppress(&mut boxes, 0.66);
        assert_eq!(scores(&boxes), [0.9]);
        let mut boxes = vec![square(0.0, 0.0, 10.0, 0.5), square(2.0, 0.0, 10.0, 0.9)];
        suppress(&mut boxes, 0.67);
        assert_eq!(scores(&boxes), [0.9, 0.5]);
    }

    #[test]
    fn a_dropped_box_drops_no_other() {
        // A chain: the second is covered by the first, the third only by the second.
        let mut boxes = vec![
            square(0.0, 0.0, 10.0, 0.9),
            square(4.0, 0.0, 10.0, 0.8),
            square(8.0, 0.0, 10.0, 0.7),
        ];
        suppress(&mut boxes, 0.4);
        assert_eq!(scores(&boxes), [0.9, 0.7]);
    }

    #[test]
    fn equal_scores_are_decided_by_place() {
        let mut boxes = vec![square(1.0, 0.0, 10.0, 0.5), square(0.0, 0.0, 10.0, 0.5)];
        suppress(&mut boxes, 0.5);
        assert_eq!(boxes.len(), 1);
        assert!(boxes[0].rect.left.abs() < f32::EPSILON);
    }

    #[test]
    fn boxes_with_a_value_that_is_no_number_are_dropped() {
        let mut boxes = vec![
            square(0.0, 0.0, 10.0, f32::NAN),
            square(f32::NAN, 0.0, 10.0, 0.9),
            square(0.0, f32::INFINITY, 10.0, 0.8),
            square(0.0, 0.0, 10.0, 0.7),
        ];
        boxes.push(InputBox {
            landmarks: Some([(f32::NAN, 0.0); 5]),
            ..square(50.0, 0.0, 10.0, 0.6)
        });
        suppress(&mut boxes, 0.5);
        assert_eq!(scores(&boxes), [0.7]);
    }

    #[test]
    fn nothing_in_nothing_out() {
        let mut boxes = Vec::new();
        suppress(&mut boxes, 0.5);
        assert!(boxes.is_empty());
    }

    proptest::proptest! {
        #[test]
        fn the_order_of_the_input_does_not_matter(
            drawn in proptest::collection::vec((0u8..20, 0u8..20, 5u8..15, 0u8..4), 0..40),
            seed in proptest::prelude::any::<u64>(),
        ) {
            // Few distinct scores and places, so that ties are common.
            let make = |order: &[usize]| -> Vec<InputBox> {
                order.iter().map(|index| {
                    let (left, top, side, score) = drawn[*index];
                    square(left.into(), top.into(), side.into(), f32::from(score) / 4.0)
                }).collect()
            };
            let straight: Vec<usize> = (0..drawn.len()).collect();
            let mut shuffled = straight.clone();
            shuffled.sort_by_key(|index| (*index as u64 + 1).wrapping_mul(seed | 1));
            let (mut first, mut second) = (make(&straight), make(&shuffled));
            suppress(&mut first, 0.4);
            suppress(&mut second, 0.4);
            proptest::prop_assert_eq!(first.len(), second.len());
            for (a, b) in first.iter().zip(&second) {
                proptest::prop_assert_eq!(best_first(a, b), Ordering::Equal);
            }
            for (index, a) in first.iter().enumerate() {
                for b in &first[index + 1..] {
                    proptest::prop_assert!(iou(&a.rect, &b.rect) <= 0.4);
                    proptest::prop_assert!(a.score >= b.score);
                }
            }
        }
    }
}
