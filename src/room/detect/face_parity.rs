//! The face families against `tests/parity/faces.json`, which `tests/parity/faces_reference.py` makes with ONNX Runtime,
//! NumPy and Pillow from the publishers' way of decoding.
//!
//! Tolerances. Decoding alone: both sides compute from the same numbers, in single precision here and partly in double
//! there: 0.01 pixels on boxes of up to 600. Whole models: both resizers round twice to whole channel values and may
//! differ by one (of 255) in a value, by 0.1 in the mean. Where a picture needs no resizing the inputs are the same and
//! only the engines differ, which add in another order: means of outputs agree to 0.01 % of their spread, single values
//! to 0.1 %, scores to 0.001 and edges to 0.02 pixels. Where it is resized, means agree to 0.5 %, scores to 0.03 and
//! edges to half a pixel of the frame (seen: 0.024, of a faint face, and 0.16).

use super::FAMILIES;
use super::detection::Detection;
use super::detector::LoadedDetector;
use super::family::{Decoder, InputBox};
use super::load::{load, row_of};
use super::overlap::Rect;
use super::preprocess::Preprocessor;
use super::scripted::ScriptedEngine;
use super::tiling::Region;
use crate::footage::frame::Frame;
use crate::test_data;
use ndarray::{ArrayD, IxDyn};
use serde::Deserialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use vsa_base::digest;
use vsa_engine::EngineError;
use vsa_engine::model_bytes::ModelBytes;
use vsa_engine::normalise::Normalise;
use vsa_plan::{EngineChoice, Family, InputSize, ModelChoice, Subject, Tiling};

#[derive(Deserialize)]
struct Reference {
    decode: Vec<DecodeCase>,
    whole: Vec<WholeCase>,
}

#[derive(Deserialize)]
struct Expected {
    #[serde(rename = "box")]
    edges: [f32; 4],
    score: f32,
    landmarks: Option<[(f32, f32); 5]>,
}

#[derive(Deserialize)]
struct DecodeCase {
    name: String,
    family: Family,
    width: u32,
    height: u32,
    threshold: f32,
    seed: u64,
    tensors: Vec<TensorRecipe>,
    expected: Vec<Expected>,
}

#[derive(Deserialize)]
struct TensorRecipe {
    shape: Vec<usize>,
    low: f32,
    high: f32,
}

#[derive(Deserialize)]
struct WholeCase {
    model_place: String,
    model: String,
    family: Family,
    width: u32,
    height: u32,
    picture_place: String,
    picture: String,
    frame: u64,
    frame_width: u32,
    frame_height: u32,
    frame_sha256: String,
    input_mean: f64,
    input_samples: Vec<f32>,
    output_means: Vec<f64>,
    samples: Vec<Sample>,
    expected: Vec<Expected>,
}

#[derive(Deserialize)]
struct Sample {
    output: usize,
    index: usize,
    value: f32,
}

fn reference() -> Reference {
    serde_json::from_str(include_str!("../../../tests/parity/faces.json")).unwrap()
}

/// Knuth's MMIX generator; the upper 24 bits become a number in [0, 1), exactly.
fn lcg(state: &mut u64, recipe: &TensorRecipe) -> ArrayD<f32> {
    ArrayD::from_shape_simple_fn(IxDyn(&recipe.shape), || {
        *state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let bits = u32::try_from(*state >> 40).unwrap();
        #[expect(clippy::cast_precision_loss, reason = "24 bits are exact in a float")]
        let share = bits as f32 / 16_777_216.0;
        recipe.low + (recipe.high - recipe.low) * share
    })
}

fn choice(family: Family, width: u32, height: u32, path: PathBuf, sha256: String) -> ModelChoice {
    ModelChoice {
        name: "under test".to_owned(),
        path,
        sha256,
        weights: None,
        family,
        subject: Subject::Face,
        role: vsa_plan::Role::Find,
        input_size: (width, height),
        input: InputSize::Model,
        colour: None,
        mean: None,
        std: None,
        person_class: 0,
        score_threshold: 0.4,
        nms_iou: 0.4,
        licence: "unknown".to_owned(),
        training_data: "unknown".to_owned(),
        published_figure: None,
    }
}

fn decoder(choice: &ModelChoice, outputs: &[ArrayD<f32>]) -> Result<Arc<dyn Decoder>, EngineError> {
    row_of(choice)?.decoder(choice, &ScriptedEngine::new(vec![outputs.to_vec()]))
}

/// Family, input size and output shapes of every case of decoding.
pub(super) fn shapes() -> Vec<super::NetworkShapes> {
    let shapes = |case: DecodeCase| case.tensors.into_iter().map(|tensor| tensor.shape).collect();
    let cases = reference().decode.into_iter();
    cases
        .map(|case| (case.family, (case.width, case.height), shapes(case)))
        .collect()
}

