//! Known tracks straight into the measures: what they find where no tracker and no pixel can be to blame.

use super::camera::Camera;
use super::scene::Scene;
use super::score::{Score, events, events_of};
use super::script;
use crate::detect::detection::Detection;
use crate::detect::overlap::Rect;
use crate::measure::measures::Measures;
use crate::measure::{EndedTrack, ItemStart, Seen};
use crate::track::track::Track;
use vsa_plan::Subject;
use vsa_record::disclosure::{DataBasis, DisclosurePolicy};
use vsa_record::measurements::Measurements;
use vsa_record::reading::{Capability, FigureName};

fn measured(scene: &Scene) -> Measurements {
    let camera = Camera::new(768, 576);
    let mut measures = Measures::new();
    measures.start_item(&ItemStart {
        label: "synthetic",
        width: camera.width,
        height: camera.height,
        in_sequence: true,
    });
    let mut places: Vec<Vec<(u64, f64, Rect)>> = scene.figures.iter().map(|_| Vec::new()).collect();
    for frame in 0..scene.frames() {
        let found = scene.found(&camera, frame);
        for (number, rect) in &found {
            places[*number].push((frame, scene.time(frame), *rect));
        }
        let people: Vec<Detection> = found
            .into_iter()
            .map(|(_, rect)| Detection::plain(rect, 0.9))
            .collect();
        measures.frame(&Seen {
            frame,
            seconds: scene.time(frame),
            people: Some(&people),
            faces: None,
        });
    }
    for places in places.into_iter().filter(|places| !places.is_empty()) {
        let track = Track::through(places);
        measures.track(&EndedTrack::new(&track, Subject::Person));
    }
    measures.end_item();
    let open = DisclosurePolicy::new(DataBasis::Public, None, None).unwrap();
    measures.finish(&open).0
}

#[test]
fn falls_of_known_tracks_are_found() {
    let mut score = Score::default();
    for scene in (1000..1200).map(script::falls) {
        score.add(
            events(measured(&scene).capability(Capability::Fall)),
            scene.truth.falls,
        );
    }
    score.hold("falls, known tracks", 0.97, 0.85);
}

#[test]
fn collective_movements_of_known_tracks_are_found() {
    let mut score = Score::default();
    for scene in (0..200).map(script::crowd_movement) {
        let found = events(measured(&scene).capability(Capability::CrowdMovement));
        score.add(found, scene.truth.crowd_movements);
    }
    score.hold("collective movements, known tracks", 0.97, 0.95);
}

#[test]
fn people_who_walk_against_all_others_are_found_on_known_tracks() {
    let mut score = Score::default();
    for scene in (0..200).map(script::counter_flow) {
        let measurements = measured(&scene);
        let direction = measurements.capability(Capability::Direction);
        score.add(
            events_of(direction, FigureName::CounterFlowRate),
            scene.truth.against,
        );
    }
    score.hold("counter-flow, known tracks", 0.97, 0.9);
}

#[test]
fn people_who_merely_walk_against_others_neither_fall_nor_panic() {
    for scene in (0..50).map(script::counter_flow) {
        let measurements = measured(&scene);
        assert_eq!(
            events(measurements.capability(Capability::Fall)),
            scene.truth.falls
        );
        if let Some(outcome) = measurements.capability(Capability::CrowdMovement)
            && outcome.measured().is_some()
        {
            assert_eq!(events(Some(outcome)), scene.truth.crowd_movements);
        }
    }
}
