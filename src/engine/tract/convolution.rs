//! Which convolutions are understood. In: a node of tract's typed model. Out: the convolution, with the constant
//! arithmetic and the activation after it folded in.
//! Deliberately not here: how it is computed (see `assemble.rs`), and wiring it into a model (see `rewrite.rs`).

use super::activation::{Activation, Clamp};
use super::depthwise::Depthwise;
use super::focus::Focus;
use crate::normalise::Normalise;
use ndarray::Ix4;
use std::sync::Arc;
use tract_onnx::prelude::{DatumType, OutletId, Tensor, TractResult, TypedModel, TypedNode};
use tract_onnx::tract_core::ops::binary::TypedBinOp;
use tract_onnx::tract_core::ops::cnn::{Conv, Deconv, KernelFormat};
use tract_onnx::tract_core::ops::element_wise::ElementWiseOp;
use tract_onnx::tract_core::ops::identity::Identity;
use tract_onnx::tract_core::ops::math::{Add, Max, Min, Mul, Sub};
use tract_onnx::tract_core::ops::nn::{DataFormat, LeakyRelu};

/// A convolution and the constant arithmetic after it.
pub(super) struct Convolution {
    /// The value that it reads.
    pub(super) input: OutletId,
    /// Channels are the second axis of the source, and not the last.
    pub(super) second: bool,
    /// The value after the last operation taken up.
    pub(super) end: OutletId,
    pub(super) depthwise: bool,
    /// Each pixel of the image becomes a rectangle as large as the kernel, and rectangles do not overlap.
    pub(super) transposed: bool,
    /// The image is read plane by plane, as the source has it.
    pub(super) planes: bool,
    /// The image is a picture, whose bytes stand for these numbers.
    pub(super) picture: Option<Arc<Normalise>>,
    /// Rows and columns, in this order here and below.
    pub(super) image: [usize; 2],
    pub(super) output: [usize; 2],
    pub(super) kernel: [usize; 2],
    pub(super) stride: [usize; 2],
    pub(super) pad: [usize; 2],
    pub(super) channels_in: usize,
    pub(super) channels_out: usize,
    /// Kernel row, kernel column, input channel (1 if depthwise), output channel.
    pub(super) weights: Vec<f32>,
    pub(super) bias: Vec<f32>,
    pub(super) activation: Activation,
    /// The nodes that are computed by it.
    pub(super) taken: Vec<usize>,
}

impl Convolution {
    pub(super) fn of(model: &TypedModel, node: &TypedNode) -> TractResult<Option<Self>> {
        let (pool, group, format, transposed) = if let Some(conv) = node.op_as::<Conv>() {
            if conv.q_params.is_some() {
                return Ok(None);
            }
            (&conv.pool_spec, conv.group, conv.kernel_fmt, false)
        } else if let Some(conv) = node.op_as::<Deconv>() {
            if conv.adjustments.iter().any(|adjustment| *adjustment != 0) || conv.group != 1 {
                return Ok(None);
            }
            (&conv.pool_spec, conv.group, conv.kernel_format, true)
        } else {
            return Ok(None);
        };
        let second = match pool.data_format {
            DataFormat::NCHW => true,
            DataFormat::NHWC => false,
            DataFormat::CHW | DataFormat::HWC => return Ok(None),
        };
        let fact = model.outlet_fact(node.inputs[0])?;
        let (Some(shape), DatumType::F32) = (fact.shape.as_concrete(), fact.datum_type) else {
            return Ok(None);
        };
        let depthwise = group > 1 && group == pool.input_channels && group == pool.output_channels;
        if pool.rank() != 2
            || shape.len() != 4
            || shape[0] != 1
            || !(group == 1 || depthwise)
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
        let Some(weights) = rows_first(format, &weights, kernel, inner, pool.output_channels, depthwise)?
        else {
            return Ok(None);
        };
        let mut bias = floats(&bias)?;
        if bias.len() == 1 {
            bias.resize(pool.output_channels, bias[0]);
        }
        let stride = [pool.stride(0), pool.stride(1)];
        let (output, pad) = if transposed {
            // Without padding, the output is as many times larger than the image as the stride says.
            let output = [image[0] * kernel[0], image[1] * kernel[1]];
            let fact = model.outlet_fact(OutletId::new(node.id, 0))?;
            let axis = if second { 2 } else { 1 };
            let sides = fact.shape.as_concrete().map(|shape| &shape[axis..axis + 2]);
            if kernel != stride || sides != Some(&output[..]) {
                return Ok(None);
            }
            (output, [0, 0])
        } else {
            let padding = pool.computed_padding(&image);
            (
                [padding[0].convoluted, padding[1].convoluted],
                [padding[0].pad_before, padding[1].pad_before],
            )
        };
        if bias.len() != pool.output_channels || output.contains(&0) || weights.is_empty() {
            return Ok(None);
        }
        let mut found = Self {
            input: node.inputs[0],
            second,
            end: OutletId::new(node.id, 0),
            depthwise,
            transposed,
            planes: false,
            picture: None,
            image,
            output,
            kernel,
            stride,
            pad,
            channels_in: pool.input_channels,
            channels_out: pool.output_channels,
            weights,
            bias,
            activation: Activation::None,
            taken: vec![node.id],
        };
        if second && !depthwise && !transposed {
            found.read_before_focus(model)?;
        }
        while let Some(end) = found.take_up(model)? {
            found.end = end;
        }
        Ok(Some(found))
    }

