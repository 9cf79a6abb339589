//! FDDB's two curves. In: ellipses and detections. Out: at every threshold, the labels found (discrete: an overlap by area
//! above one half; continuous: the overlaps of all pairs added up) by false positives in all.
//! Source: Jain and Learned-Miller, UM-CS-2010-009, section 5: at each threshold, labels and detections of a picture are paired
//! so that their overlaps add up to most. The level axis is the discrete one for both: detections without a label found.

use super::ellipse::Shape;
use super::figure::{self, Maker, RATE, SHARE};
use super::labels::{LabelBox, Labels};
use super::pair::{Paired, PairedPicture};
use super::ranking::Weights;
use rayon::prelude::*;
use vsa_record::curve::{Curve, CurveName};
use vsa_record::scores::LabelFormat;
use vsa_statistics::rectangular::assign_greatest;

/// Points of a written curve.
const POINTS: usize = 100;

/// What changes in a picture when the threshold falls to `score`.
struct Step {
    score: f64,
    picture: u32,
    found: f64,
    overlap: f64,
    detections: f64,
}

pub(super) fn measure(
    paired: &Paired,
    truth: &Labels,
    found: &Labels,
    maker: &Maker,
    curves: &mut Vec<Curve>,
) {
    if truth.format != LabelFormat::Fddb || paired.pictures.iter().all(|picture| picture.found.is_empty()) {
        return;
    }
    let mut steps: Vec<Step> = paired
        .pictures
        .par_iter()
        .enumerate()
        .flat_map_iter(|(at, picture)| of_picture(at as u32, picture, truth, found))
        .collect();
    steps.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.picture.cmp(&b.picture)));
    let labels: Vec<f64> = paired
        .pictures
        .iter()
        .map(|picture| picture.truth.len() as f64)
        .collect();
    let all: f64 = labels.iter().sum();
    if all <= 0.0 {
        return;
    }
    let (mut wrong, mut limits) = (0.0, Vec::new());
    for step in &steps {
        wrong += step.detections - step.found;
        if limits.last().is_none_or(|last| wrong > *last) && wrong > 0.0 {
            limits.push(wrong);
        }
    }
    let thinned: Vec<f64> = limits
        .iter()
        .copied()
        .step_by(limits.len().div_ceil(POINTS).max(1))
        .collect();
    for (name, continuous, whole) in [
        (CurveName::FddbDiscrete, false, SHARE),
        (CurveName::FddbContinuous, true, RATE),
    ] {
        let drawn = maker.clusters.bootstrap_pictures(maker.resamples, |weights| {
            read_off(&steps, &labels, &thinned, weights, continuous)
        });
        let places = thinned.iter().copied();
        curves.push(maker.curve(name, places, &drawn, whole, figure::labels(all).n));
    }
}

fn shape(label: &LabelBox) -> Shape {
    match &label.ellipse {
        Some(ellipse) => Shape::Ellipse(**ellipse),
        None => Shape::Box(label.region),
    }
}

/// Pairs anew at every score of the picture, from the best down.
fn of_picture(at: u32, picture: &PairedPicture, truth: &Labels, found: &Labels) -> Vec<Step> {
    let labels: Vec<Shape> = picture
        .truth
        .iter()
        .map(|label| shape(&truth.boxes[label.source]))
        .collect();
    let mut order: Vec<usize> = (0..picture.found.len()).collect();
    order.sort_by(|a, b| picture.found[*b].score.total_cmp(&picture.found[*a].score));
    let overlaps: Vec<Vec<f64>> = order
        .iter()
        .map(|index| {
            let one = shape(&found.boxes[picture.found[*index].source]);
            labels.iter().map(|label| one.overlap(label)).collect()
        })
        .collect();
    let mut steps = Vec::new();
    let (mut so_far, mut overlap_so_far, mut taken) = (0.0, 0.0, 0);
    while taken < order.len() {
        let score = picture.found[order[taken]].score;
        let before = taken;
        while taken < order.len() && picture.found[order[taken]].score >= score {
            taken += 1;
        }
        let gain: Vec<f64> = overlaps[..taken].iter().flatten().copied().collect();
        let pairs = assign_greatest(&gain, taken, labels.len());
        let of_pair = |(row, column): &(usize, usize)| overlaps[*row][*column];
        let right = pairs.iter().filter(|pair| of_pair(pair) > 0.5).count() as f64;
        let overlap: f64 = pairs.iter().map(of_pair).sum();
        steps.push(Step {
            score,
            picture: at,
            found: right - so_far,
            overlap: overlap - overlap_so_far,
            detections: (taken - before) as f64,
        });
        (so_far, overlap_so_far) = (right, overlap);
    }
    steps
}

/// The greatest share with no more false positives than each limit says; limits rise.
fn read_off(
    steps: &[Step],
    labels: &[f64],
    limits: &[f64],
    weights: Weights,
    continuous: bool,
) -> Vec<Option<f64>> {
    let times = |picture: usize| weights.map_or(1.0, |weights| f64::from(weights[picture]));
    let all: f64 = labels
        .iter()
        .enumerate()
        .map(|(picture, labels)| labels * times(picture))
        .sum();
    if all <= 0.0 {
        return vec![None; limits.len()];
    }
    let (mut wrong, mut sum, mut open) = (0.0, 0.0, 0);
    let mut values = Vec::with_capacity(limits.len());
    for of_score in steps.chunk_by(|a, b| a.score.total_cmp(&b.score).is_eq()) {
        let before = sum;
        for step in of_score {
            let times = times(step.picture as usize);
            wrong += times * (step.detections - step.found);
            sum += times * if continuous { step.overlap } else { step.found };
        }
        while open < limits.len() && wrong > limits[open] {
            values.push(Some(before / all));
            open += 1;
        }
    }
    values.resize(limits.len(), Some(sum / all));
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_curve_is_read_off_before_there_are_too_many_false_positives() {
        let step = |score: f64, found: f64, overlap: f64, detections: f64| Step {
            score,
            picture: 0,
            found,
            overlap,
            detections,
        };
        // Right (0.9), wrong (0.8), right (0.7), wrong (0.6), of four labels.
        let steps = [
            step(0.9, 1.0, 0.9, 1.0),
            step(0.8, 0.0, 0.3, 1.0),
            step(0.7, 1.0, 0.6, 1.0),
            step(0.6, 0.0, 0.0, 1.0),
        ];
        let got = read_off(&steps, &[4.0], &[1.0, 2.0], None, false);
        assert_eq!(got, [Some(0.5), Some(0.5)]);
        let got = read_off(&steps, &[4.0], &[0.0, 1.0], None, true);
        assert!((got[0].unwrap() - 0.225).abs() < 1e-12 && (got[1].unwrap() - 0.45).abs() < 1e-12);
    }
}
