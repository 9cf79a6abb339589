//! The engines held to each other, on frames of PETS 2009 S2.L1: raw outputs within a stated tolerance, and the same
//! detections above threshold.
//!
//! Engines add up in different orders, so single-precision outputs differ in their last bits. The tolerance is 1e-3 of
//! the largest output: over networks of a hundred layers about fifty times what was measured (2e-5).

use super::onnxruntime::OnnxRuntimeEngine;
use super::tract::TractEngine;
use super::{Engine, EngineError};
use crate::observe::detect::detection::Detection;
use crate::observe::detect::load::load;
use crate::observe::plan::{EngineChoice, Family, ModelChoice, Tiling};
use crate::observe::test_data::{choice, frames, model, skipped};
use ndarray::Array4;
use std::path::{Path, PathBuf};

/// The library that `scripts/test` fetches, if it is there.
fn library() -> Option<PathBuf> {
    let given = std::env::var_os("VSA_AUDIT_TEST_ONNXRUNTIME").map(PathBuf::from);
    given.filter(|path| path.exists())
}

struct Case {
    file: &'static str,
    family: Family,
    input: (u32, u32),
    threshold: f32,
}

/// Every ONNX family that there is a file of.
const CASES: [Case; 6] = [
    case("centerface.onnx", Family::Centerface, (768, 576), 0.2),
    case("yolox_nano.onnx", Family::Yolox, (416, 416), 0.3),
    case("nanodet_m_320.onnx", Family::Nanodet, (320, 320), 0.4),
    case("yunet_n_640_640.onnx", Family::Yunet, (640, 640), 0.3),
    case(
        "ultraface_version-RFB-320_simplified.onnx",
        Family::Ultraface,
        (320, 240),
        0.5,
    ),
    case(
        "retinaface_mobilenet025.onnx",
        Family::Retinaface,
        (640, 640),
        0.3,
    ),
];

const fn case(file: &'static str, family: Family, input: (u32, u32), threshold: f32) -> Case {
    Case {
        file,
        family,
        input,
        threshold,
    }
}

fn detections(choice: &ModelChoice, on: &EngineChoice, step: u32) -> Vec<Vec<Detection>> {
    let loaded = load(choice, &Tiling::NONE, on).unwrap();
    let mut worker = loaded.worker().unwrap();
    let frames = frames(step).unwrap();
    let mut all = Vec::new();
    for buffer in &frames {
        let mut found = Vec::new();
        worker.detect(&buffer.frame(), &mut found).unwrap();
        found.retain(|detection| detection.score >= choice.score_threshold);
        all.push(found);
    }
    all
}

#[test]
fn onnx_runtime_and_tract_find_the_same_on_every_frame() {
    let test = "onnx_runtime_and_tract_find_the_same_on_every_frame";
    let (Some(library), Some(_)) = (library(), frames(400)) else {
        skipped(
            test,
            "needs VSA_AUDIT_TEST_ONNXRUNTIME (the library) and VSA_AUDIT_TEST_FRAMES (the clip)",
        );
        return;
    };
    let mut looked_for = 0;
    let mut found = 0;
    for case in &CASES {
        let Some(path) = model(case.file) else {
            skipped(test, &format!("there is no {}", case.file));
            continue;
        };
        looked_for += 1;
        let mut chosen = choice(path, case.family, case.input);
        chosen.score_threshold = case.threshold;
        let tract = detections(&chosen, &EngineChoice::Tract, 80);
        let library = library.clone();
        let other = detections(&chosen, &EngineChoice::OnnxRuntime { library }, 80);
        assert_eq!(tract.len(), 10);
        for (frame, (a, b)) in tract.iter().zip(&other).enumerate() {
            assert_eq!(a.len(), b.len(), "{}, frame {frame}", case.file);
            for (a, b) in a.iter().zip(b) {
                let edges = |d: &Detection| [d.rect.left, d.rect.top, d.rect.right, d.rect.bottom];
                let off = edges(a)
                    .iter()
                    .zip(edges(b))
                    .map(|(x, y)| (x - y).abs())
                    .fold(0.0, f32::max);
                assert!(
                    off < 0.05,
                    "{}, frame {frame}: an edge is off by {off} px",
                    case.file
                );
                assert!((a.score - b.score).abs() < 1e-3, "{}, frame {frame}", case.file);
            }
            found += a.len();
        }
    }
    assert!(looked_for > 0, "models were there");
    assert!(found >= 40, "{found} detections: too few to compare anything");
}

#[test]
fn raw_outputs_agree_to_a_thousandth_of_the_largest() {
    let test = "raw_outputs_agree_to_a_thousandth_of_the_largest";
    let Some(library) = library() else {
        skipped(test, "needs VSA_AUDIT_TEST_ONNXRUNTIME (the library)");
        return;
    };
    for case in &CASES {
        let Some(path) = model(case.file) else {
            skipped(test, &format!("there is no {}", case.file));
            continue;
        };
        let bytes = std::fs::read(&path).unwrap();
        let shape = [1, 3, case.input.1 as usize, case.input.0 as usize];
        // A pattern that no layer can ignore: waves of two lengths, another phase in each channel.
        let input = Array4::from_shape_fn(shape, |(_, c, y, x)| {
            let wave = (x as f32 / 7.0 + c as f32).sin() + (y as f32 / 31.0 - c as f32).cos();
            wave * 60.0 + 120.0
        });
        let run = |engine: &dyn Engine| engine.session().unwrap().run(input.view()).unwrap();
        let tract = run(&TractEngine::from_onnx(&bytes, &path, shape).unwrap());
        let engine = OnnxRuntimeEngine::from_onnx(&bytes, &path, shape, &library).unwrap();
        assert_eq!(engine.facts().version, "1.31.1");
        let other = run(&engine);
        assert_eq!(tract.len(), other.len(), "{}", case.file);
        for (a, b) in tract.iter().zip(&other) {
            assert_eq!(a.shape(), b.shape(), "{}", case.file);
            let largest = a.iter().fold(0.0_f32, |most, value| most.max(value.abs()));
            let off = a.iter().zip(b).map(|(x, y)| (x - y).abs()).fold(0.0, f32::max);
            assert!(
                off <= 1e-3 * largest.max(1.0),
                "{}: off by {off} of {largest}",
                case.file
            );
        }
        // The same input gives the same bits, session after session.
        assert_eq!(other, run(&engine), "{}", case.file);
    }
}

#[test]
fn a_library_that_is_none_is_refused_with_the_command_that_helps() {
    let path = Path::new("/nonexistent/libonnxruntime.so");
    let refusal = OnnxRuntimeEngine::from_onnx(&[], Path::new("m.onnx"), [1, 3, 8, 8], path);
    let Err(error @ EngineError::Library { .. }) = refusal else {
        panic!("there is no such library");
    };
    assert!(error.to_string().contains("engines pull onnxruntime"), "{error}");
}
