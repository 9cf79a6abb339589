//! Building blocks: cells to text, tables from rows, facts and points from pairs.

use super::catalogue::Entry;
use crate::record::disclosure::Cell;
use crate::record::estimate::{Estimate, IntervalMethod};
use crate::report::document::{Block, Column, Fact, Point, Range, RangeMark, Table};
use crate::report::formats;
use crate::report::wording::en as words;

/// A table; `numeric` tells which columns hold numbers.
pub(super) fn table(caption: String, titles: &[&str], numeric: &[bool], rows: Vec<Vec<String>>) -> Table {
    let columns = titles
        .iter()
        .zip(numeric)
        .map(|(title, numeric)| Column {
            title: (*title).to_owned(),
            numeric: *numeric,
        })
        .collect();
    Table {
        caption,
        columns,
        rows,
    }
}

/// Value, interval, sample and method of an estimate as texts, or why there are none.
pub(super) fn texts(cell: Option<&Cell<Estimate>>) -> [String; 4] {
    match cell.map(|c| c.shown()) {
        None => [words::NONE.into(), String::new(), String::new(), String::new()],
        Some(None) => [
            words::WITHHELD.into(),
            String::new(),
            String::new(),
            String::new(),
        ],
        Some(Some(e)) => {
            let figures = formats::figures(e);
            let interval = match e.interval.method {
                IntervalMethod::CompleteCount => words::NO_INTERVAL.to_owned(),
                _ => figures.interval,
            };
            [
                figures.value,
                interval,
                words::sample(e.sample),
                words::method(e.interval.method).to_owned(),
            ]
        }
    }
}

/// A row of a chart of ranges.
pub(super) fn range_mark(label: String, cell: Option<&Cell<Estimate>>, begins_group: bool) -> RangeMark {
    let shown = cell.and_then(Cell::shown);
    let text = match (cell, shown) {
        (None, _) => words::NONE.to_owned(),
        (_, None) => words::WITHHELD.to_owned(),
        (_, Some(e)) => {
            let f = formats::figures(e);
            words::value_and_range(&f.value, &f.interval)
        }
    };
    RangeMark {
        label,
        detail: String::new(),
        range: shown.map(|e| Range {
            low: e.interval.low,
            value: e.value,
            high: e.interval.high,
        }),
        text,
        begins_group,
    }
}

/// The data of a chart of ranges.
pub(super) fn range_rows(rows: &[(String, Option<&Cell<Estimate>>)]) -> Vec<Vec<String>> {
    rows.iter()
        .map(|(label, cell)| {
            let [value, interval, sample, _] = texts(*cell);
            vec![label.clone(), value, interval, sample]
        })
        .collect()
}

/// `42 % (23–64 %)`, or why there is no number.
pub(super) fn value_with_interval(cell: Option<&Cell<Estimate>>) -> String {
    range_mark(String::new(), cell, false).text
}

/// The table of estimates, with what they mean.
pub(super) fn estimates(caption: &str, entries: &[&Entry<'_>]) -> Block {
    let rows = entries
        .iter()
        .map(|(quantity, cell)| {
            let [value, interval, sample, method] = texts(*cell);
            let meaning = words::quantity_meaning(quantity);
            vec![
                words::quantity(quantity),
                value,
                interval,
                sample,
                method,
                meaning,
            ]
        })
        .collect();
    Block::Table(table(
        caption.to_owned(),
        &words::ESTIMATE_COLUMNS,
        &[false, true, true, false, false, false],
        rows,
    ))
}

/// Points from pairs of title and text.
pub(super) fn points<'t>(pairs: impl IntoIterator<Item = (&'t str, &'t str)>) -> Block {
    Block::List {
        points: pairs
            .into_iter()
            .map(|(title, text)| Point {
                title: title.to_owned(),
                text: text.to_owned(),
            })
            .collect(),
    }
}

/// A term with a value that is read.
pub(super) fn fact(term: &str, value: impl Into<String>) -> Fact {
    Fact {
        term: term.to_owned(),
        value: value.into(),
        literal: false,
    }
}

/// A term with a value that is compared letter by letter.
pub(super) fn literal(term: &str, value: impl Into<String>) -> Fact {
    Fact {
        term: term.to_owned(),
        value: value.into(),
        literal: true,
    }
}
