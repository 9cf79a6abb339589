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
    /// Something is not there.
    pub(crate) fn missing(reason: impl Into<String>) -> Self {
        Self::new(RowFault::MissingField, reason)
    }

    pub(crate) fn new(fault: RowFault, reason: impl Into<String>) -> Self {
        Self {
            fault,
            reason: reason.into(),
        }
    }
}

/// What the system said of a path.
pub(crate) fn unreadable(path: &Path) -> impl Fn(std::io::Error) -> EvaluateError {
    |source| EvaluateError::Unreadable {
        path: path.to_owned(),
        source,
    }
}

/// A file that is not what its format asks for.
pub(crate) fn malformed(path: &Path, line: u64, reason: impl Into<String>) -> EvaluateError {
    EvaluateError::Malformed {
        path: path.to_owned(),
        line,
        reason: reason.into(),
    }
}

/// A file that is not too large, and how large it is.
pub(crate) fn open(path: &Path) -> Result<(File, u64), EvaluateError> {
    let file = File::open(path).map_err(unreadable(path))?;
    let size = file.metadata().map_err(unreadable(path))?.len();
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
    file.read_to_end(&mut bytes).map_err(unreadable(path))?;
    Ok(bytes)
}

/// The text of a file, without the mark that some editors put first.
pub(crate) fn text(path: &Path) -> Result<String, EvaluateError> {
    let text = String::from_utf8(bytes(path)?)
        .map_err(|error| no_text(path, error.as_bytes(), error.utf8_error().valid_up_to()))?;
    Ok(unmarked(text))
}

/// The beginning of a file, no more than so many bytes.
pub(crate) fn first_bytes(path: &Path, most: usize) -> Result<Vec<u8>, EvaluateError> {
    let file = File::open(path).map_err(unreadable(path))?;
    let mut bytes = Vec::new();
    file.take(most as u64)
        .read_to_end(&mut bytes)
        .map_err(unreadable(path))?;
    Ok(bytes)
}

/// The beginning of a file's text, no more than so many bytes.
pub(crate) fn head(path: &Path, most: usize) -> Result<String, EvaluateError> {
    let text = String::from_utf8(first_bytes(path, most)?).or_else(|error| {
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
    malformed(path, line_at(bytes, good), hint)
}

fn unmarked(text: String) -> String {
    match text.strip_prefix('\u{feff}') {
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

/// The head of a CSV file, and its rows with the lines on which they stand. `uneven`: rows may have more or fewer fields
/// than the head.
pub(crate) fn table<'t>(
    path: &'t Path,
    text: &'t str,
    uneven: bool,
) -> Result<
    (
        csv::StringRecord,
        impl Iterator<Item = Result<Row, EvaluateError>> + 't,
    ),
    EvaluateError,
> {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(uneven)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let broken = move |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        malformed(path, line, format!("not CSV: {error}"))
    };
    let head = reader.headers().map_err(broken)?.clone();
    let rows = reader.into_records().map(move |record| {
        let record = record.map_err(broken)?;
        Ok((record.position().map_or(0, csv::Position::line), record))
    });
    Ok((head, rows))
}

/// A row of a table, after its line.
type Row = (u64, csv::StringRecord);

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

/// Finite numbers, as many as there are names for them.
pub(crate) fn numbers<const N: usize>(fields: &[&str], names: [&str; N]) -> Result<[f64; N], BadRow> {
    let mut numbers = [0.0; N];
    for ((number, field), what) in numbers.iter_mut().zip(fields).zip(names) {
        *number = self::number(field, what)?;
    }
    Ok(numbers)
}

/// All columns of a line that are parted by blanks, as finite numbers.
pub(crate) fn columns(line: &str) -> Result<Vec<f64>, BadRow> {
    line.split_whitespace()
        .map(|field| number(field, "a column"))
        .collect()
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
        let reason = format!("{what} is {value}, which is not a whole number");
        Err(BadRow::new(RowFault::NotANumber, reason))
    }
}

/// A box from fields that begin with its left and upper edge, its width and its height.
pub(crate) fn sides(fields: &[&str]) -> Result<Region, BadRow> {
    let [left, top, width, height] = numbers(fields, ["left", "top", "width", "height"])?;
    region(left, top, width, height)
}

/// A box from its edges.
pub(crate) fn corners(left: f64, top: f64, right: f64, bottom: f64) -> Result<Region, BadRow> {
    region(left, top, right - left, bottom - top)
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
        let reason = "the box has an edge that is not finite";
        return Err(BadRow::new(RowFault::NotFinite, reason));
    }
    Ok(Region {
        left,
        top,
        width,
        height,
    })
}
