//! The report as an exhibit: which section belongs to which part, what stands on every page, what is attached.
//! Deliberately not here: the sections themselves, and how a page looks (see `pdf`).

use super::tables::{fact, literal};
use crate::document::{Exhibit, ExhibitPart, Fact, Header, Section};
use crate::wording::say;
use vsa_base::digest;
use vsa_base::language::Language;
use vsa_custody::case::Case;
use vsa_record::Record;
use vsa_record::disclosure::Disclosable;
use vsa_record::json::to_bytes;

/// Sections of each part, by their anchors, in the order of `say!(language, PARTS)`.
const SECTIONS: [&[&str]; 10] = [
    &["items"],
    &["method", "models"],
    RESULTS,
    &["validation"],
    &["reliable", "sensitivity"],
    &["limits"],
    &["not-done"],
    &["again"],
    &["seal"],
    &["glossary"],
];
const RESULTS: &[&str] = &[
    "questions",
    "seen",
    "recognisable",
    "followed",
    "judged",
    "events",
    "sure",
];
/// The part that takes every section that no part names.
const OTHERS: usize = 2;

pub(super) fn exhibit(language: Language, record: &Record, header: &Header, sections: &[Section]) -> Exhibit {
    let named = |id: &str| SECTIONS.iter().any(|part| part.contains(&id));
    let is_there = |id: &str| sections.iter().any(|section| section.id == id);
    let parts = say!(language, PARTS)
        .iter()
        .zip(SECTIONS)
        .enumerate()
        .map(|(at, (title, ids))| {
            let mut ids: Vec<String> = ids
                .iter()
                .filter(|id| is_there(id))
                .map(|id| (*id).to_owned())
                .collect();
            if at == OTHERS {
                ids.extend(sections.iter().map(|s| s.id.clone()).filter(|id| !named(id)));
            }
            ExhibitPart {
                title: (*title).to_owned(),
                sections: ids,
            }
        })
        .filter(|part| !part.sections.is_empty())
        .collect();
    let mut facts = case_facts(language, &Case::default());
    facts.push(fact(say!(language, DATE), say!(language, DATE_ELSEWHERE)));
    facts.extend(header.facts.iter().cloned());
    let data = (
        record,
        say!(language, PAGE_DIGEST),
        say!(language, RECORD_ATTACHED),
    );
    unnumbered(language, data, facts, parts)
}

/// What every exhibit has. `data`: what it was drawn from, the name of its digest, and what is attached of it (file, words).
pub(super) fn unnumbered<T: Disclosable>(
    language: Language,
    (data, digest, attached): (&T, &str, (&str, &str)),
    facts: Vec<Fact>,
    parts: Vec<ExhibitPart>,
) -> Exhibit {
    // What cannot be written has no digest; then there is no file to compare with either.
    let sha256 = to_bytes(data).map_or_else(
        |_| say!(language, NONE).to_owned(),
        |bytes| digest::of_bytes(&bytes),
    );
    Exhibit {
        number: say!(language, NO_EXHIBIT_NUMBER).to_owned(),
        facts,
        digest: literal(digest, sha256),
        page: say!(language, PAGE_NUMBER).to_owned(),
        parts,
        attachments: [attached, say!(language, REPORT_ATTACHED)]
            .map(|(name, what)| fact(name, what))
            .into(),
    }
}

/// A section that was added to the results.
pub(super) fn add_result(exhibit: &mut Exhibit, id: &str) {
    let is_result = |part: &&mut ExhibitPart| part.sections.iter().any(|id| RESULTS.contains(&id.as_str()));
    if let Some(part) = exhibit.parts.iter_mut().find(is_result) {
        part.sections.push(id.to_owned());
    }
}

/// What the case file says, in place of that nothing is stated.
pub(super) fn add_case(language: Language, exhibit: &mut Exhibit, case: &Case) {
    if let Some(number) = &case.exhibit {
        exhibit.number = say!(language, exhibit_number(number));
    }
    let facts = case_facts(language, case);
    exhibit.facts.splice(0..facts.len(), facts);
}

/// What a case file may state, by its term.
pub(super) fn stated(language: Language, case: &Case) -> [(&'static str, Option<&str>); 4] {
    [
        (say!(language, EXHIBIT), &case.exhibit),
        (say!(language, REQUESTER), &case.requester),
        (say!(language, OPERATOR), &case.operator),
        (say!(language, QUESTION_PUT), &case.question),
    ]
    .map(|(term, value)| (term, value.as_deref()))
}

fn case_facts(language: Language, case: &Case) -> Vec<Fact> {
    let not_stated = say!(language, NOT_STATED);
    stated(language, case)
        .map(|(term, value)| fact(term, value.unwrap_or(not_stated)))
        .into()
}
