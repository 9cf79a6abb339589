//! Which convolutions are understood. In: a node of tract's typed model. Out: the convolution, with the constant
//! arithmetic after it folded in and the layers that are computed together with it, as one operation.
//! Deliberately not here: wiring it into a model (see `rewrite.rs`).

use super::block::Block;
use super::dense::{Dense, DenseShape};
use super::depthwise::Depthwise;
use super::fused::{Border, FusedConvolution, Layer};
use super::lanes::Clamp;
use std::sync::Arc;
use tract_onnx::prelude::{DatumType, OutletId, Tensor, TractResult, TypedModel, TypedNode};
use tract_onnx::tract_core::ops::binary::TypedBinOp;
use tract_onnx::tract_core::ops::cnn::{Conv, KernelFormat};
use tract_onnx::tract_core::ops::identity::Identity;
use tract_onnx::tract_core::ops::math::{Add, Max, Min, Mul, Sub};
use tract_onnx::tract_core::ops::nn::DataFormat;

/// Floats between the layers of a block from which it is computed row by row. Below, they stay in the second-level
/// cache anyway, and rows are too short to fill whole tiles.
const SMALLEST_BLOCK: usize = 300_000;

/// A convolution and the constant arithmetic after it.
pub(super) struct Convolution {
    /// Channels are the second axis of the source, and not the last.
    pub(super) second: bool,
    /// The value after the last operation taken up.
    pub(super) end: OutletId,
    depthwise: bool,
    /// Rows and columns, in this order here and below.
    image: [usize; 2],
    output: [usize; 2],
    kernel: [usize; 2],
    stride: [usize; 2],
    pad: [usize; 2],
    channels_in: usize,
    channels_out: usize,
    /// Kernel row, kernel column, input channel (1 if depthwise), output channel.
    weights: Vec<f32>,
    bias: Vec<f32>,
    clamp: Option<Clamp>,
}

impl Convolution {
    pub(super) fn of(model: &TypedModel, node: &TypedNode) -> TractResult<Option<Self>> {
        let Some(conv) = node.op_as::<Conv>() else {
            return Ok(None);
        };
        let pool = &conv.pool_spec;
        let second = match pool.data_format {
            DataFormat::NCHW => true,
            DataFormat::NHWC => false,
            DataFormat::CHW | DataFormat::HWC => return Ok(None),
        };
        let fact = model.outlet_fact(node.inputs[0])?;
        let (Some(shape), DatumType::F32) = (fact.shape.as_concrete(), fact.datum_type) else {
            return Ok(None);
        };
        let depthwise =
            conv.group > 1 && conv.group == pool.input_channels && conv.group == pool.output_channels;
        if conv.q_params.is_some()
            || pool.rank() != 2
            || shape.len() != 4
            || shape[0] != 1
            || !(conv.group == 1 || depthwise)
            || pool.dilations().iter().any(|dilation| *dilation != 1)
            || (depthwise && pool.kernel_shape[0] > Depthwise::TALLEST)
        {
            return Ok(None);
        }
        let image = if second {
            [shape[2], shape[3]]
        } else {
            [shape[1], shape[2]]
        };
        let kernel = [pool.kernel_shape[0], pool.kernel_shape[1]];
        let (Some(weights), Some(bias)) =
            (constant(model, node.inputs[1])?, constant(model, node.inputs[2])?)
        else {
            return Ok(None);
        };
        let inner = if depthwise { 1 } else { pool.input_channels };
        let Some(weights) = rows_first(
            conv.kernel_fmt,
            &weights,
            kernel,
            inner,
            pool.output_channels,
            depthwise,
        )?
        else {
            return Ok(None);
        };
        let mut bias = floats(&bias)?;
        if bias.len() == 1 {
            bias.resize(pool.output_channels, bias[0]);
        }
        let padding = pool.computed_padding(&image);
        let output = [padding[0].convoluted, padding[1].convoluted];
        if bias.len() != pool.output_channels || output.contains(&0) || weights.is_empty() {
            return Ok(None);
        }
        let mut found = Self {
            second,
            end: OutletId::new(node.id, 0),
            depthwise,
            image,
            output,
            kernel,
            stride: [pool.stride(0), pool.stride(1)],
            pad: [padding[0].pad_before, padding[1].pad_before],
            channels_in: pool.input_channels,
            channels_out: pool.output_channels,
            weights,
            bias,
            clamp: None,
        };
        while let Some(end) = found.take_up(model)? {
            found.end = end;
        }
        Ok(Some(found))
    }

