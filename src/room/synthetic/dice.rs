//! A seed in, the same sequence of numbers out on every machine: what scenes are made of.

use vsa_statistics::generator::SplitMix64;

/// Throws dice.
pub(super) struct Dice(SplitMix64);

impl Dice {
    pub(super) fn new(seed: u64) -> Self {
        Self(SplitMix64::apart(seed))
    }

    /// Eight numbers below 256.
    pub(super) fn bytes(&mut self) -> [u8; 8] {
        self.0.roll().to_le_bytes()
    }

    /// Between `low` and `high`.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.0.share()
    }

    pub(super) fn below(&mut self, bound: u64) -> u64 {
        self.0.below(bound)
    }

    pub(super) fn with_chance(&mut self, chance: f64) -> bool {
        self.0.share() < chance
    }
}
