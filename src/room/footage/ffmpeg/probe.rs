//! A video file in; its container, codec, size, rate and the number of its packets out, without decoding it.
//!
//! There is no ffprobe beside every ffmpeg, so the facts come from ffmpeg itself: packets, codec and size from the
//! `framecrc` listing, a format made for machines; container, declared rate and declared duration from the description
//! on standard error, whose lines have kept their form for over ten years. What is not found there is left out.

use super::super::error::FootageError;
use super::super::limits::Limits;
use super::super::planes::Planes;
use super::child::{Ending, WatchedChild};
use super::command::{self, Version};
use super::messages::Messages;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

/// What a container says about its first video stream.
#[derive(Default)]
pub(crate) struct Probe {
    /// That of the program; none if it does not say it.
    pub(crate) version: Option<Version>,
    /// As ffmpeg names it, such as `mov,mp4,m4a,3gp,3g2,mj2`.
    pub(crate) container: String,
    pub(crate) codec: String,
    pub(crate) declared_rate: Option<f64>,
    /// The planes that the decoder gives, where they are turned into RGB here.
    pub(crate) planes: Option<Planes>,
    /// Packets that are meant to be shown.
    pub(crate) packets: u64,
    /// Frames that the container declares beyond the last packet that is there: a file cut short.
    pub(crate) cut_off: u64,
    /// Packets that the container itself calls corrupt.
    pub(crate) corrupt_packets: u64,
    pub(crate) messages: Messages,
}

/// One stream of the listing.
#[derive(Default)]
struct Listed {
    time_base: (f64, f64),
    is_video: bool,
    codec: String,
    size: Option<(u64, u64)>,
    packets: u64,
    corrupt: u64,
    /// Largest end of a packet, in units of the time base.
    end: i64,
}

/// Flags of a packet in the listing.
const CORRUPT: u32 = 2;
pub(crate) const DISCARDED: u32 = 4;

/// Lists the packets of `path`.
pub(crate) fn probe(program: &Path, path: &Path, limits: &Limits) -> Result<Probe, FootageError> {
    // Some sound cannot be listed (an unknown codec); the video still can.
    let (mut streams, mut ending) = list(program, path, limits, true)?;
    if video(&streams).is_none_or(|stream| stream.packets == 0) && !is_final(&ending.messages) {
        (streams, ending) = list(program, path, limits, false)?;
    }
    if ending.silent {
        return Err(FootageError::Silent {
            path: path.to_owned(),
            seconds: limits.silence.as_secs(),
        });
    }
    let Some(stream) = video(&streams) else {
        return Err(refusal(path, &ending.messages));
    };
    if let Some((width, height)) = stream.size {
        limits.check(path, width, height)?;
    }
    if stream.packets == 0 {
        return Err(FootageError::NothingDecoded {
            path: path.to_owned(),
            reason: ending.messages.reason(),
        });
    }
    let mut probe = describe(&ending.messages.input);
    probe.version = ending.messages.version.as_deref().and_then(Version::parse);
    probe.codec.clone_from(&stream.codec);
    probe.packets = stream.packets;
    probe.corrupt_packets = stream.corrupt;
    probe.cut_off = cut_off(&ending.messages, &streams, probe.declared_rate).max(cut_off_avi(
        path,
        &probe.container,
        stream.packets,
    ));
    probe.messages = ending.messages;
    Ok(probe)
}

fn is_final(messages: &Messages) -> bool {
    messages.mentions("matches no streams") || messages.mentions("not on whitelist")
}

fn refusal(path: &Path, messages: &Messages) -> FootageError {
    let path = path.to_owned();
    if messages.mentions("matches no streams") {
        return FootageError::NoVideo { path };
    }
    if messages.mentions("not on whitelist") {
        let reason = "it is text, a playlist or another format that does not hold its frames itself; give the video \
                      file that it refers to";
        return FootageError::NotFootage {
            path,
            reason: reason.to_owned(),
        };
    }
    let reason = format!(
        "{}; it is damaged, or no format that the decoder knows",
        messages.reason()
    );
    FootageError::NotFootage { path, reason }
}

fn video(streams: &BTreeMap<u32, Listed>) -> Option<&Listed> {
    streams.values().find(|stream| stream.is_video)
}

