//! What the report cannot tell, what was not done, and the words it uses.

use super::parts;
use super::tables::{fact, points, table};
use crate::record::Record;
use crate::record::measurements::Outcome;
use crate::report::document::{Block, Point, Section};
use crate::report::wording::en as words;

pub(super) fn section(record: &Record) -> Section {
    let mut blocks = Vec::new();
    if !record.caveats.is_empty() {
        blocks.push(Block::Heading {
            text: words::CAVEATS_HEADING.to_owned(),
        });
        let points = record
            .caveats
            .iter()
            .map(|caveat| {
                let (title, text) = words::caveat(caveat);
                Point { title, text }
            })
            .collect();
        blocks.push(Block::List { points });
    }
    blocks.push(Block::Heading {
        text: words::FIXED_LIMITS_HEADING.to_owned(),
    });
    blocks.push(points(words::FIXED_LIMITS.iter().copied()));
    let missing: Vec<Vec<String>> = record
        .measurements
        .capabilities
        .iter()
        .filter_map(|row| match &row.outcome {
            Outcome::Measured(_) => None,
            Outcome::NotMeasured { missing } => Some(vec![
                words::capability(row.capability).to_owned(),
                words::sentence(words::missing(*missing)),
            ]),
        })
        .collect();
    if !missing.is_empty() {
        blocks.push(Block::Heading {
            text: words::NOT_MEASURED_HEADING.to_owned(),
        });
        blocks.push(Block::Table(table(
            words::NOT_MEASURED_CAPTION.to_owned(),
            &words::NOT_MEASURED_COLUMNS,
            &[false, false],
            missing,
        )));
    }
    parts::section(words::section_limits(), blocks)
}

pub(super) fn not_done(record: &Record) -> Section {
    let kept = words::kept(record.disclosure.objects_exported());
    parts::section(
        words::section_not_done(),
        vec![points(words::NOT_DONE.iter().copied().chain([kept]))],
    )
}

pub(super) fn glossary() -> Section {
    let facts = words::GLOSSARY
        .iter()
        .map(|(term, meaning)| fact(term, *meaning))
        .collect();
    parts::section(words::section_glossary(), vec![Block::Facts { facts }])
}
