//! What surrounds convolutions in real networks, held to plain tract: transposed convolutions, focus layers, pools,
//! enlargements, the activation that is read twice, and the order of axes in which networks end.

use super::fused::{FusedLayer, Layer};
use super::heads::FusedHeads;
use super::lanes::forced;
use super::parity::{Case, Numbers, both, difference};
use super::rewrite::fuse_convolutions;
use tract_onnx::prelude::{DatumExt as _, OutletId, TypedModel, TypedNode, tvec};
use tract_onnx::tract_core::model::SpecialOps as _;
use tract_onnx::tract_core::ops::array::{Slice, TypedConcat};
use tract_onnx::tract_core::ops::change_axes::AxisOp;
use tract_onnx::tract_core::ops::cnn::{Deconv, KernelFormat, MaxPool, PaddingSpec, PoolSpec};
use tract_onnx::tract_core::ops::downsample::Downsample;
use tract_onnx::tract_core::ops::element_wise::ElementWiseOp;
use tract_onnx::tract_core::ops::math::{add, mul};
use tract_onnx::tract_core::ops::nn::resize::NearestUpsample;
use tract_onnx::tract_core::ops::nn::{DataFormat, sigmoid};
use vsa_plan::Precision;

/// One output and as many fused operations as wanted, equal to plain tract's.
fn holds(model: TypedModel, end: OutletId, wanted: usize, what: &str) {
    let (plain, fused, count) = both(model, &[end]);
    assert_eq!(count, wanted, "{what}");
    let apart = difference(&plain[0], &fused[0]);
    assert!(apart < 1e-5, "{what}: {apart} apart");
}

/// The model as it runs.
fn fused(model: &TypedModel, end: OutletId) -> TypedModel {
    let mut model = model.clone();
    model.select_output_outlets(&[end]).unwrap();
    fuse_convolutions(model, Precision::F32, None)
        .unwrap()
        .into_optimized()
        .unwrap()
}

pub(super) fn image(shape: [usize; 4]) -> (TypedModel, OutletId) {
    let mut model = TypedModel::default();
    let input = model.add_source("input", f32::fact(shape)).unwrap();
    (model, input)
}

fn transposed(model: &mut TypedModel, input: OutletId, kernel: [usize; 2], stride: [usize; 2]) -> OutletId {
    let numbers = &mut Numbers(5);
    let (inputs, outputs) = (6, 5);
    let weights = model
        .add_const("up.k", numbers.tensor(&[outputs, inputs, kernel[0], kernel[1]]))
        .unwrap();
    let bias = model.add_const("up.b", numbers.tensor(&[outputs])).unwrap();
    let op = Deconv {
        pool_spec: PoolSpec {
            data_format: DataFormat::NCHW,
            kernel_shape: kernel.iter().copied().collect(),
            padding: PaddingSpec::Valid,
            dilations: None,
            strides: Some(stride.iter().copied().collect()),
            input_channels: inputs,
            output_channels: outputs,
        },
        kernel_format: KernelFormat::OIHW,
        adjustments: tvec![0, 0],
        group: 1,
    };
    model.wire_node("up", op, &[input, weights, bias]).unwrap()[0]
}

#[test]
fn transposed_convolutions_equal_those_of_plain_tract_or_are_left_to_it() {
    for (kernel, stride, wanted) in [
        ([2, 2], [2, 2], 1),
        ([3, 2], [3, 2], 1),
        ([1, 1], [1, 1], 1),
        ([3, 3], [2, 2], 0),
        ([2, 2], [3, 3], 0),
    ] {
        let (mut model, input) = image([1, 6, 5, 9]);
        let up = transposed(&mut model, input, kernel, stride);
        let factors = model
            .add_const("factors", Numbers(8).tensor(&[1, 5, 1, 1]))
            .unwrap();
        let end = model.wire_node("scaled", mul(), &[up, factors]).unwrap()[0];
        holds(
            model,
            end,
            wanted,
            &format!("kernel {kernel:?}, stride {stride:?}"),
        );
    }
}

