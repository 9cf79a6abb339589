//! What is said of redacted stills, before the part on the seal. In: the stills. Out: a section with one block of facts for
//! each, which names its file, where it is from, and its digest, so that a page without pictures is whole as well; and what is
//! said of what was kept, which these stills change. A format that shows pictures puts each before its block.

use super::tables::{fact, fact_list, literal};
use super::{limits, parts};
use crate::document::Document;
use crate::stills::{Stills, file_name};
use crate::wording::say;

/// Adds what is said of redacted stills, and that they were kept.
pub(crate) fn add(document: &mut Document, stills: &Stills) {
    let language = document.language;
    let blocks = (1..)
        .zip(&stills.stills)
        .map(|(number, still)| {
            let black = still.picture.is_black();
            let caption = say!(language, still_caption(&still.label, still.seconds, black));
            fact_list(vec![
                fact(&file_name(number), caption),
                literal("SHA-256", still.sha256()),
            ])
        })
        .collect();
    let section = parts::section(say!(language, section_stills(stills.what)), blocks);
    super::insert(document, section, "seal");
    if !stills.stills.is_empty() {
        limits::add_stills(document);
    }
}
