//! Re-identification on PETS 2009 S2.L1, whose people are labelled: by label, held to an independent computation
//! (`tests/parity/appearance_reference.py`, `re_identification.py`), and by track, as a run without labels would have it.

use super::measures::Measures;
use super::separability::Separability;
use crate::describe::describer::Describer;
use crate::describe::description::{Description, Embedding};
use crate::describe::descriptions::{Descriptions, MOST_MOMENTS};
use crate::describe::network::load;
use crate::detect::detection::Detection;
use crate::detect::overlap::Rect;
use crate::follow::{FrameDetections, ItemPass, SubjectTracker};
use crate::test_data::{bodies, bodies_of_the_zoo, frames};
use crate::track::track::{Track, TrackPoint};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::sync::OnceLock;
use vsa_plan::scene::Scene;
use vsa_plan::{EngineChoice, ModelChoice, Role, Subject};
use vsa_record::disclosure::{DataBasis, DisclosurePolicy};
use vsa_record::estimate::Estimate;
use vsa_record::measurements::Outcome;
use vsa_record::reading::{Capability, FigureName, Reading};
use vsa_statistics::streams::Streams;
use vsa_test_data::{model, shared, skipped};

/// Frame (from 0), person, box.
type Label = (u64, u32, Rect);

/// People are described in every fifth frame at most: two in each second.
const STEP: u32 = 5;

/// Who was labelled where, and what each of them looks like where that is described: to each frame as many as it has labels, in
/// their order.
struct Material {
    labels: Vec<Label>,
    looks: BTreeMap<u64, Vec<Option<Description>>>,
}

/// The sightings that are described, frame and person: of each one's every 2^k-th, twice as many as will be kept at most, so
/// that they still have to be thinned out. What is left is the same as if all had been, in a third of the time.
fn due(labels: &[Label]) -> BTreeSet<(u64, u32)> {
    let mut people: BTreeMap<u32, BTreeSet<u64>> = BTreeMap::new();
    for (frame, who, _) in labels.iter().filter(|(frame, ..)| frame % u64::from(STEP) == 0) {
        people.entry(*who).or_default().insert(*frame);
    }
    let sightings = people.into_iter().flat_map(|(who, frames)| {
        let mut every = 1;
        while frames.len().div_ceil(every) > 2 * MOST_MOMENTS {
            every *= 2;
        }
        let frames = frames.into_iter().step_by(every);
        frames.map(move |frame| (frame, who))
    });
    sightings.collect()
}

/// The networks of bodies that the embedded engine runs, by their names in the registry.
const OSNET: &str = "osnet-x0-25";
const INTELS: &str = "reidentification-0287";

/// A network, as the registry has it.
fn network(name: &str) -> Option<ModelChoice> {
    match name {
        OSNET => model("osnet_x0_25_msmt17_smorodov.onnx").map(bodies),
        _ => model("omz/person-reidentification-retail-0287.onnx").map(bodies_of_the_zoo),
    }
}

/// By the first network, described once for both tests: it is nearly all that they take.
fn material(test: &str) -> Option<&'static Material> {
    static MATERIAL: OnceLock<Result<Material, &str>> = OnceLock::new();
    let made = MATERIAL.get_or_init(|| described_by(OSNET));
    made.as_ref().map_err(|why| skipped(test, why)).ok()
}

fn described_by(name: &str) -> Result<Material, &'static str> {
    let (Some(network), Some(labels)) = (network(name), shared("footage/pets09-s2l1/gt.txt")) else {
        return Err("no model of bodies, or no labels");
    };
    let pictures = frames(STEP).ok_or("no clip")?;
    let mut describer = Describer::new(&[load(&network, &EngineChoice::EMBEDDED).unwrap()]).unwrap();
    let text = std::fs::read_to_string(labels).unwrap();
    let labels: Vec<Label> = text.lines().map(label).collect();
    let due = due(&labels);
    let described = (0..).step_by(STEP as usize).zip(&pictures).map(|(at, picture)| {
        let here: Vec<&Label> = labels.iter().filter(|(frame, ..)| *frame == at).collect();
        let is_due = |(_, who, _): &&Label| due.contains(&(at, *who));
        let people: Vec<Detection> = here
            .iter()
            .copied()
            .filter(is_due)
            .map(|(.., rect)| person(*rect))
            .collect();
        let (described, _) = describer.describe(&picture.frame(), &people, &[]).unwrap();
        assert_eq!(described.len(), people.len());
        let mut described = described.into_iter();
        let look = |label| {
            is_due(label)
                .then(|| described.next().flatten())
                .flatten()
                .map(|one| *one)
        };
        (at, here.iter().map(look).collect())
    });
    let looks = described.collect();
    Ok(Material { labels, looks })
}

