//! One picture in memory. It borrows a buffer that the next frame overwrites; it cannot be cloned, printed or written.

use super::planes::Planes;
use zeroize::{Zeroize, Zeroizing};

/// A picture: RGB, 8 bits a channel, rows from top to bottom without padding.
pub(crate) struct Frame<'pool> {
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// `3 * width * height` bytes.
    pub(crate) rgb: &'pool [u8],
}

/// The memory of one frame, used again and again, wiped at the end.
#[derive(Default)]
pub(crate) struct FrameBuffer {
    pub(crate) width: u32,
    pub(crate) height: u32,
    pub(crate) rgb: Vec<u8>,
    /// What the decoder gave, where that is not RGB.
    coded: Zeroizing<Vec<u8>>,
    /// How it was coded, until it is developed.
    undeveloped: Option<Planes>,
    /// Number of the frame in its item, from 0, counted over all decoded frames.
    pub(crate) index: u64,
    /// Presentation time in seconds from the item's first frame.
    pub(crate) seconds: f64,
}

impl FrameBuffer {
    /// The picture in this buffer.
    pub(crate) fn frame(&self) -> Frame<'_> {
        debug_assert!(self.undeveloped.is_none(), "the picture is still coded");
        Frame {
            width: self.width,
            height: self.height,
            rgb: &self.rgb,
        }
    }

    /// Becomes the same picture as another.
    pub(crate) fn copy_from(&mut self, other: &Self) {
        self.reshape(other.width, other.height)
            .copy_from_slice(&other.rgb);
        (self.index, self.seconds) = (other.index, other.seconds);
    }

    /// Room for a frame of this size. Memory that becomes too small is wiped before it is given back: a growing
    /// vector would leave its old pixels behind. The same size again costs nothing.
    pub(crate) fn reshape(&mut self, width: u32, height: u32) -> &mut [u8] {
        let bytes = 3 * width as usize * height as usize;
        if bytes > self.rgb.capacity() {
            self.rgb.zeroize();
            self.rgb = Vec::with_capacity(bytes);
        }
        self.rgb.resize(bytes, 0);
        self.width = width;
        self.height = height;
        self.undeveloped = None;
        &mut self.rgb
    }

    /// Room for a frame of this size in planes. It becomes RGB when it is developed: by whoever looks at it, where its memory is
    /// near then; never, if nobody looks.
    pub(super) fn reshape_coded(&mut self, width: u32, height: u32, planes: Planes) -> &mut [u8] {
        let bytes = planes.bytes(width as usize, height as usize);
        if bytes > self.coded.capacity() {
            self.coded = Zeroizing::new(Vec::with_capacity(bytes));
        }
        self.coded.resize(bytes, 0);
        (self.width, self.height, self.undeveloped) = (width, height, Some(planes));
        &mut self.coded
    }

    /// The bytes that the decoder gave.
    pub(super) fn given(&self) -> &[u8] {
        match self.undeveloped {
            Some(_) => &self.coded,
            None => &self.rgb,
        }
    }

    /// Makes RGB of planes, unless it is RGB already.
    pub(super) fn develop(&mut self) {
        if let Some(planes) = self.undeveloped {
            let coded = std::mem::take(&mut self.coded);
            let (width, height) = (self.width, self.height);
            let rgb = self.reshape(width, height);
            planes.to_rgb(&coded, width as usize, height as usize, rgb);
            self.coded = coded;
        }
    }

    /// Memory that it holds.
    pub(crate) fn bytes(&self) -> usize {
        self.rgb.len() + self.coded.len()
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
    fn planes_are_developed_once_and_not_over_a_picture_that_came_after_them() {
        let planes = Planes::described("yuvj444p").unwrap();
        let mut buffer = FrameBuffer::default();
        let white = |buffer: &mut FrameBuffer| {
            buffer
                .reshape_coded(2, 1, planes)
                .copy_from_slice(&[255, 255, 128, 128, 128, 128]);
        };
        white(&mut buffer);
        assert_eq!(buffer.given(), [255, 255, 128, 128, 128, 128]);
        buffer.develop();
        assert_eq!(buffer.frame().rgb, [255; 6]);
        assert_eq!(buffer.bytes(), 12);
        buffer.rgb.fill(7);
        buffer.develop();
        assert_eq!(buffer.frame().rgb, [7; 6], "painted over since");
        white(&mut buffer);
        buffer.reshape(1, 1).fill(9);
        buffer.develop();
        assert_eq!((buffer.frame().rgb, buffer.given()), (&[9; 3][..], &[9; 3][..]));
    }

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
