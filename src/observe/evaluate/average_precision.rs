//! Average precision of a detector at one overlap, as the Pascal VOC challenge (2010 on) defines it: detections of all
//! pictures together, best score first; each claims the label that it overlaps most, and a label can be claimed once;
//! the area under the precision envelope over recall, at every point.
//! In: detections and labels, picture by picture. Out: counts and the average.

use crate::observe::detect::overlap::{Rect, iou};

/// One picture: what was found (with scores) and what is there.
pub(in crate::observe) struct Picture {
    pub(in crate::observe) found: Vec<(Rect, f32)>,
    pub(in crate::observe) labels: Vec<Rect>,
}

/// The outcome. Precision and recall follow from the counts.
#[derive(Debug, PartialEq)]
pub(in crate::observe) struct AveragePrecision {
    pub(in crate::observe) value: f64,
    pub(in crate::observe) labels: usize,
    pub(in crate::observe) true_positives: usize,
    pub(in crate::observe) false_positives: usize,
}

/// None where nothing is labelled: no evidence is not a number.
pub(in crate::observe) fn average_precision(pictures: &[Picture], overlap: f32) -> Option<AveragePrecision> {
    let labels: usize = pictures.iter().map(|picture| picture.labels.len()).sum();
    if labels == 0 {
        return None;
    }
    let hits = hits(pictures, overlap);
    let true_positives = hits.iter().filter(|hit| **hit).count();
    Some(AveragePrecision {
        value: area(&hits, labels),
        labels,
        true_positives,
        false_positives: hits.len() - true_positives,
    })
}

/// For each detection, best score first, whether it claims a label.
fn hits(pictures: &[Picture], overlap: f32) -> Vec<bool> {
    let mut ranked: Vec<(f32, usize, usize)> = Vec::new();
    for (picture, content) in pictures.iter().enumerate() {
        ranked.extend(
            content
                .found
                .iter()
                .enumerate()
                .map(|(index, (_, score))| (*score, picture, index)),
        );
    }
    // Equal scores: in the order of the pictures, then as given.
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut claimed: Vec<Vec<bool>> = pictures
        .iter()
        .map(|picture| vec![false; picture.labels.len()])
        .collect();
    let mut hits = Vec::with_capacity(ranked.len());
    for (_, picture, index) in ranked {
        let rect = &pictures[picture].found[index].0;
        let overlaps = pictures[picture]
            .labels
            .iter()
            .map(|label| iou(rect, label))
            .enumerate();
        // The first of equal overlaps, so that the order of the labels decides and not the iterator.
        let best = overlaps.fold(None, |best: Option<(usize, f32)>, (label, value)| match best {
            Some((_, so_far)) if so_far >= value => best,
            _ => Some((label, value)),
        });
        let claim = best.filter(|(label, value)| *value >= overlap && !claimed[picture][*label]);
        if let Some((label, _)) = claim {
            claimed[picture][label] = true;
        }
        hits.push(claim.is_some());
    }
    hits
}

/// Sum over all hits of the best precision reached at that recall or beyond, divided by the number of labels.
fn area(hits: &[bool], labels: usize) -> f64 {
    let mut precisions = Vec::new();
    let mut true_positives = 0usize;
    for (index, hit) in hits.iter().enumerate() {
        if *hit {
            true_positives += 1;
            precisions.push(share(true_positives, index + 1));
        }
    }
    let mut best = 0.0f64;
    let mut sum = 0.0;
    for precision in precisions.into_iter().rev() {
        best = best.max(precision);
        sum += best;
    }
    sum / share(labels, 1)
}

#[expect(clippy::cast_precision_loss, reason = "counts of boxes stay far below 2^53")]
fn share(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn square(left: f32) -> Rect {
        Rect {
            left,
            top: 0.0,
            right: left + 10.0,
            bottom: 10.0,
        }
    }

    fn value(pictures: &[Picture]) -> f64 {
        average_precision(pictures, 0.5).unwrap().value
    }

    #[test]
    fn a_false_box_between_two_true_ones_costs_a_sixth() {
        // Precision 1/1 at recall 1/2, 1/2, 2/3 at recall 1: 1/2 * 1 + 1/2 * 2/3 = 5/6.
        let picture = Picture {
            found: vec![(square(0.0), 0.9), (square(500.0), 0.8), (square(100.0), 0.7)],
            labels: vec![square(0.0), square(100.0)],
        };
        assert!((value(&[picture]) - 5.0 / 6.0).abs() < 1e-12);
    }

    #[test]
    fn the_envelope_takes_the_best_precision_at_higher_recall() {
        // False, true, true: precisions at the hits 1/2 and 2/3; the envelope is 2/3 at both.
        let picture = Picture {
            found: vec![(square(500.0), 0.9), (square(0.0), 0.8), (square(100.0), 0.7)],
            labels: vec![square(0.0), square(100.0)],
        };
        assert!((value(&[picture]) - 2.0 / 3.0).abs() < 1e-12);
    }

    #[test]
    fn a_label_is_claimed_once_and_its_second_box_is_false() {
        let picture = Picture {
            found: vec![(square(0.0), 0.9), (square(1.0), 0.8)],
            labels: vec![square(0.0), square(100.0)],
        };
        let got = average_precision(&[picture], 0.5).unwrap();
        assert_eq!((got.true_positives, got.false_positives), (1, 1));
        assert!((got.value - 0.5).abs() < 1e-12);
    }

    #[test]
    fn scores_are_ranked_over_all_pictures() {
        // A false box in the second picture outranks the true one of the first: precision 1/2 at recall 1.
        let first = Picture {
            found: vec![(square(0.0), 0.5)],
            labels: vec![square(0.0)],
        };
        let second = Picture {
            found: vec![(square(0.0), 0.9)],
            labels: vec![],
        };
        assert!((value(&[first, second]) - 0.5).abs() < 1e-12);
    }

    #[test]
    fn a_missed_label_lowers_the_average_and_no_label_is_no_number() {
        let missed = Picture {
            found: vec![],
            labels: vec![square(0.0)],
        };
        assert!(value(&[missed]).abs() < 1e-12);
        let unlabelled = Picture {
            found: vec![(square(0.0), 0.9)],
            labels: vec![],
        };
        assert_eq!(average_precision(&[unlabelled], 0.5), None);
    }

    #[test]
    fn an_overlap_of_exactly_the_limit_counts() {
        // 10x10 against 10x5 inside it: 50 / 100.
        let half = Rect {
            left: 0.0,
            top: 0.0,
            right: 10.0,
            bottom: 5.0,
        };
        let picture = Picture {
            found: vec![(half, 0.9)],
            labels: vec![square(0.0)],
        };
        assert!((value(&[picture]) - 1.0).abs() < 1e-12);
    }
}
