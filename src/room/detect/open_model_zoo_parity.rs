//! The detectors of Intel's Open Model Zoo against an implementation that is not ours: `tests/parity/open_model_zoo.json`, made by the
//! script beside it with OpenVINO's Python package, OpenCV and numpy.

use super::family::InputBox;
use super::load::row_of;
use super::people_parity::{WHOLE_SCORE, agree, boxes, family, input, number, size};
use super::suppress::best_first;
use crate::detect::scripted::ScriptedEngine;
use crate::test_data::{choice, choice_without_file, frames};
use ndarray::{ArrayD, IxDyn};
use serde_json::Value;
use std::path::PathBuf;
use vsa_base::digest;
use vsa_engine::EngineError;
use vsa_plan::{CheckedFile, EngineChoice, ModelChoice, Precision, Tiling};
use vsa_test_data::{measured, model, skipped};

fn reference() -> Value {
    serde_json::from_str(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/parity/open_model_zoo.json"
    )))
    .unwrap()
}

fn tensor(written: &Value) -> ArrayD<f32> {
    let shape: Vec<usize> = written["shape"].as_array().unwrap().iter().map(size).collect();
    let values = written["values"].as_array().unwrap().iter().map(number).collect();
    ArrayD::from_shape_vec(IxDyn(&shape), values).unwrap()
}

fn tensors(vector: &Value) -> Vec<ArrayD<f32>> {
    vector["tensors"].as_array().unwrap().iter().map(tensor).collect()
}

/// Family, input size and output shapes of every case of decoding.
pub(super) fn shapes() -> Vec<super::NetworkShapes> {
    let reference = reference();
    let cases = reference["decode"].as_array().unwrap().iter();
    cases
        .map(|case| {
            let shapes = tensors(case)
                .iter()
                .map(|tensor| tensor.shape().to_vec())
                .collect();
            (family(&case["family"]), input(case), shapes)
        })
        .collect()
}

fn person_class(written: &Value) -> u32 {
    u32::try_from(size(&written["person_class"])).unwrap()
}

#[test]
fn outputs_are_read_as_the_zoo_s_pages_say() {
    let reference = reference();
    let vectors = reference["decode"].as_array().unwrap();
    assert_eq!(vectors.len(), 3);
    for vector in vectors {
        let name = vector["name"].as_str().unwrap();
        let tensors = tensors(vector);
        let mut choice = choice_without_file(family(&vector["family"]), input(vector));
        choice.person_class = person_class(vector);
        let engine = ScriptedEngine::new(vec![tensors.clone()]);
        let decoder = row_of(&choice).unwrap().decoder(&choice, &engine).unwrap();
        let mut got = Vec::new();
        let threshold = number(&vector["threshold"]);
        decoder.decode(&tensors, threshold, &mut got).unwrap();
        got.sort_by(best_first);
        let wanted = boxes(&vector["boxes"]);
        assert!(wanted.len() >= 20, "{name}");
        assert_eq!(
            (got.len(), wanted.len()),
            (size(&vector["count"]), got.len()),
            "{name}"
        );
        for (got, want) in got.iter().zip(&wanted) {
            let edges = |found: &InputBox| found.rect.edges();
            let near = edges(got)
                .into_iter()
                .zip(edges(want))
                .all(|(a, b)| (a - b).abs() < 1e-3);
            assert!(
                near && (got.score - want.score).abs() < 1e-6,
                "{name}: {}",
                want.score
            );
        }
    }
}

/// One of the zoo's models and the engine that runs it, if both are here.
fn prepared(test: &str, entry: &Value) -> Option<(ModelChoice, EngineChoice)> {
    let file = entry["file"].as_str().unwrap();
    let here = |ending: &str| {
        let name = format!("{file}.{ending}");
        model(&name).or_else(|| model(&format!("omz/{name}")))
    };
    let library = std::env::var_os("VSA_AUDIT_TEST_OPENVINO").map(PathBuf::from);
    let (Some(graph), Some(weights), Some(library)) = (here("xml"), here("bin"), library) else {
        skipped(
            test,
            &format!("needs {file}.xml with its .bin, and VSA_AUDIT_TEST_OPENVINO (the C library)"),
        );
        return None;
    };
    let weights = CheckedFile {
        sha256: digest::of_file(&weights).unwrap().0,
        path: weights,
    };
    let mut choice = choice(graph, family(&entry["family"]), input(entry));
    assert_eq!(
        choice.sha256,
        entry["sha256"].as_str().unwrap(),
        "{file} is another file"
    );
    assert_eq!(
        weights.sha256,
        entry["weights_sha256"].as_str().unwrap(),
        "{file} has other weights"
    );
    choice.weights = Some(weights);
    choice.person_class = person_class(entry);
    choice.score_threshold = number(&entry["threshold"]) - WHOLE_SCORE;
    // The network has suppressed already.
    choice.nms_iou = 1.0;
    let precision = Precision::F32;
    Some((choice, EngineChoice::OpenVino { library, precision }))
}

#[test]
fn the_zoo_s_models_find_the_people_that_its_own_engine_finds_from_python() {
    let test = "the_zoo_s_models_find_the_people_that_its_own_engine_finds_from_python";
    let reference = reference();
    let models = reference["models"].as_array().unwrap();
    assert_eq!(models.len(), 2);
    let Some(frames) = frames(20) else {
        return skipped(test, "set VSA_AUDIT_TEST_FRAMES to the clip vtest.avi");
    };
    let (mut overlaps, mut scores) = (1.0_f32, 0.0_f32);
    for entry in models {
        let Some((choice, on)) = prepared(test, entry) else {
            continue;
        };
        let file = entry["file"].as_str().unwrap();
        let loaded = match super::load(&choice, &Tiling::NONE, &on) {
            Err(old @ EngineError::Library { .. }) => return skipped(test, &old.to_string()),
            loaded => loaded.unwrap(),
        };
        assert_eq!(
            loaded.facts().weights_sha256.as_deref(),
            entry["weights_sha256"].as_str()
        );
        let (overlap, score) = agree(&*loaded, file, &frames, entry);
        (overlaps, scores) = (overlaps.min(overlap), scores.max(score));
    }
    measured(&format!(
        "boxes of the zoo's models: IoU {overlaps:.3} at least, scores within {scores:.4}"
    ));
}

#[test]
fn a_model_in_openvino_s_own_format_is_refused_elsewhere_at_another_size_and_without_its_weights() {
    let test =
        "a_model_in_openvino_s_own_format_is_refused_elsewhere_at_another_size_and_without_its_weights";
    let reference = reference();
    let Some((choice, on)) = prepared(test, &reference["models"][1]) else {
        return;
    };
    let refusal = |choice: &ModelChoice, on: &EngineChoice| {
        let loaded = super::load(choice, &Tiling::NONE, on);
        loaded.err().expect("a refusal")
    };
    let elsewhere = refusal(&choice, &EngineChoice::EMBEDDED).to_string();
    assert!(elsewhere.contains("--engine openvino"), "{elsewhere}");
    let larger = ModelChoice {
        input_size: (512, 512),
        ..choice.clone()
    };
    let alone = ModelChoice {
        weights: None,
        ..choice
    };
    let (larger, alone) = (refusal(&larger, &on), refusal(&alone, &on));
    if matches!(larger, EngineError::Library { .. }) {
        return skipped(test, &larger.to_string());
    }
    let larger = larger.to_string();
    assert!(
        larger.contains("[1,3,256,256]") && larger.contains("[1,3,512,512]"),
        "{larger}"
    );
    assert!(matches!(alone, EngineError::Load { .. }), "{alone}");
}
