//! One operation of the rewritten graph, channels last, one image: convolutions with their biases and activations, a pool,
//! or an enlargement.
//! In: tract's tensor of shape 1 x rows x columns x channels (or 1 x channels x rows x columns, where a layer reads planes).
//! Out: 1 x rows x columns x channels of the next layer.
//! Deliberately not here: finding convolutions in a model (see `convolution.rs`) and arithmetic (see `dense.rs`, `depthwise.rs`,
//! `moved.rs`).

use super::block::Block;
use super::dense::Dense;
use super::depthwise::Depthwise;
use super::moved::{Pool, Repeat};
use super::spread::Spread;
use super::windowed::Windowed;
use std::sync::Arc;
use tract_onnx::prelude::{
    DatumExt as _, IntoTValue as _, TValue, TVec, Tensor, TractResult, TypedFact, tvec,
};
use tract_onnx::tract_core::internal::{
    EvalContext, EvalOp, Op, StaticName, TypedOp, as_op, op_as_typed_op, op_out_of_plan,
};

/// How the layer is computed.
#[derive(Debug)]
pub(super) enum Layer {
    Dense(Dense),
    Windowed(Windowed),
    Spread(Spread),
    Depthwise(Depthwise),
    Block(Box<Block>),
    Pool(Pool),
    Repeat(Repeat),
}

#[derive(Clone, Debug)]
pub(super) struct FusedLayer {
    pub(super) layer: Arc<Layer>,
    pub(super) input: [usize; 4],
    pub(super) output: [usize; 4],
}

impl PartialEq for FusedLayer {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.layer, &other.layer)
    }
}

impl Eq for FusedLayer {}

impl Op for FusedLayer {
    fn name(&self) -> StaticName {
        match &*self.layer {
            Layer::Dense(_) | Layer::Windowed(_) => "FusedConvolution".into(),
            Layer::Spread(_) => "FusedTransposedConvolution".into(),
            Layer::Depthwise(_) => "FusedDepthwise".into(),
            Layer::Block(_) => "FusedBlock".into(),
            Layer::Pool(_) => "PoolChannelsLast".into(),
            Layer::Repeat(_) => "RepeatChannelsLast".into(),
        }
    }

    op_as_typed_op!();
}

impl EvalOp for FusedLayer {
    op_out_of_plan!();

    fn eval(&self, _context: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let image = inputs[0].try_as_plain_ram()?;
        let image = image.as_slice::<f32>()?;
        let output = match &*self.layer {
            Layer::Dense(layer) => layer.run(image, &self.output)?,
            Layer::Windowed(layer) => layer.run(image, &self.output)?,
            Layer::Spread(layer) => layer.run(image, &self.output)?,
            Layer::Depthwise(layer) => layer.run(image, &self.output)?,
            Layer::Block(layer) => layer.run(image, &self.output)?,
            Layer::Pool(layer) => self.filled(|output| layer.run(image, output))?,
            Layer::Repeat(layer) => self.filled(|output| layer.run(image, output))?,
        };
        Ok(tvec![output.into_tvalue()])
    }
}

impl FusedLayer {
    fn filled(&self, fill: impl FnOnce(&mut [f32])) -> TractResult<Tensor> {
        let mut output = Tensor::zero::<f32>(&self.output)?;
        fill(output.try_as_plain_ram_mut()?.as_slice_mut::<f32>()?);
        Ok(output)
    }
}

impl TypedOp for FusedLayer {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        if inputs.len() != 1 || inputs[0].shape.as_concrete() != Some(&self.input[..]) {
            return Err(super::refusal(format!("a fused layer was given {inputs:?}")));
        }
        Ok(tvec![f32::fact(self.output)])
    }

    as_op!();
}
