//! Whole measurements from scripted people: what goes in is known, so what comes out is checked number by number,
//! under an open rule and under the strictest.

use super::measures::Measures;
use super::sensitivity::SensitivityMeasure;
use super::{EndedTrack, ItemStart, Seen};
use crate::describe::align::ARCFACE;
use crate::detect::detection::{Detection, Landmarks};
use crate::detect::overlap::Rect;
use crate::track::track::Track;
use vsa_audits::{AuditId, Limit, Verdict, run_all};
use vsa_plan::Subject;
use vsa_record::caveat::Caveat;
use vsa_record::disclosure::{CellState, DataBasis, DisclosurePolicy};
use vsa_record::facts::{
    EngineFacts, FrameCounts, ItemFacts, ItemKind, ModelFacts, PlanFacts, TilingFacts, ToolFacts,
};
use vsa_record::frontal::FrontalFaces;
use vsa_record::json::{JsonError, read_record, to_bytes};
use vsa_record::measurements::{FaceExposure, Level, Measurements, Missing, Outcome};
use vsa_record::{Estimate, Record, SCHEMA};

/// A person who walks through the picture from left to right, in frames `from..to`, 10 frames a second.
#[derive(Clone, Copy)]
struct Walker {
    from: u64,
    to: u64,
    /// Body height in pixels.
    height: f32,
    /// Face width in pixels; 0: no face is found.
    face: f32,
    /// The face looks away from the camera all the time.
    turned: bool,
}

const WIDTH: u32 = 768;
const HEIGHT: u32 = 576;

impl Walker {
    fn body(&self, frame: u64) -> Option<Rect> {
        (self.from..self.to).contains(&frame).then(|| {
            let way = (frame - self.from) as f32 / (self.to - self.from - 1) as f32;
            let left = way * (WIDTH as f32 - self.height / 3.0);
            Rect {
                left,
                top: 150.0,
                right: left + self.height / 3.0,
                bottom: 150.0 + self.height,
            }
        })
    }

    fn face_rect(&self, frame: u64) -> Option<Rect> {
        let body = self.body(frame).filter(|_| self.face > 0.0)?;
        let centre = f32::midpoint(body.left, body.right);
        Some(Rect {
            left: centre - self.face / 2.0,
            top: body.top + 2.0,
            right: centre + self.face / 2.0,
            bottom: body.top + 2.0 + self.face * 1.25,
        })
    }

    /// With the landmarks of a face that looks into the camera, or with the nose beside an eye.
    fn found_face(&self, frame: u64) -> Option<Detection> {
        let rect = self.face_rect(frame)?;
        let mut points = ARCFACE.map(|(x, y)| {
            let (x, y) = (x as f32 / 112.0, y as f32 / 112.0);
            (rect.left + x * rect.width(), rect.top + y * rect.width())
        });
        if self.turned {
            points[2].0 = points[1].0;
        }
        let landmarks = Some(Landmarks(points));
        Some(Detection {
            landmarks,
            ..detection(rect)
        })
    }

    fn track(&self, rect: &dyn Fn(u64) -> Option<Rect>) -> Option<Track> {
        let place = |frame| Some((frame, seconds(frame), rect(frame)?));
        let track = Track::through((self.from..self.to).filter_map(place));
        (!track.points.is_empty()).then_some(track)
    }
}

fn seconds(frame: u64) -> f64 {
    frame as f64 / 10.0
}

fn detection(rect: Rect) -> Detection {
    Detection::plain(rect, 0.9)
}

/// Runs the measures over one scripted item.
fn measured(
    walkers: &[Walker],
    frames: u64,
    in_sequence: bool,
    policy: &DisclosurePolicy,
) -> (Measurements, Vec<Caveat>) {
    let mut measures = Measures::new();
    measures.start_item(&ItemStart {
        label: "item-1",
        width: WIDTH,
        height: HEIGHT,
        in_sequence,
    });
    for frame in 0..frames {
        let bodies = walkers.iter().filter_map(|w| w.body(frame)).map(detection);
        let faces = walkers.iter().filter_map(|w| w.found_face(frame));
        let (bodies, faces): (Vec<_>, Vec<_>) = (bodies.collect(), faces.collect());
        measures.frame(&Seen {
            frame,
            seconds: seconds(frame),
            people: Some(&bodies),
            faces: Some(&faces),
        });
    }
    for walker in walkers.iter().filter(|_| in_sequence) {
        if let Some(track) = walker.track(&|frame| walker.body(frame)) {
            measures.track(&EndedTrack::new(&track, Subject::Person));
        }
        if let Some(mut track) = walker.track(&|frame| walker.face_rect(frame)) {
            let points = track.points.iter_mut();
            points.for_each(|point| point.frontal = !walker.turned);
            measures.track(&EndedTrack::new(&track, Subject::Face));
        }
    }
    measures.end_item();
    measures.finish(policy)
}

