//! Layers in bfloat16 held to plain tract in single precision: on small random convolutions of every kind, and on a detector.
//! Each factor is rounded to eight bits, so sums agree to a share of a hundredth; a wrong weight would show as a tenth.

use super::lanes::has_bfloat;
use super::parity::{Case, Numbers, both_in, difference};
use super::{Convolutions, TractEngine};
use crate::contract::{InputContract, Layout};
use crate::normalise::Normalise;
use crate::{Engine as _, EngineError};
use std::path::Path;
use tract_onnx::prelude::{DatumExt as _, TypedModel};
use tract_onnx::tract_core::ops::cnn::PaddingSpec;
use tract_onnx::tract_core::ops::nn::DataFormat;
use vsa_plan::Precision;
use vsa_test_data::{model as model_file, skipped};

fn apart(layers: &[Case]) -> f32 {
    let mut model = TypedModel::default();
    let shape = layers[0].shape(layers[0].channels[0], layers[0].image);
    let mut wire = model.add_source("input", f32::fact(shape)).unwrap();
    for (index, layer) in layers.iter().enumerate() {
        wire = layer.wire(&mut model, wire, &format!("layer{index}"), &mut Numbers(1));
    }
    let (plain, fused, count) = both_in(model, &[wire], Precision::Bf16);
    assert!(count >= 1, "{layers:?}");
    difference(&plain[0], &fused[0])
}

#[test]
fn convolutions_in_bfloat16_equal_those_in_single_precision_but_for_rounding() {
    let test = "convolutions_in_bfloat16_equal_those_in_single_precision_but_for_rounding";
    if !has_bfloat() {
        skipped(test, "the processor lacks AVX512-BF16");
        return;
    }
    let mut rounded = 0;
    for format in [DataFormat::NCHW, DataFormat::NHWC] {
        for kernel in [[1, 1], [3, 3], [2, 5]] {
            for stride in [1, 2, 3] {
                for channels in [[1, 1], [3, 16], [17, 33], [8, 50], [40, 24], [64, 85]] {
                    let case = Case {
                        format,
                        kernel,
                        stride,
                        padding: PaddingSpec::SameUpper,
                        channels,
                        after: &["mul", "add", "relu"],
                        ..Case::default()
                    };
                    let apart = apart(std::slice::from_ref(&case));
                    assert!(apart < 0.02, "{apart} apart: {case:?}");
                    rounded += usize::from(apart > 1e-4);
                }
            }
        }
    }
    assert!(
        rounded > 50,
        "only {rounded} of 108 were rounded: this was single precision"
    );
}

#[test]
fn blocks_in_bfloat16_equal_those_in_single_precision_but_for_rounding() {
    let test = "blocks_in_bfloat16_equal_those_in_single_precision_but_for_rounding";
    if !has_bfloat() {
        skipped(test, "the processor lacks AVX512-BF16");
        return;
    }
    let layer = |channels: [usize; 2]| Case {
        image: [60, 75],
        channels,
        after: &["relu"],
        ..Case::default()
    };
    let depthwise = Case {
        kernel: [3, 3],
        padding: PaddingSpec::SameUpper,
        group: 72,
        ..layer([72, 72])
    };
    for first in [1, 12, 31] {
        let apart = apart(&[layer([first, 72]), depthwise.clone(), layer([72, 20])]);
        assert!(apart < 0.02, "{apart} apart: {first} channels");
    }
}

#[test]
fn a_detector_in_bfloat16_gives_the_same_bytes_on_every_thread_and_says_so() {
    let test = "a_detector_in_bfloat16_gives_the_same_bytes_on_every_thread_and_says_so";
    let file = "centerface.onnx";
    let contract = InputContract::plain(320, 224, Layout::Nchw);
    let Some(path) = model_file(file) else {
        skipped(test, &format!("{file} is not there"));
        return;
    };
    let bytes = std::fs::read(&path).unwrap();
    let engine = match TractEngine::from_onnx(&bytes, &path, Normalise::new(&contract), Precision::Bf16) {
        Ok(engine) => engine,
        Err(refusal) => {
            assert!(
                !has_bfloat() && matches!(refusal, EngineError::Precision { .. }),
                "{refusal}"
            );
            return;
        }
    };
    assert!(has_bfloat());
    assert_eq!(engine.facts().precision, "bfloat16");
    let picture = Numbers(11).picture(&contract);
    let normalise = Normalise::new(&contract);
    let plain = TractEngine::from_onnx_as(&bytes, Path::new(file), normalise, Convolutions::Plain).unwrap();
    let expected = plain.session().unwrap().run(&picture).unwrap().to_vec();
    let got = engine.session().unwrap().run(&picture).unwrap().to_vec();
    for (expected, got) in expected.iter().zip(&got) {
        let apart = difference(expected, got);
        assert!(apart > 1e-6 && apart < 0.05, "{apart} apart");
    }
    std::thread::scope(|scope| {
        let again = [0, 1].map(|_| scope.spawn(|| engine.session().unwrap().run(&picture).unwrap().to_vec()));
        for again in again {
            assert!(again.join().unwrap() == got, "other bytes on another thread");
        }
    });
}
