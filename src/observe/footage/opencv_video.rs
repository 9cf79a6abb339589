//! A video in, its frames out, decoded by OpenCV's videoio (feature `opencv`): a second decoder, to hold the first to.
//!
//! OpenCV is handed an open file by its number (`/dev/fd/N`), never the user's path: no name can be taken for an
//! address, a pattern of image names or a camera, and any name works. Formats are held to the list of the other decoder
//! (see [`super::opencv_settings`]).
//!
//! # What OpenCV cannot tell
//!
//! - **Container**: known here by its first bytes, or called unknown. **Codec**: the four letters that the file bears
//!   (FOURCC), not the codec that was found.
//! - **Faulty frames**: damage within a frame is painted over in silence. Only packets from which no frame came, with
//!   frames after them, are counted; the record says so for every item.
//! - **Expected frames** are those that the container counts, or else its duration times its rate. Where the rate turns
//!   out to vary, that product says nothing and is left out.
//! - **Why** a file cannot be opened: not in which words, and hardly whether it holds no video or is broken.
//!
//! # What is less safe here
//!
//! OpenCV decodes within this process: a file that crashes or stalls a codec crashes or stalls the run, where an ffmpeg
//! child would be stopped and spoken of. OpenCV's own time limit watches over opening and reading alone. It sees the
//! sizes of frames only after it opened the file. Its own buffers are not wiped.

use super::error::FootageError;
use super::fingerprint::Fingerprint;
use super::frame::FrameBuffer;
use super::integrity::Integrity;
use super::limits::Limits;
use super::source::{Source, cannot_open};
use super::{opencv_container, opencv_settings, sniff};
use crate::record::facts::{FrameCounts, ItemFacts, ItemKind};
use opencv::core::{CV_8UC3, Mat, MatTraitConst, MatTraitConstManual, MatTraitManual, Vector};
use opencv::videoio::{
    CAP_FFMPEG, CAP_PROP_FOURCC, CAP_PROP_FPS, CAP_PROP_FRAME_COUNT, CAP_PROP_FRAME_HEIGHT,
    CAP_PROP_FRAME_WIDTH, CAP_PROP_HW_ACCELERATION, CAP_PROP_OPEN_TIMEOUT_MSEC, CAP_PROP_ORIENTATION_AUTO,
    CAP_PROP_POS_MSEC, CAP_PROP_READ_TIMEOUT_MSEC, VIDEO_ACCELERATION_NONE, VideoCapture, VideoCaptureTrait,
    VideoCaptureTraitConst,
};
use std::collections::BTreeSet;
use std::fs::File;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use zeroize::Zeroize;

/// OpenCV gives the same answer at the end and at a damaged packet. After so many in a row it is the end: asked again at
/// the end, it answers at once.
const GIVE_UP: u64 = 64;

const SILENT_ON_DAMAGE: &str =
    "OpenCV does not tell damage within frames: such frames are not counted as faulty";

/// A video that OpenCV reads.
pub(super) struct OpencvSource {
    label: String,
    path: PathBuf,
    /// OpenCV reads it by its number: it stays open as long as the capture, and is dropped after it.
    capture: VideoCapture,
    _file: File,
    limits: Limits,
    fingerprint: Fingerprint,
    decoder: String,
    container: Option<&'static str>,
    codec: String,
    declared_rate: Option<f64>,
    declared_frames: Option<u64>,
    picture: Picture,
    size: Option<(u32, u32)>,
    first_ms: Option<f64>,
    integrity: Integrity,
    faulty: u64,
    faults: BTreeSet<String>,
    ended: bool,
}

/// The frame that OpenCV writes to, wiped at the end.
struct Picture(Mat);

impl Drop for Picture {
    fn drop(&mut self) {
        if let Ok(bytes) = self.0.data_bytes_mut() {
            bytes.zeroize();
        }
    }
}

