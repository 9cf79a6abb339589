//! One picture in memory. It borrows a buffer that the next frame overwrites; it cannot be cloned, printed or written.

use zeroize::Zeroize;

/// A picture: RGB, 8 bits a channel, rows from top to bottom without padding.
pub(in crate::observe) struct Frame<'pool> {
    pub(in crate::observe) width: u32,
    pub(in crate::observe) height: u32,
    /// `3 * width * height` bytes.
    pub(in crate::observe) rgb: &'pool [u8],
}

/// The memory of one frame, used again and again, wiped at the end.
#[derive(Default)]
pub(in crate::observe) struct FrameBuffer {
    pub(in crate::observe) width: u32,
    pub(in crate::observe) height: u32,
    pub(in crate::observe) rgb: Vec<u8>,
    /// Number of the frame in its item, from 0, counted over all decoded frames.
    pub(in crate::observe) index: u64,
    /// Presentation time in seconds from the item's first frame.
    pub(in crate::observe) seconds: f64,
}

impl FrameBuffer {
    /// The picture in this buffer.
    pub(in crate::observe) fn frame(&self) -> Frame<'_> {
        Frame {
            width: self.width,
            height: self.height,
            rgb: &self.rgb,
        }
    }
}

impl Drop for FrameBuffer {
    fn drop(&mut self) {
        self.rgb.zeroize();
    }
}