/// `count` people, one starting every second, each in view for 4 s; `faces` of them with a face of 24 px (150 px/m),
/// the others with one of 8 px (50 px/m). Bodies are 170 px high (100 px/m).
fn crowd(count: u64, faces: u64) -> Vec<Walker> {
    let walker = |i: u64| Walker {
        from: 10 + i * 10,
        to: 50 + i * 10,
        height: 170.0,
        face: if i < faces { 24.0 } else { 8.0 },
        turned: false,
    };
    (0..count).map(walker).collect()
}

fn open() -> DisclosurePolicy {
    DisclosurePolicy::new(DataBasis::Public, None, None).unwrap()
}

fn record(
    (measurements, caveats): (Measurements, Vec<Caveat>),
    disclosure: DisclosurePolicy,
    frames: FrameCounts,
) -> Record {
    let tiles = TilingFacts {
        columns: 1,
        rows: 1,
        overlap: 0.0,
        whole_frame: true,
    };
    let sensitivity = SensitivityMeasure::default().finish(&disclosure, &measurements);
    Record {
        schema: SCHEMA.to_owned(),
        tool: ToolFacts {
            name: "vsa-audit".to_owned(),
            version: "0.0.0".to_owned(),
        },
        plan: PlanFacts {
            scene: None,
            data_basis: disclosure.data_basis(),
            models: vec!["scripted".to_owned()],
            second_detectors: Vec::new(),
            fusions: Vec::new(),
            sample_fps: None,
            precision: None,
            person_tiles: tiles,
            face_tiles: tiles,
            face_stride: 1,
            thresholds: std::collections::BTreeMap::new(),
            decoder: "none".to_owned(),
        },
        disclosure,
        items: vec![ItemFacts {
            label: "item-1".to_owned(),
            kind: ItemKind::Video,
            sha256: "0".repeat(64),
            bytes: 1,
            container: "none".to_owned(),
            codec: "none".to_owned(),
            width: WIDTH,
            height: HEIGHT,
            duration_seconds: 1.0,
            declared_frame_rate: Some(10.0),
            variable_frame_rate: false,
            decoder: "none".to_owned(),
            frames,
            faults: Vec::new(),
        }],
        models: vec![ModelFacts {
            name: "scripted".to_owned(),
            family: "yolox".to_owned(),
            subject: "person".to_owned(),
            sha256: "0".repeat(64),
            weights_sha256: None,
            licence: "MIT".to_owned(),
            input_width: 1,
            input_height: 1,
            input: None,
            score_threshold: 0.5,
            candidate_score: 0.05,
            nms_iou: 0.5,
            training_data: "none".to_owned(),
            published_figure: None,
        }],
        engine: EngineFacts {
            name: "scripted".to_owned(),
            version: "0".to_owned(),
            libraries: Vec::new(),
            cpu: "scripted".to_owned(),
            precision: "f32".to_owned(),
            scripted: true,
        },
        measurements,
        robustness: Vec::new(),
        sensitivity,
        drawn: None,
        caveats,
    }
}

fn whole(decoded: u64) -> FrameCounts {
    FrameCounts {
        expected: Some(decoded),
        decoded,
        looked_at: decoded,
        damage_told: true,
        ..FrameCounts::default()
    }
}

#[test]
fn people_are_counted_frame_by_frame_and_over_time() {
    // 20 people of 40 frames each: 800 sightings in 300 frames; 4 in view from the fourth second on.
    let (measurements, _) = measured(&crowd(20, 20), 300, true, &open());
    let presence = measurements.presence.measured().unwrap();
    assert_eq!(presence.sightings.shown(), Some(&800));
    assert_eq!(presence.peak.shown(), Some(&4));
    assert_eq!(presence.distinct_people.as_ref().unwrap().shown(), Some(&20));
    assert!((presence.people_per_frame.shown().unwrap().value - 800.0 / 300.0).abs() < 1e-12);
    // Somebody from frame 10 to 239.
    assert!((presence.occupied_share.shown().unwrap().value - 230.0 / 300.0).abs() < 1e-12);
    let by_people: Vec<u64> = presence
        .frames_by_people
        .iter()
        .map(|bin| *bin.count.shown().unwrap())
        .collect();
    assert_eq!(by_people, [70, 20, 20, 20, 170, 0]);
    let over_time: f64 = presence
        .over_time
        .iter()
        .map(|bin| bin.people_per_frame.shown().unwrap() * bin.frames as f64)
        .sum();
    assert!((over_time - 800.0).abs() < 1e-9);
}

