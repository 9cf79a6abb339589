//! A video in, its frames out with their own time stamps, decoded by an ffmpeg child process.
//!
//! The child writes raw frames in NUT to a pipe (see [`super::nut`] and [`super::planes`]): each frame comes with its time stamp in the
//! same stream. The other ways (frame number over rate; a second listing of time stamps beside the pixels; parsing
//! `showinfo` from standard error) either are wrong for variable rates or can fall out of step with the pixels.
//!
//! # What is counted
//!
//! - **expected**: packets in the container that are meant to be shown, and the frames that it declares beyond them.
//! - **faulty**: frames that came out with errors (as the decoder flags or conceals them, whichever it says more
//!   often), and packets from which no frame came although the decoder spoke of damage. Formats with packets that are
//!   never shown (VP8's hidden references) are not called faulty while nothing speaks of damage. Where damage is spoken
//!   of and cannot be put into frames, one is counted: the number is then a lower bound.
//! - **missing**: gaps in the time stamps, and the frames declared beyond the end. A frame that was lost to a fault
//!   leaves a gap: it is in both numbers.

use super::error::FootageError;
use super::ffmpeg::child::{Ending, WatchedChild};
use super::ffmpeg::command::{self, Version};
use super::ffmpeg::messages::Messages;
use super::ffmpeg::probe::{self, Probe};
use super::fingerprint::Fingerprint;
use super::frame::FrameBuffer;
use super::integrity::Integrity;
use super::limits::Limits;
use super::nut::NutReader;
use super::planes::Planes;
use super::sniff;
use super::source::Source;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use vsa_record::facts::{FrameCounts, ItemFacts, ItemKind};

/// A video that ffmpeg reads.
#[derive(Default)]
pub(super) struct VideoSource {
    label: String,
    path: PathBuf,
    fingerprint: Fingerprint,
    version: Version,
    silence_seconds: u64,
    probe: Probe,
    width: u32,
    height: u32,
    reader: Option<NutReader<BufReader<WatchedChild>>>,
    /// What the decoder gives, unless it gives RGB.
    planes: Option<Planes>,
    first_pts: Option<i64>,
    integrity: Integrity,
    /// Frames that broke off within.
    torn: u64,
    ending: Option<Ending>,
}

impl VideoSource {
    /// Starts to read `path`. `note` is a fault found before.
    pub(super) fn open(
        label: &str,
        path: &Path,
        fingerprint: Fingerprint,
        note: Option<String>,
        program: &Path,
        limits: &Limits,
    ) -> Result<Self, FootageError> {
        let mut probe = probe::probe(program, path, limits)?;
        let Some(version) = probe.version.take() else {
            return Err(FootageError::StrangeDecoder {
                program: program.to_owned(),
                reason: "it does not say its version".to_owned(),
            });
        };
        for note in note
            .into_iter()
            .chain(sniff::container_contradiction(path, &probe.container))
        {
            probe.messages.add(note);
        }
        let planes = probe.planes;
        let format = planes.map_or("rgb24", |planes| planes.name);
        let command = command::decode(program, &version, path, limits, format);
        let child = WatchedChild::start(command, path, limits.silence)?;
        let mut source = Self {
            label: label.to_owned(),
            path: path.to_owned(),
            fingerprint,
            version,
            silence_seconds: limits.silence.as_secs(),
            probe,
            planes,
            ..Self::default()
        };
        let mut child = BufReader::with_capacity(1 << 16, child);
        let header = NutReader::open(&mut child).map(|header| header.with_input(io::empty()));
        match header {
            Ok(header) => {
                limits.check(path, header.width(), header.height())?;
                (source.width, source.height) = (header.width() as u32, header.height() as u32);
                source.reader = Some(header.with_input(child));
                Ok(source)
            }
            Err(error) => {
                source.ending = Some(child.into_inner().finish(false));
                Err(source.nothing(&error))
            }
        }
    }

    /// As ffmpeg names it.
    pub(super) fn codec(&self) -> &str {
        &self.probe.codec
    }

    pub(super) fn version(&self) -> &Version {
        &self.version
    }

    /// What the decoder gives, unless it gives RGB.
    pub(super) fn planes(&self) -> Option<Planes> {
        self.planes
    }

    /// Whether nothing speaks of damage, and all is there, as far as its packets tell.
    pub(super) fn is_unharmed(&self) -> bool {
        let probe = &self.probe;
        !probe.messages.damaged && probe.corrupt_packets == 0 && probe.cut_off == 0
    }

