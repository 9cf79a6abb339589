//! The one generator of pseudo-random numbers. In: a seed, or a registered stream and a counter. Out: numbers, the same on
//! every machine and for any number of threads.
//!
//! `SplitMix64` (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"). Its state is a counter, so that
//! any number of a stream can be had without those before it: [`draw`] uses it as a hash.
//! Deliberately not here: secrets. Keys and nonces come from the operating system.

use crate::streams::{Purpose, Stream};

/// From one state to the next: 2^64 divided by the golden ratio, odd.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
/// Sets the states of neighbouring seeds far apart: an odd number without a pattern.
const APART: u64 = 0xd1b5_4a32_d192_ed03;
/// The same for purposes.
const PURPOSES_APART: u64 = 0x2545_f491_4f6c_dd1d;
/// Where streams begin. Any constant would do; it is part of the record's meaning, so it never changes.
const ORIGIN: u64 = 0x7673_612d_6175_6469;

/// Numbers one after the other.
#[derive(Clone, Debug)]
pub struct SplitMix64(u64);

impl SplitMix64 {
    /// From a state: a seed that somebody wrote down.
    #[must_use]
    pub const fn new(state: u64) -> Self {
        Self(state)
    }

    /// From one of many seeds near to each other.
    #[must_use]
    pub const fn apart(seed: u64) -> Self {
        Self(seed.wrapping_mul(APART))
    }

    /// What is random about a frame, for one purpose: whatever the order in which frames are looked at.
    #[must_use]
    pub const fn of_frame(frame: u64, purpose: Purpose) -> Self {
        Self(frame.wrapping_add(1).wrapping_mul(APART) ^ purpose.number().wrapping_mul(PURPOSES_APART))
    }

    /// The next number.
    #[inline]
    pub const fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(STEP);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Between 0 and 1, 1 left out.
    pub fn share(&mut self) -> f64 {
        share_of(self.roll())
    }

    /// A number below `bound`, each with the same chance: rolls that would favour small ones are rolled again.
    ///
    /// # Panics
    /// Where `bound` is 0: there is no such number.
    pub const fn below(&mut self, bound: u64) -> u64 {
        let usable = u64::MAX - u64::MAX % bound;
        loop {
            let roll = self.roll();
            if roll < usable {
                return roll % bound;
            }
        }
    }

    /// Leaves `wanted` of `all` (or all, where there are fewer), in random order (Fisher and Yates).
    pub fn choose<T>(&mut self, all: &mut Vec<T>, wanted: u64) {
        let wanted = usize::try_from(wanted).unwrap_or(usize::MAX).min(all.len());
        for at in 0..wanted {
            let other = at + self.below((all.len() - at) as u64) as usize;
            all.swap(at, other);
        }
        all.truncate(wanted);
    }

    /// Mean 0, variance 1, nearly normal: the sum of four uniform numbers (Irwin-Hall), which needs no logarithm and is
    /// the same on every machine. It ends at 3.46 deviations.
    pub fn nearly_normal(&mut self) -> f32 {
        let bits = self.roll();
        let sum: u64 = (0..4).map(|part| (bits >> (16 * part)) & 0xffff).sum();
        // Mean 4 * 65535 / 2; variance 4 * (65536^2 - 1) / 12.
        (sum as f32 - 131_070.0) / 37_837.23
    }
}

/// The `counter`-th number of a stream.
#[inline]
#[must_use]
pub const fn draw(stream: Stream, counter: u64) -> u64 {
    let start = ORIGIN
        .wrapping_add(stream.number().wrapping_mul(APART))
        .wrapping_add(counter.wrapping_mul(STEP));
    SplitMix64(start).roll()
}

/// The `counter`-th number of a stream, between 0 and 1, 1 left out.
#[must_use]
pub fn draw_share(stream: Stream, counter: u64) -> f64 {
    share_of(draw(stream, counter))
}

/// A number below `bound`, every one as likely (bias below 2^-40 for any footage).
#[inline]
#[must_use]
pub fn draw_below(stream: Stream, counter: u64, bound: usize) -> usize {
    let wide = u128::from(draw(stream, counter)) * bound as u128;
    usize::try_from(wide >> 64).expect("the high half is below the bound, which is a usize")
}