#[test]
fn sizes_are_told_as_pixels_and_as_estimated_density() {
    let (measurements, _) = measured(&crowd(20, 5), 300, true, &open());
    let exposure = measurements.face_exposure.measured().unwrap();
    // Faces of 8 px are 10 px high, of 24 px 30 px high.
    let heights: Vec<u64> = exposure
        .face_heights
        .iter()
        .map(|bin| *bin.count.shown().unwrap())
        .collect();
    assert_eq!(heights, [0, 0, 600, 200, 0, 0]);
    let share = |levels: &[vsa_record::measurements::LevelShare], level: Level| {
        let row = levels.iter().find(|row| row.level == level).unwrap();
        row.share_of_people.as_ref().unwrap().shown().unwrap().value
    };
    assert!((share(&exposure.levels_from_faces, Level::Recognise) - 5.0 / 20.0).abs() < 1e-12);
    assert!((share(&exposure.levels_from_faces, Level::Detect) - 1.0).abs() < 1e-12);
    assert!((share(&exposure.levels_from_bodies, Level::Discern) - 1.0).abs() < 1e-12);
    assert!(share(&exposure.levels_from_bodies, Level::Recognise).abs() < 1e-12);
    assert!((exposure.people_with_face.as_ref().unwrap().shown().unwrap().value - 1.0).abs() < 1e-12);
    let median = &exposure.face_height_quantiles[2];
    let median = median.estimate.as_ref().unwrap().shown().unwrap();
    assert!((10.0..=10.3).contains(&median.value), "{}", median.value);
}

/// `whole` people of 170 px who walk through the picture, and `cut` people of whom its lower edge always cuts a part.
fn cut_off(whole: u64, cut: u64) -> Vec<Walker> {
    let mut walkers = crowd(whole + cut, whole + cut);
    for walker in walkers.iter_mut().skip(whole as usize) {
        // 250 px/m, if that were all of a body of 1.7 m.
        walker.height = HEIGHT as f32 - 150.0;
    }
    walkers
}

/// Bodies at the density for recognition: shares of people and of sightings, and how many quantiles of the density are shown.
fn bodies_at_recognition(measurements: &Measurements) -> ([Option<f64>; 2], usize) {
    let exposure = measurements.face_exposure.measured().unwrap();
    let mut levels = exposure.levels_from_bodies.iter();
    let row = levels.find(|row| row.level == Level::Recognise).unwrap();
    let of_people = row.share_of_people.as_ref().unwrap().shown();
    let shares = [of_people, row.share_of_sightings.shown()].map(|share| share.map(|share| share.value));
    let quantiles = exposure.body_density_quantiles.iter();
    let cells = quantiles.filter_map(|quantile| quantile.estimate.as_ref());
    (shares, cells.filter(|cell| cell.shown().is_some()).count())
}

#[test]
fn a_body_that_the_edge_of_the_picture_cuts_has_no_density() {
    let (measurements, _) = measured(&cut_off(20, 20), 500, true, &open());
    let (shares, quantiles) = bodies_at_recognition(&measurements);
    assert_eq!((shares, quantiles), ([Some(0.0), Some(0.0)], 5));
    let exposure = measurements.face_exposure.measured().unwrap();
    let sample = exposure.levels_from_bodies[0].share_of_people.as_ref().unwrap();
    assert_eq!(
        sample.shown().unwrap().sample.n,
        20,
        "those never whole are left out"
    );
    // Everybody walks in and out through the edge: a step of 18 px is no longer cut by the margin of 8.
    let sightings = exposure.levels_from_bodies[0].share_of_sightings.shown().unwrap();
    assert_eq!(sightings.sample.n, 20 * (40 - 2));
    // The same of stills, where nobody is followed.
    let (stills, _) = measured(&cut_off(20, 20), 500, false, &open());
    let exposure = stills.face_exposure.measured().unwrap();
    let share = exposure.levels_from_bodies[0].share_of_sightings.shown().unwrap();
    assert_eq!(share.sample.n, 20 * (40 - 2));
}

