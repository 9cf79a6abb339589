//! The twelve figures of COCO, and average precision by height. In: pictures. Out: rankings, and figures of them under any
//! weighting of the pictures, so that resampling needs no second matching.
//! Source: pycocotools 2.0.11, `COCOeval.accumulate` and `_summarizeDets`; cocodataset.org, "Detection evaluation".

use super::pair::Paired;
use super::ranking::{Ranking, RankingRule, Size, SizeRange};
use rayon::prelude::*;

/// Detections looked at in one picture.
const MOST_FOUND: usize = 100;
const NO_END: f64 = 1e10;

/// COCO's ranges of areas: all, small, medium, large.
const AREAS: [SizeRange; 4] = [
    SizeRange::areas(0.0, NO_END),
    SizeRange::areas(0.0, 32.0 * 32.0),
    SizeRange::areas(32.0 * 32.0, 96.0 * 96.0),
    SizeRange::areas(96.0 * 96.0, NO_END),
];

/// Edges of the height bands in pixels. Faces of surveillance cameras: below 4 nobody sees a face, from 80 on faces are
/// compared. (COCO's "small" ends at 32 x 32 and holds almost all of them.)
pub(in crate::observe) const HEIGHT_EDGES: [f64; 5] = [4.0, 10.0, 20.0, 40.0, 80.0];

/// The overlaps 0.50, 0.55, …, 0.95, to the last bit as numpy's `linspace` gives them.
pub(in crate::observe) fn overlaps() -> [f64; 10] {
    let step = (0.95 - 0.5) / 9.0;
    std::array::from_fn(|at| if at == 9 { 0.95 } else { at as f64 * step + 0.5 })
}

/// The recalls 0, 0.01, …, 1 at which precision is read off.
fn recalls() -> [f64; 101] {
    std::array::from_fn(|at| if at == 100 { 1.0 } else { at as f64 * 0.01 })
}

/// Matched detections of every class in every range of sizes.
pub(in crate::observe) struct Coco {
    /// By range (COCO's four, then the bands of height), then by class.
    by_range: Vec<Vec<Ranking>>,
    recalls: [f64; 101],
}

/// How often each picture was drawn; none: once.
pub(in crate::observe) type Weights<'a> = Option<&'a [u32]>;

/// Number of COCO's own figures.
pub(in crate::observe) const FIGURES: usize = 12;

impl Coco {
    pub(in crate::observe) fn of(paired: &Paired) -> Self {
        let all = overlaps();
        let half = [0.5];
        let bands = height_bands();
        let ranges: Vec<(SizeRange, &[f64])> = AREAS
            .iter()
            .map(|range| (*range, all.as_slice()))
            .chain(bands.iter().map(|range| (*range, half.as_slice())))
            .collect();
        let rank = |range: SizeRange, overlaps: &[f64], class: usize| {
            Ranking::of(
                &paired.pictures,
                &RankingRule {
                    class,
                    range,
                    overlaps,
                    most_found: MOST_FOUND,
                    crowds_alone: paired.coco,
                },
            )
        };
        let by_range = ranges
            .into_iter()
            .map(|(range, overlaps)| {
                (0..paired.classes.len())
                    .into_par_iter()
                    .map(|class| rank(range, overlaps, class))
                    .collect()
            })
            .collect();
        Self {
            by_range,
            recalls: recalls(),
        }
    }

    /// AP, AP50, AP75, AP small, medium, large, AR1, AR10, AR100, AR small, medium, large; none where no label counts.
    pub(in crate::observe) fn figures(&self, weights: Weights) -> [Option<f64>; FIGURES] {
        let summary = |range: usize| Summary::of(&self.by_range[range], &self.recalls, weights);
        let all = summary(0);
        let (small, medium, large) = (summary(1), summary(2), summary(3));
        [
            all.precision,
            all.at_half,
            all.at_three_quarters,
            small.precision,
            medium.precision,
            large.precision,
            all.recall[0],
            all.recall[1],
            all.recall[2],
            small.recall[2],
            medium.recall[2],
            large.recall[2],
        ]
    }

    /// Average precision at overlap 0.5 in the band of heights `band` (from 0).
    pub(in crate::observe) fn of_heights(&self, band: usize, weights: Weights) -> Option<f64> {
        let of_class =
            |ranking: &Ranking| precision(ranking, 0, &self.recalls, weights).map(|found| found.average());
        mean(self.by_range[AREAS.len() + band].iter().filter_map(of_class))
    }

    /// Labels that count in a band.
    pub(in crate::observe) fn labels_of_heights(&self, band: usize) -> u64 {
        self.by_range[AREAS.len() + band]
            .iter()
            .map(Ranking::label_count)
            .sum()
    }

    /// Labels that count in a range of areas: all, small, medium, large.
    pub(in crate::observe) fn labels_of_areas(&self, range: usize) -> u64 {
        self.by_range[range].iter().map(Ranking::label_count).sum()
    }

