//! What is said of redacted stills, before the part on the seal. In: the stills. Out: a section that names each file with
//! its digest, so that a page without pictures is whole as well.

use super::{parts, tables};
use crate::report::document::{Block, Document};
use crate::report::stills::{Stills, file_name};
use crate::report::wording::say;

pub(in crate::report) fn add(document: &mut Document, stills: &Stills) {
    let language = document.language;
    let mut facts = Vec::new();
    for (number, still) in (1..).zip(&stills.stills) {
        facts.push(tables::fact(
            &file_name(number),
            say!(
                language,
                still_caption(&still.label, still.seconds, still.picture.is_black())
            ),
        ));
        facts.push(tables::literal("SHA-256", still.sha256()));
    }
    let section = parts::section(
        say!(language, section_stills(stills.what)),
        vec![Block::Facts { facts }],
    );
    super::insert(document, section, "seal");
}