#[test]
fn few_who_were_never_whole_cannot_be_computed_from_those_who_were() {
    let strict = DisclosurePolicy::strict();
    let told = |whole, cut| bodies_at_recognition(&measured(&cut_off(whole, cut), 800, true, &strict).0);
    // Everybody has a sighting that is cut; five of 45 have no other.
    let ([of_people, of_sightings], _) = told(40, 5);
    assert_eq!((of_people, of_sightings), (None, Some(0.0)));
    let ([of_people, _], _) = told(40, 15);
    assert_eq!(of_people, Some(0.0));
    let ([of_people, _], _) = told(40, 0);
    assert_eq!(of_people, Some(0.0));
    // Five people alone, none of them ever whole: it is not told either that nobody was.
    let (shares, quantiles) = told(0, 5);
    assert_eq!((shares, quantiles), ([None, None], 0));
    let (alone, _) = measured(&cut_off(0, 5), 800, true, &strict);
    let exposure = alone.face_exposure.measured().unwrap();
    assert_eq!(exposure.body_density_quantiles.len(), 5);
}

/// Faces of all and of those that look towards the camera at the density for recognition: shares of people and of sightings.
type AtRecognition = [Option<f64>; 4];

fn at_recognition(measurements: &Measurements) -> AtRecognition {
    let exposure = measurements.face_exposure.measured().unwrap();
    let frontal = exposure.frontal.as_ref().unwrap().measured().unwrap();
    let row = |levels: &[vsa_record::measurements::LevelShare]| {
        let row = levels.iter().find(|row| row.level == Level::Recognise).unwrap();
        let of_people = row
            .share_of_people
            .as_ref()
            .and_then(|cell| cell.shown().map(|share| share.value));
        [of_people, row.share_of_sightings.shown().map(|share| share.value)]
    };
    let ([people, sightings], [usable_people, usable]) =
        (row(&exposure.levels_from_faces), row(&frontal.levels));
    [people, sightings, usable_people, usable]
}

/// `count` people with faces at 150 px/m, of which these are turned away, and as many others with faces at 50 px/m.
fn turned_away(count: u64, turned: u64, others: u64) -> Vec<Walker> {
    let mut walkers = crowd(count + others, count);
    walkers
        .iter_mut()
        .take(turned as usize)
        .for_each(|walker| walker.turned = true);
    walkers
}

#[test]
fn a_face_that_is_turned_away_is_a_face_and_not_one_for_recognition() {
    let (measurements, _) = measured(&turned_away(80, 60, 20), 1200, true, &open());
    assert_eq!(
        at_recognition(&measurements),
        [Some(0.8), Some(0.8), Some(0.2), Some(0.2)]
    );
    let frontal = measurements
        .face_exposure
        .measured()
        .unwrap()
        .frontal
        .as_ref()
        .unwrap();
    let of_people = frontal
        .measured()
        .unwrap()
        .share_of_people
        .as_ref()
        .unwrap()
        .shown()
        .unwrap();
    assert_eq!(
        (of_people.value.to_bits(), of_people.sample.n),
        (0.4f64.to_bits(), 100)
    );
    let verdict = |record: &Record| {
        let mut findings = run_all(record).into_iter();
        let finding = findings.find(|finding| finding.id == AuditId::FacesReachRecognition);
        let finding = finding.unwrap();
        (
            finding.verdict,
            finding.limits.contains(&Limit::FrontalIsEstimated),
        )
    };
    let mut record = record((measurements, Vec::new()), open(), whole(1200));
    assert_eq!(verdict(&record), (Verdict::FallsShort, true));
    // A record of before that was asked is read, and answered, as it was.
    let Outcome::Measured(exposure) = &mut record.measurements.face_exposure else {
        panic!("faces were looked for")
    };
    exposure.frontal = None;
    let bytes = to_bytes(&record).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("frontal"));
    let read = read_record(&bytes).unwrap();
    assert_eq!(verdict(&read), (Verdict::Meets, false));
}

#[test]
fn few_who_are_turned_away_among_those_who_reach_a_level_cannot_be_computed() {
    let strict = DisclosurePolicy::strict();
    // 40 of 60 reach the level; 35 of 60 do while they look into the camera: each share may be told, and not both.
    let (few, _) = measured(&turned_away(40, 5, 20), 800, true, &strict);
    assert_eq!(
        at_recognition(&few).map(|share| share.is_some()),
        [true, true, false, false]
    );
    let (enough, _) = measured(&turned_away(40, 15, 20), 800, true, &strict);
    assert_eq!(at_recognition(&enough).map(|share| share.is_some()), [true; 4]);
    let (nobody, _) = measured(&turned_away(40, 0, 20), 800, true, &strict);
    assert_eq!(at_recognition(&nobody).map(|share| share.is_some()), [true; 4]);
    // The same of stills, by the most in one of them.
    let together = |turned| {
        let mut walkers = turned_away(40, turned, 20);
        walkers
            .iter_mut()
            .for_each(|walker| (walker.from, walker.to) = (0, 9));
        at_recognition(&measured(&walkers, 9, false, &strict).0).map(|share| share.is_some())
    };
    assert_eq!(together(5), [false, true, false, false]);
    assert_eq!(together(15), [false, true, false, true]);
}

