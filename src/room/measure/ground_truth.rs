//! The measures on the ground plane, fed with the labelled boxes of PETS 2009 S2.L1 and the dataset's camera file,
//! against the same quantities computed from the labels' own ground-plane metres by
//! `tests/parity/ground_reference.py`, which shares nothing with this program but the definitions.
//!
//! Tolerances. The labelled boxes and the labelled metres differ by 0.14 m (root mean square; 0.33 m at most): that is
//! the error of a hand-drawn box's lower edge, and it bounds everything below.

use super::measures::Measures;
use super::{EndedTrack, ItemStart, Seen};
use crate::detect::detection::Detection;
use crate::detect::overlap::Rect;
use crate::track::track::{Track, TrackPoint};
use serde_json::Value;
use std::collections::BTreeMap;
use vsa_plan::Subject;
use vsa_plan::scene::polygon::distance;
use vsa_plan::scene::{Scene, WrittenScene};
use vsa_record::caveat::Caveat;
use vsa_record::disclosure::{DataBasis, DisclosurePolicy};
use vsa_record::estimate::Unit;
use vsa_record::measurements::{Measurements, Missing, Outcome};
use vsa_record::reading::{Capability, DistributionName, FigureName, Reading};
use vsa_test_data::{shared, skipped};

const FOLDER: &str = "footage/pets09-s2l1";
const FPS: f64 = 7.0;

/// The same drawings as in the script.
const DRAWN: &str = r#"
[common_direction]
from = [100, 300]
to = [600, 300]
[[zone]]
name = "crossing"
polygon = [[230, 170], [480, 160], [560, 330], [210, 340]]
[[line]]
name = "kerb"
from = [380, 380]
to = [380, 120]
"#;
const CAMERA: &str = r#"
[calibration]
camera = "View_001.xml"
ground = [[60, 200], [700, 150], [740, 430], [180, 560]]
"#;

fn reference() -> Value {
    let text = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/parity/ground_reference.json"
    ));
    serde_json::from_str(text).unwrap()
}

fn number(value: &Value, path: &[&str]) -> f64 {
    path.iter()
        .fold(value, |value, key| &value[key])
        .as_f64()
        .unwrap()
}

fn scene(text: &str) -> Option<Scene> {
    let labels = shared(&format!("{FOLDER}/gt.txt"))?;
    let written: WrittenScene = toml::from_str(text).unwrap();
    Some(written.written_in(&labels, text).check().unwrap())
}

/// Frame from 0, person, box; and the place in metres.
type Label = (u64, u64, Rect, [f64; 2]);

fn labels(test: &str) -> Option<Vec<Label>> {
    let Some(file) = shared(&format!("{FOLDER}/gt.txt")) else {
        skipped(test, "no shared data");
        return None;
    };
    let row = |line: &str| {
        let values: Vec<f64> = line
            .split(',')
            .map(|value| value.trim().parse().unwrap())
            .collect();
        let rect = Rect {
            left: values[2] as f32,
            top: values[3] as f32,
            right: (values[2] + values[4]) as f32,
            bottom: (values[3] + values[5]) as f32,
        };
        (
            values[0] as u64 - 1,
            values[1] as u64,
            rect,
            [values[7], values[8]],
        )
    };
    Some(std::fs::read_to_string(file).unwrap().lines().map(row).collect())
}

/// The measures of a scene, fed with the labels. Boxes and people alone: no metres.
fn measured(labels: &[Label], scene: &Scene, policy: &DisclosurePolicy) -> (Measurements, Vec<Caveat>) {
    let mut measures = Measures::of(scene, None);
    measures.start_item(&ItemStart {
        label: "pets",
        width: 768,
        height: 576,
        in_sequence: true,
    });
    let mut people: BTreeMap<u64, Vec<TrackPoint>> = BTreeMap::new();
    for frame in 0..795 {
        let seconds = frame as f64 / FPS;
        let here = labels.iter().filter(|label| label.0 == frame);
        let mut boxes = Vec::new();
        for (_, person, rect, _) in here {
            boxes.push(Detection::plain(*rect, 1.0));
            people.entry(*person).or_default().push(TrackPoint {
                frame,
                seconds,
                rect: *rect,
                score: 1.0,
                seen: true,
                frontal: false,
            });
        }
        measures.frame(&Seen {
            frame,
            seconds,
            people: Some(&boxes),
            faces: None,
        });
    }
    for points in people.into_values() {
        let track = Track { points, fragments: 1 };
        measures.track(&EndedTrack::new(&track, Subject::Person));
    }
    measures.end_item();
    measures.finish(policy)
}

