//! The canary: the whole way from footage to finished files, with pixels, places and scores that would be recognised
//! anywhere. Scripted detectors draw boxes at unlikely places; every byte of every output is searched for them.
//!
//! A positive control makes sure that the search can find: the export for public datasets, which is allowed to say
//! places, says them.

use super::describe::description::Embedding;
use super::describe::network::{self, Network};
use super::detect::detection::{Detection, Landmarks};
use super::detect::detector::{Detector, LoadedDetector};
use super::detect::overlap::Rect;
use super::footage::frame::Frame;
use super::run::{Observation, observe_with};
use super::test_data;
use super::watcher::Unwatched;
use crate::detect::scripted;
use ndarray::ArrayD;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vsa_base::environment::Environment;
use vsa_engine::EngineError;
use vsa_engine::outputs::Outputs;
use vsa_engine::{Engine, OutputInfo, Session};
use vsa_plan::{Family, InputSize, Means, ModelChoice, Plan, Role, Subject, VideoDecoder, WrittenPlan};
use vsa_record::DisclosurePolicy;
use vsa_record::disclosure::DataBasis;
use vsa_record::facts::{EngineFacts, ModelFacts};
use vsa_record::json;
use vsa_record::measurements::Outcome;
use vsa_record::reading::{Capability, FigureName};
use vsa_record::robustness::{Corruption, Perturbation};
use vsa_report as report;
use vsa_report::Document;

/// Repeated over every picture.
const PIXEL: [u8; 3] = [0xC5, 0x0A, 0xF7];
const FRAMES: u32 = 40;

/// Walks to the right; the number of the walker is in the colour of the first pixel's neighbour, the frame's number in
/// the first pixel, so that the detector needs no memory and may run on any thread.
struct CanaryDetector(Subject);

fn place(frame: u32, walker: u32) -> (f32, f32) {
    (
        31.371_7 + 2.719_3 * frame as f32,
        17.131_9 + 37.577_7 * walker as f32,
    )
}

fn score(walker: u32) -> f32 {
    0.913_57 - 0.013_37 * walker as f32
}

impl Detector for CanaryDetector {
    fn detect(&mut self, frame: &Frame<'_>, out: &mut Vec<Detection>) -> Result<(), EngineError> {
        let number = u32::from(frame.rgb[0]);
        for walker in 0..3 {
            let (left, top) = place(number, walker);
            let (width, height) = match self.0 {
                Subject::Person => (12.0, 30.0),
                Subject::Face => (5.0, 6.0),
            };
            let rect = Rect::sized(left, top, width, height);
            let (x, y) = (left + 1.111_37, top + 2.222_57);
            let around = [(0.0, 0.0), (2.0, 0.1), (1.1, 1.0), (0.3, 2.1), (1.8, 2.2)];
            let landmarks = Some(Landmarks(around.map(|(right, down)| (x + right, y + down))));
            out.push(Detection {
                rect,
                score: score(walker),
                landmarks,
                quality: None,
            });
        }
        Ok(())
    }
}

struct CanaryModel(Subject);

impl LoadedDetector for CanaryModel {
    fn worker(&self) -> Result<Box<dyn Detector>, EngineError> {
        Ok(Box::new(CanaryDetector(self.0)))
    }

    fn facts(&self) -> ModelFacts {
        test_data::scripted_model("canary", self.0, 10)
    }

    fn score_threshold(&self) -> f32 {
        0.5
    }

    fn engine(&self) -> EngineFacts {
        scripted::facts()
    }
}

/// What the networks that describe would say of a walker: numbers that would be recognised anywhere.
fn looks(walker: u32) -> Vec<f32> {
    let raw = (0..16u32).map(|at| (f64::from(at) * 1.371_9 + f64::from(walker) * 0.913_7).cos());
    raw.map(|value| value as f32).collect()
}

/// How sure the network of poses is of every joint.
const JOINT: f32 = 0.733_17;

/// The label that they would assign: one of many, whose number would be recognised too.
const LABEL: usize = 45_673;
const LABELS: usize = 50_000;

/// Columns and rows of what the networks that describe are shown.
const SIDE: u32 = 16;

/// A network that knows walkers by their colour.
struct CanaryNetwork {
    outputs: [OutputInfo; 1],
    answers: Answers,
}

impl Engine for CanaryNetwork {
    fn session(&self) -> Result<Box<dyn Session>, EngineError> {
        Ok(Box::new(CanarySession {
            answers: self.answers,
            outputs: Outputs::default(),
        }))
    }

    fn outputs(&self) -> &[OutputInfo] {
        &self.outputs
    }

    fn facts(&self) -> EngineFacts {
        scripted::facts()
    }
}

