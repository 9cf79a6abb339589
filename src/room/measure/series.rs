//! A count per frame over footage of any length. In: counts, frame by frame. Out: totals, means per frame with an
//! interval that knows that neighbouring frames resemble each other.
//!
//! Memory is bounded: frames are summed in chunks, and when there are too many chunks, neighbours are joined two by
//! two. Items follow each other in one series; a block of the bootstrap may reach over the seam between two of them.

use super::axis::held;
use vsa_record::estimate::{Estimate, Interval, IntervalMethod, SampleSize, SampledThing, Unit};
use vsa_statistics::interval::wilson;
use vsa_statistics::resample::{Chunk, block_length, over_time};
use vsa_statistics::streams::Streams;

/// At most so many chunks are kept.
const MOST_CHUNKS: usize = 4096;

/// Two counts per frame that share their chunks: how many, and whether any.
#[derive(Clone, Default)]
pub(super) struct Series {
    /// How often neighbours were joined: a chunk has two to the power of it frames.
    joined: u32,
    /// Finished chunks: how many were counted, in how many frames there was any.
    counts: Vec<Chunk>,
    occupied: Vec<Chunk>,
    open: (u64, u64, u64),
    total: u64,
    total_occupied: u64,
    frames: u64,
}

impl Series {
    pub(super) fn push(&mut self, count: u64) {
        let any = u64::from(count > 0);
        self.total += count;
        self.total_occupied += any;
        self.frames += 1;
        self.open = (self.open.0 + count, self.open.1 + any, self.open.2 + 1);
        if self.open.2 == 1 << self.joined {
            self.close();
        }
        if self.counts.len() > MOST_CHUNKS {
            self.counts = halved(&self.counts);
            self.occupied = halved(&self.occupied);
            self.joined += 1;
        }
    }

    fn close(&mut self) {
        let (count, any, frames) = std::mem::take(&mut self.open);
        let frames = frames as f64;
        for (chunks, sum) in [(&mut self.counts, count), (&mut self.occupied, any)] {
            let sum = sum as f64;
            chunks.push(Chunk { sum, frames });
        }
    }

    pub(super) fn frames(&self) -> u64 {
        self.frames
    }

    pub(super) fn total(&self) -> u64 {
        self.total
    }

    /// Mean count per frame and share of frames with any. None: there was no frame.
    ///
    /// Where resampling cannot vary (somebody in every frame, or in none) or there are too few frames to resample, the
    /// interval is Wilson's with as many observations as there are blocks; for the mean count, of which Wilson's says
    /// nothing, the ends are the count itself if it never varied, and 0 and twice the largest otherwise.
    pub(super) fn estimates(&self, unit: Unit, streams: Streams) -> Option<(Estimate, Estimate)> {
        let whole = self.closed()?;
        let frames = whole.frames as f64;
        let block = block_length(&whole.counts);
        let blocks = whole.counts.len() as f64 / block as f64;
        let share = whole.total_occupied as f64 / frames;
        let resampled = over_time(
            &whole.occupied,
            block.max(block_length(&whole.occupied)),
            streams.at(0),
        );
        let share_interval = match resampled {
            Some(interval) => interval.into(),
            None => whole.in_blocks(Interval::of_independent(share, blocks, whole.frames)?, block),
        };
        Some((
            whole.closed_mean(unit, streams, block),
            whole.held(share, Unit::Ratio, share_interval),
        ))
    }

    /// The mean count of [`Self::estimates`] alone, which takes half the time.
    pub(super) fn mean(&self, unit: Unit, streams: Streams) -> Option<Estimate> {
        let whole = self.closed()?;
        Some(whole.closed_mean(unit, streams, block_length(&whole.counts)))
    }

    /// With its last chunk finished. None: there was no frame.
    fn closed(&self) -> Option<Self> {
        let mut whole = self.clone();
        if whole.open.2 > 0 {
            whole.close();
        }
        (self.frames > 0).then_some(whole)
    }

    fn closed_mean(&self, unit: Unit, streams: Streams, block: usize) -> Estimate {
        let blocks = self.counts.len() as f64 / block as f64;
        let mean = self.total as f64 / self.frames as f64;
        let interval = over_time(&self.counts, block, streams.at(1))
            .map_or_else(|| self.in_blocks(self.guess(blocks), block), Interval::from);
        self.held(mean, unit, interval)
    }

