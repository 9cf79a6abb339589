//! The traps that make figures wrong without an error. In: both sides, paired. Out: what looks wrong, with the share of
//! labels met as it is and as it would be: another frame count, another scale, corners read as sizes.

use super::pair::{Paired, PairedPicture};
use super::region::{Region, overlap};
use std::collections::BTreeMap;
use vsa_record::scores::Check;
use vsa_statistics::median;

/// So many pictures with labels are looked at.
const LOOKED_AT: usize = 400;
/// A check speaks when so much more of the labels would be met.
const MUCH_MORE: f64 = 0.1;
/// And when at least this share would be: noise meets a little of everything.
const WORTH_SAYING: f64 = 0.2;

/// Adds what was noticed to the checks.
pub(crate) fn look(paired: &mut Paired) {
    let mut noticed = Vec::new();
    let sample = sample(paired);
    let met = met(&sample, |region| region, 0, paired);
    let better = |share: f64| share >= WORTH_SAYING && share >= met + MUCH_MORE;
    let in_time = paired.sequences.iter().any(|sequence| sequence.in_time);
    for add in [1i64, -1].into_iter().filter(|_| in_time) {
        let met_shifted = self::met(&sample, |region| region, add, paired);
        if better(met_shifted) {
            noticed.push(Check::FramesShifted {
                add,
                met,
                met_shifted,
            });
        }
    }
    if let Some(factor) = factor(&sample, paired)
        && !(0.9..=1.1).contains(&factor)
    {
        let met_scaled = self::met(&sample, |region| region.scaled(factor, factor), 0, paired);
        if better(met_scaled) {
            noticed.push(Check::ScaleDiffers {
                factor,
                met,
                met_scaled,
            });
        }
    }
    let as_corners =
        |region: Region| Region::from_corners(region.left, region.top, region.width, region.height);
    let met_as_corners = self::met(&sample, as_corners, 0, paired);
    if better(met_as_corners) {
        noticed.push(Check::SizesAreCorners { met, met_as_corners });
    }
    let labelled = paired.pictures.iter().filter(|picture| !picture.truth.is_empty());
    let (mut of, mut without) = (0u64, 0u64);
    for picture in labelled {
        of += 1;
        without += u64::from(picture.found.is_empty());
    }
    if without > 0 {
        noticed.push(Check::PicturesWithoutDetections {
            pictures: without,
            of,
        });
    }
    let empty = |region: &Region| region.width <= 0.0 || region.height <= 0.0;
    let truth = paired.labels().filter(|label| empty(&label.region)).count();
    let detections = paired.detections().filter(|one| empty(&one.region)).count();
    if truth + detections > 0 {
        noticed.push(Check::EmptyBoxes {
            truth: truth as u64,
            detections: detections as u64,
        });
    }
    paired.checks.extend(noticed);
}

/// Pictures with labels, evenly over all.
fn sample(paired: &Paired) -> Vec<usize> {
    let labelled: Vec<usize> = (0..paired.pictures.len())
        .filter(|at| !paired.pictures[*at].truth.is_empty())
        .collect();
    let step = labelled.len().div_ceil(LOOKED_AT).max(1);
    labelled.into_iter().step_by(step).collect()
}

/// Share of the sample's labels that some detection overlaps by half, when detections are changed by `change` and `add` is
/// added to their frame numbers.
fn met(sample: &[usize], change: impl Fn(Region) -> Region, add: i64, paired: &Paired) -> f64 {
    let by_number: BTreeMap<(usize, i64), usize> = paired
        .pictures
        .iter()
        .enumerate()
        .filter(|_| add != 0)
        .filter_map(|(at, picture)| Some(((picture.sequence, picture.number?), at)))
        .collect();
    let (mut labels, mut found) = (0u64, 0u64);
    for at in sample {
        let picture: &PairedPicture = &paired.pictures[*at];
        let other = if add == 0 {
            Some(*at)
        } else {
            picture
                .number
                .and_then(|number| by_number.get(&(picture.sequence, number - add)).copied())
        };
        let detections: Vec<Region> = other
            .map(|other| {
                paired.pictures[other]
                    .found
                    .iter()
                    .map(|one| change(one.region))
                    .collect()
            })
            .unwrap_or_default();
        for label in &picture.truth {
            labels += 1;
            found += u64::from(detections.iter().any(|one| overlap(one, &label.region) >= 0.5));
        }
    }
    if labels == 0 {
        0.0
    } else {
        found as f64 / labels as f64
    }
}

/// Median height of the sample's labels by that of its detections.
fn factor(sample: &[usize], paired: &Paired) -> Option<f64> {
    let pictures = || sample.iter().map(|at| &paired.pictures[*at]);
    let labels = median(
        pictures()
            .flat_map(|one| &one.truth)
            .map(|label| label.region.height)
            .collect(),
    )?;
    let found = median(
        pictures()
            .flat_map(|one| &one.found)
            .map(|found| found.region.height)
            .collect(),
    )?;
    (labels > 0.0 && found > 0.0).then(|| labels / found)
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    median::upper(&mut values, f64::total_cmp)
}
