//! The weights of a TensorFlow.js graph model. In: the manifest and the bytes that follow one another. Out: numbers by name, in
//! single precision or whole, whatever they were made smaller to.

use super::file::{Quantization, Weight, Written};
use super::value::Numbers;
use ndarray::{ArrayD, IxDyn};
use std::collections::BTreeMap;
use tract_onnx::prelude::f16;
use vsa_base::Reason;

/// Every constant by its name.
pub(super) fn read<'a>(written: &'a Written, bytes: &[u8]) -> Result<BTreeMap<&'a str, Numbers>, Reason> {
    let mut rest = bytes;
    let mut found = BTreeMap::new();
    for weight in written.manifest.iter().flat_map(|group| &group.weights) {
        let numbers = one(weight, &mut rest)?;
        found.insert(weight.name.as_str(), numbers);
    }
    if rest.is_empty() {
        Ok(found)
    } else {
        Err(format!(
            "its weights have {} bytes more than its graph file declares: is it the right file of weights?",
            rest.len()
        )
        .into())
    }
}

fn one(weight: &Weight, rest: &mut &[u8]) -> Result<Numbers, Reason> {
    let stored = weight
        .quantization
        .as_ref()
        .map_or(weight.dtype.as_str(), |small| &small.dtype);
    let width = match stored {
        "float32" | "int32" => 4,
        "float16" | "uint16" => 2,
        "uint8" | "bool" => 1,
        other => return Err(format!("its weight `{}` is of {other}, which is not read", weight.name).into()),
    };
    let count = super::value::elements(&weight.shape)?;
    let Some((bytes, after)) = rest.split_at_checked(count * width) else {
        return Err(format!(
            "its weights end before `{}`: is it the right file of weights, and whole?",
            weight.name
        )
        .into());
    };
    *rest = after;
    let whole = weight.dtype == "int32" || weight.dtype == "bool";
    let shape = IxDyn(&weight.shape);
    let of_shape = |error: ndarray::ShapeError| Reason(error.to_string());
    Ok(match (&weight.quantization, stored) {
        (None, "int32") => {
            let values = quads(bytes).map(|quad| i64::from(i32::from_le_bytes(quad)));
            Numbers::Whole(ArrayD::from_shape_vec(shape, values.collect()).map_err(of_shape)?)
        }
        (None, "bool" | "uint8") => {
            let values = bytes.iter().map(|byte| i64::from(*byte));
            Numbers::Whole(ArrayD::from_shape_vec(shape, values.collect()).map_err(of_shape)?)
        }
        (None, "float32") => {
            let values = quads(bytes).map(f32::from_le_bytes);
            Numbers::Floats(ArrayD::from_shape_vec(shape, values.collect()).map_err(of_shape)?)
        }
        (Some(_), "float16") if !whole => {
            let values = pairs(bytes).map(|pair| f16::from_le_bytes(pair).to_f32());
            Numbers::Floats(ArrayD::from_shape_vec(shape, values.collect()).map_err(of_shape)?)
        }
        (Some(small), "uint8" | "uint16") => {
            let steps: Vec<f64> = match width {
                1 => bytes.iter().map(|byte| f64::from(*byte)).collect(),
                _ => pairs(bytes)
                    .map(|pair| f64::from(u16::from_le_bytes(pair)))
                    .collect(),
            };
            let values = steps.into_iter().map(affine(small)?);
            if whole {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "they were whole before they were made smaller"
                )]
                let values = values.map(|value| value.round() as i64).collect();
                Numbers::Whole(ArrayD::from_shape_vec(shape, values).map_err(of_shape)?)
            } else {
                #[expect(
                    clippy::cast_possible_truncation,
                    reason = "the network computes in single precision"
                )]
                let values = values.map(|value| value as f32).collect();
                Numbers::Floats(ArrayD::from_shape_vec(shape, values).map_err(of_shape)?)
            }
        }
        _ => {
            return Err(format!(
                "its weight `{}` is {} kept as {stored}, which is not read",
                weight.name, weight.dtype
            )
            .into());
        }
    })
}

/// Steps from a least value, as TensorFlow.js makes numbers smaller.
fn affine(small: &Quantization) -> Result<impl Fn(f64) -> f64 + use<>, Reason> {
    let (Some(scale), Some(least)) = (small.scale, small.min) else {
        return Err("its weights were made smaller, and by how much is missing".into());
    };
    Ok(move |step: f64| step.mul_add(scale, least))
}

fn quads(bytes: &[u8]) -> impl Iterator<Item = [u8; 4]> + '_ {
    bytes.as_chunks::<4>().0.iter().copied()
}

fn pairs(bytes: &[u8]) -> impl Iterator<Item = [u8; 2]> + '_ {
    bytes.as_chunks::<2>().0.iter().copied()
}
