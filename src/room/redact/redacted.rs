//! The one kind of pixel that may leave the room: of frames in which everybody found was masked, or that are black.
//!
//! **Why it may leave.** An exhibit has to show what happened, and may not show who was there. A box, a track or a count
//! cannot do the first; a picture can do both if the pixels of people are not in it any more. So this is a type of its
//! own and not a permission: it has no maker outside [`super`], its fields are private, it cannot be made from pixels, and
//! whoever writes pixels to a file takes this type and no other. What makes one is [`super::paint`], after the mask was
//! laid over the frame. [`still`] makes a picture file of it, which is all that a report takes.
//!
//! **What it cannot promise.** Whoever no model found is still in the picture. The report beside it says how far that is
//! known, and what cannot be excluded.

use crate::footage::frame::FrameBuffer;
use crate::footage::pool::PooledFrame;
use std::io::Cursor;
use vsa_base::Reason;
use vsa_record::redacted_still::{RedactedStill, StillFormat};

/// A frame after masking. It borrows a buffer of the pool and is wiped with it.
pub struct RedactedFrame {
    pixels: Pixels,
}

enum Pixels {
    Painted(PooledFrame),
    Black(FrameBuffer),
}

impl RedactedFrame {
    /// Seals a frame that was painted over; only the painter calls this.
    pub(super) fn painted(frame: PooledFrame) -> Self {
        Self {
            pixels: Pixels::Painted(frame),
        }
    }

    /// A black frame.
    pub(super) fn black(width: u32, height: u32) -> Self {
        let mut buffer = FrameBuffer::default();
        buffer.reshape(width, height).fill(0);
        Self {
            pixels: Pixels::Black(buffer),
        }
    }

    fn buffer(&self) -> &FrameBuffer {
        match &self.pixels {
            Pixels::Painted(frame) => frame,
            Pixels::Black(buffer) => buffer,
        }
    }

    /// Width in pixels.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.buffer().width
    }

    /// Height in pixels.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.buffer().height
    }

    /// RGB, 8 bits a channel, rows from top to bottom.
    #[must_use]
    pub fn rgb(&self) -> &[u8] {
        &self.buffer().rgb
    }
}

impl std::fmt::Debug for RedactedFrame {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "RedactedFrame({}x{})", self.width(), self.height())
    }
}

/// A JPEG of a sheet: people shall be told from bushes, no more.
const JPEG_QUALITY: u8 = 80;

/// The picture of a redacted frame, no wider than `widest`.
pub(super) fn still(
    frame: &RedactedFrame,
    format: StillFormat,
    widest: u32,
    black: bool,
) -> Result<RedactedStill, Reason> {
    let (width, height) = (frame.width(), frame.height());
    let picture =
        image::RgbImage::from_raw(width, height, frame.rgb().to_vec()).ok_or("the frame has no pixels")?;
    let picture = if width > widest {
        let lower = (u64::from(height) * u64::from(widest) / u64::from(width)).max(1) as u32;
        image::imageops::resize(&picture, widest, lower, image::imageops::FilterType::Triangle)
    } else {
        picture
    };
    let mut bytes = Cursor::new(Vec::new());
    let written = match format {
        StillFormat::Png => picture.write_to(&mut bytes, image::ImageFormat::Png),
        StillFormat::Jpeg => picture.write_with_encoder(image::codecs::jpeg::JpegEncoder::new_with_quality(
            &mut bytes,
            JPEG_QUALITY,
        )),
    };
    written.map_err(Reason::of)?;
    Ok(RedactedStill::masked(
        bytes.into_inner(),
        format,
        picture.dimensions(),
        black,
    ))
}
