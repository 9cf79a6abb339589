//! What the report cannot tell, what was not done, and the words it uses.

use super::capabilities::not_measured;
use super::parts;
use super::tables::{fact, fact_list, heading, paragraph, points, table_of_any};
use crate::document::{Block, Document, Section};
use crate::wording::say;
use std::mem::discriminant;
use vsa_base::language::Language;
use vsa_record::run::ConfinementFacts;
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

/// What was not done, and how far something other than the program saw to it: not known, as long as nobody has told.
pub(super) fn not_done(language: Language, disclosure: &DisclosurePolicy) -> Section {
    let blocks = vec![
        left_out(language, disclosure, false),
        paragraph(say!(language, held_to(None))),
    ];
    parts::section(say!(language, section_not_done()), blocks)
}

/// What was not done, point by point. `stills_shown`: whether the report shows frames, which then were kept.
fn left_out(language: Language, disclosure: &DisclosurePolicy, stills_shown: bool) -> Block {
    let kept = say!(language, kept(disclosure.objects_exported(), stills_shown));
    points(say!(language, NOT_DONE).iter().copied().chain([kept]))
}

/// Says that frames are shown, and so were kept.
pub(super) fn add_stills(document: &mut Document) {
    let block = left_out(document.language, &document.disclosure, true);
    replace(document, block);
}

impl Document {
    /// The same with what the operating system held the program to while it saw footage.
    #[must_use]
    pub fn held_to(mut self, confinement: &ConfinementFacts) -> Self {
        let block = paragraph(say!(self.language, held_to(Some(confinement))));
        replace(&mut self, block);
        self
    }
}

/// Puts a block in the place of the one of its kind, of which the part on what was not done has one.
fn replace(document: &mut Document, block: Block) {
    let wanted = say!(document.language, section_not_done()).id;
    let section = document.sections.iter_mut().find(|section| section.id == wanted);
    let blocks = section.into_iter().flat_map(|section| &mut section.blocks);
    for old in blocks.filter(|old| discriminant(*old) == discriminant(&block)) {
        old.clone_from(&block);
    }
}

pub(super) fn glossary(language: Language) -> Section {
    let facts = say!(language, GLOSSARY)
        .iter()
        .map(|(term, meaning)| fact(term, *meaning))
        .collect();
    parts::section(say!(language, section_glossary()), vec![fact_list(facts)])
}