impl DecodeCase {
    fn outputs(&self) -> Vec<ArrayD<f32>> {
        let mut state = self.seed;
        self.tensors
            .iter()
            .map(|recipe| lcg(&mut state, recipe))
            .collect()
    }

    fn decoder(&self, outputs: &[ArrayD<f32>]) -> Arc<dyn Decoder> {
        let choice = choice(
            self.family,
            self.width,
            self.height,
            PathBuf::new(),
            String::new(),
        );
        decoder(&choice, outputs).unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    fn check(&self, found: &[InputBox], tolerance: f32) {
        assert_eq!(found.len(), self.expected.len(), "{}", self.name);
        for (index, (got, expected)) in found.iter().zip(&self.expected).enumerate() {
            let place = format!("{}, box {index}", self.name);
            let edges = [got.rect.left, got.rect.top, got.rect.right, got.rect.bottom];
            for (got, expected) in edges.iter().zip(expected.edges) {
                assert!(
                    (got - expected).abs() <= tolerance,
                    "{place}: edge {got} for {expected}"
                );
            }
            assert!(
                (got.score - expected.score).abs() <= 1e-5,
                "{place}: {} {}",
                got.score,
                expected.score
            );
            assert_eq!(got.landmarks.is_some(), expected.landmarks.is_some(), "{place}");
            for (got, expected) in got
                .landmarks
                .iter()
                .flatten()
                .zip(expected.landmarks.iter().flatten())
            {
                let off = (got.0 - expected.0).abs().max((got.1 - expected.1).abs());
                assert!(off <= tolerance, "{place}: landmark {got:?} for {expected:?}");
            }
        }
    }
}

#[test]
fn raw_tensors_are_decoded_as_the_publishers_decode_them() {
    let cases = reference().decode;
    let families = FAMILIES
        .iter()
        .filter(|row| row.family.subject() == Subject::Face);
    assert_eq!(cases.len(), families.count(), "one case for each face family");
    for case in cases {
        let outputs = case.outputs();
        let mut found = Vec::new();
        case.decoder(&outputs)
            .decode(&outputs, case.threshold, &mut found)
            .unwrap();
        case.check(&found, 0.01);
    }
}

#[test]
fn the_order_of_renamed_outputs_does_not_matter_where_shapes_tell_them_apart() {
    // CenterFace has two maps of the same shape, YuNet pairs of which only the product counts.
    for case in reference()
        .decode
        .into_iter()
        .filter(|case| case.family != Family::Centerface)
    {
        let mut outputs = case.outputs();
        outputs.reverse();
        let mut found = Vec::new();
        case.decoder(&outputs)
            .decode(&outputs, case.threshold, &mut found)
            .unwrap();
        case.check(&found, 0.01);
    }
}

#[test]
fn scores_that_are_no_numbers_are_errors_and_boxes_that_are_none_are_dropped() {
    for case in reference().decode {
        let outputs = case.outputs();
        let decoder = case.decoder(&outputs);
        for (index, output) in outputs.iter().enumerate() {
            for value in [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e30, -1e30] {
                let mut spoilt = outputs.clone();
                spoilt[index] = ArrayD::from_elem(output.raw_dim(), value);
                let mut found = Vec::new();
                if decoder.decode(&spoilt, case.threshold, &mut found).is_ok() {
                    for kept in &found {
                        let Rect {
                            left,
                            top,
                            right,
                            bottom,
                        } = kept.rect;
                        assert!([left, top, right, bottom].iter().all(|edge| edge.is_finite()));
                        assert!((0.0..=1.0).contains(&kept.score), "{}: {}", case.name, kept.score);
                        assert!(
                            kept.landmarks
                                .iter()
                                .flatten()
                                .all(|p| p.0.is_finite() && p.1.is_finite())
                        );
                    }
                }
            }
        }
        let mut found = Vec::new();
        let broken: Vec<_> = outputs
            .iter()
            .map(|o| ArrayD::from_elem(o.raw_dim(), f32::NAN))
            .collect();
        let error = decoder
            .decode(&broken, case.threshold, &mut found)
            .unwrap_err()
            .to_string();
        assert!(error.contains("not a number"), "{}: {error}", case.name);
    }
}

#[test]
fn outputs_of_another_size_or_number_are_errors_when_built_and_when_run() {
    for case in reference().decode {
        let outputs = case.outputs();
        let decoder_at_size = case.decoder(&outputs);
        for index in 0..outputs.len() {
            let mut fewer = outputs.clone();
            let gone = fewer.remove(index);
            let choice = choice(
                case.family,
                case.width,
                case.height,
                PathBuf::new(),
                String::new(),
            );
            assert!(decoder(&choice, &fewer).is_err(), "{} without {index}", case.name);
            let mut shape = gone.shape().to_vec();
            shape[1] += 1;
            fewer.insert(index, ArrayD::zeros(IxDyn(&shape)));
            assert!(decoder(&choice, &fewer).is_err(), "{} with {shape:?}", case.name);
            let error = decoder_at_size.decode(&fewer, 0.5, &mut Vec::new());
            assert!(
                matches!(error, Err(EngineError::Shape { .. })),
                "{} with {shape:?}",
                case.name
            );
        }
        assert!(decoder_at_size.decode(&[], 0.5, &mut Vec::new()).is_err());
    }
}

impl WholeCase {
    fn describe(&self) -> String {
        format!(
            "{} {}x{} on {} {}",
            self.model, self.width, self.height, self.picture, self.frame
        )
    }

