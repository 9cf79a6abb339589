//! One image file in, upright RGB pixels out.
//!
//! - The orientation that a camera wrote into the file (EXIF) is applied.
//! - Grey, palette, 16-bit, floating-point and CMYK images become RGB of 8 bits a channel.
//! - Transparent parts are laid over white, as a viewer shows them: dropping the alpha channel would bring back pixels
//!   that the picture hides.
//! - Of several pages (TIFF) or animation steps (WebP, PNG), the first is read.

use super::frame::FrameBuffer;
use super::limits::Limits;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;
use vsa_base::Reason;
use zeroize::Zeroize;

/// Reads the image at `path`. The error is fit for the record: it holds no path.
pub(super) fn read(
    path: &Path,
    format: ImageFormat,
    limits: &Limits,
    buffer: &mut FrameBuffer,
) -> Result<(), Reason> {
    let file = File::open(path).map_err(|error| format!("cannot be opened: {}", error.kind()))?;
    let bytes = file
        .metadata()
        .map_err(|error| format!("cannot be opened: {}", error.kind()))?
        .len();
    if bytes > limits.max_image_bytes {
        return Err(format!("is larger than the limit of {} bytes", limits.max_image_bytes).into());
    }
    let mut reader = ImageReader::with_format(BufReader::new(file), format);
    let mut most = image::Limits::default();
    most.max_image_width = Some(limits.max_width);
    most.max_image_height = Some(limits.max_height);
    // 16 bytes hold a pixel of the widest kind, four floating-point channels.
    most.max_alloc = Some(limits.max_pixels.saturating_mul(16));
    reader.limits(most);
    let mut decoder = reader.into_decoder().map_err(|error| worded(&error))?;
    let (width, height) = decoder.dimensions();
    limits
        .check(path, u64::from(width), u64::from(height))
        .map_err(|_| format!("declares {width}x{height} pixels, more than the limit"))?;
    // A damaged orientation is no orientation.
    let orientation = decoder
        .orientation()
        .unwrap_or(image::metadata::Orientation::NoTransforms);
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| worded(&error))?;
    picture.apply_orientation(orientation);
    buffer.rgb.zeroize();
    (buffer.width, buffer.height) = (picture.width(), picture.height());
    buffer.rgb = if picture.color().has_alpha() {
        over_white(picture)
    } else {
        picture.into_rgb8().into_raw()
    };
    Ok(())
}

/// `value * alpha + 255 * (1 - alpha)`, rounded.
fn over_white(picture: DynamicImage) -> Vec<u8> {
    let mut rgba = picture.into_rgba8().into_raw();
    let mut rgb = Vec::with_capacity(rgba.len() / 4 * 3);
    for pixel in rgba.chunks_exact(4) {
        let alpha = u32::from(pixel[3]);
        rgb.extend(
            pixel[..3]
                .iter()
                .map(|&value| ((u32::from(value) * alpha + 255 * (255 - alpha) + 127) / 255) as u8),
        );
    }
    rgba.zeroize();
    rgb
}

/// The decoder's words, without line breaks and not too long. It reads from memory and knows no path.
fn worded(error: &image::ImageError) -> String {
    let words = error.to_string();
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|c| !c.is_control())
        .take(120)
        .collect()
}