struct CanarySession {
    answers: Answers,
    outputs: Outputs,
}

/// What a canary's network answers with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answers {
    Embedding,
    Labels,
    Joints,
}

impl Session for CanarySession {
    fn run(&mut self, picture: &[u8]) -> Result<&mut [ArrayD<f32>], EngineError> {
        let middle = SIDE as usize / 2;
        let blue = picture[3 * (middle * SIDE as usize + middle) + 2];
        let walker = ((f32::from(PIXEL[2]) - f32::from(blue)) / 16.0)
            .round()
            .clamp(0.0, 2.0) as u32;
        let numbers = match self.answers {
            Answers::Labels => {
                let mut scores = vec![0.0; LABELS];
                scores[LABEL + walker as usize] = 0.971_313;
                scores
            }
            Answers::Embedding => looks(walker),
            // Joints one below the other, so that legs are seen.
            Answers::Joints => {
                let mut maps = vec![0.0; 17 * 40 * 2];
                (0..17).for_each(|joint| maps[joint * 80 + 2 * (joint + 3)] = JOINT);
                let maps = ArrayD::from_shape_vec(vec![1, 17, 40, 2], maps).expect("maps");
                self.outputs.put(0, &maps.view());
                return Ok(self.outputs.all());
            }
        };
        let row = ArrayD::from_shape_vec(vec![1, numbers.len()], numbers).expect("a row");
        self.outputs.put(0, &row.view());
        Ok(self.outputs.all())
    }
}

fn networks() -> Vec<Arc<Network>> {
    let network = |role: Role| {
        let answers = match role {
            Role::BodyEmbedding | Role::FaceEmbedding => Answers::Embedding,
            Role::Pose => Answers::Joints,
            _ => Answers::Labels,
        };
        let choice = ModelChoice {
            role,
            subject: role.subject().expect("it describes"),
            family: match role {
                Role::BodyEmbedding => Family::Osnet,
                Role::FaceEmbedding => Family::Mobilefacenet,
                Role::Pose => Family::PoseHeatmaps,
                _ => Family::Classifier,
            },
            input_size: (SIDE, SIDE),
            mean: Some([0.0; 3]),
            std: Some([1.0; 3]),
            ..test_data::choice_without_file(Family::Classifier, (SIDE, SIDE))
        };
        let engine = CanaryNetwork {
            outputs: [OutputInfo {
                name: "canary".to_owned(),
                shape: match answers {
                    Answers::Labels => vec![Some(1), Some(LABELS)],
                    Answers::Embedding => vec![Some(1), Some(16)],
                    Answers::Joints => vec![Some(1), Some(17), Some(40), Some(2)],
                },
            }],
            answers,
        };
        let contract = network::contract(&choice).expect("a contract");
        let facts = CanaryModel(Subject::Person).facts();
        Arc::new(Network::new(&choice, contract, Box::new(engine), facts).expect("fits"))
    };
    [
        Role::BodyEmbedding,
        Role::FaceEmbedding,
        Role::Age,
        Role::Gender,
        Role::Emotion,
        Role::Mask,
        Role::Pose,
    ]
    .map(network)
    .into()
}

fn footage(folder: &Path) -> PathBuf {
    let path = folder.join("CanaryFolderName");
    std::fs::create_dir(&path).expect("made");
    for number in 0..FRAMES {
        // Walkers differ from the ground by a little blue.
        let mut picture = image::RgbImage::from_fn(160, 130, |column, row| {
            let inside = |walker: &u32| {
                let (left, top) = place(number, *walker);
                let (x, y) = (column as f32 + 0.5, row as f32 + 0.5);
                (left..left + 12.0).contains(&x) && (top..top + 30.0).contains(&y)
            };
            let walker = (0..3u8).find(|walker| inside(&u32::from(*walker)));
            image::Rgb([PIXEL[0], PIXEL[1], PIXEL[2] - 16 * walker.unwrap_or(0)])
        });
        picture.put_pixel(
            0,
            0,
            image::Rgb([u8::try_from(number).expect("few frames"), PIXEL[1], PIXEL[2]]),
        );
        picture
            .save(path.join(format!("CanaryFileName{number}.png")))
            .expect("saved");
    }
    path
}