#[test]
fn where_the_model_gives_no_landmarks_it_is_not_known_which_way_faces_look() {
    let mut measures = Measures::new();
    measures.start_item(&ItemStart {
        label: "item-1",
        width: WIDTH,
        height: HEIGHT,
        in_sequence: false,
    });
    let faces = [detection(Rect::sized(10.0, 10.0, 24.0, 30.0))];
    measures.frame(&Seen {
        frame: 0,
        seconds: 0.0,
        people: None,
        faces: Some(&faces),
    });
    measures.end_item();
    let (measurements, _) = measures.finish(&open());
    let missing = Missing::NoLandmarks;
    let exposure = measurements.face_exposure.measured().unwrap();
    assert_eq!(exposure.frontal, Some(Outcome::NotMeasured { missing }));
    let record = record((measurements, Vec::new()), open(), whole(1));
    let mut findings = run_all(&record).into_iter();
    let finding = findings.find(|finding| finding.id == AuditId::FacesReachRecognition);
    let finding = finding.unwrap();
    assert_eq!(finding.verdict, Verdict::NotMeasured { missing });
}

#[test]
fn people_cut_off_by_the_footage_are_lower_bounds_and_not_edge_to_edge() {
    let mut walkers = crowd(20, 20);
    walkers.push(Walker {
        from: 0,
        to: 30,
        height: 170.0,
        face: 0.0,
        turned: false,
    });
    walkers.push(Walker {
        from: 270,
        to: 300,
        height: 170.0,
        face: 0.0,
        turned: false,
    });
    let (measurements, _) = measured(&walkers, 300, true, &open());
    let dwell = measurements.dwell.measured().unwrap();
    assert_eq!(
        (dwell.people.shown(), dwell.censored.shown()),
        (Some(&22), Some(&2))
    );
    let followability = measurements.followability.measured().unwrap();
    let edge = followability
        .edge_to_edge_share
        .as_ref()
        .unwrap()
        .shown()
        .unwrap();
    assert_eq!((edge.value.to_bits(), edge.sample.n), (1.0f64.to_bits(), 20));
    // All 20 whole stays last 3.9 s: nobody stays 10 s, and somebody was watched until all had left.
    let ten = dwell.longer_than[0].share.as_ref().unwrap().shown().unwrap();
    assert!(ten.value.abs() < 1e-12 && ten.interval.high > 0.1);
}

#[test]
fn under_the_strict_rule_nothing_of_ten_people_is_told() {
    let (measurements, caveats) = measured(&crowd(10, 10), 300, true, &DisclosurePolicy::strict());
    let dwell = measurements.dwell.measured().unwrap();
    let withheld =
        |share: &Option<vsa_record::Cell<_>>| share.as_ref().is_some_and(|cell| cell.shown().is_none());
    assert!(
        dwell.longer_than.iter().all(|row| withheld(&row.share)),
        "not even that nobody was watched so long"
    );
    assert!(
        dwell
            .stay_quantiles
            .iter()
            .all(|quantile| withheld(&quantile.estimate))
    );
    let text = serde_json::to_value(&measurements).unwrap();
    assert!(
        shown_numbers(&text).iter().all(|&value| value == 0.0),
        "{:?}",
        shown_numbers(&text)
    );
    assert!(
        caveats
            .iter()
            .any(|caveat| matches!(caveat, Caveat::CellsWithheld { cells } if *cells > 30))
    );
}

/// Values of all shown cells, counts and estimates.
fn shown_numbers(value: &serde_json::Value) -> Vec<f64> {
    match value {
        serde_json::Value::Object(fields) => {
            let mut numbers: Vec<f64> = fields.values().flat_map(shown_numbers).collect();
            if fields.get("state").is_some_and(|state| state == "shown") {
                let value = &fields["value"];
                numbers.extend(value.as_f64().or_else(|| value["value"].as_f64()));
            }
            numbers
        }
        serde_json::Value::Array(items) => items.iter().flat_map(shown_numbers).collect(),
        _ => Vec::new(),
    }
}

