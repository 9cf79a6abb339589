//! How well a degraded frame's boxes agree with the clean frame's. In: both, frame by frame. Out: of those in the clean
//! frame the share found again (recall), of those in the degraded one the share that was there before (precision),
//! the clean detections standing in for the truth (Dooley et al. 2022, arXiv 2211.15937).
//!
//! A box is found again where one of the degraded frame overlaps it by half or more (IoU), one to one, the most certain
//! first. Memory is bounded: neighbouring stretches of frames are joined two by two.

use super::axis::held;
use crate::detect::detection::Detection;
use crate::detect::overlap::iou;
use vsa_record::estimate::{Estimate, Interval, SampleSize, SampledThing, Unit};
use vsa_statistics::resample::{Chunk, block_length, over_time};
use vsa_statistics::streams::{Stream, Streams};

/// From this overlap on two boxes are the same.
pub(super) const SAME: f32 = 0.5;

/// At most so many stretches are kept.
const MOST_STRETCHES: usize = 2048;

/// Counts of one stretch of frames.
#[derive(Clone, Copy, Default)]
struct Stretch {
    frames: u64,
    matched: u64,
    clean: u64,
    degraded: u64,
}

impl Stretch {
    fn and(self, other: Self) -> Self {
        Self {
            frames: self.frames + other.frames,
            matched: self.matched + other.matched,
            clean: self.clean + other.clean,
            degraded: self.degraded + other.degraded,
        }
    }
}

/// Agreement over a run.
pub(crate) struct Agreement {
    frames_per_stretch: u64,
    stretches: Vec<Stretch>,
    open: Stretch,
}

/// The two shares. None: there was no box to find.
pub(crate) struct Agreed {
    pub(crate) found_again: Option<Estimate>,
    pub(crate) also_clean: Option<Estimate>,
}

impl Agreement {
    pub(crate) fn new() -> Self {
        Self {
            frames_per_stretch: 1,
            stretches: Vec::new(),
            open: Stretch::default(),
        }
    }

    /// Both lists come best first. Out: the places of the boxes that are the same.
    pub(crate) fn frame(&mut self, clean: &[Detection], degraded: &[Detection]) -> Vec<(usize, usize)> {
        let same = pairs(clean, degraded);
        self.open = self.open.and(Stretch {
            frames: 1,
            matched: same.len() as u64,
            clean: clean.len() as u64,
            degraded: degraded.len() as u64,
        });
        if self.open.frames == self.frames_per_stretch {
            self.stretches.push(std::mem::take(&mut self.open));
        }
        if self.stretches.len() > MOST_STRETCHES {
            let join = |pair: &[Stretch]| pair.iter().fold(Stretch::default(), |sum, next| sum.and(*next));
            self.stretches = self.stretches.chunks(2).map(join).collect();
            self.frames_per_stretch *= 2;
        }
        same
    }

    /// `people`: as many are told apart; where resampling cannot vary, each of them counts as one observation.
    pub(crate) fn finish(mut self, people: u64, streams: Streams) -> Agreed {
        if self.open.frames > 0 {
            self.stretches.push(self.open);
        }
        Agreed {
            found_again: self.share(&|stretch| stretch.clean, people, streams.at(0)),
            also_clean: self.share(&|stretch| stretch.degraded, people, streams.at(1)),
        }
    }

    /// Boxes of the first list, of the second, and those that are the same.
    pub(super) fn boxes(&self) -> [u64; 3] {
        let all = self.stretches.iter().chain([&self.open]);
        all.fold([0; 3], |[first, second, both], next| {
            [first + next.clean, second + next.degraded, both + next.matched]
        })
    }

    /// Boxes of the second list less those of the first, in a mean frame: value and interval. The interval is none where
    /// there are too few frames to resample, or where the difference never varies.
    pub(super) fn difference(&self, stream: Stream) -> Option<(f64, Option<Interval>)> {
        let chunks: Vec<Chunk> = self
            .stretches
            .iter()
            .chain([&self.open])
            .filter(|stretch| stretch.frames > 0)
            .map(|stretch| Chunk {
                sum: stretch.degraded as f64 - stretch.clean as f64,
                frames: stretch.frames as f64,
            })
            .collect();
        let frames: f64 = chunks.iter().map(|chunk| chunk.frames).sum();
        let sum: f64 = chunks.iter().map(|chunk| chunk.sum).sum();
        let interval = over_time(&chunks, block_length(&chunks), stream).map(Interval::from);
        (frames > 0.0).then(|| (sum / frames, interval))
    }

