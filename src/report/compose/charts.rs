//! The data of each chart, with its words and its marks; one function per chart.

use super::axis;
use super::tables::{Labelled, chart_data, paragraph, range_mark, texts};
use crate::document::{Block, Chart, ColumnMark, Columns, Divider, Plot, RangeMark, Ranges, Table, Tick};
use crate::formats::Numerals as _;
use crate::wording::{ChartText, say};
use vsa_base::language::Language;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::Estimate;
use vsa_record::measurements::{
    Bin, DensityStandard, Dwell, FaceExposure, Followability, Level, LevelShare, Presence, TimeBin,
};

/// Labels below a chart of time: so many fit.
const TIME_LABELS: usize = 6;
/// Only every n-th stretch bears a label: steps that make round times of stretches of one second or one minute.
const ROUND_STEPS: [usize; 12] = [1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1200];
/// DORI levels whose width in pixels is drawn into the chart of face heights: below them nothing is called recognition.
const DRAWN_LEVELS: [Level; 3] = [Level::Observe, Level::Recognise, Level::Identify];

/// People over time, for one item.
pub(super) fn occupancy(language: Language, item: &str, number: usize, bins: &[&TimeBin]) -> Option<Chart> {
    let first = bins.first()?;
    let value = |bin: &TimeBin| bin.people_per_frame.shown().copied();
    let most = bins.iter().filter_map(|b| value(b)).fold(0.0, f64::max);
    let every = label_every(bins.len());
    let mut columns = Vec::new();
    let mut rows = Vec::new();
    let mut busiest: Option<(f64, String, String)> = None;
    for (i, bin) in bins.iter().enumerate() {
        let (span, text) = stretch(language, bin);
        if let Some(v) = value(bin)
            && busiest.as_ref().is_none_or(|(most, ..)| v > *most)
        {
            busiest = Some((v, span.clone(), text.clone()));
        }
        let label = if i % every == 0 {
            language.plain(rounded(bin.from_seconds))
        } else {
            String::new()
        };
        rows.push(vec![span, text.clone(), language.count(bin.frames)]);
        columns.push(ColumnMark {
            label,
            value: value(bin),
            text,
        });
    }
    let withheld = bins.iter().filter(|b| value(b).is_none()).count();
    let busiest = busiest
        .as_ref()
        .map(|(_, span, text)| (span.as_str(), text.as_str()));
    let text = say!(
        language,
        occupancy(item, first.to_seconds - first.from_seconds, busiest, withheld)
    );
    let heads = say!(language, TIME_COLUMNS);
    let data = chart_data(language, &text.title, &heads, &[false, true, true], rows);
    let id = format!("chart-occupancy-{number}");
    let ticks = axis::ticks(language, most);
    Some(columns_chart(id, text, ticks, columns, Vec::new(), data, true))
}

/// From when to when a stretch lasts, and how many people there were in it.
pub(super) fn stretch(language: Language, bin: &TimeBin) -> (String, String) {
    let mean = bin.people_per_frame.shown();
    let people = mean.map_or_else(
        || say!(language, WITHHELD).to_owned(),
        |mean| language.decimal(*mean, 1),
    );
    let span = language.span(rounded(bin.from_seconds), rounded(bin.to_seconds));
    (span, people)
}

/// Frames by number of people.
pub(super) fn frames_by_people(language: Language, presence: &Presence) -> Option<Chart> {
    let label = |bin: &Bin| match bin.high {
        Some(high) if high - bin.low <= 1.0 => language.plain(bin.low),
        Some(high) => language.span(bin.low, high - 1.0),
        None => say!(language, or_more(bin.low)),
    };
    histogram(
        language,
        "chart-frames-by-people",
        (&presence.frames_by_people, label),
        Vec::new(),
        |_| say!(language, PEOPLE_COLUMNS).map(str::to_owned),
        |fullest| say!(language, frames_by_people(fullest)),
    )
}

