//! A ranking, laid out for being summed again and again. In: detections of one class, best first. Out: for any drawing of
//! pictures, labels that count, precision at the 101 recalls at each overlap, and right detections among the best.
//! Detections that are wrong whatever the overlap are most of all; of them nothing but the picture is kept.

use super::ranking::{Ranked, Ranking, Weights, count};

/// Recalls at which precision is read off.
pub(crate) const RECALLS: usize = 101;
/// At most so many detections in a picture, for recall; besides, all that are in the tally.
const FEW: [u32; 2] = [1, 10];

/// One class.
#[derive(Default)]
pub(crate) struct Tally {
    /// Pictures of what is wrong at every overlap, best first.
    wrong: Vec<u32>,
    /// What is right or passed over at some overlap, best first, each with how many of `wrong` come before it.
    events: Vec<(u32, Event)>,
    /// Pictures with labels that count, each with how many.
    pub(super) labels: Vec<(u32, u32)>,
}

/// A detection that is right or passed over at some overlap, bit by bit.
#[derive(Clone, Copy)]
pub(super) struct Event {
    pub(super) picture: u32,
    /// Its rank within its picture, from 0.
    pub(super) rank: u32,
    pub(super) right: u16,
    pub(super) passed_over: u16,
}

/// A right detection (at a single overlap), and what is wrong between the one before and it.
pub(super) struct Hit {
    /// Its place among all right detections, drawn or not.
    pub(super) at: usize,
    pub(super) wrong: i64,
    pub(super) right: i64,
}

/// What is read off at `N` overlaps.
pub(super) struct Read<const N: usize> {
    /// The best precision at each recall or beyond.
    pub(super) precisions: [[f64; N]; RECALLS],
    /// Right detections among the best 1 and 10 of each picture, and in all.
    pub(super) within: [[i64; N]; FEW.len() + 1],
    /// How many recalls so many right detections reach.
    reached: Vec<u8>,
}

impl<const N: usize> Read<N> {
    pub(super) fn new() -> Self {
        Self {
            precisions: [[0.0; N]; RECALLS],
            within: [[0; N]; FEW.len() + 1],
            reached: Vec::new(),
        }
    }

    /// In place: this is done thousands of times.
    fn clear(&mut self) {
        self.precisions.iter_mut().for_each(|point| point.fill(0.0));
        self.within.iter_mut().for_each(|counts| counts.fill(0));
    }

    /// Mean precision at one overlap.
    pub(super) fn averages(&self) -> [f64; N] {
        let mut sums = [0.0; N];
        for precisions in &self.precisions {
            for (sum, precision) in sums.iter_mut().zip(precisions) {
                *sum += precision;
            }
        }
        sums.map(|sum| sum / RECALLS as f64)
    }
}

impl Tally {
    /// Of a ranking at a single overlap: what is passed over there is left out.
    pub(super) fn of(ranking: &Ranking) -> Self {
        let mut tally = Self {
            wrong: Vec::with_capacity(ranking.ranked.len()),
            events: Vec::new(),
            labels: ranking.labels.clone(),
        };
        for one in counting(ranking) {
            tally.event(Event {
                picture: one.picture,
                rank: one.rank,
                right: one.right & 1,
                passed_over: 0,
            });
        }
        tally
    }

    /// The labels that the right detections of [`Self::of`] found, by their places in the labels' list, at [`Hit::at`] each.
    pub(super) fn sources(ranking: &Ranking) -> impl Iterator<Item = u32> {
        counting(ranking)
            .filter(|one| one.right & 1 == 1)
            .map(|one| one.source)
    }

    pub(super) fn wrong(&mut self, picture: u32) {
        self.wrong.push(picture);
    }

    pub(super) fn event(&mut self, event: Event) {
        if event.right | event.passed_over == 0 {
            self.wrong(event.picture);
        } else {
            self.events.push((self.wrong.len() as u32, event));
        }
    }

