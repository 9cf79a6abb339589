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
//! - **Expected frames** are those that the container counts, or else its duration times its rate. Where the frames do
//!   not fit that product, or their rate varies, it says nothing and is left out.
//! - **Times of the last frames**: OpenCV 4.6 says 0 for those that it still holds when the file ends (its issue 22141).
//!   They are reckoned from the median interval, and the record says how many.
//! - **Why** a file cannot be opened: not in which words, and hardly whether it holds no video or is broken.
//!
//! Pictures are turned upright here, by the angle that OpenCV reads: OpenCV 4.6.0 turns them the wrong way (its issue
//! 22088).
//!
//! # What is less safe here
//!
//! OpenCV decodes within this process: a file that crashes or stalls a codec crashes or stalls the run, where an ffmpeg
//! child would be stopped and spoken of. OpenCV's own time limit watches over opening and reading alone. It sees the
//! sizes of frames only after it opened the file. Its own buffers are not wiped.

use super::error::FootageError;
use super::fingerprint::Fingerprint;
use super::frame::FrameBuffer;
use super::integrity::{Integrity, Timing};
use super::limits::Limits;
use super::source::{Source, cannot_open};
use super::{opencv_container, opencv_settings, sniff};
use opencv::core::{CV_8UC3, Mat, MatTraitConst, MatTraitConstManual, MatTraitManual, Vector};
use opencv::videoio::{
    CAP_FFMPEG, CAP_PROP_FOURCC, CAP_PROP_FPS, CAP_PROP_FRAME_COUNT, CAP_PROP_FRAME_HEIGHT,
    CAP_PROP_FRAME_WIDTH, CAP_PROP_HW_ACCELERATION, CAP_PROP_OPEN_TIMEOUT_MSEC, CAP_PROP_ORIENTATION_AUTO,
    CAP_PROP_ORIENTATION_META, CAP_PROP_POS_MSEC, CAP_PROP_READ_TIMEOUT_MSEC, VIDEO_ACCELERATION_NONE,
    VideoCapture, VideoCaptureTrait, VideoCaptureTraitConst,
};
use std::collections::BTreeSet;
use std::fs::File;
use std::os::fd::AsRawFd;
use std::path::{Path, PathBuf};
use vsa_base::Reason;
use vsa_record::facts::{FrameCounts, ItemFacts, ItemKind};
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
    turn: Turn,
    first_ms: Option<f64>,
    /// Frames whose times OpenCV did not tell.
    reckoned: u64,
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
        let turn = Turn::of(get(CAP_PROP_ORIENTATION_META), opencv_settings::prepare());
        // A size that is no number becomes 0, which is refused.
        let (width, height) = turn.size(
            get(CAP_PROP_FRAME_WIDTH) as u32,
            get(CAP_PROP_FRAME_HEIGHT) as u32,
        );
        limits.check(path, u64::from(width), u64::from(height))?;
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
            turn,
            first_ms: None,
            reckoned: 0,
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
    fn take(&mut self, buffer: &mut FrameBuffer) -> Result<(), Reason> {
        let milliseconds = self.capture.get(CAP_PROP_POS_MSEC).unwrap_or(f64::NAN);
        let picture = &mut self.picture.0;
        if !self.capture.retrieve(picture, 0).unwrap_or(false) || picture.typ() != CV_8UC3 {
            return Err("packets were met from which no picture could be made".into());
        }
        let (width, height) = (
            u32::try_from(picture.cols()).unwrap_or(0),
            u32::try_from(picture.rows()).unwrap_or(0),
        );
        let upright = self.turn.size(width, height);
        let fits = self
            .limits
            .check(&self.path, u64::from(upright.0), u64::from(upright.1))
            .is_ok();
        if !fits || *self.size.get_or_insert((width, height)) != (width, height) {
            return Err("frames were met of another size than the first, and left out".into());
        }
        let bytes = picture.data_bytes().map_err(|_| "a picture was met in parts")?;
        let pixels = buffer.reshape(upright.0, upright.1);
        if bytes.len() != pixels.len() {
            return Err("a picture was met of another length than its size".into());
        }
        self.turn.copy(bytes, (width as usize, height as usize), pixels);
        buffer.index = self.integrity.decoded();
        buffer.seconds = self.seconds(milliseconds);
        Ok(())
    }

    /// Seconds since the first frame.
    fn seconds(&mut self, milliseconds: f64) -> f64 {
        let first = *self.first_ms.get_or_insert(milliseconds);
        let untold = self.integrity.decoded() > 0 && milliseconds == 0.0;
        if milliseconds.is_finite() && !untold {
            return (milliseconds - first) / 1000.0;
        }
        self.reckoned += 1;
        self.integrity.timing().end(self.declared_rate)
    }

    /// How many declared frames are not there. Where the container counts them, by number; else by time, since OpenCV
    /// makes the number from a rate that need not be the frames'. As with the other decoder, half a second and three
    /// frames may be lost to rounding.
    fn cut_off(&self, timing: &Timing, counted: bool) -> u64 {
        let (Some(declared), Some(rate)) = (self.declared_frames, self.declared_rate) else {
            return 0;
        };
        let short = if counted {
            declared.saturating_sub(self.integrity.decoded() + self.faulty.max(timing.missing))
        } else {
            let end = timing.last + timing.median.unwrap_or(1.0 / rate);
            ((declared as f64 / rate - end).max(0.0) * rate).round() as u64
        };
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
    // Its answer says whether it can turn pictures: one that cannot does not.
    drop(capture.set(CAP_PROP_ORIENTATION_AUTO, 0.0));
    Ok(capture)
}