/// Heights of faces, with the widths that levels ask for.
pub(super) fn face_heights(language: Language, faces: &FaceExposure) -> Option<Chart> {
    let width = faces.assumptions.face_width_metres;
    let divider = |level: Level| {
        let at = place(&faces.face_heights, level.pixels_per_metre() * width)?;
        let label = say!(language, level(level)).to_owned();
        Some(Divider { at, label })
    };
    let [sized, all] = [&faces.sized_sightings, &faces.sightings].map(|count| say!(language, counted(count)));
    histogram(
        language,
        "chart-face-heights",
        (&faces.face_heights, |bin: &Bin| ends(language, bin)),
        DRAWN_LEVELS.into_iter().filter_map(divider).collect(),
        |_| say!(language, HEIGHT_COLUMNS).map(str::to_owned),
        |fullest| say!(language, face_heights(fullest, width, &sized, &all)),
    )
}

/// Shares at each level of both scales.
pub(super) fn levels(language: Language, faces: &FaceExposure, from_bodies: bool) -> Option<Chart> {
    let (shares, assumed, id) = if from_bodies {
        let assumed = faces.assumptions.body_height_metres;
        (&faces.levels_from_bodies, assumed, "chart-levels-bodies")
    } else {
        let assumed = faces.assumptions.face_width_metres;
        (&faces.levels_from_faces, assumed, "chart-levels-faces")
    };
    let of_people = shares.first()?.share_of_people.is_some();
    let mut marks: Vec<RangeMark> = Vec::new();
    let mut rows: Vec<Labelled<'_>> = Vec::new();
    let mut last: Option<DensityStandard> = None;
    for share in shares {
        let cell = share_at(share);
        let label = say!(language, level_row(share.standard, share.level));
        let begins = last.is_some_and(|s| s != share.standard);
        last = Some(share.standard);
        let density = language.pixels_per_metre(share.pixels_per_metre);
        rows.push((say!(language, label_with_detail(&label, &density)), Some(cell)));
        let mark = range_mark(language, label, Some(cell), begins);
        marks.push(RangeMark {
            detail: density,
            ..mark
        });
    }
    let counted = rows.iter().find_map(|(_, cell)| cell.and_then(Cell::shown));
    let counted = counted.map_or_else(
        || say!(language, WITHHELD).to_owned(),
        |e| say!(language, sample(e.sample)),
    );
    let summary = summary(language, &marks);
    let text = say!(
        language,
        levels(from_bodies, of_people, assumed, &counted, &summary)
    );
    let [_, columns @ ..] = say!(language, RANGE_COLUMNS);
    let data = range_data(language, &text.title, say!(language, LEVEL), columns, &rows);
    let ticks = axis::shares(language);
    Some(ranges_chart(id, text, ticks, marks, Vec::new(), data))
}

/// Of people, each at the best moment, that reach a level; of sightings, where nobody was followed.
pub(super) fn share_at(share: &LevelShare) -> &Cell<Estimate> {
    let of_people = share.share_of_people.as_ref();
    of_people.unwrap_or(&share.share_of_sightings)
}

/// Quantiles of the time followed.
pub(super) fn time_followed(language: Language, followed: &Followability) -> Option<Chart> {
    let quantiles = followed.followed_seconds.iter();
    let rows: Vec<Labelled<'_>> = quantiles
        .map(|q| (say!(language, quantile(q.at)), q.estimate.as_ref()))
        .collect();
    of_rows(
        language,
        "chart-time-followed",
        &rows,
        up_to_the_most(language, &rows),
        say!(language, QUANTILE),
        |rows| say!(language, time_followed(rows)),
    )
}

/// Shares that stay longer than each threshold.
pub(super) fn stays(language: Language, dwell: &Dwell) -> Option<Chart> {
    let thresholds = dwell.longer_than.iter();
    let rows: Vec<Labelled<'_>> = thresholds
        .map(|l| (say!(language, longer_than_row(l.seconds)), l.share.as_ref()))
        .collect();
    of_rows(
        language,
        "chart-stays",
        &rows,
        axis::shares(language),
        say!(language, STAY),
        |rows| say!(language, stays(rows)),
    )
}