    /// Labels that count, each as often as its picture was drawn.
    pub(crate) fn label_count(&self, weights: Weights) -> u64 {
        count(&self.labels, weights)
    }

    /// Right detections at the first overlap, best first, and what is wrong after the last.
    pub(super) fn hits(&self, weights: Weights, hit: impl FnMut(Hit)) -> i64 {
        match weights {
            None => self.each_hit(|_| 1, hit),
            Some(weights) => self.each_hit(times_in(weights), hit),
        }
    }

    fn each_hit(&self, times: impl Fn(u32) -> i64, mut hit: impl FnMut(Hit)) -> i64 {
        let (mut from, mut wrong) = (0, 0);
        let between = |from: usize, to: usize| -> i64 {
            self.wrong[from..to].iter().map(|picture| times(*picture)).sum()
        };
        for (at, (before, event)) in self.events.iter().enumerate() {
            wrong += between(from, *before as usize);
            from = *before as usize;
            let right = times(event.picture);
            if right > 0 {
                hit(Hit { at, wrong, right });
                wrong = 0;
            }
        }
        wrong + between(from, self.wrong.len())
    }

    /// Precision and recall; `labels`: how many count, at least one.
    pub(super) fn read<const N: usize>(&self, weights: Weights, labels: u64, read: &mut Read<N>) {
        match weights {
            None => self.sum(|_| 1, labels, read),
            Some(weights) => self.sum(times_in(weights), labels, read),
        }
    }

    /// Counts have a sign here because that is what the machine turns into floating-point numbers in one step.
    fn sum<const N: usize>(&self, times: impl Fn(u32) -> i64, labels: u64, read: &mut Read<N>) {
        read.clear();
        if self.events.is_empty() {
            return;
        }
        let recalls = Recalls::of(labels);
        // A list pays where it is read more often than it is long.
        let listed = self.events.len() * N > 2 * RECALLS;
        if listed {
            recalls.list(&mut read.reached);
        }
        let all_bits = ((1u32 << N) - 1) as u16;
        let (mut seen, mut passed_over, mut right) = (0i64, [0i64; N], [0i64; N]);
        let mut at = 0;
        for (before, event) in &self.events {
            let between = &self.wrong[at..*before as usize];
            seen += between.iter().map(|picture| times(*picture)).sum::<i64>();
            at = *before as usize;
            let times = times(event.picture);
            if times == 0 {
                continue;
            }
            seen += times;
            let mut bits = event.passed_over & all_bits;
            while bits != 0 {
                passed_over[bits.trailing_zeros() as usize] += times;
                bits &= bits - 1;
            }
            let mut bits = event.right & !event.passed_over & all_bits;
            let [best_counts, few_counts, _] = &mut read.within;
            let of_best = if event.rank < FEW[0] { times } else { 0 };
            let of_few = if event.rank < FEW[1] { times } else { 0 };
            while bits != 0 {
                let bit = bits.trailing_zeros() as usize;
                bits &= bits - 1;
                right[bit] += times;
                let wrong = (seen - passed_over[bit] - right[bit]) as f64;
                let so_far = right[bit] as f64;
                // The best precision of those that reach no further recall.
                let reached = if listed {
                    usize::from(read.reached[right[bit] as usize])
                } else {
                    recalls.reached(right[bit])
                };
                let best = &mut read.precisions[reached - 1][bit];
                let precision = so_far / (wrong + so_far + f64::EPSILON);
                // Neither is ever no number.
                *best = if precision > *best { precision } else { *best };
                best_counts[bit] += of_best;
                few_counts[bit] += of_few;
            }
        }
        read.within[FEW.len()] = right;
        // At a recall or beyond.
        let mut beyond = [0.0; N];
        for precisions in read.precisions.iter_mut().rev() {
            for (precision, beyond) in precisions.iter_mut().zip(&mut beyond) {
                *beyond = if *precision > *beyond { *precision } else { *beyond };
                *precision = *beyond;
            }
        }
    }
}

