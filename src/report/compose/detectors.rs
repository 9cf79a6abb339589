//! How far the counts hang on a score threshold, and on the detector. In: what was tried. Out: a chart with its table for
//! each sweep, a table for each second detector, and what was not tried.

use super::axis;
use super::charts::{drawn_or_said, ranges_chart, summary};
use super::tables::{range_mark, range_rows, table, texts};
use crate::document::{Block, RangeMark, Table};
use crate::formats::Numerals as _;
use crate::wording::{Swept, say};
use vsa_base::language::Language;
use vsa_record::Record;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::Estimate;
use vsa_record::facts::ModelFacts;
use vsa_record::measurements::{Missing, Outcome};
use vsa_record::sensitivity::{ScoreSweep, SecondDetector, Sensitivity};

/// The models by which the report counts: all but second detectors.
pub(super) fn counting(record: &Record) -> impl Iterator<Item = &ModelFacts> {
    let second = |model: &&ModelFacts| model.subject.starts_with("second_");
    record.models.iter().filter(move |model| !second(model))
}

/// The counts at other score thresholds.
pub(super) fn sweeps(language: Language, tried: &Sensitivity) -> Vec<Block> {
    let paragraph = |text: String| Block::Paragraph { text };
    let mut blocks = vec![
        Block::Heading {
            text: say!(language, SWEEP_HEADING).to_owned(),
        },
        paragraph(say!(language, SWEEP_LEAD).to_owned()),
    ];
    for (what, outcome) in [
        (Swept::People, &tried.people_by_threshold),
        (Swept::Faces, &tried.faces_by_threshold),
    ] {
        match outcome {
            Outcome::Measured(sweep) => {
                blocks.push(chart(language, what, sweep));
                blocks.extend(meaning(language, what, sweep).map(paragraph));
            }
            Outcome::NotMeasured { missing } => {
                let why = say!(language, missing(*missing));
                blocks.push(paragraph(say!(language, no_sweep(what, why))));
            }
        }
    }
    blocks
}

fn chart(language: Language, what: Swept, sweep: &ScoreSweep) -> Block {
    let rows: Vec<(String, Option<&Cell<Estimate>>)> = sweep
        .rungs
        .iter()
        .map(|rung| {
            let in_use = rung.threshold.total_cmp(&sweep.own).is_eq();
            (
                say!(language, rung(rung.threshold, in_use)),
                Some(&rung.per_frame),
            )
        })
        .collect();
    let marks: Vec<RangeMark> = rows
        .iter()
        .map(|(label, cell)| range_mark(language, label.clone(), *cell, false))
        .collect();
    let most = marks
        .iter()
        .filter_map(|mark| mark.range.as_ref())
        .map(|range| range.high)
        .fold(0.0, f64::max);
    let frames = language.count(sweep.frames);
    let text = say!(
        language,
        sweep(
            what,
            &sweep.model,
            &summary(language, &marks),
            sweep.cut_off,
            &frames
        )
    );
    let id = match what {
        Swept::People => "chart-people-by-threshold",
        Swept::Faces => "chart-faces-by-threshold",
    };
    let ticks = axis::ticks(language, most);
    let data = range_rows(language, &rows);
    drawn_or_said(
        language,
        ranges_chart(language, id, text, ticks, marks, say!(language, RUNG), data),
    )
}

/// From the lowest to the highest threshold that may be told; none: there are no two besides the one in use.
fn meaning(language: Language, what: Swept, sweep: &ScoreSweep) -> Option<String> {
    let said = |rung: &vsa_record::sensitivity::Rung| {
        let estimate = rung.per_frame.shown()?;
        let figures = language.figures(estimate);
        let number = say!(language, value_and_range(&figures.value, &figures.interval));
        Some((language.plain(rung.threshold), number))
    };
    let is_own = |rung: &&vsa_record::sensitivity::Rung| rung.threshold.total_cmp(&sweep.own).is_eq();
    let own = sweep.rungs.iter().find(is_own).and_then(said)?;
    let mut others = sweep.rungs.iter().filter(|rung| !is_own(rung)).filter_map(said);
    let low = others.next()?;
    let high = others.next_back()?;
    Some(say!(
        language,
        sweep_meaning(what, (&own.0, &own.1), (&low.0, &low.1), (&high.0, &high.1))
    ))
}

/// The comparisons with second detectors, and, as title and text, what was not compared.
pub(super) fn seconds(
    language: Language,
    tried: &Sensitivity,
) -> (Vec<Block>, Vec<(&'static str, &'static str)>) {
    let both = [
        (Swept::People, &tried.people_by_second),
        (Swept::Faces, &tried.faces_by_second),
    ];
    let mut blocks = Vec::new();
    let mut left_out = Vec::new();
    for (what, outcome) in both {
        match outcome {
            Outcome::Measured(second) => blocks.push(Block::Table(compared(language, what, second))),
            // Where nothing of the kind was looked for, the sweep says why.
            Outcome::NotMeasured { missing } if *missing == Missing::NotAskedFor => {
                left_out.push(say!(language, no_second(what)));
            }
            Outcome::NotMeasured { .. } => {}
        }
    }
    if blocks.is_empty() {
        return (blocks, vec![say!(language, SECOND_DETECTOR)]);
    }
    let head = [
        Block::Heading {
            text: say!(language, SECOND_HEADING).to_owned(),
        },
        Block::Paragraph {
            text: say!(language, SECOND_LEAD).to_owned(),
        },
    ];
    blocks.splice(0..0, head);
    (blocks, left_out)
}

fn compared(language: Language, what: Swept, second: &SecondDetector) -> Table {
    let estimates = [
        Some(&second.first_per_frame),
        Some(&second.second_per_frame),
        Some(&second.difference),
        second.first_matched.as_ref(),
        second.second_matched.as_ref(),
    ];
    let counts = [&second.first_boxes, &second.second_boxes, &second.both_boxes];
    let names = say!(language, second_rows(&second.first, &second.second));
    let estimated = estimates.into_iter().map(|cell| {
        let [value, interval, sample, _] = texts(language, cell);
        [value, interval, sample]
    });
    let counted = counts.into_iter().map(|cell| {
        let value = cell
            .shown()
            .map_or_else(|| say!(language, WITHHELD).to_owned(), |n| language.count(*n));
        [value, say!(language, NO_INTERVAL).to_owned(), String::new()]
    });
    let rows = names
        .into_iter()
        .zip(estimated.chain(counted))
        .map(|(name, [value, interval, sample])| vec![name, value, interval, sample])
        .collect();
    table(
        say!(
            language,
            second_caption(what, second, &language.count(second.frames))
        ),
        &say!(language, SECOND_COLUMNS),
        &[false, true, true, false],
        rows,
    )
}
