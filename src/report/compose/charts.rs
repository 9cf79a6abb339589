//! The data of each chart, with its words and its marks; one function per chart.

use super::axis;
use super::tables::{range_mark, range_rows, table};
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
        let span = language.span(rounded(bin.from_seconds), rounded(bin.to_seconds));
        let text = value(bin).map_or_else(|| say!(language, WITHHELD).to_owned(), |v| language.decimal(v, 1));
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
    let data = table(
        say!(language, data_caption(&text.title)),
        &say!(language, TIME_COLUMNS),
        &[false, true, true],
        rows,
    );
    Some(columns_chart(
        format!("chart-occupancy-{number}"),
        text,
        axis::ticks(language, most),
        columns,
        Vec::new(),
        data,
        true,
    ))
}

/// Frames by number of people.
pub(super) fn frames_by_people(language: Language, presence: &Presence) -> Option<Chart> {
    if presence.frames_by_people.is_empty() {
        return None;
    }
    let label = |bin: &Bin| match bin.high {
        None => say!(language, or_more(bin.low)),
        Some(high) if high - bin.low <= 1.0 => language.plain(bin.low),
        Some(high) => language.span(bin.low, high - 1.0),
    };
    let text = say!(
        language,
        frames_by_people(
            fullest(language, &presence.frames_by_people, label)
                .as_ref()
                .map(pair)
        )
    );
    Some(histogram(
        language,
        "chart-frames-by-people",
        text,
        &presence.frames_by_people,
        label,
        Vec::new(),
        &say!(language, PEOPLE_COLUMNS),
    ))
}

/// Heights of faces, with the widths that levels ask for.
pub(super) fn face_heights(language: Language, faces: &FaceExposure) -> Option<Chart> {
    if faces.face_heights.is_empty() {
        return None;
    }
    let label = |bin: &Bin| match bin.high {
        None => say!(language, or_more(bin.low)),
        Some(high) => language.span(bin.low, high),
    };
    let width = faces.assumptions.face_width_metres;
    let dividers = DRAWN_LEVELS
        .into_iter()
        .filter_map(|level| {
            let at = place(&faces.face_heights, level.pixels_per_metre() * width)?;
            Some(Divider {
                at,
                label: say!(language, level(level)).to_owned(),
            })
        })
        .collect();
    let text = say!(
        language,
        face_heights(
            fullest(language, &faces.face_heights, label).as_ref().map(pair),
            width,
            &say!(language, counted(&faces.sized_sightings)),
            &say!(language, counted(&faces.sightings)),
        )
    );
    Some(histogram(
        language,
        "chart-face-heights",
        text,
        &faces.face_heights,
        label,
        dividers,
        &say!(language, HEIGHT_COLUMNS),
    ))
}

/// Shares at each level of both scales.
pub(super) fn levels(language: Language, faces: &FaceExposure, from_bodies: bool) -> Option<Chart> {
    let shares = if from_bodies {
        &faces.levels_from_bodies
    } else {
        &faces.levels_from_faces
    };
    let first = shares.first()?;
    let of_people = first.share_of_people.is_some();
    let cell = |share: &LevelShare| -> Cell<Estimate> {
        share
            .share_of_people
            .clone()
            .unwrap_or_else(|| share.share_of_sightings.clone())
    };
    let cells: Vec<(&LevelShare, Cell<Estimate>)> = shares.iter().map(|s| (s, cell(s))).collect();
    let mut marks: Vec<RangeMark> = Vec::new();
    let mut rows = Vec::new();
    let mut last: Option<DensityStandard> = None;
    for (share, cell) in &cells {
        let label = say!(
            language,
            level_row(
                say!(language, standard(share.standard)),
                say!(language, level(share.level))
            )
        );
        let begins = last.is_some_and(|s| s != share.standard);
        last = Some(share.standard);
        let mut mark = range_mark(language, label.clone(), Some(cell), begins);
        mark.detail = language.pixels_per_metre(share.pixels_per_metre);
        marks.push(mark);
        rows.push((
            say!(
                language,
                label_with_detail(&label, &language.pixels_per_metre(share.pixels_per_metre))
            ),
            Some(cell),
        ));
    }
    let assumed = if from_bodies {
        faces.assumptions.body_height_metres
    } else {
        faces.assumptions.face_width_metres
    };
    let counted = cells.iter().find_map(|(_, cell)| cell.shown());
    let counted = counted.map_or_else(
        || say!(language, WITHHELD).to_owned(),
        |e| say!(language, sample(e.sample)),
    );
    let text = say!(
        language,
        levels(
            from_bodies,
            of_people,
            assumed,
            &counted,
            &summary(language, &marks)
        )
    );
    let id = if from_bodies {
        "chart-levels-bodies"
    } else {
        "chart-levels-faces"
    };
    Some(ranges_chart(
        language,
        id,
        text,
        axis::shares(language),
        marks,
        say!(language, LEVEL),
        range_rows(language, &rows),
    ))
}

/// Quantiles of the time followed.
pub(super) fn time_followed(language: Language, followed: &Followability) -> Option<Chart> {
    let rows: Vec<(String, Option<&Cell<Estimate>>)> = followed
        .followed_seconds
        .iter()
        .map(|q| (say!(language, quantile(q.at)), q.estimate.as_ref()))
        .collect();
    let marks: Vec<RangeMark> = rows
        .iter()
        .map(|(label, cell)| range_mark(language, label.clone(), *cell, false))
        .collect();
    let most = marks
        .iter()
        .filter_map(|m| m.range)
        .map(|r| r.high.max(r.value))
        .fold(0.0, f64::max);
    if marks.is_empty() {
        return None;
    }
    let text = say!(language, time_followed(&summary(language, &marks)));
    Some(ranges_chart(
        language,
        "chart-time-followed",
        text,
        axis::ticks(language, most),
        marks,
        say!(language, QUANTILE),
        range_rows(language, &rows),
    ))
}

