//! The twelve figures of COCO, and average precision by height. In: pictures. Out: rankings, and figures of them under any
//! weighting of the pictures, so that resampling needs no second matching.
//! Source: pycocotools 2.0.11, `COCOeval.accumulate` and `_summarizeDets`; cocodataset.org, "Detection evaluation".

use super::pair::Paired;
use super::ranking::{self, Ranked, Ranking, RankingRule, Size, SizeRange, Weights};

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
        let by_range = ranking::rank(
            &paired.pictures,
            paired.classes.len(),
            &RankingRule {
                ranges: &ranges,
                most_found: MOST_FOUND,
                crowds_alone: paired.coco,
            },
        );
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
        let of_class = |ranking: &Ranking| {
            let labels = ranking.label_count(weights);
            let steps = Steps::<1>::of(ranking, weights);
            (labels > 0).then(|| average(&steps.precisions(0, labels, &self.recalls)))
        };
        mean(self.by_range[AREAS.len() + band].iter().filter_map(of_class))
    }

    /// Labels that count in a band.
    pub(in crate::observe) fn labels_of_heights(&self, band: usize) -> u64 {
        self.by_range[AREAS.len() + band]
            .iter()
            .map(|ranking| ranking.label_count(None))
            .sum()
    }

    /// Labels that count in a range of areas: all, small, medium, large.
    pub(in crate::observe) fn labels_of_areas(&self, range: usize) -> u64 {
        self.by_range[range]
            .iter()
            .map(|ranking| ranking.label_count(None))
            .sum()
    }

    /// The envelope of precision at 101 recalls, overlap 0.5, mean over classes.
    pub(in crate::observe) fn envelope(&self, weights: Weights) -> Vec<(f64, Option<f64>)> {
        let curves: Vec<[f64; 101]> = self.by_range[0]
            .iter()
            .filter_map(|ranking| {
                let labels = ranking.label_count(weights);
                let steps = Steps::<1>::of(ranking, weights);
                (labels > 0).then(|| steps.precisions(0, labels, &self.recalls))
            })
            .collect();
        let at = |point: usize| mean(curves.iter().map(|curve| curve[point]));
        (0..self.recalls.len())
            .map(|point| (self.recalls[point], at(point)))
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
    fn of(classes: &[Ranking], recalls: &[f64; 101], weights: Weights) -> Self {
        let mut by_overlap: Vec<Vec<f64>> = vec![Vec::new(); OVERLAPS];
        let mut recall: [Vec<f64>; 3] = [Vec::new(), Vec::new(), Vec::new()];
        for ranking in classes {
            let labels = ranking.label_count(weights);
            if labels == 0 {
                continue;
            }
            let steps = Steps::<OVERLAPS>::of(ranking, weights);
            for (bit, found) in by_overlap.iter_mut().enumerate() {
                found.push(average(&steps.precisions(bit, labels, recalls)));
            }
            for (list, counts) in recall.iter_mut().zip(&steps.within) {
                list.extend(counts.iter().map(|count| *count as f64 / labels as f64));
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

fn average(precisions: &[f64; 101]) -> f64 {
    precisions.iter().sum::<f64>() / precisions.len() as f64
}

/// Number of overlaps.
const OVERLAPS: usize = 10;
/// At most so many detections in a picture, for recall.
const MOST: [u32; 3] = [1, 10, 100];

/// Where recall grows, at each of `N` overlaps: only there precision matters. Made in one pass for all overlaps.
struct Steps<const N: usize> {
    /// Right detections, and all that count, up to here.
    at: [Vec<(u64, u64)>; N],
    /// Right detections among the best 1, 10, 100 of each picture.
    within: [[u64; N]; 3],
}

impl<const N: usize> Steps<N> {
    fn of(ranking: &Ranking, weights: Weights) -> Self {
        match weights {
            None => Self::counted(&ranking.ranked, |_| 1),
            Some(weights) => Self::counted(&ranking.ranked, |picture| u64::from(weights[picture as usize])),
        }
    }

    fn counted(ranked: &[Ranked], times: impl Fn(u32) -> u64) -> Self {
        let mut steps = Self {
            at: std::array::from_fn(|_| Vec::new()),
            within: [[0; N]; 3],
        };
        let all_bits = ((1u32 << N) - 1) as u16;
        let (mut seen, mut passed_over, mut right) = (0u64, [0u64; N], [0u64; N]);
        for one in ranked {
            let times = times(one.picture);
            if times == 0 {
                continue;
            }
            seen += times;
            let mut bits = one.passed_over & all_bits;
            while bits != 0 {
                passed_over[bits.trailing_zeros() as usize] += times;
                bits &= bits - 1;
            }
            let mut bits = one.right & !one.passed_over & all_bits;
            while bits != 0 {
                let bit = bits.trailing_zeros() as usize;
                right[bit] += times;
                steps.at[bit].push((right[bit], seen - passed_over[bit]));
                for (most, counts) in MOST.into_iter().zip(&mut steps.within) {
                    counts[bit] += if one.rank < most { times } else { 0 };
                }
                bits &= bits - 1;
            }
        }
        steps
    }

    /// Precision at the 101 recalls. `labels`: how many count, at least one.
    fn precisions(&self, bit: usize, labels: u64, recalls: &[f64; 101]) -> [f64; 101] {
        let steps = &self.at[bit];
        let labels = labels as f64;
        let mut at = [0.0; 101];
        // From the end, so that the best precision at a recall or beyond is at hand.
        let (mut best, mut step) = (0.0f64, steps.len());
        for (point, recall) in at.iter_mut().zip(recalls).rev() {
            while step > 0 && steps[step - 1].0 as f64 / labels >= *recall {
                step -= 1;
                let (right, all) = steps[step];
                let (right, wrong) = (right as f64, (all - right) as f64);
                best = best.max(right / (wrong + right + f64::EPSILON));
            }
            *point = best;
        }
        at
    }
}
