//! The answer: three to six sentences, chosen by what the record holds.

use super::decree;
use crate::record::disclosure::Cell;
use crate::record::estimate::Estimate;
use crate::record::measurements::{Level, Measurements, Outcome, Quantile};
use crate::record::reading::{Capability, FigureName};
use crate::record::{Caveat, Record};
use crate::report::document::Answer;
use crate::report::wording::en as words;

/// The level that the answer names: where DORI expects a person to be recognised.
const NAMED_LEVEL: Level = Level::Recognise;

pub(super) fn answer(record: &Record) -> Answer {
    let measured = &record.measurements;
    let mut sentences = presence(measured);
    sentences.extend(followed(measured));
    sentences.extend(faces(measured));
    sentences.extend(linked(measured));
    sentences.push(events(record));
    let no_labels = record.caveats.contains(&Caveat::NoGroundTruth);
    sentences.push(words::answer_limit(no_labels));
    let withheld = measured
        .presence
        .measured()
        .is_some_and(|p| p.people_per_frame.shown().is_none());
    Answer {
        title: words::ANSWER_TITLE.to_owned(),
        sentences,
        note: if withheld {
            words::answer_note_withheld(record.disclosure.min_cell())
        } else {
            words::ANSWER_NOTE.to_owned()
        },
    }
}

fn presence(measured: &Measurements) -> Vec<String> {
    let p = match &measured.presence {
        Outcome::NotMeasured { missing } => return vec![words::answer_presence_missing(*missing)],
        Outcome::Measured(p) => p,
    };
    let mean = p.people_per_frame.shown();
    if let (Some(mean), Some(0)) = (mean, p.sightings.shown()) {
        return vec![words::answer_presence_nobody(p.frames, mean)];
    }
    let mut sentences = vec![words::answer_presence(p.frames, mean, p.peak.shown().copied())];
    if let Some(tracks) = p.distinct_people.as_ref().and_then(Cell::shown) {
        sentences.push(words::answer_people(*tracks));
    }
    sentences
}

fn followed(measured: &Measurements) -> Option<String> {
    match &measured.followability {
        Outcome::NotMeasured { missing } => Some(words::answer_followed_missing(*missing)),
        Outcome::Measured(f) if f.people.shown().is_none() => {
            Some(words::ANSWER_FOLLOWED_WITHHELD.to_owned())
        }
        Outcome::Measured(f) => words::answer_followed(
            median(&f.followed_seconds),
            f.edge_to_edge_share.as_ref().and_then(Cell::shown),
        ),
    }
}

/// Whether people could be found again by their looks, with and without their faces.
fn linked(measured: &Measurements) -> Option<String> {
    let reading = measured.capability(Capability::Reidentification)?.measured()?;
    let shown = |name| {
        let figure = reading.figures.iter().find(|figure| figure.name == name)?;
        figure.estimate.as_ref().and_then(Cell::shown)
    };
    let found = shown(FigureName::RankOne)?;
    Some(words::answer_linked(found, shown(FigureName::RankOneRedacted)))
}

/// How many of the decree's events were measured.
fn events(record: &Record) -> String {
    let measured = decree::EVENTS
        .iter()
        .filter(|(capability, _)| {
            let outcome = record.measurements.capability(*capability);
            outcome.is_some_and(|outcome| outcome.measured().is_some())
        })
        .count();
    words::answer_events(measured, decree::EVENTS.len())
}

fn faces(measured: &Measurements) -> Vec<String> {
    match &measured.face_exposure {
        Outcome::NotMeasured { missing } => vec![words::answer_faces_missing(*missing)],
        Outcome::Measured(f) => {
            let seen = words::FacesSeen {
                frames: f.frames,
                sightings: f.sightings.shown().copied(),
                sized: f.sized_sightings.shown().copied(),
                with_face: f.people_with_face.as_ref().and_then(Cell::shown),
                median_height: median(&f.face_height_quantiles),
            };
            let level = f
                .levels_from_bodies
                .iter()
                .find(|share| share.level == NAMED_LEVEL)
                .and_then(|share| {
                    share
                        .share_of_people
                        .as_ref()
                        .unwrap_or(&share.share_of_sightings)
                        .shown()
                })
                .map(|share| words::answer_level(NAMED_LEVEL, share, f.assumptions));
            std::iter::once(words::answer_faces(&seen)).chain(level).collect()
        }
    }
}

fn median(quantiles: &[Quantile]) -> Option<&Estimate> {
    quantiles
        .iter()
        .find(|q| (q.at - 0.5).abs() < 1e-9)
        .and_then(|q| q.estimate.as_ref())
        .and_then(Cell::shown)
}
