//! What PETS has none of: runners, counter-flow, gatherings, dense crowds. People of our own making on a plane seen
//! from above, 100 pixels to the metre, so that every answer can be worked out by hand. Synthetic: no figure of any
//! model card comes from here.

use super::measures::Measures;
use super::{EndedTrack, ItemStart, Seen};
use crate::detect::detection::Detection;
use crate::detect::overlap::Rect;
use crate::track::track::Track;
use vsa_plan::Subject;
use vsa_plan::scene::{Scene, WrittenScene};
use vsa_record::caveat::Caveat;
use vsa_record::disclosure::{CellState, DataBasis, DisclosurePolicy};
use vsa_record::measurements::{Measurements, Missing, Outcome};
use vsa_record::reading::{Capability, DistributionName, FigureName, Reading};

/// Somebody in view in frames `from..to`, at 10 frames a second, from `start` on, in metres and metres per second.
#[derive(Clone, Copy)]
struct Person {
    from: u64,
    to: u64,
    start: [f64; 2],
    velocity: [f64; 2],
}

impl Person {
    fn rect(&self, frame: u64) -> Option<Rect> {
        (self.from..self.to).contains(&frame).then(|| {
            let seconds = (frame - self.from) as f64 / 10.0;
            let [x, y] = [0, 1].map(|axis| 100.0 * (self.start[axis] + seconds * self.velocity[axis]));
            Rect {
                left: x as f32 - 30.0,
                top: y as f32 - 170.0,
                right: x as f32 + 30.0,
                bottom: y as f32,
            }
        })
    }
}

const SIZE: [u32; 2] = [4000, 2000];

fn scene(more: &str) -> Scene {
    let text = format!(
        "frame_size = [4000, 2000]\n{more}\n[calibration]\npoints = [{}]\n",
        [[0, 0], [4000, 0], [4000, 2000], [0, 2000], [1000, 500]]
            .map(|[x, y]| format!("{{ pixel = [{x}, {y}], metres = [{}, {}] }}", x / 100, y / 100))
            .join(", ")
    );
    let written: WrittenScene = toml::from_str(&text).unwrap();
    written.check().unwrap()
}

fn measured_at(
    size: [u32; 2],
    scene: &Scene,
    people: &[Person],
    frames: u64,
    policy: &DisclosurePolicy,
) -> (Measurements, Vec<Caveat>) {
    let mut measures = Measures::of(scene, None);
    measures.start_item(&ItemStart {
        label: "made",
        width: size[0],
        height: size[1],
        in_sequence: true,
    });
    let seconds = |frame: u64| frame as f64 / 10.0;
    for frame in 0..frames {
        let rects = people.iter().filter_map(|person| person.rect(frame));
        let found: Vec<Detection> = rects.map(|rect| Detection::plain(rect, 0.9)).collect();
        measures.frame(&Seen {
            frame,
            seconds: seconds(frame),
            people: Some(&found),
            faces: None,
        });
    }
    for person in people {
        let place = |frame| Some((frame, seconds(frame), person.rect(frame)?));
        let track = Track::through((0..frames).filter_map(place));
        measures.track(&EndedTrack::new(&track, Subject::Person));
    }
    measures.end_item();
    measures.finish(policy)
}

fn measured(scene: &Scene, people: &[Person], frames: u64, policy: &DisclosurePolicy) -> Measurements {
    measured_at(SIZE, scene, people, frames, policy).0
}

fn open() -> DisclosurePolicy {
    DisclosurePolicy::new(DataBasis::Public, None, None).unwrap()
}

fn reading(measurements: &Measurements, capability: Capability) -> &Reading {
    measurements.capability(capability).unwrap().measured().unwrap()
}

/// None: withheld.
fn figure(reading: &Reading, name: FigureName, at: Option<f64>) -> Option<f64> {
    let found = reading
        .figures
        .iter()
        .find(|figure| figure.name == name && figure.at == at);
    let cell = found.unwrap().estimate.as_ref().unwrap();
    cell.shown().map(|estimate| estimate.value)
}