    fn held(&self, value: f64, unit: Unit, interval: Interval) -> Estimate {
        let sample = SampleSize::new(self.frames, SampledThing::Frames);
        held(value, unit, interval, sample)
    }

    /// Ends for a mean that cannot be resampled: what Wilson's interval for one more or one fewer per block would be.
    fn guess(&self, blocks: f64) -> Interval {
        let means = || self.counts.iter().map(|chunk| chunk.sum / chunk.frames);
        let largest = means().fold(0.0, f64::max);
        let smallest = means().fold(largest, f64::min);
        let open = wilson(0.0, blocks).expect("there is at least one block").high;
        let room = (largest - smallest).max(1.0) * open;
        Interval::between(
            (smallest - room).max(0.0),
            largest + room,
            IntervalMethod::WilsonDepartures,
        )
    }

    /// Told how many frames a block has, where blocks of more than one are what is independent.
    fn in_blocks(&self, interval: Interval, block: usize) -> Interval {
        let frames = (block as u64) << self.joined;
        Interval {
            block: (frames > 1).then_some(frames),
            ..interval
        }
    }
}

/// Neighbours joined two by two; a last one without a neighbour stays.
fn halved(chunks: &[Chunk]) -> Vec<Chunk> {
    let pair = |pair: &[Chunk]| {
        pair.iter().fold(Chunk::default(), |sum, chunk| Chunk {
            sum: sum.sum + chunk.sum,
            frames: sum.frames + chunk.frames,
        })
    };
    chunks.chunks(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_bounded_and_totals_are_exact_over_a_day_of_frames() {
        let mut series = Series::default();
        for frame in 0..2_160_000u64 {
            series.push(frame % 3);
        }
        assert!(series.counts.len() <= MOST_CHUNKS);
        assert_eq!(series.total(), 2_160_000);
        let (mean, share) = series
            .estimates(Unit::PeoplePerFrame, Streams::simulated(0))
            .unwrap();
        assert!((mean.value - 1.0).abs() < 1e-12);
        assert!((share.value - 2.0 / 3.0).abs() < 1e-12);
        assert!(mean.interval.low <= 1.0 && mean.interval.high >= 1.0);
    }

    #[test]
    fn somebody_in_every_frame_still_leaves_doubt() {
        let mut series = Series::default();
        (0..100).for_each(|_| series.push(2));
        let (mean, share) = series
            .estimates(Unit::PeoplePerFrame, Streams::simulated(0))
            .unwrap();
        assert!(
            (share.value - 1.0).abs() < 1e-12 && share.interval.low < 0.97,
            "{}",
            share.interval.low
        );
        assert!(mean.interval.low < 2.0 && mean.interval.high > 2.0);
    }

    #[test]
    fn an_interval_over_blocks_is_not_called_wilsons_over_frames() {
        // A crowd that comes and goes slowly, in sight all the time: the share never varies, and neighbours are alike.
        let mut series = Series::default();
        (0..400u64).for_each(|frame| series.push(1 + frame / 40 % 5));
        let (_, share) = series
            .estimates(Unit::PeoplePerFrame, Streams::simulated(0))
            .unwrap();
        assert_eq!(share.interval.method, IntervalMethod::WilsonOfIndependent);
        let frames = share.interval.block.unwrap();
        let of_blocks = wilson(400.0 / frames as f64, 400.0 / frames as f64).unwrap();
        assert!((share.interval.low - of_blocks.low).abs() < 1e-12 && frames > 1);
        let mut one = Series::default();
        one.push(2);
        let (mean, share) = one
            .estimates(Unit::PeoplePerFrame, Streams::simulated(0))
            .unwrap();
        assert_eq!(mean.interval.method, IntervalMethod::WilsonDepartures);
        assert_eq!(share.interval.method, IntervalMethod::Wilson);
    }

    #[test]
    fn without_frames_there_is_no_number() {
        assert!(
            Series::default()
                .estimates(Unit::PeoplePerFrame, Streams::simulated(0))
                .is_none()
        );
    }
}