/// How a picture is turned to stand upright, clockwise.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Turn {
    None,
    Quarter,
    Half,
    ThreeQuarters,
}

impl Turn {
    /// From the angle that OpenCV tells, which 4.6.0 alone counts the other way round. Other angles are not turned by.
    fn of(degrees: f64, opencv: &str) -> Self {
        let is_turned_round = opencv == "opencv 4.6.0";
        let clockwise = if is_turned_round { -degrees } else { degrees };
        match clockwise.rem_euclid(360.0) as u32 {
            90 => Self::Quarter,
            180 => Self::Half,
            270 => Self::ThreeQuarters,
            _ => Self::None,
        }
    }

    /// Width and height after the turn.
    fn size(self, width: u32, height: u32) -> (u32, u32) {
        match self {
            Self::None | Self::Half => (width, height),
            Self::Quarter | Self::ThreeQuarters => (height, width),
        }
    }

    /// Blue, green, red in; red, green, blue out, upright.
    fn copy(self, bgr: &[u8], (width, height): (usize, usize), rgb: &mut [u8]) {
        for (index, pixel) in bgr.chunks_exact(3).enumerate() {
            let (x, y) = (index % width, index / width);
            let to = match self {
                Self::None => index,
                Self::Half => width * height - 1 - index,
                Self::Quarter => x * height + (height - 1 - y),
                Self::ThreeQuarters => (width - 1 - x) * height + y,
            };
            rgb[3 * to..3 * to + 3].copy_from_slice(&[pixel[2], pixel[1], pixel[0]]);
        }
    }
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

    fn read(&mut self, buffer: &mut FrameBuffer) -> Result<bool, FootageError> {
        while !self.ended && self.grab() {
            match self.take(buffer) {
                Ok(()) => {
                    self.integrity.see(&buffer.rgb, buffer.seconds);
                    return Ok(true);
                }
                Err(Reason(why)) => {
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
        let counted = self.container.is_some_and(counts_its_frames);
        let cut_off = if self.ended {
            self.cut_off(&timing, counted)
        } else {
            0
        };
        // A product of duration and rate that does not fit the frames speaks of another rate.
        let near = |declared: &u64| declared.abs_diff(self.integrity.decoded()) <= 3 || cut_off > 0;
        if !counted && self.ended && (timing.variable || !self.declared_frames.as_ref().is_some_and(near)) {
            self.declared_frames = None;
        }
        if self.reckoned > 0 {
            self.faults.insert(format!(
                "OpenCV did not tell the times of {} frame(s); they are reckoned from the median interval",
                self.reckoned
            ));
        }
        if cut_off > 0 {
            self.faults
                .insert("the file ends before the duration that it declares".to_owned());
        }
        let (width, height) = self.size.unwrap_or_default();
        let (width, height) = self.turn.size(width, height);
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
            duration_seconds: timing.end(self.declared_rate),
            declared_frame_rate: self.declared_rate,
            variable_frame_rate: timing.variable,
            decoder: self.decoder,
            frames: FrameCounts {
                expected: self.declared_frames,
                decoded,
                looked_at: decoded,
                passed_over: 0,
                repeated: self.integrity.repeated(),
                missing: timing.missing + cut_off,
                faulty: self.faulty,
                damage_told: false,
            },
            faults: self.faults.into_iter().collect(),
        }
    }
}

/// Containers whose header counts the frames.
fn counts_its_frames(container: &str) -> bool {
    container == "avi" || container.starts_with("mov")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(turn: Turn) -> Vec<u8> {
        // Two pixels wide, three high; blue counts.
        let bgr: Vec<u8> = (0..6u8).flat_map(|n| [n, 10, 20]).collect();
        let mut rgb = vec![0; bgr.len()];
        turn.copy(&bgr, (2, 3), &mut rgb);
        assert!(rgb.chunks(3).all(|pixel| pixel[..2] == [20, 10]), "{rgb:?}");
        rgb.chunks(3).map(|pixel| pixel[2]).collect()
    }

    #[test]
    fn pictures_are_turned_clockwise_and_their_colours_put_in_order() {
        assert_eq!(turned(Turn::None), [0, 1, 2, 3, 4, 5]);
        assert_eq!(turned(Turn::Quarter), [4, 2, 0, 5, 3, 1]);
        assert_eq!(turned(Turn::Half), [5, 4, 3, 2, 1, 0]);
        assert_eq!(turned(Turn::ThreeQuarters), [1, 3, 5, 0, 2, 4]);
        assert_eq!(Turn::Quarter.size(2, 3), (3, 2));
    }

    #[test]
    fn the_version_that_counts_angles_the_other_way_round_is_allowed_for() {
        assert_eq!(Turn::of(90.0, "opencv 4.6.0"), Turn::ThreeQuarters);
        assert_eq!(Turn::of(90.0, "opencv 4.10.0"), Turn::Quarter);
        assert_eq!(Turn::of(180.0, "opencv 4.6.0"), Turn::Half);
        assert_eq!(Turn::of(45.0, "opencv 4.10.0"), Turn::None);
        assert_eq!(Turn::of(f64::NAN, "opencv 4.10.0"), Turn::None);
    }

    #[test]
    fn a_codec_is_named_by_its_letters_only_if_they_are_letters() {
        assert_eq!(fourcc(f64::from(u32::from_le_bytes(*b"MJPG"))), "fourcc MJPG");
        assert_eq!(
            fourcc(f64::from(u32::from_le_bytes(*b"M\n/G"))),
            "unknown to OpenCV"
        );
        assert_eq!(fourcc(-1.0), "unknown to OpenCV");
    }
}
