//! Figures of a detector as it is used, at one overlap and one threshold. In: rankings of each class. Out: counts by
//! picture, and ratios of their sums: precision, recall, false alarms, miss rate, calibration.

use super::pair::Paired;
use super::ranking::{Fate, Ranked, Ranking, RankingRule, SizeRange};
use rayon::prelude::*;

/// Ranges of the score for calibration.
const BINS: usize = 10;
/// Dollár et al. 2012, "Pedestrian detection: an evaluation of the state of the art", section 3.1: nine rates, evenly
/// spaced in the logarithm.
const REFERENCE_RATES: usize = 9;

/// What was counted, picture by picture, and the rankings behind it.
pub(in crate::observe) struct AtThreshold {
    by_class: Vec<Ranking>,
    threshold: f64,
    seconds: Vec<Option<f64>>,
    pictures: Vec<PictureCounts>,
}

#[derive(Clone, Copy, Default)]
struct PictureCounts {
    labels: u32,
    right: u32,
    wrong: u32,
}

/// Summed counts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::observe) struct Sums {
    pub(in crate::observe) labels: f64,
    pub(in crate::observe) right: f64,
    pub(in crate::observe) wrong: f64,
    pub(in crate::observe) pictures: f64,
    pub(in crate::observe) seconds: f64,
}

impl Sums {
    pub(in crate::observe) fn precision(&self) -> Option<f64> {
        (self.right + self.wrong > 0.0).then(|| self.right / (self.right + self.wrong))
    }

    pub(in crate::observe) fn recall(&self) -> Option<f64> {
        (self.labels > 0.0).then(|| self.right / self.labels)
    }

    pub(in crate::observe) fn f1(&self) -> Option<f64> {
        (self.labels + self.right + self.wrong > 0.0)
            .then(|| 2.0 * self.right / (self.labels + self.right + self.wrong))
    }

    pub(in crate::observe) fn wrong_per_picture(&self) -> Option<f64> {
        (self.pictures > 0.0).then(|| self.wrong / self.pictures)
    }

    pub(in crate::observe) fn wrong_per_hour(&self) -> Option<f64> {
        (self.seconds > 0.0).then(|| self.wrong / (self.seconds / 3600.0))
    }
}

