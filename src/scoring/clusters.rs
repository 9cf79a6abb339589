//! What is drawn again and again for an interval. In: pictures in order. Out: to which unit each belongs: a sequence, a
//! stretch of one, or itself. Boxes of one picture, and pictures that follow each other, resemble each other; whole units
//! are drawn, so that the interval knows.

use super::pair::Paired;
use super::ranking::Weights;
use rayon::prelude::*;
use vsa_record::estimate::{Interval, IntervalMethod};
use vsa_record::scores::Resampled;
use vsa_statistics::generator::draw_below;
use vsa_statistics::proportion::rule_of_three;
use vsa_statistics::resample::expanded_percentiles;
use vsa_statistics::streams::EVALUATION;

/// With fewer sequences than this, stretches of them are drawn instead: intervals from a handful of units are too short.
const LEAST_SEQUENCES: usize = 8;
/// Into so many stretches all footage together is cut, where stretches are drawn.
const STRETCHES: usize = 20;
/// No stretch is shorter, in frames.
const LEAST_STRETCH: usize = 10;

/// The units, and which one each picture belongs to.
pub(crate) struct Clusters {
    pub(crate) of_picture: Vec<u32>,
    pub(crate) n: usize,
    pub(crate) resampled: Resampled,
}

impl Clusters {
    pub(crate) fn of(paired: &Paired) -> Self {
        let in_time = paired.sequences.iter().any(|sequence| sequence.in_time);
        if in_time && paired.sequences.len() >= LEAST_SEQUENCES {
            return Self {
                of_picture: paired
                    .pictures
                    .iter()
                    .map(|picture| picture.sequence as u32)
                    .collect(),
                n: paired.sequences.len(),
                resampled: Resampled::Sequences {
                    n: paired.sequences.len() as u64,
                },
            };
        }
        let pictures = paired.pictures.len();
        if !in_time {
            return Self {
                of_picture: (0..pictures as u32).collect(),
                n: pictures,
                resampled: Resampled::Pictures { n: pictures as u64 },
            };
        }
        let length = pictures.div_ceil(STRETCHES).max(LEAST_STRETCH);
        let mut of_picture = Vec::with_capacity(pictures);
        let mut n = 0usize;
        for of_sequence in paired.pictures.chunk_by(|a, b| a.sequence == b.sequence) {
            // Stretches of nearly the same length: a short last one would count as much as the others.
            let stretches = (of_sequence.len() as f64 / length as f64).round().max(1.0) as usize;
            for at in 0..of_sequence.len() {
                of_picture.push((n + at * stretches / of_sequence.len()) as u32);
            }
            n += stretches;
        }
        Self {
            of_picture,
            n,
            resampled: Resampled::Stretches {
                n: n as u64,
                frames: length as u64,
            },
        }
    }

    fn method(&self) -> (IntervalMethod, Option<u64>) {
        match self.resampled {
            Resampled::Stretches { frames, .. } => (IntervalMethod::StretchBootstrap, Some(frames)),
            Resampled::Sequences { .. } | Resampled::Pictures { .. } => {
                (IntervalMethod::ClusterBootstrap, None)
            }
        }
    }

    /// How often each unit is drawn in replicate `replicate`.
    pub(crate) fn draw(&self, replicate: u64) -> Vec<u32> {
        let mut times = vec![0u32; self.n];
        for at in 0..self.n {
            times[draw_below(EVALUATION.at(0), replicate * self.n as u64 + at as u64, self.n)] += 1;
        }
        times
    }

    /// Values of `figures` (called with how often each unit was drawn) over the replicates, figure by figure, each in the
    /// order of the replicates: the same for any number of threads.
    pub(crate) fn replicates<F>(&self, resamples: u64, figures: F) -> Vec<Vec<Option<f64>>>
    where
        F: Fn(&[u32]) -> Vec<Option<f64>> + Sync,
    {
        if self.n < 2 {
            return Vec::new();
        }
        let rows: Vec<Vec<Option<f64>>> = (0..resamples)
            .into_par_iter()
            .map(|replicate| figures(&self.draw(replicate)))
            .collect();
        let columns = rows.first().map_or(0, Vec::len);
        (0..columns)
            .map(|column| rows.iter().map(|row| row[column]).collect())
            .collect()
    }

    /// What `of` gives (called with how often each unit was drawn; none: each once), and what it gives over the replicates.
    pub(crate) fn bootstrap(
        &self,
        resamples: u64,
        of: impl Fn(Option<&[u32]>) -> Vec<Option<f64>> + Sync,
    ) -> Bootstrapped {
        Bootstrapped {
            values: of(None),
            replicates: self.replicates(resamples, |times| of(Some(times))),
        }
    }