    /// Why not one frame came.
    fn nothing(&self, error: &io::Error) -> FootageError {
        let (path, seconds) = (self.path.clone(), self.silence_seconds);
        let reason = match &self.ending {
            Some(ending) if ending.silent => return FootageError::Silent { path, seconds },
            Some(ending) if !ending.messages.last_errors.is_empty() => ending.messages.reason(),
            _ => error.to_string(),
        };
        FootageError::NothingDecoded { path, reason }
    }

    /// The next frame; none at the end.
    fn next_frame(&mut self, buffer: &mut FrameBuffer) -> io::Result<Option<()>> {
        let Some(reader) = self.reader.as_mut() else {
            return Ok(None);
        };
        let Some(header) = reader.next_frame()? else {
            return Ok(None);
        };
        let bytes = match self.planes {
            Some(planes) => buffer.reshape_coded(self.width, self.height, planes),
            None => buffer.reshape(self.width, self.height),
        };
        if let Err(error) = reader.read_frame(header, bytes) {
            self.torn += 1;
            return Err(error);
        }
        let first = *self.first_pts.get_or_insert(header.pts);
        buffer.index = self.integrity.decoded();
        buffer.seconds = reader.seconds(header.pts.saturating_sub(first));
        self.integrity.see(buffer.given(), buffer.seconds);
        Ok(Some(()))
    }

    fn end(&mut self, kill: bool) {
        if let Some(reader) = self.reader.take() {
            self.ending = Some(reader.into_input().into_inner().finish(kill));
        }
    }

    fn faulty(&self, said: &Messages, read_to_end: bool) -> u64 {
        let damaged = said.damaged || self.probe.messages.damaged || self.torn > 0;
        let with_errors = said
            .corrupt_frames
            .max(said.concealed_frames)
            .max(self.probe.corrupt_packets);
        let lost = if damaged && read_to_end {
            self.probe.packets.saturating_sub(self.integrity.decoded())
        } else {
            0
        };
        let counted = with_errors + lost.max(said.failed_packets).max(self.torn);
        if said.damaged && self.probe.cut_off == 0 {
            counted.max(1)
        } else {
            counted
        }
    }
}

impl Source for VideoSource {
    fn kind(&self) -> ItemKind {
        ItemKind::Video
    }

    fn read(&mut self, buffer: &mut FrameBuffer) -> Result<bool, FootageError> {
        let error = match self.next_frame(buffer) {
            Ok(Some(())) => return Ok(true),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        let stopped_by_us = error
            .as_ref()
            .is_some_and(|error| error.kind() == io::ErrorKind::InvalidData);
        self.end(stopped_by_us);
        if self.integrity.decoded() == 0 {
            return Err(self.nothing(&error.unwrap_or_else(|| io::ErrorKind::UnexpectedEof.into())));
        }
        Ok(false)
    }

    fn expected_frames(&self) -> Option<u64> {
        Some(self.probe.packets)
    }

    fn finish(mut self: Box<Self>) -> ItemFacts {
        let read_to_end = self.reader.is_none();
        self.end(true);
        let timing = self.integrity.timing();
        let mut said = Messages::default();
        let told = &mut self.probe.messages;
        if let Some(ending) = self.ending.take() {
            if ending.silent {
                let seconds = self.silence_seconds;
                told.add(format!(
                    "the decoder gave nothing for {seconds} s and was stopped"
                ));
            } else if read_to_end && ending.status.is_none_or(|status| status.code().is_none()) {
                told.add("the decoder ended before its time".to_owned());
            }
            said = ending.messages;
        }
        if self.probe.cut_off > 0 {
            told.add("the file ends before the duration that it declares".to_owned());
        }
        let faulty = self.faulty(&said, read_to_end);
        // A decoder that is stopped half way speaks of the pipe that was closed on it, when it is quick enough.
        if read_to_end {
            self.probe.messages.absorb(said);
        }
        let Probe {
            container,
            codec,
            declared_rate,
            packets,
            cut_off,
            messages,
            ..
        } = self.probe;
        ItemFacts {
            label: self.label,
            kind: ItemKind::Video,
            sha256: self.fingerprint.sha256,
            bytes: self.fingerprint.bytes,
            container,
            codec,
            width: self.width,
            height: self.height,
            duration_seconds: timing.end(declared_rate),
            declared_frame_rate: declared_rate,
            variable_frame_rate: timing.variable,
            decoder: self.version.name,
            frames: FrameCounts {
                expected: Some(packets + cut_off),
                decoded: self.integrity.decoded(),
                looked_at: self.integrity.decoded(),
                passed_over: 0,
                repeated: self.integrity.repeated(),
                missing: timing.missing + cut_off,
                faulty,
                damage_told: true,
            },
            faults: messages.faults(),
        }
    }
}
