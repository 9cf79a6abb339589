//! Records as JSON, and back. In: something [`Disclosable`], or bytes. Out: canonical bytes, or a checked [`Record`].
//!
//! Canonical: keys sorted, two spaces a level, shortest floats that read back the same, no NaN, one newline at the end.
//! The same value gives the same bytes. Reading is strict: an unknown field, another schema, a rule for small cells
//! that could not have been made, or bytes that are not the canonical ones are refused.

use super::disclosure::sealed::Sealed;
use super::disclosure::{Disclosable, DisclosureError};
use super::finite::is_finite;
use super::{Record, SCHEMA, schema};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Why bytes are no document of a kind.
pub use serde_json::Error as ReadError;

/// Why JSON could not be written or read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum JsonError {
    /// A NaN or an infinity. Ours.
    #[error("cannot write JSON: a number is not finite; this is a fault of the program, please report it")]
    NotFinite,
    /// Could not be written. Ours.
    #[error("cannot write JSON: {0}; this is a fault of the program, please report it")]
    Write(#[source] serde_json::Error),
    /// Not a record.
    #[error("not a record of this format: {0}")]
    Malformed(#[source] serde_json::Error),
    /// Another format, or another version of it.
    #[error(
        "a record of format {found}, but this program (vsa-audit {}) reads {SCHEMA}: {}",
        vsa_base::VERSION,
        schema::advice(.found, .written_by.as_deref())
    )]
    OtherSchema {
        /// What it says it is.
        found: String,
        /// The version of the program that wrote it, where it says so.
        written_by: Option<String>,
    },
    /// The rule for small cells contradicts itself.
    #[error("not a sound record: {0}")]
    Policy(#[source] DisclosureError),
    /// The bytes are not those that this program would have written.
    #[error("the record is not in canonical form: it was changed or reformatted after it was written")]
    NotCanonical,
}

/// How it lies on the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Two spaces a level.
    Indented,
    /// On one line.
    Line,
}

/// The canonical bytes of something that may be written.
///
/// # Errors
/// [`JsonError::NotFinite`], [`JsonError::Write`].
pub fn to_bytes<T: Disclosable>(value: &T) -> Result<Vec<u8>, JsonError> {
    let mut text = value.to_json(Layout::Indented)?;
    text.push('\n');
    Ok(text.into_bytes())
}

/// The canonical bytes of something that may be written, on one line: for logs and for what is signed.
///
/// # Errors
/// [`JsonError::NotFinite`], [`JsonError::Write`].
pub fn to_line<T: Disclosable>(value: &T) -> Result<String, JsonError> {
    value.to_json(Layout::Line)
}

/// What [`passport`](crate::passport) has compiled for each type.
#[doc(hidden)]
pub fn write<T: Sealed + Serialize>(value: &T, layout: Layout) -> Result<String, JsonError> {
    if !is_finite(value) {
        return Err(JsonError::NotFinite);
    }
    // By way of a value, whose maps are sorted.
    let sorted = serde_json::to_value(value).map_err(JsonError::Write)?;
    match layout {
        Layout::Indented => serde_json::to_string_pretty(&sorted),
        Layout::Line => serde_json::to_string(&sorted),
    }
    .map_err(JsonError::Write)
}

/// What can be read from JSON.
pub trait FromJson: Sized {
    /// From the bytes of a file.
    ///
    /// # Errors
    /// Where they are not JSON, or another document.
    fn from_json(bytes: &[u8]) -> Result<Self, ReadError>;
}

/// Makes types [`FromJson`]. What reads one is compiled with the type, once, and not again in every crate
/// that reads one.
#[macro_export]
macro_rules! from_json {
    ($($type:ty),+ $(,)?) => {$(
        impl $crate::json::FromJson for $type {
            fn from_json(bytes: &[u8]) -> Result<Self, $crate::json::ReadError> {
                $crate::json::read(bytes)
            }
        }
    )+};
}

/// What [`from_json`](crate::from_json) has compiled for each type.
#[doc(hidden)]
pub fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, ReadError> {
    serde_json::from_slice(bytes)
}

/// A record from its canonical bytes.
///
/// # Errors
/// [`JsonError`], where the bytes are not exactly what [`to_bytes`] writes for some record.
pub fn read_record(bytes: &[u8]) -> Result<Record, JsonError> {
    // Looked at first, so that a record of another version is named as such.
    let head = schema::Head::read(bytes).map_err(JsonError::Malformed)?;
    if head.schema != SCHEMA {
        return Err(head.refused());
    }
    let record: Record = serde_json::from_slice(bytes).map_err(JsonError::Malformed)?;
    record.disclosure.check().map_err(JsonError::Policy)?;
    if to_bytes(&record)? == bytes {
        Ok(record)
    } else {
        Err(JsonError::NotCanonical)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Serialize;

    #[derive(Serialize)]
    struct Sample {
        second: f64,
        first: Vec<u8>,
    }

    crate::passport!(Sample);

    fn sample(second: f64) -> Sample {
        Sample {
            second,
            first: vec![1, 2],
        }
    }

    #[test]
    fn what_is_written_is_sorted_by_key_on_one_line_or_indented_with_an_end_of_line() {
        assert_eq!(to_line(&sample(0.5)).unwrap(), "{\"first\":[1,2],\"second\":0.5}");
        assert_eq!(
            String::from_utf8(to_bytes(&sample(0.5)).unwrap()).unwrap(),
            "{\n  \"first\": [\n    1,\n    2\n  ],\n  \"second\": 0.5\n}\n"
        );
    }

    #[test]
    fn what_holds_a_number_that_is_not_finite_is_not_written() {
        assert!(matches!(to_line(&sample(f64::NAN)), Err(JsonError::NotFinite)));
        assert!(matches!(
            to_bytes(&sample(f64::INFINITY)),
            Err(JsonError::NotFinite)
        ));
    }

    #[test]
    fn a_record_with_one_byte_more_is_not_canonical() {
        let mut bytes = include_bytes!("../../samples/record.json").to_vec();
        bytes.push(b'\n');
        assert!(matches!(read_record(&bytes), Err(JsonError::NotCanonical)));
    }
}
