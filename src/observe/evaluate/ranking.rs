//! Detections matched to labels, class by class, best score first, as COCO does it. In: pictures, which labels count, and
//! overlaps. Out: [`Ranking`]s, from which every figure about ranking follows, also for resampled pictures.
//! Overlaps are computed once for all ranges of sizes; what is neither right nor wrong at any overlap is not kept.
//!
//! Source: pycocotools 2.0.11, `COCOeval.evaluateImg` and `accumulate`. A label that does not count (a crowd, or outside
//! the range of sizes) takes detections out of the count; a detection takes the label that it overlaps most among those
//! that are free, a counting one before one that does not; a detection without a label and outside the range does not
//! count. Equal scores: in the order of the pictures, then of the file.

use super::pair::PairedPicture;
use super::region::coco_overlap;
use rayon::prelude::*;
use std::cmp::Ordering;

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
    /// Which labels count, and from which overlaps on they are found (at most 16: one bit each); a ranking for each.
    pub(in crate::observe) ranges: &'a [(SizeRange, &'a [f64])],
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
    /// The label that it found at the first overlap, by its place in the labels' list; [`NOTHING`]: none.
    pub(in crate::observe) source: u32,
}

/// No label.
pub(in crate::observe) const NOTHING: u32 = u32::MAX;

/// All detections of one class that are right or wrong, best first, and how many labels count in each picture.
#[derive(Default)]
pub(in crate::observe) struct Ranking {
    pub(in crate::observe) ranked: Vec<Ranked>,
    /// Pictures with labels that count, each with how many.
    pub(in crate::observe) labels: Vec<(u32, u32)>,
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

/// How often each picture was drawn; none: once.
pub(in crate::observe) type Weights<'a> = Option<&'a [u32]>;

impl Ranking {
    /// Labels that count, each as often as its picture was drawn.
    pub(in crate::observe) fn label_count(&self, weights: Weights) -> u64 {
        match weights {
            None => self.labels.iter().map(|(_, labels)| u64::from(*labels)).sum(),
            Some(weights) => {
                let times = |picture: u32| u64::from(weights[picture as usize]);
                self.labels
                    .iter()
                    .map(|(picture, labels)| u64::from(*labels) * times(*picture))
                    .sum()
            }
        }
    }

    fn append(&mut self, later: &mut Self) {
        self.ranked.append(&mut later.ranked);
        self.labels.append(&mut later.labels);
        self.fates.append(&mut later.fates);
    }

    /// Best first; equal scores stay in the order of the pictures.
    fn sort(&mut self) {
        self.ranked.sort_by(|a, b| falling(a.score, b.score));
    }
}

/// Great before small.
fn falling(a: f64, b: f64) -> Ordering {
    b.total_cmp(&a)
}

/// Pictures that are matched by one thread at a stretch.
const AT_A_STRETCH: usize = 64;

/// Rankings by range, then by class.
pub(in crate::observe) fn rank(
    pictures: &[PairedPicture],
    classes: usize,
    rule: &RankingRule,
) -> Vec<Vec<Ranking>> {
    let stretches: Vec<Vec<Ranking>> = pictures
        .par_chunks(AT_A_STRETCH)
        .enumerate()
        .map(|(stretch, some)| {
            let mut rankings = Vec::new();
            rankings.resize_with(rule.ranges.len() * classes, Ranking::default);
            let mut room = Room::default();
            for (at, picture) in some.iter().enumerate() {
                room.judge(stretch * AT_A_STRETCH + at, picture, classes, rule, &mut rankings);
            }
            rankings
        })
        .collect();
    let mut joined: Vec<Ranking> = Vec::new();
    joined.resize_with(rule.ranges.len() * classes, Ranking::default);
    for mut stretch in stretches {
        for (all, later) in joined.iter_mut().zip(&mut stretch) {
            all.append(later);
        }
    }
    joined.par_iter_mut().for_each(Ranking::sort);
    let mut joined = joined.into_iter();
    (0..rule.ranges.len())
        .map(|_| joined.by_ref().take(classes).collect())
        .collect()
}

/// Buffers of one thread, used again from picture to picture.
#[derive(Default)]
struct Room {
    truth: Vec<u32>,
    found: Vec<u32>,
    overlaps: Vec<f64>,
    passed_over: Vec<bool>,
    order: Vec<u32>,
    taken: Vec<bool>,
    ranked: Vec<Ranked>,
    scores: Vec<Option<f64>>,
}

impl Room {
    fn judge(
        &mut self,
        at: usize,
        picture: &PairedPicture,
        classes: usize,
        rule: &RankingRule,
        rankings: &mut [Ranking],
    ) {
        let (mut all_truth, mut all_found) =
            (std::mem::take(&mut self.truth), std::mem::take(&mut self.found));
        all_truth.clear();
        all_truth.extend(0..picture.truth.len() as u32);
        all_truth.sort_by_key(|label| picture.truth[*label as usize].class);
        all_found.clear();
        all_found.extend(0..picture.found.len() as u32);
        all_found.sort_by(|a, b| {
            let (a, b) = (&picture.found[*a as usize], &picture.found[*b as usize]);
            a.class.cmp(&b.class).then_with(|| falling(a.score, b.score))
        });
        let (mut truth, mut found) = (all_truth.as_slice(), all_found.as_slice());
        while !truth.is_empty() || !found.is_empty() {
            let class_of_truth = truth.first().map(|label| picture.truth[*label as usize].class);
            let class_of_found = found.first().map(|one| picture.found[*one as usize].class);
            let class = class_of_truth
                .into_iter()
                .chain(class_of_found)
                .min()
                .unwrap_or(0);
            let labels = truth.partition_point(|label| picture.truth[*label as usize].class <= class);
            let boxes = found.partition_point(|one| picture.found[*one as usize].class <= class);
            let (of_truth, rest_of_truth) = truth.split_at(labels);
            let (of_found, rest_of_found) = found.split_at(boxes);
            let best = &of_found[..of_found.len().min(rule.most_found)];
            let of_class = rankings.iter_mut().skip(class).step_by(classes);
            self.judge_class(at, picture, (of_truth, best), rule, of_class);
            (truth, found) = (rest_of_truth, rest_of_found);
        }
        (self.truth, self.found) = (all_truth, all_found);
    }

