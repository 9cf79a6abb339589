//! `unsafe` is needed here: outputs are written into memory that was not cleared first.
//!
//! In: a channels-last image and the layers of single pixels that a network ends in, a few channels each. Out: what each of
//! them gives, plane by plane, as whoever reads a network's outputs expects them. They are computed as one layer, since
//! each of them would leave most of a register empty, and are turned into planes while they are in the cache.
//! Deliberately not here: which layers these are (see `assemble.rs`).
#![expect(unsafe_code, reason = "see the first lines")]

use super::dense::{Dense, dense};
use super::lanes::{Lanes, Work, on_this_machine};
use super::scratch::with_scratch;
use std::sync::Arc;
use tract_onnx::prelude::{DatumExt as _, IntoTValue as _, TValue, TVec, Tensor, TractResult, TypedFact};
use tract_onnx::tract_core::internal::{
    EvalContext, EvalOp, Op, StaticName, TypedOp, as_op, op_as_typed_op, op_out_of_plan,
};

/// Pixels that are computed before they are turned into planes: their sums stay in the first-level cache.
const CHUNK: usize = 240;

#[derive(Clone, Debug)]
pub(super) struct FusedHeads {
    /// Of all heads together, one after the other.
    pub(super) dense: Arc<Dense>,
    /// Channels of the image; rows and columns.
    pub(super) input: [usize; 3],
    /// Channels of each head.
    pub(super) channels: Vec<usize>,
}

impl PartialEq for FusedHeads {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.dense, &other.dense)
    }
}

impl Eq for FusedHeads {}

impl FusedHeads {
    fn pixels(&self) -> usize {
        self.input[1] * self.input[2]
    }

    fn shape(&self, channels: usize) -> [usize; 4] {
        [1, channels, self.input[1], self.input[2]]
    }

    fn run(&self, image: &[f32]) -> TractResult<TVec<TValue>> {
        let (layer, pixels) = (&*self.dense, self.pixels());
        assert!(pixels == layer.columns && image.len() == pixels * self.input[0]);
        assert_eq!(image.len(), layer.reach());
        assert_eq!(self.channels.iter().sum::<usize>(), layer.channels);
        let mut tensors = Vec::with_capacity(self.channels.len());
        let mut planes = Vec::with_capacity(layer.channels);
        for &channels in &self.channels {
            // SAFETY: all its planes are written before anybody reads one, pixel by pixel, by the loop over all columns in
            // `with`: one for each channel of the layer, whose number was compared above.
            let mut tensor = unsafe { Tensor::uninitialized::<f32>(&self.shape(channels))? };
            let start = tensor.as_ptr_mut::<f32>()?;
            planes.extend((0..channels).map(|channel| start.wrapping_add(channel * pixels)));
            tensors.push(tensor);
        }
        with_scratch([CHUNK * layer.channels], |[sums]| {
            let planes = &planes;
            // SAFETY: the image has what all columns read; `sums` has room for a chunk of them; each plane has a float for each,
            // and lies in a tensor that outlives the work.
            unsafe {
                on_this_machine(HeadsWork {
                    layer,
                    image,
                    sums,
                    planes,
                });
            }
        });
        Ok(tensors.into_iter().map(Tensor::into_tvalue).collect())
    }
}

struct HeadsWork<'a> {
    layer: &'a Dense,
    image: &'a [f32],
    sums: &'a mut [f32],
    /// Where the plane of each channel starts.
    planes: &'a [*mut f32],
}

impl Work for HeadsWork<'_> {
    #[inline(always)]
    unsafe fn with<L: Lanes, const TALL: usize, const WIDE: usize, const NARROW: usize, const HALF: usize>(
        self,
    ) {
        let layer = self.layer;
        for start in (0..layer.columns).step_by(CHUNK) {
            let count = CHUNK.min(layer.columns - start);
            // SAFETY: `start + count` is the number of columns at most, for which `run` measured image and planes; `count` is a chunk
            // at most, for which `sums` was made, and `dense` writes every channel of it before it is read here.
            unsafe {
                let x = self.image.as_ptr().add(start * layer.column_step);
                dense::<L>(layer, count, x, self.sums.as_mut_ptr());
                for (channel, plane) in self.planes.iter().enumerate() {
                    let (plane, sums) = (plane.add(start), self.sums.as_ptr().add(channel));
                    for pixel in 0..count {
                        plane.add(pixel).write(*sums.add(pixel * layer.channels));
                    }
                }
            }
        }
    }
}

impl Op for FusedHeads {
    fn name(&self) -> StaticName {
        "FusedHeads".into()
    }

    op_as_typed_op!();
}

impl EvalOp for FusedHeads {
    op_out_of_plan!();

    fn eval(&self, _context: &EvalContext, inputs: TVec<TValue>) -> TractResult<TVec<TValue>> {
        self.run(inputs[0].try_as_plain_ram()?.as_slice::<f32>()?)
    }
}

impl TypedOp for FusedHeads {
    fn output_facts(&self, inputs: &[&TypedFact]) -> TractResult<TVec<TypedFact>> {
        let [channels, rows, columns] = self.input;
        if inputs.len() != 1 || inputs[0].shape.as_concrete() != Some(&[1, rows, columns, channels]) {
            return Err(super::refusal(format!("fused heads were given {inputs:?}")));
        }
        let facts = self.channels.iter();
        Ok(facts.map(|&channels| f32::fact(self.shape(channels))).collect())
    }

    as_op!();
}
