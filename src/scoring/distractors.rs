//! `MOTChallenge` preprocessing. In: pictures with labels of all classes. Out: pictures with labels of pedestrians that
//! count, without the detections that lie on somebody who is no pedestrian to be found.
//!
//! Source: `TrackEval` 1.3, `MotChallenge2DBox.get_preprocessed_seq_data`. 2015 knows no classes: there only labels of mark
//! 0 go. 2016 on, detections are matched to all labels, whatever their mark; those matched to a distractor class go; then
//! all labels but pedestrians of a mark other than 0 go. In 2020 vehicles are distractors too.

use super::pair::{Paired, PairedPicture};
use super::region::{EPSILON, overlap};
use super::request::Benchmark;
use rayon::prelude::*;
use vsa_record::scores::Check;
use vsa_statistics::rectangular::assign_greatest;

/// Classes whose finding is neither right nor wrong.
fn is_distractor(class: &str, edition: Benchmark) -> bool {
    matches!(
        class,
        "person_on_vehicle" | "static_person" | "distractor" | "reflection"
    ) || (edition == Benchmark::Mot20 && class == "non_mot_vehicle")
}

/// Carries the preprocessing of an edition out. Never of [`Benchmark::None`], for which it would be that of 2016: whoever calls
/// has left by then.
pub(crate) fn preprocess(paired: &mut Paired, edition: Benchmark) {
    let distractors: Vec<bool> = paired
        .classes
        .iter()
        .map(|class| is_distractor(class, edition))
        .collect();
    let pedestrian = paired.classes.iter().position(|class| class == "pedestrian");
    for picture in &mut paired.pictures {
        picture.found.retain(|found| Some(found.class) == pedestrian);
    }
    let removed: u64 = if edition == Benchmark::Mot15 {
        0
    } else {
        paired
            .pictures
            .par_iter_mut()
            .map(|picture| without_found_distractors(picture, &distractors))
            .sum()
    };
    let mut not_counted = 0u64;
    for picture in &mut paired.pictures {
        let before = picture.truth.len();
        picture.truth.retain(|label| {
            !label.ignored && (edition == Benchmark::Mot15 || Some(label.class) == pedestrian)
        });
        not_counted += (before - picture.truth.len()) as u64;
        for label in &mut picture.truth {
            label.class = 0;
        }
        for found in &mut picture.found {
            found.class = 0;
        }
    }
    paired.classes = vec!["pedestrian".to_owned()];
    if not_counted > 0 {
        paired.checks.push(Check::LabelsNotCounted { boxes: not_counted });
    }
    if removed > 0 {
        paired.checks.push(Check::OnDistractors { boxes: removed });
    }
}

fn without_found_distractors(picture: &mut PairedPicture, distractors: &[bool]) -> u64 {
    if !picture.truth.iter().any(|label| distractors[label.class]) {
        return 0;
    }
    let (rows, columns) = (picture.truth.len(), picture.found.len());
    let mut gain = Vec::with_capacity(rows * columns);
    for label in &picture.truth {
        gain.extend(picture.found.iter().map(|found| {
            let value = overlap(&label.region, &found.region);
            if value < 0.5 - EPSILON { 0.0 } else { value }
        }));
    }
    let pairs = assign_greatest(&gain, rows, columns);
    let mut gone = vec![false; columns];
    for (row, column) in pairs {
        gone[column] = distractors[picture.truth[row].class];
    }
    let mut at = 0;
    picture.found.retain(|_| {
        at += 1;
        !gone[at - 1]
    });
    gone.iter().filter(|gone| **gone).count() as u64
}
