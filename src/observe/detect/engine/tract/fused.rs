//! One operation of the rewritten graph: a convolution with its bias and activation, channels last, one image.
//! In: tract's tensor of shape 1 x rows x columns x channels. Out: the same of the next layer.
//! Deliberately not here: finding convolutions in a model (see `rewrite.rs`) and arithmetic (see `dense.rs`, `depthwise.rs`).

use super::block::Block;
use super::dense::Dense;
use super::depthwise::Depthwise;
use std::sync::Arc;
use tract_onnx::prelude::{DatumExt as _, IntoTValue as _, TValue, TVec, TractResult, TypedFact, tvec};
use tract_onnx::tract_core::internal::{
    EvalContext, EvalOp, Op, StaticName, TypedOp, as_op, op_as_typed_op, op_out_of_plan,
};

/// How the layer is computed.
#[derive(Debug)]
pub(super) enum Layer {
    Dense {
        kernel: Dense,
        /// Zeros around the image, where the layer has any.
        border: Option<Border>,
    },
    Depthwise(Depthwise),
    Block(Box<Block>),
}

/// Rows and columns of a padded image, and where the image lies in it.
#[derive(Debug)]
pub(super) struct Border {
    pub(super) padded: [usize; 2],
    pub(super) offset: [usize; 2],
}

#[derive(Clone, Debug)]
pub(super) struct FusedConvolution {
    pub(super) layer: Arc<Layer>,
    pub(super) input: [usize; 4],
    pub(super) output: [usize; 4],
}

impl PartialEq for FusedConvolution {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.layer, &other.layer)
    }
}

impl Eq for FusedConvolution {}

impl Op for FusedConvolution {
    fn name(&self) -> StaticName {
        match &*self.layer {
            Layer::Dense { .. } => "FusedConvolution".into(),
            Layer::Depthwise(_) => "FusedDepthwise".into(),
            Layer::Block(_) => "FusedBlock".into(),
        }
    }

    op_as_typed_op!();
}

impl EvalOp for FusedConvolution {
    op_out_of_plan!();

    fn eval(&self, _context: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        let image = inputs[0].try_as_plain_ram()?;
        let image = image.as_slice::<f32>()?;
        let output = match &*self.layer {
            Layer::Depthwise(kernel) => kernel.run(image, &self.output)?,
            Layer::Block(block) => block.run(image, &self.output)?,
            Layer::Dense { kernel, border: None } => kernel.run(image, &self.output)?,
            Layer::Dense {
                kernel,
                border: Some(border),
            } => kernel.run(&self.padded(image, border), &self.output)?,
        };
        Ok(tvec![output.into_tvalue()])
    }
}

impl FusedConvolution {
    fn padded(&self, image: &[f32], border: &Border) -> Vec<f32> {
        let [_, height, width, channels] = self.input;
        let mut padded = vec![0.0; border.padded[0] * border.padded[1] * channels];
        // A kernel with a stride may leave the last rows and columns unread.
        let rows = height.min(border.padded[0] - border.offset[0]);
        let columns = width.min(border.padded[1] - border.offset[1]);
        for row in 0..rows {
            let to = ((row + border.offset[0]) * border.padded[1] + border.offset[1]) * channels;
            let from = row * width * channels;
            padded[to..to + columns * channels].copy_from_slice(&image[from..from + columns * channels]);
        }
        padded
    }
}

impl TypedOp for FusedConvolution {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        if inputs.len() != 1 || inputs[0].shape.as_concrete() != Some(&self.input[..]) {
            return Err(super::refusal(format!("a fused layer was given {inputs:?}")));
        }
        Ok(tvec![f32::fact(self.output)])
    }

    as_op!();
}
