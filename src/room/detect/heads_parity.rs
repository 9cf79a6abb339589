//! Heads of which no weights are at hand, against implementations that are not ours: `tests/parity/heads.json` and the tiny exports
//! beside it, made by `heads_reference.py` with ONNX Runtime and numpy. The exports run whole, from a picture to boxes, so that
//! colour order, normalisation, fit and decoding are all held.

use super::family::InputBox;
use super::identify::identify_model;
use super::people_parity::{boxes, drawn, family, holds, input, number, shapes_of, size};
use crate::footage::frame::FrameBuffer;
use crate::test_data::choice;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use vsa_plan::{ColourOrder, EngineChoice, ModelChoice, Tiling};

fn reference() -> Value {
    serde_json::from_str(include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/parity/heads.json"
    )))
    .unwrap()
}

/// Family, input size and output shapes of every case of decoding.
pub(super) fn shapes() -> Vec<super::NetworkShapes> {
    shapes_of(&reference())
}

fn exported(entry: &Value) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/parity/heads_tiny");
    folder.join(entry["file"].as_str().unwrap())
}

/// The picture that the script drew: the upper eight bits of each share.
fn picture(spec: &Value) -> FrameBuffer {
    let (width, height) = (size(&spec["width"]), size(&spec["height"]));
    let shares = drawn(&json!({
        "shape": [3 * width * height], "columns": [[0.0, 256.0]], "seed": spec["seed"],
    }));
    let mut buffer = FrameBuffer::default();
    let side = |side: usize| u32::try_from(side).unwrap();
    let bytes = buffer.reshape(side(width), side(height));
    for (byte, share) in bytes.iter_mut().zip(shares.iter()) {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a share of 256 is below 256"
        )]
        let value = share.floor() as u8;
        *byte = value;
    }
    buffer
}

fn chosen(entry: &Value) -> ModelChoice {
    ModelChoice {
        person_class: u32::try_from(size(&entry["person_class"])).unwrap(),
        score_threshold: number(&entry["threshold"]),
        // Nothing is suppressed: the reference lists every box.
        nms_iou: 1.0,
        ..choice(exported(entry), family(&entry["family"]), input(entry))
    }
}

/// Left, top, right, bottom, score of everybody found.
fn found(choice: &ModelChoice, picture: &FrameBuffer) -> Vec<[f32; 5]> {
    let loaded = super::load(choice, &Tiling::NONE, &EngineChoice::EMBEDDED).unwrap();
    let mut detections = Vec::new();
    let mut worker = loaded.worker().unwrap();
    worker.detect(&picture.frame(), &mut detections).unwrap();
    // Candidates come as well; what counts reaches the threshold.
    let counted = detections
        .iter()
        .filter(|found| found.score >= choice.score_threshold);
    counted
        .map(|found| {
            let [left, top, right, bottom] = found.rect.edges();
            [left, top, right, bottom, found.score]
        })
        .collect()
}

/// Engines add in another order.
const CLOSE_PIXELS: f32 = 5e-3;
const CLOSE_SCORE: f32 = 1e-4;

fn matched(wanted: &[InputBox], found: &[[f32; 5]]) -> usize {
    let same = |want: &InputBox, [left, top, right, bottom, score]: &[f32; 5]| {
        let edges = want.rect.edges().into_iter().zip([*left, *top, *right, *bottom]);
        edges.into_iter().all(|(a, b)| (a - b).abs() < CLOSE_PIXELS)
            && (want.score - score).abs() < CLOSE_SCORE
    };
    let is_found = |want: &&InputBox| found.iter().any(|found| same(want, found));
    wanted.iter().filter(is_found).count()
}

#[test]
fn outputs_of_heads_without_weights_are_decoded_as_the_publishers_decode_them() {
    let reference = reference();
    let vectors = reference["decode"].as_array().unwrap();
    assert_eq!(vectors.len(), 12);
    vectors.iter().for_each(holds);
}

#[test]
fn a_picture_through_a_tiny_export_gives_the_boxes_that_the_reference_decodes() {
    let reference = reference();
    let entries = reference["exports"].as_array().unwrap();
    assert_eq!(entries.len(), 8);
    for entry in entries {
        let name = entry["file"].as_str().unwrap();
        let (choice, picture) = (chosen(entry), picture(&entry["picture"]));
        let wanted = boxes(&entry["boxes"]);
        let got = found(&choice, &picture);
        assert_eq!(got.len(), size(&entry["count"]), "{name}");
        assert_eq!(matched(&wanted, &got), wanted.len(), "{name}");
        // The same picture by another contract is another picture: what is held above is the contract too. What lies in the grey
        // that fills it up is the same in every order of colours.
        let swapped = match choice.family.name() {
            "rtmdet" => ColourOrder::Rgb,
            _ => ColourOrder::Bgr,
        };
        for wrong in [
            ModelChoice {
                colour: Some(swapped),
                ..choice.clone()
            },
            ModelChoice {
                mean: Some([0.0; 3]),
                std: Some([64.0; 3]),
                ..choice.clone()
            },
        ] {
            let got = found(&wrong, &picture);
            assert!(matched(&wanted, &got) * 4 <= 3 * wanted.len(), "{name}");
        }
    }
}

#[test]
fn tiny_exports_are_recognised_with_the_class_of_person() {
    let reference = reference();
    for entry in reference["exports"].as_array().unwrap() {
        let got = identify_model(&exported(entry), None).unwrap_or_else(|error| panic!("{entry}: {error}"));
        assert_eq!(
            (got.family, got.input_size),
            (family(&entry["family"]), input(entry))
        );
        let is_coco_s_own_number = entry["family"] == "rfdetr";
        assert_eq!(got.person_class, u32::from(is_coco_s_own_number), "{entry}");
    }
    let folder = exported(&reference["exports"][0]);
    let files = std::fs::read_dir(folder.parent().unwrap()).unwrap().count();
    assert_eq!(files, 8, "each is in the list");
}
