//! What one machine can watch, where a benchmark stands beside the record. In: a document and the benchmark. Out: the same
//! document, whose part on cost holds figures in place of the reason why there are none. The record itself holds none: it
//! is the same on every machine.

use super::tables::{heading, paragraph, table_block};
use crate::document::{Block, Document};
use crate::wording::say;
use vsa_base::language::Language;
use vsa_record::bench::BenchFacts;
use vsa_record::reading::Capability;

/// Adds what a benchmark says about the cost of watching.
pub(crate) fn add(document: &mut Document, bench: &BenchFacts) {
    let language = document.language;
    let name = say!(language, capability(Capability::Cost));
    let missing = format!("{name}.");
    for section in &mut document.sections {
        let said = section.blocks.iter().position(|block| {
            matches!(block, Block::List { points } if points.iter().any(|point| point.title == missing))
        });
        let Some(at) = said else { continue };
        let mut empty = false;
        if let Block::List { points } = &mut section.blocks[at] {
            points.retain(|point| point.title != missing);
            empty = points.is_empty();
        }
        // The list stands below its own heading: both go with the last point.
        let heading = at.saturating_sub(1);
        if empty {
            section.blocks.drain(heading..=at);
        }
        section
            .blocks
            .splice(heading..heading, blocks(language, name, bench));
        return;
    }
}

fn blocks(language: Language, name: &str, bench: &BenchFacts) -> [Block; 4] {
    let currency = bench.power.as_ref().map_or("", |power| power.currency.as_str());
    let rows = bench.cameras.iter();
    let rows = rows
        .map(|row| say!(language, cost_row(row, currency)).into())
        .collect();
    let caption = say!(language, COST_CAPTION);
    [
        heading(name),
        paragraph(say!(language, cost_method(bench))),
        table_block(caption, &say!(language, COST_COLUMNS), &[true; 4], rows),
        paragraph(say!(language, COST_LIMIT)),
    ]
}
