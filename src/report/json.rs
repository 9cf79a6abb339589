//! A [`Document`] in, `report.json` out: the same object, word for word and number for number.
//! Deliberately not here: the record, which has its own file.

use super::document::Document;
use crate::record::Disclosable;
use serde::Serialize;

/// `document` as indented JSON with sorted keys and a final line break: the same bytes for the same document.
///
/// # Errors
/// Never for a [`Document`] made by [`Document::new`]; the error of `serde_json` is passed on all the same.
pub fn write(document: &Document) -> Result<String, serde_json::Error> {
    text(document)
}

/// The schema of what [`write`] returns, as shipped in `samples/report.schema.json`.
///
/// # Errors
/// See [`write`].
pub fn schema() -> Result<String, serde_json::Error> {
    indented(&schemars::schema_for!(Document))
}

/// Only what bears the passport is written.
fn text(value: &impl Disclosable) -> Result<String, serde_json::Error> {
    indented(value)
}

/// By way of `Value`, whose maps are sorted.
fn indented(value: &impl Serialize) -> Result<String, serde_json::Error> {
    let mut text = serde_json::to_string_pretty(&serde_json::to_value(value)?)?;
    text.push('\n');
    Ok(text)
}
