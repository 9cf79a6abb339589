//! The measures fed with the hand-made labels of PETS 2009 S2.L1 in place of a detector and a tracker: what comes out
//! must be what one counts in the label file.

use super::left_object::LeftObjectMeasure;
use super::measures::{Measures, reading};
use super::{EndedTrack, ItemStart, Results, Seen};
use crate::detect::detection::Detection;
use crate::detect::overlap::Rect;
use crate::footage::grey::GreyGrid;
use crate::test_data;
use crate::track::track::{Track, TrackPoint};
use std::collections::BTreeMap;
use vsa_plan::Subject;
use vsa_record::disclosure::{Cell, DataBasis, DisclosurePolicy};
use vsa_record::measurements::Outcome;
use vsa_record::reading::Capability;

const FRAMES: u64 = 795;

/// The labels, or none where the folder is absent; then says so.
fn labels() -> Option<Vec<[f64; 6]>> {
    let Some(file) = test_data::shared("footage/pets09-s2l1/gt.txt") else {
        test_data::skipped(
            "the_labels_of_pets_are_measured_as_they_can_be_counted",
            "no shared data",
        );
        return None;
    };
    let text = std::fs::read_to_string(file).unwrap();
    let row = |line: &str| -> [f64; 6] {
        let mut numbers = line.split(',').map(|number| number.trim().parse().unwrap());
        std::array::from_fn(|_| numbers.next().unwrap())
    };
    Some(text.lines().map(row).collect())
}

#[test]
fn the_labels_of_pets_are_measured_as_they_can_be_counted() {
    let Some(labels) = labels() else { return };
    let rect = |row: &[f64; 6]| Rect {
        left: row[2] as f32,
        top: row[3] as f32,
        right: (row[2] + row[4]) as f32,
        bottom: (row[3] + row[5]) as f32,
    };
    let mut by_frame: BTreeMap<u64, Vec<[f64; 6]>> = BTreeMap::new();
    let mut by_person: BTreeMap<u64, Vec<[f64; 6]>> = BTreeMap::new();
    for row in &labels {
        by_frame.entry(row[0] as u64 - 1).or_default().push(*row);
        by_person.entry(row[1] as u64).or_default().push(*row);
    }
    let seconds = |frame: u64| frame as f64 / 10.0;
    let run = |policy: &DisclosurePolicy| {
        let mut measures = Measures::new();
        measures.start_item(&ItemStart {
            label: "pets",
            width: 768,
            height: 576,
            in_sequence: true,
        });
        for frame in 0..FRAMES {
            let people: Vec<Detection> = by_frame.get(&frame).map_or_else(Vec::new, |rows| {
                let body = |row: &[f64; 6]| Detection::plain(rect(row), 1.0);
                rows.iter().map(body).collect()
            });
            measures.frame(&Seen {
                frame,
                seconds: seconds(frame),
                people: Some(&people),
                faces: None,
            });
        }
        for rows in by_person.values() {
            let mut rows = rows.clone();
            rows.sort_by(|a, b| a[0].total_cmp(&b[0]));
            let point = |row: &[f64; 6]| {
                let frame = row[0] as u64 - 1;
                TrackPoint {
                    frame,
                    seconds: seconds(frame),
                    rect: rect(row),
                    score: 1.0,
                    seen: true,
                    frontal: false,
                }
            };
            let track = Track {
                points: rows.iter().map(point).collect(),
                fragments: 1,
            };
            measures.track(&EndedTrack::new(&track, Subject::Person));
        }
        measures.end_item();
        measures.finish(policy).0
    };

    let open = run(&DisclosurePolicy::new(DataBasis::Public, None, None).unwrap());
    let presence = open.presence.measured().unwrap();
    assert_eq!(presence.sightings.shown(), Some(&(labels.len() as u64)));
    assert_eq!(
        presence.distinct_people.as_ref().unwrap().shown(),
        Some(&(by_person.len() as u64))
    );
    assert_eq!(
        (labels.len(), by_person.len()),
        (4650, 19),
        "the published size of this set"
    );
    let peak = by_frame.values().map(Vec::len).max().unwrap() as u64;
    assert_eq!(presence.peak.shown(), Some(&peak));
    let mean = presence.people_per_frame.shown().unwrap();
    assert!((mean.value - 4650.0 / 795.0).abs() < 1e-12);
    assert!(
        mean.interval.low > 4.0 && mean.interval.high < 8.0,
        "{:?}",
        mean.interval
    );
    let dwell = open.dwell.measured().unwrap();
    assert_eq!(dwell.people.shown(), Some(&19));
    for (capability, what) in [
        (Capability::Fall, "falls"),
        (Capability::CrowdMovement, "collective movements"),
    ] {
        let reading = open.capability(capability).and_then(Outcome::measured).unwrap();
        let rate = reading.figures[0]
            .estimate
            .as_ref()
            .and_then(Cell::shown)
            .unwrap();
        test_data::measured(&format!(
            "REAL PETS S2.L1, labels: {} {what}, where there are none",
            rate.sample.n
        ));
        assert_eq!(rate.sample.n, 0, "{what}");
    }

    // Under the strict rule 19 people may be spoken of together, and hardly any part of them.
    let strict = run(&DisclosurePolicy::strict());
    let presence = strict.presence.measured().unwrap();
    assert!(
        presence.people_per_frame.shown().is_some(),
        "'6 people in view on average' may be said"
    );
    assert!(presence.peak.shown().is_none());
    assert!(strict.dwell.measured().unwrap().censored.shown().is_none());
}

#[test]
fn in_the_labelled_clip_nothing_is_left_behind() {
    const NAME: &str = "in_the_labelled_clip_nothing_is_left_behind";
    // Two of ten frames a second.
    const STEP: u32 = 5;
    let (Some(labels), Some(frames)) = (labels(), test_data::frames(STEP)) else {
        test_data::skipped(NAME, "no labels, or no clip");
        return;
    };
    let mut measure = reading(Capability::LeftObject, LeftObjectMeasure::default());
    measure.start_item(&ItemStart {
        label: "pets",
        width: 768,
        height: 576,
        in_sequence: true,
    });
    assert_eq!(frames.len() as u64, FRAMES.div_ceil(u64::from(STEP)));
    for frame in &frames {
        let here = labels.iter().filter(|row| row[0] as u64 == frame.index + 1);
        let people: Vec<Detection> = here
            .map(|row| Detection {
                rect: Rect {
                    left: row[2] as f32,
                    top: row[3] as f32,
                    right: (row[2] + row[4]) as f32,
                    bottom: (row[3] + row[5]) as f32,
                },
                score: 1.0,
                landmarks: None,
                quality: None,
            })
            .collect();
        let seen = Seen {
            frame: frame.index,
            seconds: frame.index as f64 / 10.0,
            people: Some(&people),
            faces: None,
        };
        measure.frame(&seen);
        measure.picture(&seen, &GreyGrid::of(&frame.frame()));
    }
    measure.end_item();
    let mut results = Results::new(BTreeMap::new());
    let open = DisclosurePolicy::new(DataBasis::Public, None, None).unwrap();
    measure.finish(&open, &mut results);
    let left = results.measurements.capability(Capability::LeftObject);
    let reading = left.and_then(Outcome::measured).unwrap();
    let rate = reading.figures[0]
        .estimate
        .as_ref()
        .and_then(Cell::shown)
        .unwrap();
    test_data::measured(&format!(
        "REAL PETS S2.L1, frames and labels: {} left objects, where there are none",
        rate.sample.n
    ));
    assert_eq!(rate.sample.n, 0);
}
