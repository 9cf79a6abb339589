//! What the report cannot tell, what was not done, and the words it uses.

use super::parts;
use super::tables::{fact, points, table};
use crate::document::{Block, Point, Section};
use crate::wording::say;
use vsa_base::language::Language;
use vsa_record::Record;
use vsa_record::measurements::Outcome;

pub(super) fn section(language: Language, record: &Record) -> Section {
    let mut blocks = Vec::new();
    if !record.caveats.is_empty() {
        blocks.push(Block::Heading {
            text: say!(language, CAVEATS_HEADING).to_owned(),
        });
        let points = record
            .caveats
            .iter()
            .map(|caveat| {
                let (title, text) = say!(language, caveat(caveat));
                Point { title, text }
            })
            .collect();
        blocks.push(Block::List { points });
    }
    blocks.push(Block::Heading {
        text: say!(language, FIXED_LIMITS_HEADING).to_owned(),
    });
    blocks.push(points(say!(language, FIXED_LIMITS).iter().copied()));
    let missing: Vec<Vec<String>> = record
        .measurements
        .capabilities
        .iter()
        .filter_map(|row| match &row.outcome {
            Outcome::Measured(_) => None,
            Outcome::NotMeasured { missing } => Some(vec![
                say!(language, capability(row.capability)).to_owned(),
                say!(language, sentence(say!(language, missing(*missing)))),
            ]),
        })
        .collect();
    if !missing.is_empty() {
        blocks.push(Block::Heading {
            text: say!(language, NOT_MEASURED_HEADING).to_owned(),
        });
        blocks.push(Block::Table(table(
            say!(language, NOT_MEASURED_CAPTION).to_owned(),
            &say!(language, NOT_MEASURED_COLUMNS),
            &[false, false],
            missing,
        )));
    }
    parts::section(say!(language, section_limits()), blocks)
}

pub(super) fn not_done(language: Language, record: &Record) -> Section {
    let kept = say!(language, kept(record.disclosure.objects_exported()));
    parts::section(
        say!(language, section_not_done()),
        vec![points(say!(language, NOT_DONE).iter().copied().chain([kept]))],
    )
}

pub(super) fn glossary(language: Language) -> Section {
    let facts = say!(language, GLOSSARY)
        .iter()
        .map(|(term, meaning)| fact(term, *meaning))
        .collect();
    parts::section(say!(language, section_glossary()), vec![Block::Facts { facts }])
}
