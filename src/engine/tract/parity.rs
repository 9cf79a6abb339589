//! The fused layers held to plain tract: on small random convolutions of every kind that is rewritten, on convolutions
//! that must be left alone, and on the detectors themselves.

use super::super::Engine as _;
use super::fused::FusedLayer;
use super::lanes::forced;
use super::rewrite::fuse_convolutions;
use super::{Convolutions, TractEngine};
use crate::contract::{InputContract, Layout};
use crate::normalise::Normalise;
use ndarray::ArrayD;
use std::path::Path;
use tract_onnx::prelude::{DatumExt as _, IntoRunnable as _, OutletId, Tensor, TypedModel, tvec};
use tract_onnx::tract_core::model::SpecialOps as _;
use tract_onnx::tract_core::ops::cnn::{Conv, KernelFormat, PaddingSpec, PoolSpec};
use tract_onnx::tract_core::ops::math::{add, max, min, mul, sub};
use tract_onnx::tract_core::ops::nn::DataFormat;
use vsa_plan::{ColourOrder, Precision};
use vsa_test_data::{model as model_file, skipped};

/// Numbers between -1 and 1 that are the same on every machine.
pub(super) struct Numbers(pub(super) u32);

impl Numbers {
    pub(super) fn next(&mut self) -> f32 {
        self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        #[expect(clippy::cast_precision_loss, reason = "24 bits fit into single precision")]
        let number = (self.0 >> 8) as f32 / 8_388_608.0 - 1.0;
        number
    }

    pub(super) fn tensor(&mut self, shape: &[usize]) -> Tensor {
        let values: Vec<f32> = (0..shape.iter().product()).map(|_| self.next()).collect();
        Tensor::from_shape(shape, &values).unwrap()
    }

    /// Noise, for a network of this input.
    pub(super) fn picture(&mut self, contract: &InputContract) -> Vec<u8> {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "from 0 to 255"
        )]
        let byte = |number: f32| (127.5 * (number + 1.0)) as u8;
        let bytes = 3 * contract.width as usize * contract.height as usize;
        (0..bytes).map(|_| byte(self.next())).collect()
    }
}

/// One convolution and what follows it.
#[derive(Clone, Debug)]
pub(super) struct Case {
    pub(super) format: DataFormat,
    pub(super) kernel_format: KernelFormat,
    pub(super) image: [usize; 2],
    pub(super) kernel: [usize; 2],
    pub(super) stride: usize,
    pub(super) dilation: usize,
    pub(super) padding: PaddingSpec,
    pub(super) channels: [usize; 2],
    pub(super) group: usize,
    pub(super) after: &'static [&'static str],
}

impl Default for Case {
    fn default() -> Self {
        Self {
            format: DataFormat::NCHW,
            kernel_format: KernelFormat::OIHW,
            image: [9, 14],
            kernel: [1, 1],
            stride: 1,
            dilation: 1,
            padding: PaddingSpec::Valid,
            channels: [5, 7],
            group: 1,
            after: &[],
        }
    }
}

impl Case {
    pub(super) fn shape(&self, channels: usize, image: [usize; 2]) -> [usize; 4] {
        if self.format == DataFormat::NCHW {
            [1, channels, image[0], image[1]]
        } else {
            [1, image[0], image[1], channels]
        }
    }

