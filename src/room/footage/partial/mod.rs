//! A video of which a few frames are wanted in; these frames out, without decoding all the others.
//!
//! Only what leads to a wanted frame is decoded: the key frame before it, and what the frame is built on from there. Two children
//! do it: one takes the packets out of the file as they are and decodes nothing, which any container allows, with an index or
//! without; from it the needed ones are handed to the other, which decodes. Seeking by time is left to nobody: what a player calls
//! a seek lands where the container's index says, or, without one, near.
//!
//! # Why it is the same frame
//!
//! - A frame's number and time come from the list of packets, not from the decoder: a packet is handed over under a time stamp that
//!   *is* its place in time, and says whether its frame is wanted.
//! - Decoding begins with pictures that reset the decoder, and with no others (see [`coded`]). What nothing is built on is left out.
//! - The first group of pictures and the beginning of the second are decoded both ways before anything is looked at. Where one time
//!   stamp or one byte differs, as with rotated footage, gradual refresh or frames that share a packet, the video is decoded whole.
//! - Where the decoder speaks of damage, or one wanted frame does not come, the video is decoded whole.

mod coded;
mod feed;
mod packets;
mod source;

use super::error::FootageError;
use super::ffmpeg::child::WatchedChild;
use super::ffmpeg::command::{self, Version};
use super::frame::FrameBuffer;
use super::integrity::{Integrity, Timing};
use super::limits::Limits;
use super::planes::Planes;
use super::source::Source;
use super::video::VideoSource;
use coded::{Codec, Role};
use packets::{Listed, Packets};
use source::PartialSource;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vsa_record::drawn::WhyWhole;
use vsa_record::facts::ItemFacts;

/// A first group of pictures that is longer is not compared.
const LONGEST_GROUP: u64 = 3000;
/// Where more of the packets than this are needed, all are decoded: that tells more of the file, at the same cost.
const MOST: f64 = 0.8;

/// A video that can be decoded in part.
pub(crate) struct Partial {
    path: PathBuf,
    program: PathBuf,
    version: Version,
    limits: Limits,
    codec: Codec,
    planes: Option<Planes>,
    packets: Arc<Packets>,
    /// What is known of the file without decoding it.
    facts: ItemFacts,
}

impl Partial {
    /// Of `video`, which was opened and of which nothing was read. The reason, where it is to be decoded whole.
    pub(super) fn of(
        mut video: VideoSource,
        path: &Path,
        program: &Path,
        limits: &Limits,
    ) -> Result<Result<Arc<Self>, WhyWhole>, FootageError> {
        let Some(codec) = Codec::named(video.codec()) else {
            return Ok(Err(WhyWhole::Codec));
        };
        if !video.is_unharmed() {
            return Ok(Err(WhyWhole::Damaged));
        }
        let (listed, time_base) = list(program, path, codec, limits)?;
        let shown = listed.iter().filter(|packet| packet.shown).count() as u64;
        let Some(roles) = roles(program, path, codec, limits, &listed)? else {
            return Ok(Err(WhyWhole::NotTheSame));
        };
        let packets = Packets::new(&listed, &roles, time_base).filter(|packets| packets.frames() == shown);
        let Some(packets) = packets.filter(|packets| Some(packets.frames()) == video.expected_frames())
        else {
            return Ok(Err(WhyWhole::TimeStamps));
        };
        let second = packets.starts().nth(1).filter(|second| *second <= LONGEST_GROUP);
        let Some(second) = second else {
            return Ok(Err(WhyWhole::FewKeyFrames));
        };
        let compared: BTreeSet<u64> = [0, second / 2, second.saturating_sub(1), second, second + 1]
            .into_iter()
            .filter(|index| *index < packets.frames())
            .collect();
        let whole = read(&mut video, &compared)?;
        let (version, planes) = (video.version().clone(), video.planes());
        let mut facts = Box::new(video).finish();
        let timing = timing(&packets);
        facts.duration_seconds = timing.end(facts.declared_frame_rate);
        facts.variable_frame_rate = timing.variable;
        (facts.frames.missing, facts.frames.repeated) = (timing.missing, 0);
        let partial = Arc::new(Self {
            path: path.to_owned(),
            program: program.to_owned(),
            version,
            limits: limits.clone(),
            codec,
            planes,
            packets: Arc::new(packets),
            facts,
        });
        let mut in_part = PartialSource::open(&partial, compared.clone(), 1)?;
        let in_part = match read(&mut in_part, &compared) {
            Ok(frames) => frames,
            Err(FootageError::PartsDiffer { .. }) => return Ok(Err(WhyWhole::NotTheSame)),
            Err(error) => return Err(error),
        };
        let same = whole.len() == compared.len()
            && whole.len() == in_part.len()
            && whole.iter().zip(&in_part).all(|(a, b)| same(a, b));
        Ok(if same {
            Ok(partial)
        } else {
            Err(WhyWhole::NotTheSame)
        })
    }

