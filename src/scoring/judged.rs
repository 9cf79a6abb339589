//! The walk over pictures, class by class, in parallel, and the order of what is found. In: pictures, and how one class of one
//! picture is judged. Out: [`Judgements`], from which rankings and tallies are made. All detections of a class are put in
//! order once, whatever the number of ranges of sizes.
//! Deliberately not here: which detection takes which label (`ranking`, `voc`).

use super::pair::{FoundBox, PairedPicture, TruthBox};
use super::ranking::{Fate, NOTHING, Ranked, Ranking};
use super::tally::{Event, Tally};
use rayon::prelude::*;

/// One class of one picture.
pub(super) struct ClassOfPicture<'a> {
    picture: &'a PairedPicture,
    at: u32,
    class: u32,
    /// Places of its labels, in the order of the file.
    pub(super) truth: &'a [u32],
    /// Places of its detections, best first; equal scores in the order of the file.
    found: &'a [u32],
}

impl<'a> ClassOfPicture<'a> {
    /// With no more than so many detections, the best.
    pub(super) fn best(&self, most: usize) -> Self {
        Self {
            found: &self.found[..self.found.len().min(most)],
            ..*self
        }
    }

    pub(super) fn label(&self, place: usize) -> &'a TruthBox {
        &self.picture.truth[self.truth[place] as usize]
    }

    pub(super) fn detection(&self, row: usize) -> &'a FoundBox {
        &self.picture.found[self.found[row] as usize]
    }

    pub(super) fn labels(&self) -> impl Iterator<Item = &'a TruthBox> {
        let truth = &self.picture.truth;
        self.truth.iter().map(|index| &truth[*index as usize])
    }

    pub(super) fn detections(&self) -> impl Iterator<Item = &'a FoundBox> {
        let found = &self.picture.found;
        self.found.iter().map(|index| &found[*index as usize])
    }
}

/// What a detection that meets a label is in one range, at each overlap.
#[derive(Clone, Copy)]
pub(super) struct Bits {
    pub(super) right: u16,
    pub(super) passed_over: u16,
    /// The label that it found at the first overlap; [`NOTHING`]: none.
    pub(super) source: u32,
}

/// A detection, small enough to be sorted.
#[derive(Clone, Copy)]
struct Found {
    score: f64,
    class: u32,
    picture: u32,
    rank: u32,
    /// In which ranges it is wrong, a bit each; or, marked with [`MET`], its place among those that meet a label.
    what: u32,
}

const MET: u32 = 1 << 31;

/// What is said about a stretch of pictures.
pub(super) struct Judged {
    ranges: usize,
    found: Vec<Found>,
    /// Of those that meet a label: range by range.
    bits: Vec<Bits>,
    /// Class, range, picture, labels that count.
    labels: Vec<(u32, u32, u32, u32)>,
    fates: Vec<(u32, Fate)>,
}

impl Judged {
    fn new(ranges: usize) -> Self {
        Self {
            ranges,
            found: Vec::new(),
            bits: Vec::new(),
            labels: Vec::new(),
            fates: Vec::new(),
        }
    }

    /// A detection that meets no label: wrong in the ranges whose bits are set, and nowhere else.
    pub(super) fn wrong(&mut self, of: &ClassOfPicture, row: u32, ranges: u32) {
        if ranges != 0 {
            self.push(of, row, ranges);
        }
    }

    /// Detections that may meet a label, by their rows. Out: the place of the first.
    pub(super) fn met(&mut self, of: &ClassOfPicture, rows: impl Iterator<Item = u32>) -> usize {
        let first = self.bits.len() / self.ranges;
        for row in rows {
            let place = (self.bits.len() / self.ranges) as u32;
            self.push(of, row, MET | place);
            let nothing = Bits {
                right: 0,
                passed_over: 0,
                source: NOTHING,
            };
            self.bits.extend(std::iter::repeat_n(nothing, self.ranges));
        }
        first
    }

    /// What is to be said of these detections in one range, from the place `first` on.
    pub(super) fn bits_of(&mut self, first: usize, range: usize) -> impl Iterator<Item = &mut Bits> {
        self.bits[first * self.ranges..]
            .iter_mut()
            .skip(range)
            .step_by(self.ranges)
    }

    /// So many labels count in a range.
    pub(super) fn count(&mut self, of: &ClassOfPicture, range: usize, labels: u32) {
        self.labels.push((of.class, range as u32, of.at, labels));
    }