#[test]
fn under_the_strict_rule_a_share_of_few_among_many_is_withheld_and_so_is_its_complement() {
    // 30 people, 5 of them with a face that could be recognised.
    let (measurements, _) = measured(&crowd(30, 5), 400, true, &DisclosurePolicy::strict());
    let exposure = measurements.face_exposure.measured().unwrap();
    let recognise = exposure
        .levels_from_faces
        .iter()
        .find(|row| row.level == Level::Recognise)
        .unwrap();
    assert!(recognise.share_of_people.as_ref().unwrap().shown().is_none());
    assert!(recognise.share_of_sightings.shown().is_none());
    // Face heights 10 px (25 people) and 30 px (5 people): the bin of the five, and the edge that would give them away.
    let shown: Vec<bool> = exposure
        .face_heights
        .iter()
        .map(|bin| bin.count.shown().is_some())
        .collect();
    assert!(!shown[2] && !shown[3], "{shown:?}");
    // Everybody together may be spoken of, but not the peak of four.
    let presence = measurements.presence.measured().unwrap();
    assert!(presence.people_per_frame.shown().is_some());
    assert!(presence.peak.shown().is_none());
    assert_eq!(
        presence.frames_by_people.len(),
        2,
        "finer bins would give the peak away"
    );
    assert!(
        presence
            .over_time
            .iter()
            .all(|bin| bin.people_per_frame.shown().is_some())
    );
    // Bins of one width, each with nobody or enough: 100 people in 120 s leave two bins of 64 s.
    let (measurements, _) = measured(&crowd(100, 0), 1200, true, &DisclosurePolicy::strict());
    let over_time = &measurements.presence.measured().unwrap().over_time;
    let ends: Vec<f64> = over_time.iter().map(|bin| bin.from_seconds).collect();
    assert_eq!(ends, [0.0, 64.0]);
    assert!(over_time.iter().all(|bin| bin.people_per_frame.shown().is_some()));
}

#[test]
fn scraps_of_tracks_do_not_make_a_crowd() {
    // One person, torn into 30 tracks of half a second, is not 30 people.
    let torn: Vec<Walker> = (0..30)
        .map(|i| Walker {
            from: 10 + i * 5,
            to: 15 + i * 5,
            height: 170.0,
            face: 0.0,
            turned: false,
        })
        .collect();
    let (measurements, _) = measured(&torn, 300, true, &DisclosurePolicy::strict());
    let presence = measurements.presence.measured().unwrap();
    assert!(presence.people_per_frame.shown().is_none());
    assert!(presence.distinct_people.as_ref().unwrap().shown().is_none());
}

#[test]
fn stills_are_judged_by_the_largest_number_in_one_of_them() {
    let (few, _) = measured(&crowd(20, 20), 300, false, &DisclosurePolicy::strict());
    let presence = few.presence.measured().unwrap();
    assert!(
        presence.people_per_frame.shown().is_none(),
        "never more than 4 in one image"
    );
    assert!(presence.distinct_people.is_none());
    assert_eq!(
        few.dwell,
        Outcome::NotMeasured {
            missing: Missing::NoSequence
        }
    );
    let together: Vec<Walker> = (0..15)
        .map(|_| Walker {
            from: 0,
            to: 300,
            height: 170.0,
            face: 10.0,
            turned: false,
        })
        .collect();
    let (many, _) = measured(&together, 300, false, &DisclosurePolicy::strict());
    let presence = many.presence.measured().unwrap();
    assert_eq!(
        presence.peak.state(),
        &CellState::Shown {
            value: 15,
            people_at_least: 11
        }
    );
}

#[test]
fn without_evidence_there_is_no_number_and_nobody_at_all_is_zero() {
    let (nothing, _) = Measures::new().finish(&open());
    assert_eq!(
        nothing.presence,
        Outcome::NotMeasured {
            missing: Missing::NoFrames
        }
    );
    assert_eq!(
        nothing.face_exposure,
        Outcome::NotMeasured {
            missing: Missing::NoFrames
        }
    );
    let (empty, _) = measured(&[], 100, true, &DisclosurePolicy::strict());
    let presence = empty.presence.measured().unwrap();
    assert_eq!(
        presence.sightings.state(),
        &CellState::Shown {
            value: 0,
            people_at_least: 0
        }
    );
    let mean = presence.people_per_frame.shown().unwrap();
    assert!(mean.value.abs() < 1e-12 && mean.interval.high > 0.0);
    assert_eq!(
        empty.dwell,
        Outcome::NotMeasured {
            missing: Missing::NobodyFound
        }
    );
    assert!(
        empty
            .face_exposure
            .measured()
            .unwrap()
            .levels_from_faces
            .is_empty()
    );
}

