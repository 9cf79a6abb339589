//! Drawn pictures through the whole pipeline, with a scripted detector that gives the boxes: decoder, tracker, measures.

use super::camera::Camera;
use super::drawn;
use super::ground::{FOURTH, Ground, HALF};
use super::scene::Scene;
use super::score::{Score, events, events_of};
use super::script;
use crate::detect::detection::Detection;
use crate::detect::detector::Detector;
use crate::detect::overlap::Rect;
use crate::footage::frame::Frame;
use crate::{scripted_run, test_data};
use std::path::Path;
use std::sync::Arc;
use vsa_engine::EngineError;
use vsa_record::Record;
use vsa_record::reading::{Capability, FigureName};

/// The boxes of every frame.
struct Boxes(Arc<Vec<Vec<Rect>>>);

impl Detector for Boxes {
    fn detect(&mut self, frame: &Frame<'_>, out: &mut Vec<Detection>) -> Result<(), EngineError> {
        out.extend(
            self.0[drawn::number(frame.rgb)]
                .iter()
                .map(|rect| Detection::plain(*rect, 0.9)),
        );
        Ok(())
    }
}

fn observed(scene: &Scene, ground: &Ground, folder: &Path, jobs: usize) -> Record {
    let camera = Camera::new(ground.width, ground.height);
    let mut boxes = Vec::new();
    for frame in 0..scene.frames() {
        let picture = drawn::picture(scene, &camera, ground, frame);
        picture.save(folder.join(format!("{frame:05}.bmp"))).unwrap();
        boxes.push(
            scene
                .found(&camera, frame)
                .into_iter()
                .map(|(_, rect)| rect)
                .collect(),
        );
    }
    let boxes = Arc::new(boxes);
    let plan = scripted_run::pictures("synthetic", folder, scene.rate);
    scripted_run::run(&plan, "synthetic", jobs, move || {
        Ok(Box::new(Boxes(Arc::clone(&boxes))))
    })
    .unwrap()
    .record
}

/// Scores one kind of scene; none: the clip is not there.
fn score(test: &str, at: usize, part: u32, scenes: impl Iterator<Item = Scene>) -> Option<Score> {
    let Some(ground) = Ground::of_the_clip(part) else {
        test_data::skipped(test, "no clip to take the ground from");
        return None;
    };
    let capability = [
        Capability::Fall,
        Capability::CrowdMovement,
        Capability::LeftObject,
    ][at];
    let mut score = Score::default();
    for scene in scenes {
        let folder = tempfile::tempdir().unwrap();
        let record = observed(&scene, &ground, folder.path(), 2);
        let truth = [
            scene.truth.falls,
            scene.truth.crowd_movements,
            scene.truth.left_objects,
        ][at];
        score.add(events(record.measurements.capability(capability)), truth);
    }
    Some(score)
}

#[test]
fn falls_are_found_through_the_pipeline() {
    if let Some(score) = score(
        "falls_are_found_through_the_pipeline",
        0,
        FOURTH,
        (700..730).map(script::falls),
    ) {
        score.hold("falls, drawn and tracked", 0.85, 0.5);
    }
}

#[test]
fn collective_movements_are_found_through_the_pipeline() {
    let scenes = (500..530).map(script::crowd_movement);
    if let Some(score) = score(
        "collective_movements_are_found_through_the_pipeline",
        1,
        FOURTH,
        scenes,
    ) {
        score.hold("collective movements, drawn and tracked", 0.85, 0.6);
    }
}

#[test]
fn left_objects_are_found_through_the_pipeline() {
    let scenes = (500..530).map(script::left_objects);
    if let Some(score) = score("left_objects_are_found_through_the_pipeline", 2, HALF, scenes) {
        score.hold("left objects, drawn", 0.8, 0.65);
    }
}

#[test]
fn people_who_walk_against_all_others_are_found_through_the_pipeline() {
    let test = "people_who_walk_against_all_others_are_found_through_the_pipeline";
    let Some(ground) = Ground::of_the_clip(FOURTH) else {
        test_data::skipped(test, "no clip to take the ground from");
        return;
    };
    let mut score = Score::default();
    for scene in (500..515).map(script::counter_flow) {
        let folder = tempfile::tempdir().unwrap();
        let record = observed(&scene, &ground, folder.path(), 2);
        let direction = record.measurements.capability(Capability::Direction);
        score.add(
            events_of(direction, FigureName::CounterFlowRate),
            scene.truth.against,
        );
    }
    score.hold("counter-flow, drawn and tracked", 0.8, 0.6);
}

#[test]
fn one_and_many_threads_find_the_same_events() {
    let Some(ground) = Ground::of_the_clip(HALF) else {
        test_data::skipped("one_and_many_threads_find_the_same_events", "no clip");
        return;
    };
    let scene = script::left_objects(501);
    let [one, many] = [1, 5].map(|jobs| {
        let folder = tempfile::tempdir().unwrap();
        observed(&scene, &ground, folder.path(), jobs)
    });
    assert!(one.measurements.capability(Capability::LeftObject).is_some());
    assert!(one == many, "the number of threads changed the record");
}
