//! The one kind of pixel that may leave the room: of frames in which everybody found was masked, or that are black.
//!
//! **Why it may leave.** An exhibit has to show what happened, and may not show who was there. A box, a track or a count
//! cannot do the first; a picture can do both if the pixels of people are not in it any more. So this is a type of its
//! own and not a permission: it has no maker outside [`super`], its fields are private, it cannot be made from pixels, and
//! whoever writes pixels to a file takes this type and no other. What makes one is [`super::paint`], after the mask was
//! laid over the frame. A still that was written to a folder may be read back from there, if its bytes have the digest
//! that was noted when it was made ([`RedactedStill::of_bundle`]); there is no other way round.
//!
//! **What it cannot promise.** Whoever no model found is still in the picture. The report beside it says how far that is
//! known, and what cannot be excluded.

use crate::custody::digest;
use crate::observe::footage::frame::FrameBuffer;
use crate::observe::footage::pool::PooledFrame;
use std::io::Cursor;

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

/// A still after masking, as a picture file.
#[derive(Clone, PartialEq, Eq)]
pub struct RedactedStill {
    bytes: Vec<u8>,
    format: StillFormat,
    width: u32,
    height: u32,
    black: bool,
}

/// In which format a still is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StillFormat {
    /// Without loss, for exhibits.
    Png,
    /// Small, for sheets.
    Jpeg,
}

/// A JPEG of a sheet: people shall be told from bushes, no more.
const JPEG_QUALITY: u8 = 80;

impl RedactedStill {
    /// The picture of a redacted frame, no wider than `widest`.
    pub(super) fn of(
        frame: &RedactedFrame,
        format: StillFormat,
        widest: u32,
        black: bool,
    ) -> Result<Self, String> {
        let (width, height) = (frame.width(), frame.height());
        let picture = image::RgbImage::from_raw(width, height, frame.rgb().to_vec())
            .ok_or("the frame has no pixels")?;
        let picture = if width > widest {
            let lower = (u64::from(height) * u64::from(widest) / u64::from(width)).max(1) as u32;
            image::imageops::resize(&picture, widest, lower, image::imageops::FilterType::Triangle)
        } else {
            picture
        };
        let mut bytes = Cursor::new(Vec::new());
        let written = match format {
            StillFormat::Png => picture.write_to(&mut bytes, image::ImageFormat::Png),
            StillFormat::Jpeg => picture.write_with_encoder(
                image::codecs::jpeg::JpegEncoder::new_with_quality(&mut bytes, JPEG_QUALITY),
            ),
        };
        written.map_err(|error| error.to_string())?;
        Ok(Self {
            bytes: bytes.into_inner(),
            format,
            width: picture.width(),
            height: picture.height(),
            black,
        })
    }

    /// The still in a PNG file of an earlier run's folder. `sha256`: the digest that the folder's manifest lists for it.
    ///
    /// # Errors
    /// In words, where the file is another one, or is no such picture.
    pub fn of_bundle(bytes: &[u8], sha256: &str, black: bool) -> Result<Self, String> {
        let found = digest::of_bytes(bytes);
        if found != sha256 {
            return Err(format!(
                "it was changed: its SHA-256 is {found}, and the folder's lists say {sha256}"
            ));
        }
        let picture = decoded(bytes)?;
        Ok(Self {
            bytes: bytes.to_vec(),
            format: StillFormat::Png,
            width: picture.width(),
            height: picture.height(),
            black,
        })
    }

    /// RGB, 8 bits a channel, rows from top to bottom.
    ///
    /// # Errors
    /// In words, where the picture cannot be decoded.
    pub fn rgb(&self) -> Result<Vec<u8>, String> {
        match self.format {
            StillFormat::Png => Ok(decoded(&self.bytes)?.into_raw()),
            StillFormat::Jpeg => Err("a still of a sheet is not set on paper".to_owned()),
        }
    }

    /// The file.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its media type.
    #[must_use]
    pub fn media_type(&self) -> &'static str {
        match self.format {
            StillFormat::Png => "image/png",
            StillFormat::Jpeg => "image/jpeg",
        }
    }

    /// Width and height in pixels.
    #[must_use]
    pub fn size(&self) -> (u32, u32) {
        (self.width, self.height)
    }

    /// The frame could not be trusted and was blacked.
    #[must_use]
    pub fn is_black(&self) -> bool {
        self.black
    }
}

/// A side of a still is surely no longer: a larger one would be a bomb.
const LONGEST_SIDE: u32 = 8192;

fn decoded(bytes: &[u8]) -> Result<image::RgbImage, String> {
    let mut reader = image::ImageReader::with_format(Cursor::new(bytes), image::ImageFormat::Png);
    let mut limits = image::Limits::default();
    (limits.max_image_width, limits.max_image_height) = (Some(LONGEST_SIDE), Some(LONGEST_SIDE));
    reader.limits(limits);
    let picture = reader.decode().map_err(|error| error.to_string())?;
    Ok(picture.into_rgb8())
}

impl std::fmt::Debug for RedactedStill {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "RedactedStill({}x{})", self.width, self.height)
    }
}
