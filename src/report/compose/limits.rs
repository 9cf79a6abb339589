//! What the report cannot tell, what was not done, and the words it uses.

use super::capabilities::not_measured;
use super::parts;
use super::tables::{fact, fact_list, heading, points, table_of_any};
use crate::document::Section;
use crate::wording::say;
use vsa_base::language::Language;
use vsa_record::{DisclosurePolicy, Record};

pub(super) fn section(language: Language, record: &Record) -> Section {
    let mut blocks = Vec::new();
    if !record.caveats.is_empty() {
        blocks.push(heading(say!(language, CAVEATS_HEADING)));
        let caveats = record.caveats.iter();
        blocks.push(points(caveats.map(|caveat| say!(language, caveat(caveat)))));
    }
    blocks.push(heading(say!(language, FIXED_LIMITS_HEADING)));
    blocks.push(points(say!(language, FIXED_LIMITS).iter().copied()));
    let missing = not_measured(language, record, |_| true).into_iter();
    let rows = missing.map(|(what, why)| vec![what.to_owned(), why]).collect();
    let columns = say!(language, NOT_MEASURED_COLUMNS);
    let caption = say!(language, NOT_MEASURED_CAPTION);
    if let Some(table) = table_of_any(caption, &columns, &[false; 2], rows) {
        blocks.extend([heading(say!(language, NOT_MEASURED_HEADING)), table]);
    }
    parts::section(say!(language, section_limits()), blocks)
}

/// What was not done. `stills_shown`: whether the report shows frames, which then were kept.
pub(super) fn not_done(language: Language, disclosure: &DisclosurePolicy, stills_shown: bool) -> Section {
    let kept = say!(language, kept(disclosure.objects_exported(), stills_shown));
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
    parts::section(say!(language, section_glossary()), vec![fact_list(facts)])
}