/// Tracks by their length.
pub(super) fn stay_lengths(language: Language, dwell: &Dwell) -> Option<Chart> {
    histogram(
        language,
        "chart-stay-lengths",
        (&dwell.stays, |bin: &Bin| ends(language, bin)),
        Vec::new(),
        |_| say!(language, STAY_BIN_COLUMNS).map(str::to_owned),
        |fullest| say!(language, stay_lengths(fullest)),
    )
}

/// The chart, if it has anything to draw; otherwise a sentence that says why not.
pub(super) fn drawn_or_said(language: Language, chart: Chart) -> Block {
    let (drawn, withheld, numbers) = match &chart.plot {
        Plot::Columns(plot) => (
            plot.columns.iter().any(|c| c.value.is_some_and(|v| v > 0.0)),
            plot.columns.iter().any(|c| c.value.is_none()),
            plot.columns.iter().any(|c| c.value.is_some()),
        ),
        Plot::Ranges(plot) => (
            plot.rows.iter().any(|r| r.range.is_some()),
            plot.rows.iter().any(|r| r.text == say!(language, WITHHELD)),
            false,
        ),
        Plot::Places(plot) => (
            plot.marks.iter().any(|m| m.shade.is_some_and(|shade| shade > 0)),
            plot.marks.iter().any(|m| m.shade.is_none()),
            plot.marks.iter().all(|m| m.shade.is_some()),
        ),
        Plot::Curve(plot) => (!plot.points.is_empty(), false, false),
    };
    if drawn || (withheld && numbers) {
        return Block::Chart(chart);
    }
    let text = if withheld {
        say!(language, chart_withheld(&chart.title))
    } else if numbers {
        say!(language, chart_of_nothing(&chart.title))
    } else {
        say!(language, chart_not_estimated(&chart.title))
    };
    paragraph(text)
}

/// Counts by bin; none: there are no bins. `heads`: of the data. `text`: the words, from label and count of the fullest bin that
/// is shown.
pub(super) fn histogram(
    language: Language,
    id: &str,
    (bins, label): (&[Bin], impl Fn(&Bin) -> String),
    dividers: Vec<Divider>,
    heads: impl FnOnce(&ChartText) -> [String; 2],
    text: impl FnOnce(Option<(&str, u64)>) -> ChartText,
) -> Option<Chart> {
    let shown = |bin: &Bin| bin.count.shown().copied();
    // Of several that are as full, the first.
    let fullest = bins.iter().rev().max_by_key(|bin| shown(bin));
    let fullest = fullest.and_then(|bin| Some((label(bin), shown(bin)?)));
    let text = (!bins.is_empty()).then(|| text(fullest.as_ref().map(|(bin, n)| (bin.as_str(), *n))))?;
    let column = |bin: &Bin| ColumnMark {
        label: label(bin),
        value: shown(bin).map(|n| n as f64),
        text: say!(language, counted(&bin.count)),
    };
    let columns: Vec<ColumnMark> = bins.iter().map(column).collect();
    let most = columns.iter().filter_map(|c| c.value).fold(0.0, f64::max);
    let rows = columns.iter().map(|c| vec![c.label.clone(), c.text.clone()]);
    let heads = heads(&text);
    let data = chart_data(language, &text.title, &heads, &[false, true], rows.collect());
    let ticks = axis::whole_ticks(language, most);
    Some(columns_chart(id, text, ticks, columns, dividers, data, false))
}

/// A bin by its ends.
pub(super) fn ends(language: Language, bin: &Bin) -> String {
    match bin.high {
        Some(high) => language.span(bin.low, high),
        None => say!(language, or_more(bin.low)),
    }
}

fn columns_chart(
    id: impl Into<String>,
    text: ChartText,
    value_ticks: Vec<Tick>,
    columns: Vec<ColumnMark>,
    dividers: Vec<Divider>,
    data: Table,
    labels_name_edges: bool,
) -> Chart {
    let plot = Plot::Columns(Columns {
        value_axis: text.value_axis,
        category_axis: text.other_axis,
        labels_name_edges,
        value_ticks,
        columns,
        dividers,
    });
    chart(id, (text.title, text.description, text.caption), plot, data)
}

