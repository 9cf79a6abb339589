//! The trait that every decoder implements, and the choice of the decoder for an input: by content, not by name.

use super::error::FootageError;
use super::fingerprint;
use super::frame::FrameBuffer;
use super::image_folder::{self, ImageSource};
use super::limits::Limits;
#[cfg(feature = "opencv")]
use super::opencv_video::OpencvSource;
use super::partial::Partial;
use super::sniff::{self, Content};
use super::video::VideoSource;
use std::path::Path;
use std::sync::Arc;
use vsa_plan::{FootageItem, VideoDecoder};
use vsa_record::drawn::WhyWhole;
use vsa_record::facts::{ItemFacts, ItemKind};

/// A piece of footage, read from its first frame to its last.
pub(crate) trait Source: Send {
    /// Whether its frames follow each other in time.
    fn kind(&self) -> ItemKind;
    /// Decodes the next frame into `buffer`, which is to be developed before it is looked at. `Ok(false)`: there are no more.
    /// A fault in the footage is counted, not returned: an error means that this item cannot be read on at all and nothing
    /// was decoded.
    fn read(&mut self, buffer: &mut FrameBuffer) -> Result<bool, FootageError>;
    /// [`read`](Self::read), and developed.
    fn next(&mut self, buffer: &mut FrameBuffer) -> Result<bool, FootageError> {
        let more = self.read(buffer)?;
        if more {
            buffer.develop();
        }
        Ok(more)
    }
    /// The number of frames, as far as the file tells; for progress.
    fn expected_frames(&self) -> Option<u64>;
    /// What the footage was, once it has been read (or as far as it has been read: a decoder that still runs is
    /// stopped). `looked_at` is set to all decoded frames: whoever samples them corrects it.
    fn finish(self: Box<Self>) -> ItemFacts;
}

/// Whether a piece of footage is there at all, so that the tenth of ten files is missed before the first is looked at.
pub(crate) fn is_there(item: &FootageItem) -> Result<(), FootageError> {
    let path = absolute(&item.path)?;
    let metadata = std::fs::metadata(&path).map_err(|source| cannot_open(&path, source))?;
    if metadata.is_file() && metadata.len() == 0 {
        return Err(FootageError::Empty { path });
    }
    Ok(())
}

/// That the file, or the pictures of the folder, are those whose digest stands in `facts`, which was made before they were read.
///
/// # Errors
/// [`FootageError::Changed`], also where they are gone.
pub(crate) fn still_the_same(path: &Path, facts: &ItemFacts) -> Result<(), FootageError> {
    let path = absolute(path)?;
    let now = if path.is_dir() {
        image_folder::fingerprint_of(&path)
    } else {
        fingerprint::of_file(&path)
    };
    match now {
        Ok(now) if now.sha256 == facts.sha256 => Ok(()),
        _ => Err(FootageError::Changed { path }),
    }
}

/// Opens a piece of footage.
pub(crate) fn open(
    item: &FootageItem,
    decoder: &VideoDecoder,
    limits: &Limits,
) -> Result<Box<dyn Source>, FootageError> {
    let (label, path) = (&item.label, absolute(&item.path)?);
    let metadata = std::fs::metadata(&path).map_err(|source| cannot_open(&path, source))?;
    if let Some(fps) = item.sequence_fps
        && !(fps.is_finite() && fps > 0.0)
    {
        return Err(FootageError::BadRate { fps });
    }
    if metadata.is_dir() {
        let folder = ImageSource::folder(label, &path, item.sequence_fps, limits)?;
        return Ok(Box::new(folder));
    }
    if !metadata.is_file() {
        let reason = "it is neither a file nor a folder; record the stream to a file first".to_owned();
        return Err(FootageError::NotFootage { path, reason });
    }
    if metadata.len() == 0 {
        return Err(FootageError::Empty { path });
    }
    let content = sniff::content(&path).map_err(|source| cannot_open(&path, source))?;
    let note = sniff::contradiction(&path, content);
    if let Content::Image(_) = content {
        return Ok(Box::new(ImageSource::single(label, &path, note, limits)?));
    }
    let fingerprint = fingerprint::of_file(&path).map_err(|source| cannot_open(&path, source))?;
    match decoder {
        VideoDecoder::Ffmpeg(program) => {
            let video = VideoSource::open(label, &path, fingerprint, note, program, limits)?;
            Ok(Box::new(video))
        }
        #[cfg(not(feature = "opencv"))]
        VideoDecoder::Opencv => Err(FootageError::NotBuilt),
        #[cfg(feature = "opencv")]
        VideoDecoder::Opencv => {
            let video = OpencvSource::open(label, &path, fingerprint, note, limits)?;
            Ok(Box::new(video))
        }
    }
}

/// The same piece, to be decoded in part; or why it is to be decoded whole.
pub(crate) fn partial(
    item: &FootageItem,
    decoder: &VideoDecoder,
    limits: &Limits,
) -> Result<Result<Arc<Partial>, WhyWhole>, FootageError> {
    let path = absolute(&item.path)?;
    let metadata = std::fs::metadata(&path).map_err(|source| cannot_open(&path, source))?;
    if !metadata.is_file() || metadata.len() == 0 {
        return Ok(Err(WhyWhole::Pictures));
    }
    let content = sniff::content(&path).map_err(|source| cannot_open(&path, source))?;
    if let Content::Image(_) = content {
        return Ok(Err(WhyWhole::Pictures));
    }
    let VideoDecoder::Ffmpeg(program) = decoder else {
        return Ok(Err(WhyWhole::Decoder));
    };
    let note = sniff::contradiction(&path, content);
    let fingerprint = fingerprint::of_file(&path).map_err(|source| cannot_open(&path, source))?;
    let video = VideoSource::open(&item.label, &path, fingerprint, note, program, limits)?;
    Partial::of(video, &path, program, limits)
}

/// Decoders run with this path whatever their own working folder; nothing is resolved, so links keep their names.
fn absolute(path: &Path) -> Result<std::path::PathBuf, FootageError> {
    std::path::absolute(path).map_err(|source| cannot_open(path, source))
}

pub(crate) fn cannot_open(path: &Path, source: std::io::Error) -> FootageError {
    FootageError::Open {
        path: path.to_owned(),
        source,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_absent_or_empty_is_named_before_anything_is_decoded() {
        let folder = tempfile::tempdir().unwrap();
        let item = |name: &str| FootageItem {
            label: "item-2".to_owned(),
            path: folder.path().join(name),
            sequence_fps: None,
        };
        std::fs::File::create_new(folder.path().join("empty.mp4")).unwrap();
        assert!(matches!(
            is_there(&item("absent.mp4")),
            Err(FootageError::Open { .. })
        ));
        assert!(matches!(
            is_there(&item("empty.mp4")),
            Err(FootageError::Empty { .. })
        ));
        assert!(is_there(&item(".")).is_ok(), "a folder may hold images");
    }
}
