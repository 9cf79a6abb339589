//! `unsafe` is needed here: the output is written into memory that was not cleared first.
//!
//! In: a channels-last image. Out: the larger image after a transposed convolution whose kernel is as large as its stride:
//! each pixel becomes a rectangle of its own, so that every row of a kernel writes one row of the output in one run.
#![expect(unsafe_code, reason = "see the first lines")]

use super::dense::{Dense, dense};
use super::lanes::{Lanes, Work, on_this_machine};
use tract_onnx::prelude::{Tensor, TractResult};

/// A transposed convolution whose rectangles do not overlap.
#[derive(Debug)]
pub(super) struct Spread {
    /// Rows of the image.
    pub(super) rows: usize,
    /// For each row of the kernel, from the pixels of one row to those of one output row.
    pub(super) kernels: Vec<Dense>,
}

impl Spread {
    pub(super) fn run(&self, input: &[f32], shape: &[usize]) -> TractResult<Tensor> {
        let lengths = self.kernels.iter().map(|kernel| {
            assert!(self.rows * kernel.reach() == input.len());
            self.rows * kernel.columns * kernel.channels
        });
        let length: usize = lengths.sum();
        assert!(length > 0);
        assert_eq!(length, shape.iter().product::<usize>());
        // SAFETY: all its floats are written before anybody reads one: the kernels' rows follow each other without a gap, and
        // their lengths add up to its own.
        let mut output = unsafe { Tensor::uninitialized::<f32>(shape)? };
        let out = output.as_ptr_mut::<f32>()?;
        let layer = self;
        // SAFETY: every kernel reads `reach` floats of each row, which the input holds, and writes its part of the output.
        unsafe { on_this_machine(SpreadWork { layer, input, out }) };
        Ok(output)
    }
}

struct SpreadWork<'a> {
    layer: &'a Spread,
    input: &'a [f32],
    out: *mut f32,
}

impl Work for SpreadWork<'_> {
    #[inline(always)]
    unsafe fn with<L: Lanes, const TALL: usize, const WIDE: usize, const NARROW: usize, const HALF: usize>(
        self,
    ) {
        let mut out = self.out;
        for row in 0..self.layer.rows {
            for kernel in &self.layer.kernels {
                let x = &self.input[row * kernel.reach()..];
                // SAFETY: `x` starts with the `reach` floats of this row; `out` has advanced by what was written, which adds up to
                // the output's length after the last kernel of the last row.
                unsafe {
                    dense::<L>(kernel, kernel.columns, x.as_ptr(), out);
                    out = out.add(kernel.columns * kernel.channels);
                }
            }
        }
    }
}
