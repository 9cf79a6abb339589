//! What changes when the picture gets worse. In: the rows of a record. Out: a chart of who is still found, and tables of
//! every quantity, clean and degraded.

use super::axis;
use super::charts::{drawn_or_said, ranges_chart, summary};
use super::tables::{points, range_mark, range_rows, table, value_with_interval};
use crate::record::Record;
use crate::record::disclosure::Cell;
use crate::record::estimate::Estimate;
use crate::record::robustness::{ComparedQuantity, Corruption, Perturbation, RobustnessRow};
use crate::report::document::{Block, RangeMark, Table};
use crate::report::wording::en as words;

/// More degradations than this do not fit beside each other.
const WIDEST: usize = 8;

/// The blocks; a sentence, where the footage was not degraded.
pub(super) fn blocks(record: &Record) -> Vec<Block> {
    let heading = Block::Heading {
        text: words::ROBUSTNESS_HEADING.to_owned(),
    };
    let rows = &record.robustness;
    if rows.is_empty() {
        let text = words::NOT_DEGRADED.to_owned();
        return vec![heading, Block::Paragraph { text }];
    }
    let lead = Block::Paragraph {
        text: words::ROBUSTNESS_LEAD.to_owned(),
    };
    let mut blocks = vec![heading, lead];
    blocks.extend(found_again(rows));
    let ways = ways(rows);
    if ways.len() <= WIDEST {
        blocks.push(Block::Table(matrix(rows, &ways, words::robustness_caption(None))));
    } else {
        for corruption in Corruption::ALL {
            let some: Vec<Perturbation> = ways
                .iter()
                .copied()
                .filter(|way| way.corruption == corruption)
                .collect();
            if !some.is_empty() {
                let caption = words::robustness_caption(Some(corruption));
                blocks.push(Block::Table(matrix(rows, &some, caption)));
            }
        }
    }
    blocks.push(points(words::ROBUSTNESS_NOTES.iter().copied()));
    blocks
}

/// The degradations, each once, in the order of the record.
fn ways(rows: &[RobustnessRow]) -> Vec<Perturbation> {
    let mut ways = Vec::new();
    for row in rows {
        if !ways.contains(&row.perturbation) {
            ways.push(row.perturbation);
        }
    }
    ways
}

/// Of the people found in the clean frames, the share that is found again.
fn found_again(rows: &[RobustnessRow]) -> Option<Block> {
    let of = ComparedQuantity::PeopleFoundAgain;
    let rows: Vec<(String, Option<&Cell<Estimate>>)> = rows
        .iter()
        .filter(|row| row.of == of)
        .map(|row| (words::perturbation(row.perturbation), row.ratio.as_ref()))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let marks: Vec<RangeMark> = rows
        .iter()
        .map(|(label, cell)| range_mark(label.clone(), *cell, false))
        .collect();
    let text = words::found_again(&summary(&marks));
    Some(drawn_or_said(ranges_chart(
        "chart-found-again",
        text,
        axis::shares(),
        marks,
        words::DEGRADATION,
        range_rows(&rows),
    )))
}

/// One row for each quantity, with the clean value and one column for each degradation.
fn matrix(rows: &[RobustnessRow], ways: &[Perturbation], caption: String) -> Table {
    let mut heads = vec![words::QUANTITY.to_owned(), words::CLEAN.to_owned()];
    heads.extend(ways.iter().map(|&way| words::perturbation(way)));
    let mut quantities: Vec<(&ComparedQuantity, &Option<String>)> = Vec::new();
    for row in rows {
        if !quantities.contains(&(&row.of, &row.part)) {
            quantities.push((&row.of, &row.part));
        }
    }
    let lines = quantities
        .into_iter()
        .map(|(of, part)| {
            let same: Vec<&RobustnessRow> = rows
                .iter()
                .filter(|row| row.of == *of && row.part == *part)
                .collect();
            let clean = same.iter().find_map(|row| row.clean.as_ref());
            let mut line = vec![
                words::compared(of, part.as_deref()),
                clean.map_or_else(String::new, |cell| value_with_interval(Some(cell))),
            ];
            line.extend(ways.iter().map(|way| {
                let row = same.iter().find(|row| row.perturbation == *way);
                // Where frames are compared one by one there is only the ratio.
                let cell = row.and_then(|row| row.degraded.as_ref().or(row.ratio.as_ref()));
                value_with_interval(cell)
            }));
            line
        })
        .collect();
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let numeric: Vec<bool> = (0..heads.len()).map(|column| column > 0).collect();
    table(caption, &heads, &numeric, lines)
}
