//! A stream of raw frames in NUT in, each frame's time stamp and bytes out.
//!
//! NUT is the one container that ffmpeg writes to a pipe with raw RGB frames and their exact time stamps in one stream,
//! so that pixels and times cannot fall out of step. Read here is what ffmpeg's own muxer writes for a single raw video
//! stream, versions 3 and 4: frames, headers and their repetitions; index and info packets are passed over.
//! Source: the NUT specification (nut.txt, Niedermayer and others).
//!
//! Deliberately not here: seeking, several streams, checksums (the pipe is not a lossy medium).

use std::io::{self, Read};

const FILE_ID: &[u8; 25] = b"nut/multimedia container\0";
const MAIN: u64 = 0x4E4D_7A56_1F5F_04AD;
const STREAM: u64 = 0x4E53_1140_5BF2_F9DB;
const SYNCPOINT: u64 = 0x4E4B_E4AD_EECA_4569;
/// Every startcode begins with this byte; no frame does.
const STARTCODE_BYTE: u8 = b'N';

/// Flags of a frame code, as the specification numbers them.
mod flag {
    pub(super) const END_OF_RELEVANCE: u64 = 2;
    pub(super) const CODED_PTS: u64 = 8;
    pub(super) const STREAM_ID: u64 = 16;
    pub(super) const SIZE_MSB: u64 = 32;
    pub(super) const CHECKSUM: u64 = 64;
    pub(super) const RESERVED: u64 = 128;
    pub(super) const HEADER_INDEX: u64 = 1024;
    pub(super) const MATCH_TIME: u64 = 2048;
    pub(super) const CODED: u64 = 4096;
    pub(super) const INVALID: u64 = 8192;
}

#[derive(Clone, Copy, Default)]
struct FrameCode {
    flags: u64,
    pts_delta: i64,
    size_mul: u64,
    size_lsb: u64,
    reserved: u64,
}

/// What a frame's header says; its bytes follow in the stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FrameHeader {
    /// In units of the time base.
    pub(super) pts: i64,
    pub(super) bytes: u64,
}

/// Reads NUT from a pipe.
pub(super) struct NutReader<R> {
    input: R,
    stream: Stream,
}

/// What the headers and frames say that were read so far.
#[derive(Default)]
struct Stream {
    codes: Vec<FrameCode>,
    max_header_index: u64,
    time_bases: Vec<(u64, u64)>,
    time_base: (u64, u64),
    msb_pts_shift: u32,
    last_pts: i64,
    width: u64,
    height: u64,
}

impl<R: Read> NutReader<R> {
    /// Reads up to the end of the stream header.
    pub(super) fn open(mut input: R) -> io::Result<Self> {
        let mut id = [0; FILE_ID.len()];
        input.read_exact(&mut id)?;
        if &id != FILE_ID {
            return Err(broken("it does not begin as a NUT stream"));
        }
        let mut reader = Self {
            input,
            stream: Stream::default(),
        };
        while reader.stream.width == 0 || reader.stream.codes.is_empty() {
            if reader.byte()? != STARTCODE_BYTE {
                return Err(broken("a frame comes before the stream header"));
            }
            reader.packet()?;
        }
        Ok(reader)
    }

    /// The same stream, read on from `input`.
    pub(super) fn with_input<S>(self, input: S) -> NutReader<S> {
        let stream = self.stream;
        NutReader { input, stream }
    }

    /// Gives the input back.
    pub(super) fn into_input(self) -> R {
        self.input
    }

    pub(super) fn width(&self) -> u64 {
        self.stream.width
    }

    pub(super) fn height(&self) -> u64 {
        self.stream.height
    }

    /// A time stamp in seconds.
    pub(super) fn seconds(&self, pts: i64) -> f64 {
        let (numerator, denominator) = self.stream.time_base;
        pts as f64 * numerator as f64 / denominator as f64
    }