fn list(
    program: &Path,
    path: &Path,
    limits: &Limits,
    with_sound: bool,
) -> Result<(BTreeMap<u32, Listed>, Ending), FootageError> {
    let command = command::list_packets(program, path, with_sound);
    let child = WatchedChild::start(command, path, limits.silence)?;
    let mut reader = BufReader::new(child);
    let mut streams = BTreeMap::new();
    let mut line = Vec::new();
    loop {
        line.clear();
        // Lines are short: ffmpeg makes them from numbers. A failed read is the end, which the packets' count shows.
        match reader.read_until(b'\n', &mut line) {
            Ok(0) | Err(_) => break,
            Ok(_) => listed_line(&String::from_utf8_lossy(&line), &mut streams),
        }
    }
    Ok((streams, reader.into_inner().finish(false)))
}

/// `#tb 0: 1/25`, `#codec_id 0: h264`, or `0, dts, pts, duration, size, 0xcrc, F=0x0`.
fn listed_line(line: &str, streams: &mut BTreeMap<u32, Listed>) {
    let line = line.trim();
    if let Some(header) = line.strip_prefix('#') {
        let Some((key, value)) = header.split_once(": ") else {
            return;
        };
        let Some((key, Ok(index))) = key
            .split_once(' ')
            .map(|(key, index)| (key, index.parse::<u32>()))
        else {
            return;
        };
        let stream = streams.entry(index).or_default();
        match key {
            "tb" => stream.time_base = pair(value, '/').unwrap_or_default(),
            "media_type" => stream.is_video = value == "video",
            "codec_id" => stream.codec = value.to_owned(),
            "dimensions" => {
                stream.size = pair(value, 'x').map(|(width, height)| (width as u64, height as u64))
            }
            _ => {}
        }
        return;
    }
    let fields: Vec<&str> = line.split(',').map(str::trim).collect();
    let [index, _, pts, duration, ..] = fields[..] else {
        return;
    };
    let Some(stream) = index.parse().ok().and_then(|index: u32| streams.get_mut(&index)) else {
        return;
    };
    let flags = fields.iter().find_map(|field| field.strip_prefix("F=0x"));
    let flags = flags
        .and_then(|hex| u32::from_str_radix(hex, 16).ok())
        .unwrap_or(0);
    if flags & DISCARDED != 0 {
        return;
    }
    stream.packets += 1;
    stream.corrupt += u64::from(flags & CORRUPT != 0);
    if let (Ok(pts), Ok(duration)) = (pts.parse::<i64>(), duration.parse::<i64>())
        && pts != i64::MIN
    {
        stream.end = stream.end.max(pts.saturating_add(duration.max(0)));
    }
}

fn pair(text: &str, between: char) -> Option<(f64, f64)> {
    let (a, b) = text.split_once(between)?;
    Some((a.trim().parse().ok()?, b.trim().parse().ok()?))
}

/// The description of the input. Its lines are told from metadata, which a file's author writes, by their exact
/// indentation: metadata is indented further.
fn describe(input: &[String]) -> Probe {
    let mut probe = Probe::default();
    let mut described = false;
    for line in input {
        if let Some(rest) = line.strip_prefix("Input #0, ") {
            probe.container = rest.split(", from '").next().unwrap_or("").to_owned();
        } else if is_video_stream(line) && !std::mem::replace(&mut described, true) {
            probe.declared_rate = line.split(", ").find_map(rate);
            probe.planes = fields(line).into_iter().find_map(Planes::described);
        }
    }
    probe
}

/// The parts of a line between commas that stand in no brackets.
fn fields(line: &str) -> Vec<&str> {
    let mut depth = 0i32;
    let parts = line.split(|letter| {
        depth += i32::from(letter == '(') - i32::from(letter == ')');
        letter == ',' && depth == 0
    });
    parts.map(str::trim).collect()
}

fn is_video_stream(line: &str) -> bool {
    line.starts_with("  Stream #0:") && line.contains(": Video: ") && !line.ends_with("(attached pic)")
}

/// `25 fps`, `29.97 fps`, `1k fps`. NTSC rates are printed rounded; their exact value is known.
fn rate(field: &str) -> Option<f64> {
    let text = field.trim().strip_suffix(" fps")?;
    let value: f64 = match text.strip_suffix('k') {
        Some(thousands) => thousands.parse::<f64>().ok()? * 1000.0,
        None => text.parse().ok()?,
    };
    let exact = [24.0, 30.0, 60.0, 120.0].map(|whole| whole * 1000.0 / 1001.0);
    let near = exact.into_iter().find(|exact| (exact - value).abs() < 0.006);
    let value = near.unwrap_or(value);
    (value.is_finite() && value > 0.0).then_some(value)
}