    /// Folds in the operation after `end`, if it alone reads that value and is constant arithmetic on channels.
    fn take_up(&mut self, model: &TypedModel) -> TractResult<Option<OutletId>> {
        let [reader] = model.outlet_successors(self.end) else {
            return Ok(None);
        };
        if model.output_outlets()?.contains(&self.end) {
            return Ok(None);
        }
        let node = model.node(reader.node);
        let after = OutletId::new(node.id, 0);
        if node.op_is::<Identity>() {
            return Ok(Some(after));
        }
        let Some(TypedBinOp(op, None)) = node.op_as::<TypedBinOp>() else {
            return Ok(None);
        };
        let other = node.inputs[1 - reader.slot];
        let Some(operand) = constant(model, other)? else {
            return Ok(None);
        };
        let mut along = [1; 4];
        along[if self.second { 1 } else { 3 }] = self.channels_out;
        let uniform = operand.len() == 1;
        if operand.rank() != 4 || !(uniform || operand.shape() == along) {
            return Ok(None);
        }
        let mut values = floats(&operand)?;
        let scalar = values[0];
        values.resize(self.channels_out, scalar);
        let linear = self.clamp.is_none();
        if op.is::<Mul>() && linear {
            for (weight, factor) in self.weights.iter_mut().zip(values.iter().cycle()) {
                *weight *= factor;
            }
            for (bias, factor) in self.bias.iter_mut().zip(&values) {
                *bias *= factor;
            }
        } else if op.is::<Add>() && linear {
            for (bias, term) in self.bias.iter_mut().zip(&values) {
                *bias += term;
            }
        } else if op.is::<Sub>() && linear && reader.slot == 0 {
            for (bias, term) in self.bias.iter_mut().zip(&values) {
                *bias -= term;
            }
        } else if op.is::<Max>() && uniform && linear {
            self.clamp = Some(Clamp {
                low: scalar,
                high: f32::INFINITY,
            });
        } else if op.is::<Min>() && uniform && self.clamp.is_none_or(|clamp| clamp.high == f32::INFINITY) {
            let low = self.clamp.map_or(f32::NEG_INFINITY, |clamp| clamp.low);
            self.clamp = Some(Clamp { low, high: scalar });
        } else {
            return Ok(None);
        }
        Ok(Some(after))
    }

    /// Whether each output pixel depends on the input pixel at its place alone.
    fn pixelwise(&self) -> bool {
        !self.depthwise && self.kernel == [1, 1] && self.stride == [1, 1] && self.image == self.output
    }

    /// This layer and those after it that are computed with it as one block: a layer of single pixels that expands, a
    /// depthwise layer, a layer of single pixels that projects. Two of the three at least, or this layer alone.
    pub(super) fn with_neighbours(self, model: &TypedModel) -> TractResult<Vec<Self>> {
        let wanted: &[bool] = if self.depthwise { &[false] } else { &[true, false] };
        if !(self.depthwise || self.pixelwise()) {
            return Ok(vec![self]);
        }
        let mut chain = vec![self];
        for depthwise in wanted {
            let before = &chain[chain.len() - 1];
            let [reader] = model.outlet_successors(before.end) else {
                break;
            };
            if model.output_outlets()?.contains(&before.end) {
                break;
            }
            let Some(next) = Self::of(model, model.node(reader.node))? else {
                break;
            };
            let fits = next.depthwise == *depthwise && (next.depthwise || next.pixelwise());
            if !fits || next.second != before.second {
                break;
            }
            chain.push(next);
        }
        // A layer of single pixels with nothing depthwise after it, or a block that fits into the cache anyway.
        let widest = chain.iter().find(|layer| layer.depthwise);
        let floats = widest.map_or(0, |layer| layer.image[0] * layer.image[1] * layer.channels_in);
        if floats < SMALLEST_BLOCK {
            chain.truncate(1);
        }
        Ok(chain)
    }

