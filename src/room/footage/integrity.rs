//! Frames and their time stamps in, counts of what was repeated and what is missing out: counted, never hidden.
//!
//! - **repeated**: byte for byte the frame before, compared in full, not by a hash.
//! - **missing**: time stamps that were skipped. An interval of n median intervals (n rounded, at least 2) holds n-1
//!   missing frames. In footage of variable rate the median says little, and the count is to be read with that flag.
//! - **variable frame rate**: more than 1 in 100 intervals is off the median by more than half of it without being
//!   near a whole multiple of it (so that a camera that lost a frame is not called variable), or more than 1 in 10 is
//!   such a multiple. One pair of intervals decides nothing: at least 3 are asked for.

use std::collections::BTreeMap;
use vsa_statistics::median;
use zeroize::Zeroizing;

/// Watches the frames of one item.
#[derive(Default)]
pub(super) struct Integrity {
    previous: Zeroizing<Vec<u8>>,
    last: Option<f64>,
    /// Microseconds between frames, with how often they were met: a few entries at a fixed rate.
    intervals: BTreeMap<i64, u64>,
    decoded: u64,
    repeated: u64,
}

/// What the time stamps say.
#[derive(Debug, PartialEq)]
pub(super) struct Timing {
    pub(super) missing: u64,
    pub(super) variable: bool,
    /// The median interval in seconds; none with fewer than two frames, or when time stands still.
    pub(super) median: Option<f64>,
    /// Time stamp of the last frame.
    pub(super) last: f64,
}

impl Timing {
    /// When the last frame ends: a median interval after it begins, or one of the declared rate.
    pub(super) fn end(&self, declared_rate: Option<f64>) -> f64 {
        let one = self.median.or(declared_rate.map(|rate| 1.0 / rate));
        self.last + one.unwrap_or(0.0)
    }
}

impl Integrity {
    /// Takes note of the next frame: the bytes that the decoder gave.
    pub(super) fn see(&mut self, pixels: &[u8], seconds: f64) {
        if self.decoded > 0 && *self.previous == pixels {
            self.repeated += 1;
        } else {
            if self.previous.len() != pixels.len() {
                self.previous = Zeroizing::new(vec![0; pixels.len()]);
            }
            self.previous.copy_from_slice(pixels);
        }
        if let Some(last) = self.last {
            *self
                .intervals
                .entry(((seconds - last) * 1e6).round() as i64)
                .or_default() += 1;
        }
        self.last = Some(seconds);
        self.decoded += 1;
    }

    pub(super) fn decoded(&self) -> u64 {
        self.decoded
    }

    pub(super) fn repeated(&self) -> u64 {
        self.repeated
    }

    /// What the time stamps say so far.
    pub(super) fn timing(&self) -> Timing {
        let last = self.last.unwrap_or(0.0);
        let Some(median) = self.median().filter(|&median| median > 0) else {
            return Timing {
                missing: 0,
                variable: false,
                median: None,
                last,
            };
        };
        let (mut missing, mut gaps, mut irregular, mut total) = (0u64, 0u64, 0u64, 0u64);
        for (&interval, &times) in &self.intervals {
            total += times;
            let ratio = interval as f64 / median as f64;
            if ratio >= 1.5 {
                missing += times * (ratio.round() as u64 - 1);
            }
            if (ratio - 1.0).abs() <= 0.5 {
            } else if ratio >= 1.5 && (ratio - ratio.round()).abs() <= 0.1 {
                gaps += times;
            } else {
                irregular += times;
            }
        }
        let variable = total >= 3 && (irregular * 100 > total || gaps * 10 > total);
        Timing {
            missing,
            variable,
            median: Some(median as f64 / 1e6),
            last,
        }
    }

    fn median(&self) -> Option<i64> {
        median::lower_of_counts(self.intervals.iter().map(|(&interval, &times)| (interval, times)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timing(times: &[f64]) -> Timing {
        let mut integrity = Integrity::default();
        for &time in times {
            integrity.see(&[0], time);
        }
        integrity.timing()
    }

    #[test]
    fn only_a_frame_equal_in_every_byte_to_the_one_before_is_repeated() {
        let mut integrity = Integrity::default();
        for (index, frame) in [[1, 2], [1, 2], [1, 3], [1, 2], [1, 2], [1, 2]]
            .iter()
            .enumerate()
        {
            integrity.see(frame, index as f64);
        }
        assert_eq!((integrity.decoded(), integrity.repeated()), (6, 3));
    }

    #[test]
    fn a_gap_of_three_intervals_is_two_missing_frames_and_no_variable_rate() {
        let times: Vec<f64> = (0..40)
            .filter(|index| ![20, 21].contains(index))
            .map(|n| f64::from(n) / 25.0)
            .collect();
        assert_eq!(
            timing(&times),
            Timing {
                missing: 2,
                variable: false,
                median: Some(0.04),
                last: 39.0 / 25.0
            }
        );
    }

    #[test]
    fn time_stamps_rounded_to_milliseconds_are_a_fixed_rate() {
        let times: Vec<f64> = (0..300)
            .map(|n| (f64::from(n) * 1001.0 / 30.0).round() / 1000.0)
            .collect();
        let got = timing(&times);
        assert_eq!((got.missing, got.variable), (0, false));
    }

    #[test]
    fn intervals_of_many_lengths_are_a_variable_rate() {
        let mut now = 0.0;
        let times: Vec<f64> = (0..30)
            .map(|n| {
                now += [0.04, 0.1, 0.065][n % 3];
                now
            })
            .collect();
        assert!(timing(&times).variable);
    }

    #[test]
    fn a_rate_that_doubles_half_way_is_variable() {
        let mut now = 0.0;
        let times: Vec<f64> = (0..40)
            .map(|n| {
                now += if n < 20 { 0.1 } else { 0.05 };
                now
            })
            .collect();
        assert!(timing(&times).variable);
    }

    #[test]
    fn no_frame_one_frame_and_time_that_stands_still_have_no_median() {
        for times in [&[][..], &[1.0], &[1.0, 1.0, 1.0]] {
            assert_eq!(timing(times).median, None);
            assert_eq!(timing(times).missing, 0);
        }
    }
}
