//! DER (X.690) in, tagged values out, and the little that is written. Strict: definite, shortest lengths, one-byte tags.
//! Deliberately not here: what values mean.

use super::TimestampError;

pub(super) const BOOLEAN: u8 = 0x01;
pub(super) const INTEGER: u8 = 0x02;
pub(super) const BIT_STRING: u8 = 0x03;
pub(super) const OCTET_STRING: u8 = 0x04;
pub(super) const OID: u8 = 0x06;
pub(super) const UTC_TIME: u8 = 0x17;
pub(super) const GENERALIZED_TIME: u8 = 0x18;
pub(super) const SEQUENCE: u8 = 0x30;
pub(super) const SET: u8 = 0x31;
/// `[n]`, constructed.
pub(super) const fn context(n: u8) -> u8 {
    0xa0 | n
}

/// One value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Value<'a> {
    pub(super) tag: u8,
    pub(super) content: &'a [u8],
    /// With tag and length.
    pub(super) whole: &'a [u8],
}

/// Reads one value after another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
    what: &'static str,
}

impl<'a> Reader<'a> {
    /// `what` is named in errors.
    pub(super) fn new(rest: &'a [u8], what: &'static str) -> Self {
        Self { rest, what }
    }

    fn error<T>(&self, problem: &'static str) -> Result<T, TimestampError> {
        Err(TimestampError::Shape {
            what: self.what,
            problem,
        })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// The next value, whatever it is.
    pub(super) fn next(&mut self) -> Result<Value<'a>, TimestampError> {
        let [tag, first, ..] = *self.rest else {
            return self.error("it ends too early");
        };
        if tag & 0x1f == 0x1f {
            return self.error("a tag of several bytes");
        }
        let (length, head) = match first {
            0..=0x7f => (usize::from(first), 2),
            0x80 => return self.error("a length that is left open (BER)"),
            _ => {
                let digits = usize::from(first & 0x7f);
                let Some(bytes) = self.rest.get(2..2 + digits).filter(|_| digits <= 4) else {
                    return self.error("a length that is cut or too large");
                };
                let length = bytes
                    .iter()
                    .fold(0usize, |length, byte| length << 8 | usize::from(*byte));
                if length < 0x80 || bytes[0] == 0 {
                    return self.error("a length that is not written in the shortest way");
                }
                (length, 2 + digits)
            }
        };
        let Some(content) = head.checked_add(length).and_then(|end| self.rest.get(head..end)) else {
            return self.error("it ends too early");
        };
        let (whole, rest) = self.rest.split_at(head + length);
        self.rest = rest;
        Ok(Value { tag, content, whole })
    }

    /// The next value, which has to have this tag.
    pub(super) fn expect(&mut self, tag: u8) -> Result<Value<'a>, TimestampError> {
        let value = self.next()?;
        if value.tag == tag {
            Ok(value)
        } else {
            self.error("another value than the one expected")
        }
    }

    /// The next value, if it has this tag.
    pub(super) fn optional(&mut self, tag: u8) -> Result<Option<Value<'a>>, TimestampError> {
        if self.rest.first() == Some(&tag) {
            self.next().map(Some)
        } else {
            Ok(None)
        }
    }

    /// A reader of the next value's inside, which has to have this tag.
    pub(super) fn enter(&mut self, tag: u8) -> Result<Self, TimestampError> {
        Ok(Self::new(self.expect(tag)?.content, self.what))
    }

    /// Ends the reading: nothing may be left.
    pub(super) fn end(&self) -> Result<(), TimestampError> {
        if self.rest.is_empty() {
            Ok(())
        } else {
            self.error("something follows its end")
        }
    }

    /// Everything that is left, as values.
    pub(super) fn all(mut self) -> Result<Vec<Value<'a>>, TimestampError> {
        let mut values = Vec::new();
        while !self.rest.is_empty() {
            values.push(self.next()?);
        }
        Ok(values)
    }
}

/// A small number.
pub(super) fn small(value: Value<'_>) -> Option<u64> {
    (value.content.len() <= 7 && value.content.first().is_some_and(|first| *first < 0x80)).then(|| {
        value
            .content
            .iter()
            .fold(0, |number, byte| number << 8 | u64::from(*byte))
    })
}

