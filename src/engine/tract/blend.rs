//! Maps made larger or smaller by weighing neighbours, on images whose channels are last. In and out: floats of 1 x rows x
//! columns x channels.
//!
//! What an operation weighs is asked of itself: it is run once on an image with one row in each channel, once with one column in
//! each, and once on an image without a pattern, which rows and columns weighed one after the other must explain.

use super::scratch::with_scratch;
use tract_onnx::prelude::{
    DatumExt as _, IntoRunnable as _, Tensor, TractResult, TypedModel, TypedNode, tvec,
};
use tract_onnx::tract_core::model::SpecialOps as _;

/// The longest side of a map that is tried out: the square of it is what a trial costs.
const LONGEST: usize = 512;

/// How far the trial on an image without a pattern, whose values are 0 to 1, may lie from what rows and columns make of it.
const NEAR: f32 = 1e-5;

/// Neighbours that follow one another, and what each weighs.
#[derive(Debug, PartialEq)]
struct Neighbours {
    first: usize,
    weights: Vec<f32>,
}

/// An image whose rows and columns are each a sum of neighbours.
#[derive(Debug)]
pub(super) struct Blend {
    channels: usize,
    /// Columns of the image.
    width: usize,
    rows: Vec<Neighbours>,
    columns: Vec<Neighbours>,
}

impl Blend {
    /// What a `Resize` does to each channel of an image of `height` x `width`. `None`: it is none, or does something else.
    pub(super) fn of(
        model: &TypedModel,
        node: &TypedNode,
        channels: usize,
        [height, width]: [usize; 2],
        output: [usize; 2],
    ) -> TractResult<Option<Self>> {
        if node.op.name() != "Resize" || height.max(width) > LONGEST {
            return Ok(None);
        }
        let trial = |image: Tensor| tried(model, node, image);
        let one_each = |side: usize, at: fn(usize, usize) -> usize| {
            let mut image = vec![0.0_f32; side * height * width];
            for channel in 0..side {
                for place in 0..height * width {
                    if at(place / width, place % width) == channel {
                        image[channel * height * width + place] = 1.0;
                    }
                }
            }
            Tensor::from_shape(&[1, side, height, width], &image)
        };
        let Some(of_rows) = trial(one_each(height, |row, _| row)?)? else {
            return Ok(None);
        };
        let Some(of_columns) = trial(one_each(width, |_, column| column)?)? else {
            return Ok(None);
        };
        if of_rows.len() != height * output[0] * output[1]
            || of_columns.len() != width * output[0] * output[1]
        {
            return Ok(None);
        }
        let cells = output[0] * output[1];
        let neighbours = |weights: Vec<f32>| {
            let first = weights.iter().position(|weight| *weight != 0.0)?;
            let last = weights.iter().rposition(|weight| *weight != 0.0)?;
            Some(Neighbours {
                first,
                weights: weights[first..=last].to_vec(),
            })
        };
        let rows: Option<Vec<_>> = (0..output[0])
            .map(|row| {
                neighbours(
                    (0..height)
                        .map(|from| of_rows[from * cells + row * output[1]])
                        .collect(),
                )
            })
            .collect();
        let columns: Option<Vec<_>> = (0..output[1])
            .map(|column| neighbours((0..width).map(|from| of_columns[from * cells + column]).collect()))
            .collect();
        let (Some(rows), Some(columns)) = (rows, columns) else {
            return Ok(None);
        };
        let found = Self {
            channels,
            width,
            rows,
            columns,
        };
        // A linear congruential generator's upper bits: no pattern that rows or columns could share.
        let mut state = 1_u32;
        let image: Vec<f32> = (0..height * width)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                f32::from(u16::try_from(state >> 16).unwrap_or(u16::MAX)) / 65536.0
            })
            .collect();
        let Some(wanted) = trial(Tensor::from_shape(&[1, 1, height, width], &image)?)? else {
            return Ok(None);
        };
        let single = Self { channels: 1, ..found };
        let mut made = vec![0.0; cells];
        single.run(&image, &mut made);
        let same = wanted.len() == cells
            && wanted
                .iter()
                .zip(&made)
                .all(|(wanted, made)| (wanted - made).abs() <= NEAR);
        Ok(same.then_some(Self { channels, ..single }))
    }

    pub(super) fn run(&self, input: &[f32], output: &mut [f32]) {
        let line = self.width * self.channels;
        with_scratch([line], |[sum]| {
            let long = self.columns.len() * self.channels;
            for (row, out) in self.rows.iter().zip(output.chunks_exact_mut(long)) {
                let lines = input[row.first * line..].chunks_exact(line);
                add_up(sum, lines, &row.weights);
                for (column, pixel) in self.columns.iter().zip(out.chunks_exact_mut(self.channels)) {
                    let pixels = sum[column.first * self.channels..].chunks_exact(self.channels);
                    add_up(pixel, pixels, &column.weights);
                }
            }
        });
    }
}

/// The sum of rows of numbers, each times its weight.
fn add_up<'a>(sum: &mut [f32], rows: impl Iterator<Item = &'a [f32]>, weights: &[f32]) {
    for (at, (row, weight)) in rows.zip(weights).enumerate() {
        let first = at == 0;
        for (sum, value) in sum.iter_mut().zip(row) {
            let share = weight * value;
            *sum = if first { share } else { *sum + share };
        }
    }
}

/// What an operation with one input that is not constant makes of an image. `None`: it has others, or refuses this one.
fn tried(model: &TypedModel, node: &TypedNode, image: Tensor) -> TractResult<Option<Vec<f32>>> {
    let mut part = TypedModel {
        symbols: model.symbols.clone(),
        ..TypedModel::default()
    };
    let mut inputs = tvec![part.add_source("image", f32::fact(image.shape()))?];
    for (slot, input) in node.inputs.iter().enumerate().skip(1) {
        let Some(konst) = &model.outlet_fact(*input)?.konst else {
            return Ok(None);
        };
        inputs.push(part.add_const(format!("constant.{slot}"), konst.clone())?);
    }
    // Sizes that are written out hold for the number of channels that the model has.
    let Ok(wires) = part.wire_node("trial", node.op.clone(), &inputs) else {
        return Ok(None);
    };
    part.select_output_outlets(&wires)?;
    let Ok(made) = part.into_runnable()?.run(tvec![image.into()]) else {
        return Ok(None);
    };
    Ok(Some(
        made[0].to_plain_array_view::<f32>()?.iter().copied().collect(),
    ))
}
