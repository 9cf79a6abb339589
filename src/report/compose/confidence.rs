//! How sure the numbers are: every estimate in tables, every method in words.

use super::parts;
use super::tables::{each_once, estimates, heading, points, table_of_any, value_with_interval};
use crate::document::{Block, Section};
use crate::formats::Numerals as _;
use crate::wording::say;
use vsa_base::language::Language;
use vsa_record::catalogue::Entry;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::IntervalMethod;
use vsa_record::quantity::Quantity;

pub(super) fn section(language: Language, entries: &[Entry<'_>]) -> Section {
    let mut blocks = Vec::new();
    let part: Vec<&Entry<'_>> = entries
        .iter()
        .filter(|(quantity, _)| !quantity.is_level())
        .collect();
    if !part.is_empty() {
        blocks.push(estimates(language, say!(language, ESTIMATES_CAPTION), &part));
    }
    for bodies in [false, true] {
        blocks.extend(levels(language, entries, bodies));
    }
    let methods = methods(entries);
    if !methods.is_empty() {
        blocks.push(heading(say!(language, METHODS_HEADING)));
        let explained = |m| {
            (
                say!(language, method_title(m)),
                say!(language, method_explained(m)),
            )
        };
        blocks.push(points(methods.into_iter().map(explained)));
    }
    parts::section(say!(language, section_sure()), blocks)
}

/// One row for each level, with the share of tracks and that of sightings.
fn levels(language: Language, entries: &[Entry<'_>], of_bodies: bool) -> Option<Block> {
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
        let label = say!(language, level_row(level.standard(), level));
        let density = language.pixels_per_metre(level.pixels_per_metre());
        let mut row = vec![say!(language, label_with_detail(&label, &density))];
        row.extend(pair.iter().map(|(_, cell)| value_with_interval(language, *cell)));
        rows.push(row);
    }
    let shown = || of.iter().filter_map(|(_, cell)| cell.and_then(Cell::shown));
    let samples = each_once(shown().map(|e| say!(language, sample(e.sample))));
    let methods = each_once(shown().map(|e| say!(language, method(e.interval.method)).to_owned()));
    let [samples, methods] = [&samples, &methods].map(|texts| say!(language, listed(texts)));
    let caption = say!(language, levels_caption(of_bodies, &samples, &methods));
    let columns = say!(language, LEVEL_COLUMNS);
    table_of_any(caption, &columns, &[false, true, true], rows)
}

/// The methods behind what is shown, each once.
fn methods(entries: &[Entry<'_>]) -> Vec<IntervalMethod> {
    let shown = entries.iter().filter_map(|(_, cell)| cell.and_then(Cell::shown));
    each_once(shown.map(|estimate| estimate.interval.method))
}