fn open() -> DisclosurePolicy {
    DisclosurePolicy::new(DataBasis::Public, None, None).unwrap()
}

fn reading(measurements: &Measurements, capability: Capability) -> &Reading {
    measurements.capability(capability).unwrap().measured().unwrap()
}

/// A figure's value and the ends of its interval.
fn figure(reading: &Reading, name: FigureName, at: Option<f64>) -> [f64; 3] {
    let found = reading
        .figures
        .iter()
        .find(|figure| figure.name == name && figure.at == at);
    let cell = found.unwrap().estimate.as_ref().unwrap();
    let estimate = cell.shown().unwrap();
    assert!(estimate.interval.low <= estimate.value && estimate.value <= estimate.interval.high);
    [estimate.value, estimate.interval.low, estimate.interval.high]
}

fn quantile(reading: &Reading, name: DistributionName, at: f64) -> f64 {
    let found = reading
        .distributions
        .iter()
        .find(|spread| spread.name == name)
        .unwrap();
    let quantile = found
        .quantiles
        .iter()
        .find(|quantile| quantile.at.total_cmp(&at).is_eq())
        .unwrap();
    quantile.estimate.as_ref().unwrap().shown().unwrap().value
}

#[expect(clippy::disallowed_macros, reason = "a test talks to whoever runs it")]
fn close(what: &str, ours: f64, theirs: f64, tolerance: f64) {
    eprintln!("{what}: ours {ours:.4}, from metres {theirs:.4}");
    assert!(
        (ours - theirs).abs() <= tolerance,
        "{what}: {ours}, but {theirs} from the metres"
    );
}

#[test]
fn the_camera_file_puts_labelled_feet_where_the_labels_metres_are() {
    let test = "the_camera_file_puts_labelled_feet_where_the_labels_metres_are";
    let (Some(labels), Some(scene)) = (labels(test), scene(CAMERA)) else {
        return;
    };
    let plane = scene.plane().unwrap();
    let mut errors: Vec<f64> = labels
        .iter()
        .map(|(_, _, rect, metres)| distance(plane.to_ground(super::places::foot(rect)).unwrap(), *metres))
        .collect();
    errors.sort_by(f64::total_cmp);
    assert_eq!(errors.len(), 4650);
    let square = errors.iter().map(|error| error * error).sum::<f64>() / errors.len() as f64;
    let reference = reference();
    close(
        "rms in metres",
        square.sqrt(),
        number(&reference, &["calibration_metres", "root_mean_square"]),
        1e-6,
    );
    close(
        "largest in metres",
        errors[4649],
        number(&reference, &["calibration_metres", "largest"]),
        1e-4,
    );
    assert!(errors[4649] < 0.35 && errors[2325] < 0.13);
}