    /// The envelope of precision at 101 recalls, overlap 0.5, mean over classes.
    pub(in crate::observe) fn envelope(&self) -> Vec<(f64, f64)> {
        let curves: Vec<Precisions> = self.by_range[0]
            .iter()
            .filter_map(|ranking| precision(ranking, 0, &self.recalls, None))
            .collect();
        let at = |point: usize| mean(curves.iter().map(|curve| curve.at[point]));
        (0..self.recalls.len())
            .filter_map(|point| Some((self.recalls[point], at(point)?)))
            .collect()
    }
}

/// Below 4, 4 to 10, …, 80 and more.
fn height_bands() -> Vec<SizeRange> {
    let edges: Vec<f64> = std::iter::once(0.0)
        .chain(HEIGHT_EDGES)
        .chain([f64::INFINITY])
        .collect();
    edges
        .windows(2)
        .map(|pair| SizeRange {
            by: Size::Height,
            from: pair[0],
            to: pair[1],
            open: true,
        })
        .collect()
}

/// Means over classes and overlaps.
struct Summary {
    precision: Option<f64>,
    at_half: Option<f64>,
    at_three_quarters: Option<f64>,
    /// With at most 1, 10, 100 detections in a picture.
    recall: [Option<f64>; 3],
}

impl Summary {
    fn of(classes: &[Ranking], recalls: &[f64], weights: Weights) -> Self {
        let overlaps = overlaps().len();
        let mut by_overlap: Vec<Vec<f64>> = vec![Vec::new(); overlaps];
        let mut recall: [Vec<f64>; 3] = [Vec::new(), Vec::new(), Vec::new()];
        for ranking in classes {
            for (bit, found) in by_overlap.iter_mut().enumerate() {
                if let Some(curve) = precision(ranking, bit, recalls, weights) {
                    found.push(curve.average());
                }
            }
            if let Some(by_most) = recalled(ranking, weights) {
                for (list, values) in recall.iter_mut().zip(by_most) {
                    list.extend(values);
                }
            }
        }
        Self {
            precision: mean(by_overlap.iter().flatten().copied()),
            at_half: mean(by_overlap[0].iter().copied()),
            at_three_quarters: mean(by_overlap[5].iter().copied()),
            recall: recall.map(|list| mean(list.into_iter())),
        }
    }
}

fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut n) = (0.0, 0u64);
    for value in values {
        sum += value;
        n += 1;
    }
    (n > 0).then(|| sum / n as f64)
}

fn weight(weights: Weights, picture: u32) -> u32 {
    weights.map_or(1, |weights| weights[picture as usize])
}

fn labels(ranking: &Ranking, weights: Weights) -> u64 {
    match weights {
        None => ranking.label_count(),
        Some(weights) => ranking
            .labels
            .iter()
            .zip(weights)
            .map(|(labels, weight)| u64::from(labels * weight))
            .sum(),
    }
}

/// Precision at the 101 recalls.
struct Precisions {
    at: [f64; 101],
}

impl Precisions {
    fn average(&self) -> f64 {
        self.at.iter().sum::<f64>() / self.at.len() as f64
    }
}

/// None where no label counts.
fn precision(ranking: &Ranking, bit: usize, recalls: &[f64], weights: Weights) -> Option<Precisions> {
    let labels = labels(ranking, weights);
    if labels == 0 {
        return None;
    }
    // Precision only matters where recall grows: at every right detection.
    let (mut right, mut wrong) = (0u64, 0u64);
    let mut steps: Vec<(f64, f64)> = Vec::new();
    for one in &ranking.ranked {
        if one.passed_over >> bit & 1 == 1 {
            continue;
        }
        let times = u64::from(weight(weights, one.picture));
        if times == 0 {
            continue;
        }
        if one.right >> bit & 1 == 1 {
            right += times;
            let (right, wrong) = (right as f64, wrong as f64);
            steps.push((right / labels as f64, right / (wrong + right + f64::EPSILON)));
        } else {
            wrong += times;
        }
    }
    for at in (1..steps.len()).rev() {
        if steps[at].1 > steps[at - 1].1 {
            steps[at - 1].1 = steps[at].1;
        }
    }
    let mut at = [0.0; 101];
    let mut step = 0;
    for (point, recall) in at.iter_mut().zip(recalls) {
        while step < steps.len() && steps[step].0 < *recall {
            step += 1;
        }
        *point = steps.get(step).map_or(0.0, |(_, precision)| *precision);
    }
    Some(Precisions { at })
}

/// Recall at each overlap with at most 1, 10 and 100 detections in a picture.
fn recalled(ranking: &Ranking, weights: Weights) -> Option<[Vec<f64>; 3]> {
    let labels = labels(ranking, weights);
    if labels == 0 {
        return None;
    }
    let overlaps = overlaps().len();
    let mut right = [[0u64; 10]; 3];
    for one in &ranking.ranked {
        let times = u64::from(weight(weights, one.picture));
        for (most, counts) in [1, 10, 100].into_iter().zip(&mut right) {
            if one.rank < most {
                for (bit, count) in counts.iter_mut().enumerate() {
                    let counts_here = (one.right & !one.passed_over) >> bit & 1 == 1;
                    *count += times * u64::from(counts_here);
                }
            }
        }
    }
    Some(right.map(|counts| {
        counts
            .iter()
            .take(overlaps)
            .map(|count| *count as f64 / labels as f64)
            .collect()
    }))
}
