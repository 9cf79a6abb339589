//! Networks that read the bytes of a picture, held to plain tract on the numbers that the picture stands for.

use super::fused::{FusedLayer, reads_bytes};
use super::lanes::forced;
use super::parity::{Case, Numbers, difference};
use super::parity_network::{focus, image};
use super::rewrite::fuse_convolutions;
use crate::contract::{InputContract, Layout};
use crate::normalise::Normalise;
use std::sync::Arc;
use tract_onnx::prelude::{IntoRunnable as _, OutletId, Tensor, TypedModel, tvec};
use tract_onnx::tract_core::model::SpecialOps as _;
use tract_onnx::tract_core::ops::cnn::PaddingSpec;
use tract_onnx::tract_core::ops::math::mul;
use tract_onnx::tract_core::ops::nn::DataFormat;
use vsa_plan::{ColourOrder, Precision};

/// A model that reads a picture, and one that reads the numbers that the picture stands for, in plain tract.
fn holds_on_a_picture(
    model: &TypedModel,
    end: OutletId,
    contract: &InputContract,
    wanted: &[&str],
    what: &str,
) {
    let mut model = model.clone();
    model.select_output_outlets(&[end]).unwrap();
    let picture = Numbers(3).picture(contract);
    let normalise = Arc::new(Normalise::new(contract));
    let tensor: Tensor = normalise.tensor(&picture).into();
    let bytes = Tensor::from_shape(&[1, normalise.rows, normalise.columns, 3], &picture).unwrap();
    let reads = fuse_convolutions(model.clone(), Precision::F32, Some(&normalise))
        .unwrap()
        .into_optimized()
        .unwrap();
    let ours = reads.nodes().iter().filter(|node| node.op_is::<FusedLayer>());
    let names: Vec<String> = ours.map(|node| node.op.name().into_owned()).collect();
    assert_eq!(names, wanted, "{what}");
    // Else the numbers of the whole picture would lie in memory that nobody wipes.
    assert_eq!(
        reads_bytes(&reads),
        !wanted.contains(&"NumbersOfPicture"),
        "{what}"
    );
    let run = |model: TypedModel, input: Tensor| {
        let found = model.into_runnable().unwrap().run(tvec![input.into()]).unwrap();
        found[0].to_plain_array_view::<f32>().unwrap().to_owned()
    };
    let apart = difference(&run(model, tensor), &run(reads, bytes));
    assert!(apart < 1e-5, "{what}: {apart} apart");
}

/// Columns and rows of the pictures here.
const PICTURE: (u32, u32) = (29, 18);

/// Layouts, orders of channels, and means and deviations.
fn contracts() -> Vec<InputContract> {
    let mut contracts = Vec::new();
    for layout in [Layout::Nchw, Layout::Nhwc] {
        for colour in [ColourOrder::Rgb, ColourOrder::Bgr] {
            for (mean, std) in [([0.0; 3], [1.0; 3]), ([99.0, 110.5, 120.0], [30.0, 127.5, 255.0])] {
                contracts.push(InputContract {
                    colour,
                    mean,
                    std,
                    ..InputContract::plain(PICTURE.0, PICTURE.1, layout)
                });
            }
        }
    }
    contracts
}

fn first(contract: &InputContract, kernel: [usize; 2], stride: usize) -> Case {
    Case {
        format: match contract.layout {
            Layout::Nchw => DataFormat::NCHW,
            Layout::Nhwc => DataFormat::NHWC,
        },
        image: [PICTURE.1 as usize, PICTURE.0 as usize],
        kernel,
        stride,
        padding: PaddingSpec::SameUpper,
        channels: [3, 20],
        after: &["relu"],
        ..Case::default()
    }
}

#[test]
fn the_first_convolution_reads_the_bytes_of_the_picture() {
    assert!(forced::with_every_width(first_convolutions_read_bytes) >= 2);
}

