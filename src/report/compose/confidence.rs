//! How sure the numbers are: every estimate in tables, every method in words.

use super::catalogue::Entry;
use super::parts;
use super::tables::{estimates, table, value_with_interval};
use crate::record::estimate::IntervalMethod;
use crate::report::document::{Block, Point, Section};
use crate::report::formats;
use crate::report::quantity::Quantity;
use crate::report::wording::en as words;

pub(super) fn section(entries: &[Entry<'_>]) -> Section {
    let mut blocks = Vec::new();
    let part: Vec<&Entry<'_>> = entries
        .iter()
        .filter(|(quantity, _)| !quantity.is_level())
        .collect();
    if !part.is_empty() {
        blocks.push(estimates(words::ESTIMATES_CAPTION, &part));
    }
    blocks.extend(
        [true, false]
            .into_iter()
            .filter_map(|bodies| levels(entries, bodies)),
    );
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

/// One row for each level, with the share of tracks and that of sightings.
fn levels(entries: &[Entry<'_>], of_bodies: bool) -> Option<Block> {
    // Pairs, as the catalogue lists them: tracks, then sightings.
    let of: Vec<&Entry<'_>> = entries
        .iter()
        .filter(|(quantity, _)| match quantity {
            Quantity::LevelOfBodies { .. } => of_bodies,
            Quantity::LevelOfFaces { .. } => !of_bodies,
            _ => false,
        })
        .collect();
    let mut rows = Vec::new();
    for pair in of.chunks_exact(2) {
        let (Quantity::LevelOfBodies { level, .. } | Quantity::LevelOfFaces { level, .. }) = pair[0].0 else {
            continue;
        };
        let label = words::level_row(words::standard(level.standard()), words::level(level));
        let density = formats::pixels_per_metre(level.pixels_per_metre());
        let mut row = vec![words::label_with_detail(&label, &density)];
        row.extend(pair.iter().map(|(_, cell)| value_with_interval(*cell)));
        rows.push(row);
    }
    if rows.is_empty() {
        return None;
    }
    let mut samples: Vec<String> = Vec::new();
    let mut methods: Vec<String> = Vec::new();
    for estimate in of.iter().filter_map(|(_, cell)| cell.and_then(|c| c.shown())) {
        for (list, text) in [
            (&mut samples, words::sample(estimate.sample)),
            (&mut methods, words::method(estimate.interval.method).to_owned()),
        ] {
            if !list.contains(&text) {
                list.push(text);
            }
        }
    }
    let caption = words::levels_caption(of_bodies, &words::listed(&samples), &words::listed(&methods));
    Some(Block::Table(table(
        caption,
        &words::LEVEL_COLUMNS,
        &[false, true, true],
        rows,
    )))
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
