//! The first bytes of a file in, what it is out. Names are not believed, only compared.

use image::ImageFormat;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// What the bytes are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// One still image of a format that is read here.
    Image(ImageFormat),
    /// Anything else is ffmpeg's to recognise or to refuse.
    Other,
}

/// Enough for the markers of a JPEG before its pixels.
const HEAD: u64 = 1 << 18;

/// Looks at the file.
pub(super) fn content(path: &Path) -> io::Result<Content> {
    let mut head = Vec::new();
    File::open(path)?.take(HEAD).read_to_end(&mut head)?;
    Ok(of_bytes(&head))
}

fn of_bytes(head: &[u8]) -> Content {
    let format = match head {
        [0xFF, 0xD8, 0xFF, ..] if !is_motion_jpeg(head) => ImageFormat::Jpeg,
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => ImageFormat::Png,
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => ImageFormat::WebP,
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => ImageFormat::Tiff,
        _ if is_bitmap(head) => ImageFormat::Bmp,
        _ => return Content::Other,
    };
    Content::Image(format)
}

/// `BM` alone is no proof: the reserved bytes are zero and the header has one of the known lengths.
fn is_bitmap(head: &[u8]) -> bool {
    let known_length = matches!(
        head.get(14..18),
        Some([12 | 40 | 52 | 56 | 64 | 108 | 124, 0, 0, 0])
    );
    head.starts_with(b"BM") && head.get(6..10) == Some(&[0; 4]) && known_length
}

/// A motion JPEG stream is JPEG after JPEG. A phone's picture may hold a second one too, and says so in an `MPF` marker.
fn is_motion_jpeg(head: &[u8]) -> bool {
    let mut at = 2;
    // Marker segments up to the start of the pixels.
    loop {
        let [0xFF, marker, high, low] = head.get(at..at + 4).unwrap_or_default() else {
            return false;
        };
        if *marker == 0xE2 && head.get(at + 4..at + 8) == Some(b"MPF\0") {
            return false;
        }
        at += 2 + usize::from(u16::from_be_bytes([*high, *low]));
        if *marker == 0xDA {
            break;
        }
    }
    // In the pixels, FF is followed by 00 or a restart marker; the first other marker that ends the image is FFD9.
    while let Some(window) = head.get(at..at + 2) {
        if window == [0xFF, 0xD9] {
            return head.get(at + 2..at + 5) == Some(&[0xFF, 0xD8, 0xFF]);
        }
        at += 1;
    }
    false
}

/// Extensions of images, with what is in such files.
const IMAGES: [(&str, ImageFormat); 8] = [
    ("jpg", ImageFormat::Jpeg),
    ("jpeg", ImageFormat::Jpeg),
    ("jpe", ImageFormat::Jpeg),
    ("png", ImageFormat::Png),
    ("webp", ImageFormat::WebP),
    ("bmp", ImageFormat::Bmp),
    ("tif", ImageFormat::Tiff),
    ("tiff", ImageFormat::Tiff),
];

/// Extensions of videos and a word of the container that ffmpeg then names.
const VIDEOS: [(&str, &str); 16] = [
    ("mp4", "mp4"),
    ("m4v", "mp4"),
    ("mov", "mov"),
    ("3gp", "3gp"),
    ("avi", "avi"),
    ("mkv", "matroska"),
    ("webm", "webm"),
    ("ts", "mpegts"),
    ("mts", "mpegts"),
    ("m2ts", "mpegts"),
    ("mpg", "mpeg"),
    ("mpeg", "mpeg"),
    ("flv", "flv"),
    ("gif", "gif"),
    ("wmv", "asf"),
    ("asf", "asf"),
];

/// Whether the name promises an image.
pub(super) fn is_called_image(path: &Path) -> bool {
    extension(path).is_some_and(|extension| IMAGES.iter().any(|(name, _)| *name == extension))
}

