//! MATLAB files of level 5 (`save -v6`, `-v7`), as far as WIDER FACE needs them. In: bytes. Out: named cells, numbers and
//! texts. Source: MathWorks, "MAT-File Format", R2019a. A reader of our own, because the part that is needed is this page.
//! Deliberately not here: structures, sparse and complex numbers (passed over by name), and level 7.3, which is HDF5.

use std::collections::BTreeMap;
use std::io::Read as _;
use vsa_base::Reason;

/// What a variable holds.
#[derive(Debug, PartialEq)]
pub(super) enum Value {
    /// Column by column, with the number of rows.
    Numbers {
        rows: usize,
        values: Vec<f64>,
    },
    Text(String),
    Cells(Vec<Value>),
    /// A kind that is not read.
    Other,
}

impl Value {
    pub(super) fn cells(&self) -> &[Self] {
        match self {
            Self::Cells(cells) => cells,
            _ => &[],
        }
    }

    pub(super) fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            // A cell around the text alone.
            Self::Cells(cells) => cells.first().filter(|_| cells.len() == 1)?.text(),
            _ => None,
        }
    }
}

/// Cells within cells within cells is as deep as any real file goes.
const DEEPEST: usize = 12;
/// More than this no variable unpacks to; the labels of WIDER FACE take 3 MB.
const MOST_UNPACKED: u64 = 1 << 30;

const COMPRESSED: u32 = 15;
const MATRIX: u32 = 14;

/// All variables by name.
pub(super) fn variables(bytes: &[u8]) -> Result<BTreeMap<String, Value>, Reason> {
    if bytes.starts_with(b"MATLAB 7.3") || bytes.starts_with(b"\x89HDF") {
        return Err("a MATLAB file of level 7.3 (HDF5): save it with -v7".into());
    }
    match bytes.get(126..128) {
        Some(b"IM") => {}
        Some(b"MI") => {
            return Err("a MATLAB file of a big-endian machine, which is not read".into());
        }
        _ => {
            return Err("no MATLAB file of level 5: its mark of byte order is missing".into());
        }
    }
    let mut reader = Reader { bytes: &bytes[128..] };
    let mut found = BTreeMap::new();
    while !reader.bytes.is_empty() {
        let (mut kind, mut data) = reader.element()?;
        let mut unpacked = Vec::new();
        if kind == COMPRESSED {
            flate2::read::ZlibDecoder::new(data)
                .take(MOST_UNPACKED)
                .read_to_end(&mut unpacked)
                .map_err(|error| format!("a variable cannot be unpacked: {error}"))?;
            (kind, data) = Reader { bytes: &unpacked }.element()?;
        }
        if kind == MATRIX {
            let (name, value) = matrix(data, 0)?;
            found.insert(name, value);
        }
    }
    Ok(found)
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], Reason> {
        if n > self.bytes.len() {
            return Err(format!("the file ends {} bytes too early", n - self.bytes.len()).into());
        }
        let (taken, rest) = self.bytes.split_at(n);
        self.bytes = rest;
        Ok(taken)
    }

    fn word(&mut self) -> Result<u32, Reason> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// The kind of the next element, and its data.
    fn element(&mut self) -> Result<(u32, &'a [u8]), Reason> {
        let first = self.word()?;
        // Small elements hold kind, size and up to four bytes in one word and its follower.
        if first >> 16 != 0 {
            let (kind, size) = (first & 0xffff, (first >> 16) as usize);
            if size > 4 {
                return Err(format!("a small element of {size} bytes, which holds 4 at most").into());
            }
            return Ok((kind, &self.take(4)?[..size]));
        }
        let size = self.word()? as usize;
        let data = self.take(size)?;
        if first != COMPRESSED {
            let padding = size.next_multiple_of(8) - size;
            self.take(padding.min(self.bytes.len()))?;
        }
        Ok((first, data))
    }
}

fn matrix(data: &[u8], depth: usize) -> Result<(String, Value), Reason> {
    if depth > DEEPEST {
        return Err(format!("cells are nested more than {DEEPEST} deep").into());
    }
    // An empty cell is a matrix without anything.
    if data.is_empty() {
        return Ok((
            String::new(),
            Value::Numbers {
                rows: 0,
                values: Vec::new(),
            },
        ));
    }
    let mut reader = Reader { bytes: data };
    let (_, flags) = reader.element()?;
    let class = *flags.first().ok_or("a variable without a class")?;
    let (kind, dimensions) = reader.element()?;
    let dimensions = numbers(kind, dimensions)?;
    let (_, name) = reader.element()?;
    let name = String::from_utf8_lossy(name).into_owned();
    let value = match class {
        1 => {
            let mut cells = Vec::new();
            while !reader.bytes.is_empty() {
                let (kind, data) = reader.element()?;
                if kind != MATRIX {
                    return Err("a cell that holds no variable".into());
                }
                cells.push(matrix(data, depth + 1)?.1);
            }
            announced(&dimensions, cells.len(), "cells")?;
            Value::Cells(cells)
        }
        4 => {
            let (kind, data) = reader.element()?;
            let letters = match kind {
                16 => String::from_utf8_lossy(data).into_owned(),
                _ => numbers(kind, data)?
                    .into_iter()
                    .map(|code| char::from_u32(code as u32).unwrap_or('\u{fffd}'))
                    .collect(),
            };
            Value::Text(letters)
        }
        6..=15 => {
            let (kind, data) = reader.element()?;
            let rows = dimensions.first().copied().unwrap_or(0.0).max(0.0) as usize;
            let values = numbers(kind, data)?;
            announced(&dimensions, values.len(), "numbers")?;
            Value::Numbers { rows, values }
        }
        _ => Value::Other,
    };
    Ok((name, value))
}

/// Whether a variable holds as much as its dimensions say.
fn announced(dimensions: &[f64], found: usize, what: &str) -> Result<(), Reason> {
    let expected: f64 = dimensions.iter().product();
    if (found as f64 - expected).abs() > 0.5 {
        return Err(format!("{found} {what} where {expected} are announced").into());
    }
    Ok(())
}

/// Numbers of any storage kind; small ones are stored in fewer bytes than their class says.
fn numbers(kind: u32, data: &[u8]) -> Result<Vec<f64>, Reason> {
    fn each<const N: usize>(data: &[u8], of: impl Fn([u8; N]) -> f64) -> Vec<f64> {
        let (chunks, _) = data.as_chunks::<N>();
        chunks.iter().map(|bytes| of(*bytes)).collect()
    }
    Ok(match kind {
        1 => each(data, |bytes| f64::from(i8::from_le_bytes(bytes))),
        2 => each(data, |bytes: [u8; 1]| f64::from(bytes[0])),
        3 => each(data, |bytes| f64::from(i16::from_le_bytes(bytes))),
        4 => each(data, |bytes| f64::from(u16::from_le_bytes(bytes))),
        5 => each(data, |bytes| f64::from(i32::from_le_bytes(bytes))),
        6 => each(data, |bytes| f64::from(u32::from_le_bytes(bytes))),
        7 => each(data, |bytes| f64::from(f32::from_le_bytes(bytes))),
        9 => each(data, f64::from_le_bytes),
        12 => each(data, |bytes| i64::from_le_bytes(bytes) as f64),
        13 => each(data, |bytes| u64::from_le_bytes(bytes) as f64),
        _ => {
            return Err(format!("numbers of the storage kind {kind}, which is not known").into());
        }
    })
}
