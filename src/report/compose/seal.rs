//! How a reader checks the seal of the folder that the report lies in: with this program, with others', in the browser.
//! The commands are the same for every report; whether there is a seal at all, the report cannot know.

use super::parts;
use crate::document::{Block, Section};
use crate::wording::say;
use vsa_base::language::Language;

pub(super) fn section(language: Language) -> Section {
    let mut blocks: Vec<Block> = say!(language, SEAL_COMMANDS)
        .iter()
        .map(|(caption, text)| Block::Command {
            caption: (*caption).to_owned(),
            text: (*text).to_owned(),
        })
        .collect();
    blocks.push(Block::Paragraph {
        text: say!(language, SEAL_LIMIT).to_owned(),
    });
    parts::section(say!(language, section_seal()), blocks)
}
