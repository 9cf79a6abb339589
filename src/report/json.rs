//! A [`Document`] in, `report.json` out: the same object, word for word and number for number.
//! Deliberately not here: the record, which has its own file, and how canonical bytes are made (see `record::json`).

use super::document::Document;
use vsa_record::json::{JsonError, to_bytes};

/// `document` as canonical JSON: the same bytes for the same document.
///
/// # Errors
/// See [`JsonError`]; never for a document of a record that could itself be written.
pub fn write(document: &Document) -> Result<Vec<u8>, JsonError> {
    to_bytes(document)
}
