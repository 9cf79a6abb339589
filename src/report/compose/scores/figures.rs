//! Figures of a detector and of a tracker. In: [`Scores`]. Out: sections with curves, charts of intervals and one table.

use super::curves;
use crate::compose::charts::{marks, range_data, ranges_chart};
use crate::compose::tables::{Labelled, estimate_table, texts};
use crate::compose::{axis, parts};
use crate::document::{Block, RangeMark, Section, Tick};
use crate::wording::{ChartText, say};
use vsa_base::language::Language;
use vsa_record::curve::CurveName;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::{Estimate, IntervalMethod, Unit};
use vsa_record::scores::{Figure, FigureName, Figured, Scores};

pub(super) fn detection(language: Language, scores: &Scores) -> Section {
    let detection = |figure: &Figure| !of_tracking(figure.name);
    let whole = figures(scores, |figure| detection(figure) && figure.heights.is_none());
    let of_heights = figures(scores, |figure| figure.name == FigureName::Ap50OfHeights);
    let mut blocks = Vec::new();
    let words = say!(language, scores::DETECTION_CHART);
    blocks.extend(shares(language, "chart-detection", words, &whole));
    for name in [
        CurveName::PrecisionByRecall,
        CurveName::MissRateByFalsePositives,
        CurveName::FddbDiscrete,
        CurveName::FddbContinuous,
        CurveName::PrecisionByScore,
        CurveName::RecallByHeight,
        CurveName::RecallByDistance,
    ] {
        blocks.extend(curves::block(language, scores, name));
    }
    let words = say!(language, scores::HEIGHTS_CHART);
    blocks.extend(shares(language, "chart-heights", words, &of_heights));
    let caption = say!(language, scores::DETECTION_TABLE);
    blocks.push(all_figures(language, caption, &figures(scores, detection)));
    parts::section(say!(language, scores::section_detection()), blocks)
}

/// None where nothing of tracking could be measured: the table of the section above says nothing about it, and the reason
/// stands in the record.
pub(super) fn tracking(language: Language, scores: &Scores) -> Option<Section> {
    let figures = figures(scores, |figure| of_tracking(figure.name));
    figures.iter().find_map(|figure| cell(figure))?;
    let words = say!(language, scores::TRACKING_CHART);
    let mut blocks = Vec::new();
    blocks.extend(shares(language, "chart-tracking", words, &figures));
    blocks.extend(curves::block(language, scores, CurveName::HotaByOverlap));
    let caption = say!(language, scores::TRACKING_TABLE);
    blocks.push(all_figures(language, caption, &figures));
    Some(parts::section(say!(language, scores::section_tracking()), blocks))
}

fn figures(scores: &Scores, wanted: impl Fn(&Figure) -> bool) -> Vec<&Figure> {
    scores.figures.iter().filter(|figure| wanted(figure)).collect()
}

/// Whether a figure is a tracker's, not a detector's.
fn of_tracking(name: FigureName) -> bool {
    name >= FigureName::Hota
}

/// The estimate of a figure that was measured.
pub(super) fn cell(figure: &Figure) -> Option<&Cell<Estimate>> {
    match &figure.value {
        Figured::Measured { estimate } => Some(estimate),
        Figured::NotMeasured { .. } => None,
    }
}

/// A dot with its interval for every share that is measured and shown.
fn shares(
    language: Language,
    id: &str,
    (title, caption): (&str, &str),
    figures: &[&Figure],
) -> Option<Block> {
    let is_share = |estimate: &Estimate| estimate.unit == Unit::Ratio && estimate.interval.low >= 0.0;
    let name = |figure: &Figure| say!(language, score_names::name(figure.name, figure.heights));
    let measured = figures.iter().filter_map(|figure| Some((figure, cell(figure)?)));
    let rows: Vec<Labelled<'_>> = measured
        .filter(|(_, cell)| cell.shown().is_some_and(is_share))
        .map(|(figure, cell)| (name(figure), Some(cell)))
        .collect();
    let words = (title.to_owned(), caption, say!(language, scores::SHARE_AXIS));
    let marks = marks(language, &rows);
    (!rows.is_empty()).then(|| forest(language, id, words, &rows, marks, None))
}

/// A chart of shares with their intervals, and the same as a table. `words`: title, caption and axis.
pub(super) fn forest(
    language: Language,
    id: &str,
    (title, caption, axis): (String, &str, &str),
    rows: &[Labelled<'_>],
    marks: Vec<RangeMark>,
    reference: Option<Tick>,
) -> Block {
    let text = ChartText {
        title,
        description: say!(language, scores::ranges_description(rows)),
        caption: caption.to_owned(),
        value_axis: axis.to_owned(),
        other_axis: String::new(),
    };
    let [head, columns @ ..] = say!(language, scores::RANGE_COLUMNS);
    let data = range_data(language, &text.title, head, columns, rows);
    let references = reference.into_iter().collect();
    Block::Chart(ranges_chart(
        id,
        text,
        axis::shares(language),
        marks,
        references,
        data,
    ))
}

/// How an interval was made that an old file calls one over blocks: what was resampled in scores were always stretches that do
/// not overlap, for which the name is newer than the file.
fn of_stretches(language: Language, cell: &Cell<Estimate>) -> Option<String> {
    let method = cell.shown()?.interval.method;
    let old = method == IntervalMethod::BlockBootstrap;
    old.then(|| say!(language, method(IntervalMethod::StretchBootstrap)).to_owned())
}

/// Every figure with its definition, or what was missing for it.
fn all_figures(language: Language, caption: &str, figures: &[&Figure]) -> Block {
    let row = |figure: &&Figure| {
        let name = say!(language, score_names::name(figure.name, figure.heights));
        let meaning = say!(language, score_names::meaning(figure.name)).to_owned();
        let [value, interval, sample, method] = match &figure.value {
            Figured::Measured { estimate } => {
                let [value, interval, sample, method] = texts(language, Some(estimate));
                let method = of_stretches(language, estimate).unwrap_or(method);
                [value, interval, sample, method]
            }
            Figured::NotMeasured { missing } => {
                let missing = say!(language, scores::not_measured(*missing));
                [missing, String::new(), String::new(), String::new()]
            }
        };
        vec![name, value, interval, sample, method, meaning]
    };
    estimate_table(language, caption, figures.iter().map(row).collect())
}
