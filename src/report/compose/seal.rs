//! How a reader checks the seal of the folder that the report lies in: with this program, with others', in the browser.
//! The commands are the same for every report; whether there is a seal at all, the report cannot know.

use super::parts;
use crate::report::document::{Block, Section};
use crate::report::wording::en as words;

pub(super) fn section() -> Section {
    let mut blocks: Vec<Block> = words::SEAL_COMMANDS
        .iter()
        .map(|(caption, text)| Block::Command {
            caption: (*caption).to_owned(),
            text: (*text).to_owned(),
        })
        .collect();
    blocks.push(Block::Paragraph {
        text: words::SEAL_LIMIT.to_owned(),
    });
    parts::section(words::section_seal(), blocks)
}
