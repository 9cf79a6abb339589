//! Noise: a frame in, the frame with the noise of a hot sensor, or of one that gets too little light, out.

use super::{FrameBuffer, level_of};
use vsa_statistics::generator::SplitMix64;
use vsa_statistics::streams::{NOISE, NOISE_IN_THE_DARK};

/// Standard deviation of the noise, of a range of 1 (ImageNet-C, `gaussian_noise`).
const DEVIATION: [f32; 5] = [0.08, 0.12, 0.18, 0.26, 0.38];

/// Share of the light that is left, and photons that a white pixel then counts. A convention of ours.
const LIGHT: [f32; 5] = [0.6, 0.45, 0.3, 0.2, 0.12];
const PHOTONS: [f32; 5] = [400.0, 250.0, 150.0, 90.0, 50.0];

pub(super) fn apply(frame: &mut FrameBuffer, level: usize) {
    let mut random = SplitMix64::of_frame(frame.index, NOISE);
    let deviation = 255.0 * DEVIATION[level];
    for value in &mut frame.rgb {
        *value = level_of(f32::from(*value) + deviation * random.nearly_normal());
    }
}

/// Darker, with shot noise: its variance is the number of photons.
pub(super) fn darken(frame: &mut FrameBuffer, level: usize) {
    let mut random = SplitMix64::of_frame(frame.index, NOISE_IN_THE_DARK);
    let table: Vec<(f32, f32)> = (0..=u8::MAX)
        .map(|value| {
            let mean = LIGHT[level] * f32::from(value);
            (mean, 255.0 * (mean / 255.0 / PHOTONS[level]).sqrt())
        })
        .collect();
    for value in &mut frame.rgb {
        let (mean, deviation) = table[usize::from(*value)];
        *value = level_of(mean + deviation * random.nearly_normal());
    }
}
