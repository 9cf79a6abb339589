//! What is said, and in which order. In: a record and its findings. Out: a [`Document`].
//! Deliberately not here: words (see `wording`), rounding (see `formats`) and form (see `html`, `charts`).

mod answer;
mod axis;
mod capabilities;
mod charts;
pub(super) mod claims;
mod confidence;
pub(super) mod cost;
mod counts;
mod decree;
mod detectors;
mod exhibit;
mod header;
mod limits;
mod measured;
mod method;
mod parts;
mod places;
mod plan;
mod provenance;
mod robustness;
mod scene_plan;
pub(super) mod scores;
mod seal;
mod sensitivity;
pub(super) mod stills;
mod tables;
mod validation;

use super::document::{Document, NamedEstimate, SCHEMA, Section};
use crate::wording::say;
use vsa_audits::Finding;
use vsa_base::language::Language;
use vsa_claims::ClaimsReport;
use vsa_custody::case::Case;
use vsa_record::Record;

/// The plan as the English report prints it: languages differ in comments alone.
pub(super) fn plan_text(record: &Record) -> String {
    plan::toml(Language::English, record)
}

/// Adds what a case file says to the header, before all else.
pub(super) fn add_case(document: &mut Document, case: &Case) {
    let language = document.language;
    let facts = exhibit::stated(language, case);
    let facts = facts
        .into_iter()
        .filter_map(|(term, value)| Some(tables::fact(term, value?)));
    document.header.facts.splice(0..0, facts);
    if let Some(exhibit) = &mut document.exhibit {
        exhibit::add_case(document.language, exhibit, case);
    }
}

/// Adds a vendor's claims, with what became of them, before what all intervals are.
pub(super) fn add_claims(document: &mut Document, report: &ClaimsReport) {
    let section = claims::section(document.language, report);
    insert(document, section, "sure");
}

/// Puts a section before another one, and among the results of the exhibit.
fn insert(document: &mut Document, section: Section, before: &str) {
    if let Some(exhibit) = &mut document.exhibit {
        exhibit::add_result(exhibit, &section.id);
    }
    let at = document.sections.iter().position(|section| section.id == before);
    let at = at.unwrap_or(document.sections.len());
    document.sections.insert(at, section);
}

/// The whole document.
pub(super) fn document(language: Language, record: &Record, findings: &[Finding]) -> Document {
    let estimates = vsa_record::catalogue::catalogue(&record.measurements);
    let mut sections: Vec<Section> = parts::all(language, record, findings);
    sections.push(confidence::section(language, &estimates));
    sections.push(validation::section(language, record));
    sections.push(sensitivity::section(language, record, findings));
    sections.push(limits::section(language, record));
    sections.push(limits::not_done(language, &record.disclosure));
    sections.push(provenance::items(language, record));
    sections.push(method::section(language, record));
    sections.push(provenance::models(language, record));
    sections.push(provenance::again(language, record));
    sections.push(seal::section(language));
    sections.push(limits::glossary(language));
    let header = header::header(language, record);
    let exhibit = exhibit::exhibit(language, record, &header, &sections);
    Document {
        schema: SCHEMA.to_owned(),
        language,
        header,
        answer: answer::answer(language, record),
        sections,
        labels: say!(language, labels(&record.tool.name, &record.tool.version)),
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