fn is(found: Option<f64>, wanted: f64) {
    let found = found.expect("shown");
    assert!((found - wanted).abs() < 1e-9, "{found} instead of {wanted}");
}

fn walkers(number: u32, velocity: [f64; 2]) -> Vec<Person> {
    let x = if velocity[0] < 0.0 { 35.0 } else { 2.0 };
    (0..number)
        .map(|at| Person {
            from: 0,
            to: 60,
            start: [x, 2.0 + f64::from(at)],
            velocity,
        })
        .collect()
}

#[test]
fn four_of_sixteen_run_and_a_strict_rule_does_not_say_so() {
    let mut people = walkers(12, [1.2, 0.0]);
    people.extend(walkers(4, [3.2, 2.4]));
    let scene = scene("");
    let found = measured(&scene, &people, 100, &open());
    let pace = reading(&found, Capability::Pace);
    is(figure(pace, FigureName::FasterThanShare, Some(2.0)), 0.25);
    is(figure(pace, FigureName::FasterThanShare, Some(3.0)), 0.25);
    let speeds = &pace.distributions[0];
    let filled = |low: f64| {
        speeds
            .bins
            .iter()
            .find(|bin| bin.low.total_cmp(&low).is_eq())
            .unwrap()
            .count
            .shown()
            .copied()
    };
    assert_eq!(
        (filled(1.0), filled(4.0)),
        (Some(12), Some(4)),
        "1.2 and 4.0 metres per second"
    );
    let strict = measured(&scene, &people, 100, &DisclosurePolicy::strict());
    let pace = reading(&strict, Capability::Pace);
    assert_eq!(figure(pace, FigureName::FasterThanShare, Some(2.0)), None);
    for bin in &pace.distributions[0].bins {
        assert!(bin.count.shown().is_none_or(|count| *count == 0 || *count >= 11));
    }
}

#[test]
fn one_against_twelve_is_counter_flow_and_six_against_six_have_no_direction() {
    let mut people = walkers(12, [1.2, 0.1]);
    people.extend(walkers(1, [-1.2, -0.1]));
    let found = measured(&scene(""), &people, 3600, &open());
    let direction = reading(&found, Capability::Direction);
    is(
        figure(direction, FigureName::AgainstDirectionShare, None),
        1.0 / 13.0,
    );
    is(figure(direction, FigureName::CounterFlowRate, None), 10.0);
    let heading = &direction.distributions[0];
    let counts: Vec<_> = heading
        .bins
        .iter()
        .map(|bin| bin.count.shown().copied())
        .collect();
    assert_eq!(counts[0], Some(12));
    assert_eq!(counts[4], Some(1), "180 degrees");
    assert_eq!(heading.bins[7].high, Some(360.0));
    let strict = measured(&scene(""), &people, 3600, &DisclosurePolicy::strict());
    let direction = reading(&strict, Capability::Direction);
    assert_eq!(figure(direction, FigureName::AgainstDirectionShare, None), None);
    assert_eq!(figure(direction, FigureName::CounterFlowRate, None), None);

    let mut halves = walkers(6, [1.2, 0.1]);
    halves.extend(walkers(6, [-1.2, -0.1]));
    let found = measured(&scene(""), &halves, 100, &open());
    let missing = Outcome::NotMeasured {
        missing: Missing::NoCommonDirection,
    };
    assert_eq!(found.capability(Capability::Direction), Some(&missing));
    // Where it is given, half of them move against it.
    let arrow = scene("common_direction = { from = [3000, 100], to = [100, 100] }");
    let found = measured(&arrow, &halves, 100, &open());
    is(
        figure(
            reading(&found, Capability::Direction),
            FigureName::AgainstDirectionShare,
            None,
        ),
        0.5,
    );
}