fn label(line: &str) -> Label {
    let numbers: Vec<f32> = line
        .split(',')
        .map(|number| number.trim().parse().unwrap())
        .collect();
    let rect = Rect {
        left: numbers[2],
        top: numbers[3],
        right: numbers[2] + numbers[4],
        bottom: numbers[3] + numbers[5],
    };
    (numbers[0] as u64 - 1, numbers[1] as u32, rect)
}

/// A description again: the real one has no `Clone`, so that nothing but a test makes a second.
fn again(seen: &Description) -> Description {
    let again = |embedding: &Option<Embedding>| {
        let values = embedding.as_ref()?.values().to_vec();
        Embedding::of(values)
    };
    Description {
        body: again(&seen.body),
        redacted: again(&seen.redacted),
        clothing: seen.clothing,
        ..Description::default()
    }
}

fn person(rect: Rect) -> Detection {
    Detection::plain(rect, 1.0)
}

fn open() -> DisclosurePolicy {
    DisclosurePolicy::new(DataBasis::Public, None, None).unwrap()
}

#[expect(clippy::disallowed_macros, reason = "a test talks to whoever runs it")]
fn told(what: &str, estimate: &Estimate) {
    eprintln!(
        "{what}: {:.4} ({:.4} to {:.4}), n {}",
        estimate.value, estimate.interval.low, estimate.interval.high, estimate.sample.n
    );
}

#[test]
fn by_label_error_rate_and_rank_one_are_those_of_an_independent_computation() {
    let test = "by_label_error_rate_and_rank_one_are_those_of_an_independent_computation";
    let read = |text| serde_json::from_str::<Value>(text).unwrap();
    let [first, all] = [
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/parity/appearance.json"
        )),
        include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/parity/re_identification.json"
        )),
    ]
    .map(read);
    if let Some(material) = material(test) {
        let error = by_label(OSNET, material, &first["by_labels"]);
        // Two engines, one network.
        assert!((error - all[OSNET]["equal_error"].as_f64().unwrap()).abs() < 0.01);
    }
    match described_by(INTELS) {
        Ok(material) => drop(by_label(INTELS, &material, &all[INTELS])),
        Err(why) => skipped(test, why),
    }
}

/// Holds what a network tells apart to what the reference found; gives the equal error rate.
fn by_label(network: &str, material: &Material, expected: &Value) -> f64 {
    let mut people: BTreeMap<u32, Vec<(u64, Rect)>> = BTreeMap::new();
    let mut looks_of: BTreeMap<u32, Vec<(u64, &Description)>> = BTreeMap::new();
    for (frame, who, rect) in &material.labels {
        people.entry(*who).or_default().push((*frame, *rect));
    }
    for (frame, looks) in &material.looks {
        let labels = material.labels.iter().filter(|(at, ..)| at == frame);
        for ((_, who, _), look) in labels.zip(looks) {
            looks_of
                .entry(*who)
                .or_default()
                .extend(look.as_ref().map(|look| (*frame, look)));
        }
    }
    let mut pairs = Separability::new(|moment| moment.body.as_ref());
    for (who, places) in &mut people {
        places.sort_by_key(|(frame, _)| *frame);
        let mut looks = Descriptions::default();
        for (frame, look) in looks_of.get(who).into_iter().flatten() {
            looks.note(*frame as f64 / 10.0, again(look));
        }
        let point = |(frame, rect): &(u64, Rect)| TrackPoint {
            frame: *frame,
            seconds: *frame as f64 / 10.0,
            rect: *rect,
            score: 1.0,
            seen: true,
            frontal: false,
        };
        let track = Track {
            points: places.iter().map(point).collect(),
            fragments: 1,
        };
        pairs.track(&track, &Rc::new(looks));
    }
    pairs.end_item();
    let found = pairs.finish(&open(), Streams::simulated(950)).unwrap();
    let number = |name: &str| expected[name].as_f64().unwrap();
    let error = found.equal_error.shown().unwrap();
    told(&format!("{network}: equal error rate by label"), error);
    assert!((error.sample.n as f64 - number("same_pairs") - number("different_pairs")).abs() < 1e-9);
    // The grid of similarities is 0.005 wide, and a resizer's rounding moves a similarity by about 0.001.
    assert!(
        (error.value - number("equal_error")).abs() < 0.01,
        "{}",
        error.value
    );
    let rank = found.rank_one.as_ref().unwrap().shown().unwrap();
    told(&format!("{network}: rank one by label"), rank);
    assert!((rank.sample.n as f64 - number("probes")).abs() < 1e-9);
    let hits = rank.value * number("probes");
    assert!(
        (hits - number("hits")).abs() <= 1.001,
        "{hits}, not {}",
        number("hits")
    );
    let penalty = found.inverse_penalty.as_ref().unwrap().shown().unwrap();
    told(&format!("{network}: mINP by label"), penalty);
    let wanted = number("mean_inverse_penalty");
    assert!(
        (penalty.value - wanted).abs() < 0.01,
        "{}, not {wanted}",
        penalty.value
    );
    for ((seconds, share), wanted) in found
        .again
        .iter()
        .zip(expected["found_again"].as_array().unwrap())
    {
        let share = share.as_ref().unwrap().shown().unwrap();
        told(
            &format!("{network}: found again after {seconds} seconds by label"),
            share,
        );
        let wanted = |name: &str| wanted[name].as_f64().unwrap();
        assert!((wanted("seconds") - seconds).abs() < 1e-9);
        assert!((share.sample.n as f64 - wanted("probes")).abs() < 1e-9);
        let hits = share.value * wanted("probes");
        assert!((hits - wanted("hits")).abs() <= 1.001, "{hits}");
    }
    error.value
}

