//! How sure the numbers are: every estimate in tables, every method in words.

use super::catalogue::Entry;
use super::parts;
use super::tables::{estimates, part_of};
use crate::record::estimate::IntervalMethod;
use crate::report::document::{Block, Point, Section};
use crate::report::wording::en as words;

pub(super) fn section(entries: &[Entry<'_>]) -> Section {
    let mut blocks = Vec::new();
    for (levels, caption) in [(false, words::ESTIMATES_CAPTION), (true, words::LEVELS_CAPTION)] {
        let part = part_of(entries, levels);
        if !part.is_empty() {
            blocks.push(estimates(caption, &part, !levels));
        }
    }
    let methods = methods(entries);
    if !methods.is_empty() {
        blocks.push(Block::Heading {
            text: words::METHODS_HEADING.to_owned(),
        });
        let points = methods
            .into_iter()
            .map(|m| Point {
                title: words::method_title(m),
                text: words::method_explained(m).to_owned(),
            })
            .collect();
        blocks.push(Block::List { points });
    }
    parts::section(words::section_sure(), blocks)
}

/// The methods behind what is shown, each once.
fn methods(entries: &[Entry<'_>]) -> Vec<IntervalMethod> {
    let mut methods = Vec::new();
    for method in entries
        .iter()
        .filter_map(|(_, cell)| cell.and_then(|c| c.shown()))
        .map(|e| e.interval.method)
    {
        if !methods.contains(&method) {
            methods.push(method);
        }
    }
    methods
}
