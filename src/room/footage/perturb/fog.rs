//! Fog: a frame in, the frame behind drifts of fog out. The drifts are a fractal height map made by the diamond-square
//! algorithm, as in ImageNet-C; they stand still through an item, since fog does not flicker.

use super::{FrameBuffer, level_of};
use vsa_statistics::generator::SplitMix64;
use vsa_statistics::streams;

/// How dense, and how smooth (ImageNet-C, `fog`).
const FOG: [(f32, f32); 5] = [(1.5, 2.0), (2.0, 2.0), (2.5, 1.7), (2.5, 1.5), (3.0, 1.4)];

/// Side of the map; ImageNet-C's images are 224 pixels of it.
const SIDE: usize = 256;
const USED: f32 = 223.0;

/// Density of the fog between 0 and 1.
pub(super) struct FogMap {
    dense: f32,
    map: Vec<f32>,
}

impl FogMap {
    pub(super) fn new(level: usize) -> Self {
        let (dense, decay) = FOG[level];
        let mut map = vec![0.0f32; SIDE * SIDE];
        let mut random = SplitMix64::of_frame(level as u64, streams::FOG);
        let mut wobble = 100.0f32;
        let mut step = SIDE;
        while step >= 2 {
            let half = step / 2;
            let mut middle = |map: &mut Vec<f32>, x: usize, y: usize, around: [(usize, usize); 4]| {
                let sum: f32 = around
                    .iter()
                    .map(|(x, y)| map[(y % SIDE) * SIDE + x % SIDE])
                    .sum();
                let shift = wobble * wobble * (2.0 * random.share() as f32 - 1.0);
                map[y * SIDE + x] = sum / 4.0 + shift;
            };
            for y in (0..SIDE).step_by(step) {
                for x in (0..SIDE).step_by(step) {
                    let corners = [(x, y), (x + step, y), (x, y + step), (x + step, y + step)];
                    middle(&mut map, x + half, y + half, corners);
                }
            }
            for y in (0..SIDE).step_by(half) {
                let first = if (y / half).is_multiple_of(2) { half } else { 0 };
                for x in (first..SIDE).step_by(step) {
                    let sides = [
                        (x + half, y),
                        (x + SIDE - half, y),
                        (x, y + half),
                        (x, y + SIDE - half),
                    ];
                    middle(&mut map, x, y, sides);
                }
            }
            step = half;
            wobble /= decay;
        }
        let low = map.iter().copied().fold(f32::INFINITY, f32::min);
        let high = map.iter().copied().fold(f32::NEG_INFINITY, f32::max);
        map.iter_mut()
            .for_each(|value| *value = (*value - low) / (high - low));
        Self { dense, map }
    }

    pub(super) fn apply(&self, frame: &mut FrameBuffer) {
        let brightest = f32::from(frame.rgb.iter().copied().max().unwrap_or(0)) / 255.0;
        let scale = brightest / (brightest + self.dense);
        let (width, height) = (frame.width as usize, frame.height as usize);
        let onto = |at: usize, side: usize| USED * at as f32 / side.saturating_sub(1).max(1) as f32;
        for (y, line) in frame.rgb.chunks_exact_mut(3 * width.max(1)).enumerate() {
            let down = onto(y, height);
            for (x, pixel) in line.chunks_exact_mut(3).enumerate() {
                let fog = self.dense * self.at(onto(x, width), down);
                for value in pixel {
                    *value = level_of(255.0 * scale * (f32::from(*value) / 255.0 + fog));
                }
            }
        }
    }

    /// Between the four neighbours on the map.
    fn at(&self, x: f32, y: f32) -> f32 {
        let (left, top) = (x as usize, y as usize);
        let (across, down) = (x - left as f32, y - top as f32);
        let value = |x: usize, y: usize| self.map[y.min(SIDE - 1) * SIDE + x.min(SIDE - 1)];
        let mix = |a: f32, b: f32, t: f32| a + t * (b - a);
        let upper = mix(value(left, top), value(left + 1, top), across);
        let lower = mix(value(left, top + 1), value(left + 1, top + 1), across);
        mix(upper, lower, down)
    }
}
