//! Detections matched to labels, class by class, best score first, as COCO does it. In: pictures, which labels count, and
//! overlaps. Out: [`Ranking`]s, from which every figure about ranking follows, also for resampled pictures.
//! Overlaps are computed once for all ranges of sizes; what is neither right nor wrong at any overlap is not kept. Most
//! detections come near no label: they are wrong whatever the overlap, and are told apart before anything is matched.
//! Deliberately not here: the walk over pictures and classes, and the order of what is found (`judged`).
//!
//! Source: pycocotools 2.0.11, `COCOeval.evaluateImg` and `accumulate`. A label that does not count (a crowd, or outside
//! the range of sizes) takes detections out of the count; a detection takes the label that it overlaps most among those
//! that are free, a counting one before one that does not; a detection without a label and outside the range does not
//! count. Equal scores: in the order of the pictures, then of the file.

use super::judged::{Bits, ClassOfPicture, Judged, Judgements, judged};
use super::pair::PairedPicture;
use super::region::coco_overlap;
use super::tally::Tally;

/// Which labels count.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SizeRange {
    pub(crate) by: Size,
    pub(crate) from: f64,
    pub(crate) to: f64,
    /// Whether `to` itself is outside. COCO's ranges hold both ends.
    pub(crate) open: bool,
}

/// What a size is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    Area,
    Height,
}

impl SizeRange {
    /// COCO's ranges of areas.
    pub(crate) const fn areas(from: f64, to: f64) -> Self {
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
pub(crate) struct RankingRule<'a> {
    /// Which labels count, and from which overlaps on they are found (at most 16: one bit each); a ranking for each.
    pub(crate) ranges: &'a [(SizeRange, &'a [f64])],
    /// Detections looked at in one picture, best first.
    pub(crate) most_found: usize,
    /// Whether only crowds are passed over, as pycocotools does, and not what is marked `ignore`.
    pub(crate) crowds_alone: bool,
}

/// A detection's place among all, and what it is at each overlap (bit by bit).
#[derive(Clone, Copy)]
pub(crate) struct Ranked {
    pub(crate) score: f64,
    pub(crate) picture: u32,
    /// Its rank within its picture, from 0.
    pub(crate) rank: u32,
    pub(crate) right: u16,
    /// Neither right nor wrong.
    pub(crate) passed_over: u16,
    /// The label that it found at the first overlap, by its place in the labels' list; [`NOTHING`]: none.
    pub(crate) source: u32,
}

/// No label.
pub(crate) const NOTHING: u32 = u32::MAX;

/// All detections of one class that are right or wrong, best first, and how many labels count in each picture.
#[derive(Default)]
pub(crate) struct Ranking {
    pub(crate) ranked: Vec<Ranked>,
    /// Pictures with labels that count, each with how many.
    pub(crate) labels: Vec<(u32, u32)>,
    /// Every label that counts in the first range: its place in the labels' list, its picture, and the score of what found it
    /// at the first overlap.
    pub(crate) fates: Vec<Fate>,
}

/// What became of a label.
#[derive(Clone, Copy)]
pub(crate) struct Fate {
    pub(crate) source: usize,
    pub(crate) picture: u32,
    pub(crate) score: Option<f64>,
}

/// How often each picture was drawn; none: once.
pub(crate) type Weights<'a> = Option<&'a [u32]>;

/// Labels, each as often as its picture was drawn.
pub(crate) fn count(labels: &[(u32, u32)], weights: Weights) -> u64 {
    let times = |picture: u32| weights.map_or(1, |weights| u64::from(weights[picture as usize]));
    labels
        .iter()
        .map(|(picture, labels)| u64::from(*labels) * times(*picture))
        .sum()
}

/// The ranking of each class, in a single range of sizes.
pub(crate) fn rank(
    pictures: &[PairedPicture],
    classes: usize,
    range: (SizeRange, &[f64]),
    crowds_alone: bool,
) -> Vec<Ranking> {
    let rule = RankingRule {
        ranges: &[range],
        most_found: usize::MAX,
        crowds_alone,
    };
    matched(pictures, classes, &rule).rankings()
}

/// Tallies by range, then by class.
pub(crate) fn tallies(pictures: &[PairedPicture], classes: usize, rule: &RankingRule) -> Vec<Vec<Tally>> {
    matched(pictures, classes, rule).tallies()
}

fn matched(pictures: &[PairedPicture], classes: usize, rule: &RankingRule) -> Judgements {
    let overlaps: Vec<usize> = rule.ranges.iter().map(|(_, overlaps)| overlaps.len()).collect();
    let all = rule.ranges.iter().flat_map(|(_, overlaps)| overlaps.iter());
    let least = all.fold(NEARLY_ONE, |least, overlap| least.min(*overlap));
    judged(pictures, classes, &overlaps, |room: &mut Room, of, out| {
        room.judge(of, rule, least, out);
    })
}