    fn model_file(&self) -> Option<PathBuf> {
        match self.model_place.as_str() {
            "shared" => test_data::shared(&self.model),
            _ => test_data::model(&self.model),
        }
    }

    fn picture_file(&self) -> Option<PathBuf> {
        match self.picture_place.as_str() {
            "shared" => test_data::shared(&self.picture),
            _ => test_data::clip(),
        }
    }

    /// The frame as the reference decoded it: with the same program and the same options.
    fn rgb(&self, file: &Path) -> Vec<u8> {
        let done = std::process::Command::new("ffmpeg")
            .args(["-v", "error", "-i"])
            .arg(file)
            .arg("-vf")
            .arg(format!("select=eq(n\\,{})", self.frame))
            .args(["-fps_mode", "passthrough", "-frames:v", "1"])
            .args(["-f", "rawvideo", "-pix_fmt", "rgb24", "-"])
            .output()
            .expect("ffmpeg is installed: scripts/test sees to it");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        assert_eq!(
            done.stdout.len(),
            3 * self.frame_width as usize * self.frame_height as usize
        );
        done.stdout
    }

    /// Tensors and detections of this case, each held to the reference.
    fn check(&self, model: &Path, picture: &Path) {
        let place = self.describe();
        let rgb = self.rgb(picture);
        let frame = Frame {
            width: self.frame_width,
            height: self.frame_height,
            rgb: &rgb,
        };
        // Another version of ffmpeg may round colours another way. Then edges and scores are all that can be held.
        let same_pixels = digest::of_bytes(&rgb) == self.frame_sha256;
        let bytes = std::fs::read(model).unwrap();
        let choice = choice(
            self.family,
            self.width,
            self.height,
            model.to_owned(),
            digest::of_bytes(&bytes),
        );

        let row = row_of(&choice).unwrap();
        let contract = row.contract(&choice).unwrap();
        let (engine, _) = row
            .prepare(&choice, &ModelBytes::whole(bytes), &EngineChoice::EMBEDDED)
            .unwrap();
        let mut preprocessor = Preprocessor::new(&contract);
        let whole = Region::whole(self.frame_width, self.frame_height);
        let (picture, _) = preprocessor.prepare(&frame, whole).unwrap();
        let tensor = Normalise::new(&contract).tensor(picture);
        let input_mean = tensor.iter().map(|value| f64::from(*value)).sum::<f64>() / tensor.len() as f64;
        let unit = f64::from(1.0 / contract.std[0]);
        assert!(
            (input_mean - self.input_mean).abs() <= 0.1 * unit,
            "{place}: {input_mean}"
        );
        let step = tensor.len() / 300;
        let samples = tensor.iter().step_by(step);
        assert_eq!(samples.len(), self.input_samples.len(), "{place}");
        let in_255ths = |(got, expected): (&f32, &f32)| (got - expected).abs() * contract.std[0];
        let off = samples
            .zip(&self.input_samples)
            .map(in_255ths)
            .fold(0.0, f32::max);
        assert!(
            !same_pixels || off <= 1.01,
            "{place}: a channel value is off by {off}"
        );
        // The same input to the last bit, where the picture needed no resizing: then only the engines differ.
        let share = if off > 0.0 { 0.005 } else { 0.000_1 };
        let outputs = engine.session().unwrap().run(picture).unwrap().to_vec();
        assert_eq!(outputs.len(), self.output_means.len(), "{place}");
        if same_pixels {
            for (output, expected) in outputs.iter().zip(&self.output_means) {
                let values = || output.iter().map(|value| f64::from(*value));
                let mean = values().sum::<f64>() / output.len() as f64;
                let off = (mean - expected).abs();
                assert!(
                    off <= share * spread(output, mean),
                    "{place}: mean {mean} for {expected}"
                );
            }
        }
        if same_pixels && share < 0.005 {
            for sample in &self.samples {
                let output = &outputs[sample.output];
                let got = *output.iter().nth(sample.index).unwrap();
                let off = f64::from((got - sample.value).abs());
                let limit = 10.0 * share * spread(output, 0.0);
                assert!(off <= limit, "{place}: {got} for {}", sample.value);
            }
        }

        let detector: Arc<dyn LoadedDetector> =
            load(&choice, &Tiling::NONE, &EngineChoice::EMBEDDED).unwrap();
        let mut found = Vec::new();
        detector.worker().unwrap().detect(&frame, &mut found).unwrap();
        // Below it are candidates, which the reference does not list.
        found.retain(|detection| detection.score >= detector.score_threshold());
        // Score, edges in pixels of the frame.
        let tolerances = match (same_pixels, off > 0.0) {
            (true, false) => (0.001, 0.02),
            (true, true) => (0.03, 0.5),
            (false, _) => (0.06, 1.0),
        };
        self.check_detections(&found, tolerances);
    }

