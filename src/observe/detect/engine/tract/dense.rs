//! `unsafe` is needed here: registers are loaded and stored through pointers, and the output is written into memory
//! that was not cleared first.
//!
//! In: a channels-last image that already holds its padding, and packed weights. Out: the image after a convolution over
//! all channels, its bias and its activation. Deliberately not here: which convolutions run this way (`rewrite.rs`).
//!
//! Each output is one chain of multiply-adds in a fixed order (bias, kernel rows, kernel columns, input channels), so
//! its bytes do not depend on threads or on how the image is cut into tiles.
#![expect(unsafe_code, reason = "see the first lines")]

use super::lanes::{Clamp, Lanes, PANEL, Work, on_this_machine, unrolled};
use tract_onnx::prelude::{Tensor, TractResult};

/// The inputs of one block of pixels stay in the second-level cache while the weights pass over them.
const BLOCK_FLOATS: usize = 32 * 1024;

/// A convolution over all channels of an image that already holds its padding.
#[derive(Debug)]
pub(super) struct Dense {
    /// Output rows and columns.
    pub(super) rows: usize,
    pub(super) columns: usize,
    /// Floats of input from one output row to the next, and from one output column to the next.
    pub(super) row_step: usize,
    pub(super) column_step: usize,
    /// Kernel rows, the inputs that each of them reads in one run, and the floats of input from one to the next.
    pub(super) segments: usize,
    pub(super) segment_length: usize,
    pub(super) segment_step: usize,
    pub(super) channels: usize,
    panels: Vec<f32>,
    bias: Vec<f32>,
    pub(super) clamp: Option<Clamp>,
}

/// The shape of a [`Dense`].
pub(super) struct DenseShape {
    pub(super) rows: usize,
    pub(super) columns: usize,
    pub(super) row_step: usize,
    pub(super) column_step: usize,
    pub(super) segments: usize,
    pub(super) segment_length: usize,
    pub(super) segment_step: usize,
    pub(super) channels: usize,
}

impl Dense {
    /// `weight(input, output)` numbers the inputs of one pixel in the order in which they are read.
    pub(super) fn new(
        shape: &DenseShape,
        weight: impl Fn(usize, usize) -> f32,
        bias: &[f32],
        clamp: Option<Clamp>,
    ) -> Self {
        let depth = shape.segments * shape.segment_length;
        let count = shape.channels.div_ceil(PANEL);
        let mut panels = vec![0.0; count * depth * PANEL];
        for (index, slot) in panels.iter_mut().enumerate() {
            let output = index / (depth * PANEL) * PANEL + index % PANEL;
            if output < shape.channels {
                *slot = weight(index / PANEL % depth, output);
            }
        }
        let mut padded = bias.to_vec();
        padded.resize(count * PANEL, 0.0);
        Self {
            rows: shape.rows,
            columns: shape.columns,
            row_step: shape.row_step,
            column_step: shape.column_step,
            segments: shape.segments,
            segment_length: shape.segment_length,
            segment_step: shape.segment_step,
            channels: shape.channels,
            panels,
            bias: padded,
            clamp,
        }
    }

    /// Floats of input that it reads.
    fn reach(&self) -> usize {
        (self.rows - 1) * self.row_step
            + (self.columns - 1) * self.column_step
            + (self.segments - 1) * self.segment_step
            + self.segment_length
    }

    pub(super) fn run(&self, input: &[f32], shape: &[usize]) -> TractResult<Tensor> {
        let length = self.rows * self.columns * self.channels;
        assert!(
            length > 0 && input.len() >= self.reach(),
            "the image is smaller than the layer"
        );
        assert_eq!(length, shape.iter().product::<usize>());
        let input = input.as_ptr();
        // SAFETY: every float of the tensor is written below: all rows, columns and channels are.
        let mut output = unsafe { Tensor::uninitialized::<f32>(shape)? };
        let out = output.as_ptr_mut::<f32>()?;
        // SAFETY: the lengths were measured above.
        unsafe {
            on_this_machine(DenseWork {
                layer: self,
                input,
                out,
            })
        };
        Ok(output)
    }
}

struct DenseWork<'a> {
    layer: &'a Dense,
    input: *const f32,
    out: *mut f32,
}

impl Work for DenseWork<'_> {
    #[inline(always)]
    unsafe fn with<L: Lanes, const TALL: usize, const WIDE: usize, const NARROW: usize>(self) {
        let size = (self.layer.rows, self.layer.columns);
        // SAFETY: passed on to the caller.
        unsafe { dense::<L, TALL, WIDE, NARROW>(self.layer, size, self.input, self.out) }
    }
}

