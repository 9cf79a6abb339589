//! The first thing a reader sees: what was looked at, and on what ground small numbers are shown or withheld.

use super::detectors::counting;
use super::tables::{fact, facts};
use crate::document::{Fact, Header, Notice};
use crate::formats::Numerals as _;
use crate::wording::say;
use vsa_base::language::Language;
use vsa_record::facts::{ItemFacts, ItemKind};
use vsa_record::{DisclosurePolicy, Record};

/// More pieces of footage than this are not named on the first page.
const MOST_NAMED: usize = 3;

pub(super) fn header(language: Language, record: &Record) -> Header {
    let policy = &record.disclosure;
    let mut notices = Vec::new();
    if record.engine.scripted {
        notices.push(notice(say!(language, SCRIPTED)));
    }
    notices.push(disclosure(language, policy));
    if policy.objects_exported() {
        notices.push(notice(say!(language, OBJECTS_EXPORTED)));
    }
    let seconds: f64 = record
        .items
        .iter()
        .filter(|i| i.kind != ItemKind::Stills)
        .map(|i| i.duration_seconds)
        .sum();
    let length = if seconds > 0.0 {
        language.duration(seconds)
    } else {
        say!(language, NO_LENGTH).to_owned()
    };
    let looked_at = record.items.iter().map(|i| i.frames.looked_at).sum();
    let decoded = record.items.iter().map(|i| i.frames.decoded).sum();
    let summary = |i: &ItemFacts| {
        let kind = say!(language, item_kind(i.kind));
        say!(language, item_summary(&i.label, kind, i.width, i.height))
    };
    let footage: Vec<String> = record.items.iter().map(summary).collect();
    let models: Vec<&str> = counting(record).map(|m| m.name.as_str()).collect();
    let footage = if footage.len() > MOST_NAMED {
        say!(language, many_items(footage.len()))
    } else {
        footage.join("; ")
    };
    let frames = say!(language, of_frames(looked_at, decoded));
    let values = [footage, length, frames, models.join(", ")];
    let first = record.items.first().map_or("", |item| &item.label);
    let mut facts = facts(say!(language, HEADER_TERMS), values);
    facts.push(data_basis(language, policy));
    Header {
        kicker: say!(language, KICKER).to_owned(),
        title: say!(language, title(record.items.len(), first)),
        introduction: say!(language, INTRODUCTION).to_owned(),
        facts,
        notices,
    }
}

/// On what ground small numbers are shown or withheld.
pub(super) fn disclosure(language: Language, policy: &DisclosurePolicy) -> Notice {
    let (basis, because) = (policy.data_basis(), policy.lowered_because());
    let (title, text) = say!(language, disclosure_notice(basis, policy.min_cell(), because));
    Notice { title, text }
}

/// What the data are declared to be.
pub(super) fn data_basis(language: Language, policy: &DisclosurePolicy) -> Fact {
    let basis = say!(language, data_basis(policy.data_basis()));
    fact(say!(language, DATA_BASIS), basis)
}

pub(super) fn notice((title, text): (&str, &str)) -> Notice {
    Notice {
        title: title.to_owned(),
        text: text.to_owned(),
    }
}
