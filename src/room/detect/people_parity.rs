//! The person detectors against implementations that are not ours: `tests/parity/people.json`, made by the script beside
//! it with ONNX Runtime, TensorFlow, OpenCV and numpy.

use super::detector::LoadedDetector;
use super::family::InputBox;
use super::load::row_of;
use super::overlap::{Rect, iou};
use super::suppress::best_first;
use crate::detect::scripted::ScriptedEngine;
use crate::footage::frame::FrameBuffer;
use crate::test_data::{choice, choice_without_file, frames};
use ndarray::{ArrayD, IxDyn};
use serde::Deserialize as _;
use serde_json::Value;
use vsa_plan::{EngineChoice, Family, Tiling};
use vsa_test_data::{model, skipped};

fn reference() -> Value {
    serde_json::from_str(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/parity/people.json"
    )))
    .unwrap()
}

pub(super) fn number(value: &Value) -> f32 {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "the script wrote single precision"
    )]
    let number = value.as_f64().unwrap() as f32;
    number
}

pub(super) fn size(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

pub(super) fn family(value: &Value) -> Family {
    Family::deserialize(value).unwrap()
}

pub(super) fn input(value: &Value) -> (u32, u32) {
    let side = |index: usize| u32::try_from(size(&value["input"][index])).unwrap();
    (side(0), side(1))
}

/// Left, top, right, bottom, score.
pub(super) fn boxes(value: &Value) -> Vec<InputBox> {
    let rows = value.as_array().unwrap().iter();
    rows.map(|row| InputBox {
        rect: Rect {
            left: number(&row[0]),
            top: number(&row[1]),
            right: number(&row[2]),
            bottom: number(&row[3]),
        },
        score: number(&row[4]),
        landmarks: None,
    })
    .collect()
}

/// The script's `drawn`, step for step.
pub(super) fn drawn(spec: &Value) -> ArrayD<f32> {
    let shape: Vec<usize> = spec["shape"].as_array().unwrap().iter().map(size).collect();
    let columns: Vec<(f32, f32)> = (spec["columns"].as_array().unwrap().iter())
        .map(|pair| (number(&pair[0]), number(&pair[1])))
        .collect();
    let mut state = u32::try_from(spec["seed"].as_u64().unwrap()).unwrap();
    let values = (0..shape.iter().product())
        .map(|index: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let upper = u16::try_from(state >> 16).unwrap();
            let lower = u8::try_from((state >> 8) & 0xff).unwrap();
            // The upper 24 bits, as a share of one: exact in single precision.
            let share = (f32::from(upper) * 256.0 + f32::from(lower)) / 16_777_216.0;
            let (low, span) = columns[index % columns.len()];
            low + span * share
        })
        .collect();
    ArrayD::from_shape_vec(IxDyn(&shape), values).unwrap()
}

/// Family, input size and output shapes of every case of decoding.
pub(super) fn shapes() -> Vec<super::NetworkShapes> {
    shapes_of(&reference())
}

/// The same of another file of the same form.
pub(super) fn shapes_of(reference: &Value) -> Vec<super::NetworkShapes> {
    let shape = |spec: &Value| spec["shape"].as_array().unwrap().iter().map(size).collect();
    let shapes = |case: &Value| case["tensors"].as_array().unwrap().iter().map(shape).collect();
    let cases = reference["decode"].as_array().unwrap().iter();
    cases
        .map(|case| (family(&case["family"]), input(case), shapes(case)))
        .collect()
}

/// A few roundings of single precision, on values of some hundred pixels.
const DECODED_PIXELS: f32 = 2e-3;
const DECODED_SCORE: f32 = 1e-5;

#[test]
fn raw_outputs_are_decoded_as_the_publishers_decode_them() {
    let reference = reference();
    let vectors = reference["decode"].as_array().unwrap();
    assert_eq!(vectors.len(), 4);
    vectors.iter().for_each(holds);
}

