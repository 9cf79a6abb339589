//! WIDER FACE's easy, medium and hard figures. In: faces that say to which sets they belong, and detections. Out: average
//! precision of each set. Source: the benchmark's `eval_tools` (`wider_eval.m`, `norm_score.m`, `image_evaluation.m`,
//! `image_pr_info`, `dataset_pr_info`, `VOCap.m`), whose figures count; where a paper says otherwise, the program wins:
//!
//! - scores are stretched to 0..1 over all pictures; precision and recall are read off at 1,000 thresholds;
//! - boxes are closed pixel ranges: each side counts one pixel more;
//! - a detection takes the face that it overlaps most, taken or not; a second detection of a face is wrong;
//! - a detection of a face outside the set is neither right nor wrong;
//! - a picture without detections adds its faces to the count and nothing else.

use super::figure::{self, Maker};
use super::ground_truth::SETS;
use super::labels::Labels;
use super::pair::{FoundBox, Paired, PairedPicture};
use super::ranking::Weights;
use super::region::Region;
use rayon::prelude::*;
use vsa_record::scores::{Figure, FigureName, NoFigure};

const THRESHOLDS: usize = 1000;
const OVERLAP: f64 = 0.5;

/// The sets of WIDER FACE, where the labels know them.
pub(super) fn measure(paired: &Paired, truth: &Labels, maker: &Maker, figures: &mut Vec<Figure>) {
    for set in count(paired, truth) {
        let name = match set.name {
            "easy" => FigureName::WiderEasy,
            "medium" => FigureName::WiderMedium,
            _ => FigureName::WiderHard,
        };
        let drawn = maker
            .clusters
            .bootstrap_pictures(maker.resamples, |weights| vec![set.average_precision(weights)]);
        let value = drawn.values[0].ok_or(NoFigure::NoLabels);
        let sample = figure::labels(set.faces() as f64);
        figures.push(maker.ratio(name, value, sample, drawn.replicates(0)));
    }
}

/// What one picture adds at each threshold where anything changes.
struct Counted {
    faces: u32,
    /// Threshold, detections that count, faces found.
    steps: Vec<(u16, u16, u16)>,
}

/// One set, counted picture by picture.
struct Set {
    name: &'static str,
    pictures: Vec<Counted>,
}

/// The sets that the labels know; empty for labels of any other kind.
fn count(paired: &Paired, truth: &Labels) -> Vec<Set> {
    let place = |set: &'static str| Some((set, truth.attributes.iter().position(|name| name == set)?));
    let scores = paired.detections().map(|one| one.score);
    let range = scores.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), score| {
        (low.min(score), high.max(score))
    });
    SETS.into_iter()
        .filter_map(place)
        .map(|(name, at)| {
            let belongs = |source: usize| {
                truth.boxes[source]
                    .attributes
                    .get(at)
                    .is_some_and(|value| value == "yes")
            };
            let pictures = paired
                .pictures
                .par_iter()
                .map(|picture| of_picture(picture, &belongs, range))
                .collect();
            Set { name, pictures }
        })
        .collect()
}

fn of_picture(
    picture: &PairedPicture,
    belongs: &(dyn Fn(usize) -> bool + Sync),
    (low, high): (f64, f64),
) -> Counted {
    let faces = picture.truth.iter().filter(|face| belongs(face.source)).count() as u32;
    let mut counted = Counted {
        faces,
        steps: Vec::new(),
    };
    if picture.truth.is_empty() {
        return counted;
    }
    let mut found: Vec<&FoundBox> = picture.found.iter().collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut taken = vec![false; picture.truth.len()];
    for one in found {
        let overlaps = picture
            .truth
            .iter()
            .map(|face| closed_overlap(&one.region, &face.region))
            .enumerate();
        // The first of equal ones, as `argmax` and `max` take it.
        let best = overlaps.fold(
            (0, f64::NEG_INFINITY),
            |best, next| if next.1 > best.1 { next } else { best },
        );
        let (mut proposed, mut recalled) = (1, 0);
        if best.1 >= OVERLAP {
            if !belongs(picture.truth[best.0].source) {
                proposed = 0;
            } else if !std::mem::replace(&mut taken[best.0], true) {
                recalled = 1;
            }
        }
        let score = if high > low {
            (one.score - low) / (high - low)
        } else {
            0.0
        };
        let first = first_reached(score);
        if first < THRESHOLDS && (proposed, recalled) != (0, 0) {
            counted.steps.push((first as u16, proposed, recalled));
        }
    }
    counted
}

/// The first threshold 1 - (t + 1) / 1000 that the score reaches, by halving; [`THRESHOLDS`]: none.
fn first_reached(score: f64) -> usize {
    let (mut from, mut to) = (0, THRESHOLDS);
    while from < to {
        let middle = usize::midpoint(from, to);
        if score < 1.0 - (middle + 1) as f64 / THRESHOLDS as f64 {
            from = middle + 1;
        } else {
            to = middle;
        }
    }
    from
}

/// Intersection over union of closed pixel ranges.
fn closed_overlap(a: &Region, b: &Region) -> f64 {
    let across = a.right().min(b.right()) - a.left.max(b.left) + 1.0;
    let down = a.bottom().min(b.bottom()) - a.top.max(b.top) + 1.0;
    if across <= 0.0 || down <= 0.0 {
        return 0.0;
    }
    let area = |region: &Region| (region.width + 1.0) * (region.height + 1.0);
    across * down / (area(a) + area(b) - across * down)
}

impl Set {
    /// Faces of the set.
    fn faces(&self) -> u64 {
        self.pictures.iter().map(|picture| u64::from(picture.faces)).sum()
    }

    /// Average precision; none without faces.
    fn average_precision(&self, weights: Weights) -> Option<f64> {
        let mut at = vec![(0u64, 0u64); THRESHOLDS];
        let mut faces = 0u64;
        for (number, picture) in self.pictures.iter().enumerate() {
            let times = weights.map_or(1, |weights| u64::from(weights[number]));
            faces += times * u64::from(picture.faces);
            for (first, proposed, recalled) in &picture.steps {
                let step = &mut at[usize::from(*first)];
                step.0 += times * u64::from(*proposed);
                step.1 += times * u64::from(*recalled);
            }
        }
        if faces == 0 {
            return None;
        }
        let (mut proposed, mut recalled) = (0u64, 0u64);
        let mut curve = Vec::with_capacity(THRESHOLDS);
        for (more, found) in at {
            proposed += more;
            recalled += found;
            let precision = if proposed > 0 {
                recalled as f64 / proposed as f64
            } else {
                0.0
            };
            curve.push((recalled as f64 / faces as f64, precision));
        }
        let (mut best, mut sum) = (0.0f64, 0.0);
        for at in (0..curve.len()).rev() {
            best = best.max(curve[at].1);
            let before = at.checked_sub(1).map_or(0.0, |at| curve[at].0);
            sum += (curve[at].0 - before) * best;
        }
        Some(sum)
    }
}
