//! The rule for bad rows, and the reading of text. In: a file. Out: its lines with their numbers, and, for a row that is
//! wrong, an error with file, line and reason, or a count where the user asked for that.

use crate::error::EvaluateError;
use crate::region::Region;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read as _;
use std::path::Path;
use vsa_record::scores::RowFault;

/// No label file is larger; what is, is no label file.
const MOST_BYTES: u64 = 4 << 30;

/// The rule for bad rows, and the count of those left out.
#[derive(Default)]
pub(crate) struct Rows {
    skip: bool,
    pub(crate) skipped: BTreeMap<RowFault, u64>,
}

impl Rows {
    pub(crate) fn new(skip: bool) -> Self {
        Self {
            skip,
            ..Self::default()
        }
    }

    /// Counts what was left out elsewhere as well.
    pub(crate) fn add(&mut self, others: Self) {
        for (fault, rows) in others.skipped {
            *self.skipped.entry(fault).or_default() += rows;
        }
    }

    /// Counts the row, or ends the reading.
    pub(crate) fn refuse(&mut self, path: &Path, line: u64, bad: BadRow) -> Result<(), EvaluateError> {
        if self.skip {
            *self.skipped.entry(bad.fault).or_default() += 1;
            return Ok(());
        }
        Err(EvaluateError::BadRow {
            path: path.to_owned(),
            line,
            reason: bad.reason,
        })
    }

    /// `row`, or none where it is bad and bad rows are left out.
    pub(crate) fn keep<T>(
        &mut self,
        path: &Path,
        line: u64,
        row: Result<T, BadRow>,
    ) -> Result<Option<T>, EvaluateError> {
        match row {
            Ok(row) => Ok(Some(row)),
            Err(bad) => self.refuse(path, line, bad).map(|()| None),
        }
    }
}

/// What is wrong with one row.
pub(crate) struct BadRow {
    pub(crate) fault: RowFault,
    pub(crate) reason: String,
}

impl BadRow {
    pub(crate) fn new(fault: RowFault, reason: impl Into<String>) -> Self {
        Self {
            fault,
            reason: reason.into(),
        }
    }
}

/// A file that is not too large, and how large it is.
pub(crate) fn open(path: &Path) -> Result<(File, u64), EvaluateError> {
    let unreadable = |source| EvaluateError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let file = File::open(path).map_err(unreadable)?;
    let size = file.metadata().map_err(unreadable)?.len();
    if size > MOST_BYTES {
        return Err(EvaluateError::TooLarge {
            path: path.to_owned(),
            bytes: size,
            limit: MOST_BYTES,
        });
    }
    Ok((file, size))
}

/// The bytes of a file.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, EvaluateError> {
    let (mut file, size) = open(path)?;
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
    match file.read_to_end(&mut bytes) {
        Ok(_) => Ok(bytes),
        Err(source) => Err(EvaluateError::Unreadable {
            path: path.to_owned(),
            source,
        }),
    }
}

/// The text of a file, without the mark that some editors put first.
pub(crate) fn text(path: &Path) -> Result<String, EvaluateError> {
    let text = String::from_utf8(bytes(path)?)
        .map_err(|error| no_text(path, error.as_bytes(), error.utf8_error().valid_up_to()))?;
    Ok(unmarked(text))
}

/// The beginning of a file's text, no more than so many bytes.
pub(crate) fn head(path: &Path, most: usize) -> Result<String, EvaluateError> {
    let unreadable = |source| EvaluateError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut std::io::Read::take(file, most as u64), &mut bytes)
        .map_err(unreadable)?;
    let text = String::from_utf8(bytes).or_else(|error| {
        let good = error.utf8_error().valid_up_to();
        let mut bytes = error.into_bytes();
        // The last character may have been cut in two.
        if bytes.len() < most || bytes.len() - good > 3 {
            return Err(no_text(path, &bytes, good));
        }
        bytes.truncate(good);
        String::from_utf8(bytes).map_err(|error| no_text(path, error.as_bytes(), 0))
    })?;
    Ok(unmarked(text))
}

