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
mod exhibit;
mod header;
mod limits;
mod method;
mod parts;
mod places;
mod plan;
mod provenance;
mod robustness;
mod scene_plan;
mod seal;
mod sensitivity;
mod tables;
mod validation;

use super::document::{Document, NamedEstimate, SCHEMA, Section};
use super::wording::en as words;
use crate::audits::Finding;
use crate::custody::case::Case;
use crate::record::Record;

/// The plan as the report prints it.
pub(super) fn plan_text(record: &Record) -> String {
    plan::toml(record)
}

/// Adds what a case file says to the header, before all else.
pub(super) fn add_case(document: &mut Document, case: &Case) {
    let facts = [
        (words::EXHIBIT, &case.exhibit),
        (words::REQUESTER, &case.requester),
        (words::OPERATOR, &case.operator),
        (words::QUESTION_PUT, &case.question),
    ];
    let facts = facts
        .into_iter()
        .filter_map(|(term, value)| Some(tables::fact(term, value.as_ref()?)));
    document.header.facts.splice(0..0, facts);
    if let Some(exhibit) = &mut document.exhibit {
        exhibit::add_case(exhibit, case);
    }
}

/// The whole document.
pub(super) fn document(record: &Record, findings: &[Finding]) -> Document {
    let estimates = catalogue::catalogue(&record.measurements);
    let mut sections: Vec<Section> = parts::all(record, findings);
    sections.push(confidence::section(&estimates));
    sections.push(validation::section(record));
    sections.push(sensitivity::section(record, findings));
    sections.push(limits::section(record));
    sections.push(limits::not_done(record));
    sections.push(provenance::items(record));
    sections.push(method::section(record));
    sections.push(provenance::models(record));
    sections.push(provenance::again(record));
    sections.push(seal::section());
    sections.push(limits::glossary());
    let header = header::header(record);
    let exhibit = exhibit::exhibit(record, &header, &sections);
    Document {
        schema: SCHEMA.to_owned(),
        language: words::LANGUAGE.to_owned(),
        header,
        answer: answer::answer(record),
        sections,
        labels: words::labels(&record.tool.name, &record.tool.version),
        exhibit: Some(exhibit),
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