    /// Wires the convolution and what follows it. Returns its end.
    pub(super) fn wire(
        &self,
        model: &mut TypedModel,
        input: OutletId,
        name: &str,
        numbers: &mut Numbers,
    ) -> OutletId {
        let [inputs, outputs] = self.channels;
        let [rows, columns] = self.kernel;
        let weights = match self.kernel_format {
            KernelFormat::OIHW => vec![outputs, inputs / self.group, rows, columns],
            KernelFormat::HWIO => vec![rows, columns, inputs, outputs / self.group],
            KernelFormat::OHWI => vec![outputs / self.group, rows, columns, inputs],
        };
        let kernel = model
            .add_const(format!("{name}.k"), numbers.tensor(&weights))
            .unwrap();
        let bias = model
            .add_const(format!("{name}.b"), numbers.tensor(&[outputs]))
            .unwrap();
        let conv = Conv {
            pool_spec: PoolSpec {
                data_format: self.format,
                kernel_shape: tvec![rows, columns],
                padding: self.padding.clone(),
                dilations: Some(tvec![self.dilation, self.dilation]),
                strides: Some(tvec![self.stride, self.stride]),
                input_channels: inputs,
                output_channels: outputs,
            },
            kernel_fmt: self.kernel_format,
            group: self.group,
            q_params: None,
        };
        let mut wire = model.wire_node(name, conv, &[input, kernel, bias]).unwrap()[0];
        for (index, what) in self.after.iter().enumerate() {
            let operand = match *what {
                "relu" => Tensor::from_shape(&[1, 1, 1, 1], &[0.0f32]).unwrap(),
                "cap" => Tensor::from_shape(&[1, 1, 1, 1], &[0.7f32]).unwrap(),
                _ => numbers.tensor(&self.shape(outputs, [1, 1])),
            };
            let operand = model.add_const(format!("{name}.{index}.c"), operand).unwrap();
            let op = match *what {
                "mul" => mul(),
                "add" => add(),
                "sub" => sub(),
                "relu" | "max" => max(),
                "cap" => min(),
                other => panic!("{other} is no operation of these tests"),
            };
            wire = model
                .wire_node(format!("{name}.{index}"), op, &[wire, operand])
                .unwrap()[0];
        }
        wire
    }
}

fn sourced(case: &Case) -> (TypedModel, OutletId) {
    let mut model = TypedModel::default();
    let shape = case.shape(case.channels[0], case.image);
    let input = model.add_source("input", f32::fact(shape)).unwrap();
    (model, input)
}

/// Both engines' outputs, and how many fused operations are in the second.
pub(super) fn both(model: TypedModel, outputs: &[OutletId]) -> (Vec<ArrayD<f32>>, Vec<ArrayD<f32>>, usize) {
    both_in(model, outputs, Precision::F32)
}

/// The same, with our layers in this precision.
pub(super) fn both_in(
    mut model: TypedModel,
    outputs: &[OutletId],
    precision: Precision,
) -> (Vec<ArrayD<f32>>, Vec<ArrayD<f32>>, usize) {
    model.select_output_outlets(outputs).unwrap();
    let shape = model.input_fact(0).unwrap().shape.as_concrete().unwrap().to_vec();
    let image = Numbers(7).tensor(&shape);
    let fused = fuse_convolutions(model.clone(), precision, None)
        .unwrap()
        .into_optimized()
        .unwrap();
    let count = fused
        .nodes()
        .iter()
        .filter(|node| node.op_is::<FusedLayer>())
        .count();
    let run = |model: TypedModel| {
        let outputs = model
            .into_runnable()
            .unwrap()
            .run(tvec![image.clone().into()])
            .unwrap();
        let arrays = outputs
            .iter()
            .map(|value| value.to_plain_array_view::<f32>().unwrap().to_owned());
        arrays.collect::<Vec<_>>()
    };
    (run(model.into_optimized().unwrap()), run(fused), count)
}

/// The largest difference, as a share of the largest value.
pub(super) fn difference(plain: &ArrayD<f32>, fused: &ArrayD<f32>) -> f32 {
    assert_eq!(plain.shape(), fused.shape());
    let largest = plain
        .iter()
        .fold(1.0f32, |largest, value| largest.max(value.abs()));
    let apart = plain.iter().zip(fused).map(|(a, b)| (a - b).abs());
    apart.fold(
        0.0f32,
        |most, value| if value.is_nan() { f32::NAN } else { most.max(value) },
    ) / largest
}

fn holds(case: &Case, wanted: usize) {
    let (mut model, input) = sourced(case);
    let end = case.wire(&mut model, input, "layer", &mut Numbers(1));
    let (plain, fused, count) = both(model, &[end]);
    assert_eq!(count, wanted, "{case:?}");
    let apart = difference(&plain[0], &fused[0]);
    // Sums of up to 170 products, in another order.
    assert!(apart < 1e-5, "{apart} apart: {case:?}");
}

fn paddings() -> [PaddingSpec; 5] {
    [
        PaddingSpec::Valid,
        PaddingSpec::SameUpper,
        PaddingSpec::SameLower,
        PaddingSpec::Explicit(tvec![1, 1], tvec![1, 1]),
        PaddingSpec::Explicit(tvec![0, 2], tvec![3, 1]),
    ]
}

