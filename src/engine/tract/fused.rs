//! One operation of the rewritten graph, channels last, one image: convolutions with their biases and activations, a pool,
//! an enlargement, or the numbers that the bytes of a picture stand for.
//! In: tract's tensor of shape 1 x rows x columns x channels (or 1 x channels x rows x columns, where a layer reads planes);
//! where a block adds one, a second like its output.
//! Out: 1 x rows x columns x channels of the next layer (or as the network's input contract has it, for those numbers).
//! Deliberately not here: finding convolutions in a model (see `convolution.rs`) and arithmetic (see `dense.rs`, `depthwise.rs`,
//! `moved.rs`, `blend.rs`).

use super::blend::Blend;
use super::block::Block;
use super::dense::Dense;
use super::depthwise::Depthwise;
use super::gather::Image;
use super::moved::{Pool, Repeat};
use super::spread::Spread;
use super::windowed::Windowed;
use crate::normalise::Normalise;
use std::sync::Arc;
use tract_onnx::prelude::{
    DatumExt as _, DatumType, IntoTValue as _, TValue, TVec, Tensor, TractResult, TypedFact, TypedModel, tvec,
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
    Blend(Blend),
    /// Where the first layer cannot read the picture itself.
    Numbers(Arc<Normalise>),
}

impl Layer {
    /// What it reads.
    fn input_type(&self) -> DatumType {
        let gather = match self {
            Self::Windowed(layer) => Some(&layer.gather),
            Self::Block(block) => block.gather.as_ref(),
            Self::Numbers(_) => return DatumType::U8,
            _ => None,
        };
        if gather.is_some_and(|gather| gather.picture.is_some()) {
            DatumType::U8
        } else {
            DatumType::F32
        }
    }
}

#[derive(Clone, Debug)]
pub(super) struct FusedLayer {
    pub(super) layer: Arc<Layer>,
    /// There is a second input, which is added to the output: a block's alone.
    pub(super) adds: bool,
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
            Layer::Blend(_) => "BlendChannelsLast".into(),
            Layer::Numbers(_) => "NumbersOfPicture".into(),
        }
    }

    op_as_typed_op!();
}

impl EvalOp for FusedLayer {
    op_out_of_plan!();

    fn eval(&self, _context: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let tensor = inputs[0].try_as_plain_ram()?;
        let input = match self.layer.input_type() {
            DatumType::U8 => Image::Bytes(tensor.as_slice::<u8>()?),
            _ => Image::Floats(tensor.as_slice::<f32>()?),
        };
        let image = input.floats();
        let added = inputs.get(1).map(|added| added.try_as_plain_ram()).transpose()?;
        let added = added.as_ref().map(|added| added.as_slice::<f32>()).transpose()?;
        let output = match &*self.layer {
            Layer::Dense(layer) => layer.run(image, &self.output)?,
            Layer::Windowed(layer) => layer.run(input, &self.output)?,
            Layer::Spread(layer) => layer.run(image, &self.output)?,
            Layer::Depthwise(layer) => layer.run(image, &self.output)?,
            Layer::Block(layer) => layer.run(input, added, &self.output)?,
            Layer::Pool(layer) => self.filled(|output| layer.run(image, output))?,
            Layer::Repeat(layer) => self.filled(|output| layer.run(image, output))?,
            Layer::Blend(layer) => self.filled(|output| layer.run(image, output))?,
            Layer::Numbers(normalise) => {
                let picture = tensor.as_slice::<u8>()?;
                self.filled(|output| normalise.lay_out(picture, output))?
            }
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

/// Whether a model that reads a picture reads nothing but its bytes: the numbers that they stand for are nowhere in its memory
/// but for a few rows.
pub(super) fn reads_bytes(model: &TypedModel) -> bool {
    let numbers = |layer: &FusedLayer| matches!(*layer.layer, Layer::Numbers(_));
    !model
        .nodes()
        .iter()
        .any(|node| node.op_as::<FusedLayer>().is_some_and(numbers))
}

impl TypedOp for FusedLayer {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        let fits = |input: &TypedFact| {
            input.shape.as_concrete() == Some(&self.input[..]) && input.datum_type == self.layer.input_type()
        };
        let is_output = |added: &TypedFact| {
            added.shape.as_concrete() == Some(&self.output[..]) && added.datum_type == DatumType::F32
        };
        let fits = match inputs {
            [input] => !self.adds && fits(input),
            [input, added] => self.adds && fits(input) && is_output(added),
            _ => false,
        };
        if !fits {
            return Err(super::refusal(format!("a fused layer was given {inputs:?}")));
        }
        Ok(tvec![f32::fact(self.output)])
    }

    as_op!();
}