#[test]
fn a_block_may_start_with_windows_of_planes_or_of_pixels() {
    for channels in [3, 4, 5, 20] {
        for (padding, stride) in [(PaddingSpec::SameUpper, 2), (PaddingSpec::Valid, 1)] {
            let first = Case {
                image: [70, 91],
                kernel: [3, 3],
                stride,
                padding: padding.clone(),
                channels: [channels, 72],
                after: &["add", "relu"],
                ..Case::default()
            };
            let depthwise = Case {
                kernel: [3, 3],
                padding: PaddingSpec::SameUpper,
                channels: [72, 72],
                group: 72,
                after: &["relu"],
                ..Case::default()
            };
            let project = Case {
                channels: [72, 9],
                ..Case::default()
            };
            // Only where what lies between the layers does not fit into a cache, they are one.
            let wanted = if stride == 1 { 1 } else { 3 };
            let (mut model, mut wire) = image(first.shape(channels, first.image));
            let numbers = &mut Numbers(4);
            for (layer, name) in [(first, "first"), (depthwise, "depthwise"), (project, "project")] {
                wire = layer.wire(&mut model, wire, name, numbers);
            }
            holds(
                model,
                wire,
                wanted,
                &format!("{channels} channels, stride {stride}"),
            );
        }
    }
}

/// Every second pixel of an image from a row and a column on, as exports of YOLOX cut it up.
fn part(model: &mut TypedModel, image: OutletId, offset: [usize; 2], by: isize, name: &str) -> OutletId {
    let mut wire = image;
    for (axis, start) in [2, 3].into_iter().zip(offset) {
        let size = model.outlet_fact(wire).unwrap().shape[axis].clone();
        let slice = Slice::new(axis, start, size);
        wire = model
            .wire_node(format!("{name}.{axis}.slice"), slice, &[wire])
            .unwrap()[0];
        let down = Downsample::new(axis, by, 0);
        wire = model
            .wire_node(format!("{name}.{axis}.down"), down, &[wire])
            .unwrap()[0];
    }
    wire
}

pub(super) fn focus(size: [usize; 2], offsets: &[[usize; 2]], by: isize) -> (TypedModel, OutletId) {
    let (mut model, input) = image([1, 3, size[0], size[1]]);
    let parts: Vec<OutletId> = offsets
        .iter()
        .enumerate()
        .map(|(index, offset)| part(&mut model, input, *offset, by, &format!("part{index}")))
        .collect();
    let stacked = model.wire_node("stack", TypedConcat { axis: 1 }, &parts).unwrap()[0];
    let conv = Case {
        kernel: [3, 3],
        padding: PaddingSpec::Explicit(tvec![1, 1], tvec![1, 1]),
        channels: [3 * parts.len(), 10],
        after: &["relu"],
        ..Case::default()
    };
    let end = conv.wire(&mut model, stacked, "conv", &mut Numbers(2));
    (model, end)
}

#[test]
fn a_convolution_reads_before_a_focus_layer() {
    let even: &[[usize; 2]] = &[[0, 0], [1, 0], [0, 1], [1, 1]];
    for (size, offsets, by) in [
        ([12, 18], even, 2),
        ([12, 18], &[[1, 1], [0, 0]][..], 2),
        ([9, 12], &[[0, 0], [2, 1], [2, 1]][..], 3),
    ] {
        let (model, end) = focus(size, offsets, by);
        let nodes = |model: &TypedModel| {
            model
                .nodes()
                .iter()
                .filter(|node| node.op_is::<Downsample>())
                .count()
        };
        let fused = fused(&model, end);
        assert_eq!(nodes(&fused), 0, "{offsets:?}: the image is still cut up");
        holds(model, end, 1, &format!("{offsets:?}"));
    }
}

#[test]
fn a_stack_that_is_no_focus_layer_is_left_as_it_is() {
    // An image that the step does not divide, and one that is stacked whole.
    for (size, by) in [([11, 17], 2), ([12, 18], 1)] {
        let (model, end) = focus(size, &[[0, 0], [0, 0]], by);
        holds(model, end, 1, &format!("{size:?} by {by}"));
    }
}

