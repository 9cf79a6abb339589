//! The networks that describe people against implementations that are not ours: `tests/parity/appearance.json`, made by
//! the script beside it with ONNX Runtime, Pillow, scikit-image, OpenCV and numpy.
//!
//! Tolerances. The cosine between an embedding and its reference is at least 0.999: resizers differ by a step of a
//! channel value here and there, engines add in another order, and two sightings of one person differ by a hundred
//! times as much. Ages and probabilities of chips that are equal byte for byte: 0.01 years, 0.0001.

use super::describer::Describer;
use super::network::{expected_age, load};
use crate::detect::detection::{Detection, Landmarks};
use crate::detect::overlap::Rect;
use crate::footage::frame::{Frame, FrameBuffer};
use crate::test_data::{choice, frames};
use serde_json::Value;
use std::path::PathBuf;
use vsa_engine::EngineError;
use vsa_plan::{CheckedFile, ColourOrder, EngineChoice, Family, ModelChoice, Precision, Role, Subject};
use vsa_test_data::{measured, model, skipped};

fn reference() -> Value {
    serde_json::from_str(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/parity/appearance.json"
    )))
    .unwrap()
}

/// A model that describes, by its file, or none; then says so.
pub(crate) fn describing(test: &str, file: &str, family: Family, input: (u32, u32)) -> Option<ModelChoice> {
    let Some(path) = model(file) else {
        skipped(test, &format!("no {file}"));
        return None;
    };
    let role = family.role().unwrap();
    Some(ModelChoice {
        role,
        subject: role.subject().unwrap(),
        ..choice(path, family, input)
    })
}

fn number(value: &Value) -> f32 {
    value.as_f64().unwrap() as f32
}

/// The script's picture: waves of three colours.
fn drawn() -> FrameBuffer {
    let mut picture = FrameBuffer::default();
    let rgb = picture.reshape(768, 576);
    for (at, pixel) in rgb.chunks_exact_mut(3).enumerate() {
        let (x, y) = ((at % 768) as f64, (at / 768) as f64);
        let waves = [(0.11, 0.05, 0.3), (0.031, 0.17, 1.1), (0.07, 0.013, 2.3)];
        for (value, (a, b, c)) in pixel.iter_mut().zip(waves) {
            let wave = (x * a + y * b + c).sin() * (0.02 * x - 0.03 * y + 2.0 * c).cos();
            *value = (127.5 + 127.5 * wave + 0.5).floor().clamp(0.0, 255.0) as u8;
        }
    }
    picture
}

/// Cosine between what was found and the reference, and the largest difference of two numbers.
fn against(found: &[f32], expected: &Value) -> (f64, f32) {
    let expected: Vec<f32> = expected.as_array().unwrap().iter().map(number).collect();
    assert_eq!(found.len(), expected.len());
    let cosine = found
        .iter()
        .zip(&expected)
        .map(|(a, b)| f64::from(*a) * f64::from(*b))
        .sum();
    let worst = found
        .iter()
        .zip(&expected)
        .map(|(a, b)| (a - b).abs())
        .fold(0.0, f32::max);
    (cosine, worst)
}

#[expect(clippy::disallowed_macros, reason = "a test talks to whoever runs it")]
fn told(what: &str, (cosine, worst): (f64, f32)) {
    eprintln!("{what}: cosine {cosine:.6}, largest difference {worst:.6}");
    assert!(cosine > 0.999, "{what}: {cosine}");
}

#[test]
fn bodies_have_the_embeddings_that_onnx_runtime_gives_them() {
    let test = "bodies_have_the_embeddings_that_onnx_runtime_gives_them";
    let file = "osnet_x0_25_msmt17_smorodov.onnx";
    let Some(choice) = describing(test, file, Family::Osnet, (128, 256)) else {
        return;
    };
    let mut describer = Describer::new(&[load(&choice, &EngineChoice::EMBEDDED).unwrap()]).unwrap();
    let (reference, picture) = (reference(), drawn());
    let bodies = reference["bodies"].as_array().unwrap();
    assert_eq!(bodies.len(), 4);
    for body in bodies {
        let side = |at: usize| number(&body["box"][at]);
        let person = Detection {
            rect: Rect {
                left: side(0),
                top: side(1),
                right: side(2),
                bottom: side(3),
            },
            score: 1.0,
            landmarks: None,
            quality: None,
        };
        let (people, _) = describer.describe(&picture.frame(), &[person], &[]).unwrap();
        let described = people[0].as_ref().unwrap();
        let whole = described.body.as_ref().unwrap();
        told("body", against(whole.values(), &body["embedding"]));
        let redacted = described.redacted.as_ref().unwrap().similarity(whole);
        assert!(
            redacted < 0.999,
            "a body without its head looks different: {redacted}"
        );
    }
}

