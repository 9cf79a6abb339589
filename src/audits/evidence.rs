//! What an audit may ask for, and how it is found in a record. Out: a cell, or what is missing.

use vsa_record::Record;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::{Estimate, SampleSize, SampledThing, Unit};
use vsa_record::facts::ItemFacts;
use vsa_record::measurements::{Level, LevelShare, Missing};
use vsa_record::reading::{Capability, FigureName};
use vsa_record::robustness::ComparedQuantity;

/// One piece of evidence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Evidence {
    /// Share of frames with anybody in view.
    OccupiedShare,
    /// Share of faces whose best sighting reaches a level while the face looks towards the camera; in records of before that was
    /// asked, whichever way it looks.
    FacesReaching(Level),
    /// Share of people whose best sighting reaches a level by body height.
    BodiesReaching(Level),
    /// Share of people followed from edge to edge.
    EdgeToEdgeShare,
    /// Share of people who stay longer than so many seconds.
    LongerThan(f64),
    /// Share of frames that are missing or faulty.
    DamagedShare,
    /// Share of people found again in the degradation in which the fewest are.
    FoundAgainAtWorst,
    /// The first figure of this name that a measure read.
    Figure(Capability, FigureName),
}

impl Evidence {
    /// Whether, of this record, it asks which way faces look.
    pub(super) fn asks_for_frontal_faces(self, record: &Record) -> bool {
        let exposure = record.measurements.face_exposure.measured();
        matches!(self, Self::FacesReaching(_)) && exposure.is_some_and(|exposure| exposure.frontal.is_some())
    }

    /// The evidence as this record has it.
    pub(super) fn of(self, record: &Record) -> Result<Cell<Estimate>, Missing> {
        let measurements = &record.measurements;
        match self {
            Self::OccupiedShare => measurements
                .presence
                .found()
                .map(|presence| presence.occupied_share.clone()),
            Self::FacesReaching(level) => {
                let exposure = measurements.face_exposure.found()?;
                match &exposure.frontal {
                    Some(frontal) => reaching(&frontal.found()?.levels, level),
                    None => reaching(&exposure.levels_from_faces, level),
                }
            }
            Self::BodiesReaching(level) => {
                reaching(&measurements.face_exposure.found()?.levels_from_bodies, level)
            }
            Self::EdgeToEdgeShare => measurements
                .followability
                .found()?
                .edge_to_edge_share
                .clone()
                .ok_or(Missing::NotWatchedLongEnough),
            Self::LongerThan(seconds) => {
                let rows = &measurements.dwell.found()?.longer_than;
                let row = rows.iter().find(|row| row.seconds.total_cmp(&seconds).is_eq());
                row.and_then(|row| row.share.clone())
                    .ok_or(Missing::NotWatchedLongEnough)
            }
            Self::FoundAgainAtWorst => found_again_at_worst(record),
            Self::Figure(capability, name) => figure(record, capability, name),
            Self::DamagedShare => {
                // Frames are facts about the file: nobody stands behind them.
                damaged(&record.items).map(|estimate| record.disclosure.cell(estimate, 0))
            }
        }
    }
}

/// A withheld share could be the worst: then nothing is said.
fn found_again_at_worst(record: &Record) -> Result<Cell<Estimate>, Missing> {
    let rows = record.robustness.iter();
    let of_people = rows.filter(|row| row.of == ComparedQuantity::PeopleFoundAgain);
    let cells: Vec<&Cell<Estimate>> = of_people.filter_map(|row| row.ratio.as_ref()).collect();
    if record.robustness.is_empty() {
        return Err(Missing::NotAskedFor);
    }
    if let Some(withheld) = cells.iter().find(|cell| cell.shown().is_none()) {
        return Ok((*withheld).clone());
    }
    let value = |cell: &&Cell<Estimate>| cell.shown().map_or(f64::INFINITY, |estimate| estimate.value);
    let worst = cells.into_iter().min_by(|a, b| value(a).total_cmp(&value(b)));
    worst.cloned().ok_or(Missing::NobodyFound)
}

fn figure(record: &Record, capability: Capability, name: FigureName) -> Result<Cell<Estimate>, Missing> {
    let outcome = record.measurements.capability(capability);
    let reading = outcome.ok_or(Missing::NotImplementedYet)?.found()?;
    let figure = reading.figure(name)?;
    figure.estimate.clone().ok_or(Missing::TooFewTracks)
}

fn reaching(rows: &[LevelShare], level: Level) -> Result<Cell<Estimate>, Missing> {
    let row = rows.iter().find(|row| row.level == level);
    let row = row.ok_or(Missing::NobodyFound)?;
    row.share_of_people.clone().ok_or(Missing::NoSequence)
}

/// Counted in full: frames that the file declares or whose time stamps were skipped, and that could not be decoded
/// cleanly, of all that there should be.
fn damaged(items: &[ItemFacts]) -> Result<Estimate, Missing> {
    // Where damage within a frame is concealed, no fault seen is no evidence that there was none.
    if items.iter().any(|item| !item.frames.damage_told) {
        return Err(Missing::DamageNotCounted);
    }
    let (mut lost, mut all) = (0, 0);
    for item in items {
        let frames = item.frames;
        let due = (frames.there() + frames.missing).max(frames.expected.unwrap_or(0));
        lost += (due - frames.there() + frames.faulty).min(due);
        all += due;
    }
    if all == 0 {
        return Err(Missing::NoFrames);
    }
    Ok(Estimate::counted_in_full(
        lost as f64 / all as f64,
        Unit::Ratio,
        SampleSize::new(all, SampledThing::Frames),
    ))
}