/// An object identifier in dotted form, for messages.
pub(super) fn dotted(content: &[u8]) -> String {
    let mut parts = Vec::new();
    let mut part = 0u64;
    for byte in content {
        part = part.wrapping_shl(7) | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            if parts.is_empty() {
                let first = (part / 40).min(2);
                parts.push(first.to_string());
                part -= first * 40;
            }
            parts.push(part.to_string());
            part = 0;
        }
    }
    parts.join(".")
}

/// A value of these parts.
pub(super) fn write(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let mut out = vec![tag];
    match u8::try_from(length) {
        Ok(short @ 0..=0x7f) => out.push(short),
        _ => {
            let bytes = length.to_be_bytes();
            let from = bytes.iter().position(|byte| *byte != 0).unwrap_or(0);
            let digits = u8::try_from(bytes.len() - from).expect("a length has 8 bytes at most");
            out.push(0x80 | digits);
            out.extend(&bytes[from..]);
        }
    }
    out.extend(parts.concat());
    out
}

/// `YYMMDDHHMMSSZ` or `YYYYMMDDHHMMSS[.f…]Z` as a point in time, whole seconds.
pub(super) fn time(value: Value<'_>) -> Option<jiff::Timestamp> {
    let text = std::str::from_utf8(value.content).ok()?.strip_suffix('Z')?;
    let (century, rest) = match value.tag {
        // RFC 5280, section 4.1.2.5.1.
        UTC_TIME => (if text.get(..2)? < "50" { "20" } else { "19" }, text),
        GENERALIZED_TIME => (text.get(..2)?, text.get(2..)?),
        _ => return None,
    };
    let (digits, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
    let all = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if digits.len() != 12 || !all(digits) || !all(fraction) {
        return None;
    }
    let part = |at: usize| &digits[at..at + 2];
    format!(
        "{century}{}-{}-{}T{}:{}:{}Z",
        part(0),
        part(2),
        part(4),
        part(6),
        part(8),
        part(10)
    )
    .parse()
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_at_every_length() {
        for length in [0, 1, 127, 128, 255, 256, 65_535, 65_536] {
            let content = vec![7; length];
            let bytes = write(OCTET_STRING, &[&content]);
            let mut reader = Reader::new(&bytes, "test");
            assert_eq!(reader.expect(OCTET_STRING).unwrap().content, content);
            reader.end().unwrap();
            for cut in 0..bytes.len().min(300) {
                assert!(Reader::new(&bytes[..cut], "test").next().is_err());
            }
        }
    }

    #[test]
    fn lengths_that_could_be_written_otherwise_are_refused() {
        for bytes in [
            &[0x04, 0x81, 0x01, 0x00][..],
            &[0x04, 0x82, 0x00, 0x80],
            &[0x30, 0x80, 0x00, 0x00],
            &[0x1f, 0x81, 0x01, 0x00],
            &[0x04, 0x88, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
            &[0x04, 0x84, 0xff, 0xff, 0xff, 0xff],
        ] {
            assert!(Reader::new(bytes, "test").next().is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn times_and_identifiers_are_read() {
        let at = |tag, text: &'static str| {
            time(Value {
                tag,
                content: text.as_bytes(),
                whole: &[],
            })
            .map(|time| time.to_string())
        };
        assert_eq!(at(UTC_TIME, "260102030405Z").unwrap(), "2026-01-02T03:04:05Z");
        assert_eq!(at(UTC_TIME, "500102030405Z").unwrap(), "1950-01-02T03:04:05Z");
        assert_eq!(
            at(GENERALIZED_TIME, "20260102030405.25Z").unwrap(),
            "2026-01-02T03:04:05Z"
        );
        for wrong in ["20260102030405", "20261302030405Z", "2026010203040Z", "é", ""] {
            assert_eq!(at(GENERALIZED_TIME, wrong), None, "{wrong}");
        }
        assert_eq!(dotted(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d]), "1.2.840.113549");
        assert_eq!(dotted(&[0x60, 0x86, 0x48]), "2.16.840");
    }
}