#[test]
fn eight_points_of_the_ground_do_as_well_as_the_camera_file() {
    let test = "eight_points_of_the_ground_do_as_well_as_the_camera_file";
    let Some(labels) = labels(test) else { return };
    // Eight labelled feet, spread: the extremes in eight directions of the picture.
    let foot = |label: &Label| super::places::foot(&label.2);
    let points: Vec<String> = (0..8)
        .map(|at| (f64::from(at) * 45.0 + 10.0).to_radians().sin_cos())
        .map(|(sine, cosine)| {
            let along = |label: &&Label| foot(label)[0] * cosine + foot(label)[1] * sine * 1.5;
            let far = labels
                .iter()
                .max_by(|a, b| along(a).total_cmp(&along(b)))
                .unwrap();
            format!("{{ pixel = {:?}, metres = {:?} }}", foot(far), far.3)
        })
        .collect();
    let text = format!(
        "frame_size = [768, 576]\n[calibration]\npoints = [{}]\n",
        points.join(", ")
    );
    let scene = scene(&text).unwrap();
    let residual = scene.described().calibration.as_ref().unwrap().residual.unwrap();
    let plane = scene.plane().unwrap();
    let squares = labels.iter().map(|label| {
        let error = distance(plane.to_ground(foot(label)).unwrap(), label.3);
        error * error
    });
    let error = (squares.sum::<f64>() / labels.len() as f64).sqrt();
    // Better than the camera file, which knows nothing of how a labeller draws the lower edge of a box.
    assert!(error < 0.1, "rms {error}");
    let promised = residual.root_mean_square_metres;
    assert_eq!(residual.points, 8);
    assert!(
        promised > error / 3.0 && promised < 3.0 * error,
        "left-out points promise {promised}, the truth is {error}"
    );
}

#[test]
fn what_is_measured_from_boxes_is_what_follows_from_the_metres() {
    let test = "what_is_measured_from_boxes_is_what_follows_from_the_metres";
    let (Some(labels), Some(scene)) = (labels(test), scene(&format!("{DRAWN}{CAMERA}"))) else {
        return;
    };
    let (found, caveats) = measured(&labels, &scene, &open());
    let reference = reference();
    let told = |path: &[&str]| number(&reference, path);
    assert!(
        caveats.contains(&Caveat::CalibrationUnchecked)
            && !caveats.iter().any(|c| matches!(c, Caveat::NotCalibrated { .. }))
    );

    let pace = reading(&found, Capability::Pace);
    for (at, key) in [(0.25, "0.25"), (0.5, "0.5"), (0.75, "0.75")] {
        // A quantile is rounded up to a grid of 2 %; the rest is the boxes.
        let ours = quantile(pace, DistributionName::Speed, at);
        close(
            &format!("speed {key}"),
            ours,
            told(&["pace", "quantiles", key]),
            0.06,
        );
    }
    for (at, key) in [(2.0, "2.0"), (3.0, "3.0")] {
        let [value, _, high] = figure(pace, FigureName::FasterThanShare, Some(at));
        close(
            &format!("faster than {key}"),
            value,
            told(&["pace", "faster", key]),
            1e-9,
        );
        assert!(high > 0.1, "nobody of 19 leaves room for one in six: {high}");
    }

    let groups = reading(&found, Capability::Groups);
    for (at, key) in [(1.0, "1.0"), (1.5, "1.5"), (2.0, "2.0")] {
        let [ours, low, high] = figure(groups, FigureName::NearerThanShare, Some(at));
        let theirs = told(&["groups", "nearer", key]);
        close(&format!("nearer than {key}"), ours, theirs, 0.03);
        assert!((low..=high).contains(&theirs));
    }
    close(
        "nearest, median",
        quantile(groups, DistributionName::NearestDistance, 0.5),
        told(&["groups", "median_nearest"]),
        0.15,
    );
    close(
        "in a group",
        figure(groups, FigureName::InGroupShare, None)[0],
        told(&["groups", "in_group"]),
        1e-9,
    );
    close(
        "gatherings",
        figure(groups, FigureName::GatheringRate, Some(3.0))[0],
        told(&["groups", "gatherings"]),
        1e-9,
    );

    let density = reading(&found, Capability::Density);
    let square_metres = scene
        .described()
        .calibration
        .as_ref()
        .unwrap()
        .ground_square_metres
        .unwrap();
    close(
        "ground, square metres",
        square_metres,
        told(&["density", "square_metres"]),
        0.5,
    );
    let per_area = figure(density, FigureName::PeoplePerArea, None)[0];
    close(
        "people per 100 square metres",
        100.0 * per_area,
        100.0 * told(&["density", "mean"]),
        0.05,
    );

    let hours = 795.0 / FPS / 3600.0;
    let intrusion = reading(&found, Capability::Intrusion);
    close(
        "entries",
        figure(intrusion, FigureName::ZoneEntryRate, None)[0] * hours,
        told(&["intrusion", "visits"]),
        2.001,
    );
    close(
        "visitors",
        figure(intrusion, FigureName::ZoneVisitorShare, None)[0],
        told(&["intrusion", "visitors"]),
        0.053,
    );
    close(
        "occupied",
        figure(intrusion, FigureName::ZoneOccupiedShare, None)[0],
        told(&["intrusion", "occupied"]),
        0.02,
    );
    close(
        "median stay",
        quantile(intrusion, DistributionName::ZoneStay, 0.5),
        told(&["intrusion", "median_stay"]),
        0.6,
    );
    close(
        "forward",
        figure(intrusion, FigureName::LineForwardRate, None)[0] * hours,
        told(&["intrusion", "forward"]),
        0.001,
    );
    close(
        "backward",
        figure(intrusion, FigureName::LineBackwardRate, None)[0] * hours,
        told(&["intrusion", "backward"]),
        0.001,
    );

    let direction = reading(&found, Capability::Direction);
    close(
        "against",
        figure(direction, FigureName::AgainstDirectionShare, None)[0],
        told(&["direction", "against"]),
        0.063,
    );
    close(
        "counter-flow",
        figure(direction, FigureName::CounterFlowRate, None)[0] * hours,
        told(&["direction", "events"]),
        2.001,
    );
}