/// An overlap of 1 is asked for as pycocotools does it.
const NEARLY_ONE: f64 = 1.0 - 1e-10;

/// Buffers of one thread, used again from picture to picture.
#[derive(Default)]
struct Room {
    /// Rows of the detections that come near a label, and their overlaps with all labels of the class.
    near: Vec<Near>,
    overlaps: Vec<f64>,
    passed_over: Vec<bool>,
    order: Vec<u32>,
    taken: Vec<bool>,
    scores: Vec<Option<f64>>,
}

/// A detection near a label.
struct Near {
    row: u32,
    greatest: f64,
}

impl Room {
    /// One class of one picture, in every range.
    fn judge(&mut self, of: &ClassOfPicture, rule: &RankingRule, least: f64, out: &mut Judged) {
        let of = &of.best(rule.most_found);
        self.look(of, rule, least, out);
        let first = out.met(of, self.near.iter().map(|near| near.row));
        for (number, (range, overlaps)) in rule.ranges.iter().enumerate() {
            self.passed_over.clear();
            self.passed_over.extend(of.labels().map(|label| {
                label.crowd
                    || (label.ignored && !rule.crowds_alone)
                    || !range.holds(label.area, label.region.height)
            }));
            let counting = self.passed_over.iter().filter(|passed| !**passed).count();
            if counting > 0 {
                out.count(of, number, counting as u32);
            }
            self.scores.clear();
            self.scores.resize(of.truth.len(), None);
            if !self.near.is_empty() {
                self.give_labels(of, range, overlaps, out.bits_of(first, number));
            }
            if number == 0 {
                let fates = of.labels().zip(&self.passed_over).zip(&self.scores);
                out.tell(
                    of,
                    fates
                        .filter(|((_, passed), _)| !**passed)
                        .map(|((label, _), score)| (label.source, *score)),
                );
            }
        }
    }

    /// Overlaps. What overlaps nothing enough is wrong where the range holds it, and outside elsewhere.
    fn look(&mut self, of: &ClassOfPicture, rule: &RankingRule, least: f64, out: &mut Judged) {
        self.near.clear();
        self.overlaps.clear();
        for (row, one) in (0u32..).zip(of.detections()) {
            let before = self.overlaps.len();
            let of_row = of
                .labels()
                .map(|label| coco_overlap(&one.region, &label.region, label.crowd));
            self.overlaps.extend(of_row);
            let greatest = self.overlaps[before..].iter().copied().fold(0.0, f64::max);
            if greatest >= least {
                self.near.push(Near { row, greatest });
                continue;
            }
            self.overlaps.truncate(before);
            let (area, height) = (one.region.area(), one.region.height);
            let ranges = rule.ranges.iter().enumerate();
            let within = ranges.fold(0, |within, (number, (range, _))| {
                within | (u32::from(range.holds(area, height)) << number)
            });
            out.wrong(of, row, within);
        }
    }

    /// Gives labels to the detections near them, overlap by overlap.
    fn give_labels<'b>(
        &mut self,
        of: &ClassOfPicture,
        range: &SizeRange,
        overlaps: &[f64],
        bits: impl Iterator<Item = &'b mut Bits>,
    ) {
        // Those that count first, otherwise as in the file.
        let passed_over = &self.passed_over;
        self.order.clear();
        self.order.extend(0..of.truth.len() as u32);
        self.order.sort_by_key(|place| passed_over[*place as usize]);
        let labels = of.truth.len();
        self.taken.clear();
        self.taken.resize(labels * overlaps.len(), false);
        let crowd = |place: u32| of.label(place as usize).crowd;
        for ((near, bits), of_row) in self.near.iter().zip(bits).zip(self.overlaps.chunks(labels)) {
            let one = of.detection(near.row as usize);
            let outside = !range.holds(one.region.area(), one.region.height);
            for (bit, least) in overlaps.iter().enumerate() {
                let least = least.min(NEARLY_ONE);
                let taken = &mut self.taken[bit * labels..][..labels];
                let chosen = (near.greatest >= least)
                    .then(|| best(of_row, &self.order, passed_over, taken, crowd, least))
                    .flatten();
                let Some(place) = chosen else {
                    bits.passed_over |= u16::from(outside) << bit;
                    continue;
                };
                taken[place] = true;
                if passed_over[place] {
                    bits.passed_over |= 1 << bit;
                    continue;
                }
                bits.right |= 1 << bit;
                if bit == 0 {
                    self.scores[place] = Some(one.score);
                    bits.source = of.label(place).source as u32;
                }
            }
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
    let mut so_far = least;
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
