//! The answer: three to six sentences, chosen by what the record holds.

use super::charts::share_at;
use super::decree;
use crate::document::Answer;
use crate::wording::{FacesAtLevel, FacesSeen, say};
use vsa_base::language::Language;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::Estimate;
use vsa_record::measurements::{FaceExposure, Level, LevelShare, Measurements, Missing, Outcome, Quantile};
use vsa_record::reading::{Capability, FigureName};
use vsa_record::{Caveat, Record};

/// The level that the answer names: where DORI expects a person to be recognised.
const NAMED_LEVEL: Level = Level::Recognise;

pub(super) fn answer(language: Language, record: &Record) -> Answer {
    let measured = &record.measurements;
    let mut sentences = presence(language, measured);
    sentences.extend(followed(language, measured));
    sentences.extend(faces(language, measured));
    sentences.extend(linked(language, measured));
    sentences.push(events(language, record));
    let no_labels = record.caveats.contains(&Caveat::NoGroundTruth);
    sentences.push(say!(language, answer_limit(no_labels)));
    let withheld = measured
        .presence
        .measured()
        .is_some_and(|p| p.people_per_frame.shown().is_none());
    Answer {
        title: say!(language, ANSWER_TITLE).to_owned(),
        sentences,
        note: if withheld {
            say!(language, answer_note_withheld(record.disclosure.min_cell()))
        } else {
            say!(language, ANSWER_NOTE).to_owned()
        },
    }
}

fn presence(language: Language, measured: &Measurements) -> Vec<String> {
    let p = match &measured.presence {
        Outcome::NotMeasured { missing } => return vec![say!(language, answer_presence_missing(*missing))],
        Outcome::Measured(p) => p,
    };
    let mean = p.people_per_frame.shown();
    if let (Some(mean), Some(0)) = (mean, p.sightings.shown()) {
        return vec![say!(language, answer_presence_nobody(p.frames, mean))];
    }
    let peak = p.peak.shown().copied();
    let mut sentences = vec![say!(language, answer_presence(p.frames, mean, peak))];
    if let Some(tracks) = p.distinct_people.as_ref().and_then(Cell::shown) {
        sentences.push(say!(language, answer_people(*tracks)));
    }
    sentences
}

fn followed(language: Language, measured: &Measurements) -> Option<String> {
    match &measured.followability {
        Outcome::NotMeasured { missing } => Some(say!(language, answer_followed_missing(*missing))),
        Outcome::Measured(f) if f.people.shown().is_none() => {
            Some(say!(language, ANSWER_FOLLOWED_WITHHELD).to_owned())
        }
        Outcome::Measured(f) => say!(
            language,
            answer_followed(
                median(&f.followed_seconds),
                f.edge_to_edge_share.as_ref().and_then(Cell::shown),
            )
        ),
    }
}

/// Whether people could be found again by their looks, with and without their faces.
fn linked(language: Language, measured: &Measurements) -> Option<String> {
    let reading = measured.capability(Capability::Reidentification)?.measured()?;
    let shown = |name| {
        let figure = reading.figures.iter().find(|figure| figure.name == name)?;
        figure.estimate.as_ref().and_then(Cell::shown)
    };
    let found = shown(FigureName::RankOne)?;
    let without_faces = shown(FigureName::RankOneRedacted);
    Some(say!(language, answer_linked(found, without_faces)))
}

/// How many of the decree's events were measured.
fn events(language: Language, record: &Record) -> String {
    let measured = decree::EVENTS
        .iter()
        .filter(|(capability, _)| {
            let outcome = record.measurements.capability(*capability);
            outcome.is_some_and(|outcome| outcome.measured().is_some())
        })
        .count();
    say!(language, answer_events(measured, decree::EVENTS.len()))
}

fn faces(language: Language, measured: &Measurements) -> Vec<String> {
    match &measured.face_exposure {
        Outcome::NotMeasured { missing } => vec![say!(language, answer_faces_missing(*missing))],
        Outcome::Measured(f) => {
            let seen = FacesSeen {
                frames: f.frames,
                sightings: f.sightings.shown().copied(),
                sized: f.sized_sightings.shown().copied(),
                with_face: f.people_with_face.as_ref().and_then(Cell::shown),
                median_height: median(&f.face_height_quantiles),
            };
            let of_faces = faces_at_level(f).map(|faces| {
                let width = f.assumptions.face_width_metres;
                say!(language, answer_level_of_faces(NAMED_LEVEL, &faces, width))
            });
            let of_bodies = at_level(&f.levels_from_bodies).and_then(Cell::shown);
            let of_bodies = of_bodies.map(|share| {
                say!(
                    language,
                    answer_level_of_bodies(NAMED_LEVEL, share, f.assumptions)
                )
            });
            std::iter::once(say!(language, answer_faces(&seen)))
                .chain(of_faces)
                .chain(of_bodies)
                .collect()
        }
    }
}

/// What faces themselves tell of the level: those that look towards the camera, where that is known. None: no face was found.
fn faces_at_level(faces: &FaceExposure) -> Option<FacesAtLevel<'_>> {
    let all = || at_level(&faces.levels_from_faces).map(|share| (share, false));
    let (share, frontal) = match &faces.frontal {
        Some(Outcome::Measured(frontal)) => at_level(&frontal.levels).map(|share| (share, true)),
        Some(Outcome::NotMeasured {
            missing: Missing::NobodyFound,
        }) => None,
        Some(Outcome::NotMeasured { .. }) | None => all(),
    }?;
    Some(FacesAtLevel {
        share: share.shown(),
        frontal,
    })
}

fn at_level(levels: &[LevelShare]) -> Option<&Cell<Estimate>> {
    let row = levels.iter().find(|share| share.level == NAMED_LEVEL)?;
    Some(share_at(row))
}

fn median(quantiles: &[Quantile]) -> Option<&Estimate> {
    quantiles
        .iter()
        .find(|q| (q.at - 0.5).abs() < 1e-9)
        .and_then(|q| q.estimate.as_ref())
        .and_then(Cell::shown)
}
