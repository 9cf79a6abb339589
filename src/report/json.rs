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

/// The schema of what [`write()`] returns, as shipped in `samples/report.schema.json`.
///
/// # Panics
/// Never: a schema is plain JSON.
#[must_use]
pub fn schema() -> String {
    let mut schema = schemars::schema_for!(Document).to_value();
    // By way of `Value`, whose maps are sorted.
    schema.sort_all_objects();
    let mut text = serde_json::to_string_pretty(&schema).expect("a schema is plain JSON");
    text.push('\n');
    text
}
