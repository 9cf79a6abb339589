//! Average precision as the Pascal VOC challenge (2010 on) defines it. In: pictures. Out: a ranking in which each
//! detection claims the label that it overlaps most (claimed already: it is wrong), and the area under the envelope of
//! precision at every point. Source: VOC devkit, `VOCevaldet.m` and `VOCap.m`; Padilla et al. 2020.

use super::judged::{ClassOfPicture, Judged, Judgements, judged};
use super::pair::PairedPicture;
use super::ranking::Weights;
use super::region::overlap;
use super::tally::Tally;

/// Matches each class at one overlap. What is ignored takes its detections out of the count. What is claimed and by whom is
/// decided within a picture, so that pictures are matched side by side; equal scores stand in the order of the pictures, then
/// as given.
fn matched(pictures: &[PairedPicture], classes: usize, least: f64) -> Judgements {
    judged(pictures, classes, &[1], |claimed: &mut Vec<bool>, of, out| {
        claim(claimed, of, least, out);
    })
}

/// The tally of each class.
pub(crate) fn tallies(pictures: &[PairedPicture], classes: usize, least: f64) -> Vec<Tally> {
    matched(pictures, classes, least)
        .tallies()
        .pop()
        .unwrap_or_default()
}

/// The ranking of each class.
pub(crate) fn rank(pictures: &[PairedPicture], classes: usize, least: f64) -> Vec<super::ranking::Ranking> {
    matched(pictures, classes, least).rankings()
}

fn claim(claimed: &mut Vec<bool>, of: &ClassOfPicture, least: f64, out: &mut Judged) {
    claimed.clear();
    claimed.resize(of.truth.len(), false);
    for (row, one) in (0u32..).zip(of.detections()) {
        let mut best: Option<(usize, f64)> = None;
        for (place, label) in of.labels().enumerate() {
            let value = overlap(&one.region, &label.region);
            if best.is_none_or(|(_, so_far)| value > so_far) {
                best = Some((place, value));
            }
        }
        let Some((place, _)) = best.filter(|(_, value)| *value >= least) else {
            out.wrong(of, row, 1);
            continue;
        };
        let label = of.label(place);
        let passed_over = label.ignored || label.crowd;
        if !passed_over && std::mem::replace(&mut claimed[place], true) {
            out.wrong(of, row, 1);
            continue;
        }
        let first = out.met(of, std::iter::once(row));
        for bits in out.bits_of(first, 0) {
            bits.right = u16::from(!passed_over);
            bits.passed_over = u16::from(passed_over);
        }
    }
    let counting = of.labels().filter(|label| !label.ignored && !label.crowd).count();
    if counting > 0 {
        out.count(of, 0, counting as u32);
    }
}

/// The area under the envelope; none where no label counts.
pub(crate) fn area(tally: &Tally, weights: Weights) -> Option<f64> {
    let labels = tally.label_count(weights);
    if labels == 0 {
        return None;
    }
    let (mut right, mut all) = (0i64, 0i64);
    let mut steps = Vec::new();
    tally.hits(weights, |hit| {
        right += hit.right;
        all += hit.wrong + hit.right;
        steps.push((hit.right as f64, right as f64 / all as f64));
    });
    let (mut best, mut sum) = (0.0f64, 0.0);
    for (times, precision) in steps.into_iter().rev() {
        best = best.max(precision);
        sum += times * best;
    }
    Some(sum / labels as f64)
}