fn plan(path: &Path, disclosure: &DisclosurePolicy) -> Plan {
    let model = |subject| ModelChoice {
        name: "canary".to_owned(),
        path: PathBuf::from("CanaryModelPath"),
        sha256: "0".repeat(64),
        weights: None,
        family: Family::Yolox,
        subject,
        role: Role::Find,
        input_size: (10, 10),
        input: InputSize::Model,
        colour: None,
        mean: None,
        std: None,
        person_class: 0,
        score_threshold: 0.5,
        nms_iou: 0.5,
        licence: "none".to_owned(),
        training_data: "none".to_owned(),
        published_figure: None,
    };
    let written = WrittenPlan {
        data_basis: Some(disclosure.data_basis()),
        export_objects: Some(disclosure.objects_exported()),
        ..test_data::written("item-1", path, Some(10.0))
    };
    let means = Means::new(
        vec![model(Subject::Person), model(Subject::Face)],
        VideoDecoder::Ffmpeg(PathBuf::from("CanaryProgramPath")),
    );
    // The canary sings in degraded frames too.
    let degraded = [Corruption::FrameDrop, Corruption::LowLight].map(|corruption| Perturbation {
        corruption,
        severity: 2,
    });
    let plan = written.check(means).expect("a plan");
    plan.degraded_by(degraded.to_vec()).expect("a plan")
}

fn observed(path: PathBuf, disclosure: DisclosurePolicy, jobs: usize) -> Observation {
    let loaded: Vec<(Subject, Arc<dyn LoadedDetector>)> = vec![
        (Subject::Person, Arc::new(CanaryModel(Subject::Person))),
        (Subject::Face, Arc::new(CanaryModel(Subject::Face))),
        // Second detectors: what they find sings as well.
        (Subject::Person, Arc::new(CanaryModel(Subject::Person))),
        (Subject::Face, Arc::new(CanaryModel(Subject::Face))),
    ];
    let environment = Environment::new(NonZeroUsize::new(jobs));
    observe_with(
        &plan(&path, &disclosure),
        loaded,
        &networks(),
        &environment,
        &mut Unwatched,
    )
    .expect("observed")
}

/// Every file that a run without export writes, as one string of bytes.
fn outputs(observation: &Observation) -> Vec<u8> {
    let findings = vsa_audits::run_all(&observation.record);
    let document = Document::new(&observation.record, &findings);
    let mut bytes = json::to_bytes(&observation.record).expect("a record");
    bytes.extend(report::json::write(&document).expect("a report"));
    bytes.extend(report::html::render(&document).into_bytes());
    bytes
}

/// Words that only pixels, places, scores, landmarks or names can have put there.
fn canaries() -> Vec<Vec<u8>> {
    let mut words: Vec<Vec<u8>> = vec![
        b"canaryf".to_vec(),
        b"canarymodel".to_vec(),
        b"canaryprogram".to_vec(),
    ];
    words.push(PIXEL.repeat(2));
    // Six decimals: fewer are met by chance among so many numbers.
    let six = |value: f64| format!("{:.9}", value.abs()).into_bytes()[..8].to_vec();
    let unit = |walker| Embedding::of(looks(walker)).expect("a direction");
    for walker in 0..3 {
        words.extend(looks(walker).into_iter().map(|value| six(value.into())));
        words.extend(unit(walker).values().iter().map(|value| six((*value).into())));
        words.extend((0..walker).map(|other| six(unit(walker).similarity(&unit(other)))));
        words.push((LABEL + walker as usize).to_string().into_bytes());
    }
    words.push(b"0.9713".to_vec());
    words.push(b"0.7331".to_vec());
    // What the walkers wear is named so, and no output may name it.
    words.push(b"purple".to_vec());
    for walker in 0..3 {
        words.push(format!("{:.4}", score(walker)).into_bytes());
        for frame in 0..FRAMES {
            let (left, top) = place(frame, walker);
            for number in [left, top, left + 1.111_37, top + 2.222_57] {
                words.push(format!("{number:.2}").into_bytes());
            }
        }
    }
    words
}

fn found(bytes: &[u8], canary: &[u8]) -> bool {
    // Names are written in mixed case; numbers and pixels have none.
    bytes
        .to_ascii_lowercase()
        .windows(canary.len())
        .any(|window| window == canary)
}

#[test]
fn no_output_says_a_pixel_a_place_a_score_or_a_name() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = footage(folder.path());
    let public = DisclosurePolicy::new(DataBasis::Public, None, None).expect("a rule");
    for disclosure in [DisclosurePolicy::strict(), public] {
        let observation = observed(path.clone(), disclosure, 2);
        assert!(observation.objects.is_empty(), "nothing was to be exported");
        for capability in [
            Capability::Reidentification,
            Capability::FaceMatching,
            Capability::Attributes,
            Capability::Emotion,
            Capability::Mask,
            Capability::SinglingOut,
        ] {
            let outcome = observation.record.measurements.capability(capability);
            assert!(
                outcome.is_some_and(|outcome| outcome.measured().is_some()),
                "{capability:?} was to be measured: {outcome:?}"
            );
        }
        let tried = &observation.record.sensitivity;
        assert!(tried.people_by_second.measured().is_some() && tried.faces_by_second.measured().is_some());
        let bytes = outputs(&observation);
        assert!(bytes.len() > 20_000, "only {} bytes of output", bytes.len());
        let lower = bytes.to_ascii_lowercase();
        for canary in canaries() {
            let sings = lower.windows(canary.len()).any(|window| window == canary);
            assert!(!sings, "an output says `{}`", String::from_utf8_lossy(&canary));
        }
    }
}

