//! Why a piece of footage could not be read at all. Whatever was decoded before a fault is kept and counted instead.

use std::io;
use std::path::{Path, PathBuf};

/// Why footage could not be read at all.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FootageError {
    /// There is no such file, or it may not be read.
    #[error("cannot open {path}: {source}; check the path and that you may read it")]
    Open {
        /// The file.
        path: PathBuf,
        /// As the system says.
        source: std::io::Error,
    },
    /// It was another file, or held other pictures, when it had been read.
    #[error("{path} was changed while it was looked at: keep it still and run again")]
    Changed {
        /// The file or folder.
        path: PathBuf,
    },
    /// The file holds no bytes.
    #[error("{path} is empty (zero bytes); copy it again from where it came")]
    Empty {
        /// The file.
        path: PathBuf,
    },
    /// Neither image nor video.
    #[error("cannot read {path} as an image or a video: {reason}")]
    NotFootage {
        /// The file.
        path: PathBuf,
        /// In the decoder's words, and what to do next.
        reason: String,
    },
    /// Sound only.
    #[error("{path} holds no video, only sound or data; give a file with a video stream")]
    NoVideo {
        /// The file.
        path: PathBuf,
    },
    /// A folder in which nothing is an image.
    #[error(
        "the folder {path} holds no image ({others} other entries); give a folder of JPEG, PNG, WebP, BMP or TIFF files \
         (folders within it are not entered)"
    )]
    NoImages {
        /// The folder.
        path: PathBuf,
        /// What else is in it.
        others: u64,
    },
    /// A frame would be larger than allowed.
    #[error(
        "{path} declares frames of {width}x{height} pixels, more than the limit ({limit}); was it damaged?"
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Declared width.
        width: u64,
        /// Declared height.
        height: u64,
        /// The limit, in words.
        limit: String,
    },
    /// Something was recognised and not one frame came out of it.
    #[error("no frame of {path} could be decoded: {reason}; the file is damaged or truncated, copy it again")]
    NothingDecoded {
        /// The file.
        path: PathBuf,
        /// In the decoder's words.
        reason: String,
    },
    /// The decoder is not there.
    #[error("cannot start the video decoder {program}: {source}; install ffmpeg or say where it is")]
    NoDecoder {
        /// The program.
        program: PathBuf,
        /// As the system says.
        source: std::io::Error,
    },
    /// `OpenCV` was asked for, and the library was built without it.
    #[error("this was built without OpenCV: build it with --features opencv, or use ffmpeg")]
    NotBuilt,
    /// The decoder is there and does not answer as ffmpeg does.
    #[error("{program} does not answer as ffmpeg does: {reason}; install ffmpeg 4.4 or later")]
    StrangeDecoder {
        /// The program.
        program: PathBuf,
        /// What was met.
        reason: String,
    },
    /// The decoder gave nothing for too long before the first frame.
    #[error(
        "the video decoder gave nothing for {seconds} s on {path} and was stopped; the file may be made to do this"
    )]
    Silent {
        /// The file.
        path: PathBuf,
        /// The limit.
        seconds: u64,
    },
    /// Decoded in part, it does not give what it gives when all of it is decoded.
    #[error("{path} cannot be decoded in part: decode all of it")]
    PartsDiffer {
        /// The file.
        path: PathBuf,
    },
    /// A rate of images that is no rate.
    #[error("{fps} images per second is not a rate; give a number above zero")]
    BadRate {
        /// As given.
        fps: f64,
    },
}

/// What becomes of the system's answer where the decoder cannot be started.
pub(super) fn no_decoder(program: &Path) -> impl FnOnce(io::Error) -> FootageError {
    let program = program.to_owned();
    move |source| FootageError::NoDecoder { program, source }
}