impl OpencvSource {
    /// Starts to read `path`. `note` is a fault found before.
    pub(super) fn open(
        label: &str,
        path: &Path,
        fingerprint: Fingerprint,
        note: Option<String>,
        limits: &Limits,
    ) -> Result<Self, FootageError> {
        let decoder = format!("{} (videoio, FFMPEG backend)", opencv_settings::prepare());
        let head = opencv_container::head(path).map_err(|source| cannot_open(path, source))?;
        if opencv_container::is_sound(path, &head).map_err(|source| cannot_open(path, source))? {
            return Err(FootageError::NoVideo {
                path: path.to_owned(),
            });
        }
        let container = opencv_container::name(&head);
        let file = File::open(path).map_err(|source| cannot_open(path, source))?;
        let capture = start(path, &file, limits)?;
        let get = |property| capture.get(property).unwrap_or(0.0);
        // A size that is no number becomes 0, which is refused.
        limits.check(
            path,
            get(CAP_PROP_FRAME_WIDTH) as u64,
            get(CAP_PROP_FRAME_HEIGHT) as u64,
        )?;
        let mut faults = BTreeSet::from([SILENT_ON_DAMAGE.to_owned()]);
        faults.extend(note);
        faults.extend(container.and_then(|container| sniff::container_contradiction(path, container)));
        Ok(Self {
            label: label.to_owned(),
            path: path.to_owned(),
            limits: limits.clone(),
            fingerprint,
            decoder,
            container,
            codec: fourcc(get(CAP_PROP_FOURCC)),
            declared_rate: Some(get(CAP_PROP_FPS)).filter(|rate| rate.is_finite() && *rate > 0.0),
            declared_frames: Some(get(CAP_PROP_FRAME_COUNT))
                .filter(|count| *count >= 1.0 && *count < 1e15)
                .map(|count| count as u64),
            capture,
            _file: file,
            picture: Picture(Mat::default()),
            size: None,
            first_ms: None,
            integrity: Integrity::default(),
            faulty: 0,
            faults,
            ended: false,
        })
    }

    /// To the next packet from which a frame comes. False: the end.
    fn grab(&mut self) -> bool {
        for failed in 0..GIVE_UP {
            if self.capture.grab().unwrap_or(false) {
                if failed > 0 {
                    self.faulty += failed;
                    self.faults
                        .insert("packets were met from which no frame could be made".to_owned());
                }
                return true;
            }
        }
        false
    }

    /// The frame that was grabbed, if it is one.
    fn take(&mut self, buffer: &mut FrameBuffer) -> Result<(), String> {
        let milliseconds = self.capture.get(CAP_PROP_POS_MSEC).unwrap_or(f64::NAN);
        let picture = &mut self.picture.0;
        if !self.capture.retrieve(picture, 0).unwrap_or(false) || picture.typ() != CV_8UC3 {
            return Err("packets were met from which no picture could be made".to_owned());
        }
        let (width, height) = (
            u32::try_from(picture.cols()).unwrap_or(0),
            u32::try_from(picture.rows()).unwrap_or(0),
        );
        let fits = self
            .limits
            .check(&self.path, u64::from(width), u64::from(height))
            .is_ok();
        if !fits || *self.size.get_or_insert((width, height)) != (width, height) {
            return Err("frames were met of another size than the first, and left out".to_owned());
        }
        let bytes = picture
            .data_bytes()
            .map_err(|_| "a picture was met in parts".to_owned())?;
        let pixels = buffer.reshape(width, height);
        if bytes.len() != pixels.len() {
            return Err("a picture was met of another length than its size".to_owned());
        }
        // Blue, green, red in; red, green, blue out.
        for (rgb, bgr) in pixels.chunks_exact_mut(3).zip(bytes.chunks_exact(3)) {
            rgb.copy_from_slice(&[bgr[2], bgr[1], bgr[0]]);
        }
        let first = *self.first_ms.get_or_insert(milliseconds);
        buffer.index = self.integrity.decoded();
        buffer.seconds = (milliseconds - first) / 1000.0;
        if !buffer.seconds.is_finite() {
            buffer.seconds = self.integrity.timing().last;
            self.faults
                .insert("frames were met without a time stamp".to_owned());
        }
        Ok(())
    }

    /// How many frames were declared, and how many of them are not there: as with the other decoder, half a second and
    /// three frames may be lost to rounding.
    fn cut_off(&self, missing_before: u64) -> u64 {
        let (Some(declared), Some(rate)) = (self.declared_frames, self.declared_rate) else {
            return 0;
        };
        let short = declared.saturating_sub(self.integrity.decoded() + self.faulty.max(missing_before));
        if short > 3 && short as f64 > 0.5 * rate {
            short
        } else {
            0
        }
    }
}

