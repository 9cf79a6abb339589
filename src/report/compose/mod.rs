//! What is said, and in which order. In: a record and its findings. Out: a [`Document`].
//! Deliberately not here: words (see `wording`), rounding (see `formats`) and form (see `html`, `charts`).

mod answer;
mod axis;
mod capabilities;
mod catalogue;
mod charts;
pub(super) mod claims;
mod confidence;
mod counts;
mod decree;
mod header;
mod limits;
mod parts;
mod places;
mod plan;
mod provenance;
mod tables;

use super::document::{Document, NamedEstimate, SCHEMA, Section};
use super::wording::en as words;
use crate::audits::Finding;
use crate::record::Record;

/// The whole document.
pub(super) fn document(record: &Record, findings: &[Finding]) -> Document {
    let estimates = catalogue::catalogue(&record.measurements);
    let mut sections: Vec<Section> = parts::all(record, findings);
    sections.push(confidence::section(&estimates));
    sections.push(limits::section(record));
    sections.push(limits::not_done(record));
    sections.push(provenance::items(record));
    sections.push(provenance::models(record));
    sections.push(provenance::again(record));
    sections.push(limits::glossary());
    Document {
        schema: SCHEMA.to_owned(),
        language: words::LANGUAGE.to_owned(),
        header: header::header(record),
        answer: answer::answer(record),
        sections,
        labels: words::labels(&record.tool.name, &record.tool.version),
        disclosure: record.disclosure.clone(),
        findings: findings.to_vec(),
        estimates: estimates
            .into_iter()
            .filter_map(|(quantity, cell)| {
                Some(NamedEstimate {
                    name: quantity.name(),
                    estimate: cell?.clone(),
                })
            })
            .collect(),
    }
}
