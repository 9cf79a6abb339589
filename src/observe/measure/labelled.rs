//! The measures fed with the hand-made labels of PETS 2009 S2.L1 in place of a detector and a tracker: what comes out
//! must be what one counts in the label file.

use super::measures::Measures;
use super::{EndedTrack, ItemStart, Seen};
use crate::observe::detect::detection::Detection;
use crate::observe::detect::overlap::Rect;
use crate::observe::plan::Subject;
use crate::observe::test_data;
use crate::observe::track::track::{Track, TrackPoint};
use crate::record::disclosure::{DataBasis, DisclosurePolicy};
use std::collections::BTreeMap;

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
                let body = |row: &[f64; 6]| Detection {
                    rect: rect(row),
                    score: 1.0,
                    landmarks: None,
                };
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
                }
            };
            let track = Track {
                points: rows.iter().map(point).collect(),
                fragments: 1,
            };
            measures.track(&EndedTrack {
                track: &track,
                subject: Subject::Person,
            });
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
