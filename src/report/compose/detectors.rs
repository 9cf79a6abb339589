//! How far the counts hang on a score threshold, and on the detector. In: what was tried. Out: a chart with its table for
//! each sweep, a table for each second detector, and what was not tried.

use super::charts::{drawn_or_said, of_rows, up_to_the_most};
use super::tables::{Labelled, heading, paragraph, range, table_block, texts};
use crate::document::Block;
use crate::formats::Numerals as _;
use crate::wording::{Swept, say};
use vsa_base::language::Language;
use vsa_record::Record;
use vsa_record::facts::ModelFacts;
use vsa_record::measurements::{Missing, Outcome};
use vsa_record::sensitivity::{Rung, ScoreSweep, SecondDetector, Sensitivity};

/// The models by which the report counts: all but second detectors.
pub(super) fn counting(record: &Record) -> impl Iterator<Item = &ModelFacts> {
    let second = |model: &&ModelFacts| model.subject.starts_with("second_");
    record.models.iter().filter(move |model| !second(model))
}

/// The counts at other score thresholds.
pub(super) fn sweeps(language: Language, tried: &Sensitivity) -> Vec<Block> {
    let mut blocks = vec![
        heading(say!(language, SWEEP_HEADING)),
        paragraph(say!(language, SWEEP_LEAD)),
    ];
    for (what, outcome) in [
        (Swept::People, &tried.people_by_threshold),
        (Swept::Faces, &tried.faces_by_threshold),
    ] {
        match outcome {
            Outcome::Measured(sweep) => {
                blocks.extend(chart(language, what, sweep));
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

fn chart(language: Language, what: Swept, sweep: &ScoreSweep) -> Option<Block> {
    let label = |rung: &Rung| say!(language, rung(rung.threshold, is_own(sweep, rung)));
    let rungs = sweep.rungs.iter();
    let rows: Vec<Labelled<'_>> = rungs.map(|it| (label(it), Some(&it.per_frame))).collect();
    let id = match what {
        Swept::People => "chart-people-by-threshold",
        Swept::Faces => "chart-faces-by-threshold",
    };
    let (model, cut_off, frames) = (&sweep.model, sweep.cut_off, sweep.frames);
    let chart = of_rows(
        language,
        id,
        &rows,
        up_to_the_most(language, &rows),
        say!(language, RUNG),
        |rows| say!(language, sweep(what, model, rows, cut_off, frames)),
    );
    chart.map(|chart| drawn_or_said(language, chart))
}

/// Whether it is the threshold in use.
fn is_own(sweep: &ScoreSweep, rung: &Rung) -> bool {
    rung.threshold.total_cmp(&sweep.own).is_eq()
}

/// From the lowest to the highest threshold that may be told; none: there are no two besides the one in use.
fn meaning(language: Language, what: Swept, sweep: &ScoreSweep) -> Option<String> {
    let said = |rung: &Rung| {
        let number = range(language, rung.per_frame.shown()?);
        Some((language.plain(rung.threshold), number))
    };
    let is_own = |rung: &&Rung| is_own(sweep, rung);
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
            Outcome::Measured(second) => blocks.push(compared(language, what, second)),
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
        heading(say!(language, SECOND_HEADING)),
        paragraph(say!(language, SECOND_LEAD)),
    ];
    blocks.splice(0..0, head);
    (blocks, left_out)
}

fn compared(language: Language, what: Swept, second: &SecondDetector) -> Block {
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
        let no_interval = say!(language, NO_INTERVAL).to_owned();
        [say!(language, counted(cell)), no_interval, String::new()]
    });
    let rows = names
        .into_iter()
        .zip(estimated.chain(counted))
        .map(|(name, [value, interval, sample])| vec![name, value, interval, sample])
        .collect();
    table_block(
        say!(language, second_caption(what, second)),
        &say!(language, SECOND_COLUMNS),
        &[false, true, true, false],
        rows,
    )
}
