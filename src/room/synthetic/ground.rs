//! The ground that figures are drawn on: the temporal median of the PETS clip, in which nobody is left, at a part of its size.

use crate::test_data;
use vsa_statistics::median;

/// A picture of which nobody is part.
pub(super) struct Ground {
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) rgb: Vec<u8>,
}

/// Where pixels are measured: half as wide and high as the clip.
pub(super) const HALF: u32 = 2;
/// Where boxes alone are measured, and pixels only go the whole way: a fourth.
pub(super) const FOURTH: u32 = 4;

/// Every so many frames of the clip make the median: 40 frames, 2 s apart.
const STEP: u32 = 20;

impl Ground {
    /// Each pixel from `part` x `part` of the clip's; none: the clip is not there.
    pub(super) fn of_the_clip(part: u32) -> Option<Self> {
        let frames = test_data::frames(STEP)?;
        let (wide, high) = (frames[0].width, frames[0].height);
        let (width, height) = (wide / part, high / part);
        let mut rgb = Vec::with_capacity(3 * (width * height) as usize);
        let mut values = Vec::with_capacity((part * part) as usize * frames.len());
        for y in 0..height {
            for x in 0..width {
                for channel in 0..3 {
                    values.clear();
                    for (dx, dy) in (0..part * part).map(|at| (at % part, at / part)) {
                        let at = (3 * ((part * y + dy) * wide + part * x + dx) + channel) as usize;
                        values.extend(frames.iter().map(|frame| frame.rgb[at]));
                    }
                    rgb.push(median::upper(&mut values, Ord::cmp)?);
                }
            }
        }
        Some(Self { width, height, rgb })
    }
}
