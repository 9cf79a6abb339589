//! Detections of one class matched to labels, best score first, as COCO does it. In: pictures, a class, which labels count,
//! and overlaps. Out: a [`Ranking`], from which every figure about ranking follows, also for resampled pictures.
//!
//! Source: pycocotools 2.0.11, `COCOeval.evaluateImg` and `accumulate`. A label that does not count (a crowd, or outside
//! the range of sizes) takes detections out of the count; a detection takes the label that it overlaps most among those
//! that are free, a counting one before one that does not; a detection without a label and outside the range does not
//! count. Equal scores: in the order of the pictures, then of the file.

use super::pair::{FoundBox, PairedPicture, TruthBox};
use super::region::coco_overlap;
use rayon::prelude::*;

/// Which labels count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::observe) struct SizeRange {
    pub(in crate::observe) by: Size,
    pub(in crate::observe) from: f64,
    pub(in crate::observe) to: f64,
    /// Whether `to` itself is outside. COCO's ranges hold both ends.
    pub(in crate::observe) open: bool,
}

/// What a size is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::observe) enum Size {
    Area,
    Height,
}

impl SizeRange {
    /// COCO's ranges of areas.
    pub(in crate::observe) const fn areas(from: f64, to: f64) -> Self {
        Self {
            by: Size::Area,
            from,
            to,
            open: false,
        }
    }

    fn holds(&self, area: f64, height: f64) -> bool {
        let size = match self.by {
            Size::Area => area,
            Size::Height => height,
        };
        size >= self.from
            && if self.open {
                size < self.to
            } else {
                size <= self.to
            }
    }
}

/// How to match.
pub(in crate::observe) struct RankingRule<'a> {
    pub(in crate::observe) class: usize,
    pub(in crate::observe) range: SizeRange,
    /// At most 16: one bit each.
    pub(in crate::observe) overlaps: &'a [f64],
    /// Detections looked at in one picture, best first.
    pub(in crate::observe) most_found: usize,
    /// Whether only crowds are passed over, as pycocotools does, and not what is marked `ignore`.
    pub(in crate::observe) crowds_alone: bool,
}

/// A detection's place among all, and what it is at each overlap (bit by bit).
#[derive(Clone, Copy)]
pub(in crate::observe) struct Ranked {
    pub(in crate::observe) score: f64,
    pub(in crate::observe) picture: u32,
    /// Its rank within its picture, from 0.
    pub(in crate::observe) rank: u32,
    pub(in crate::observe) right: u16,
    /// Neither right nor wrong.
    pub(in crate::observe) passed_over: u16,
}

/// All detections of one class, best first, and how many labels count in each picture.
pub(in crate::observe) struct Ranking {
    pub(in crate::observe) ranked: Vec<Ranked>,
    pub(in crate::observe) labels: Vec<u32>,
    /// Every label that counts: its place in the labels' list, its picture, and the score of what found it at the first
    /// overlap.
    pub(in crate::observe) fates: Vec<Fate>,
}

/// What became of a label.
#[derive(Clone, Copy)]
pub(in crate::observe) struct Fate {
    pub(in crate::observe) source: usize,
    pub(in crate::observe) picture: u32,
    pub(in crate::observe) score: Option<f64>,
}

/// One picture's outcome.
struct Judged {
    labels: u32,
    ranked: Vec<Ranked>,
    fates: Vec<Fate>,
}

impl Ranking {
    pub(in crate::observe) fn of(pictures: &[PairedPicture], rule: &RankingRule) -> Self {
        let judged: Vec<Judged> = pictures
            .par_iter()
            .with_min_len(32)
            .enumerate()
            .map(|(at, picture)| judge(at, picture, rule))
            .collect();
        let labels = judged.iter().map(|picture| picture.labels).collect();
        let (mut ranked, mut fates) = (Vec::new(), Vec::new());
        for picture in judged {
            ranked.extend(picture.ranked);
            fates.extend(picture.fates);
        }
        ranked.sort_by(|a: &Ranked, b| b.score.total_cmp(&a.score));
        Self {
            ranked,
            labels,
            fates,
        }
    }

    /// Labels that count.
    pub(in crate::observe) fn label_count(&self) -> u64 {
        self.labels.iter().map(|labels| u64::from(*labels)).sum()
    }
}

fn judge(at: usize, picture: &PairedPicture, rule: &RankingRule) -> Judged {
    let mut truth: Vec<(&TruthBox, bool)> = picture
        .truth
        .iter()
        .filter(|label| label.class == rule.class)
        .map(|label| {
            let passed_over = label.crowd || (label.ignored && !rule.crowds_alone);
            (
                label,
                passed_over || !rule.range.holds(label.area, label.region.height),
            )
        })
        .collect();
    // Stable: those that count first, otherwise as in the file.
    truth.sort_by_key(|(_, passed_over)| *passed_over);
    let mut found: Vec<&FoundBox> = picture
        .found
        .iter()
        .filter(|one| one.class == rule.class)
        .collect();
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found.truncate(rule.most_found);
    let overlaps: Vec<f64> = found
        .iter()
        .flat_map(|one| {
            truth
                .iter()
                .map(|(label, _)| coco_overlap(&one.region, &label.region, label.crowd))
        })
        .collect();
    let mut ranked: Vec<Ranked> = found
        .iter()
        .enumerate()
        .map(|(rank, one)| Ranked {
            score: one.score,
            picture: at as u32,
            rank: rank as u32,
            right: 0,
            passed_over: 0,
        })
        .collect();
    let mut taken = vec![false; truth.len()];
    let counting = truth.iter().filter(|(_, passed_over)| !passed_over).count();
    let mut fates: Vec<Fate> = truth
        .iter()
        .take(counting)
        .map(|(label, _)| Fate {
            source: label.source,
            picture: at as u32,
            score: None,
        })
        .collect();
    for (bit, least) in rule.overlaps.iter().enumerate() {
        taken.fill(false);
        for (row, one) in found.iter().enumerate() {
            let of_row = &overlaps[row * truth.len()..(row + 1) * truth.len()];
            match best(of_row, &truth, &taken, *least) {
                Some(label) => {
                    taken[label] = true;
                    if truth[label].1 {
                        ranked[row].passed_over |= 1 << bit;
                    } else {
                        ranked[row].right |= 1 << bit;
                        if bit == 0 {
                            fates[label].score = Some(one.score);
                        }
                    }
                }
                None if !rule.range.holds(one.region.area(), one.region.height) => {
                    ranked[row].passed_over |= 1 << bit
                }
                None => {}
            }
        }
    }
    Judged {
        labels: counting as u32,
        ranked,
        fates,
    }
}

/// The label that a detection takes.
fn best(overlaps: &[f64], truth: &[(&TruthBox, bool)], taken: &[bool], least: f64) -> Option<usize> {
    let mut so_far = least.min(1.0 - 1e-10);
    let mut chosen: Option<usize> = None;
    for (at, (label, passed_over)) in truth.iter().enumerate() {
        if taken[at] && !label.crowd {
            continue;
        }
        // A label that counts is not given up for one that does not.
        if chosen.is_some_and(|chosen| !truth[chosen].1) && *passed_over {
            break;
        }
        if overlaps[at] < so_far {
            continue;
        }
        so_far = overlaps[at];
        chosen = Some(at);
    }
    chosen
}
