//! Rain: a frame in, the frame with streaks and less contrast out. A convention of ours, after what rain does to a
//! picture (Garg and Nayar 2007, *Vision and rain*): drops are brighter than what is behind them and blur to streaks in
//! the exposure time; many far ones together are a veil.

use super::{FrameBuffer, level_of};
use vsa_statistics::generator::SplitMix64;
use vsa_statistics::streams;

/// Streaks in a million pixels; their length as a share of the picture's height; how much of a streak is white; how much
/// of the contrast the veil takes.
const RAIN: [(f64, f64, f32, f32); 5] = [
    (400.0, 0.03, 0.30, 0.05),
    (800.0, 0.04, 0.35, 0.10),
    (1600.0, 0.05, 0.40, 0.15),
    (2800.0, 0.06, 0.45, 0.20),
    (4500.0, 0.07, 0.50, 0.25),
];

/// Streaks lean so far: pixels to the side for each pixel down.
const LEAN: f64 = 0.15;

/// Brightness of a drop: it shows the sky.
const DROP: f32 = 230.0;

pub(super) fn apply(frame: &mut FrameBuffer, level: usize) {
    let (density, length, white, veil) = RAIN[level];
    let (width, height) = (frame.width as usize, frame.height as usize);
    for value in &mut frame.rgb {
        *value = level_of(f32::from(*value) + veil * (DROP - f32::from(*value)) * 0.5);
    }
    let mut random = SplitMix64::of_frame(frame.index, streams::RAIN);
    let streaks = (density * (width * height) as f64 / 1e6).round() as usize;
    let longest = (length * height as f64).max(2.0);
    let thick = (height / 500).max(1);
    for _ in 0..streaks {
        let left = random.share() * width as f64;
        let top = random.share() * (height as f64 + longest) - longest;
        let long = (longest * (0.5 + 0.5 * random.share())) as i64;
        for down in 0..long {
            let y = top as i64 + down;
            let x = (left + LEAN * down as f64) as usize;
            let Some(y) = usize::try_from(y).ok().filter(|&y| y < height) else {
                continue;
            };
            for x in x..(x + thick).min(width) {
                for value in &mut frame.rgb[3 * (y * width + x)..3 * (y * width + x) + 3] {
                    *value = level_of(f32::from(*value) + white * (DROP - f32::from(*value)).max(0.0));
                }
            }
        }
    }
}