    /// One class of one picture, in every range.
    fn judge_class<'r>(
        &mut self,
        at: usize,
        picture: &PairedPicture,
        (truth, found): (&[u32], &[u32]),
        rule: &RankingRule,
        of_ranges: impl Iterator<Item = &'r mut Ranking>,
    ) {
        let label = |index: u32| &picture.truth[index as usize];
        let detection = |index: u32| &picture.found[index as usize];
        self.overlaps.clear();
        for one in found {
            let one = detection(*one);
            let of_row = truth.iter().map(|index| {
                let label = label(*index);
                coco_overlap(&one.region, &label.region, label.crowd)
            });
            self.overlaps.extend(of_row);
        }
        for ((range, overlaps), ranking) in rule.ranges.iter().zip(of_ranges) {
            self.passed_over.clear();
            self.passed_over.extend(truth.iter().map(|index| {
                let label = label(*index);
                label.crowd
                    || (label.ignored && !rule.crowds_alone)
                    || !range.holds(label.area, label.region.height)
            }));
            // Those that count first, otherwise as in the file.
            let passed_over = &self.passed_over;
            self.order.clear();
            self.order.extend(0..truth.len() as u32);
            self.order.sort_by_key(|place| passed_over[*place as usize]);
            let counting = passed_over.iter().filter(|passed| !**passed).count();
            self.scores.clear();
            self.scores.resize(truth.len(), None);
            self.ranked.clear();
            self.ranked
                .extend(found.iter().enumerate().map(|(rank, one)| Ranked {
                    score: detection(*one).score,
                    picture: at as u32,
                    rank: rank as u32,
                    right: 0,
                    passed_over: 0,
                    source: NOTHING,
                }));
            for (bit, least) in overlaps.iter().enumerate() {
                self.taken.clear();
                self.taken.resize(truth.len(), false);
                for (row, one) in found.iter().enumerate() {
                    let of_row = &self.overlaps[row * truth.len()..(row + 1) * truth.len()];
                    let crowd = |place: u32| label(truth[place as usize]).crowd;
                    match best(of_row, &self.order, passed_over, &self.taken, crowd, *least) {
                        Some(place) => {
                            self.taken[place] = true;
                            if passed_over[place] {
                                self.ranked[row].passed_over |= 1 << bit;
                            } else {
                                self.ranked[row].right |= 1 << bit;
                                if bit == 0 {
                                    self.scores[place] = Some(detection(*one).score);
                                    self.ranked[row].source = label(truth[place]).source as u32;
                                }
                            }
                        }
                        None => {
                            let region = &detection(*one).region;
                            if !range.holds(region.area(), region.height) {
                                self.ranked[row].passed_over |= 1 << bit;
                            }
                        }
                    }
                }
            }
            if counting > 0 {
                ranking.labels.push((at as u32, counting as u32));
            }
            ranking
                .fates
                .extend(self.order[..counting].iter().map(|place| Fate {
                    source: label(truth[*place as usize]).source,
                    picture: at as u32,
                    score: self.scores[*place as usize],
                }));
            let nowhere = |one: &&Ranked| one.passed_over.count_ones() as usize == overlaps.len();
            ranking
                .ranked
                .extend(self.ranked.iter().filter(|one| !nowhere(one)));
        }
    }
}

/// The label that a detection takes, by its place.
fn best(
    overlaps: &[f64],
    order: &[u32],
    passed_over: &[bool],
    taken: &[bool],
    crowd: impl Fn(u32) -> bool,
    least: f64,
) -> Option<usize> {
    let mut so_far = least.min(1.0 - 1e-10);
    let mut chosen: Option<usize> = None;
    for place in order {
        let at = *place as usize;
        if taken[at] && !crowd(*place) {
            continue;
        }
        // A label that counts is not given up for one that does not.
        if chosen.is_some_and(|chosen| !passed_over[chosen]) && passed_over[at] {
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
