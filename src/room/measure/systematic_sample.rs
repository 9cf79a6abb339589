//! Intervals from several systematic draws of frames. In: for each draw, what was counted in how many frames. Out: the
//! mean over frames with a 95 % interval for the value over *all* frames. The method is told in `record/drawn.rs`.

use vsa_record::estimate::{Interval, IntervalMethod};
use vsa_statistics::interval::wilson;
use vsa_statistics::resample::{Chunk, over_clusters};
use vsa_statistics::streams::Stream;

/// Draws of one quantity.
pub(crate) struct SystematicSample {
    draws: Vec<Chunk>,
    /// Counts of all frames were the same: that one.
    constant: Option<f64>,
    /// Draws that there are.
    possible: u64,
}

impl SystematicSample {
    /// `per_draw`: the counts of each draw's frames.
    pub(crate) fn of(per_draw: &[Vec<f64>], possible: u64) -> Self {
        let first = per_draw.iter().flatten().next().copied();
        let constant = first.filter(|first| per_draw.iter().flatten().all(|count| count == first));
        let draws = per_draw.iter().map(|counts| Chunk {
            sum: counts.iter().sum(),
            frames: counts.len() as f64,
        });
        Self {
            draws: draws.filter(|draw| draw.frames > 0.0).collect(),
            constant,
            possible,
        }
    }

    /// The mean over frames; none: no frame.
    pub(crate) fn mean(&self) -> Option<f64> {
        let frames: f64 = self.draws.iter().map(|draw| draw.frames).sum();
        let sum: f64 = self.draws.iter().map(|draw| draw.sum).sum();
        (frames > 0.0).then(|| sum / frames)
    }

    /// The interval around [`Self::mean`]: a bootstrap over whole draws, made narrower as the draws become all that
    /// there are (finite population correction; Cochran, *Sampling Techniques*, 2.6). Where every frame has the same count, as
    /// many frames as Wilson's interval leaves open may have one more or one fewer. None: fewer than two draws.
    pub(crate) fn interval(&self, stream: Stream) -> Option<Interval> {
        let mean = self.mean()?;
        let drawn = self.draws.len() as f64;
        if self.draws.len() as u64 >= self.possible {
            return Some(Interval::between(mean, mean, IntervalMethod::CompleteCount));
        }
        let left = (1.0 - drawn / self.possible as f64).max(0.0).sqrt();
        if let Some(constant) = self.constant {
            let frames: f64 = self.draws.iter().map(|draw| draw.frames).sum();
            let open = (1.0 - wilson(frames, frames)?.low) * left;
            let low = (constant - open).max(0.0);
            return Some(Interval::between(
                low,
                constant + open,
                IntervalMethod::WilsonDepartures,
            ));
        }
        let found = over_clusters(
            &self.draws,
            2,
            &|draw, sums| {
                sums[0] += draw.sum;
                sums[1] += draw.frames;
            },
            &|sums| vec![Some(sums[0] / sums[1])],
            stream,
        );
        let found = found.into_iter().next().flatten()?;
        let (low, high) = (
            mean - (mean - found.low) * left,
            mean + (found.high - mean) * left,
        );
        Some(Interval::between(
            low.min(mean),
            high.max(mean),
            IntervalMethod::SystematicDraws,
        ))
    }
}
