//! What changes when the picture gets worse. In: the rows of a record. Out: a chart of who is still found, and tables of
//! every quantity, clean and degraded.

use super::axis;
use super::charts::{drawn_or_said, of_rows};
use super::tables::{
    Labelled, all_but_the_first, each_once, heading, paragraph, points, table_block, value_with_interval,
};
use crate::document::Block;
use crate::wording::say;
use vsa_base::language::Language;
use vsa_record::Record;
use vsa_record::robustness::{ComparedQuantity, Corruption, Perturbation, RobustnessRow};

/// More degradations than this do not fit beside each other.
const WIDEST: usize = 8;

/// The blocks; a sentence, where the footage was not degraded.
pub(super) fn blocks(language: Language, record: &Record) -> Vec<Block> {
    let heading = heading(say!(language, ROBUSTNESS_HEADING));
    let rows = &record.robustness;
    if rows.is_empty() {
        return vec![heading, paragraph(say!(language, NOT_DEGRADED))];
    }
    let lead = paragraph(say!(language, ROBUSTNESS_LEAD));
    let mut blocks = vec![heading, lead];
    blocks.extend(found_again(language, rows));
    let ways = ways(rows);
    if ways.len() <= WIDEST {
        let caption = say!(language, robustness_caption(None));
        blocks.push(matrix(language, rows, &ways, caption));
    } else {
        for corruption in Corruption::ALL {
            let some: Vec<Perturbation> = ways
                .iter()
                .copied()
                .filter(|way| way.corruption == corruption)
                .collect();
            if !some.is_empty() {
                let caption = say!(language, robustness_caption(Some(corruption)));
                blocks.push(matrix(language, rows, &some, caption));
            }
        }
    }
    blocks.push(points(say!(language, ROBUSTNESS_NOTES).iter().copied()));
    blocks
}

/// The degradations, each once, in the order of the record.
fn ways(rows: &[RobustnessRow]) -> Vec<Perturbation> {
    each_once(rows.iter().map(|row| row.perturbation))
}

/// Of the people found in the clean frames, the share that is found again.
fn found_again(language: Language, rows: &[RobustnessRow]) -> Option<Block> {
    let of = ComparedQuantity::PeopleFoundAgain;
    let rows: Vec<Labelled<'_>> = rows
        .iter()
        .filter(|row| row.of == of)
        .map(|row| (say!(language, perturbation(row.perturbation)), row.ratio.as_ref()))
        .collect();
    let chart = of_rows(
        language,
        "chart-found-again",
        &rows,
        axis::shares(language),
        say!(language, DEGRADATION),
        |rows| say!(language, found_again(rows)),
    );
    chart.map(|chart| drawn_or_said(language, chart))
}

/// One row for each quantity, with the clean value and one column for each degradation.
fn matrix(language: Language, rows: &[RobustnessRow], ways: &[Perturbation], caption: String) -> Block {
    let mut heads = [say!(language, QUANTITY), say!(language, CLEAN)]
        .map(str::to_owned)
        .to_vec();
    heads.extend(ways.iter().map(|&way| say!(language, perturbation(way))));
    let quantities = each_once(rows.iter().map(|row| (&row.of, &row.part)));
    let lines = quantities
        .into_iter()
        .map(|(of, part)| {
            let same: Vec<&RobustnessRow> = rows
                .iter()
                .filter(|row| row.of == *of && row.part == *part)
                .collect();
            let clean = same.iter().find_map(|row| row.clean.as_ref());
            let mut line = vec![
                say!(language, compared(of, part.as_deref())),
                clean.map_or_else(String::new, |cell| value_with_interval(language, Some(cell))),
            ];
            line.extend(ways.iter().map(|way| {
                let row = same.iter().find(|row| row.perturbation == *way);
                // Where frames are compared one by one there is only the ratio.
                let cell = row.and_then(|row| row.degraded.as_ref().or(row.ratio.as_ref()));
                value_with_interval(language, cell)
            }));
            line
        })
        .collect();
    table_block(caption, &heads, &all_but_the_first(heads.len()), lines)
}
