//! How a system differs between groups. In: the groups of [`Scores`]. Out: one section for each way of grouping: forests with
//! intervals, gaps, tests, and the same gaps with confounders held constant.

use super::super::tables::{fact, range_mark, range_rows, table, value_with_interval};
use crate::record::disclosure::Cell;
use crate::record::estimate::Estimate;
use crate::record::groups::{
    ConfounderTable, GroupCell, GroupMeasure, GroupPair, GroupPrecision, GroupTable,
};
use crate::record::scores::Scores;
use crate::report::compose::axis;
use crate::report::document::{Block, Chart, Fact, Plot, Ranges, Section, Tick};
use crate::report::formats;
use crate::report::wording::en::{self as all_words, scores as words};

/// Pairs that are told; the record has all.
const MOST_PAIRS: usize = 28;

pub(super) fn sections(scores: &Scores) -> Vec<Section> {
    let section = |(at, group_table): (usize, &GroupTable)| {
        let precision = scores
            .precision_by_group
            .iter()
            .find(|one| one.by == group_table.by);
        let number = at + 1;
        let mut blocks = vec![
            forest(number, group_table),
            Block::Facts {
                facts: gaps(group_table, precision),
            },
        ];
        if group_table.measure == GroupMeasure::Recall {
            blocks.push(counts(group_table));
        }
        blocks.extend(precision.map(|precision| precision_forest(number, precision)));
        blocks.extend(pairs(&group_table.pairs));
        blocks.extend(group_table.strata.iter().map(stratified));
        blocks.extend(held_constant(&group_table.pairs));
        blocks.extend(sweep(scores, group_table));
        Section {
            id: format!("groups-{number}"),
            name: words::groups_name(&group_table.by),
            title: words::groups_title(&group_table.by),
            lead: words::groups_lead(group_table.measure).to_owned(),
            blocks,
        }
    };
    scores.groups.iter().enumerate().map(section).collect()
}

fn rows(table: &GroupTable) -> Vec<(String, Option<&Cell<Estimate>>)> {
    let all = std::iter::once((words::ALL.to_owned(), Some(&table.overall)));
    all.chain(
        table
            .groups
            .iter()
            .map(|cell| (words::group(&cell.group), Some(&cell.share))),
    )
    .collect()
}

fn chart(
    id: String,
    title: String,
    caption: &str,
    axis_name: &str,
    rows: &[(String, Option<&Cell<Estimate>>)],
) -> Block {
    let overall = rows.first().and_then(|(_, cell)| cell.and_then(Cell::shown));
    Block::Chart(Chart {
        id,
        description: words::ranges_description(rows),
        caption: caption.to_owned(),
        plot: Plot::Ranges(Ranges {
            value_axis: axis_name.to_owned(),
            value_ticks: axis::shares(),
            rows: rows
                .iter()
                .enumerate()
                .map(|(at, (label, cell))| range_mark(label.clone(), *cell, at == 1))
                .collect(),
            references: overall
                .map(|estimate| Tick {
                    at: estimate.value,
                    label: String::new(),
                })
                .into_iter()
                .collect(),
        }),
        data: table(
            all_words::data_caption(&title),
            &words::RANGE_COLUMNS,
            &[false, true, true, false],
            range_rows(rows),
        ),
        title,
    })
}

fn forest(number: usize, table: &GroupTable) -> Block {
    chart(
        format!("chart-groups-{number}"),
        words::forest_title(table.measure, &table.by),
        words::FOREST_CAPTION,
        words::measure(table.measure),
        &rows(table),
    )
}

fn precision_forest(number: usize, precision: &GroupPrecision) -> Block {
    let all = std::iter::once((words::ALL.to_owned(), Some(&precision.overall)));
    let groups = precision
        .groups
        .iter()
        .map(|group| (words::group(&group.group), Some(&group.average_precision)));
    chart(
        format!("chart-groups-precision-{number}"),
        words::precision_title(&precision.by, precision.overlap),
        words::PRECISION_CAPTION,
        words::AVERAGE_PRECISION,
        &all.chain(groups).collect::<Vec<_>>(),
    )
}

fn gaps(table: &GroupTable, precision: Option<&GroupPrecision>) -> Vec<Fact> {
    let precision = precision.and_then(|precision| precision.difference.as_ref());
    let rows = [
        (words::DIFFERENCE, table.difference.as_ref()),
        (words::RATIO, table.ratio.as_ref()),
        (words::COMPLEMENT_RATIO, table.complement_ratio.as_ref()),
        (words::PRECISION_DIFFERENCE, precision),
    ];
    rows.into_iter()
        .filter_map(|(term, spread)| {
            let spread = spread?;
            let value = words::spread_value(
                term == words::COMPLEMENT_RATIO || term == words::RATIO,
                &spread.estimate,
            );
            Some(fact(term, words::spread(&spread.best, &spread.worst, &value)))
        })
        .collect()
}