/// `TALL` pixels by `WIDE` registers of output channels are summed at once; the last panel takes `NARROW` registers.
#[inline(always)]
pub(super) unsafe fn dense<L: Lanes, const TALL: usize, const WIDE: usize, const NARROW: usize>(
    layer: &Dense,
    (rows, columns): (usize, usize),
    input: *const f32,
    out: *mut f32,
) {
    let depth = layer.segments * layer.segment_length;
    let panels = layer.channels.div_ceil(PANEL);
    let wide = WIDE * L::N / PANEL;
    let block = (BLOCK_FLOATS / depth).next_multiple_of(TALL).max(TALL * 4);
    for row in 0..rows {
        let mut start = 0;
        while start < columns {
            let end = columns.min(start + block);
            let mut panel = 0;
            while panel < panels {
                let step = if panel + wide <= panels { wide } else { 1 };
                let mut column = start;
                while column < end {
                    // SAFETY: row, column and panel are inside the layer, whose reach the caller checked.
                    unsafe {
                        let x = input.add(row * layer.row_step + column * layer.column_step);
                        let y = out.add((row * columns + column) * layer.channels);
                        let left = end - column;
                        if step == wide {
                            column += tiles::<L, TALL, WIDE>(layer, x, panel, y, left);
                        } else {
                            column += tiles::<L, TALL, NARROW>(layer, x, panel, y, left);
                        }
                    }
                }
                panel += step;
            }
            start = end;
        }
    }
}

/// The tallest tile that fits into `left` pixels. Returns its height.
#[inline(always)]
unsafe fn tiles<L: Lanes, const TALL: usize, const WIDE: usize>(
    layer: &Dense,
    x: *const f32,
    panel: usize,
    y: *mut f32,
    left: usize,
) -> usize {
    unsafe {
        if left >= TALL {
            tile::<L, TALL, WIDE>(layer, x, panel, y);
            TALL
        } else if left >= 4 && TALL > 4 {
            tile::<L, 4, WIDE>(layer, x, panel, y);
            4
        } else {
            tile::<L, 1, WIDE>(layer, x, panel, y);
            1
        }
    }
}

#[inline(always)]
unsafe fn tile<L: Lanes, const TALL: usize, const WIDE: usize>(
    layer: &Dense,
    x: *const f32,
    panel: usize,
    y: *mut f32,
) {
    let depth = layer.segments * layer.segment_length;
    let first = panel * PANEL;
    // SAFETY: panels and bias are padded to whole panels, and the caller keeps to the layer.
    unsafe {
        let mut weights = layer.panels.as_ptr().add(first * depth);
        let bias = layer.bias.as_ptr().add(first);
        let mut sums = [[L::splat(0.0); WIDE]; TALL];
        unrolled!(PIXEL < TALL {
            unrolled!(V < WIDE { sums[PIXEL][V] = L::load(bias.add(V * L::N)); });
        });
        for segment in 0..layer.segments {
            let x = x.add(segment * layer.segment_step);
            for k in 0..layer.segment_length {
                let mut w = [L::splat(0.0); WIDE];
                unrolled!(V < WIDE {
                    w[V] = L::load(weights.add(V * L::N / PANEL * depth * PANEL + V * L::N % PANEL));
                });
                unrolled!(PIXEL < TALL {
                    let value = L::splat(*x.add(PIXEL * layer.column_step + k));
                    unrolled!(V < WIDE { sums[PIXEL][V] = L::multiply_add(value, w[V], sums[PIXEL][V]); });
                });
                weights = weights.add(PANEL);
            }
        }
        if let Some(clamp) = layer.clamp {
            let (low, high) = (L::splat(clamp.low), L::splat(clamp.high));
            unrolled!(PIXEL < TALL {
                unrolled!(V < WIDE { sums[PIXEL][V] = L::clamp(sums[PIXEL][V], low, high); });
            });
        }
        let live = layer.channels - first;
        unrolled!(PIXEL < TALL {
            let y = y.add(PIXEL * layer.channels + first);
            unrolled!(V < WIDE { store_live::<L>(sums[PIXEL][V], y.add(V * L::N), live, V * L::N); });
        });
    }
}

/// Stores a register that starts at channel `start`, of which `live` channels exist.
#[inline(always)]
unsafe fn store_live<L: Lanes>(sum: L::V, y: *mut f32, live: usize, start: usize) {
    // SAFETY: no more floats are written than channels exist.
    unsafe {
        if live >= start + L::N {
            L::store(sum, y);
        } else if live > start {
            let mut whole = [0.0f32; PANEL];
            L::store(sum, whole.as_mut_ptr());
            y.copy_from_nonoverlapping(whole.as_ptr(), live - start);
        }
    }
}