#[test]
fn audits_answer_by_interval_and_never_without_evidence() {
    let verdict = |record: &Record, id: AuditId| {
        run_all(record)
            .into_iter()
            .find(|finding| finding.id == id)
            .map(|finding| finding.verdict)
    };
    let seen = record(
        measured(&crowd(100, 100), 1200, true, &open()),
        open(),
        whole(1200),
    );
    assert_eq!(
        verdict(&seen, AuditId::FacesReachRecognition),
        Some(Verdict::Meets)
    );
    assert_eq!(
        verdict(&seen, AuditId::FacesReachIdentification),
        Some(Verdict::FallsShort)
    );
    assert_eq!(
        verdict(&seen, AuditId::BodiesReachObservation),
        Some(Verdict::Meets)
    );
    assert_eq!(
        verdict(&seen, AuditId::EveryoneUnrecognisable),
        Some(Verdict::Meets)
    );
    assert_eq!(
        verdict(&seen, AuditId::PeopleCanBeFollowedThroughTheView),
        Some(Verdict::Meets)
    );
    assert_eq!(verdict(&seen, AuditId::FootageIsIntact), Some(Verdict::Meets));
    // Everybody left within 4 s, so that a stay of 60 s was looked for and not found.
    assert_eq!(
        verdict(&seen, AuditId::LoiteringIsObservable),
        Some(Verdict::FallsShort)
    );

    let damaged = FrameCounts {
        expected: Some(1200),
        decoded: 1100,
        faulty: 20,
        damage_told: true,
        ..FrameCounts::default()
    };
    let few = record(measured(&crowd(20, 0), 300, true, &open()), open(), damaged);
    assert_eq!(verdict(&few, AuditId::FootageIsIntact), Some(Verdict::FallsShort));
    assert!(matches!(
        verdict(&few, AuditId::EveryoneUnrecognisable),
        Some(Verdict::Inconclusive { .. })
    ));

    let hidden = DisclosurePolicy::strict();
    let withheld = record(measured(&crowd(8, 8), 300, true, &hidden), hidden, whole(300));
    assert_eq!(
        verdict(&withheld, AuditId::FacesReachRecognition),
        Some(Verdict::Withheld)
    );

    let nobody = record(measured(&[], 300, true, &open()), open(), whole(300));
    let missing = Missing::NobodyFound;
    assert_eq!(
        verdict(&nobody, AuditId::FacesReachRecognition),
        Some(Verdict::NotMeasured { missing })
    );
    assert_eq!(
        verdict(&nobody, AuditId::LoiteringIsObservable),
        Some(Verdict::NotMeasured { missing })
    );
}

#[test]
fn a_record_reads_back_as_it_was_written_and_not_otherwise() {
    for policy in [open(), DisclosurePolicy::strict()] {
        let record = record(measured(&crowd(30, 5), 400, true, &policy), policy, whole(400));
        let bytes = to_bytes(&record).unwrap();
        assert_eq!(read_record(&bytes).unwrap(), record);
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.ends_with("}\n"));
        let spaced = text.replacen(": ", ":  ", 1);
        assert!(matches!(
            read_record(spaced.as_bytes()),
            Err(JsonError::NotCanonical)
        ));
        let extra = text.replacen("\"caveats\"", "\"boxes\": [],\n  \"caveats\"", 1);
        assert!(matches!(
            read_record(extra.as_bytes()),
            Err(JsonError::Malformed(_))
        ));
        let newer = text.replace(SCHEMA, "vsa-audit/record/99");
        assert!(matches!(
            read_record(newer.as_bytes()),
            Err(JsonError::OtherSchema { .. })
        ));
    }
}

#[test]
fn a_number_that_is_not_finite_is_never_written() {
    let mut record = record(measured(&crowd(3, 0), 100, true, &open()), open(), whole(100));
    record.items[0].declared_frame_rate = Some(f64::NAN);
    assert!(matches!(to_bytes(&record), Err(JsonError::NotFinite)));
}