#[test]
fn by_track_linking_looks_about_as_easy_as_by_label() {
    let Some(material) = material("by_track_linking_looks_about_as_easy_as_by_label") else {
        return;
    };
    let mut by_frame: BTreeMap<u64, Vec<Rect>> = BTreeMap::new();
    for (frame, _, rect) in &material.labels {
        by_frame.entry(*frame).or_default().push(*rect);
    }
    let mut measures = Measures::of(&Scene::default(), Some(&BTreeSet::from([Role::BodyEmbedding])));
    let following = |subject, threshold| SubjectTracker::new(subject, threshold, None);
    let trackers = [
        following(Subject::Person, Some(0.5)),
        following(Subject::Face, None),
    ];
    let mut follow = ItemPass::new("pets", true, &mut measures, trackers);
    for frame in 0..795u64 {
        let found: Vec<Detection> = by_frame
            .get(&frame)
            .map_or_else(Vec::new, |rects| rects.iter().copied().map(person).collect());
        let people_described = material.looks.get(&frame).map_or_else(Vec::new, |looks| {
            let look = |look: &Option<Description>| look.as_ref().map(|look| Box::new(again(look)));
            looks.iter().map(look).collect()
        });
        follow.take(FrameDetections {
            second: [None, None],
            grid: None,
            sequence: frame,
            index: frame,
            seconds: frame as f64 / 10.0,
            width: 768,
            height: 576,
            people: Some(found),
            faces: None,
            people_described,
            faces_described: Vec::new(),
        });
    }
    follow.finish(1);
    let (measurements, _) = measures.finish(&open());
    let reading = |capability| -> &Reading {
        let outcome = measurements.capability(capability).unwrap();
        outcome
            .measured()
            .unwrap_or_else(|| panic!("{capability:?}: {outcome:?}"))
    };
    let figures = |capability| {
        let figures = reading(capability).figures.iter();
        for figure in figures.clone() {
            let cell = figure.estimate.as_ref().unwrap();
            told(
                &format!("{capability:?} {:?} {:?}", figure.name, figure.at),
                cell.shown().unwrap(),
            );
        }
        move |name| {
            let figure = figures.clone().find(|figure| figure.name == name).unwrap();
            figure.estimate.as_ref().unwrap().shown().unwrap().value
        }
    };
    let linked = figures(Capability::Reidentification);
    let (error, rank) = (linked(FigureName::EqualErrorRate), linked(FigureName::RankOne));
    assert!((error - 0.102).abs() < 0.05, "by label it is 0.102: {error}");
    assert!((rank - 0.941).abs() < 0.05, "by label it is 0.941: {rank}");
    // Without heads, people are linked by their clothes.
    assert!(linked(FigureName::EqualErrorRateRedacted) < 0.25);
    let alone = figures(Capability::SinglingOut)(FigureName::UniqueShare);
    assert!(alone < 0.5, "grey and black in a dull light: {alone}");
    let gait = figures(Capability::Gait)(FigureName::GaitUsableShare);
    assert!(
        gait > 0.5,
        "most of these people walk through the whole picture: {gait}"
    );
    assert!(matches!(
        measurements.capability(Capability::FaceMatching),
        Some(Outcome::NotMeasured { .. })
    ));
}
