//! The same layers on all registers that this machine has: those that fuse multiply and add agree to the bit, and so do the
//! records that are made with them. Small layers of every kind, quick enough for a tool that watches every byte.

use super::lanes::{Registers, forced, instruction_sets};
use super::parity::{Case, Numbers, both, difference};
use super::scratch::apart;
use tract_onnx::prelude::{DatumExt as _, TypedModel, tvec};
use tract_onnx::tract_core::ops::cnn::PaddingSpec;
use tract_onnx::tract_core::ops::nn::DataFormat;
use vsa_plan::Precision;

/// Runs the layers, one after the other, with all registers, and compares.
fn are_the_same(layers: &[Case]) {
    let given = forced::each_width(|_| {
        let mut model = TypedModel::default();
        let shape = layers[0].shape(layers[0].channels[0], layers[0].image);
        let mut wire = model.add_source("input", f32::fact(shape)).unwrap();
        for (index, layer) in layers.iter().enumerate() {
            wire = layer.wire(&mut model, wire, &format!("layer{index}"), &mut Numbers(5));
        }
        let (plain, fused, count) = both(model, &[wire]);
        assert_eq!(count, 1, "{layers:?}");
        let apart = difference(&plain[0], &fused[0]);
        assert!(apart < 1e-5, "{apart} apart: {layers:?}");
        fused[0].iter().map(|value| value.to_bits()).collect::<Vec<_>>()
    });
    let fused: Vec<&(Registers, Vec<u32>)> = given.iter().filter(|(registers, _)| registers.fuse()).collect();
    for (registers, bits) in &fused {
        assert!(
            *bits == fused[0].1,
            "{registers:?} and {:?}: {layers:?}",
            fused[0].0
        );
    }
}

/// One of the combinations in so many, where every byte is watched.
fn share(index: usize) -> bool {
    !apart() || index.is_multiple_of(5)
}

#[test]
fn dense_layers_are_the_same_to_the_bit_on_all_registers_that_fuse() {
    let mut index = 0;
    for kernel in [[1, 1], [3, 3], [2, 5]] {
        for stride in [1, 2] {
            // Below half a panel, a whole one, a little more, more than half of the next; with AVX-512 two are taken at once.
            for channels in [[1, 1], [3, 8], [3, 16], [17, 33], [8, 50], [5, 57]] {
                for (format, padding) in [
                    (DataFormat::NCHW, PaddingSpec::SameUpper),
                    (DataFormat::NHWC, PaddingSpec::Valid),
                    (DataFormat::NHWC, PaddingSpec::Explicit(tvec![0, 2], tvec![3, 1])),
                ] {
                    index += 1;
                    if !share(index) {
                        continue;
                    }
                    are_the_same(&[Case {
                        format,
                        kernel,
                        stride,
                        padding,
                        channels,
                        after: &["mul", "add", "relu", "cap"],
                        ..Case::default()
                    }]);
                }
            }
        }
    }
    assert_eq!(index, 108);
}

#[test]
fn depthwise_layers_are_the_same_to_the_bit_on_all_registers_that_fuse() {
    let mut index = 0;
    for kernel in [[3, 3], [5, 5], [1, 4]] {
        for stride in [1, 2, 3] {
            // Fewer than any register holds, fewer than the widest does, and more, with and without a rest.
            for channels in [3, 11, 16, 21, 40] {
                for format in [DataFormat::NCHW, DataFormat::NHWC] {
                    index += 1;
                    if !share(index) {
                        continue;
                    }
                    are_the_same(&[Case {
                        format,
                        kernel,
                        stride,
                        padding: PaddingSpec::SameUpper,
                        channels: [channels, channels],
                        group: channels,
                        after: &["add", "relu"],
                        ..Case::default()
                    }]);
                }
            }
        }
    }
    assert_eq!(index, 90);
}

#[test]
fn blocks_are_the_same_to_the_bit_on_all_registers_that_fuse() {
    let kernels = [(1, 3), (2, 3), (2, 5)];
    for (stride, kernel) in kernels.into_iter().take(if apart() { 1 } else { 3 }) {
        let layer = |channels: [usize; 2], after: &'static [&'static str]| Case {
            // Wide enough to be computed row by row.
            image: [60, 75],
            channels,
            after,
            ..Case::default()
        };
        let depthwise = Case {
            kernel: [kernel, kernel],
            stride,
            padding: PaddingSpec::SameUpper,
            group: 72,
            ..layer([72, 72], &["mul", "add", "relu", "cap"])
        };
        are_the_same(&[layer([12, 72], &["relu"]), depthwise, layer([72, 20], &["add"])]);
    }
}

#[test]
fn the_processor_is_named_by_what_the_loops_use_of_it() {
    let named = instruction_sets(Precision::F32);
    let has = |name: &str| named.split(['(', ')', ' ', ',']).any(|word| word == name);
    assert!(named.starts_with(std::env::consts::ARCH), "{named}");
    // Nothing that single precision has no use for, whatever the processor has.
    assert!(
        !has("avx512_bf16") && !has("avx512_vnni") && !has("amx_bf16"),
        "{named}"
    );
    #[cfg(target_arch = "x86_64")]
    {
        assert_eq!(
            has("fma"),
            is_x86_feature_detected!("avx") && is_x86_feature_detected!("fma")
        );
        assert_eq!(has("avx2"), has("fma") && is_x86_feature_detected!("avx2"));
        assert_eq!(has("avx512f"), has("avx2") && is_x86_feature_detected!("avx512f"));
    }
    if super::lanes::has_bfloat() {
        assert!(instruction_sets(Precision::Bf16).contains("avx512_bf16"));
    }
}