/// The networks of bodies of Intel's Open Model Zoo, as `tests/parity/open_model_zoo.json` has them: one in `OpenVINO`'s own format,
/// one in ONNX, which the embedded engine runs too.
#[test]
fn bodies_have_the_embeddings_that_the_zoo_s_own_engine_gives_them() {
    let test = "bodies_have_the_embeddings_that_the_zoo_s_own_engine_gives_them";
    let reference: Value = serde_json::from_str(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/parity/open_model_zoo.json"
    )))
    .unwrap();
    let library = std::env::var_os("VSA_AUDIT_TEST_OPENVINO").map(PathBuf::from);
    let picture = drawn();
    let networks = reference["bodies"].as_array().unwrap();
    assert_eq!(networks.len(), 2);
    for network in networks {
        let name = |at: usize| network["files"][at].as_str().map(|file| format!("omz/{file}"));
        let (file, weights) = (name(0).unwrap(), name(1));
        let Some(mut choice) = describing(test, &file, Family::Osnet, (128, 256)) else {
            continue;
        };
        assert_eq!(choice.sha256, network["sha256"][0].as_str().unwrap(), "{file}");
        choice.weights = weights.as_deref().and_then(model).map(|path| CheckedFile {
            path,
            sha256: network["sha256"][1].as_str().unwrap().to_owned(),
        });
        // Channel values as they are, blue first.
        (choice.mean, choice.std) = (Some([0.0; 3]), Some([1.0; 3]));
        choice.colour = Some(ColourOrder::Bgr);
        let mut engines = Vec::new();
        if weights.is_none() {
            engines.push(EngineChoice::EMBEDDED);
        }
        let precision = Precision::F32;
        match library.clone() {
            Some(library) => engines.push(EngineChoice::OpenVino { library, precision }),
            None => skipped(test, "openvino: needs VSA_AUDIT_TEST_OPENVINO (the C library)"),
        }
        for on in engines {
            let loaded = match load(&choice, &on) {
                Err(old @ EngineError::Library { .. }) => {
                    skipped(test, &old.to_string());
                    continue;
                }
                loaded => loaded.unwrap(),
            };
            let mut describer = Describer::new(&[loaded]).unwrap();
            let bodies = network["bodies"].as_array().unwrap();
            assert_eq!(bodies.len(), 4);
            for body in bodies {
                let side = |at: usize| number(&body["box"][at]);
                let person = Detection {
                    rect: Rect::of([side(0), side(1), side(2), side(3)]),
                    score: 1.0,
                    landmarks: None,
                    quality: None,
                };
                let (people, _) = describer.describe(&picture.frame(), &[person], &[]).unwrap();
                let described = people[0].as_ref().unwrap();
                let whole = described.body.as_ref().unwrap();
                told(
                    &format!("{file} on {}", on.name()),
                    against(whole.values(), &body["embedding"]),
                );
            }
        }
    }
}

#[test]
fn aligned_faces_have_the_embeddings_that_onnx_runtime_gives_them() {
    let test = "aligned_faces_have_the_embeddings_that_onnx_runtime_gives_them";
    let file = "zaru_mobilefacenet.onnx";
    let Some(choice) = describing(test, file, Family::Mobilefacenet, (112, 112)) else {
        return;
    };
    let mut describer = Describer::new(&[load(&choice, &EngineChoice::EMBEDDED).unwrap()]).unwrap();
    let (reference, picture) = (reference(), drawn());
    let faces = reference["faces"].as_array().unwrap();
    assert_eq!(faces.len(), 3);
    for face in faces {
        let point = |at: usize| (number(&face["points"][at][0]), number(&face["points"][at][1]));
        let found = Detection {
            rect: Rect {
                left: point(0).0,
                top: point(0).1,
                right: point(4).0,
                bottom: point(4).1,
            },
            score: 1.0,
            landmarks: Some(Landmarks(std::array::from_fn(point))),
            quality: None,
        };
        let (_, faces) = describer.describe(&picture.frame(), &[], &[found]).unwrap();
        let described = faces[0].as_ref().unwrap();
        told(
            "face",
            against(described.face.as_ref().unwrap().values(), &face["embedding"]),
        );
    }
}