/// Says so where name and content do not agree. Only known extensions are repeated, never a name.
pub(super) fn contradiction(path: &Path, content: Content) -> Option<String> {
    let extension = extension(path)?;
    let image = IMAGES.iter().find(|(name, _)| *name == extension);
    let video = VIDEOS.iter().find(|(name, _)| *name == extension);
    match (content, image, video) {
        (Content::Image(format), Some((name, named)), _) if format != *named => Some(format!(
            "named .{name} but holds {}; read by its content",
            name_of(format)
        )),
        (Content::Image(format), None, Some((name, _))) => Some(format!(
            "named .{name} but holds one image, {}; read by its content",
            name_of(format)
        )),
        (Content::Other, Some((name, _)), _) => Some(format!(
            "named .{name} but is not such an image; read by its content"
        )),
        _ => None,
    }
}

/// The same for the container that ffmpeg found.
pub(super) fn container_contradiction(path: &Path, container: &str) -> Option<String> {
    let extension = extension(path)?;
    let (name, word) = VIDEOS.iter().find(|(name, _)| *name == extension)?;
    let agrees = container.split(',').any(|part| part.starts_with(word));
    (!agrees).then(|| format!("named .{name} but holds {container}; read by its content"))
}

/// The format's name in the record.
pub(super) fn name_of(format: ImageFormat) -> &'static str {
    match format {
        ImageFormat::Jpeg => "jpeg",
        ImageFormat::Png => "png",
        ImageFormat::WebP => "webp",
        ImageFormat::Tiff => "tiff",
        ImageFormat::Bmp => "bmp",
        _ => "image",
    }
}

fn extension(path: &Path) -> Option<String> {
    path.extension()
        .and_then(|extension| extension.to_str())
        .map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_known_by_their_first_bytes_and_text_that_begins_alike_is_none() {
        assert_eq!(
            of_bytes(b"\x89PNG\r\n\x1a\n...."),
            Content::Image(ImageFormat::Png)
        );
        assert_eq!(
            of_bytes(b"RIFF\0\0\0\0WEBPVP8 "),
            Content::Image(ImageFormat::WebP)
        );
        assert_eq!(of_bytes(b"RIFF\0\0\0\0AVI LIST"), Content::Other);
        assert_eq!(
            of_bytes(b"BM is a text that begins like a bitmap"),
            Content::Other
        );
        assert_eq!(of_bytes(b"MM\0*\0\0\0\x08"), Content::Image(ImageFormat::Tiff));
        assert_eq!(of_bytes(b""), Content::Other);
    }

    #[test]
    fn jpeg_after_jpeg_is_a_video_unless_the_picture_declares_its_parts() {
        let one = b"\xFF\xD8\xFF\xFE\0\x04hi\xFF\xDA\0\x02ab\xFF\0c\xFF\xD9";
        assert_eq!(of_bytes(one), Content::Image(ImageFormat::Jpeg));
        assert_eq!(of_bytes(&[&one[..], one].concat()), Content::Other);
        let parts = b"\xFF\xD8\xFF\xE2\0\x06MPF\0\xFF\xDA\0\x02ab\xFF\xD9";
        assert_eq!(
            of_bytes(&[&parts[..], one].concat()),
            Content::Image(ImageFormat::Jpeg)
        );
    }

    #[test]
    fn a_name_that_contradicts_the_content_is_noted_without_the_name() {
        let note = contradiction(Path::new("/x/Anna Meyer.PNG"), Content::Image(ImageFormat::Jpeg)).unwrap();
        assert_eq!(note, "named .png but holds jpeg; read by its content");
        assert!(contradiction(Path::new("/x/a.png"), Content::Image(ImageFormat::Png)).is_none());
        assert!(contradiction(Path::new("/x/a"), Content::Other).is_none());
        assert!(container_contradiction(Path::new("a.mp4"), "matroska,webm").is_some());
        assert!(container_contradiction(Path::new("a.mp4"), "mov,mp4,m4a,3gp,3g2,mj2").is_none());
        assert!(container_contradiction(Path::new("a.mpg"), "mpegvideo").is_none());
    }
}