    /// What became of labels: the place of each, and the score of what found it.
    pub(super) fn tell(&mut self, of: &ClassOfPicture, labels: impl Iterator<Item = (usize, Option<f64>)>) {
        self.fates.extend(labels.map(|(source, score)| {
            let picture = of.at;
            let fate = Fate {
                source,
                picture,
                score,
            };
            (of.class, fate)
        }));
    }

    fn push(&mut self, of: &ClassOfPicture, row: u32, what: u32) {
        self.found.push(Found {
            score: of.detection(row as usize).score,
            class: of.class,
            picture: of.at,
            rank: row,
            what,
        });
    }
}

/// Pictures that are judged by one thread at a stretch.
const AT_A_STRETCH: usize = 64;

/// Judges every class of every picture. `overlaps`: how many there are in each range of sizes. `R`: buffers of one thread.
pub(super) fn judged<R: Default>(
    pictures: &[PairedPicture],
    classes: usize,
    overlaps: &[usize],
    judge: impl Fn(&mut R, &ClassOfPicture, &mut Judged) + Sync,
) -> Judgements {
    let stretches: Vec<Judged> = pictures
        .par_chunks(AT_A_STRETCH)
        .enumerate()
        .map(|(stretch, some)| {
            let mut out = Judged::new(overlaps.len());
            out.found
                .reserve_exact(some.iter().map(|picture| picture.found.len()).sum());
            let (mut room, mut order) = (R::default(), Order::default());
            for (at, picture) in some.iter().enumerate() {
                let at = (stretch * AT_A_STRETCH + at) as u32;
                order.each_class(at, picture, |of| judge(&mut room, of, &mut out));
            }
            out
        })
        .collect();
    Judgements::of(stretches, classes, overlaps)
}

/// Boxes of one picture, class by class. Sorted are single numbers, from the highest bits down: the class, of detections the
/// score (turned so that the best is least), the place.
#[derive(Default)]
struct Order {
    truth: Vec<u64>,
    found: Vec<u128>,
    truth_places: Vec<u32>,
    found_places: Vec<u32>,
}

impl Order {
    fn each_class(&mut self, at: u32, picture: &PairedPicture, mut judge: impl FnMut(&ClassOfPicture)) {
        self.truth.clear();
        let labels = (0u64..).zip(&picture.truth);
        self.truth
            .extend(labels.map(|(place, label)| ((label.class as u64) << 32) | place));
        self.truth.sort_unstable();
        self.found.clear();
        self.found
            .extend((0u128..).zip(&picture.found).map(|(place, one)| {
                ((one.class as u128) << 96) | (u128::from(falling(one.score)) << 32) | place
            }));
        self.found.sort_unstable();
        // The lowest bits.
        self.truth_places.clear();
        self.truth_places.extend(self.truth.iter().map(|one| *one as u32));
        self.found_places.clear();
        self.found_places.extend(self.found.iter().map(|one| *one as u32));
        let (class_of_truth, class_of_found) =
            (|one: &u64| (one >> 32) as u32, |one: &u128| (one >> 96) as u32);
        let (mut truth, mut found) = (0, 0);
        while truth < self.truth.len() || found < self.found.len() {
            let of_truth = self.truth.get(truth).map(class_of_truth);
            let of_found = self.found.get(found).map(class_of_found);
            let class = of_truth
                .into_iter()
                .chain(of_found)
                .min()
                .expect("one of the two lists has not ended");
            let labels = self.truth[truth..].partition_point(|one| class_of_truth(one) <= class);
            let boxes = self.found[found..].partition_point(|one| class_of_found(one) <= class);
            judge(&ClassOfPicture {
                picture,
                at,
                class,
                truth: &self.truth_places[truth..truth + labels],
                found: &self.found_places[found..found + boxes],
            });
            (truth, found) = (truth + labels, found + boxes);
        }
    }
}

/// A number that rises as scores fall, in the order of [`f64::total_cmp`].
fn falling(score: f64) -> u64 {
    let bits = score.to_bits();
    if bits >> 63 == 1 {
        bits
    } else {
        !bits & (u64::MAX >> 1)
    }
}

/// Everything that was said, class by class, best first.
pub(super) struct Judgements {
    found: Vec<Vec<Found>>,
    bits: Vec<Bits>,
    /// All bits of each range.
    all: Vec<u16>,
    /// By range, then by class: picture and labels that count.
    labels: Vec<Vec<Vec<(u32, u32)>>>,
    /// By class, in the first range.
    fates: Vec<Vec<Fate>>,
}

