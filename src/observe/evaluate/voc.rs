//! Average precision as the Pascal VOC challenge (2010 on) defines it. In: pictures. Out: a [`Ranking`] in which each
//! detection claims the label that it overlaps most (claimed already: it is wrong), and the area under the envelope of
//! precision at every point. Source: VOC devkit, `VOCevaldet.m` and `VOCap.m`; Padilla et al. 2020.

use super::coco::Weights;
use super::pair::PairedPicture;
use super::ranking::{Ranked, Ranking};
use super::region::overlap;

/// Matches one class at one overlap. What is ignored takes its detections out of the count.
pub(in crate::observe) fn rank(pictures: &[PairedPicture], class: usize, least: f64) -> Ranking {
    let mut order: Vec<(f64, usize, usize)> = Vec::new();
    for (at, picture) in pictures.iter().enumerate() {
        let of_class = picture
            .found
            .iter()
            .enumerate()
            .filter(|(_, found)| found.class == class);
        order.extend(of_class.map(|(index, found)| (found.score, at, index)));
    }
    // Equal scores: in the order of the pictures, then as given.
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let mut claimed: Vec<Vec<bool>> = pictures
        .iter()
        .map(|picture| vec![false; picture.truth.len()])
        .collect();
    let mut ranked = Vec::with_capacity(order.len());
    for (score, at, index) in order {
        let picture = &pictures[at];
        let mut best: Option<(usize, f64)> = None;
        for (label, truth) in picture
            .truth
            .iter()
            .enumerate()
            .filter(|(_, truth)| truth.class == class)
        {
            let value = overlap(&picture.found[index].region, &truth.region);
            if best.is_none_or(|(_, so_far)| value > so_far) {
                best = Some((label, value));
            }
        }
        let mut one = Ranked {
            score,
            picture: at as u32,
            rank: 0,
            right: 0,
            passed_over: 0,
        };
        if let Some((label, _)) = best.filter(|(_, value)| *value >= least) {
            if picture.truth[label].ignored || picture.truth[label].crowd {
                one.passed_over = 1;
            } else if !std::mem::replace(&mut claimed[at][label], true) {
                one.right = 1;
            }
        }
        ranked.push(one);
    }
    let counts = |picture: &PairedPicture| {
        let of_class = picture
            .truth
            .iter()
            .filter(|label| label.class == class && !label.ignored && !label.crowd);
        of_class.count() as u32
    };
    Ranking {
        ranked,
        labels: pictures.iter().map(counts).collect(),
        fates: Vec::new(),
    }
}

/// The area under the envelope; none where no label counts.
pub(in crate::observe) fn area(ranking: &Ranking, weights: Weights) -> Option<f64> {
    let weight = |picture: u32| weights.map_or(1, |weights| weights[picture as usize]);
    let labels: u64 = ranking
        .labels
        .iter()
        .enumerate()
        .map(|(at, labels)| u64::from(*labels) * u64::from(weight(at as u32)))
        .sum();
    if labels == 0 {
        return None;
    }
    let (mut right, mut all) = (0u64, 0u64);
    let mut steps = Vec::new();
    for one in ranking.ranked.iter().filter(|one| one.passed_over & 1 == 0) {
        let times = u64::from(weight(one.picture));
        all += times;
        if one.right & 1 == 1 && times > 0 {
            right += times;
            steps.push((times as f64, right as f64 / all as f64));
        }
    }
    let (mut best, mut sum) = (0.0f64, 0.0);
    for (times, precision) in steps.into_iter().rev() {
        best = best.max(precision);
        sum += times * best;
    }
    Some(sum / labels as f64)
}