    /// The same where `of` asks how often each picture was drawn.
    pub(crate) fn bootstrap_pictures(
        &self,
        resamples: u64,
        of: impl Fn(Weights) -> Vec<Option<f64>> + Sync,
    ) -> Bootstrapped {
        self.bootstrap(resamples, |times| {
            let weights = times.map(|times| self.by_picture(times));
            of(weights.as_deref())
        })
    }

    /// How often each picture is drawn, from how often each unit is.
    pub(crate) fn by_picture(&self, times: &[u32]) -> Vec<u32> {
        self.of_picture.iter().map(|unit| times[*unit as usize]).collect()
    }

    /// The interval of a figure from its replicates. `whole`: the ends that it cannot pass. `cases`: labels or detections
    /// behind it, which may be in few of the units.
    pub(crate) fn interval(
        &self,
        value: f64,
        replicates: &[Option<f64>],
        whole: (f64, f64),
        cases: u64,
    ) -> Interval {
        let (method, block) = self.method();
        let mut values: Vec<f64> = replicates.iter().copied().flatten().collect();
        // A replicate in which nothing could be measured (no label was drawn) says nothing; if many say nothing, all do.
        let enough = values.len() * 20 >= replicates.len() * 19 && !values.is_empty();
        let ends = expanded_percentiles(&mut values, self.n).filter(|_| enough);
        match ends {
            Some((low, high)) if low < high => Interval {
                block,
                ..Interval::between(low, high, method).holding(value)
            },
            // Nothing varies from unit to unit, or too few units say anything. That is no certainty: what never happened in n
            // units may happen in 3 of n; and of fewer cases than units, only as many units can have spoken.
            _ if self.n >= 2 => {
                let spoke = (self.n as f64).min(cases.max(1) as f64);
                let room = rule_of_three(spoke) * (whole.1 - whole.0).min(1.0);
                let at_an_end = value <= whole.0 || value >= whole.1;
                let method = if at_an_end {
                    IntervalMethod::RuleOfThree
                } else {
                    IntervalMethod::ThreeDepartures
                };
                let (low, high) = ((value - room).max(whole.0), (value + room).min(whole.1));
                Interval::between(low, high, method)
            }
            // One unit: it was counted in full, and says nothing about any other.
            _ => Interval::between(value, value, IntervalMethod::CompleteCount),
        }
    }
}

/// Values, and what each is when the units are drawn again and again.
pub(crate) struct Bootstrapped {
    pub(crate) values: Vec<Option<f64>>,
    /// Value by value; empty where nothing is drawn.
    replicates: Vec<Vec<Option<f64>>>,
}

impl Bootstrapped {
    /// What value number `at` is in each replicate.
    pub(crate) fn replicates(&self, at: usize) -> &[Option<f64>] {
        self.replicates.get(at).map_or(&[][..], Vec::as_slice)
    }

    /// The values from number `at` on.
    pub(crate) fn after(mut self, at: usize) -> Self {
        Self {
            values: self.values.split_off(at),
            replicates: self.replicates.drain(at.min(self.replicates.len())..).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn twenty(resampled: Resampled) -> Clusters {
        Clusters {
            of_picture: (0..20).collect(),
            n: 20,
            resampled,
        }
    }

    #[test]
    fn an_interval_bears_the_name_of_what_was_done() {
        let stretches = twenty(Resampled::Stretches { n: 20, frames: 40 });
        let varied: Vec<Option<f64>> = (0..100).map(|n| Some(f64::from(n) / 100.0)).collect();
        let made = |clusters: &Clusters, value: f64, replicates: &[Option<f64>]| {
            let interval = clusters.interval(value, replicates, (0.0, 1.0), 1000);
            (interval.method, interval.block)
        };
        assert_eq!(
            made(&stretches, 0.5, &varied),
            (IntervalMethod::StretchBootstrap, Some(40))
        );
        let pictures = twenty(Resampled::Pictures { n: 20 });
        assert_eq!(
            made(&pictures, 0.5, &varied),
            (IntervalMethod::ClusterBootstrap, None)
        );
        // The same in every replicate: nothing was seen to depart.
        let same = |value: f64| stretches.interval(value, &[Some(value); 100], (0.0, 1.0), 1000);
        for (value, method, low, high) in [
            (0.0, IntervalMethod::RuleOfThree, 0.0, 0.15),
            (1.0, IntervalMethod::RuleOfThree, 0.85, 1.0),
            (0.5, IntervalMethod::ThreeDepartures, 0.35, 0.65),
        ] {
            let found = same(value);
            assert_eq!((found.method, found.block), (method, None), "{value}");
            assert!(
                (found.low - low).abs() < 1e-12 && (found.high - high).abs() < 1e-12,
                "{found:?}"
            );
        }
    }
}