/// The share and the two groups of people behind it, from a record in which everything is shown.
fn groups_behind(share: &vsa_record::Estimate) -> [u64; 2] {
    let hits = (share.value * share.sample.n as f64).round() as u64;
    [hits, share.sample.n - hits]
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(12))]
    #[test]
    fn what_the_strict_rule_shows_is_backed_by_nobody_or_by_eleven_people(
        people in proptest::collection::vec((10u64..60, 20u64..120, 60.0f32..400.0, 0.0f32..60.0, proptest::bool::ANY), 12..45),
    ) {
        let walkers: Vec<Walker> = people
            .iter()
            .enumerate()
            .map(|(i, &(gap, length, height, face, turned))| {
                let from = i as u64 * 8 + gap;
                Walker { from, to: from + length, height, face: if face < 6.0 { 0.0 } else { face }, turned }
            })
            .collect();
        let (strict, _) = measured(&walkers, 500, true, &DisclosurePolicy::strict());
        let (all, _) = measured(&walkers, 500, true, &open());
        let few = |n: u64| (1..11).contains(&n);
        let (Some(hidden), Some(full)) = (strict.face_exposure.measured(), all.face_exposure.measured()) else {
            panic!("faces were looked for")
        };
        // Shares of people: numerator, complement, and the bands between shown levels, over both standards.
        for (hidden, full) in [
            (&hidden.levels_from_faces, &full.levels_from_faces),
            (&hidden.levels_from_bodies, &full.levels_from_bodies),
        ] {
            let mut reaching: Vec<u64> = Vec::new();
            for (row, truth) in hidden.iter().zip(full.iter()) {
                let truth = truth.share_of_people.as_ref().unwrap().shown().unwrap();
                if row.share_of_people.as_ref().unwrap().shown().is_some() {
                    let groups = groups_behind(truth);
                    proptest::prop_assert!(!groups.into_iter().any(few), "{:?}: {groups:?}", row.level);
                    reaching.push(groups[0]);
                }
            }
            reaching.sort_unstable();
            for pair in reaching.windows(2) {
                proptest::prop_assert!(!few(pair[1] - pair[0]), "between two shown levels: {reaching:?}");
            }
        }
        // Faces that look towards the camera, beside all: who reaches a level, and is not usable at it or a higher one.
        let frontal = |of: &FaceExposure| of.frontal.as_ref().and_then(Outcome::measured).cloned();
        if let (Some(mine), Some(truth)) = (frontal(hidden), frontal(full)) {
            let usable = |found: &FrontalFaces| -> Vec<(f64, Option<Estimate>)> {
                let any = std::iter::once((0.0, found.share_of_people.clone()));
                let levels = found.levels.iter().map(|row| (row.pixels_per_metre, row.share_of_people.clone()));
                any.chain(levels).map(|(at, cell)| (at, cell.unwrap().shown().copied())).collect()
            };
            for ((at, shown), (_, truth)) in usable(&mine).into_iter().zip(usable(&truth)) {
                let groups = groups_behind(&truth.unwrap());
                proptest::prop_assert!(shown.is_none() || !groups.into_iter().any(few), "{at}: {groups:?}");
                for (row, all) in hidden.levels_from_faces.iter().zip(&full.levels_from_faces) {
                    let is_told = row.share_of_people.as_ref().unwrap().shown().is_some();
                    let reach = groups_behind(all.share_of_people.as_ref().unwrap().shown().unwrap())[0];
                    let beside = shown.is_some() && is_told && row.pixels_per_metre <= at;
                    proptest::prop_assert!(!beside || !few(reach - groups[0]), "{:?}: {reach}, {groups:?}", row.level);
                }
            }
        }
        // Stays: a bin counts people directly; the bins that are not shown add up to a number that is not small.
        if let (Some(hidden), Some(full)) = (strict.dwell.measured(), all.dwell.measured()) {
            let pairs = || hidden.stays.iter().zip(&full.stays);
            let truth = |(_, bin): (_, &vsa_record::measurements::Bin)| *bin.count.shown().unwrap();
            let shown: Vec<u64> = pairs().filter(|(bin, _)| bin.count.shown().is_some()).map(truth).collect();
            let rest: u64 = pairs().filter(|(bin, _)| bin.count.shown().is_none()).map(truth).sum();
            proptest::prop_assert!(!shown.iter().copied().any(few) && !few(rest), "{shown:?}, rest {rest}");
        }
        if let (Some(hidden), Some(full)) = (strict.followability.measured(), all.followability.measured()) {
            let rows = [
                (Some(&hidden.unbroken_share), Some(&full.unbroken_share)),
                (hidden.edge_to_edge_share.as_ref(), full.edge_to_edge_share.as_ref()),
            ];
            for (hidden, full) in rows {
                if let (Some(hidden), Some(full)) = (hidden, full) {
                    let groups = groups_behind(full.shown().unwrap());
                    proptest::prop_assert!(hidden.shown().is_none() || !groups.into_iter().any(few), "{groups:?}");
                }
            }
        }
    }
}