impl AtThreshold {
    pub(in crate::observe) fn of(paired: &Paired, overlap: f64, threshold: Option<f64>) -> Self {
        let overlaps = [overlap];
        let by_class: Vec<Ranking> = (0..paired.classes.len())
            .into_par_iter()
            .map(|class| {
                Ranking::of(
                    &paired.pictures,
                    &RankingRule {
                        class,
                        range: SizeRange::areas(0.0, f64::INFINITY),
                        overlaps: &overlaps,
                        most_found: usize::MAX,
                        crowds_alone: false,
                    },
                )
            })
            .collect();
        let threshold = threshold.unwrap_or(f64::NEG_INFINITY);
        let mut pictures = vec![PictureCounts::default(); paired.pictures.len()];
        for ranking in &by_class {
            for (counts, labels) in pictures.iter_mut().zip(&ranking.labels) {
                counts.labels += labels;
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
            by_class,
            threshold,
            seconds,
            pictures,
        }
    }

    /// Whether every picture has a length in time.
    pub(in crate::observe) fn is_timed(&self) -> bool {
        !self.seconds.is_empty() && self.seconds.iter().all(Option::is_some)
    }

    /// Sums over the pictures, each taken as often as `weights` says.
    pub(in crate::observe) fn sums(&self, weights: Option<&[u32]>) -> Sums {
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
    pub(in crate::observe) fn fates(&self) -> impl Iterator<Item = (&Fate, bool)> {
        let found = |fate: &Fate| fate.score.is_some_and(|score| score >= self.threshold);
        self.by_class
            .iter()
            .flat_map(|ranking| &ranking.fates)
            .map(move |fate| (fate, found(fate)))
    }

    /// Miss rate by false positives per picture: mean over classes of Dollár's average.
    pub(in crate::observe) fn log_average_miss_rate(&self, weights: Option<&[u32]>) -> Option<f64> {
        let pictures = match weights {
            None => self.pictures.len() as f64,
            Some(weights) => weights.iter().map(|times| f64::from(*times)).sum(),
        };
        let (mut sum, mut classes) = (0.0, 0u32);
        for ranking in &self.by_class {
            let labels: u64 = match weights {
                None => ranking.label_count(),
                Some(weights) => ranking
                    .labels
                    .iter()
                    .zip(weights)
                    .map(|(n, times)| u64::from(n * times))
                    .sum(),
            };
            if labels == 0 || pictures <= 0.0 {
                continue;
            }
            let mut rates = [1.0f64; REFERENCE_RATES];
            let (mut right, mut wrong) = (0.0, 0.0);
            let limits = reference_rates();
            for one in ranking.ranked.iter().filter(|one| one.passed_over == 0) {
                let times = f64::from(weights.map_or(1, |weights| weights[one.picture as usize]));
                right += times * f64::from(one.right);
                wrong += times * f64::from(1 - one.right);
                for (rate, limit) in rates.iter_mut().zip(&limits) {
                    if wrong / pictures <= *limit {
                        *rate = 1.0 - right / labels as f64;
                    }
                }
            }
            // A rate of 0 has no logarithm; the reference code takes 1e-10.
            let mean = rates.iter().map(|rate| rate.max(1e-10).ln()).sum::<f64>() / REFERENCE_RATES as f64;
            sum += mean.exp();
            classes += 1;
        }
        (classes > 0).then(|| sum / f64::from(classes))
    }

    /// Miss rate by false positives per picture, all classes together, at every change; thinned to at most `most` points.
    pub(in crate::observe) fn miss_rate_curve(&self, most: usize) -> Vec<(f64, f64)> {
        let labels: u64 = self.by_class.iter().map(Ranking::label_count).sum();
        let pictures = self.pictures.len() as f64;
        let mut all: Vec<&Ranked> = self
            .by_class
            .iter()
            .flat_map(|ranking| &ranking.ranked)
            .filter(|one| one.passed_over == 0)
            .collect();
        all.sort_by(|a, b| b.score.total_cmp(&a.score));
        let (mut right, mut wrong) = (0.0, 0.0);
        let mut points = Vec::new();
        for one in all {
            right += f64::from(one.right);
            wrong += f64::from(1 - one.right);
            points.push((wrong / pictures, 1.0 - right / labels as f64));
        }
        let step = points.len().div_ceil(most).max(1);
        let last = points.last().copied();
        let mut thinned: Vec<(f64, f64)> = points.into_iter().step_by(step).collect();
        if thinned.last().copied() != last {
            thinned.extend(last);
        }
        thinned
    }

    /// Least and greatest score; none without detections.
    pub(in crate::observe) fn score_range(&self) -> Option<(f64, f64)> {
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

    /// By range of the score: detections, their mean score, and the share that is right.
    pub(in crate::observe) fn reliability(&self, weights: Option<&[u32]>) -> Vec<(f64, f64, f64)> {
        let mut bins = [(0.0, 0.0, 0.0); BINS];
        for one in self
            .by_class
            .iter()
            .flat_map(|ranking| &ranking.ranked)
            .filter(|one| one.passed_over == 0)
        {
            let times = f64::from(weights.map_or(1, |weights| weights[one.picture as usize]));
            // The last range holds its upper end.
            let at = ((one.score * BINS as f64) as usize).min(BINS - 1);
            bins[at].0 += times;
            bins[at].1 += times * one.score;
            bins[at].2 += times * f64::from(one.right);
        }
        bins.iter()
            .filter(|(n, _, _)| *n > 0.0)
            .map(|(n, score, right)| (*n, score / n, right / n))
            .collect()
    }

    /// Guo et al. 2017: mean over detections of the distance between score and share that is right, by range.
    pub(in crate::observe) fn calibration_error(&self, weights: Option<&[u32]>) -> Option<f64> {
        let bins = self.reliability(weights);
        let all: f64 = bins.iter().map(|(n, _, _)| n).sum();
        (all > 0.0).then(|| {
            bins.iter()
                .map(|(n, score, right)| n / all * (score - right).abs())
                .sum()
        })
    }
}

/// 0.01 to 1, as `numpy.logspace(-2, 0, 9)`.
fn reference_rates() -> [f64; REFERENCE_RATES] {
    std::array::from_fn(|at| 10f64.powf(-2.0 + at as f64 * 0.25))
}
