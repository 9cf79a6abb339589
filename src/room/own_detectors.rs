//! Footage in, our own detections out, to be scored like anybody's. The boxes stay in the room: they are held as
//! text in memory, in the form in which `audit --export-objects` would write them, so that what is scored here is what would
//! be scored from those files.

use crate::footage::image_folder;
use crate::run::{self, ObserveError};
use crate::watcher::Watcher;
use vsa_base::digest;
use vsa_base::environment::Environment;
use vsa_plan::{FootageItem, Plan};
use vsa_record::Record;
use vsa_record::facts::ItemKind;
use vsa_scoring::{
    EvaluateError, EvaluateRequest, Evaluation, Found, Labels, OwnBoxes, evaluate_made, read_truth, stem,
};

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

/// Why footage could not be scored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluateFootageError {
    /// Our own detectors could not be run.
    #[error(transparent)]
    Observe(#[from] Box<ObserveError>),
    /// What they found could not be held to the labels.
    #[error(transparent)]
    Evaluate(#[from] EvaluateError),
}

/// Runs the detectors of `plan` over its footage and scores them; boxes never leave memory, unless `request.disclosure` lets
/// single objects out. `request.detections` is not read.
///
/// # Errors
/// As [`vsa_scoring::evaluate`], and where the footage cannot be read or a model fails.
pub fn evaluate_footage(
    request: &EvaluateRequest,
    plan: &Plan,
    scored: Scored,
    environment: &Environment,
    watcher: &mut dyn Watcher,
) -> Result<Evaluation, EvaluateFootageError> {
    let truth = read_truth(request)?;
    let found = run(plan, &truth, scored, environment, watcher)?;
    Ok(evaluate_made(&truth, &found, request)?)
}

/// Runs the plan's detectors over its footage. `truth`: the labels that they will be held to.
fn run(
    plan: &Plan,
    truth: &Labels,
    scored: Scored,
    environment: &Environment,
    watcher: &mut dyn Watcher,
) -> Result<Found, EvaluateFootageError> {
    let observation = run::observe_in_the_room(plan, environment, watcher).map_err(Box::new)?;
    let has_faces = truth.shows_faces();
    let subject = if has_faces { "face" } else { "person" };
    let mut own = OwnBoxes::new(plan.footage.len(), subject);
    let mut counted_from = observation.record.counted_from(subject);
    let numbered = truth.numbers_people();
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
        let stills = (!in_time).then(|| still_names(footage)).transpose()?;
        own.add(&file.name, &file.text, &footage.label, stills.as_deref())?;
    }
    let first = plan.footage.first();
    Ok(Found {
        labels: own.labels(),
        path: first.map(|footage| footage.path.clone()).unwrap_or_default(),
        sha256: digest_of(&observation.record),
        models: observation.record.models,
        counted_from,
    })
}

/// Names of a folder's pictures without ending, in the order in which they are looked at.
fn still_names(footage: &FootageItem) -> Result<Vec<String>, EvaluateError> {
    let images = image_folder::images(&footage.path).map_err(|source| EvaluateError::Unreadable {
        path: footage.path.clone(),
        source,
    })?;
    Ok(images
        .iter()
        .map(|image| stem(&image.to_string_lossy()))
        .collect())
}

/// Of all that decides what was found: footage and models.
fn digest_of(record: &Record) -> String {
    let items = record.items.iter().map(|item| item.sha256.as_str());
    let models = record.models.iter().flat_map(|model| {
        let weights = model.weights_sha256.as_deref();
        std::iter::once(model.sha256.as_str()).chain(weights)
    });
    let list: Vec<&str> = items.chain(models).collect();
    digest::of_bytes(list.join("\n").as_bytes())
}
