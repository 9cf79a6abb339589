//! The eight events that French decree 2023-828 allowed software to look for, and what lies outside it and could be
//! extracted all the same. In: the record. Out: a section with two tables and the texts that they rest on.
//! Deliberately not here: any opinion on what is lawful.

use super::parts;
use super::tables::{points, table, value_with_interval};
use crate::audits::LOITERING_SECONDS;
use crate::record::Record;
use crate::record::disclosure::Cell;
use crate::record::estimate::Estimate;
use crate::record::measurements::{Level, Missing, Outcome};
use crate::record::reading::{Capability, Figure, FigureName};
use crate::report::document::{Block, Section};
use crate::report::wording::en as words;
use crate::report::wording::en::measures;

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

/// Capabilities with a figure of their own that the decree does not list.
const OUTSIDE: [(Capability, FigureName); 8] = [
    (Capability::Reidentification, FigureName::RankOne),
    (Capability::Reidentification, FigureName::RankOneRedacted),
    (Capability::FaceMatching, FigureName::EqualErrorRate),
    (Capability::Attributes, FigureName::CoverageShare),
    (Capability::SinglingOut, FigureName::UniqueShare),
    (Capability::Groups, FigureName::InGroupShare),
    (Capability::Pace, FigureName::FasterThanShare),
    (Capability::Gait, FigureName::GaitUsableShare),
];

pub(super) fn section(record: &Record) -> Section {
    let events = table(
        words::EVENTS_CAPTION.to_owned(),
        &words::EVENT_COLUMNS,
        &[false, false, true, false],
        EVENTS
            .iter()
            .flat_map(|event| event_rows(record, event))
            .collect(),
    );
    let mut outside = outside_of_types(record);
    outside.extend(
        OUTSIDE
            .iter()
            .flat_map(|&(capability, name)| outside_rows(record, capability, name)),
    );
    let outside = table(
        words::OUTSIDE_CAPTION.to_owned(),
        &words::OUTSIDE_COLUMNS,
        &[false, false, true],
        outside,
    );
    parts::section(
        words::section_decree(),
        vec![
            Block::Table(events),
            Block::Table(outside),
            Block::Heading {
                text: words::LEGAL_HEADING.to_owned(),
            },
            points(words::LEGAL_NOTES.iter().copied()),
        ],
    )
}

/// One row for each figure of an event; one that says why, where there is none.
fn event_rows(record: &Record, &(capability, names): &(Capability, &[FigureName])) -> Vec<Vec<String>> {
    let row = |how: String, number: String, shown: String| {
        vec![words::decree_event(capability).to_owned(), how, number, shown]
    };
    match figures(record, capability, names) {
        Err(why) => {
            let how = words::sentence(words::missing(why));
            vec![row(
                how,
                words::NOT_MEASURED.to_owned(),
                words::OPERATOR_UNKNOWN.to_owned(),
            )]
        }
        Ok(figures) => figures
            .into_iter()
            .map(|figure| {
                let title = measures::figure(figure).map_or_else(String::new, |text| text.title);
                let cell = figure.estimate.as_ref();
                let shown = cell.and_then(Cell::shown);
                row(
                    title,
                    value_with_interval(cell),
                    shown.map_or_else(|| words::OPERATOR_UNKNOWN.to_owned(), words::operator),
                )
            })
            .collect(),
    }
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

fn outside_rows(record: &Record, capability: Capability, name: FigureName) -> Vec<Vec<String>> {
    let what = words::capability(capability).to_owned();
    match figures(record, capability, &[name]) {
        Err(why) => vec![vec![
            what,
            words::sentence(words::missing(why)),
            words::NOT_MEASURED.to_owned(),
        ]],
        Ok(figures) => figures
            .into_iter()
            .map(|figure| {
                let title = measures::figure(figure).map_or_else(String::new, |text| text.title);
                vec![what.clone(), title, value_with_interval(figure.estimate.as_ref())]
            })
            .collect(),
    }
}

/// The capabilities that have types of their own: following, timing and seeing faces.
fn outside_of_types(record: &Record) -> Vec<Vec<String>> {
    let measured = &record.measurements;
    let followed = told(&measured.followability, |f| f.edge_to_edge_share.as_ref());
    let stays = told(&measured.dwell, |d| {
        let longer = d.longer_than.iter();
        let mut longer = longer.filter(|row| row.seconds.total_cmp(&LOITERING_SECONDS).is_eq());
        longer.next().and_then(|row| row.share.as_ref())
    });
    let faces = told(&measured.face_exposure, |f| {
        let mut levels = f
            .levels_from_faces
            .iter()
            .filter(|share| share.level == Level::Recognise);
        let share = levels.next()?;
        share.share_of_people.as_ref().or(Some(&share.share_of_sightings))
    });
    words::OUTSIDE_TYPES
        .iter()
        .zip([followed, stays, faces])
        .map(|(&(what, figure), told)| match told {
            Ok(value) => vec![what.to_owned(), figure.to_owned(), value],
            Err(why) => vec![
                what.to_owned(),
                words::sentence(words::missing(why)),
                words::NOT_MEASURED.to_owned(),
            ],
        })
        .collect()
}

fn told<'r, T>(
    outcome: &'r Outcome<T>,
    cell: impl Fn(&'r T) -> Option<&'r Cell<Estimate>>,
) -> Result<String, Missing> {
    match outcome {
        Outcome::NotMeasured { missing } => Err(*missing),
        Outcome::Measured(measured) => Ok(value_with_interval(cell(measured))),
    }
}
