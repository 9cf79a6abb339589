//! Figures of a detector as it is used, at one overlap and one threshold. In: rankings of each class. Out: counts by
//! picture, and ratios of their sums: precision, recall, false alarms, miss rate, calibration.

use super::pair::Paired;
use super::ranking::{self, Fate, Ranking, SizeRange, Weights};
use super::tally::{Hit, Tally};

/// Ranges of the score for calibration.
pub(crate) const BINS: usize = 10;
/// Dollár et al. 2012, "Pedestrian detection: an evaluation of the state of the art", section 3.1: nine rates, evenly
/// spaced in the logarithm.
const REFERENCE_RATES: usize = 9;

/// What was counted, picture by picture, and the rankings behind it.
pub(crate) struct AtThreshold {
    by_class: Vec<Ranking>,
    tallies: Vec<Tally>,
    threshold: f64,
    seconds: Vec<Option<f64>>,
    pictures: Vec<PictureCounts>,
    bins: Vec<Bins>,
}

/// By range of the score: detections, the sum of their scores, and how many are right.
type Bins = [(f64, f64, f64); BINS];

#[derive(Clone, Copy, Default)]
struct PictureCounts {
    labels: u32,
    right: u32,
    wrong: u32,
}

/// Summed counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Sums {
    pub(crate) labels: f64,
    pub(crate) right: f64,
    pub(crate) wrong: f64,
    pub(crate) pictures: f64,
    pub(crate) seconds: f64,
}

impl Sums {
    pub(crate) fn precision(&self) -> Option<f64> {
        (self.right + self.wrong > 0.0).then(|| self.right / (self.right + self.wrong))
    }

    pub(crate) fn recall(&self) -> Option<f64> {
        (self.labels > 0.0).then(|| self.right / self.labels)
    }

    pub(crate) fn f1(&self) -> Option<f64> {
        (self.labels + self.right + self.wrong > 0.0)
            .then(|| 2.0 * self.right / (self.labels + self.right + self.wrong))
    }

    pub(crate) fn wrong_per_picture(&self) -> Option<f64> {
        (self.pictures > 0.0).then(|| self.wrong / self.pictures)
    }

    pub(crate) fn wrong_per_hour(&self) -> Option<f64> {
        (self.seconds > 0.0).then(|| self.wrong / (self.seconds / 3600.0))
    }
}

impl AtThreshold {
    pub(crate) fn of(paired: &Paired, overlap: f64, threshold: Option<f64>) -> Self {
        let overlaps = [overlap];
        let by_class: Vec<Ranking> = ranking::rank(
            &paired.pictures,
            paired.classes.len(),
            (SizeRange::areas(0.0, f64::INFINITY), &overlaps),
            false,
        );
        let threshold = threshold.unwrap_or(f64::NEG_INFINITY);
        let mut pictures = vec![PictureCounts::default(); paired.pictures.len()];
        for ranking in &by_class {
            for (picture, labels) in &ranking.labels {
                pictures[*picture as usize].labels += labels;
            }
            for one in ranking
                .ranked
                .iter()
                .filter(|one| one.score >= threshold && one.passed_over == 0)
            {
                let counts = &mut pictures[one.picture as usize];
                counts.right += u32::from(one.right);
                counts.wrong += u32::from(1 - one.right);
            }
        }
        let seconds = paired
            .pictures
            .iter()
            .map(|picture| {
                let sequence = &paired.sequences[picture.sequence];
                sequence
                    .frames_per_second
                    .filter(|_| sequence.in_time)
                    .map(|rate| 1.0 / rate)
            })
            .collect();
        Self {
            tallies: by_class.iter().map(Tally::of).collect(),
            bins: bins(&by_class, paired.pictures.len()),
            by_class,
            threshold,
            seconds,
            pictures,
        }
    }

    /// Whether every picture has a length in time.
    pub(crate) fn is_timed(&self) -> bool {
        !self.seconds.is_empty() && self.seconds.iter().all(Option::is_some)
    }

    /// Sums over the pictures, each taken as often as `weights` says.
    pub(crate) fn sums(&self, weights: Option<&[u32]>) -> Sums {
        let mut sums = Sums::default();
        let timed = self.is_timed();
        for (at, counts) in self.pictures.iter().enumerate() {
            let times = f64::from(weights.map_or(1, |weights| weights[at]));
            sums.labels += times * f64::from(counts.labels);
            sums.right += times * f64::from(counts.right);
            sums.wrong += times * f64::from(counts.wrong);
            sums.pictures += times;
            if timed {
                sums.seconds += times * self.seconds[at].unwrap_or(0.0);
            }
        }
        sums
    }

    /// What became of every label that counts, of every class; found: by something at or above the threshold.
    pub(crate) fn fates(&self) -> impl Iterator<Item = (&Fate, bool)> {
        let found = |fate: &Fate| fate.score.is_some_and(|score| score >= self.threshold);
        self.by_class
            .iter()
            .flat_map(|ranking| &ranking.fates)
            .map(move |fate| (fate, found(fate)))
    }

