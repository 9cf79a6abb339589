//! Figures of a detector and of a tracker. In: [`Scores`]. Out: sections with curves, charts of intervals and one table.

use super::super::tables::{range_mark, range_rows, table, texts};
use super::curves;
use crate::compose::axis;
use crate::document::{Block, Chart, Plot, Ranges, Section};
use crate::wording::say;
use vsa_base::language::Language;
use vsa_record::curve::CurveName;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::{Estimate, Unit};
use vsa_record::scores::{Figure, FigureName, Figured, Scores};

pub(super) fn detection(language: Language, scores: &Scores) -> Section {
    let figures: Vec<&Figure> = scores
        .figures
        .iter()
        .filter(|figure| !of_tracking(figure.name))
        .collect();
    let mut blocks = Vec::new();
    let of_heights: Vec<&Figure> = figures
        .iter()
        .copied()
        .filter(|figure| figure.name == FigureName::Ap50OfHeights)
        .collect();
    blocks.extend(shares(
        language,
        "chart-detection",
        say!(language, scores::DETECTION_CHART),
        &figures,
        |figure| figure.heights.is_none(),
    ));
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
    blocks.extend(shares(
        language,
        "chart-heights",
        say!(language, scores::HEIGHTS_CHART),
        &of_heights,
        |_| true,
    ));
    blocks.push(all_figures(
        language,
        say!(language, scores::DETECTION_TABLE),
        &figures,
    ));
    Section {
        id: "detection".to_owned(),
        name: say!(language, scores::DETECTION_NAME).to_owned(),
        title: say!(language, scores::DETECTION_TITLE).to_owned(),
        lead: say!(language, scores::DETECTION_LEAD).to_owned(),
        blocks,
    }
}

/// None where nothing of tracking could be measured: the table of the section above says nothing about it, and the reason
/// stands in the record.
pub(super) fn tracking(language: Language, scores: &Scores) -> Option<Section> {
    let figures: Vec<&Figure> = scores
        .figures
        .iter()
        .filter(|figure| of_tracking(figure.name))
        .collect();
    figures
        .iter()
        .find(|figure| matches!(figure.value, Figured::Measured { .. }))?;
    let mut blocks: Vec<Block> = shares(
        language,
        "chart-tracking",
        say!(language, scores::TRACKING_CHART),
        &figures,
        |_| true,
    )
    .into_iter()
    .collect();
    blocks.extend(curves::block(language, scores, CurveName::HotaByOverlap));
    blocks.push(all_figures(
        language,
        say!(language, scores::TRACKING_TABLE),
        &figures,
    ));
    Some(Section {
        id: "tracking".to_owned(),
        name: say!(language, scores::TRACKING_NAME).to_owned(),
        title: say!(language, scores::TRACKING_TITLE).to_owned(),
        lead: say!(language, scores::TRACKING_LEAD).to_owned(),
        blocks,
    })
}

/// Whether a figure is a tracker's, not a detector's.
fn of_tracking(name: FigureName) -> bool {
    name >= FigureName::Hota
}

fn cell(figure: &Figure) -> Option<&Cell<Estimate>> {
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
    wanted: impl Fn(&Figure) -> bool,
) -> Option<Block> {
    let is_share = |estimate: &Estimate| estimate.unit == Unit::Ratio && estimate.interval.low >= 0.0;
    let rows: Vec<(String, Option<&Cell<Estimate>>)> = figures
        .iter()
        .filter(|figure| wanted(figure))
        .filter_map(|figure| {
            let cell = cell(figure)?;
            cell.shown().is_some_and(is_share).then(|| {
                (
                    say!(language, score_names::name(figure.name, figure.heights)),
                    Some(cell),
                )
            })
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    Some(Block::Chart(Chart {
        id: id.to_owned(),
        title: title.to_owned(),
        description: say!(language, scores::ranges_description(&rows)),
        caption: caption.to_owned(),
        plot: Plot::Ranges(Ranges {
            value_axis: say!(language, scores::SHARE_AXIS).to_owned(),
            value_ticks: axis::shares(language),
            rows: rows
                .iter()
                .map(|(label, cell)| range_mark(language, label.clone(), *cell, false))
                .collect(),
            references: Vec::new(),
        }),
        data: table(
            say!(language, data_caption(title)),
            &say!(language, scores::RANGE_COLUMNS),
            &[false, true, true, false],
            range_rows(language, &rows),
        ),
    }))
}

/// Every figure with its definition, or what was missing for it.
fn all_figures(language: Language, caption: &str, figures: &[&Figure]) -> Block {
    let row = |figure: &&Figure| {
        let name = say!(language, score_names::name(figure.name, figure.heights));
        let meaning = say!(language, score_names::meaning(figure.name)).to_owned();
        match &figure.value {
            Figured::Measured { estimate } => {
                let [value, interval, sample, method] = texts(language, Some(estimate));
                vec![name, value, interval, sample, method, meaning]
            }
            Figured::NotMeasured { missing } => {
                let missing = say!(
                    language,
                    scores::not_measured(say!(language, score_checks::missing(*missing)))
                );
                vec![
                    name,
                    missing,
                    String::new(),
                    String::new(),
                    String::new(),
                    meaning,
                ]
            }
        }
    };
    Block::Table(table(
        caption.to_owned(),
        &say!(language, ESTIMATE_COLUMNS),
        &[false, true, true, false, false, false],
        figures.iter().map(row).collect(),
    ))
}