/// The script's chip: a linear congruential generator, its upper eight bits.
fn chip(seed: u32, side: u32) -> Vec<u8> {
    let mut state = seed;
    (0..3 * side * side)
        .map(|_| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .collect()
}

fn square(rgb: &[u8], side: u32) -> Frame<'_> {
    Frame {
        width: side,
        height: side,
        rgb,
    }
}

#[test]
fn chips_have_the_ages_and_genders_that_the_package_would_assign() {
    let test = "chips_have_the_ages_and_genders_that_the_package_would_assign";
    let Some(age) = describing(test, "age-v1.onnx", Family::DlibAge, (64, 64)) else {
        return;
    };
    let Some(gender) = describing(test, "gender-v1.onnx", Family::DlibGender, (32, 32)) else {
        return;
    };
    assert_eq!((age.subject, gender.role), (Subject::Face, Role::Gender));
    let mut age = load(&age, &EngineChoice::EMBEDDED).unwrap().runner().unwrap();
    let mut gender = load(&gender, &EngineChoice::EMBEDDED).unwrap().runner().unwrap();
    let reference = reference();
    let chips = reference["chips"].as_array().unwrap();
    assert_eq!(chips.len(), 3);
    for expected in chips {
        let seed = expected["seed"].as_u64().unwrap() as u32;
        let years = expected_age(&age.run(&square(&chip(seed, 64), 64)).unwrap());
        let expected_years = expected["age"].as_f64().unwrap();
        assert!(
            (years - expected_years).abs() < 0.01,
            "{years}, not {expected_years}"
        );
        let rgb = chip(seed, 32);
        let shares = gender.run(&square(&rgb, 32)).unwrap();
        for (share, wanted) in shares.iter().zip(expected["genders"].as_array().unwrap()) {
            assert!((share - number(wanted)).abs() < 1e-4, "{share}, not {wanted}");
        }
        let female = number(&expected["genders"][0]) >= number(&expected["genders"][1]);
        let label = gender.label(&square(&rgb, 32)).unwrap();
        assert_eq!(label, Some(u16::from(!female)));
    }
}

/// `tests/parity/poses.json`, made by `poses.py` beside it. Tolerances: SciPy and we round a channel value differently
/// here and there, which moves a joint by less than a hundredth of the crop where the network is sure of it.
#[test]
fn people_have_the_joints_that_onnx_runtime_gives_them() {
    let test = "people_have_the_joints_that_onnx_runtime_gives_them";
    let file = "movenet-lightning.json";
    let Some(choice) = describing(test, file, Family::Movenet, (192, 192)) else {
        return;
    };
    let Some(frames) = frames(30) else {
        skipped(test, "no PETS clip");
        return;
    };
    let reference: Value = serde_json::from_str(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/parity/poses.json"
    )))
    .unwrap();
    let mut describer = Describer::new(&[load(&choice, &EngineChoice::EMBEDDED).unwrap()]).unwrap();
    let people = reference["people"].as_array().unwrap();
    assert_eq!(people.len(), 20);
    let (mut with_legs, mut furthest, mut least_sure) = (0, 0.0f32, 0.0f32);
    for person in people {
        let side = |at: usize| number(&person["box"][at]);
        let rect = Rect {
            left: side(0),
            top: side(1),
            right: side(2),
            bottom: side(3),
        };
        let frame = &frames[person["frame"].as_u64().unwrap() as usize / 30];
        let pose = describer.joints(&frame.frame(), &rect).unwrap();
        let joints = person["joints"].as_array().unwrap();
        for (found, joint) in pose.0.iter().zip(joints) {
            let [x, y, confidence] = [0, 1, 2].map(|at| number(&joint[at]));
            least_sure = least_sure.max((found.confidence - confidence).abs());
            if confidence >= 0.3 {
                furthest = furthest.max((found.x - x).abs().max((found.y - y).abs()));
            }
        }
        with_legs += u32::from(pose.shows_legs());
    }
    measured(&format!(
        "{test}: furthest joint {furthest:.4} of the crop, largest difference in confidence {least_sure:.4}, legs of \
         {with_legs} of {} people",
        people.len()
    ));
    assert!(furthest < 0.01 && least_sure < 0.02);
    assert!(
        with_legs >= 12,
        "most of these people walk in full view: {with_legs}"
    );
}
