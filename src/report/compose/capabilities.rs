//! What each measure read, section by section: figures in a table, distributions as charts, and how it was measured.
//! In: the record and a group of questions. Out: blocks. What was not measured is said at the end, with the reason.

use super::axis;
use super::charts::{self, drawn_or_said};
use super::tables::{Labelled, estimates, heading, paragraph, points};
use crate::document::{Block, Chart};
use crate::formats::Numerals as _;
use crate::wording::say;
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
        Capability::FaceMatching | Capability::FaceQuality | Capability::SinglingOut => Group::Recognisable,
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
    let told = |capability| group_of(capability) == group;
    let rows = record.measurements.capabilities.iter();
    let read = rows.filter(|row| told(row.capability));
    let read = read.filter_map(|row| Some((row.capability, row.outcome.measured()?)));
    let mut blocks: Vec<Block> = read
        .flat_map(|(capability, reading)| measured(language, capability, reading))
        .collect();
    let missing = not_measured(language, record, told);
    if !missing.is_empty() {
        blocks.push(heading(say!(language, NOT_MEASURED_HERE)));
        let missing = missing.into_iter();
        blocks.push(points(missing.map(|(what, why)| (format!("{what}."), why))));
    }
    blocks
}

/// What was not measured of the capabilities that are told, and why, as a sentence.
pub(super) fn not_measured(
    language: Language,
    record: &Record,
    told: impl Fn(Capability) -> bool,
) -> Vec<(&'static str, String)> {
    let rows = record.measurements.capabilities.iter();
    rows.filter(|row| told(row.capability))
        .filter_map(|row| match &row.outcome {
            Outcome::Measured(_) => None,
            Outcome::NotMeasured { missing } => Some((
                say!(language, capability(row.capability)),
                say!(language, missing_in_a_sentence(*missing)),
            )),
        })
        .collect()
}

fn measured(language: Language, capability: Capability, reading: &Reading) -> Vec<Block> {
    let name = say!(language, capability(capability));
    let mut blocks = vec![heading(name)];
    let text = say!(language, measures::measure(capability));
    if let Some(text) = text {
        blocks.push(paragraph(text.definition));
    }
    let entries: Vec<Entry<'_>> = read(capability, reading).collect();
    if !entries.is_empty() {
        let all: Vec<&Entry<'_>> = entries.iter().collect();
        blocks.push(estimates(language, &say!(language, read_caption(name)), &all));
    }
    let distributions = reading.distributions.iter().enumerate();
    let spreads =
        distributions.filter_map(|(at, distribution)| chart(language, capability, at, distribution));
    let charts = curves(language, capability, reading).into_iter().chain(spreads);
    blocks.extend(charts.map(|chart| drawn_or_said(language, chart)));
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
    let text = say!(language, measures::distribution(distribution.name))?;
    let (of, unit) = (distribution.of.as_deref(), distribution.unit);
    let label = |bin: &Bin| match bin.high {
        Some(high) if unit == Unit::People && high - bin.low <= 1.0 => language.plain(bin.low),
        _ => charts::ends(language, bin),
    };
    charts::histogram(
        language,
        &format!("chart-{}-{}", capability.name(), at + 1),
        (&distribution.bins, label),
        Vec::new(),
        |full| [full.other_axis.clone(), text.counted.to_owned()],
        |fullest| say!(language, spread(&text, of, unit, fullest)),
    )
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
    let rows: Vec<Labelled<'_>> = titles?
        .into_iter()
        .zip(curve.iter().map(|figure| figure.estimate.as_ref()))
        .collect();
    let name = say!(language, capability(capability));
    charts::of_rows(
        language,
        &format!("chart-{}-curve-{number}", capability.name()),
        &rows,
        axis::shares(language),
        say!(language, CURVE_HEAD),
        |rows| say!(language, curve(name, rows)),
    )
}