#[test]
fn pools_enlargements_and_axes_follow_a_convolution() {
    let pool = |kernel: usize, stride: usize, pad: usize| MaxPool {
        pool_spec: PoolSpec {
            data_format: DataFormat::NCHW,
            kernel_shape: tvec![kernel, kernel],
            padding: PaddingSpec::ExplicitOnnxPool(tvec![pad, pad], tvec![pad, pad], false),
            dilations: None,
            strides: Some(tvec![stride, stride]),
            input_channels: 7,
            output_channels: 7,
        },
        with_index_outputs: None,
    };
    for (kernel, stride, pad) in [(5, 1, 2), (3, 2, 1), (2, 2, 0), (13, 1, 6)] {
        let (mut model, input) = image([1, 5, 9, 14]);
        let conv = Case::default().wire(&mut model, input, "conv", &mut Numbers(1));
        let end = model
            .wire_node("pool", pool(kernel, stride, pad), &[conv])
            .unwrap()[0];
        holds(model, end, 2, &format!("pool {kernel}, {stride}, {pad}"));
    }
    for scales in [[1, 1, 2, 2], [1, 1, 3, 1], [1, 1, 1, 4]] {
        let (mut model, input) = image([1, 5, 9, 14]);
        let conv = Case::default().wire(&mut model, input, "conv", &mut Numbers(1));
        let up = NearestUpsample {
            scales: scales.iter().copied().collect(),
        };
        let end = model.wire_node("up", up, &[conv]).unwrap()[0];
        let sum = model.wire_node("twice", add(), &[end, end]).unwrap()[0];
        holds(model, sum, 2, &format!("{scales:?}"));
    }
}

#[test]
fn heads_are_joined_with_channels_last() {
    let (mut model, input) = image([1, 5, 9, 14]);
    let mut heads = tvec![];
    for (name, stride) in [("near", 1), ("far", 3)] {
        let case = Case {
            stride,
            ..Case::default()
        };
        let wire = case.wire(&mut model, input, name, &mut Numbers(1));
        let shape = model.outlet_fact(wire).unwrap().shape.to_tvec();
        let flat = tvec![shape[2].clone() * shape[3].clone()];
        let op = AxisOp::Reshape(2, tvec![shape[2].clone(), shape[3].clone()], flat);
        heads.push(model.wire_node(format!("{name}.flat"), op, &[wire]).unwrap()[0]);
    }
    let joined = model
        .wire_node("joined", TypedConcat { axis: 2 }, &heads)
        .unwrap()[0];
    let end = model.wire_node("moved", AxisOp::Move(1, 2), &[joined]).unwrap()[0];
    let fused = fused(&model, end);
    let moves = fused.nodes().iter().filter(|node| {
        node.op_as::<AxisOp>()
            .is_some_and(|op| matches!(op, AxisOp::Move(..)))
    });
    // The input's channels, once for each head, and nothing at the end.
    assert!(moves.count() <= 2, "{fused}");
    holds(model, end, 2, "heads");
}

#[test]
fn the_activation_that_reads_its_input_twice_is_folded_in() {
    for group in [1, 6] {
        let (mut model, input) = image([1, 6, 9, 14]);
        let case = Case {
            kernel: [3, 3],
            channels: [6, 6],
            group,
            ..Case::default()
        };
        let conv = case.wire(&mut model, input, "conv", &mut Numbers(1));
        let between = model.wire_node("sigmoid", sigmoid(), &[conv]).unwrap()[0];
        let end = model.wire_node("product", mul(), &[between, conv]).unwrap()[0];
        let fused = fused(&model, end);
        let last = fused
            .nodes()
            .iter()
            .filter(|node| !node.op_is::<FusedLayer>() && !node.op_is::<AxisOp>());
        assert_eq!(last.count(), 1, "only the source is left: {fused}");
        holds(model.clone(), end, 1, &format!("{group} groups"));
        // Its sigmoid is asked for too: nothing may be folded away.
        let (plain, fused, _) = both(model, &[end, between]);
        for (plain, fused) in plain.iter().zip(&fused) {
            assert!(difference(plain, fused) < 1e-5);
        }
    }
}

