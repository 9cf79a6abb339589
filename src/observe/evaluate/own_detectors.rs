//! Footage in, our own detections as [`Labels`] out, to be scored like anybody's. The boxes stay in the room: they are held as
//! text in memory, in the form in which `audit --export-objects` would write them, so that what is scored here is what would
//! be scored from those files.

use super::error::EvaluateError;
use super::ground_truth::{self, ReadOptions, rows};
use super::labels::{Labels, Picture, Sequence};
use super::score::Found;
use crate::custody::digest;
use crate::environment::Environment;
use crate::observe::door;
use crate::observe::export::ExportedFile;
use crate::observe::footage::image_folder;
use crate::observe::plan::{FootageItem, Plan};
use crate::observe::watcher::Watcher;
use crate::record::Record;
use crate::record::facts::ItemKind;
use crate::record::scores::LabelFormat;
use std::path::Path;

/// What of a run is scored.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scored {
    /// Tracks where the labels number people in footage in time; otherwise detections.
    #[default]
    AsLabelled,
    /// Every detection with its score.
    Detections,
    /// What the tracker follows.
    Tracks,
}

/// Runs the plan's detectors over its footage. `truth`: the labels that they will be held to.
pub(super) fn run(
    plan: &Plan,
    truth: &Labels,
    scored: Scored,
    environment: &Environment,
    watcher: &mut dyn Watcher,
) -> Result<Found, EvaluateError> {
    let observation = door::observe_in_the_room(plan, environment, watcher).map_err(Box::new)?;
    let mut labels = Labels::new(LabelFormat::OwnDetectors);
    labels.files = plan.footage.len() as u64;
    let has_faces = truth
        .classes
        .iter()
        .any(|class| names_a_face(class.name.as_deref()));
    let subject = if has_faces { "face" } else { "person" };
    let mut counted_from = observation
        .record
        .models
        .iter()
        .find(|model| model.subject == subject)
        .map(|model| model.score_threshold);
    let numbered = truth.boxes.iter().any(|label| label.subject.is_some());
    for ((at, footage), facts) in plan.footage.iter().enumerate().zip(&observation.record.items) {
        let in_time = facts.kind != ItemKind::Stills;
        let of_tracks = match scored {
            Scored::AsLabelled => in_time && numbered,
            Scored::Detections => false,
            Scored::Tracks => in_time,
        };
        // A track goes on through candidates: no one score tells what of it counts.
        counted_from = counted_from.filter(|_| !of_tracks);
        let what = if of_tracks { "tracks" } else { "detections" };
        let subject = if has_faces { "faces" } else { "people" };
        let name = format!("{subject}-{what}-item-{}.txt", at + 1);
        let file = observation.objects.iter().find(|file| file.name == name).ok_or_else(|| {
            EvaluateError::Options(format!(
                "the labels show {subject}, and no model that finds {subject} was named: add one with --models"
            ))
        })?;
        let stills = if in_time {
            None
        } else {
            Some(still_names(footage)?)
        };
        append(&mut labels, file, footage, stills.as_deref(), subject)?;
    }
    Ok(Found {
        labels,
        path: plan
            .footage
            .first()
            .map(|footage| footage.path.clone())
            .unwrap_or_default(),
        sha256: digest_of(&observation.record),
        models: observation.record.models,
        counted_from,
    })
}

fn names_a_face(name: Option<&str>) -> bool {
    name.is_some_and(|name| name.eq_ignore_ascii_case("face") || name.eq_ignore_ascii_case("faces"))
}

/// Names of a folder's pictures without ending, in the order in which they are looked at.
fn still_names(footage: &FootageItem) -> Result<Vec<String>, EvaluateError> {
    let images = image_folder::images(&footage.path).map_err(|source| EvaluateError::Unreadable {
        path: footage.path.clone(),
        source,
    })?;
    Ok(images
        .iter()
        .map(|image| ground_truth::stem(&image.to_string_lossy()))
        .collect())
}

/// Reads one item's boxes as a sequence (or as stills) behind what is there.
fn append(
    labels: &mut Labels,
    file: &ExportedFile,
    footage: &FootageItem,
    stills: Option<&[String]>,
    subject: &str,
) -> Result<(), EvaluateError> {
    let mut bad = rows::Rows::new(false);
    let path = Path::new(&file.name);
    let read = ground_truth::motchallenge::of_text(path, &file.text, &ReadOptions::default(), &mut bad)?;
    let sequence = match stills {
        None => Sequence::in_time(&footage.label),
        Some(_) => Sequence::stills(),
    };
    // All stills are one set without an order.
    let together = stills.and_then(|_| labels.sequences.iter().position(|known| !known.in_time));
    let number = together.unwrap_or_else(|| {
        labels.sequences.push(sequence);
        labels.sequences.len() - 1
    });
    if labels.classes.is_empty() {
        labels.classes.push(super::labels::Class {
            number: None,
            name: Some(if subject == "faces" { "face" } else { "person" }.to_owned()),
        });
    }
    let from = labels.pictures.len();
    for picture in read.pictures {
        let place = picture.number.and_then(|number| usize::try_from(number - 1).ok());
        let name = stills.and_then(|names| names.get(place?).cloned());
        labels.pictures.push(Picture {
            sequence: number,
            number: picture.number.filter(|_| stills.is_none()),
            name,
            size: None,
        });
    }
    labels
        .boxes
        .extend(read.boxes.into_iter().map(|one| super::labels::LabelBox {
            picture: one.picture + from,
            class: 0,
            attributes: Vec::new(),
            ..one
        }));
    Ok(())
}

/// Of all that decides what was found: footage and models.
fn digest_of(record: &Record) -> String {
    let items = record.items.iter().map(|item| item.sha256.as_str());
    let models = record.models.iter().map(|model| model.sha256.as_str());
    let list: Vec<&str> = items.chain(models).collect();
    digest::of_bytes(list.join("\n").as_bytes())
}