impl Judgements {
    fn of(stretches: Vec<Judged>, classes: usize, overlaps: &[usize]) -> Self {
        let ranges = overlaps.len();
        let mut sizes = vec![0; classes];
        for one in stretches.iter().flat_map(|stretch| &stretch.found) {
            sizes[one.class as usize] += 1;
        }
        let mut all = Self {
            found: sizes.into_iter().map(Vec::with_capacity).collect(),
            bits: Vec::with_capacity(stretches.iter().map(|stretch| stretch.bits.len()).sum()),
            all: overlaps
                .iter()
                .map(|overlaps| ((1u32 << overlaps) - 1) as u16)
                .collect(),
            labels: vec![vec![Vec::new(); classes]; ranges],
            fates: vec![Vec::new(); classes],
        };
        for stretch in stretches {
            let before = (all.bits.len() / ranges) as u32;
            for one in stretch.found {
                let what = one.what + if one.what & MET == 0 { 0 } else { before };
                all.found[one.class as usize].push(Found { what, ..one });
            }
            all.bits.extend(stretch.bits);
            for (class, range, picture, labels) in stretch.labels {
                all.labels[range as usize][class as usize].push((picture, labels));
            }
            for (class, fate) in stretch.fates {
                all.fates[class as usize].push(fate);
            }
        }
        // Equal scores: in the order of the pictures, then of the file.
        all.found.par_iter_mut().for_each(|found| {
            // One wide number is compared faster than three.
            found.sort_unstable_by_key(|one| {
                (u128::from(falling(one.score)) << 64)
                    | (u128::from(one.picture) << 32)
                    | u128::from(one.rank)
            });
        });
        all
    }

    fn bits(&self, one: &Found, range: usize) -> Option<&Bits> {
        let ranges = self.all.len();
        (one.what & MET != 0).then(|| &self.bits[(one.what & !MET) as usize * ranges + range])
    }

    /// The ranking of each class in the first range.
    pub(super) fn rankings(self) -> Vec<Ranking> {
        let ranked = |found: &Vec<Found>| -> Vec<Ranked> {
            let kept = found.iter().filter_map(|one| {
                let (right, passed_over, source) = match self.bits(one, 0) {
                    Some(bits) => (bits.right, bits.passed_over, bits.source),
                    None => (0, if one.what & 1 == 1 { 0 } else { self.all[0] }, NOTHING),
                };
                (passed_over != self.all[0]).then_some(Ranked {
                    score: one.score,
                    picture: one.picture,
                    rank: one.rank,
                    right,
                    passed_over,
                    source,
                })
            });
            let mut ranked = Vec::with_capacity(found.len());
            ranked.extend(kept);
            ranked
        };
        let ranked: Vec<Vec<Ranked>> = self.found.par_iter().map(ranked).collect();
        let labels = self.labels.into_iter().next().unwrap_or_default();
        let parts = ranked.into_iter().zip(labels).zip(self.fates);
        let ranking = |((ranked, labels), fates)| Ranking {
            ranked,
            labels,
            fates,
        };
        parts.map(ranking).collect()
    }

    /// Tallies by range, then by class.
    pub(super) fn tallies(mut self) -> Vec<Vec<Tally>> {
        let ranges = self.all.len();
        let labels = std::mem::take(&mut self.labels);
        let of_class = |found: &Vec<Found>| -> Vec<Tally> {
            let mut tallies = Vec::new();
            tallies.resize_with(ranges, Tally::default);
            for one in found {
                if one.what & MET == 0 {
                    let mut within = one.what;
                    while within != 0 {
                        tallies[within.trailing_zeros() as usize].wrong(one.picture);
                        within &= within - 1;
                    }
                    continue;
                }
                for (range, tally) in tallies.iter_mut().enumerate() {
                    let Some(bits) = self
                        .bits(one, range)
                        .filter(|bits| bits.passed_over != self.all[range])
                    else {
                        continue;
                    };
                    tally.event(Event {
                        picture: one.picture,
                        rank: one.rank,
                        right: bits.right,
                        passed_over: bits.passed_over,
                    });
                }
            }
            tallies
        };
        let by_class: Vec<Vec<Tally>> = self.found.par_iter().map(of_class).collect();
        let mut by_range: Vec<Vec<Tally>> = Vec::new();
        by_range.resize_with(ranges, || Vec::with_capacity(by_class.len()));
        for tallies in by_class {
            for (range, tally) in tallies.into_iter().enumerate() {
                by_range[range].push(tally);
            }
        }
        for (tally, labels) in by_range.iter_mut().flatten().zip(labels.into_iter().flatten()) {
            tally.labels = labels;
        }
        by_range
    }
}