/// Shares that stay longer than each threshold.
pub(super) fn stays(language: Language, dwell: &Dwell) -> Option<Chart> {
    let rows: Vec<(String, Option<&Cell<Estimate>>)> = dwell
        .longer_than
        .iter()
        .map(|l| (say!(language, longer_than_row(l.seconds)), l.share.as_ref()))
        .collect();
    if rows.is_empty() {
        return None;
    }
    let marks: Vec<RangeMark> = rows
        .iter()
        .map(|(label, cell)| range_mark(language, label.clone(), *cell, false))
        .collect();
    let text = say!(language, stays(&summary(language, &marks)));
    Some(ranges_chart(
        language,
        "chart-stays",
        text,
        axis::shares(language),
        marks,
        say!(language, STAY),
        range_rows(language, &rows),
    ))
}

/// Tracks by their length.
pub(super) fn stay_lengths(language: Language, dwell: &Dwell) -> Option<Chart> {
    if dwell.stays.is_empty() {
        return None;
    }
    let label = |bin: &Bin| match bin.high {
        None => say!(language, or_more(bin.low)),
        Some(high) => language.span(bin.low, high),
    };
    let text = say!(
        language,
        stay_lengths(fullest(language, &dwell.stays, label).as_ref().map(pair))
    );
    Some(histogram(
        language,
        "chart-stay-lengths",
        text,
        &dwell.stays,
        label,
        Vec::new(),
        &say!(language, STAY_BIN_COLUMNS),
    ))
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
    Block::Paragraph { text }
}

pub(super) fn histogram(
    language: Language,
    id: &str,
    text: ChartText,
    bins: &[Bin],
    label: impl Fn(&Bin) -> String,
    dividers: Vec<Divider>,
    heads: &[&str],
) -> Chart {
    let value = |bin: &Bin| bin.count.shown().map(|n| *n as f64);
    let most = bins.iter().filter_map(value).fold(0.0, f64::max);
    let columns = bins
        .iter()
        .map(|b| ColumnMark {
            label: label(b),
            value: value(b),
            text: say!(language, counted(&b.count)),
        })
        .collect();
    let rows = bins
        .iter()
        .map(|b| vec![label(b), say!(language, counted(&b.count))])
        .collect();
    let data = table(
        say!(language, data_caption(&text.title)),
        heads,
        &[false, true],
        rows,
    );
    columns_chart(
        id.to_owned(),
        text,
        axis::whole_ticks(language, most),
        columns,
        dividers,
        data,
        false,
    )
}

fn columns_chart(
    id: String,
    text: ChartText,
    value_ticks: Vec<Tick>,
    columns: Vec<ColumnMark>,
    dividers: Vec<Divider>,
    data: Table,
    labels_name_edges: bool,
) -> Chart {
    Chart {
        id,
        title: text.title,
        description: text.description,
        caption: text.caption,
        plot: Plot::Columns(Columns {
            value_axis: text.value_axis,
            category_axis: text.other_axis,
            labels_name_edges,
            value_ticks,
            columns,
            dividers,
        }),
        data,
    }
}

pub(super) fn ranges_chart(
    language: Language,
    id: &str,
    text: ChartText,
    value_ticks: Vec<Tick>,
    rows: Vec<RangeMark>,
    head: &str,
    data: Vec<Vec<String>>,
) -> Chart {
    let [_, value, interval, sample] = say!(language, RANGE_COLUMNS);
    let data = table(
        say!(language, data_caption(&text.title)),
        &[head, value, interval, sample],
        &[false, true, true, false],
        data,
    );
    Chart {
        id: id.to_owned(),
        title: text.title,
        description: text.description,
        caption: text.caption,
        plot: Plot::Ranges(Ranges {
            value_axis: text.value_axis,
            value_ticks,
            rows,
            references: Vec::new(),
        }),
        data,
    }
}

/// Every row in words, for those who do not see the chart.
pub(super) fn summary(language: Language, marks: &[RangeMark]) -> String {
    let rows: Vec<String> = marks
        .iter()
        .map(|m| say!(language, row_summary(&m.label, &m.text)))
        .collect();
    rows.join(" ")
}

/// Label and count of the fullest bin that is shown.
pub(super) fn fullest(
    language: Language,
    bins: &[Bin],
    label: impl Fn(&Bin) -> String,
) -> Option<(String, String)> {
    let mut best: Option<(u64, &Bin)> = None;
    for bin in bins {
        if let Some(n) = bin.count.shown()
            && best.is_none_or(|(most, _)| *n > most)
        {
            best = Some((*n, bin));
        }
    }
    best.map(|(n, bin)| (label(bin), language.count(n)))
}

/// The smallest round step that leaves no more labels than fit.
fn label_every(stretches: usize) -> usize {
    ROUND_STEPS
        .into_iter()
        .find(|step| stretches.div_ceil(*step) <= TIME_LABELS)
        .unwrap_or_else(|| stretches.div_ceil(TIME_LABELS).max(1))
}

fn pair((a, b): &(String, String)) -> (&str, &str) {
    (a, b)
}

/// Where `value` lies among columns of equal width, bins being of any width; none outside the closed bins.
fn place(bins: &[Bin], value: f64) -> Option<f64> {
    bins.iter().enumerate().find_map(|(i, bin)| {
        let high = bin.high?;
        (bin.low <= value && value < high).then(|| i as f64 + (value - bin.low) / (high - bin.low))
    })
}

/// To a tenth of a second.
pub(super) fn rounded(seconds: f64) -> f64 {
    (seconds * 10.0).round() / 10.0
}
