//! The twelve figures of COCO, and average precision by height. In: pictures. Out: tallies, and figures of them under any
//! weighting of the pictures, so that resampling needs no second matching.
//! Source: pycocotools 2.0.11, `COCOeval.accumulate` and `_summarizeDets`; cocodataset.org, "Detection evaluation".

use super::pair::Paired;
use super::ranking::{self, RankingRule, Size, SizeRange, Weights};
use super::tally::{RECALLS, Read, Tally, recall_at};
use vsa_record::scores::Heights;

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
const HEIGHT_EDGES: [f64; 5] = [4.0, 10.0, 20.0, 40.0, 80.0];

/// The overlaps 0.50, 0.55, …, 0.95, to the last bit as numpy's `linspace` gives them.
pub(crate) fn overlaps() -> [f64; 10] {
    let step = (0.95 - 0.5) / 9.0;
    std::array::from_fn(|at| if at == 9 { 0.95 } else { at as f64 * step + 0.5 })
}

/// Matched detections of every class in every range of sizes.
pub(crate) struct Coco {
    /// By range (COCO's four, then the bands of height), then by class.
    by_range: Vec<Vec<Tally>>,
}

/// Number of COCO's own figures.
pub(crate) const FIGURES: usize = 12;

/// The twelve figures, and the curve behind one of them.
pub(crate) struct Twelve {
    /// AP, AP50, AP75, AP small, medium, large, AR1, AR10, AR100, AR small, medium, large; none where no label counts.
    pub(crate) figures: [Option<f64>; FIGURES],
    /// The envelope of precision at 101 recalls, overlap 0.5, mean over classes.
    pub(crate) envelope: [Option<f64>; RECALLS],
}

impl Coco {
    pub(crate) fn of(paired: &Paired) -> Self {
        let all = overlaps();
        let half = [0.5];
        let of_heights = |heights: Heights| SizeRange {
            by: Size::Height,
            from: heights.from,
            to: heights.below.unwrap_or(f64::INFINITY),
            open: true,
        };
        let areas = AREAS.into_iter().map(|range| (range, all.as_slice()));
        let bands = height_bands().map(|band| (of_heights(band), half.as_slice()));
        let ranges: Vec<(SizeRange, &[f64])> = areas.chain(bands).collect();
        let by_range = ranking::tallies(
            &paired.pictures,
            paired.classes.len(),
            &RankingRule {
                ranges: &ranges,
                most_found: MOST_FOUND,
                crowds_alone: paired.coco,
            },
        );
        Self { by_range }
    }

    pub(crate) fn twelve(&self, weights: Weights) -> Twelve {
        let summary = |range: usize| Summary::of(&self.by_range[range], weights);
        let all = summary(0);
        let (small, medium, large) = (summary(1), summary(2), summary(3));
        let figures = [
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
        ];
        Twelve {
            figures,
            envelope: all.envelope,
        }
    }

    /// The recalls of the envelope.
    pub(crate) fn recalls() -> [f64; RECALLS] {
        std::array::from_fn(recall_at)
    }

    /// Average precision at overlap 0.5 in the band of heights `band` (from 0).
    pub(crate) fn of_heights(&self, band: usize, weights: Weights) -> Option<f64> {
        let mut read = Read::<1>::new();
        let of_class = |tally: &Tally| {
            let labels = tally.label_count(weights);
            (labels > 0).then(|| {
                tally.read(weights, labels, &mut read);
                read.averages()[0]
            })
        };
        mean(self.by_range[AREAS.len() + band].iter().filter_map(of_class))
    }

    /// Labels that count in a band.
    pub(crate) fn labels_of_heights(&self, band: usize) -> u64 {
        self.labels_of_areas(AREAS.len() + band)
    }

    /// Labels that count in a range of areas: all, small, medium, large.
    pub(crate) fn labels_of_areas(&self, range: usize) -> u64 {
        self.by_range[range]
            .iter()
            .map(|tally| tally.label_count(None))
            .sum()
    }
}

/// Below 4, 4 to 10, …, 80 and more.
pub(crate) fn height_bands() -> impl Iterator<Item = Heights> {
    let below = HEIGHT_EDGES.into_iter().map(Some).chain([None]);
    let from = std::iter::once(0.0).chain(HEIGHT_EDGES);
    from.zip(below).map(|(from, below)| Heights { from, below })
}

/// Means over classes and overlaps.
struct Summary {
    precision: Option<f64>,
    at_half: Option<f64>,
    at_three_quarters: Option<f64>,
    /// With at most 1, 10, and all ([`MOST_FOUND`]) detections in a picture.
    recall: [Option<f64>; 3],
    envelope: [Option<f64>; RECALLS],
}

impl Summary {
    fn of(classes: &[Tally], weights: Weights) -> Self {
        let mut by_overlap: [Vec<f64>; OVERLAPS] = std::array::from_fn(|_| Vec::with_capacity(classes.len()));
        let mut recall: [Vec<f64>; 3] = Default::default();
        let mut envelope = [0.0; RECALLS];
        let mut read = Read::<OVERLAPS>::new();
        for tally in classes {
            let labels = tally.label_count(weights);
            if labels == 0 {
                continue;
            }
            tally.read(weights, labels, &mut read);
            for (list, average) in by_overlap.iter_mut().zip(read.averages()) {
                list.push(average);
            }
            for (list, counts) in recall.iter_mut().zip(&read.within) {
                list.extend(counts.iter().map(|count| *count as f64 / labels as f64));
            }
            for (sum, precisions) in envelope.iter_mut().zip(&read.precisions) {
                *sum += precisions[0];
            }
        }
        let counting = by_overlap[0].len();
        Self {
            precision: mean(by_overlap.iter().flatten().copied()),
            at_half: mean(by_overlap[0].iter().copied()),
            at_three_quarters: mean(by_overlap[5].iter().copied()),
            recall: recall.map(|list| mean(list.into_iter())),
            envelope: envelope.map(|sum| (counting > 0).then(|| sum / counting as f64)),
        }
    }
}

pub(crate) fn mean(values: impl Iterator<Item = f64>) -> Option<f64> {
    let (mut sum, mut n) = (0.0, 0u64);
    for value in values {
        sum += value;
        n += 1;
    }
    (n > 0).then(|| sum / n as f64)
}

/// Number of overlaps.
const OVERLAPS: usize = 10;