fn first_convolutions_read_bytes() {
    for contract in contracts() {
        let shape = Normalise::new(&contract).shape();
        for (kernel, stride, wanted) in [
            ([3, 3], 2, &["FusedConvolution"][..]),
            ([4, 5], 1, &["FusedConvolution"]),
            ([1, 1], 2, &["FusedConvolution"]),
            // Of single pixels: nothing is laid out for it that could be made of bytes.
            ([1, 1], 1, &["NumbersOfPicture", "FusedConvolution"]),
        ] {
            let (mut model, input) = image(shape);
            let end = first(&contract, kernel, stride).wire(&mut model, input, "conv", &mut Numbers(1));
            let what = format!("{kernel:?} by {stride}: {contract:?}");
            holds_on_a_picture(&model, end, &contract, wanted, &what);
        }
    }
}

#[test]
fn what_else_reads_the_input_gets_the_numbers_that_the_picture_stands_for() {
    for contract in contracts() {
        let (mut model, input) = image(Normalise::new(&contract).shape());
        let half = model
            .add_const("half", Tensor::from_shape(&[1; 4], &[0.5f32]).unwrap())
            .unwrap();
        let halved = model.wire_node("halved", mul(), &[input, half]).unwrap()[0];
        let end = first(&contract, [3, 3], 1).wire(&mut model, halved, "conv", &mut Numbers(1));
        let wanted = ["NumbersOfPicture", "FusedConvolution"];
        holds_on_a_picture(&model, end, &contract, &wanted, &format!("{contract:?}"));
    }
}

#[test]
fn two_readers_of_the_input_each_get_it_as_they_need_it() {
    for contract in contracts() {
        let normalise = Normalise::new(&contract);
        let (mut model, input) = image(normalise.shape());
        let near = first(&contract, [3, 3], 1).wire(&mut model, input, "near", &mut Numbers(1));
        let far = first(&contract, [5, 5], 1).wire(&mut model, input, "far", &mut Numbers(2));
        let end = model.wire_node("both", mul(), &[near, far]).unwrap()[0];
        let wanted = ["FusedConvolution", "FusedConvolution"];
        holds_on_a_picture(&model, end, &contract, &wanted, &format!("{contract:?}"));
        // One that computes beside one that reads windows.
        let (mut model, input) = image(normalise.shape());
        let conv = Case {
            channels: [3, 3],
            ..first(&contract, [3, 3], 1)
        };
        let conv = conv.wire(&mut model, input, "conv", &mut Numbers(1));
        let end = model.wire_node("product", mul(), &[conv, input]).unwrap()[0];
        let wanted = ["FusedConvolution", "NumbersOfPicture"];
        holds_on_a_picture(
            &model,
            end,
            &contract,
            &wanted,
            &format!("{contract:?}, and computed"),
        );
    }
}

#[test]
fn a_focus_layer_and_a_block_may_start_from_the_picture() {
    for contract in contracts() {
        let what = format!("{contract:?}");
        if contract.layout == Layout::Nchw {
            let even = InputContract {
                width: 28,
                ..contract.clone()
            };
            let (model, end) = focus([18, 28], &[[0, 0], [1, 0], [0, 1], [1, 1]], 2);
            holds_on_a_picture(&model, end, &even, &["FusedConvolution"], &what);
        }
        let large = InputContract {
            width: 75,
            height: 60,
            ..contract.clone()
        };
        let (mut model, input) = image(Normalise::new(&large).shape());
        let numbers = &mut Numbers(1);
        let layer = Case {
            image: [60, 75],
            channels: [3, 72],
            ..first(&contract, [3, 3], 1)
        };
        let expanded = layer.wire(&mut model, input, "expand", numbers);
        let depthwise = Case {
            channels: [72, 72],
            group: 72,
            ..layer
        };
        let end = depthwise.wire(&mut model, expanded, "depthwise", numbers);
        holds_on_a_picture(&model, end, &large, &["FusedBlock"], &what);
    }
}
