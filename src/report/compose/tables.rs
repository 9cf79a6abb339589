//! Building blocks: cells to text, tables from rows, facts and points from pairs.

use crate::document::{Block, Column, Fact, Point, Range, RangeMark, Table};
use crate::formats::Numerals as _;
use crate::wording::say;
use vsa_base::language::Language;
use vsa_record::catalogue::Entry;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::{Estimate, IntervalMethod};

/// A table; `numeric` tells which columns hold numbers.
pub(super) fn table(
    caption: impl Into<String>,
    titles: &[impl AsRef<str>],
    numeric: &[bool],
    rows: Vec<Vec<String>>,
) -> Table {
    let columns = titles.iter().zip(numeric).map(|(title, numeric)| Column {
        title: title.as_ref().to_owned(),
        numeric: *numeric,
    });
    Table {
        caption: caption.into(),
        columns: columns.collect(),
        rows,
    }
}

/// The data of the chart of this title.
pub(super) fn chart_data(
    language: Language,
    title: &str,
    heads: &[impl AsRef<str>],
    numeric: &[bool],
    rows: Vec<Vec<String>>,
) -> Table {
    table(say!(language, data_caption(title)), heads, numeric, rows)
}

/// Value, interval, sample and method of an estimate as texts, or why there are none.
pub(super) fn texts(language: Language, cell: Option<&Cell<Estimate>>) -> [String; 4] {
    match cell.map(|c| c.shown()) {
        None => [say!(language, NONE), "", "", ""].map(str::to_owned),
        Some(None) => [say!(language, WITHHELD), "", "", ""].map(str::to_owned),
        Some(Some(e)) => {
            let figures = language.figures(e);
            let interval = match e.interval.method {
                IntervalMethod::CompleteCount => say!(language, NO_INTERVAL).to_owned(),
                _ => figures.interval,
            };
            [
                figures.value,
                interval,
                say!(language, sample(e.sample)),
                say!(language, method(e.interval.method)).to_owned(),
            ]
        }
    }
}

/// An estimate and its interval, in a sentence or a cell.
pub(super) fn range(language: Language, estimate: &Estimate) -> String {
    let figures = language.figures(estimate);
    say!(language, value_and_range(&figures.value, &figures.interval))
}

/// A row of a chart of ranges.
pub(super) fn range_mark(
    language: Language,
    label: String,
    cell: Option<&Cell<Estimate>>,
    begins_group: bool,
) -> RangeMark {
    let shown = cell.and_then(Cell::shown);
    let text = match (cell, shown) {
        (None, _) => say!(language, NONE).to_owned(),
        (_, None) => say!(language, WITHHELD).to_owned(),
        // What was counted in full has no interval, and two equal ends would look like one.
        (_, Some(e)) if e.interval.method == IntervalMethod::CompleteCount => language.figures(e).value,
        (_, Some(e)) => range(language, e),
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

/// What a row is about, and its estimate.
pub(super) type Labelled<'r> = (String, Option<&'r Cell<Estimate>>);

/// `42 % (23–64 %)`, or why there is no number.
pub(super) fn value_with_interval(language: Language, cell: Option<&Cell<Estimate>>) -> String {
    range_mark(language, String::new(), cell, false).text
}

/// The table of estimates, with what they mean.
pub(super) fn estimates(language: Language, caption: &str, entries: &[&Entry<'_>]) -> Block {
    let row = |(quantity, cell): &&Entry<'_>| {
        let mut row = vec![say!(language, quantity(quantity))];
        row.extend(texts(language, *cell));
        row.push(say!(language, quantity_meaning(quantity)));
        row
    };
    estimate_table(language, caption, entries.iter().map(row).collect())
}

/// The same from rows of name, value, interval, sample, method and meaning.
pub(super) fn estimate_table(language: Language, caption: &str, rows: Vec<Vec<String>>) -> Block {
    let numeric = [false, true, true, false, false, false];
    table_block(caption, &say!(language, ESTIMATE_COLUMNS), &numeric, rows)
}

/// A [`table`] as a block.
pub(super) fn table_block(
    caption: impl Into<String>,
    titles: &[impl AsRef<str>],
    numeric: &[bool],
    rows: Vec<Vec<String>>,
) -> Block {
    Block::Table(table(caption, titles, numeric, rows))
}

/// The same; none: it would have no row.
pub(super) fn table_of_any(
    caption: impl Into<String>,
    titles: &[impl AsRef<str>],
    numeric: &[bool],
    rows: Vec<Vec<String>>,
) -> Option<Block> {
    (!rows.is_empty()).then(|| table_block(caption, titles, numeric, rows))
}

/// That every column but the first holds numbers.
pub(super) fn all_but_the_first(columns: usize) -> Vec<bool> {
    (0..columns).map(|column| column > 0).collect()
}

/// What comes, each once, in the order in which it first comes.
pub(super) fn each_once<T: PartialEq>(all: impl IntoIterator<Item = T>) -> Vec<T> {
    let mut once = Vec::new();
    for one in all {
        if !once.contains(&one) {
            once.push(one);
        }
    }
    once
}

/// A heading below the section's.
pub(super) fn heading(text: impl Into<String>) -> Block {
    Block::Heading { text: text.into() }
}

/// Running text.
pub(super) fn paragraph(text: impl Into<String>) -> Block {
    Block::Paragraph { text: text.into() }
}

/// A command to type, with what it does.
pub(super) fn command(caption: &str, text: impl Into<String>) -> Block {
    Block::Command {
        caption: caption.to_owned(),
        text: text.into(),
    }
}

/// Terms with values.
pub(super) fn fact_list(facts: Vec<Fact>) -> Block {
    Block::Facts { facts }
}

/// Points from pairs of title and text.
pub(super) fn points<T: Into<String>, U: Into<String>>(pairs: impl IntoIterator<Item = (T, U)>) -> Block {
    let point = |(title, text): (T, U)| Point {
        title: title.into(),
        text: text.into(),
    };
    Block::List {
        points: pairs.into_iter().map(point).collect(),
    }
}

/// These terms with their values, which are read.
pub(super) fn facts<const N: usize>(terms: [&str; N], values: [String; N]) -> Vec<Fact> {
    let pairs = terms.into_iter().zip(values);
    pairs.map(|(term, value)| fact(term, value)).collect()
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
        literal: true,
        ..fact(term, value)
    }
}