    /// The next frame's header, or none at the end of the stream. Its bytes must be taken with
    /// [`NutReader::read_frame`] before the next is asked for.
    pub(super) fn next_frame(&mut self) -> io::Result<Option<FrameHeader>> {
        loop {
            let Some(first) = self.byte_or_end()? else {
                return Ok(None);
            };
            if first == STARTCODE_BYTE {
                self.packet()?;
                continue;
            }
            let (header, flags) = self.frame_header(first)?;
            if header.bytes == 0 && flags & flag::END_OF_RELEVANCE != 0 {
                continue;
            }
            return Ok(Some(header));
        }
    }

    /// The bytes of the frame whose header was just read. Side data comes before the pixels and is passed over.
    pub(super) fn read_frame(&mut self, header: FrameHeader, pixels: &mut [u8]) -> io::Result<()> {
        let side = header
            .bytes
            .checked_sub(pixels.len() as u64)
            .ok_or_else(|| broken("a frame is too short"))?;
        self.skip(side)?;
        self.input.read_exact(pixels)
    }

    fn frame_header(&mut self, code: u8) -> io::Result<(FrameHeader, u64)> {
        let code = self.stream.codes[usize::from(code)];
        let mut flags = code.flags;
        if flags & flag::INVALID != 0 {
            return Err(broken("a frame code that was not declared"));
        }
        if flags & flag::CODED != 0 {
            flags ^= self.number()?;
        }
        if flags & flag::STREAM_ID != 0 && self.number()? != 0 {
            return Err(broken("a second stream"));
        }
        let mut pts = self.stream.last_pts.wrapping_add(code.pts_delta);
        if flags & flag::CODED_PTS != 0 {
            let coded = self.number()?;
            pts = self.stream.full_pts(coded);
        }
        let mut bytes = code.size_lsb;
        if flags & flag::SIZE_MSB != 0 {
            let msb = self.number()?;
            bytes = code
                .size_mul
                .checked_mul(msb)
                .and_then(|high| high.checked_add(bytes))
                .ok_or_else(|| broken("an impossible frame size"))?;
        }
        if flags & flag::MATCH_TIME != 0 {
            self.number()?;
        }
        if flags & flag::HEADER_INDEX != 0 && self.number()? > self.stream.max_header_index {
            return Err(broken("an elision header that was not declared"));
        }
        let reserved = if flags & flag::RESERVED != 0 {
            self.number()?
        } else {
            code.reserved
        };
        for _ in 0..reserved {
            self.number()?;
        }
        if flags & flag::CHECKSUM != 0 {
            self.skip(4)?;
        }
        self.stream.last_pts = pts;
        Ok((FrameHeader { pts, bytes }, flags))
    }

    /// A packet whose startcode's first byte was read.
    fn packet(&mut self) -> io::Result<()> {
        let mut rest = [0; 8];
        rest[0] = STARTCODE_BYTE;
        self.input.read_exact(&mut rest[1..])?;
        let startcode = u64::from_be_bytes(rest);
        let length = self.number()?;
        if length > 4096 {
            self.skip(4)?;
        }
        if !matches!(startcode, MAIN | STREAM | SYNCPOINT) {
            return self.skip(length);
        }
        // Headers are small; the limit keeps a broken stream from asking for memory.
        if length > 1 << 16 {
            return Err(broken("a header of more than 64 KiB"));
        }
        let mut body = vec![0; length as usize];
        self.input.read_exact(&mut body)?;
        let mut fields = Fields(&body);
        match startcode {
            MAIN => self.stream.main_header(&mut fields),
            STREAM => self.stream.stream_header(&mut fields),
            _ => self.stream.syncpoint(&mut fields),
        }
    }

    fn number(&mut self) -> io::Result<u64> {
        number(|| self.byte())
    }

    fn byte(&mut self) -> io::Result<u8> {
        self.byte_or_end()?
            .ok_or_else(|| io::ErrorKind::UnexpectedEof.into())
    }

