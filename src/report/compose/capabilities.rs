//! What each measure read, section by section: figures in a table, distributions as charts, and how it was measured.
//! In: the record and a group of questions. Out: blocks. What was not measured is said at the end, with the reason.

use super::axis;
use super::catalogue::{Entry, read};
use super::charts::{self, drawn_or_said};
use super::tables::{estimates, points, range_mark, range_rows};
use crate::audits::Group;
use crate::record::Record;
use crate::record::disclosure::Cell;
use crate::record::estimate::{Estimate, Unit};
use crate::record::measurements::{Bin, Outcome};
use crate::record::reading::{Capability, Distribution, Figure, Reading};
use crate::report::document::{Block, Chart, RangeMark};
use crate::report::formats;
use crate::report::wording::en::{self as words, ChartText, measures};

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
pub(super) fn blocks(record: &Record, group: Group) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut missing = Vec::new();
    for row in &record.measurements.capabilities {
        if group_of(row.capability) != group {
            continue;
        }
        match &row.outcome {
            Outcome::Measured(reading) => blocks.extend(measured(row.capability, reading)),
            Outcome::NotMeasured { missing: why } => {
                missing.push((
                    words::capability(row.capability),
                    words::sentence(words::missing(*why)),
                ));
            }
        }
    }
    if !missing.is_empty() {
        blocks.push(Block::Heading {
            text: words::NOT_MEASURED_HERE.to_owned(),
        });
        let pairs: Vec<(String, &str)> = missing
            .iter()
            .map(|(what, why)| (format!("{what}."), why.as_str()))
            .collect();
        blocks.push(points(pairs.iter().map(|(what, why)| (what.as_str(), *why))));
    }
    blocks
}

fn measured(capability: Capability, reading: &Reading) -> Vec<Block> {
    let name = words::capability(capability);
    let mut blocks = vec![Block::Heading {
        text: name.to_owned(),
    }];
    let text = measures::measure(capability);
    if let Some(text) = text {
        blocks.push(Block::Paragraph {
            text: text.definition.to_owned(),
        });
    }
    let entries: Vec<Entry<'_>> = read(capability, reading).collect();
    if !entries.is_empty() {
        let all: Vec<&Entry<'_>> = entries.iter().collect();
        blocks.push(estimates(&words::read_caption(name), &all));
    }
    blocks.extend(curves(capability, reading).into_iter().map(drawn_or_said));
    let distributions = reading.distributions.iter().enumerate();
    blocks.extend(
        distributions
            .filter_map(|(at, distribution)| chart(capability, at, distribution))
            .map(drawn_or_said),
    );
    if let Some(text) = text {
        blocks.push(points([
            (words::SOURCE_POINT, text.source),
            (words::SENSITIVITY_POINT, text.sensitivity),
            (words::CANNOT_TELL_POINT, text.cannot_tell),
        ]));
    }
    blocks
}

/// The histogram of a distribution; none where it has no bins or no words.
fn chart(capability: Capability, at: usize, distribution: &Distribution) -> Option<Chart> {
    if distribution.bins.is_empty() {
        return None;
    }
    let text = measures::distribution(distribution.name)?;
    let label = |bin: &Bin| match bin.high {
        None => words::or_more(bin.low),
        Some(high) if distribution.unit == Unit::People && high - bin.low <= 1.0 => formats::plain(bin.low),
        Some(high) => formats::span(bin.low, high),
    };
    let fullest = charts::fullest(&distribution.bins, label);
    let full = words::spread(
        &text,
        distribution.of.as_deref(),
        distribution.unit,
        fullest.as_ref(),
    );
    let heads = [full.other_axis.clone(), text.counted.to_owned()];
    let chart = charts::histogram(
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
fn curves(capability: Capability, reading: &Reading) -> Vec<Chart> {
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
            charts.extend(curve_chart(capability, number, curve));
        }
    }
    charts
}

fn curve_chart(capability: Capability, number: usize, curve: &[Figure]) -> Option<Chart> {
    let titles: Option<Vec<String>> = curve
        .iter()
        .map(|figure| measures::figure(figure).map(|text| text.title))
        .collect();
    let rows: Vec<(String, Option<&Cell<Estimate>>)> = titles?
        .into_iter()
        .zip(curve.iter().map(|figure| figure.estimate.as_ref()))
        .collect();
    let marks: Vec<RangeMark> = rows
        .iter()
        .map(|(label, cell)| range_mark(label.clone(), *cell, false))
        .collect();
    let text: ChartText = words::curve(words::capability(capability), &charts::summary(&marks));
    let id = format!("chart-{}-curve-{number}", capability.name());
    Some(charts::ranges_chart(
        &id,
        text,
        axis::shares(),
        marks,
        words::CURVE_HEAD,
        range_rows(&rows),
    ))
}
