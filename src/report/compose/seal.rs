//! How a reader checks the seal of the folder that the report lies in: with this program, with others', in the browser.
//! The commands are the same for every report; whether there is a seal at all, the report cannot know.

use super::parts;
use super::tables::{command, paragraph};
use crate::document::{Block, Section};
use crate::wording::say;
use vsa_base::language::Language;

pub(super) fn section(language: Language) -> Section {
    let mut blocks: Vec<Block> = say!(language, SEAL_COMMANDS)
        .iter()
        .map(|(caption, text)| command(caption, *text))
        .collect();
    blocks.push(paragraph(say!(language, SEAL_LIMIT)));
    parts::section(say!(language, section_seal()), blocks)
}