    /// Reads the image that a focus layer cuts up, and not its parts, if there is one.
    fn read_before_focus(&mut self, model: &TypedModel) -> TractResult<()> {
        let Some(focus) = Focus::of(model, self.input)? else {
            return Ok(());
        };
        self.weights = focus.weights(&self.weights, self.kernel, self.channels_out);
        for (axis, by) in focus.by.into_iter().enumerate() {
            self.image[axis] *= by;
            self.kernel[axis] *= by;
            self.stride[axis] *= by;
            self.pad[axis] *= by;
        }
        self.input = focus.source;
        self.channels_in = focus.channels;
        Ok(())
    }

    /// Folds in the operation after `end`, if it alone reads that value and is constant arithmetic on channels, or both that
    /// read it are a `SiLU` together.
    fn take_up(&mut self, model: &TypedModel) -> TractResult<Option<OutletId>> {
        if model.output_outlets()?.contains(&self.end) {
            return Ok(None);
        }
        let reader = match model.outlet_successors(self.end) {
            [reader] => reader,
            [one, other] => return Ok(self.take_up_silu(model, one.node, other.node)),
            _ => return Ok(None),
        };
        let node = model.node(reader.node);
        let after = OutletId::new(node.id, 0);
        if node.op_is::<Identity>() {
            self.taken.push(node.id);
            return Ok(Some(after));
        }
        let leaky = node
            .op_as::<ElementWiseOp>()
            .and_then(|op| op.0.downcast_ref::<LeakyRelu>())
            .filter(|leaky| (0.0..=1.0).contains(&leaky.alpha) && self.activation == Activation::None);
        if let Some(leaky) = leaky {
            self.activation = Activation::Leaky(leaky.alpha);
            self.taken.push(node.id);
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
        let linear = self.activation == Activation::None;
        let capped = match self.activation {
            Activation::None => Some(f32::NEG_INFINITY),
            Activation::AtLeast(low) => Some(low),
            Activation::Clamp(_) | Activation::Leaky(_) | Activation::Silu => None,
        };
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
            self.activation = Activation::AtLeast(scalar);
        } else if let Some(low) = capped.filter(|_| op.is::<Min>() && uniform) {
            self.activation = Activation::Clamp(Clamp { low, high: scalar });
        } else {
            return Ok(None);
        }
        self.taken.push(node.id);
        Ok(Some(after))
    }

    /// The value times its own sigmoid: one of the two nodes is the sigmoid, the other the product.
    fn take_up_silu(&mut self, model: &TypedModel, one: usize, other: usize) -> Option<OutletId> {
        let (sigmoid, product) = if model.node(one).op.name() == "Sigmoid" {
            (model.node(one), model.node(other))
        } else {
            (model.node(other), model.node(one))
        };
        let between = OutletId::new(sigmoid.id, 0);
        let multiplies = |op: &TypedBinOp| op.0.is::<Mul>() && op.1.is_none();
        let both = [[self.end, between], [between, self.end]];
        let is_silu = sigmoid.op.name() == "Sigmoid"
            && product.op_as::<TypedBinOp>().is_some_and(multiplies)
            && both.iter().any(|inputs| product.inputs[..] == inputs[..])
            && model.outlet_successors(between).len() == 1
            && !model
                .output_outlets()
                .is_ok_and(|outputs| outputs.contains(&between));
        if !is_silu || self.activation != Activation::None {
            return None;
        }
        self.activation = Activation::Silu;
        self.taken.extend([sigmoid.id, product.id]);
        Some(OutletId::new(product.id, 0))
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
    // Of known rank: millions of weights take a tenth of a second to walk through otherwise.
    let Ok(view) = weights.to_plain_array_view::<f32>()?.into_dimensionality::<Ix4>() else {
        return Ok(None);
    };
    // Positions of kernel row, kernel column, input and output among the axes of the file.
    let axes = match format {
        KernelFormat::OIHW => [2, 3, 1, 0],
        // Where outputs are groups, these formats count the groups as inputs.
        KernelFormat::HWIO if depthwise => [0, 1, 3, 2],
        KernelFormat::HWIO => [0, 1, 2, 3],
        KernelFormat::OHWI if depthwise => [1, 2, 0, 3],
        KernelFormat::OHWI => [1, 2, 3, 0],
    };
    let view = view.permuted_axes(axes);
    if view.shape() != [kernel[0], kernel[1], inner, outer] {
        return Ok(None);
    }
    Ok(Some(view.iter().copied().collect()))
}
