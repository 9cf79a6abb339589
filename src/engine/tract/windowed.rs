//! `unsafe` is needed here: the output is written into memory that was not cleared first.
//!
//! In: an image, channels last or plane by plane, or the bytes of a picture. Out: the image after a convolution whose kernel
//! reaches beyond a pixel or beyond the image, computed row by row. Deliberately not here: laying out what a row reads (see `gather.rs`).
#![expect(unsafe_code, reason = "see the first lines")]

use super::dense::{Dense, dense};
use super::gather::{Gather, Image};
use super::lanes::{Lanes, Work, on_this_machine};
use super::scratch::with_scratch;
use tract_onnx::prelude::{Tensor, TractResult};

/// A convolution over windows of an image.
#[derive(Debug)]
pub(super) struct Windowed {
    pub(super) gather: Gather,
    /// Of one output row, which reads one window.
    pub(super) dense: Dense,
    /// Output rows.
    pub(super) rows: usize,
}

impl Windowed {
    /// Whether the convolution reads no more than what is gathered for it.
    pub(super) fn fits(&self) -> bool {
        self.dense.reach() <= self.gather.floats()
    }

    pub(super) fn run(&self, input: Image<'_>, shape: &[usize]) -> TractResult<Tensor> {
        let length = self.rows * self.dense.columns * self.dense.channels;
        assert!(length > 0 && self.gather.takes(input) && self.fits());
        assert_eq!(length, shape.iter().product::<usize>());
        // SAFETY: all its floats are written before anybody reads one: `dense` writes every column and channel of each row.
        let mut output = unsafe { Tensor::uninitialized::<f32>(shape)? };
        let out = output.as_ptr_mut::<f32>()?;
        let layer = self;
        with_scratch([self.gather.floats()], |[window]| {
            window.fill(0.0);
            // SAFETY: one row reads no more than the window holds (`fits`), and the output has room for every row.
            unsafe {
                on_this_machine(WindowedWork {
                    layer,
                    input,
                    window,
                    out,
                });
            }
        });
        Ok(output)
    }
}

struct WindowedWork<'a> {
    layer: &'a Windowed,
    input: Image<'a>,
    window: &'a mut [f32],
    out: *mut f32,
}

impl Work for WindowedWork<'_> {
    #[inline(always)]
    unsafe fn with<L: Lanes, const TALL: usize, const WIDE: usize, const NARROW: usize, const HALF: usize>(
        self,
    ) {
        let Windowed {
            gather,
            dense: layer,
            rows,
        } = self.layer;
        for row in 0..*rows {
            gather.row(row, self.input, self.window);
            // SAFETY: the window holds the layer's reach (`fits`), filled for this row; `row` is below `rows`, for which `run` measured
            // the output.
            unsafe {
                let y = self.out.add(row * layer.columns * layer.channels);
                dense::<L>(layer, layer.columns, self.window.as_ptr(), y);
            }
        }
    }
}