#[test]
fn without_a_calibration_body_heights_are_told_and_metres_are_not() {
    let test = "without_a_calibration_body_heights_are_told_and_metres_are_not";
    let Some(labels) = labels(test) else { return };
    let (found, caveats) = measured(&labels, &Scene::default(), &open());
    assert!(caveats.contains(&Caveat::NotCalibrated {
        body_height_metres: 1.7
    }));
    let pace = reading(&found, Capability::Pace);
    assert_eq!(pace.distributions[0].unit, Unit::BodyHeightsPerSecond);
    // 1.0 m/s would be 0.59 heights of 1.7 m a second; what is walked along the line of sight is lost.
    let median = quantile(pace, DistributionName::Speed, 0.5);
    assert!((0.35..=0.62).contains(&median), "{median}");
    let missing = |capability| match found.capability(capability).unwrap() {
        Outcome::NotMeasured { missing } => Some(*missing),
        Outcome::Measured(_) => None,
    };
    assert_eq!(missing(Capability::Density), Some(Missing::NoCalibration));
    assert_eq!(missing(Capability::Intrusion), Some(Missing::NoZones));
    assert_eq!(missing(Capability::Direction), Some(Missing::NoCommonDirection));
    assert_eq!(missing(Capability::Groups), None);
}

#[test]
fn under_the_strict_rule_nothing_speaks_of_fewer_than_eleven_people() {
    let test = "under_the_strict_rule_nothing_speaks_of_fewer_than_eleven_people";
    let (Some(labels), Some(scene)) = (labels(test), scene(&format!("{DRAWN}{CAMERA}"))) else {
        return;
    };
    let (found, _) = measured(&labels, &scene, &DisclosurePolicy::strict());
    let mut shown = 0;
    for capability in [
        Capability::Pace,
        Capability::Direction,
        Capability::Intrusion,
        Capability::Density,
        Capability::Groups,
    ] {
        let reading = reading(&found, capability);
        for figure in &reading.figures {
            let Some(value) = figure.estimate.as_ref().and_then(|cell| cell.shown()) else {
                continue;
            };
            shown += 1;
            // Of 19 people a share about 1 to 10, or about all but 1 to 10, may not be told.
            if matches!(
                figure.name,
                FigureName::AgainstDirectionShare | FigureName::ZoneVisitorShare | FigureName::InGroupShare
            ) {
                panic!("{:?} {value:?}", figure.name);
            }
        }
        for bins in reading.distributions.iter().map(|spread| &spread.bins) {
            for bin in bins {
                let count = bin.count.shown().copied().unwrap_or(0);
                let by_person = reading.distributions[0].name == DistributionName::Speed;
                assert!(!by_person || count == 0 || count >= 11, "{capability:?} {count}");
            }
        }
    }
    assert!(shown >= 4, "the strict rule leaves something: {shown}");
}
