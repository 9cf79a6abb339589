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

    /// Becomes the same picture as another.
    pub(in crate::observe) fn copy_from(&mut self, other: &Self) {
        self.reshape(other.width, other.height)
            .copy_from_slice(&other.rgb);
        (self.index, self.seconds) = (other.index, other.seconds);
    }

    /// Room for a frame of this size. Memory that becomes too small is wiped before it is given back: a growing
    /// vector would leave its old pixels behind. The same size again costs nothing.
    pub(in crate::observe) fn reshape(&mut self, width: u32, height: u32) -> &mut [u8] {
        let bytes = 3 * width as usize * height as usize;
        if bytes > self.rgb.capacity() {
            self.rgb.zeroize();
            self.rgb = Vec::with_capacity(bytes);
        }
        self.rgb.resize(bytes, 0);
        self.width = width;
        self.height = height;
        &mut self.rgb
    }
}

impl Drop for FrameBuffer {
    fn drop(&mut self) {
        self.rgb.zeroize();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_buffer_keeps_its_memory_for_frames_of_the_same_or_a_smaller_size() {
        let mut buffer = FrameBuffer::default();
        let first = buffer.reshape(40, 30).as_ptr();
        assert_eq!(buffer.rgb.len(), 3 * 40 * 30);
        assert_eq!(buffer.reshape(40, 30).as_ptr(), first);
        assert_eq!(buffer.reshape(10, 30).as_ptr(), first);
        assert_eq!(
            buffer.rgb.len(),
            3 * 10 * 30,
            "no bytes of the larger frame remain"
        );
    }
}
