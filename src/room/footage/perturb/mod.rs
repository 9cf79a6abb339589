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
use vsa_statistics::generator::SplitMix64;
use vsa_statistics::streams::LOST_FRAMES;

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
        self.perturbation.corruption == Corruption::FrameDrop
            && SplitMix64::of_frame(frame, LOST_FRAMES).share() < LOST[level]
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

/// A grey level from a number.
fn level_of(value: f32) -> u8 {
    value.round().clamp(0.0, 255.0) as u8
}