/// The upper 53 bits, as many as a double holds.
fn share_of(roll: u64) -> f64 {
    (roll >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::streams;

    #[test]
    fn a_share_is_the_upper_53_bits_of_the_number_that_is_drawn() {
        let stream = streams::Streams::simulated(77).at(3);
        for counter in 0..100 {
            let share = draw_share(stream, counter);
            assert_eq!((share * (1u64 << 53) as f64) as u64, draw(stream, counter) >> 11);
            assert!((0.0..1.0).contains(&share));
        }
    }

    #[test]
    fn the_numbers_are_those_of_the_published_generator() {
        // The first of seed 1234567, as the reference program in C and java.util.SplittableRandom give them.
        let mut numbers = SplitMix64::new(1_234_567);
        for expected in [
            6_457_827_717_110_365_317,
            3_203_168_211_198_807_973,
            9_817_491_932_198_370_423,
            4_593_380_528_125_082_431,
            16_408_922_859_458_223_821,
        ] {
            assert_eq!(numbers.roll(), expected);
        }
    }

    #[test]
    fn a_stream_is_the_generator_with_a_counter() {
        let stream = streams::PRESENCE.at(1);
        let mut numbers = SplitMix64::new(ORIGIN.wrapping_add(101u64.wrapping_mul(APART)));
        for counter in 0..20 {
            assert_eq!(draw(stream, counter), numbers.roll());
        }
    }

    #[test]
    fn numbers_of_old_records_stay() {
        // What the first version drew: records say "the same numbers again", so that these never change.
        assert_eq!(draw(Stream::simulated(0), 0), 0xbd02_4b00_c252_ad5a);
        assert_eq!(draw(streams::FACES.at(0), 7), 0x709b_036a_a386_7d3f);
        assert_eq!(
            SplitMix64::of_frame(3, streams::NOISE).roll(),
            0xf91c_edc8_b11e_0df0
        );
        assert_eq!(SplitMix64::apart(9).roll(), 0x78ec_6b62_6433_5d86);
    }

    #[test]
    fn shares_and_numbers_below_a_bound_fill_their_range_evenly() {
        let (mut shares, mut below, mut drawn) = ([0u32; 4], [0u32; 3], [0u32; 3]);
        let mut numbers = SplitMix64::new(5);
        for counter in 0..12_000 {
            shares[(numbers.share() * 4.0) as usize] += 1;
            below[numbers.below(3) as usize] += 1;
            drawn[draw_below(Stream::simulated(4), counter, 3)] += 1;
        }
        // Four standard deviations.
        assert!(shares.iter().all(|n| n.abs_diff(3_000) < 190), "{shares:?}");
        assert!(below.iter().chain(&drawn).all(|n| n.abs_diff(4_000) < 207));
    }

    #[test]
    fn what_is_chosen_is_part_of_all_without_repetition_and_in_every_order() {
        let mut numbers = SplitMix64::new(6);
        let mut firsts = [0u32; 5];
        for _ in 0..5_000 {
            let mut all: Vec<usize> = (0..5).collect();
            numbers.choose(&mut all, 3);
            firsts[all[0]] += 1;
            all.sort_unstable();
            all.dedup();
            assert_eq!(all.len(), 3);
        }
        assert!(firsts.iter().all(|n| n.abs_diff(1_000) < 115), "{firsts:?}");
        let mut few = vec![1, 2];
        numbers.choose(&mut few, 9);
        assert_eq!(few.len(), 2);
    }

    #[test]
    fn nearly_normal_numbers_have_mean_nought_and_variance_one() {
        let mut numbers = SplitMix64::new(7);
        let all: Vec<f64> = (0..40_000).map(|_| f64::from(numbers.nearly_normal())).collect();
        let n = all.len() as f64;
        let mean = all.iter().sum::<f64>() / n;
        let variance = all.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
        assert!(
            mean.abs() < 0.02 && (variance - 1.0).abs() < 0.03,
            "{mean} {variance}"
        );
        assert!(all.iter().all(|x| x.abs() < 3.465));
    }
}