/// A chart from its title, its description and its caption.
pub(super) fn chart(
    id: impl Into<String>,
    (title, description, caption): (String, String, String),
    plot: Plot,
    data: Table,
) -> Chart {
    Chart {
        id: id.into(),
        title,
        description,
        caption,
        plot,
        data,
    }
}

/// A dot with its interval for each of `rows`, which stand alike; none: there are none. `text`: the words of the chart, from
/// every row in words. `head`: of the column that names the rows.
pub(super) fn of_rows(
    language: Language,
    id: &str,
    rows: &[Labelled<'_>],
    value_ticks: Vec<Tick>,
    head: &str,
    text: impl FnOnce(&str) -> ChartText,
) -> Option<Chart> {
    let marks = marks(language, rows);
    let text = (!rows.is_empty()).then(|| text(&summary(language, &marks)))?;
    let [_, columns @ ..] = say!(language, RANGE_COLUMNS);
    let data = range_data(language, &text.title, head, columns, rows);
    Some(ranges_chart(id, text, value_ticks, marks, Vec::new(), data))
}

/// The marks of rows that stand alike.
pub(super) fn marks(language: Language, rows: &[Labelled<'_>]) -> Vec<RangeMark> {
    rows.iter()
        .map(|(label, cell)| range_mark(language, label.clone(), *cell, false))
        .collect()
}

/// From zero to the largest end or value of `rows`.
pub(super) fn up_to_the_most(language: Language, rows: &[Labelled<'_>]) -> Vec<Tick> {
    let shown = rows.iter().filter_map(|(_, cell)| cell.and_then(Cell::shown));
    let most = shown.map(|e| e.interval.high.max(e.value)).fold(0.0, f64::max);
    axis::ticks(language, most)
}

/// The data of a chart of ranges: what names the rows, then value, interval and sample.
pub(super) fn range_data(
    language: Language,
    title: &str,
    head: &str,
    [value, interval, sample]: [&str; 3],
    rows: &[Labelled<'_>],
) -> Table {
    let heads = [head, value, interval, sample];
    let numeric = [false, true, true, false];
    let row = |(label, cell): &Labelled<'_>| {
        let [value, interval, sample, _] = texts(language, *cell);
        vec![label.clone(), value, interval, sample]
    };
    chart_data(language, title, &heads, &numeric, rows.iter().map(row).collect())
}

/// The chart of ranges with these marks.
pub(super) fn ranges_chart(
    id: impl Into<String>,
    text: ChartText,
    value_ticks: Vec<Tick>,
    rows: Vec<RangeMark>,
    references: Vec<Tick>,
    data: Table,
) -> Chart {
    let plot = Plot::Ranges(Ranges {
        value_axis: text.value_axis,
        value_ticks,
        rows,
        references,
    });
    chart(id, (text.title, text.description, text.caption), plot, data)
}

/// Every row in words, for those who do not see the chart.
pub(super) fn summary(language: Language, marks: &[RangeMark]) -> String {
    let row = |m: &RangeMark| say!(language, row_summary(&m.label, &m.text));
    marks.iter().map(row).collect::<Vec<_>>().join(" ")
}

/// The smallest round step that leaves no more labels than fit.
fn label_every(stretches: usize) -> usize {
    ROUND_STEPS
        .into_iter()
        .find(|step| stretches.div_ceil(*step) <= TIME_LABELS)
        .unwrap_or_else(|| stretches.div_ceil(TIME_LABELS).max(1))
}

/// Where `value` lies among columns of equal width, bins being of any width; none outside the closed bins.
fn place(bins: &[Bin], value: f64) -> Option<f64> {
    bins.iter().enumerate().find_map(|(i, bin)| {
        let high = bin.high?;
        (bin.low <= value && value < high).then(|| i as f64 + (value - bin.low) / (high - bin.low))
    })
}

/// To a tenth of a second.
fn rounded(seconds: f64) -> f64 {
    (seconds * 10.0).round() / 10.0
}