    fn byte_or_end(&mut self) -> io::Result<Option<u8>> {
        let mut byte = [0];
        loop {
            match self.input.read(&mut byte) {
                Ok(0) => return Ok(None),
                Ok(_) => return Ok(Some(byte[0])),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    fn skip(&mut self, bytes: u64) -> io::Result<()> {
        let skipped = io::copy(&mut (&mut self.input).take(bytes), &mut io::sink())?;
        if skipped == bytes {
            Ok(())
        } else {
            Err(io::ErrorKind::UnexpectedEof.into())
        }
    }
}

impl Stream {
    /// A coded time stamp holds only its low bits, unless it is too large for them.
    fn full_pts(&self, coded: u64) -> i64 {
        let window = 1i64 << self.msb_pts_shift;
        let coded = coded as i64;
        if coded >= window {
            return coded.wrapping_sub(window);
        }
        let mask = window - 1;
        let delta = self.last_pts.wrapping_sub(mask / 2);
        (coded.wrapping_sub(delta) & mask).wrapping_add(delta)
    }

    fn main_header(&mut self, fields: &mut Fields<'_>) -> io::Result<()> {
        let version = fields.number()?;
        if !(2..=4).contains(&version) {
            return Err(broken("a version of NUT that is not known"));
        }
        if version > 3 {
            fields.number()?;
        }
        if fields.number()? != 1 {
            return Err(broken("not exactly one stream"));
        }
        fields.number()?;
        let bases = fields.number()?;
        self.time_bases.clear();
        for _ in 0..bases {
            let base = (fields.number()?, fields.number()?);
            let plausible = 1..=i32::MAX as u64;
            if !plausible.contains(&base.0) || !plausible.contains(&base.1) {
                return Err(broken("an impossible time base"));
            }
            self.time_bases.push(base);
        }
        self.codes = frame_codes(fields)?;
        self.max_header_index = fields.number()?;
        for _ in 0..self.max_header_index {
            // ffmpeg elides the first bytes of MPEG packets only: raw frames have no first bytes in common.
            let length = fields.number()?;
            fields.skip(length)?;
        }
        Ok(())
    }

    fn stream_header(&mut self, fields: &mut Fields<'_>) -> io::Result<()> {
        fields.number()?;
        if fields.number()? != 0 {
            return Err(broken("its stream is not video"));
        }
        let fourcc = fields.number()?;
        fields.skip(fourcc)?;
        let base = fields.number()?;
        self.time_base = usize::try_from(base)
            .ok()
            .and_then(|index| self.time_bases.get(index).copied())
            .ok_or_else(|| broken("a time base that was not declared"))?;
        self.msb_pts_shift = match fields.number()? {
            shift @ 0..=16 => shift as u32,
            _ => return Err(broken("an impossible time stamp width")),
        };
        for _ in 0..3 {
            fields.number()?;
        }
        let extra = fields.number()?;
        fields.skip(extra)?;
        let size = (fields.number()?, fields.number()?);
        if size.0 == 0 || size.1 == 0 || (self.width != 0 && size != (self.width, self.height)) {
            return Err(broken("an impossible frame size"));
        }
        (self.width, self.height) = size;
        Ok(())
    }

    fn syncpoint(&mut self, fields: &mut Fields<'_>) -> io::Result<()> {
        let stamp = fields.number()?;
        let count = self.time_bases.len() as u64;
        if count == 0 || self.time_base.1 == 0 {
            return Err(broken("a syncpoint comes before the headers"));
        }
        let from = self.time_bases[(stamp % count) as usize];
        let ticks = i128::from(stamp / count);
        let to = self.time_base;
        let scaled = ticks * i128::from(from.0) * i128::from(to.1) / (i128::from(from.1) * i128::from(to.0));
        self.last_pts = scaled as i64;
        Ok(())
    }
}

/// The table of 256 frame codes, run-length coded in the main header.
fn frame_codes(fields: &mut Fields<'_>) -> io::Result<Vec<FrameCode>> {
    let invalid = FrameCode {
        flags: flag::INVALID,
        ..FrameCode::default()
    };
    let mut codes = Vec::with_capacity(256);
    let (mut pts_delta, mut size_mul) = (0i64, 1u64);
    while codes.len() < 256 {
        let flags = fields.number()?;
        let present = fields.number()?;
        if present > 0 {
            pts_delta = fields.signed()?;
        }
        if present > 1 {
            size_mul = fields.number()?;
        }
        if present > 2 {
            fields.number()?;
        }
        let size = if present > 3 { fields.number()? } else { 0 };
        let reserved = if present > 4 { fields.number()? } else { 0 };
        let count = if present > 5 {
            fields.number()?
        } else {
            size_mul.wrapping_sub(size)
        };
        for _ in 6..present {
            fields.number()?;
        }
        if count == 0 || count > 256 {
            return Err(broken("an impossible table of frame codes"));
        }
        for step in 0..count {
            // The startcode byte is never a frame and takes no place in the run.
            if codes.len() == usize::from(STARTCODE_BYTE) {
                codes.push(invalid);
            }
            if codes.len() == 256 {
                break;
            }
            codes.push(FrameCode {
                flags,
                pts_delta,
                size_mul,
                size_lsb: size.saturating_add(step),
                reserved,
            });
        }
    }
    Ok(codes)
}

/// The fields of a header packet that is wholly in memory.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn number(&mut self) -> io::Result<u64> {
        number(|| {
            let (&byte, rest) = self
                .0
                .split_first()
                .ok_or_else(|| broken("a header ends too early"))?;
            self.0 = rest;
            Ok(byte)
        })
    }

    /// 0, 1, -1, 2, -2, … are coded as 0, 1, 2, 3, 4, ….
    fn signed(&mut self) -> io::Result<i64> {
        let coded = self.number()? as i64;
        let value = coded.wrapping_add(1);
        Ok(if value & 1 != 0 { -(value >> 1) } else { value >> 1 })
    }

    fn skip(&mut self, bytes: u64) -> io::Result<()> {
        let rest = usize::try_from(bytes).ok().and_then(|count| self.0.get(count..));
        self.0 = rest.ok_or_else(|| broken("a header ends too early"))?;
        Ok(())
    }
}

/// A number comes in pieces of seven bits, the highest first; each byte says by its eighth bit that another follows.
fn number(mut next: impl FnMut() -> io::Result<u8>) -> io::Result<u64> {
    let mut value = 0u64;
    loop {
        let byte = next()?;
        if value >> 57 != 0 {
            return Err(broken("an impossible number"));
        }
        value = value << 7 | u64::from(byte & 0x7F);
        if byte & 0x80 == 0 {
            return Ok(value);
        }
    }
}

fn broken(what: &str) -> io::Error {
    io::Error::new(
        io::ErrorKind::InvalidData,
        format!("the decoder's output is broken: {what}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// Whatever comes through the pipe, reading it ends, and in an error or an end rather than a panic.
        #[test]
        fn bytes_that_are_not_nut_do_no_harm(
            startcode in proptest::sample::select(vec![MAIN, STREAM, SYNCPOINT]),
            body in proptest::collection::vec(proptest::num::u8::ANY, 0..600),
        ) {
            let mut bytes = FILE_ID.to_vec();
            bytes.extend(startcode.to_be_bytes());
            bytes.extend([0x84, 0x00]);
            bytes.extend(&body);
            if let Ok(mut reader) = NutReader::open(&bytes[..]) {
                while let Ok(Some(_)) = reader.next_frame() {}
            }
        }
    }

    #[test]
    fn signed_numbers_alternate_around_zero() {
        for (coded, value) in [(0u8, 0), (1, 1), (2, -1), (3, 2), (4, -2)] {
            assert_eq!(Fields(&[coded]).signed().unwrap(), value);
        }
    }

    #[test]
    fn a_number_has_seven_bits_a_byte_and_no_more_than_sixty_four_in_all() {
        assert_eq!(Fields(&[0x81, 0x00]).number().unwrap(), 128);
        assert!(Fields(&[0xFF; 12]).number().is_err());
        assert!(Fields(&[0x80]).number().is_err());
    }
}