    /// Frames of the video.
    pub(crate) fn frames(&self) -> u64 {
        self.packets.frames()
    }

    /// How many frames are decoded for those that are wanted.
    pub(crate) fn decoded_for(&self, wanted: &BTreeSet<u64>) -> u64 {
        self.packets.decoded(&self.packets.needed(wanted))
    }

    /// Whether so few that it is worth it.
    pub(crate) fn is_worth(&self, wanted: &BTreeSet<u64>) -> bool {
        self.decoded_for(wanted) as f64 <= MOST * self.frames() as f64
    }

    /// The frames `wanted`, by their numbers.
    pub(crate) fn open(
        self: &Arc<Self>,
        wanted: BTreeSet<u64>,
        threads: usize,
    ) -> Result<Box<dyn Source>, FootageError> {
        Ok(Box::new(PartialSource::open(self, wanted, threads)?))
    }

    /// All packets, one after the other.
    fn coded(&self) -> Result<WatchedChild, FootageError> {
        coded_packets(&self.program, &self.path, self.codec, &self.limits)
    }
}

fn coded_packets(
    program: &Path,
    path: &Path,
    codec: Codec,
    limits: &Limits,
) -> Result<WatchedChild, FootageError> {
    let command = command::copy_packets(program, path, codec.filters());
    WatchedChild::start(command, path, limits.silence)
}

/// The packets as they will be handed to the decoder, and the units of their time stamps.
fn list(
    program: &Path,
    path: &Path,
    codec: Codec,
    limits: &Limits,
) -> Result<(Vec<Listed>, (i64, i64)), FootageError> {
    let command = command::list_filtered(program, path, codec.filters());
    let child = WatchedChild::start(command, path, limits.silence)?;
    let (mut listed, mut time_base) = (Vec::new(), (0, 0));
    // A failed read is the end: the count of packets shows it.
    for line in BufReader::new(child).lines().map_while(Result::ok) {
        if let Some(units) = line.strip_prefix("#tb 0: ") {
            let units = units.split_once('/');
            let units = units.and_then(|(a, b)| Some((a.trim().parse().ok()?, b.trim().parse().ok()?)));
            time_base = units.unwrap_or_default();
        } else if let Some(packet) = listed_line(&line) {
            listed.push(packet);
        }
    }
    Ok((listed, time_base))
}

/// `0, dts, pts, duration, size, 0xcrc, F=0x0`.
fn listed_line(line: &str) -> Option<Listed> {
    let mut fields = line.split(',').map(str::trim);
    let stream = fields.next()?;
    let (_dts, pts, _duration, bytes) = (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let flags = fields.find_map(|field| u32::from_str_radix(field.strip_prefix("F=0x")?, 16).ok());
    (stream == "0").then_some(())?;
    Some(Listed {
        pts: pts.parse().ok()?,
        bytes: bytes.parse().ok()?,
        shown: flags.unwrap_or(0) & super::ffmpeg::probe::DISCARDED == 0,
    })
}

/// What each packet is to the others. None: they are not as they were listed.
fn roles(
    program: &Path,
    path: &Path,
    codec: Codec,
    limits: &Limits,
    listed: &[Listed],
) -> Result<Option<Vec<Role>>, FootageError> {
    let coded = coded_packets(program, path, codec, limits)?;
    let mut roles = Vec::with_capacity(listed.len());
    let sizes = listed.iter().map(|packet| packet.bytes);
    let read = feed::each_packet(coded, sizes, |packet| roles.push(codec.role(packet)));
    Ok(read.is_ok().then_some(roles))
}

/// What the time stamps of all frames say.
fn timing(packets: &Packets) -> Timing {
    let mut integrity = Integrity::default();
    for seconds in (0..packets.frames()).filter_map(|index| packets.seconds(index)) {
        integrity.see(&[], seconds);
    }
    integrity.timing()
}

/// The frames with these numbers, read up to the last of them.
fn read(source: &mut dyn Source, numbers: &BTreeSet<u64>) -> Result<Vec<FrameBuffer>, FootageError> {
    let (mut frames, mut buffer) = (Vec::new(), FrameBuffer::default());
    while source.read(&mut buffer)? {
        if numbers.contains(&buffer.index) {
            frames.push(std::mem::take(&mut buffer));
        }
        if frames.len() == numbers.len() {
            break;
        }
    }
    Ok(frames)
}

/// Number, time, size and every byte.
fn same(a: &FrameBuffer, b: &FrameBuffer) -> bool {
    let of = |frame: &FrameBuffer| (frame.index, frame.seconds.to_bits(), frame.width, frame.height);
    of(a) == of(b) && a.given() == b.given()
}
