//! How a system differs between groups. In: the groups of [`Scores`]. Out: one section for each way of grouping: forests with
//! intervals, gaps, tests, and the same gaps with confounders held constant.

use super::figures;
use crate::compose::charts::marks;
use crate::compose::tables::{
    Labelled, all_but_the_first, fact, fact_list, table_block, table_of_any, value_with_interval,
};
use crate::document::{Block, Fact, Section, Tick};
use crate::formats::Numerals as _;
use crate::wording::say;
use std::collections::BTreeSet;
use vsa_base::language::Language;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::Estimate;
use vsa_record::groups::{
    ConfounderTable, GroupCell, GroupMeasure, GroupPair, GroupPrecision, GroupTable, Spread,
};
use vsa_record::scores::Scores;

/// Pairs that are told; the record has all.
const MOST_PAIRS: usize = 28;

pub(super) fn sections(language: Language, scores: &Scores) -> Vec<Section> {
    let section = |(at, group_table): (usize, &GroupTable)| {
        let precision = scores
            .precision_by_group
            .iter()
            .find(|one| one.by == group_table.by);
        let number = at + 1;
        let mut blocks = vec![
            forest(language, number, group_table),
            fact_list(gaps(language, group_table, precision)),
        ];
        if group_table.measure == GroupMeasure::Recall {
            blocks.push(counts(language, group_table));
        }
        blocks.extend(precision.map(|precision| precision_forest(language, number, precision)));
        blocks.extend(pairs(language, &group_table.pairs));
        blocks.extend(
            group_table
                .strata
                .iter()
                .map(|confounder| stratified(language, confounder)),
        );
        blocks.extend(held_constant(language, &group_table.pairs));
        blocks.extend(sweep(language, scores, group_table));
        Section {
            id: format!("groups-{number}"),
            name: say!(language, scores::groups_name(&group_table.by)),
            title: say!(language, scores::groups_title(&group_table.by)),
            lead: say!(language, scores::groups_lead(group_table.measure)).to_owned(),
            blocks,
        }
    };
    scores.groups.iter().enumerate().map(section).collect()
}

/// The forest of all together, then of each group; the line is that of all. `words`: title, caption and axis.
fn chart<'r>(
    language: Language,
    id: &str,
    words: (String, &str, &str),
    overall: &'r Cell<Estimate>,
    groups: impl Iterator<Item = (&'r Vec<String>, &'r Cell<Estimate>)>,
) -> Block {
    let all = std::iter::once((say!(language, scores::ALL).to_owned(), Some(overall)));
    let groups = groups.map(|(group, cell)| (say!(language, scores::group(group)), Some(cell)));
    let rows: Vec<Labelled<'_>> = all.chain(groups).collect();
    let mut marks = marks(language, &rows);
    if let Some(first) = marks.get_mut(1) {
        first.begins_group = true;
    }
    let line = overall.shown().map(|estimate| Tick {
        at: estimate.value,
        label: String::new(),
    });
    figures::forest(language, id, words, &rows, marks, line)
}

fn forest(language: Language, number: usize, table: &GroupTable) -> Block {
    let title = say!(language, scores::forest_title(table.measure, &table.by));
    let axis = say!(language, scores::measure(table.measure));
    chart(
        language,
        &format!("chart-groups-{number}"),
        (title, say!(language, scores::FOREST_CAPTION), axis),
        &table.overall,
        table.groups.iter().map(|cell| (&cell.group, &cell.share)),
    )
}

fn precision_forest(language: Language, number: usize, precision: &GroupPrecision) -> Block {
    let (by, overlap) = (&precision.by, precision.overlap);
    let title = say!(language, scores::precision_title(by, overlap));
    let axis = say!(language, scores::AVERAGE_PRECISION);
    let groups = precision.groups.iter();
    chart(
        language,
        &format!("chart-groups-precision-{number}"),
        (title, say!(language, scores::PRECISION_CAPTION), axis),
        &precision.overall,
        groups.map(|group| (&group.group, &group.average_precision)),
    )
}

fn gaps(language: Language, table: &GroupTable, precision: Option<&GroupPrecision>) -> Vec<Fact> {
    let precision = precision.and_then(|precision| precision.difference.as_ref());
    let [difference, ratio, ratio_of_missed, difference_of_precision] = say!(language, scores::GAP_TERMS);
    let rows = [
        (difference, false, table.difference.as_ref()),
        (ratio, true, table.ratio.as_ref()),
        (ratio_of_missed, true, table.complement_ratio.as_ref()),
        (difference_of_precision, false, precision),
    ];
    let gap = |(term, is_ratio, spread): (&str, bool, Option<&Spread>)| {
        let spread = spread?;
        let value = say!(language, scores::spread_value(is_ratio, &spread.estimate));
        let text = say!(language, scores::spread(&spread.best, &spread.worst, &value));
        Some(fact(term, text))
    };
    rows.into_iter().filter_map(gap).collect()
}

