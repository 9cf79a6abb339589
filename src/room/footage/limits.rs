//! How large footage may be before it is refused: a few bytes can declare a frame that no memory holds.

use super::error::FootageError;
use std::path::Path;
use std::time::Duration;

/// What is refused, and how long a silent decoder is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Limits {
    /// Widest frame, in pixels.
    pub(crate) max_width: u32,
    /// Highest frame, in pixels.
    pub(crate) max_height: u32,
    /// Most pixels of one frame.
    pub(crate) max_pixels: u64,
    /// Most bytes of one image file. Videos are read in passing and have no such limit.
    pub(crate) max_image_bytes: u64,
    /// After this long without any output, a decoder is stopped.
    pub(crate) silence: Duration,
}

impl Default for Limits {
    /// 16384 pixels a side is JPEG's and most video codecs' practical end; 128 megapixels (384 MiB as RGB) holds the
    /// largest surveillance panoramas (four 8K sensors) with the few buffers that a run needs.
    fn default() -> Self {
        Self {
            max_width: 16_384,
            max_height: 16_384,
            max_pixels: 134_217_728,
            max_image_bytes: 512 << 20,
            silence: Duration::from_secs(30),
        }
    }
}

impl Limits {
    /// Refuses a frame that is too large, or has no pixels.
    pub(crate) fn check(&self, path: &Path, width: u64, height: u64) -> Result<(), FootageError> {
        let pixels = width.checked_mul(height);
        let fits = width <= u64::from(self.max_width)
            && height <= u64::from(self.max_height)
            && pixels.is_some_and(|count| (1..=self.max_pixels).contains(&count));
        if fits {
            return Ok(());
        }
        let limit = format!(
            "{}x{}, {} pixels in all, at least 1",
            self.max_width, self.max_height, self.max_pixels
        );
        Err(FootageError::TooLarge {
            path: path.to_owned(),
            width,
            height,
            limit,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_held_to_each_side_and_to_its_area() {
        let limits = Limits {
            max_width: 100,
            max_height: 50,
            max_pixels: 4000,
            ..Limits::default()
        };
        let fits = |width, height| limits.check(Path::new("a"), width, height).is_ok();
        assert!(fits(100, 40) && fits(80, 50) && fits(1, 1));
        assert!(!fits(101, 1) && !fits(1, 51) && !fits(100, 41));
        assert!(!fits(0, 10) && !fits(10, 0) && !fits(u64::MAX, u64::MAX));
    }
}