/// Opens the file behind `file`, as whatever OpenCV's ffmpeg backend takes it for.
fn start(path: &Path, file: &File, limits: &Limits) -> Result<VideoCapture, FootageError> {
    let milliseconds = i32::try_from(limits.silence.as_millis()).unwrap_or(i32::MAX);
    // Pictures from a graphics card differ from machine to machine.
    let options = Vector::from_slice(&[
        CAP_PROP_OPEN_TIMEOUT_MSEC,
        milliseconds,
        CAP_PROP_READ_TIMEOUT_MSEC,
        milliseconds,
        CAP_PROP_HW_ACCELERATION,
        VIDEO_ACCELERATION_NONE,
    ]);
    let name = format!("/dev/fd/{}", file.as_raw_fd());
    let refused = || {
        FootageError::NotFootage {
        path: path.to_owned(),
        reason: "OpenCV does not open it; it is damaged, holds no video, is text or a playlist, or is no format that \
                 OpenCV knows"
            .to_owned(),
    }
    };
    let mut capture =
        VideoCapture::from_file_with_params(name, CAP_FFMPEG, &options).map_err(|_| refused())?;
    if !capture.is_opened().unwrap_or(false) {
        return Err(refused());
    }
    // On by default; whoever builds OpenCV may think otherwise. Its answer says whether it can, not whether it must.
    drop(capture.set(CAP_PROP_ORIENTATION_AUTO, 1.0));
    Ok(capture)
}

/// The four letters, if they are letters: they are the file's own.
fn fourcc(value: f64) -> String {
    let letters = (value as u32).to_le_bytes();
    if letters.iter().all(|byte| byte.is_ascii_alphanumeric()) {
        format!("fourcc {}", String::from_utf8_lossy(&letters))
    } else {
        "unknown to OpenCV".to_owned()
    }
}

impl Source for OpencvSource {
    fn kind(&self) -> ItemKind {
        ItemKind::Video
    }

    fn next(&mut self, buffer: &mut FrameBuffer) -> Result<bool, FootageError> {
        while !self.ended && self.grab() {
            match self.take(buffer) {
                Ok(()) => {
                    self.integrity.see(&buffer.rgb, buffer.seconds);
                    return Ok(true);
                }
                Err(why) => {
                    self.faulty += 1;
                    self.faults.insert(why);
                }
            }
        }
        self.ended = true;
        if self.integrity.decoded() == 0 {
            return Err(FootageError::NothingDecoded {
                path: self.path.clone(),
                reason: "OpenCV opened it and gave no frame".to_owned(),
            });
        }
        Ok(false)
    }

    fn expected_frames(&self) -> Option<u64> {
        self.declared_frames
    }

    fn finish(mut self: Box<Self>) -> ItemFacts {
        let timing = self.integrity.timing();
        if timing.variable && !self.container.is_some_and(counts_its_frames) {
            self.declared_frames = None;
        }
        let cut_off = if self.ended {
            self.cut_off(timing.missing)
        } else {
            0
        };
        if cut_off > 0 {
            self.faults
                .insert("the file ends before the duration that it declares".to_owned());
        }
        let one = timing
            .median
            .or(self.declared_rate.map(|rate| 1.0 / rate))
            .unwrap_or(0.0);
        let (width, height) = self.size.unwrap_or_default();
        let decoded = self.integrity.decoded();
        ItemFacts {
            label: self.label,
            kind: ItemKind::Video,
            sha256: self.fingerprint.sha256,
            bytes: self.fingerprint.bytes,
            container: self.container.unwrap_or("unknown to OpenCV").to_owned(),
            codec: self.codec,
            width,
            height,
            duration_seconds: timing.last + one,
            declared_frame_rate: self.declared_rate,
            variable_frame_rate: timing.variable,
            decoder: self.decoder,
            frames: FrameCounts {
                expected: self.declared_frames,
                decoded,
                looked_at: decoded,
                repeated: self.integrity.repeated(),
                missing: timing.missing + cut_off,
                faulty: self.faulty,
            },
            faults: self.faults.into_iter().collect(),
        }
    }
}

/// Containers whose header counts the frames.
fn counts_its_frames(container: &str) -> bool {
    container == "avi" || container.starts_with("mov")
}