#[test]
fn a_row_of_single_pixels_of_planes_is_a_window_too() {
    let (mut model, input) = image([1, 3, 9, 14]);
    let case = Case {
        channels: [3, 20],
        ..Case::default()
    };
    let end = case.wire(&mut model, input, "conv", &mut Numbers(1));
    let fused = fused(&model, end);
    let windows = fused.nodes().iter().filter_map(|node| node.op_as::<FusedLayer>());
    assert!(
        windows
            .filter(|layer| matches!(&*layer.layer, Layer::Windowed(_)))
            .count()
            == 1
    );
    holds(model, end, 1, "single pixels of planes");
}

#[test]
fn what_is_added_to_a_block_is_added_by_the_block() {
    assert!(forced::with_every_width(blocks_add) >= 2);
}

fn blocks_add() {
    for (format, joins) in [(DataFormat::NCHW, true), (DataFormat::NHWC, false)] {
        let layer = |channels: [usize; 2]| Case {
            format,
            image: [60, 75],
            channels,
            ..Case::default()
        };
        let (mut model, input) = image(layer([5, 5]).shape(5, [60, 75]));
        let numbers = &mut Numbers(1);
        let before = layer([5, 20]).wire(&mut model, input, "before", numbers);
        let expand = layer([20, 72]).wire(&mut model, before, "expand", numbers);
        let depthwise = Case {
            kernel: [3, 3],
            padding: PaddingSpec::SameUpper,
            group: 72,
            after: &["relu"],
            ..layer([72, 72])
        };
        let depthwise = depthwise.wire(&mut model, expand, "depthwise", numbers);
        let project = layer([72, 20]).wire(&mut model, depthwise, "project", numbers);
        for inputs in [[project, before], [before, project]] {
            let mut model = model.clone();
            let end = model.wire_node("sum", add(), &inputs).unwrap()[0];
            let fused = fused(&model, end);
            let adds = |node: &&TypedNode| node.op_as::<FusedLayer>().is_some_and(|layer| layer.adds);
            assert_eq!(fused.nodes().iter().filter(adds).count(), usize::from(joins));
            holds(model, end, 2, &format!("{format:?}"));
        }
        // What is read elsewhere too, or is an output, must be there without it.
        let mut both_out = model.clone();
        let end = both_out.wire_node("sum", add(), &[project, before]).unwrap()[0];
        let (plain, ours, _) = both(both_out, &[project, end]);
        for (plain, ours) in plain.iter().zip(&ours) {
            assert!(difference(plain, ours) < 1e-5, "{format:?}, both are outputs");
        }
        let sum = model.wire_node("sum", add(), &[project, before]).unwrap()[0];
        let end = model.wire_node("product", mul(), &[sum, project]).unwrap()[0];
        holds(model, end, 2, &format!("{format:?}, read twice"));
    }
}

#[test]
fn heads_that_read_the_same_image_are_one_layer_that_gives_planes() {
    // In half a register, in one, and in more than one.
    for channels in [[1, 2, 3], [1, 2, 10], [9, 11, 15]] {
        assert!(forced::with_every_width(|| heads_are_one_layer(channels)) >= 2);
    }
}

fn heads_are_one_layer(channels: [usize; 3]) {
    // More pixels than are computed at once, and not a multiple of them.
    let (mut model, input) = image([1, 5, 23, 31]);
    let head = |outputs: usize, after: &'static [&'static str]| Case {
        image: [23, 31],
        channels: [7, outputs],
        after,
        ..Case::default()
    };
    let before = Case {
        image: [23, 31],
        ..Case::default()
    };
    let numbers = &mut Numbers(1);
    let before = before.wire(&mut model, input, "before", numbers);
    let mut ends = vec![];
    for (index, outputs) in channels.into_iter().enumerate() {
        let name = format!("head{index}");
        ends.push(head(outputs, &["mul", "add"]).wire(&mut model, before, &name, numbers));
    }
    ends[0] = model.wire_node("score", sigmoid(), &[ends[0]]).unwrap()[0];
    // Another activation, and a layer too wide to be one of several in a register: on their own.
    ends.push(head(3, &["relu"]).wire(&mut model, before, "clamped", numbers));
    ends.push(head(20, &[]).wire(&mut model, before, "wide", numbers));
    let (plain, ours, layers) = both(model.clone(), &ends);
    assert_eq!(layers, 3, "the one before, and the two on their own");
    for (plain, ours) in plain.iter().zip(&ours) {
        assert_eq!(plain.shape(), ours.shape());
        let apart = difference(plain, ours);
        assert!(apart < 1e-5, "{apart} apart");
    }
    model.select_output_outlets(&ends).unwrap();
    let fused = fuse_convolutions(model, Precision::F32, None).unwrap();
    let heads: Vec<&FusedHeads> = fused.nodes().iter().filter_map(|node| node.op_as()).collect();
    assert_eq!(heads.len(), 1);
    assert_eq!(heads[0].channels, channels);
}

