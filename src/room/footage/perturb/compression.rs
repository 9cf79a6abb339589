//! JPEG compression: a frame in, the frame after one round through a JPEG of low quality out.

use super::FrameBuffer;
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageFormat};
use zeroize::Zeroize;

/// Quality (ImageNet-C, `jpeg_compression`).
const QUALITY: [u8; 5] = [25, 18, 15, 10, 7];

pub(super) fn apply(frame: &mut FrameBuffer, level: usize) {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY[level]);
    let mut encoder = encoder;
    let encoded = encoder.encode(&frame.rgb, frame.width, frame.height, ExtendedColorType::Rgb8);
    // A frame is too large for a JPEG only beyond 65535 pixels a side, which `limits` refuses; then it stays as it is.
    if encoded.is_ok()
        && let Ok(decoded) = image::load_from_memory_with_format(&bytes, ImageFormat::Jpeg)
    {
        let mut decoded = decoded.into_rgb8();
        frame.rgb.copy_from_slice(&decoded);
        decoded.zeroize();
    }
    bytes.zeroize();
}