fn counts(language: Language, group_table: &GroupTable) -> Block {
    let row = |cell: &GroupCell| {
        vec![
            say!(language, scores::group(&cell.group)),
            say!(language, counted(&cell.cases)),
            say!(language, counted(&cell.hits)),
            value_with_interval(language, Some(&cell.share)),
            value_with_interval(language, Some(&cell.complement)),
        ]
    };
    table_block(
        say!(language, scores::COUNTS_CAPTION),
        &say!(language, scores::COUNT_COLUMNS),
        &[false, true, true, true, true],
        group_table.groups.iter().map(row).collect(),
    )
}

fn pairs(language: Language, pairs: &[GroupPair]) -> Option<Block> {
    let row = |pair: &GroupPair| {
        vec![
            say!(language, scores::pair(&pair.one, &pair.other)),
            say!(language, scores::points(&pair.difference)),
            say!(language, scores::p_value(pair.p)),
            say!(language, scores::p_value(pair.p_holm)),
            or_none(language, pair.cases_needed.map(|n| language.count(n))),
        ]
    };
    let columns = say!(language, scores::PAIR_COLUMNS);
    table_of_any(
        say!(language, scores::pairs_caption(pairs.len(), MOST_PAIRS)),
        &columns,
        &all_but_the_first(columns.len()),
        pairs.iter().take(MOST_PAIRS).map(row).collect(),
    )
}

/// The shares within strata: one row for each stratum, one column for each group.
fn stratified(language: Language, confounder: &ConfounderTable) -> Block {
    let all = confounder.strata.iter().flat_map(|stratum| &stratum.groups);
    let groups: BTreeSet<&Vec<String>> = all.map(|one| &one.group).collect();
    let row = |stratum: &vsa_record::groups::Stratum| {
        let of_group = |group: &&Vec<String>| {
            let found = stratum.groups.iter().find(|one| one.group == **group);
            value_with_interval(language, found.map(|one| &one.share))
        };
        std::iter::once(say!(language, scores::stratum(&stratum.label)))
            .chain(groups.iter().map(of_group))
            .collect()
    };
    let mut titles = vec![say!(language, scores::confounder(&confounder.confounder))];
    titles.extend(groups.iter().map(|group| say!(language, scores::group(group))));
    table_block(
        say!(language, scores::stratified_caption(&confounder.confounder)),
        &titles,
        &all_but_the_first(titles.len()),
        confounder.strata.iter().map(row).collect(),
    )
}

fn held_constant(language: Language, pairs: &[GroupPair]) -> Option<Block> {
    let told = pairs.iter().take(MOST_PAIRS);
    let rows = told
        .flat_map(|pair| pair.at_equal.iter().map(move |equal| (pair, equal)))
        .map(|(pair, equal)| {
            vec![
                say!(language, scores::pair(&pair.one, &pair.other)),
                say!(language, scores::confounder(&equal.confounder)),
                say!(language, scores::points(&pair.difference)),
                say!(language, scores::points(&equal.difference)),
                say!(language, scores::odds(equal.odds_ratio, equal.low, equal.high)),
                say!(language, scores::p_value(Some(equal.p))),
            ]
        });
    table_of_any(
        say!(language, scores::EQUAL_CAPTION),
        &say!(language, scores::EQUAL_COLUMNS),
        &[false, false, true, true, true, true],
        rows.collect(),
    )
}

/// The groups' shares from threshold to threshold.
fn sweep(language: Language, scores: &Scores, group_table: &GroupTable) -> Option<Block> {
    let rows: Vec<Vec<String>> = scores
        .groups_at_thresholds
        .iter()
        .filter_map(|again| {
            let found = again.tables.iter().find(|table| table.by == group_table.by)?;
            let share = |cell: &GroupCell| {
                let same = found.groups.iter().find(|one| one.group == cell.group);
                value_with_interval(language, same.map(|one| &one.share))
            };
            let gap = found.difference.as_ref();
            let gap = gap.map(|gap| say!(language, scores::points(&gap.estimate)));
            let mut row = vec![language.plain(again.threshold)];
            row.extend(group_table.groups.iter().map(share));
            row.push(or_none(language, gap));
            Some(row)
        })
        .collect();
    let groups = group_table.groups.iter();
    let mut titles = vec![say!(language, scores::THRESHOLD).to_owned()];
    titles.extend(groups.map(|cell| say!(language, scores::group(&cell.group))));
    let [difference, ..] = say!(language, scores::GAP_TERMS);
    titles.push(difference.to_owned());
    let numeric = vec![true; titles.len()];
    let caption = say!(language, scores::SWEEP_CAPTION);
    table_of_any(caption, &titles, &numeric, rows)
}

/// A number, or that it was not estimated.
fn or_none(language: Language, number: Option<String>) -> String {
    number.unwrap_or_else(|| say!(language, NONE).to_owned())
}
