//! The eight events that French decree 2023-828 allowed software to look for, and what lies outside it and could be
//! extracted all the same. In: the record. Out: a section with two tables and the texts that they rest on.
//! Deliberately not here: any opinion on what is lawful.

use super::charts::share_at;
use super::parts;
use super::tables::{heading, points, table_block, value_with_interval};
use crate::document::Section;
use crate::wording::say;
use vsa_audits::LOITERING_SECONDS;
use vsa_base::language::Language;
use vsa_record::Record;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::Estimate;
use vsa_record::measurements::{Level, LevelShare, Missing, Outcome};
use vsa_record::reading::{Capability, Figure, FigureName};

/// The events in the order of the decree, each with the capability that stands for it and the figures that count it.
pub(super) const EVENTS: [(Capability, &[FigureName]); 8] = [
    (Capability::LeftObject, &[FigureName::LeftObjectRate]),
    (Capability::Weapons, &[]),
    (Capability::Direction, &[FigureName::CounterFlowRate]),
    (
        Capability::Intrusion,
        &[
            FigureName::ZoneEntryRate,
            FigureName::LineForwardRate,
            FigureName::LineBackwardRate,
        ],
    ),
    (Capability::Fall, &[FigureName::FallRate]),
    (Capability::CrowdMovement, &[FigureName::CrowdMovementRate]),
    (Capability::Density, &[FigureName::DenserThanShare]),
    (Capability::FireStart, &[]),
];

/// Capabilities with a figure of their own that the decree does not list. Speed is told in metres or in heights of a body.
const OUTSIDE: [(Capability, &[FigureName]); 8] = [
    (Capability::Reidentification, &[FigureName::RankOne]),
    (Capability::Reidentification, &[FigureName::RankOneRedacted]),
    (Capability::FaceMatching, &[FigureName::EqualErrorRate]),
    (Capability::Attributes, &[FigureName::CoverageShare]),
    (Capability::SinglingOut, &[FigureName::UniqueShare]),
    (Capability::Groups, &[FigureName::InGroupShare]),
    (
        Capability::Pace,
        &[FigureName::FasterThanShare, FigureName::FasterThanHeightsShare],
    ),
    (Capability::Gait, &[FigureName::GaitUsableShare]),
];

pub(super) fn section(language: Language, record: &Record) -> Section {
    let events = table_block(
        say!(language, EVENTS_CAPTION),
        &say!(language, EVENT_COLUMNS),
        &[false, false, true, false],
        EVENTS
            .iter()
            .flat_map(|event| event_rows(language, record, event))
            .collect(),
    );
    let mut outside = outside_of_types(language, record);
    for (capability, names) in OUTSIDE {
        let what = say!(language, capability(capability));
        let cells = cells(language, record, capability, names).into_iter();
        outside.extend(cells.map(|([figure, value], _)| vec![what.to_owned(), figure, value]));
    }
    let outside = table_block(
        say!(language, OUTSIDE_CAPTION),
        &say!(language, OUTSIDE_COLUMNS),
        &[false, false, true],
        outside,
    );
    parts::section(
        say!(language, section_decree()),
        vec![
            events,
            outside,
            heading(say!(language, LEGAL_HEADING)),
            points(say!(language, LEGAL_NOTES).iter().copied()),
        ],
    )
}

/// One row for each figure of an event; one that says why, where there is none.
fn event_rows(
    language: Language,
    record: &Record,
    &(capability, names): &(Capability, &[FigureName]),
) -> Vec<Vec<String>> {
    let row = |([how, number], shown): ([String; 2], Option<&Estimate>)| {
        let event = say!(language, decree_event(capability)).to_owned();
        let operator = shown.map_or_else(
            || say!(language, OPERATOR_UNKNOWN).to_owned(),
            |it| say!(language, operator(it)),
        );
        vec![event, how, number, operator]
    };
    let cells = cells(language, record, capability, names);
    cells.into_iter().map(row).collect()
}

/// Each figure and its value, with what may be shown of it; where there is none, what stands in place of both.
fn cells<'r>(
    language: Language,
    record: &'r Record,
    capability: Capability,
    names: &[FigureName],
) -> Vec<([String; 2], Option<&'r Estimate>)> {
    let measured = |figure: &'r Figure| {
        let text = say!(language, measures::figure(figure));
        let cell = figure.estimate.as_ref();
        let value = value_with_interval(language, cell);
        let title = text.map_or_else(String::new, |text| text.title);
        ([title, value], cell.and_then(Cell::shown))
    };
    match figures(record, capability, names) {
        Err(why) => vec![(not_measured(language, why), None)],
        Ok(figures) => figures.into_iter().map(measured).collect(),
    }
}

/// What stands in place of a figure and its value.
fn not_measured(language: Language, why: Missing) -> [String; 2] {
    let why = say!(language, missing_in_a_sentence(why));
    [why, say!(language, NOT_MEASURED).to_owned()]
}

/// The figures of these names, or why there are none.
fn figures<'r>(
    record: &'r Record,
    capability: Capability,
    names: &[FigureName],
) -> Result<Vec<&'r Figure>, Missing> {
    match record.measurements.capability(capability) {
        None => Err(Missing::NotImplementedYet),
        Some(Outcome::NotMeasured { missing }) => Err(*missing),
        Some(Outcome::Measured(reading)) => {
            let found: Vec<&Figure> = reading
                .figures
                .iter()
                .filter(|figure| names.contains(&figure.name))
                .collect();
            if found.is_empty() {
                Err(Missing::TooFewTracks)
            } else {
                Ok(found)
            }
        }
    }
}

/// The capabilities that have types of their own: following, timing and seeing faces.
fn outside_of_types(language: Language, record: &Record) -> Vec<Vec<String>> {
    let measured = &record.measurements;
    let followed = told(language, &measured.followability, |f| {
        f.edge_to_edge_share.as_ref()
    });
    let stays = told(language, &measured.dwell, |d| {
        let mut longer = d.longer_than.iter();
        let longer = longer.find(|row| row.seconds.total_cmp(&LOITERING_SECONDS).is_eq())?;
        longer.share.as_ref()
    });
    let exposure = &measured.face_exposure;
    let frontal = exposure.measured().and_then(|f| f.frontal.as_ref());
    let faces = match frontal {
        Some(frontal) => told(language, frontal, |f| at_recognition(&f.levels)),
        None => told(language, exposure, |f| at_recognition(&f.levels_from_faces)),
    };
    let frontal = frontal.map(|_| say!(language, FRONTAL_AT_RECOGNITION));
    say!(language, OUTSIDE_TYPES)
        .iter()
        .zip([(followed, None), (stays, None), (faces, frontal)])
        .map(|(&(what, figure), (told, other))| {
            let figure = other.unwrap_or(figure);
            let cells = told.map(|value| [figure.to_owned(), value]);
            let [figure, value] = cells.unwrap_or_else(|why| not_measured(language, why));
            vec![what.to_owned(), figure, value]
        })
        .collect()
}

fn at_recognition(levels: &[LevelShare]) -> Option<&Cell<Estimate>> {
    let mut levels = levels.iter();
    levels.find(|share| share.level == Level::Recognise).map(share_at)
}

fn told<'r, T>(
    language: Language,
    outcome: &'r Outcome<T>,
    cell: impl Fn(&'r T) -> Option<&'r Cell<Estimate>>,
) -> Result<String, Missing> {
    match outcome {
        Outcome::NotMeasured { missing } => Err(*missing),
        Outcome::Measured(measured) => Ok(value_with_interval(language, cell(measured))),
    }
}