const AFTER: [&[&str]; 8] = [
    &[],
    &["relu"],
    &["relu", "cap"],
    &["mul", "add", "relu", "cap"],
    &["sub"],
    &["cap", "relu"],
    &["relu", "mul", "add"],
    &["max"],
];

#[test]
fn dense_convolutions_equal_those_of_plain_tract() {
    assert!(forced::with_every_width(dense_convolutions_are_equal) >= 2);
}

fn dense_convolutions_are_equal() {
    let mut after = AFTER.iter().cycle();
    for format in [DataFormat::NCHW, DataFormat::NHWC] {
        for kernel_format in [KernelFormat::OIHW, KernelFormat::HWIO, KernelFormat::OHWI] {
            for kernel in [[1, 1], [3, 3], [2, 5]] {
                for stride in [1, 2, 3] {
                    for padding in paddings() {
                        for channels in [[1, 1], [3, 16], [17, 33], [8, 50]] {
                            let after = after.next().unwrap();
                            let case = Case {
                                format,
                                kernel_format,
                                kernel,
                                stride,
                                padding: padding.clone(),
                                channels,
                                after,
                                ..Case::default()
                            };
                            holds(&case, 1);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn depthwise_convolutions_equal_those_of_plain_tract() {
    assert!(forced::with_every_width(depthwise_convolutions_are_equal) >= 2);
}

fn depthwise_convolutions_are_equal() {
    let mut after = AFTER.iter().cycle();
    for format in [DataFormat::NCHW, DataFormat::NHWC] {
        for kernel_format in [KernelFormat::OIHW, KernelFormat::HWIO, KernelFormat::OHWI] {
            for kernel in [[3, 3], [5, 5], [1, 4]] {
                for stride in [1, 2, 3] {
                    for padding in paddings() {
                        for channels in [3, 16, 21] {
                            let after = after.next().unwrap();
                            let case = Case {
                                format,
                                kernel_format,
                                kernel,
                                stride,
                                padding: padding.clone(),
                                channels: [channels, channels],
                                group: channels,
                                after,
                                ..Case::default()
                            };
                            holds(&case, 1);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn convolutions_that_are_not_understood_are_left_to_tract() {
    let dilated = Case {
        kernel: [3, 3],
        dilation: 2,
        ..Case::default()
    };
    let grouped = Case {
        channels: [4, 8],
        group: 2,
        ..Case::default()
    };
    let multiplied = Case {
        channels: [4, 8],
        group: 4,
        ..Case::default()
    };
    let tall = Case {
        image: [40, 6],
        kernel: [17, 1],
        channels: [4, 4],
        group: 4,
        ..Case::default()
    };
    for case in [dilated, grouped, multiplied, tall] {
        holds(&case, 0);
    }
}

#[test]
fn a_value_that_others_read_is_not_folded_away() {
    let case = Case::default();
    let (mut model, input) = sourced(&case);
    let conv = case.wire(&mut model, input, "layer", &mut Numbers(1));
    let zero = model
        .add_const("zero", Tensor::from_shape(&[1, 1, 1, 1], &[0.0f32]).unwrap())
        .unwrap();
    let relu = model.wire_node("relu", max(), &[conv, zero]).unwrap()[0];
    let sum = model.wire_node("sum", add(), &[conv, relu]).unwrap()[0];
    let (plain, fused, count) = both(model, &[sum, conv]);
    assert_eq!(count, 1);
    for (plain, fused) in plain.iter().zip(&fused) {
        assert!(difference(plain, fused) < 3e-6);
    }
}

#[test]
fn inverted_residual_blocks_equal_those_of_plain_tract() {
    assert!(forced::with_every_width(inverted_residual_blocks_are_equal) >= 2);
}

fn inverted_residual_blocks_are_equal() {
    for format in [DataFormat::NCHW, DataFormat::NHWC] {
        for (stride, kernel) in [(1, 3), (2, 3), (2, 5), (3, 2)] {
            for (expand, project) in [(true, true), (true, false), (false, true)] {
                // Wide enough to be computed row by row.
                let layer = |channels: [usize; 2], after: &'static [&'static str]| Case {
                    format,
                    image: [60, 75],
                    channels,
                    after,
                    ..Case::default()
                };
                let first = if expand { 12 } else { 72 };
                let depthwise = Case {
                    kernel: [kernel, kernel],
                    stride,
                    padding: PaddingSpec::SameUpper,
                    group: 72,
                    ..layer([72, 72], &["mul", "add", "relu", "cap"])
                };
                let numbers = &mut Numbers(3);
                let (mut model, input) = sourced(&layer([first, 72], &[]));
                let mut wire = input;
                if expand {
                    wire = layer([12, 72], &["relu"]).wire(&mut model, wire, "expand", numbers);
                }
                wire = depthwise.wire(&mut model, wire, "depthwise", numbers);
                if project {
                    wire = layer([72, 20], &["add"]).wire(&mut model, wire, "project", numbers);
                }
                let (plain, fused, count) = both(model, &[wire]);
                assert_eq!(count, 1, "the block is one operation");
                let apart = difference(&plain[0], &fused[0]);
                assert!(
                    apart < 3e-6,
                    "{apart} apart: {format:?}, stride {stride}, kernel {kernel}"
                );
            }
        }
    }
}

/// On noise, the deepest of the detectors (YOLOX) carries rounding this far; the others stay below a tenth of it.
const TOLERANCE: f32 = 5e-4;

/// Outputs of a detector from both engines on an image of noise, twice, the second time on two threads at once.
fn detector(file: &str, contract: &InputContract, tensorflow: Option<(&str, &[&str])>, test: &str) {
    let Some(path) = model_file(file) else {
        skipped(test, &format!("{file} is not there"));
        return;
    };
    let bytes = std::fs::read(&path).unwrap();
    let normalise = || Normalise::new(contract);
    let load = |how| match tensorflow {
        Some((input, outputs)) => {
            TractEngine::from_tensorflow_as(&bytes, Path::new(file), normalise(), input, outputs, how)
                .unwrap()
        }
        None => TractEngine::from_onnx_as(&bytes, Path::new(file), normalise(), how).unwrap(),
    };
    let (plain, fused) = (
        load(Convolutions::Plain),
        load(Convolutions::Fused(Precision::F32)),
    );
    let picture = Numbers(11).picture(contract);
    let expected = plain.session().unwrap().run(&picture).unwrap().to_vec();
    let got = fused.session().unwrap().run(&picture).unwrap().to_vec();
    assert_eq!(plain.outputs(), fused.outputs(), "{file}");
    for (expected, got) in expected.iter().zip(&got) {
        let apart = difference(expected, got);
        assert!(apart < TOLERANCE, "{file}: {apart} apart");
    }
    std::thread::scope(|scope| {
        let again = [0, 1].map(|_| scope.spawn(|| fused.session().unwrap().run(&picture).unwrap().to_vec()));
        for again in again {
            assert!(
                again.join().unwrap() == got,
                "{file} gave other bytes on another thread"
            );
        }
    });
}

#[test]
fn detectors_give_the_outputs_of_plain_tract_and_the_same_bytes_on_every_thread() {
    let test = "detectors_give_the_outputs_of_plain_tract_and_the_same_bytes_on_every_thread";
    let ssd: (&str, &[&str]) = ("Preprocessor/sub", &["concat", "concat_1"]);
    let contract = InputContract::plain(300, 300, Layout::Nhwc);
    detector("frozen_inference_graph.pb", &contract, Some(ssd), test);
    for (file, (width, height)) in [
        ("centerface.onnx", (320, 224)),
        ("yolox_nano.onnx", (416, 416)),
        ("nanodet_m_320.onnx", (320, 320)),
        ("retinaface_mobilenet025.onnx", (640, 640)),
        ("ultraface_version-RFB-320_simplified.onnx", (320, 240)),
        ("yunet_n_320_320.onnx", (320, 320)),
    ] {
        let contract = InputContract::plain(width, height, Layout::Nchw);
        detector(file, &contract, None, test);
        let shifted = InputContract {
            colour: ColourOrder::Bgr,
            mean: [100.0, 110.0, 120.0],
            std: [50.0, 60.0, 70.0],
            ..contract
        };
        detector(file, &shifted, None, test);
    }
}
