//! Declared degradations of decoded frames. In: a frame, a corruption and a severity from 1 to 5. Out: the degraded frame,
//! the same bytes on every machine and in any order of frames: what is random follows from the frame's number.
//!
//! Parameters of blur, noise, compression, fog and resolution (there: pixelate) are those of ImageNet-C (Hendrycks and
//! Dietterich 2019, *Benchmarking neural network robustness to common corruptions and perturbations*, ICLR), whose images
//! have 224 pixels a side: blur and noise are applied to the frame's own pixels, as Michaelis et al. 2019 (*Benchmarking
//! robustness in object detection*) do with larger images. Low light, rain and lost frames are not in ImageNet-C: their
//! parameters are a convention of ours. Deliberately not here: what the corruptions do to any measure.

mod blur;
mod compression;
mod fog;
mod noise;
mod rain;
mod resolution;

#[cfg(test)]
mod tests;

use super::frame::FrameBuffer;
use vsa_record::robustness::{Corruption, Perturbation};

/// Share of frames that are lost, by severity: from a poor wireless link to one frame in four that arrives.
const LOST: [f64; 5] = [0.1, 0.2, 0.35, 0.55, 0.75];

/// Applies one perturbation, frame after frame; one for each worker.
pub(crate) struct Perturber {
    perturbation: Perturbation,
    fog: Option<fog::FogMap>,
    scratch: Vec<f32>,
}

impl Perturber {
    pub(crate) fn new(perturbation: Perturbation) -> Self {
        let level = level(perturbation);
        let fog = level
            .filter(|_| perturbation.corruption == Corruption::Fog)
            .map(fog::FogMap::new);
        Self {
            perturbation,
            fog,
            scratch: Vec::new(),
        }
    }

    /// Whether the frame with this number is lost altogether.
    pub(crate) fn loses(&self, frame: u64) -> bool {
        let Some(level) = level(self.perturbation) else {
            return false;
        };
        self.perturbation.corruption == Corruption::FrameDrop && Random::of(frame, 0).share() < LOST[level]
    }

    /// Degrades a frame.
    pub(crate) fn apply(&mut self, frame: &mut FrameBuffer) {
        let Some(level) = level(self.perturbation) else {
            return;
        };
        match self.perturbation.corruption {
            Corruption::Blur => blur::apply(frame, level, &mut self.scratch),
            Corruption::Noise => noise::apply(frame, level),
            Corruption::LowLight => noise::darken(frame, level),
            Corruption::Compression => compression::apply(frame, level),
            Corruption::Fog => {
                if let Some(fog) = &self.fog {
                    fog.apply(frame);
                }
            }
            Corruption::Rain => rain::apply(frame, level),
            Corruption::Resolution => resolution::apply(frame, level),
            Corruption::FrameDrop => {}
        }
    }
}

impl Drop for Perturber {
    fn drop(&mut self) {
        zeroize::Zeroize::zeroize(&mut self.scratch);
    }
}

/// Place in the tables of parameters; none: severity 0.
fn level(perturbation: Perturbation) -> Option<usize> {
    usize::from(perturbation.severity)
        .checked_sub(1)
        .map(|level| level.min(LOST.len() - 1))
}

/// Random numbers that follow from a frame's number and a purpose: `SplitMix64` (Steele, Lea and Flood 2014).
struct Random(u64);

impl Random {
    fn of(frame: u64, purpose: u64) -> Self {
        Self((frame + 1).wrapping_mul(0xd1b5_4a32_d192_ed03) ^ purpose.wrapping_mul(0x2545_f491_4f6c_dd1d))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Between 0 and 1.
    fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Mean 0, variance 1, nearly normal: the sum of four uniform numbers (Irwin-Hall), which needs no logarithm and is
    /// the same on every machine. It ends at 3.46 deviations.
    fn normal(&mut self) -> f32 {
        let bits = self.next();
        let sum: u64 = (0..4).map(|part| (bits >> (16 * part)) & 0xffff).sum();
        // Mean 4 * 65535 / 2; variance 4 * (65536^2 - 1) / 12.
        (sum as f32 - 131_070.0) / 37_837.23
    }
}

/// A grey level from a number.
fn level_of(value: f32) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}