    fn into_layer(self) -> Layer {
        if self.depthwise {
            return Layer::Depthwise(Depthwise {
                channels: self.channels_out,
                input: self.image,
                output: self.output,
                kernel: self.kernel,
                stride: self.stride,
                pad: self.pad,
                taps: self.weights,
                bias: self.bias,
                clamp: self.clamp,
            });
        }
        let span = |axis: usize| (self.output[axis] - 1) * self.stride[axis] + self.kernel[axis];
        let outside = |axis: usize| self.pad[axis] > 0 || span(axis) > self.image[axis];
        let border = (outside(0) || outside(1)).then(|| Border {
            padded: std::array::from_fn(|axis| span(axis).max(self.pad[axis] + 1)),
            offset: self.pad,
        });
        let width = border.as_ref().map_or(self.image[1], |border| border.padded[1]);
        // A layer that reads the image pixel by pixel is one long row.
        let pixelwise = self.kernel == [1, 1] && self.stride == [1, 1] && border.is_none();
        let channels = self.channels_in;
        let shape = DenseShape {
            rows: if pixelwise { 1 } else { self.output[0] },
            columns: if pixelwise {
                self.output[0] * self.output[1]
            } else {
                self.output[1]
            },
            row_step: self.stride[0] * width * channels,
            column_step: self.stride[1] * channels,
            segments: self.kernel[0],
            segment_length: self.kernel[1] * channels,
            segment_step: width * channels,
            channels: self.channels_out,
        };
        let weight = |input: usize, output: usize| self.weights[input * self.channels_out + output];
        Layer::Dense {
            kernel: Dense::new(&shape, weight, &self.bias, self.clamp),
            border,
        }
    }
}

/// One operation for a chain of layers.
pub(super) fn into_op(chain: Vec<Convolution>) -> FusedConvolution {
    let shape = |size: [usize; 2], channels: usize| [1, size[0], size[1], channels];
    let input = shape(chain[0].image, chain[0].channels_in);
    let end = &chain[chain.len() - 1];
    let output = shape(end.output, end.channels_out);
    let mut layers: Vec<Layer> = chain.into_iter().map(Convolution::into_layer).collect();
    let layer = if layers.len() == 1 {
        layers.remove(0)
    } else {
        let (mut expand, mut depthwise, mut project) = (None, None, None);
        for layer in layers {
            match layer {
                Layer::Depthwise(layer) => depthwise = Some(layer),
                Layer::Dense { kernel, .. } if depthwise.is_none() => expand = Some(kernel),
                Layer::Dense { kernel, .. } => project = Some(kernel),
                Layer::Block(_) => {}
            }
        }
        Layer::Block(Box::new(Block {
            expand,
            depthwise: depthwise.expect("a chain of two layers has a depthwise one"),
            project,
        }))
    };
    FusedConvolution {
        layer: Arc::new(layer),
        input,
        output,
    }
}

/// The constant that an outlet holds, if it is one of float32.
fn constant(model: &TypedModel, outlet: OutletId) -> TractResult<Option<Arc<Tensor>>> {
    let konst = model.outlet_fact(outlet)?.konst.clone();
    Ok(konst.filter(|tensor| tensor.datum_type() == DatumType::F32 && tensor.is_plain()))
}

fn floats(tensor: &Tensor) -> TractResult<Vec<f32>> {
    Ok(tensor.to_plain_array_view::<f32>()?.iter().copied().collect())
}

/// Weights in the order kernel row, kernel column, input channel, output channel. `None`: another shape.
fn rows_first(
    format: KernelFormat,
    weights: &Tensor,
    kernel: [usize; 2],
    inner: usize,
    outer: usize,
    depthwise: bool,
) -> TractResult<Option<Vec<f32>>> {
    let view = weights.to_plain_array_view::<f32>()?;
    // Positions of kernel row, kernel column, input and output among the axes of the file.
    let axes = match format {
        KernelFormat::OIHW => [2, 3, 1, 0],
        // Where outputs are groups, these formats count the groups as inputs.
        KernelFormat::HWIO if depthwise => [0, 1, 3, 2],
        KernelFormat::HWIO => [0, 1, 2, 3],
        KernelFormat::OHWI if depthwise => [1, 2, 0, 3],
        KernelFormat::OHWI => [1, 2, 3, 0],
    };
    if view.ndim() != 4 {
        return Ok(None);
    }
    let view = view.permuted_axes(axes.to_vec());
    if view.shape() != [kernel[0], kernel[1], inner, outer] {
        return Ok(None);
    }
    Ok(Some(view.iter().copied().collect()))
}
