//! Packets as they lie in the file in; those that are needed out, to a decoder, in IVF: a header, and before each packet its
//! length and its time stamp. The simplest container that ffmpeg reads from a pipe with time stamps that are ours.

use super::coded::Codec;
use super::packets::{Need, Packets};
use crate::footage::ffmpeg::child::WatchedChild;
use crate::footage::ffmpeg::command::TICKS;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::process::ChildStdin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;

/// Hands packets over on a thread of its own. Ends when all that is needed has been handed over, when the decoder takes no more,
/// or when it is dropped.
pub(super) struct Feeder {
    thread: Option<JoinHandle<()>>,
    stop: Arc<AtomicBool>,
}

impl Feeder {
    /// `coded`: all packets, one after the other.
    pub(super) fn start(
        coded: WatchedChild,
        decoder: ChildStdin,
        codec: Codec,
        packets: Arc<Packets>,
        needs: Vec<Need>,
    ) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            let mut coded = BufReader::with_capacity(1 << 18, coded);
            let mut decoder = BufWriter::with_capacity(1 << 16, decoder);
            // What did not come is missed where frames are counted: an error needs no words of its own.
            let _fed = feed(&mut coded, &mut decoder, codec, &packets, &needs, &stopped);
            drop(decoder);
            // It may have more to give, which nobody wants.
            coded.into_inner().finish(true);
        });
        Self {
            thread: Some(thread),
            stop,
        }
    }
}

impl Drop for Feeder {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // It has nothing to report if it failed.
            drop(thread.join());
        }
    }
}

fn feed(
    coded: &mut impl BufRead,
    decoder: &mut impl Write,
    codec: Codec,
    packets: &Packets,
    needs: &[Need],
    stop: &AtomicBool,
) -> io::Result<()> {
    decoder.write_all(&header(codec))?;
    let last = needs.iter().rposition(|need| need.fed);
    let upto = last.map_or(0, |last| last + 1);
    let mut packet = Vec::new();
    for (at, (bytes, need)) in packets.bytes().zip(needs).take(upto).enumerate() {
        if stop.load(Ordering::Relaxed) {
            break;
        }
        if need.fed {
            packet.resize(bytes as usize, 0);
            coded.read_exact(&mut packet)?;
            decoder.write_all(&bytes.to_le_bytes())?;
            decoder.write_all(&packets.stamp(at, need.wanted).to_le_bytes())?;
            decoder.write_all(&packet)?;
        } else {
            pass_over(coded, bytes as usize)?;
        }
    }
    decoder.flush()
}

/// Reads `bytes` to nowhere.
pub(super) fn pass_over(input: &mut impl BufRead, mut bytes: usize) -> io::Result<()> {
    while bytes > 0 {
        let there = input.fill_buf()?.len().min(bytes);
        if there == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        input.consume(there);
        bytes -= there;
    }
    Ok(())
}

/// Signature, version 0, its own length, codec; size and number of frames, which nobody reads, are left open; the units of
/// the time stamps.
fn header(codec: Codec) -> [u8; 32] {
    let mut header = [0; 32];
    header[..8].copy_from_slice(b"DKIF\0\0\x20\0");
    header[8..12].copy_from_slice(&codec.four_letters());
    header[16..20].copy_from_slice(&(TICKS as u32).to_le_bytes());
    header[20..24].copy_from_slice(&1u32.to_le_bytes());
    header
}

/// Each packet's bytes, one packet after the other.
pub(super) fn each_packet(
    coded: WatchedChild,
    sizes: impl Iterator<Item = u32>,
    mut each: impl FnMut(&[u8]),
) -> io::Result<()> {
    let mut coded = BufReader::with_capacity(1 << 18, coded);
    let mut packet = Vec::new();
    for bytes in sizes {
        packet.resize(bytes as usize, 0);
        coded.read_exact(&mut packet)?;
        each(&packet);
    }
    if coded.fill_buf()?.is_empty() {
        return Ok(());
    }
    Err(io::Error::other("there are more packets than were listed"))
}

#[cfg(test)]
mod tests {
    use super::super::coded::Role;
    use super::super::packets::Listed;
    use super::*;

    #[test]
    fn only_what_is_needed_is_handed_over_with_its_stamp() {
        let role = |start| Role {
            start,
            reference: true,
        };
        let listed = [2u32, 3, 4].map(|bytes| Listed {
            pts: i64::from(bytes),
            bytes,
            shown: true,
        });
        let packets = Packets::new(&listed, &[true, true, false].map(role), (1, 25)).unwrap();
        let (mut given, stop) = (Vec::new(), AtomicBool::new(false));
        let needs = packets.needed(&[2].into());
        let mut coded = &b"aabbbcccc"[..];
        feed(&mut coded, &mut given, Codec::H264, &packets, &needs, &stop).unwrap();
        let mut wanted = header(Codec::H264).to_vec();
        wanted.extend(b"\x03\0\0\0\x02\0\0\0\0\0\0\0bbb\x04\0\0\0\x05\0\0\0\0\0\0\0cccc");
        assert_eq!(given, wanted);
        let mut short = &b"aabb"[..];
        assert!(feed(&mut short, &mut given, Codec::H264, &packets, &needs, &stop).is_err());
    }
}