/// How many frames a container declares beyond the last packet that is there. Only where its duration is declared (not
/// guessed by ffmpeg from the bit rate) and every stream that could make it longer was listed.
fn cut_off(messages: &Messages, streams: &BTreeMap<u32, Listed>, rate: Option<f64>) -> u64 {
    let described = messages
        .input
        .iter()
        .filter(|line| line.starts_with("  Stream #0:"))
        .count();
    if described != streams.len() || messages.guesses_duration {
        return 0;
    }
    let (Some(declared), Some(rate)) = (messages.input.iter().find_map(|line| duration(line)), rate) else {
        return 0;
    };
    let ends = streams.values().filter(|stream| stream.time_base.1 > 0.0);
    let end = ends
        .map(|stream| stream.end as f64 * stream.time_base.0 / stream.time_base.1)
        .fold(0.0, f64::max);
    // Half a second and three frames: containers round, and sound ends within a packet.
    let short = declared - end;
    if short > 0.5 && short * rate > 3.0 {
        (short * rate).round() as u64
    } else {
        0
    }
}

/// The same for AVI, whose header counts the frames (`dwTotalFrames`, in the fifth field of `avih`) while ffmpeg takes
/// the duration from what is left of the file. Files of more than one part count only the first part there.
fn cut_off_avi(path: &Path, container: &str, packets: u64) -> u64 {
    let mut head = [0; 52];
    let read = std::fs::File::open(path).and_then(|mut file| file.read_exact(&mut head));
    if container != "avi" || read.is_err() || &head[24..28] != b"avih" {
        return 0;
    }
    let declared = u64::from(u32::from_le_bytes([head[48], head[49], head[50], head[51]]));
    let short = declared.saturating_sub(packets);
    if short > 3 { short } else { 0 }
}

/// `  Duration: 00:01:19.50, start: 0.000000, …`.
fn duration(line: &str) -> Option<f64> {
    let text = line.strip_prefix("  Duration: ")?.split(',').next()?;
    let mut seconds = 0.0;
    for part in text.split(':') {
        seconds = seconds * 60.0 + part.parse::<f64>().ok()?;
    }
    Some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listing_is_read_without_packets_that_are_not_shown() {
        let mut streams = BTreeMap::new();
        for line in [
            "#software: Lavf59.27.100",
            "#tb 0: 1/10",
            "#media_type 0: video",
            "#codec_id 0: h264",
            "#dimensions 0: 768x576",
            "0, -1, -1, 1, 500, 0x1, F=0x5",
            "0, 0, 0, 1, 500, 0x1",
            "0, 1, 3, 1, 400, 0x2, F=0x2",
            "0, 2, 2, 1, 400, 0x2, F=0x0, S=1, 8, 0x123",
            "0, nonsense",
        ] {
            listed_line(line, &mut streams);
        }
        let stream = video(&streams).unwrap();
        assert_eq!((stream.packets, stream.corrupt, stream.end), (3, 1, 4));
        assert_eq!((stream.codec.as_str(), stream.size), ("h264", Some((768, 576))));
    }

    #[test]
    fn the_description_is_not_fooled_by_metadata() {
        let lines = [
            "Input #0, matroska,webm, from 'file:/Input #0, evil, from '':",
            "  Metadata:",
            "    title           : Input #0, mov, from 'x'",
            "                    :   Stream #0:0: Video: evil, 99 fps",
            "  Duration: 01:02:03.50, start: 0.000000, bitrate: 1 kb/s",
            "  Stream #0:0(eng): Video: h264 (High), yuv420p(tv, bt709), 640x480 [SAR 1:1], 29.97 fps, 30 tbr, 1k tbn",
        ]
        .map(str::to_owned);
        let probe = describe(&lines);
        assert_eq!(probe.container, "matroska,webm");
        assert_eq!(probe.declared_rate, Some(30_000.0 / 1001.0));
        assert_eq!(probe.planes, Planes::described("yuv420p(tv, bt709)"));
        assert!(probe.planes.is_some());
        assert_eq!(lines.iter().find_map(|line| duration(line)), Some(3723.5));
        assert_eq!(duration("  Duration: N/A, bitrate: N/A"), None);
    }
}