#[test]
fn the_search_finds_what_the_door_for_public_datasets_may_say() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = footage(folder.path());
    let exporting = DisclosurePolicy::new(DataBasis::Public, None, None)
        .and_then(DisclosurePolicy::with_objects_exported)
        .expect("a rule");
    let observation = observed(path, exporting, 2);
    let names: Vec<_> = observation
        .objects
        .iter()
        .map(|file| file.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "people-detections-item-1.txt",
            "people-tracks-item-1.txt",
            "faces-detections-item-1.txt",
            "faces-tracks-item-1.txt"
        ]
    );
    let detections = observation.objects[0].text.as_bytes();
    let (left, top) = place(7, 1);
    for number in [left, top] {
        assert!(found(detections, format!("{number:.2}").as_bytes()), "{number}");
    }
    assert_eq!(observation.objects[0].text.lines().count(), 3 * FRAMES as usize);
    assert!(
        observation.record.disclosure.objects_exported(),
        "the record says that boxes were exported"
    );
}

#[test]
fn the_fake_engine_is_named_in_the_record_and_one_and_many_threads_agree() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = footage(folder.path());
    let one = observed(path.clone(), DisclosurePolicy::strict(), 1);
    assert!(one.record.engine.scripted);
    assert!(one.record.caveats.contains(&vsa_record::Caveat::ScriptedEngine));
    let many = observed(path, DisclosurePolicy::strict(), 7);
    assert!(
        outputs(&one) == outputs(&many),
        "the number of threads changed a byte"
    );
}

#[test]
fn known_walkers_make_a_known_record() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let public = DisclosurePolicy::new(DataBasis::Public, None, None).expect("a rule");
    let record = observed(footage(folder.path()), public, 3).record;
    let presence = record.measurements.presence.measured().expect("measured");
    assert_eq!(presence.sightings.shown(), Some(&u64::from(3 * FRAMES)));
    assert_eq!(presence.peak.shown(), Some(&3));
    assert_eq!(
        presence.distinct_people.as_ref().and_then(|cell| cell.shown()),
        Some(&3)
    );
    let mean = presence.people_per_frame.shown().expect("shown");
    assert!((mean.value - 3.0).abs() < 1e-12, "{}", mean.value);
    let counts = &record.items[0].frames;
    assert_eq!((counts.decoded, counts.looked_at, counts.faulty), (40, 40, 0));
}

#[test]
fn looks_of_known_walkers_make_known_readings() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let public = DisclosurePolicy::new(DataBasis::Public, None, None).expect("a rule");
    let record = observed(footage(folder.path()), public, 3).record;
    let value = |capability, name, of: Option<&str>| {
        let reading = record
            .measurements
            .capability(capability)
            .and_then(Outcome::measured);
        let mut figures = reading.expect("measured").figures.iter();
        let figure = figures.find(|figure| figure.name == name && figure.of.as_deref() == of);
        let cell = figure.and_then(|figure| figure.estimate.as_ref()).expect("there");
        cell.shown().expect("public").value
    };
    // Every walker always has the same looks, and no two have the same: no error, no label that flips.
    for capability in [Capability::Reidentification, Capability::FaceMatching] {
        assert!(
            value(capability, FigureName::EqualErrorRate, None).abs() < 1e-12,
            "{capability:?}"
        );
        assert!((value(capability, FigureName::RankOne, None) - 1.0).abs() < 1e-12);
        assert!((value(capability, FigureName::GallerySize, None) - 2.0).abs() < 1e-12);
    }
    for (capability, of) in [
        (Capability::Attributes, Some("age")),
        (Capability::Attributes, Some("gender")),
        (Capability::Emotion, None),
        (Capability::Mask, None),
    ] {
        assert!((value(capability, FigureName::CoverageShare, of) - 1.0).abs() < 1e-12);
        assert!(value(capability, FigureName::FlipShare, of).abs() < 1e-12);
    }
    // They wear the same colours and are of one size.
    assert!(value(Capability::SinglingOut, FigureName::UniqueShare, None).abs() < 1e-12);
}
