//! Numbers of frames in; these frames out, in their order, each with the time and the pixels that decoding all of the video gives.

use super::Partial;
use super::feed::Feeder;
use crate::footage::error::FootageError;
use crate::footage::ffmpeg::child::WatchedChild;
use crate::footage::ffmpeg::command::{self, TICKS};
use crate::footage::frame::FrameBuffer;
use crate::footage::nut::NutReader;
use crate::footage::source::Source;
use std::collections::BTreeSet;
use std::io::{self, BufReader};
use std::sync::Arc;
use vsa_record::facts::{ItemFacts, ItemKind};

/// Some frames of a video.
pub(crate) struct PartialSource {
    partial: Arc<Partial>,
    /// Those that have not come yet.
    wanted: BTreeSet<u64>,
    decoded: u64,
    // In this order they are let go: the decoder first, so that the feeder is not left waiting for it.
    reader: Option<NutReader<BufReader<WatchedChild>>>,
    feeder: Option<Feeder>,
}

impl PartialSource {
    /// `threads`: of the decoder. The same bytes come out of any number.
    pub(super) fn open(
        partial: &Arc<Partial>,
        wanted: BTreeSet<u64>,
        threads: usize,
    ) -> Result<Self, FootageError> {
        let needs = partial.packets.needed(&wanted);
        let mut source = Self {
            decoded: partial.packets.decoded(&needs),
            partial: Arc::clone(partial),
            wanted,
            reader: None,
            feeder: None,
        };
        if source.wanted.is_empty() {
            return Ok(source);
        }
        let (path, limits) = (&partial.path, &partial.limits);
        let format = partial.planes.map_or("rgb24", |planes| planes.name);
        let decode = command::decode_piped(&partial.program, &partial.version, limits, format, threads);
        let (child, input) = WatchedChild::start_piped(decode, path, limits.silence)?;
        let coded = partial.coded()?;
        let packets = Arc::clone(&partial.packets);
        source.feeder = Some(Feeder::start(coded, input, partial.codec, packets, needs));
        // An error shows in what does not come.
        source.reader = NutReader::open(BufReader::with_capacity(1 << 16, child)).ok();
        Ok(source)
    }

    /// None: no more come.
    fn next_frame(&mut self, buffer: &mut FrameBuffer) -> io::Result<Option<()>> {
        let Some(reader) = self.reader.as_mut() else {
            return Ok(None);
        };
        let Some(header) = reader.next_frame()? else {
            return Ok(None);
        };
        let (width, height) = (self.partial.facts.width, self.partial.facts.height);
        if (reader.width(), reader.height()) != (width.into(), height.into()) {
            return Err(io::Error::other("another size"));
        }
        let bytes = match self.partial.planes {
            Some(planes) => buffer.reshape_coded(width, height, planes),
            None => buffer.reshape(width, height),
        };
        reader.read_frame(header, bytes)?;
        let stamp = (reader.seconds(header.pts) * TICKS as f64).round() as i64;
        let frame = self.partial.packets.wanted_of(stamp);
        // In their order and each once, or it is not known which it is.
        let index = frame.filter(|index| self.wanted.first() == Some(index));
        let time = index.and_then(|index| Some((index, self.partial.packets.seconds(index)?)));
        let (index, seconds) = time.ok_or_else(|| io::Error::other("a frame that was not wanted"))?;
        self.wanted.remove(&index);
        (buffer.index, buffer.seconds) = (index, seconds);
        Ok(Some(()))
    }
}

impl Source for PartialSource {
    fn kind(&self) -> ItemKind {
        ItemKind::Video
    }

    fn read(&mut self, buffer: &mut FrameBuffer) -> Result<bool, FootageError> {
        if let Ok(Some(())) = self.next_frame(buffer) {
            return Ok(true);
        }
        let ending = self
            .reader
            .take()
            .map(|reader| reader.into_input().into_inner().finish(!self.wanted.is_empty()));
        self.feeder = None;
        let damaged = ending.is_some_and(|ending| ending.silent || ending.messages.damaged);
        if damaged || !self.wanted.is_empty() {
            return Err(FootageError::PartsDiffer {
                path: self.partial.path.clone(),
            });
        }
        Ok(false)
    }

    fn expected_frames(&self) -> Option<u64> {
        Some(self.partial.packets.frames())
    }

    fn finish(self: Box<Self>) -> ItemFacts {
        let mut facts = self.partial.facts.clone();
        facts.frames.decoded = self.decoded;
        facts.frames.looked_at = self.decoded;
        facts.frames.passed_over = self.partial.packets.frames() - self.decoded;
        facts
    }
}