fn counts(group_table: &GroupTable) -> Block {
    let row = |cell: &GroupCell| {
        vec![
            words::group(&cell.group),
            all_words::counted(&cell.cases),
            all_words::counted(&cell.hits),
            value_with_interval(Some(&cell.share)),
            value_with_interval(Some(&cell.complement)),
        ]
    };
    Block::Table(table(
        words::COUNTS_CAPTION.to_owned(),
        &words::COUNT_COLUMNS,
        &[false, true, true, true, true],
        group_table.groups.iter().map(row).collect(),
    ))
}

fn pairs(pairs: &[GroupPair]) -> Option<Block> {
    let row = |pair: &GroupPair| {
        vec![
            words::pair(&pair.one, &pair.other),
            words::points(&pair.difference),
            words::p_value(pair.p),
            words::p_value(pair.p_holm),
            pair.cases_needed
                .map_or_else(|| all_words::NONE.to_owned(), formats::count),
        ]
    };
    (!pairs.is_empty()).then(|| {
        Block::Table(table(
            words::pairs_caption(pairs.len(), MOST_PAIRS),
            &words::PAIR_COLUMNS,
            &[false, true, true, true, true],
            pairs.iter().take(MOST_PAIRS).map(row).collect(),
        ))
    })
}

/// The shares within strata: one row for each stratum, one column for each group.
fn stratified(confounder: &ConfounderTable) -> Block {
    let mut groups: Vec<&Vec<String>> = Vec::new();
    for one in confounder.strata.iter().flat_map(|stratum| &stratum.groups) {
        if !groups.contains(&&one.group) {
            groups.push(&one.group);
        }
    }
    groups.sort();
    let row = |stratum: &crate::record::groups::Stratum| {
        let of_group = |group: &&Vec<String>| {
            let found = stratum.groups.iter().find(|one| one.group == **group);
            found.map_or_else(
                || all_words::NONE.to_owned(),
                |one| value_with_interval(Some(&one.share)),
            )
        };
        std::iter::once(stratum.label.clone())
            .chain(groups.iter().map(of_group))
            .collect()
    };
    let head = words::confounder(&confounder.confounder);
    let names: Vec<String> = groups.iter().map(|group| words::group(group)).collect();
    let titles: Vec<&str> = std::iter::once(head.as_str())
        .chain(names.iter().map(String::as_str))
        .collect();
    let numeric: Vec<bool> = std::iter::once(false)
        .chain(groups.iter().map(|_| true))
        .collect();
    Block::Table(table(
        words::stratified_caption(&confounder.confounder),
        &titles,
        &numeric,
        confounder.strata.iter().map(row).collect(),
    ))
}

fn held_constant(pairs: &[GroupPair]) -> Option<Block> {
    let rows: Vec<Vec<String>> = pairs
        .iter()
        .take(MOST_PAIRS)
        .flat_map(|pair| pair.at_equal.iter().map(move |equal| (pair, equal)))
        .map(|(pair, equal)| {
            vec![
                words::pair(&pair.one, &pair.other),
                words::confounder(&equal.confounder),
                words::points(&pair.difference),
                words::points(&equal.difference),
                words::odds(equal.odds_ratio, equal.low, equal.high),
                words::p_value(Some(equal.p)),
            ]
        })
        .collect();
    (!rows.is_empty()).then(|| {
        Block::Table(table(
            words::EQUAL_CAPTION.to_owned(),
            &words::EQUAL_COLUMNS,
            &[false, false, true, true, true, true],
            rows,
        ))
    })
}

/// The groups' shares from threshold to threshold.
fn sweep(scores: &Scores, group_table: &GroupTable) -> Option<Block> {
    let rows: Vec<Vec<String>> = scores
        .groups_at_thresholds
        .iter()
        .filter_map(|again| {
            let found = again.tables.iter().find(|table| table.by == group_table.by)?;
            let share = |cell: &GroupCell| {
                let same = found.groups.iter().find(|one| one.group == cell.group);
                value_with_interval(same.map(|one| &one.share))
            };
            let gap = found
                .difference
                .as_ref()
                .map_or_else(|| all_words::NONE.to_owned(), |gap| words::points(&gap.estimate));
            let shares = group_table.groups.iter().map(share);
            Some(
                std::iter::once(formats::plain(again.threshold))
                    .chain(shares)
                    .chain([gap])
                    .collect(),
            )
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let names: Vec<String> = group_table
        .groups
        .iter()
        .map(|cell| words::group(&cell.group))
        .collect();
    let mut titles = vec![words::THRESHOLD];
    titles.extend(names.iter().map(String::as_str));
    titles.push(words::DIFFERENCE);
    let numeric = vec![true; titles.len()];
    Some(Block::Table(table(
        words::SWEEP_CAPTION.to_owned(),
        &titles,
        &numeric,
        rows,
    )))
}