/// That the tensors of a case are decoded into its boxes, and as many.
pub(super) fn holds(vector: &Value) {
    let name = vector["name"].as_str().unwrap();
    let tensors: Vec<ArrayD<f32>> = vector["tensors"].as_array().unwrap().iter().map(drawn).collect();
    let mut choice = choice_without_file(family(&vector["family"]), input(vector));
    choice.person_class = u32::try_from(size(&vector["person_class"])).unwrap();
    let engine = ScriptedEngine::new(vec![tensors.clone()]);
    let mut got = Vec::new();
    let decoder = row_of(&choice).unwrap().decoder(&choice, &engine).unwrap();
    decoder
        .decode(&tensors, number(&vector["threshold"]), &mut got)
        .unwrap();
    assert_eq!(got.len(), size(&vector["count"]), "{name}");
    got.sort_by(best_first);
    let wanted = boxes(&vector["boxes"]);
    assert!(wanted.len() >= 25, "{name} has {} boxes", wanted.len());
    for want in &wanted {
        let close = |found: &&InputBox| {
            let pairs = [
                (found.rect.left, want.rect.left),
                (found.rect.top, want.rect.top),
                (found.rect.right, want.rect.right),
                (found.rect.bottom, want.rect.bottom),
            ];
            pairs.iter().all(|(a, b)| (a - b).abs() < DECODED_PIXELS)
                && (found.score - want.score).abs() < DECODED_SCORE
        };
        assert_eq!(
            got.iter().filter(close).count(),
            1,
            "{name}: no box like that with {}",
            want.score
        );
    }
}

/// The resizers differ by one step of a channel value here and there, engines sum in another order, and a network of whole numbers
/// rounds these steps on.
const WHOLE_OVERLAP: f32 = 0.9;
pub(super) const WHOLE_SCORE: f32 = 0.03;

#[test]
fn whole_models_find_the_people_that_the_reference_finds() {
    let reference = reference();
    let models = reference["models"].as_array().unwrap();
    assert_eq!(models.len(), 6);
    let test = "whole_models_find_the_people_that_the_reference_finds";
    let Some(frames) = frames(20) else {
        return skipped(test, "set VSA_AUDIT_TEST_FRAMES to the clip vtest.avi");
    };
    for entry in models {
        let file = entry["file"].as_str().unwrap();
        let Some(path) = model(file) else {
            skipped(
                test,
                &format!("{file} is neither in VSA_AUDIT_TEST_MODELS nor in the shared data"),
            );
            continue;
        };
        let mut choice = choice(path, family(&entry["family"]), input(entry));
        assert_eq!(
            choice.sha256,
            entry["sha256"].as_str().unwrap(),
            "{file} is another file"
        );
        choice.score_threshold = number(&entry["threshold"]) - WHOLE_SCORE;
        choice.nms_iou = number(&entry["nms_iou"]);
        let loaded = super::load(&choice, &Tiling::NONE, &EngineChoice::EMBEDDED).unwrap();
        agree(&*loaded, file, &frames, entry);
    }
}

/// That a model draws the boxes of the reference on every frame, and no others that are sure: from the reference's threshold on, less and
/// more what scores may differ by. The least overlap and the largest difference of scores.
pub(super) fn agree(
    model: &dyn LoadedDetector,
    file: &str,
    frames: &[FrameBuffer],
    entry: &Value,
) -> (f32, f32) {
    let mut worker = model.worker().unwrap();
    let threshold = number(&entry["threshold"]);
    let (mut overlaps, mut scores) = (1.0_f32, 0.0_f32);
    for (index, wanted) in entry["frames"].as_object().unwrap() {
        let number: u64 = index.parse().unwrap();
        let buffer = frames.iter().find(|buffer| buffer.index == number).unwrap();
        let mut got = Vec::new();
        worker.detect(&buffer.frame(), &mut got).unwrap();
        let wanted = boxes(wanted);
        assert!(!wanted.is_empty());
        for want in &wanted {
            let best = got
                .iter()
                .map(|found| (iou(&found.rect, &want.rect), found.score - want.score));
            let (overlap, score) = best.max_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or((0.0, 1.0));
            let fine = overlap > WHOLE_OVERLAP && score.abs() < WHOLE_SCORE;
            assert!(
                fine,
                "{file}, frame {index}: {} has IoU {overlap}, score {score:+}",
                want.score
            );
            (overlaps, scores) = (overlaps.min(overlap), scores.max(score.abs()));
        }
        for found in got.iter().filter(|found| found.score > threshold + WHOLE_SCORE) {
            let known = wanted
                .iter()
                .any(|want| iou(&found.rect, &want.rect) > WHOLE_OVERLAP);
            assert!(
                known,
                "{file}, frame {index}: the reference has no box with {}",
                found.score
            );
        }
    }
    (overlaps, scores)
}