    fn share(&self, of: &dyn Fn(&Stretch) -> u64, people: u64, stream: Stream) -> Option<Estimate> {
        let all: u64 = self.stretches.iter().map(of).sum();
        let matched: u64 = self.stretches.iter().map(|stretch| stretch.matched).sum();
        if all == 0 {
            return None;
        }
        let value = matched as f64 / all as f64;
        let chunks: Vec<Chunk> = self
            .stretches
            .iter()
            .map(|stretch| Chunk {
                sum: stretch.matched as f64,
                frames: of(stretch) as f64,
            })
            .collect();
        let block = block_length(&chunks);
        let worth = people.max(1) as f64;
        let interval = over_time(&chunks, block, stream)
            .map(|interval| Interval {
                block: Some(block as u64 * self.frames_per_stretch),
                ..interval.into()
            })
            .or_else(|| Interval::of_independent(value, worth, all))?;
        let sample = SampleSize::new(all, SampledThing::Sightings);
        Some(held(value, Unit::Ratio, interval, sample))
    }
}

/// The places of the boxes that are the same in both lists, one to one: those of `second` choose, best first.
fn pairs(first: &[Detection], second: &[Detection]) -> Vec<(usize, usize)> {
    let mut free: Vec<usize> = (0..first.len()).collect();
    let mut pairs = Vec::new();
    for (there, found) in second.iter().enumerate() {
        let best = free
            .iter()
            .enumerate()
            .map(|(at, &here)| (at, iou(&first[here].rect, &found.rect)))
            .filter(|(_, overlap)| *overlap >= SAME)
            .reduce(|best, next| if next.1 > best.1 { next } else { best });
        if let Some((at, _)) = best {
            pairs.push((free.remove(at), there));
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::overlap::Rect;

    fn boxes(lefts: &[f32]) -> Vec<Detection> {
        let detection = |left: &f32| Detection {
            rect: Rect {
                left: *left,
                top: 0.0,
                right: left + 12.0,
                bottom: 30.0,
            },
            score: 0.9,
            landmarks: None,
            quality: None,
        };
        lefts.iter().map(detection).collect()
    }

    #[test]
    fn boxes_are_matched_one_to_one_from_half_of_the_union_on() {
        // Shifted by 4 of 12: intersection 8, union 16: just half. By 5: 7 of 17.
        let matched = |clean: &[f32], degraded: &[f32]| pairs(&boxes(clean), &boxes(degraded)).len();
        assert_eq!(matched(&[0.0], &[4.0]), 1);
        assert_eq!(matched(&[0.0], &[5.0]), 0);
        assert_eq!(matched(&[0.0], &[0.0, 1.0]), 1, "one box, one match");
        assert_eq!(matched(&[0.0, 100.0], &[101.0, 1.0]), 2);
    }

    #[test]
    fn shares_are_sums_over_sums_and_memory_is_bounded() {
        let mut agreement = Agreement::new();
        for frame in 0..10_000 {
            // 2 people in every frame; one is lost in every fourth; a ghost in every fifth.
            let mut degraded = vec![0.0];
            degraded.extend((frame % 4 != 0).then_some(100.0));
            degraded.extend((frame % 5 == 0).then_some(300.0));
            agreement.frame(&boxes(&[0.0, 100.0]), &boxes(&degraded));
        }
        assert!(agreement.stretches.len() <= MOST_STRETCHES);
        let agreed = agreement.finish(2, Streams::simulated(0));
        let (again, clean) = (agreed.found_again.unwrap(), agreed.also_clean.unwrap());
        assert!((again.value - 17_500.0 / 20_000.0).abs() < 1e-12);
        assert!((clean.value - 17_500.0 / 19_500.0).abs() < 1e-12);
        assert_eq!((again.sample.n, clean.sample.n), (20_000, 19_500));
        assert!(again.interval.low < 0.875 && again.interval.high > 0.875);
    }

    #[test]
    fn where_there_was_nobody_nothing_is_said() {
        let mut agreement = Agreement::new();
        agreement.frame(&[], &boxes(&[1.0]));
        let agreed = agreement.finish(0, Streams::simulated(0));
        assert!(agreed.found_again.is_none());
        assert!(agreed.also_clean.unwrap().value.abs() < 1e-12);
    }
}