/// What is right or wrong at the first overlap, best first.
fn counting(ranking: &Ranking) -> impl Iterator<Item = &Ranked> {
    ranking.ranked.iter().filter(|one| one.passed_over & 1 == 0)
}

/// The recalls 0, 0.01, …, 1 at which precision is read off.
pub(super) fn recall_at(point: usize) -> f64 {
    if point == RECALLS - 1 {
        1.0
    } else {
        point as f64 * 0.01
    }
}

/// Which recalls so many of the labels reach.
pub(super) struct Recalls {
    labels: f64,
    hundredths: f64,
}

impl Recalls {
    pub(super) fn of(labels: u64) -> Self {
        let labels = labels as f64;
        Self {
            labels,
            hundredths: 100.0 / labels,
        }
    }

    /// How many of the recalls `right` of the labels reach, at least one (a recall of 0) and at most all.
    pub(super) fn reached(&self, right: i64) -> usize {
        let right = right as f64;
        let share = right * self.hundredths;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 to 100, rounded"
        )]
        let near = (share + 0.5) as usize;
        let apart = share - near as f64;
        // A product is enough where no rounding could matter; elsewhere it is compared as the reference does it.
        if apart.abs() > 1e-6 {
            near + usize::from(apart > 0.0)
        } else {
            near + usize::from(right / self.labels >= recall_at(near))
        }
    }

    /// [`reached`](Self::reached) of 0, 1, …, all labels, where each point is looked for once instead of each count.
    fn list(&self, reached: &mut Vec<u8>) {
        reached.clear();
        for point in 1..RECALLS {
            // Those that do not reach this point reach the ones before it.
            let fewest = self.fewest(point);
            if fewest > reached.len() {
                reached.resize(fewest, point as u8);
            }
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        reached.resize(self.labels as usize + 1, RECALLS as u8);
    }

    /// The fewest right detections that reach a point.
    fn fewest(&self, point: usize) -> usize {
        let about = recall_at(point) * self.labels;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        let mut fewest = about as usize;
        // As above: no rounding could matter, or it is compared as the reference does it.
        let apart = about - fewest as f64;
        if apart > 1e-6 && apart < 1.0 - 1e-6 && about < 1e9 {
            return fewest + 1;
        }
        while (fewest as f64) / self.labels < recall_at(point) {
            fewest += 1;
        }
        fewest
    }
}

/// How often a picture was drawn. Every picture has a weight; saying so with a zero spares the loops a way out.
fn times_in(weights: &[u32]) -> impl Fn(u32) -> i64 {
    |picture| weights.get(picture as usize).map_or(0, |times| i64::from(*times))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_recalls_reached_are_those_that_a_division_finds(labels in 1u64..5_000, of in 0.0f64..1.0) {
            let right = ((labels as f64 * of) as i64).max(1);
            let recalls = Recalls::of(labels);
            let expected = (0..RECALLS).filter(|point| right as f64 / labels as f64 >= recall_at(*point)).count();
            prop_assert_eq!(recalls.reached(right), expected);
        }
    }

    #[test]
    fn every_count_of_few_labels_reaches_the_recalls_that_a_division_finds() {
        let mut list = Vec::new();
        for labels in 1..=400u64 {
            let recalls = Recalls::of(labels);
            recalls.list(&mut list);
            assert_eq!(list.len() as u64, labels + 1);
            assert_eq!(list[0], 1, "a recall of 0 is reached by nothing");
            for right in 1..=labels as i64 {
                let reaches = |point: &usize| right as f64 / labels as f64 >= recall_at(*point);
                assert_eq!(
                    recalls.reached(right),
                    (0..RECALLS).filter(reaches).count(),
                    "{right} of {labels}"
                );
                assert_eq!(usize::from(list[right as usize]), recalls.reached(right));
            }
        }
    }
}