    fn check_detections(&self, found: &[Detection], (score_tolerance, tolerance): (f32, f32)) {
        let place = self.describe();
        let near = |got: &Detection, expected: &Expected| {
            let [left, top, right, bottom] = expected.edges;
            let edges = [
                got.rect.left - left,
                got.rect.top - top,
                got.rect.right - right,
                got.rect.bottom - bottom,
            ];
            edges.iter().all(|off| off.abs() <= tolerance)
                && (got.score - expected.score).abs() <= score_tolerance
                && match (&got.landmarks, &expected.landmarks) {
                    (Some(got), Some(expected)) => got.0.iter().zip(expected).all(|(got, expected)| {
                        (got.0 - expected.0).abs() <= tolerance && (got.1 - expected.1).abs() <= tolerance
                    }),
                    (None, None) => true,
                    _ => false,
                }
        };
        // The reference goes down to 0.35, the detector to 0.4: what lies within a hair of 0.4 may be in or out.
        for expected in self
            .expected
            .iter()
            .filter(|expected| expected.score >= 0.4 + score_tolerance)
        {
            assert!(
                found.iter().any(|got| near(got, expected)),
                "{place}: nothing near {:?} of score {}",
                expected.edges,
                expected.score
            );
        }
        for got in found {
            let rect = &got.rect;
            assert!(
                self.expected.iter().any(|expected| near(got, expected)),
                "{place}: nobody expects {} {} {} {} of score {}",
                rect.left,
                rect.top,
                rect.right,
                rect.bottom,
                got.score
            );
        }
    }
}

/// The largest distance of a value from `centre`.
fn spread(output: &ArrayD<f32>, centre: f64) -> f64 {
    output.iter().fold(0.0, |most: f64, value| {
        most.max((f64::from(*value) - centre).abs())
    })
}

/// Runs the cases of one place and says how many there were.
fn check_whole(test: &str, wanted: impl Fn(&WholeCase) -> bool, count: usize) {
    let cases: Vec<WholeCase> = reference().whole.into_iter().filter(wanted).collect();
    assert_eq!(cases.len(), count);
    assert!(
        cases.iter().any(|case| !case.expected.is_empty()),
        "no case holds a face"
    );
    for case in cases {
        let (Some(model), Some(picture)) = (case.model_file(), case.picture_file()) else {
            test_data::skipped(test, &format!("{} or {} is absent", case.model, case.picture));
            return;
        };
        case.check(&model, &picture);
    }
}

#[test]
fn centerface_finds_on_the_pets_clip_what_onnx_runtime_finds() {
    let wanted = |case: &WholeCase| case.model_place == "pulled" && case.picture_place == "frames";
    check_whole(
        "centerface_finds_on_the_pets_clip_what_onnx_runtime_finds",
        wanted,
        2,
    );
}

#[test]
fn centerface_finds_in_shared_pictures_what_onnx_runtime_finds() {
    let wanted = |case: &WholeCase| case.model_place == "pulled" && case.picture_place == "shared";
    check_whole(
        "centerface_finds_in_shared_pictures_what_onnx_runtime_finds",
        wanted,
        6,
    );
}

#[test]
fn shared_face_models_find_in_shared_pictures_what_onnx_runtime_finds() {
    let wanted = |case: &WholeCase| case.model_place == "shared" && case.picture_place == "shared";
    check_whole(
        "shared_face_models_find_in_shared_pictures_what_onnx_runtime_finds",
        wanted,
        15,
    );
}
