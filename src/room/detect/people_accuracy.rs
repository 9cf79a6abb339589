//! How many of the labelled people the detectors find: average precision at IoU 0.5 on frames 1, 21, …, 781 of
//! PETS 2009 S2.L1. The labels may not be shipped, so this runs where the development data is.

use crate::test_data::{choice, frames};
use std::collections::BTreeMap;
use vsa_plan::{EngineChoice, Family, Tiling};
use vsa_scoring::scored_boxes::{AveragePrecision, Corners, Picture, average_precision};
use vsa_test_data::{model, shared, skipped};

const TILED: Tiling = Tiling {
    columns: 3,
    rows: 2,
    overlap: 0.25,
    whole_frame: true,
};

/// Labels by number of the frame, from 0 (MOTChallenge counts from 1).
fn labels() -> Option<BTreeMap<u64, Vec<Corners>>> {
    let text = std::fs::read_to_string(shared("footage/pets09-s2l1/gt.txt")?).unwrap();
    let mut all = BTreeMap::<u64, Vec<Corners>>::new();
    for line in text.lines() {
        let (number, rest) = line.split_once(',').unwrap();
        let values: Vec<f32> = rest
            .split(',')
            .map(|value| value.trim().parse().unwrap())
            .collect();
        let [_, left, top, width, height, ..] = values[..] else {
            panic!("{line} is no label")
        };
        let label = Corners {
            left,
            top,
            right: left + width,
            bottom: top + height,
        };
        all.entry(number.parse::<u64>().unwrap() - 1)
            .or_default()
            .push(label);
    }
    Some(all)
}

fn measured(
    test: &str,
    file: &str,
    family: Family,
    size: (u32, u32),
    threshold: f32,
    tiling: &Tiling,
) -> Option<AveragePrecision> {
    let (Some(frames), Some(labels), Some(path)) = (frames(20), labels(), model(file)) else {
        skipped(
            test,
            &format!("needs the clip (VSA_AUDIT_TEST_FRAMES), its labels in the shared data, and {file}"),
        );
        return None;
    };
    let mut choice = choice(path, family, size);
    choice.score_threshold = threshold;
    let loaded = super::load(&choice, tiling, &EngineChoice::EMBEDDED).unwrap();
    let mut worker = loaded.worker().unwrap();
    let mut pictures = Vec::new();
    for buffer in &frames {
        let mut found = Vec::new();
        worker.detect(&buffer.frame(), &mut found).unwrap();
        pictures.push(Picture {
            found: found
                .into_iter()
                .map(|detection| {
                    let rect = &detection.rect;
                    let corners = Corners {
                        left: rect.left,
                        top: rect.top,
                        right: rect.right,
                        bottom: rect.bottom,
                    };
                    (corners, detection.score)
                })
                .collect(),
            labels: labels[&buffer.index].clone(),
        });
    }
    let all = average_precision(&pictures, 0.5).unwrap();
    assert_eq!((frames.len(), all.labels), (40, 232));
    Some(all)
}

#[test]
fn the_core_set_reaches_seventy_seven_percent_with_tiles() {
    let test = "the_core_set_reaches_seventy_seven_percent_with_tiles";
    let file = "frozen_inference_graph.pb";
    if let Some(got) = measured(test, file, Family::Ssdlite, (300, 300), 0.05, &TILED) {
        assert!(got.value >= 0.77, "{got:?}");
    }
}

#[test]
fn the_standard_set_reaches_ninety_three_percent() {
    let test = "the_standard_set_reaches_ninety_three_percent";
    if let Some(got) = measured(
        test,
        "yolox_nano.onnx",
        Family::Yolox,
        (416, 416),
        0.1,
        &Tiling::NONE,
    ) {
        assert!(got.value >= 0.93, "{got:?}");
    }
}

#[test]
fn the_standard_set_reaches_ninety_percent_at_the_size_of_the_frame() {
    let test = "the_standard_set_reaches_ninety_percent_at_the_size_of_the_frame";
    if let Some(got) = measured(
        test,
        "yolox_nano.onnx",
        Family::Yolox,
        (768, 576),
        0.1,
        &Tiling::NONE,
    ) {
        assert!(got.value >= 0.90, "{got:?}");
    }
}

#[test]
fn nanodet_reaches_ninety_percent() {
    let test = "nanodet_reaches_ninety_percent";
    if let Some(got) = measured(
        test,
        "nanodet_m_320.onnx",
        Family::Nanodet,
        (320, 320),
        0.1,
        &Tiling::NONE,
    ) {
        assert!(got.value >= 0.90, "{got:?}");
    }
}