    /// Miss rate by false positives per picture, class by class, in one walk over the detections. `limits`: false positives per picture, rising.
    pub(crate) fn missed(&self, limits: &[f64], weights: Weights) -> Option<Missed> {
        let pictures = match weights {
            None => self.pictures.len() as f64,
            Some(weights) => weights.iter().map(|times| f64::from(*times)).sum(),
        };
        let over_reference = first_over(&reference_rates(), pictures);
        let over_limits = first_over(limits, pictures);
        let mut sums = vec![0.0; limits.len()];
        let (mut sum, mut classes) = (0.0, 0u32);
        for tally in &self.tallies {
            let labels = tally.label_count(weights);
            if labels == 0 || pictures <= 0.0 {
                continue;
            }
            let [at_reference, at_limits] =
                miss_rates(tally, [&over_reference, &over_limits], labels as f64, weights);
            // A rate of 0 has no logarithm; the reference code takes 1e-10.
            let logarithms = at_reference.iter().map(|rate| rate.max(1e-10).ln());
            sum += (logarithms.sum::<f64>() / REFERENCE_RATES as f64).exp();
            for (sum, rate) in sums.iter_mut().zip(at_limits) {
                *sum += rate;
            }
            classes += 1;
        }
        (classes > 0).then(|| Missed {
            log_average: sum / f64::from(classes),
            at_limits: sums.into_iter().map(|sum| sum / f64::from(classes)).collect(),
        })
    }

    /// Detections below it do not count.
    pub(crate) fn threshold(&self) -> f64 {
        self.threshold
    }

    /// Rankings of each class, at the overlap of the settings.
    pub(crate) fn rankings(&self) -> &[Ranking] {
        &self.by_class
    }

    /// Detections that are wrong, whatever their score.
    pub(crate) fn false_positives(&self) -> f64 {
        let ranked = self.by_class.iter().flat_map(|ranking| &ranking.ranked);
        let wrong = ranked.filter(|one| one.passed_over == 0 && one.right == 0);
        wrong.count() as f64
    }

    /// Least and greatest score; none without detections.
    pub(crate) fn score_range(&self) -> Option<(f64, f64)> {
        let scores = self
            .by_class
            .iter()
            .flat_map(|ranking| &ranking.ranked)
            .map(|one| one.score);
        scores.fold(None, |range, score| match range {
            None => Some((score, score)),
            Some((least, most)) => Some((score.min(least), score.max(most))),
        })
    }

    /// By range of the score: detections, their mean score, and the share that is right; none where a range is empty.
    pub(crate) fn reliability(&self, weights: Weights) -> [Option<(f64, f64, f64)>; BINS] {
        let mut sums = [(0.0, 0.0, 0.0); BINS];
        for (at, bins) in self.bins.iter().enumerate() {
            let times = f64::from(weights.map_or(1, |weights| weights[at]));
            for (sum, bin) in sums.iter_mut().zip(bins) {
                sum.0 += times * bin.0;
                sum.1 += times * bin.1;
                sum.2 += times * bin.2;
            }
        }
        sums.map(|(n, score, right)| (n > 0.0).then(|| (n, score / n, right / n)))
    }
}

/// Miss rates, each a mean over classes.
pub(crate) struct Missed {
    /// Dollár's average.
    pub(crate) log_average: f64,
    pub(crate) at_limits: Vec<f64>,
}

/// Guo et al. 2017: mean over detections of the distance between score and share that is right, by range of the score, from
/// what [`AtThreshold::reliability`] gives.
pub(crate) fn calibration_error(reliability: &[Option<(f64, f64, f64)>; BINS]) -> Option<f64> {
    let bins = || reliability.iter().flatten();
    let all: f64 = bins().map(|(n, _, _)| n).sum();
    (all > 0.0).then(|| {
        bins()
            .map(|(n, score, right)| n / all * (score - right).abs())
            .sum()
    })
}

/// Counted picture by picture, so that drawn pictures can be summed.
fn bins(rankings: &[Ranking], pictures: usize) -> Vec<Bins> {
    let mut of_pictures = vec![[(0.0, 0.0, 0.0); BINS]; pictures];
    let all = rankings.iter().flat_map(|ranking| &ranking.ranked);
    for one in all.filter(|one| one.passed_over == 0) {
        // The last range holds its upper end.
        let at = ((one.score * BINS as f64) as usize).min(BINS - 1);
        let bin = &mut of_pictures[one.picture as usize][at];
        bin.0 += 1.0;
        bin.1 += one.score;
        bin.2 += f64::from(one.right);
    }
    of_pictures
}

/// The fewest false positives at which there are more per picture than each limit says.
fn first_over(limits: &[f64], pictures: f64) -> Vec<i64> {
    let fewest = |limit: &f64| {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a count of detections; the largest stands for all beyond"
        )]
        let mut wrong = (limit * pictures) as i64 - 1;
        while wrong < i64::MAX / 2 && wrong as f64 / pictures <= *limit {
            wrong += 1;
        }
        wrong
    };
    limits.iter().map(fewest).collect()
}

/// Miss rate of one class at the last detection before there are as many false positives as `over` says; for each list.
fn miss_rates<const N: usize>(
    tally: &Tally,
    over: [&[i64]; N],
    labels: f64,
    weights: Weights,
) -> [Vec<f64>; N] {
    let mut rates = over.map(|over| Vec::with_capacity(over.len()));
    let (mut right, mut wrong, mut so_far) = (0i64, 0i64, 1.0);
    let mut close = |wrong: i64, so_far: f64| {
        for (rates, over) in rates.iter_mut().zip(over) {
            while rates.len() < over.len() && wrong >= over[rates.len()] {
                rates.push(so_far);
            }
        }
    };
    let last = tally.hits(weights, |hit: Hit| {
        if hit.wrong > 0 {
            wrong += hit.wrong;
            close(wrong, so_far);
        }
        right += hit.right;
        so_far = 1.0 - right as f64 / labels;
    });
    close(wrong + last, so_far);
    for (rates, over) in rates.iter_mut().zip(over) {
        rates.resize(over.len(), so_far);
    }
    rates
}

/// 0.01 to 1, as `numpy.logspace(-2, 0, 9)`.
fn reference_rates() -> [f64; REFERENCE_RATES] {
    std::array::from_fn(|at| 10f64.powf(-2.0 + at as f64 * 0.25))
}