#[test]
fn three_who_stand_together_gather_and_two_who_pass_each_other_do_not() {
    let standing = |x: f64| Person {
        from: 0,
        to: 200,
        start: [x, 5.0],
        velocity: [0.0, 0.0],
    };
    let passing = |x: f64, speed: f64| Person {
        from: 0,
        to: 200,
        start: [x, 15.0],
        velocity: [speed, 0.0],
    };
    let people = [
        standing(5.0),
        standing(6.0),
        standing(7.0),
        passing(5.0, 1.4),
        passing(33.0, -1.4),
    ];
    let found = measured(&scene(""), &people, 1800, &open());
    let groups = reading(&found, Capability::Groups);
    is(figure(groups, FigureName::InGroupShare, None), 0.6);
    is(figure(groups, FigureName::GatheringRate, Some(3.0)), 20.0);
    let sizes = groups
        .distributions
        .iter()
        .find(|spread| spread.name == DistributionName::GroupSize)
        .unwrap();
    let counts: Vec<_> = sizes.bins.iter().map(|bin| bin.count.shown().copied()).collect();
    assert_eq!(counts, [Some(0), Some(3), Some(0), Some(0), Some(0)]);
    // Steps of half a second from 0 to 19.5 s: 40 for each of five people; the three stand 1 m apart. The two who pass
    // are within 2 m (of a closing speed of 2.8 m/s) while 9.29 <= t <= 10.71: at 9.5, 10.0 and 10.5 s.
    is(
        figure(groups, FigureName::NearerThanShare, Some(2.0)),
        (3.0 * 40.0 + 2.0 * 3.0) / 200.0,
    );
    let strict = measured(&scene(""), &people, 1800, &DisclosurePolicy::strict());
    let withheld = reading(&strict, Capability::Groups);
    assert_eq!(figure(withheld, FigureName::GatheringRate, Some(3.0)), None);
    assert_eq!(figure(withheld, FigureName::NearerThanShare, Some(2.0)), None);
}

#[test]
fn ten_people_on_four_square_metres_are_denser_than_two_and_not_than_three() {
    let square =
        "zone = [{ name = \"gate\", polygon = [[1000, 1000], [1200, 1000], [1200, 1200], [1000, 1200]] }]";
    let people: Vec<Person> = (0..10)
        .map(|at| Person {
            from: 0,
            to: 50,
            start: [10.2 + 0.17 * f64::from(at), 11.0],
            velocity: [0.0, 0.0],
        })
        .collect();
    let found = measured(&scene(square), &people, 100, &open());
    let density = reading(&found, Capability::Density);
    is(figure(density, FigureName::DenserThanShare, Some(2.0)), 0.5);
    is(figure(density, FigureName::DenserThanShare, Some(3.0)), 0.0);
    is(figure(density, FigureName::PeoplePerArea, None), 1.25);
    let zone = reading(&found, Capability::Intrusion);
    is(figure(zone, FigureName::ZoneVisitorShare, None), 1.0);
    // Ten people are fewer than eleven.
    let strict = measured(&scene(square), &people, 100, &DisclosurePolicy::strict());
    let cells = reading(&strict, Capability::Density)
        .figures
        .iter()
        .chain(&reading(&strict, Capability::Intrusion).figures);
    for figure in cells {
        let state = figure.estimate.as_ref().unwrap().state();
        let nobody = figure.at.is_some_and(|at| at > 2.5);
        assert!(
            matches!(state, CellState::Withheld { .. }) || nobody,
            "{figure:?}"
        );
    }
    let no_ground = measured(&scene(""), &people, 100, &open());
    let missing = Outcome::NotMeasured {
        missing: Missing::NoGround,
    };
    assert_eq!(no_ground.capability(Capability::Density), Some(&missing));
}

#[test]
fn pictures_of_another_size_are_left_out_and_said_to_be() {
    let square = "zone = [{ name = \"gate\", polygon = [[100, 100], [300, 100], [300, 300]] }]";
    let (found, caveats) = measured_at([640, 480], &scene(square), &walkers(3, [1.0, 0.0]), 100, &open());
    assert!(caveats.contains(&Caveat::SceneDoesNotFit {
        item: "made".to_owned()
    }));
    for capability in [
        Capability::Pace,
        Capability::Intrusion,
        Capability::Density,
        Capability::Groups,
    ] {
        assert!(
            found.capability(capability).unwrap().measured().is_none(),
            "{capability:?}"
        );
    }
}
