//! Curves of scores. In: a curve of the record. Out: a chart with its axes, or the sentence that it is withheld.

use crate::compose::tables::{chart_data, paragraph};
use crate::compose::{axis, charts};
use crate::document::{Block, Chart, CurveMark, CurvePlot, Plot, Range, Tick};
use crate::formats::Numerals as _;
use crate::wording::say;
use vsa_base::language::Language;
use vsa_record::curve::{Curve, CurveName, CurvePoint};
use vsa_record::scores::Scores;

/// Rows of the table beside a curve; more points are thinned for reading, never in the record.
const MOST_ROWS: usize = 41;

pub(super) fn block(language: Language, scores: &Scores, name: CurveName) -> Option<Block> {
    let curve = scores.curves.iter().find(|curve| curve.name == name)?;
    let Some(points) = curve.points.shown() else {
        let title = say!(language, scores::curve(name)).title;
        return Some(paragraph(say!(language, chart_withheld(title))));
    };
    (!points.is_empty()).then(|| Block::Chart(chart(language, curve, points)))
}

fn chart(language: Language, curve: &Curve, points: &[CurvePoint]) -> Chart {
    let text = say!(language, scores::curve(curve.name));
    let logarithmic = matches!(
        curve.name,
        CurveName::MissRateByFalsePositives
            | CurveName::RecallByHeight
            | CurveName::RecallByDistance
            | CurveName::FddbDiscrete
            | CurveName::FddbContinuous
    );
    let across = |x: f64| {
        if logarithmic {
            x.max(f64::MIN_POSITIVE).log10()
        } else {
            x
        }
    };
    let counts = matches!(curve.name, CurveName::FddbDiscrete | CurveName::FddbContinuous);
    let drawn = points.iter().filter(|point| !logarithmic || point.x > 0.0);
    let marks: Vec<CurveMark> = drawn
        .map(|point| CurveMark {
            x: across(point.x),
            range: Range {
                low: point.low.unwrap_or(point.y),
                value: point.y,
                high: point.high.unwrap_or(point.y),
            },
        })
        .collect();
    let level_ticks = if logarithmic {
        powers(language, &marks)
    } else {
        axis::shares(language)
    };
    let step = points.len().div_ceil(MOST_ROWS).max(1);
    let level = |x: f64| {
        if logarithmic && !counts {
            language.plain(x)
        } else if counts {
            language.decimal(x, 0)
        } else {
            language.rounded_percent(x)
        }
    };
    let rows: Vec<Vec<String>> = points
        .iter()
        .step_by(step)
        .map(|point| {
            let interval = match (point.low, point.high) {
                (Some(low), Some(high)) => say!(language, scores::interval_of(low, high)),
                _ => say!(language, NO_INTERVAL).to_owned(),
            };
            vec![level(point.x), language.rounded_percent(point.y), interval]
        })
        .collect();
    let ends = marks.first().zip(marks.last());
    let description = ends.map_or_else(String::new, |(first, last)| {
        let (first, last) = (first.range.value, last.range.value);
        say!(language, scores::curve_description(text, first, last))
    });
    let plot = Plot::Curve(CurvePlot {
        value_axis: text.value_axis.to_owned(),
        level_axis: text.level_axis.to_owned(),
        value_ticks: axis::shares(language),
        level_ticks,
        points: marks,
        diagonal: (curve.name == CurveName::PrecisionByScore)
            .then(|| say!(language, scores::CALIBRATED).to_owned()),
    });
    let heads = [text.level_axis, text.value_axis, say!(language, scores::INTERVAL)];
    let data = chart_data(language, text.title, &heads, &[true; 3], rows);
    let words = (text.title.to_owned(), description, text.caption.to_owned());
    charts::chart(format!("curve-{}", text.id), words, plot, data)
}

/// A mark at every power of ten around the points; between them at twice and five times, where that leaves few marks.
fn powers(language: Language, marks: &[CurveMark]) -> Vec<Tick> {
    let first = marks.first().map_or(0.0, |mark| mark.x);
    let last = marks.last().map_or(1.0, |mark| mark.x);
    let within = if last - first <= 3.0 {
        &[1.0, 2.0, 5.0][..]
    } else {
        &[1.0][..]
    };
    let (low, high) = (first.floor() as i32, last.ceil() as i32);
    let all: Vec<f64> = (low..=high)
        .flat_map(|power| within.iter().map(move |times| times * 10f64.powi(power)))
        .collect();
    // The last mark at or before the first point, and the first at or after the last.
    let from = all.iter().rposition(|at| at.log10() <= first + 1e-9).unwrap_or(0);
    let to = all
        .iter()
        .position(|at| at.log10() >= last - 1e-9)
        .unwrap_or(all.len() - 1);
    let to = to.max(from + 1).min(all.len() - 1);
    all[from..=to]
        .iter()
        .map(|at| Tick {
            at: at.log10(),
            label: language.plain(*at),
        })
        .collect()
}
