//! What each measure read, section by section: figures in a table, distributions as charts, and how it was measured.
//! In: the record and a group of questions. Out: blocks. What was not measured is said at the end, with the reason.

use super::axis;
use super::charts::{self, drawn_or_said};
use super::tables::{estimates, points, range_mark, range_rows};
use crate::document::{Block, Chart, RangeMark};
use crate::formats::Numerals as _;
use crate::wording::{ChartText, say};
use vsa_audits::Group;
use vsa_base::language::Language;
use vsa_record::Record;
use vsa_record::catalogue::{Entry, read};
use vsa_record::disclosure::Cell;
use vsa_record::estimate::{Estimate, Unit};
use vsa_record::measurements::{Bin, Outcome};
use vsa_record::reading::{Capability, Distribution, Figure, Reading};

/// A figure with so many thresholds is a curve.
const CURVE: usize = 3;

/// The section in which a capability is told.
const fn group_of(capability: Capability) -> Group {
    match capability {
        Capability::Density | Capability::Synopsis | Capability::Cost => Group::Seen,
        Capability::FaceMatching | Capability::SinglingOut => Group::Recognisable,
        Capability::Reidentification | Capability::Gait => Group::Followed,
        Capability::GroupParity => Group::Reliable,
        Capability::Pace
        | Capability::Direction
        | Capability::Intrusion
        | Capability::Fall
        | Capability::CrowdMovement
        | Capability::LeftObject
        | Capability::Groups
        | Capability::Attributes
        | Capability::Emotion
        | Capability::Mask
        | Capability::Weapons
        | Capability::FireStart
        | Capability::Begging
        | Capability::Tagging
        | Capability::Voice
        | Capability::Temperature => Group::Judged,
    }
}

/// All that was read in one group.
pub(super) fn blocks(language: Language, record: &Record, group: Group) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut missing = Vec::new();
    for row in &record.measurements.capabilities {
        if group_of(row.capability) != group {
            continue;
        }
        match &row.outcome {
            Outcome::Measured(reading) => blocks.extend(measured(language, row.capability, reading)),
            Outcome::NotMeasured { missing: why } => {
                missing.push((
                    say!(language, capability(row.capability)),
                    say!(language, sentence(say!(language, missing(*why)))),
                ));
            }
        }
    }
    if !missing.is_empty() {
        blocks.push(Block::Heading {
            text: say!(language, NOT_MEASURED_HERE).to_owned(),
        });
        let pairs: Vec<(String, &str)> = missing
            .iter()
            .map(|(what, why)| (format!("{what}."), why.as_str()))
            .collect();
        blocks.push(points(pairs.iter().map(|(what, why)| (what.as_str(), *why))));
    }
    blocks
}

fn measured(language: Language, capability: Capability, reading: &Reading) -> Vec<Block> {
    let name = say!(language, capability(capability));
    let mut blocks = vec![Block::Heading {
        text: name.to_owned(),
    }];
    let text = say!(language, measures::measure(capability));
    if let Some(text) = text {
        blocks.push(Block::Paragraph {
            text: text.definition.to_owned(),
        });
    }
    let entries: Vec<Entry<'_>> = read(capability, reading).collect();
    if !entries.is_empty() {
        let all: Vec<&Entry<'_>> = entries.iter().collect();
        blocks.push(estimates(language, &say!(language, read_caption(name)), &all));
    }
    blocks.extend(
        curves(language, capability, reading)
            .into_iter()
            .map(|chart| drawn_or_said(language, chart)),
    );
    let distributions = reading.distributions.iter().enumerate();
    blocks.extend(
        distributions
            .filter_map(|(at, distribution)| chart(language, capability, at, distribution))
            .map(|chart| drawn_or_said(language, chart)),
    );
    if let Some(text) = text {
        blocks.push(points([
            (say!(language, SOURCE_POINT), text.source),
            (say!(language, SENSITIVITY_POINT), text.sensitivity),
            (say!(language, CANNOT_TELL_POINT), text.cannot_tell),
        ]));
    }
    blocks
}

/// The histogram of a distribution; none where it has no bins or no words.
fn chart(
    language: Language,
    capability: Capability,
    at: usize,
    distribution: &Distribution,
) -> Option<Chart> {
    if distribution.bins.is_empty() {
        return None;
    }
    let text = say!(language, measures::distribution(distribution.name))?;
    let label = |bin: &Bin| match bin.high {
        None => say!(language, or_more(bin.low)),
        Some(high) if distribution.unit == Unit::People && high - bin.low <= 1.0 => language.plain(bin.low),
        Some(high) => language.span(bin.low, high),
    };
    let fullest = charts::fullest(language, &distribution.bins, label);
    let full = say!(
        language,
        spread(
            &text,
            distribution.of.as_deref(),
            distribution.unit,
            fullest.as_ref(),
        )
    );
    let heads = [full.other_axis.clone(), text.counted.to_owned()];
    let chart = charts::histogram(
        language,
        &format!("chart-{}-{}", capability.name(), at + 1),
        full,
        &distribution.bins,
        label,
        Vec::new(),
        &[&heads[0], &heads[1]],
    );
    Some(chart)
}

/// Figures of one name with several thresholds, each as one chart of ranges.
fn curves(language: Language, capability: Capability, reading: &Reading) -> Vec<Chart> {
    let mut charts = Vec::new();
    let mut rest: &[Figure] = &reading.figures;
    while let Some(first) = rest.first() {
        let same = rest
            .iter()
            .take_while(|other| other.name == first.name && other.of == first.of && other.at.is_some())
            .count()
            .max(1);
        let (curve, others) = rest.split_at(same);
        rest = others;
        let shares = curve
            .iter()
            .filter_map(|figure| figure.estimate.as_ref().and_then(Cell::shown));
        let mut units = shares.map(|estimate: &Estimate| estimate.unit);
        if same >= CURVE && units.all(|unit| unit == Unit::Ratio) {
            let number = charts.len() + 1;
            charts.extend(curve_chart(language, capability, number, curve));
        }
    }
    charts
}

fn curve_chart(language: Language, capability: Capability, number: usize, curve: &[Figure]) -> Option<Chart> {
    let titles: Option<Vec<String>> = curve
        .iter()
        .map(|figure| say!(language, measures::figure(figure)).map(|text| text.title))
        .collect();
    let rows: Vec<(String, Option<&Cell<Estimate>>)> = titles?
        .into_iter()
        .zip(curve.iter().map(|figure| figure.estimate.as_ref()))
        .collect();
    let marks: Vec<RangeMark> = rows
        .iter()
        .map(|(label, cell)| range_mark(language, label.clone(), *cell, false))
        .collect();
    let text: ChartText = say!(
        language,
        curve(
            say!(language, capability(capability)),
            &charts::summary(language, &marks)
        )
    );
    let id = format!("chart-{}-curve-{number}", capability.name());
    Some(charts::ranges_chart(
        language,
        &id,
        text,
        axis::shares(language),
        marks,
        say!(language, CURVE_HEAD),
        range_rows(language, &rows),
    ))
}
