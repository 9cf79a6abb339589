//! That finding people in a frame asks the system for no memory once a few frames have been looked at: laying out, handing
//! over to the engine, reading its outputs, suppression. Resizing asks for its table of weights anew each time, a few bytes for
//! each row and column of the input: that is the resizer's own (`fast_image_resize`), and bounded here.

use super::detection::Detection;
use super::detector::Detector as _;
use super::load::row_of;
use super::model_detector::{ModelDetector, Selection};
use super::networks::Networks;
use crate::allocations::{self, Allocations};
use crate::detect::scripted::ScriptedEngine;
use crate::footage::frame::Frame;
use crate::test_data::choice_without_file;
use ndarray::{ArrayD, IxDyn};
use std::sync::Arc;
use vsa_plan::{Family, Tiling};

/// Maps of a face in every third cell: far more than frames hold, many of which overlap.
fn maps(rows: usize, columns: usize, shift: usize) -> Vec<ArrayD<f32>> {
    let map = |channels: usize, value: f32| ArrayD::from_elem(IxDyn(&[1, channels, rows, columns]), value);
    let mut heat = map(1, 0.01);
    for (index, score) in heat.iter_mut().enumerate() {
        if (index + shift).is_multiple_of(3) {
            *score = 0.4 + 0.5 * ((index % 97) as f32 / 97.0);
        }
    }
    vec![heat, map(2, 1.5), map(2, 0.1), map(10, 0.3)]
}

#[test]
fn a_frame_asks_for_no_memory_once_a_few_have_been_looked_at() {
    for asked in asked_for_by_frames((96, 64)) {
        assert_eq!(asked, Allocations::default());
    }
}

#[test]
fn resizing_asks_for_its_table_of_weights_alone() {
    for asked in asked_for_by_frames((160, 120)) {
        assert!(asked.calls > 0 && asked.calls <= 2 * (96 + 64), "{asked:?}");
        assert!(asked.bytes <= 128 * (96 + 64), "{asked:?}");
    }
}

/// What each of ten frames of this size asks for, after the first few.
fn asked_for_by_frames((width, height): (u32, u32)) -> Vec<Allocations> {
    let input = (96, 64);
    let (rows, columns) = (16, 24);
    let engine = ScriptedEngine::new((0..3).map(|shift| maps(rows, columns, shift)).collect());
    let choice = choice_without_file(Family::Centerface, input);
    let decoder = row_of(&choice).unwrap().decoder(&choice, &engine).unwrap();
    let selection = Selection {
        score_threshold: 0.3,
        nms_iou: 0.3,
        tiling: Tiling::NONE,
    };
    let networks = Networks::only(input, Box::new(engine), decoder);
    let mut detector = ModelDetector::new(Arc::new(networks), selection);
    let rgb: Vec<u8> = (0..3 * width * height).map(|value| (value % 251) as u8).collect();
    let frame = Frame {
        width,
        height,
        rgb: &rgb,
    };
    let mut found: Vec<Detection> = Vec::new();
    let mut look = || {
        found.clear();
        detector.detect(&frame, &mut found).unwrap();
        assert!(found.len() > 5, "only {} faces: nothing was at work", found.len());
    };
    let first = allocations::of(&mut look);
    assert!(first.calls > 0, "the first frame takes the memory of all");
    (0..5).for_each(|_| look());
    (0..10).map(|_| allocations::of(&mut look)).collect()
}