fn no_text(path: &Path, bytes: &[u8], good: usize) -> EvaluateError {
    let hint = if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        "the file is UTF-16: save it as UTF-8"
    } else {
        "a byte that is not UTF-8: is this a text file, saved as UTF-8?"
    };
    EvaluateError::Malformed {
        path: path.to_owned(),
        line: line_at(bytes, good),
        reason: hint.to_owned(),
    }
}

fn unmarked(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// The line (from 1) on which byte `at` stands.
pub(crate) fn line_at(bytes: &[u8], at: usize) -> u64 {
    let breaks = bytes.iter().take(at).filter(|byte| **byte == b'\n').count();
    breaks as u64 + 1
}

/// The lines that hold anything, with their numbers.
pub(crate) fn lines(text: &str) -> impl Iterator<Item = (u64, &str)> {
    let numbered = text
        .lines()
        .enumerate()
        .map(|(at, line)| (at as u64 + 1, trimmed(line)));
    numbered.filter(|(_, line)| !line.is_empty())
}

/// Without blanks around it. Most fields have none, which two bytes tell.
fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        [one] if one.is_ascii_graphic() => text,
        _ => text.trim(),
    }
}

/// Puts the fields of a line, without blanks around them, in place of what was there. Fields are short: looking at each byte
/// is faster than searching.
pub(crate) fn split_commas<'a>(line: &'a str, fields: &mut Vec<&'a str>) {
    fields.clear();
    let mut from = 0;
    for (at, byte) in line.bytes().enumerate() {
        if byte == b',' {
            fields.push(trimmed(&line[from..at]));
            from = at + 1;
        }
    }
    fields.push(trimmed(&line[from..]));
}

/// A finite number.
pub(crate) fn number(text: &str, what: &str) -> Result<f64, BadRow> {
    let wrong = |fault: RowFault, why: &str| {
        let shown: String = text.chars().take(40).collect();
        BadRow::new(fault, format!("{what} is `{shown}`, which is {why}"))
    };
    let value: f64 = trimmed(text)
        .parse()
        .map_err(|_not| wrong(RowFault::NotANumber, "no number"))?;
    if value.is_finite() {
        Ok(value)
    } else {
        Err(wrong(RowFault::NotFinite, "not finite"))
    }
}

/// A whole number, also where it is written with decimals (`12.0`).
pub(crate) fn whole(text: &str, what: &str) -> Result<i64, BadRow> {
    // Most are written as such; what is not, or is too large to be exact, is looked at as a number.
    match text.parse::<i32>() {
        Ok(value) => Ok(i64::from(value)),
        Err(_not) => whole_of(number(text, what)?, what),
    }
}

/// The same of a number.
pub(crate) fn whole_of(value: f64, what: &str) -> Result<i64, BadRow> {
    const EXACT: f64 = 9_007_199_254_740_992.0;
    if value.fract() == 0.0 && value.abs() <= EXACT {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "whole and within 2^53, as was just checked"
        )]
        Ok(value as i64)
    } else {
        Err(BadRow::new(
            RowFault::NotANumber,
            format!("{what} is {value}, which is not a whole number"),
        ))
    }
}

/// A box whose sides are not negative. A box of no width is kept: the reference tools keep it, and it matches nothing.
pub(crate) fn region(left: f64, top: f64, width: f64, height: f64) -> Result<Region, BadRow> {
    if width < 0.0 || height < 0.0 {
        return Err(BadRow::new(
            RowFault::NegativeSize,
            format!(
                "the box is {width} wide and {height} high: are these corners instead of a size, or the other way round?"
            ),
        ));
    }
    let far = left + width;
    let low = top + height;
    if !(left.is_finite() && top.is_finite() && far.is_finite() && low.is_finite()) {
        return Err(BadRow::new(
            RowFault::NotFinite,
            "the box has an edge that is not finite",
        ));
    }
    Ok(Region {
        left,
        top,
        width,
        height,
    })
}
