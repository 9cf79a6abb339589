//! Which frames are looked at: the first at or after each k/F seconds, by time stamps, so that a variable frame rate is
//! sampled evenly in time. Frames that are not taken are still decoded and counted.

use std::collections::BTreeSet;

/// Chooses frames.
pub(crate) enum Sampler {
    /// At a rate.
    Rate {
        per_second: f64,
        /// The next k for which a frame is due.
        due: u64,
    },
    /// Those with these numbers, from 0.
    Listed(BTreeSet<u64>),
}

/// A frame this early still counts as on time: containers cut time stamps to milliseconds or finer.
const EARLY_SECONDS: f64 = 0.001;

impl Sampler {
    /// `per_second` frames in each second; a validated plan holds only rates above zero. None: not a rate.
    pub(crate) fn new(per_second: f64) -> Option<Self> {
        (per_second.is_finite() && per_second > 0.0).then_some(Self::Rate { per_second, due: 0 })
    }

    /// Whether this is a rate: stills have none.
    pub(crate) fn is_rate(&self) -> bool {
        matches!(self, Self::Rate { .. })
    }

    /// Whether the frame with the number `index` at `seconds` is looked at. Frames are asked about in order of time; after a gap, one frame is
    /// taken for all that were due in it.
    pub(crate) fn takes(&mut self, index: u64, seconds: f64) -> bool {
        match self {
            Self::Listed(frames) => frames.contains(&index),
            Self::Rate { per_second, due } => {
                let reached = ((seconds + EARLY_SECONDS) * *per_second).floor();
                if reached.is_nan() || reached < *due as f64 {
                    return false;
                }
                *due = reached as u64 + 1;
                true
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(per_second: f64, times: &[f64]) -> Vec<usize> {
        let mut sampler = Sampler::new(per_second).unwrap();
        (0..times.len())
            .filter(|&index| sampler.takes(index as u64, times[index]))
            .collect()
    }

    #[test]
    fn the_first_frame_at_or_after_each_step_is_taken() {
        let times: Vec<f64> = (0..10).map(|index| f64::from(index) / 10.0).collect();
        assert_eq!(taken(2.0, &times), [0, 5]);
        assert_eq!(
            taken(4.0, &times),
            [0, 3, 5, 8],
            "0.25 falls between frames 2 and 3, 0.75 between 7 and 8"
        );
    }

    #[test]
    fn a_rate_at_or_above_the_footage_takes_every_frame_in_spite_of_rounded_time_stamps() {
        let times: Vec<f64> = (0..100)
            .map(|index| (f64::from(index) / 30.0 * 1000.0).floor() / 1000.0)
            .collect();
        assert_eq!(taken(30.0, &times).len(), 100);
        assert_eq!(taken(1000.0, &times).len(), 100);
    }

    #[test]
    fn a_gap_is_made_up_by_one_frame_and_not_by_a_burst() {
        assert_eq!(taken(1.0, &[0.0, 0.5, 5.2, 5.3, 5.4, 6.0, 6.1]), [0, 2, 5]);
    }

    #[test]
    fn time_that_runs_backwards_or_is_not_a_number_takes_nothing() {
        assert_eq!(taken(1.0, &[0.0, 2.0, 1.0, f64::NAN, 2.5, 3.0]), [0, 1, 5]);
    }

    #[test]
    fn only_rates_above_zero_are_rates() {
        for rate in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert!(Sampler::new(rate).is_none(), "{rate}");
        }
    }
}
