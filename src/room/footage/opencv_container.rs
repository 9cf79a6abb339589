//! The first bytes of a video file in, its container out, in ffmpeg's words: OpenCV does not tell it. And whether a file
//! holds sound alone, which OpenCV does not tell from a broken file. What is not recognised here is left to OpenCV.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// The index of an MP4 file lies within this many bytes of its begin or end, or is not looked for.
const REACH: u64 = 4 << 20;

/// The container, where its first bytes tell.
pub(super) fn name(head: &[u8]) -> Option<&'static str> {
    let name = match head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'A', b'V', b'I', b' ', ..] => "avi",
        [0x1A, 0x45, 0xDF, 0xA3, ..] => "matroska,webm",
        [_, _, _, _, b'f', b't', b'y', b'p', ..]
        | [_, _, _, _, b'm', b'o', b'o', b'v', ..]
        | [_, _, _, _, b'm', b'd', b'a', b't', ..] => "mov,mp4,m4a,3gp,3g2,mj2",
        [b'F', b'L', b'V', 1, ..] => "flv",
        [b'G', b'I', b'F', b'8', ..] => "gif",
        [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, ..] => "asf",
        [b'O', b'g', b'g', b'S', ..] => "ogg",
        [0, 0, 1, 0xBA, ..] => "mpeg",
        [0, 0, 1, 0xB3, ..] => "mpegvideo",
        [0xFF, 0xD8, 0xFF, ..] => "mjpeg",
        _ if head.starts_with(b"nut/multimedia container\0") => "nut",
        [0x47, ..] if head.get(188) == Some(&0x47) && head.get(376) == Some(&0x47) => "mpegts",
        _ => return None,
    };
    Some(name)
}

/// Reads as much as [`name`] looks at.
pub(super) fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)?.take(512).read_to_end(&mut head)?;
    Ok(head)
}

/// Whether the file is known to hold sound and no video. A cover picture is no video, and OpenCV would read one.
pub(super) fn is_sound(path: &Path, head: &[u8]) -> io::Result<bool> {
    Ok(match head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'A', b'V', b'E', ..]
        | [b'f', b'L', b'a', b'C', ..]
        | [b'I', b'D', b'3', ..] => true,
        _ if name(head).is_some_and(|name| name.starts_with("mov")) => {
            let mut file = File::open(path)?;
            let mut near = Vec::new();
            (&mut file).take(REACH).read_to_end(&mut near)?;
            let length = file.metadata()?.len();
            file.seek(SeekFrom::Start(length.saturating_sub(REACH).max(REACH)))?;
            file.take(REACH).read_to_end(&mut near)?;
            let handlers = handlers(&near);
            handlers.contains(b"soun") && !handlers.contains(b"vide")
        }
        _ => false,
    })
}

/// Kinds of the tracks of an MP4 file: `hdlr`, four bytes of version and flags, four of zeros, the kind.
fn handlers(bytes: &[u8]) -> Vec<[u8; 4]> {
    bytes
        .windows(16)
        .filter(|window| window.starts_with(b"hdlr"))
        .map(|window| [window[12], window[13], window[14], window[15]])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn containers_are_known_by_their_first_bytes() {
        for (head, expected) in [
            (&b"RIFF\0\0\0\0AVI LIST"[..], Some("avi")),
            (b"RIFF\0\0\0\0WAVEfmt ", None),
            (b"\x1A\x45\xDF\xA3\x01", Some("matroska,webm")),
            (b"\0\0\0\x20ftypisom", Some("mov,mp4,m4a,3gp,3g2,mj2")),
            (b"#EXTM3U\n", None),
            (b"G", None),
            (b"", None),
        ] {
            assert_eq!(name(head), expected, "{head:?}");
        }
    }

    #[test]
    fn a_track_of_video_is_told_from_one_of_sound() {
        let sound = b"....hdlr\0\0\0\0\0\0\0\0soun....";
        assert_eq!(handlers(sound), [*b"soun"]);
        assert_eq!(handlers(b"hdlr\0\0\0\0\0\0\0\0"), Vec::<[u8; 4]>::new());
    }
}