#[test]
fn maps_made_larger_or_smaller_by_weighing_neighbours_stay_channels_last() {
    use tract_onnx::tract_core::ops::nn::resize::{CoordTransformer, Interpolator, Nearest, Resize};
    for (transformer, interpolator) in [
        (CoordTransformer::HalfPixel, Interpolator::Linear),
        (CoordTransformer::AlignCorners, Interpolator::Linear),
        (CoordTransformer::Asymmetric, Interpolator::Linear),
        (CoordTransformer::HalfPixel, Interpolator::Cubic),
    ] {
        for scales in [
            [1.0_f32, 1.0, 2.0, 2.0],
            [1.0, 1.0, 0.5, 0.5],
            [1.0, 1.0, 3.0, 1.0],
        ] {
            let (mut model, input) = image([1, 5, 12, 18]);
            let conv = Case::default().wire(&mut model, input, "conv", &mut Numbers(1));
            let factors = model
                .add_const("scales", tract_onnx::prelude::tensor1(&scales))
                .unwrap();
            let op = Resize {
                coord_transformer: transformer.clone(),
                interpolator: interpolator.clone(),
                nearest: Nearest::Floor,
                optional_scales_input: Some(1),
                optional_sizes_input: None,
            };
            let end = model.wire_node("resized", op, &[conv, factors]).unwrap()[0];
            let sum = model.wire_node("twice", add(), &[end, end]).unwrap()[0];
            holds(
                model,
                sum,
                2,
                &format!("{transformer:?}, {interpolator:?}, {scales:?}"),
            );
        }
    }
}

#[test]
fn an_enlargement_along_channels_is_left_to_tract() {
    use tract_onnx::tract_core::ops::nn::resize::{CoordTransformer, Interpolator, Nearest, Resize};
    let (mut model, input) = image([1, 5, 12, 18]);
    let conv = Case::default().wire(&mut model, input, "conv", &mut Numbers(1));
    let scales = model
        .add_const("scales", tract_onnx::prelude::tensor1(&[1.0_f32, 2.0, 1.0, 1.0]))
        .unwrap();
    let op = Resize {
        coord_transformer: CoordTransformer::HalfPixel,
        interpolator: Interpolator::Linear,
        nearest: Nearest::Floor,
        optional_scales_input: Some(1),
        optional_sizes_input: None,
    };
    let end = model.wire_node("resized", op, &[conv, scales]).unwrap()[0];
    holds(model, end, 1, "channels");
}

#[test]
fn the_leaky_activation_is_folded_in_where_its_share_is_one() {
    use tract_onnx::tract_core::ops::nn::leaky_relu;
    // A share above one would be the smaller of two, not the larger.
    for (share, left) in [(0.1_f32, 0), (0.0, 0), (1.0, 0), (1.5, 1), (-0.5, 1)] {
        let (mut model, input) = image([1, 5, 9, 14]);
        let conv = Case::default().wire(&mut model, input, "conv", &mut Numbers(1));
        let end = model.wire_node("leaky", leaky_relu(share), &[conv]).unwrap()[0];
        let nodes = fused(&model, end);
        let found = nodes.nodes().iter().filter(|node| node.op_is::<ElementWiseOp>());
        assert_eq!(found.count(), left, "{share}");
        holds(model, end, 1, &format!("{share}"));
    }
}
