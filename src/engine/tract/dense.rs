//! `unsafe` is needed here: registers are loaded and stored through pointers, and the output is written into memory
//! that was not cleared first.
//!
//! In: an image that already holds its padding, and packed weights. Out: the image after a convolution over
//! all channels, its bias and its activation. Deliberately not here: which convolutions run this way (see `assemble.rs`).
//!
//! Each output is one chain of multiply-adds in a fixed order (bias, kernel rows, kernel columns, input channels), so
//! its bytes do not depend on threads or on how the image is cut into tiles.
#![expect(unsafe_code, reason = "see the first lines")]

use super::activation::{Activation, Clamp, leaky};
use super::bfloat::{DenseInPairs, PackedWeights};
use super::lanes::{Lanes, PANEL, Work, on_this_machine, unrolled};
use super::scratch::Aligned;
use tract_onnx::prelude::{Tensor, TractResult};
use vsa_plan::Precision;

/// The inputs of one block of pixels stay in the first-level cache while the weights pass over them.
const BLOCK_FLOATS: usize = 4096;

/// A convolution over all channels of an image that already holds its padding.
#[derive(Debug)]
pub(super) struct Dense {
    /// Output pixels, and the floats of input from one to the next.
    pub(super) columns: usize,
    pub(super) column_step: usize,
    /// Runs of inputs that one output pixel reads, the inputs of each, and the floats of input from one to the next.
    pub(super) segments: usize,
    pub(super) segment_length: usize,
    pub(super) segment_step: usize,
    pub(super) channels: usize,
    panels: Aligned<f32>,
    pub(super) bias: Aligned<f32>,
    pub(super) activation: Activation,
    /// The weights again, where it is computed in bfloat16.
    packed: Option<PackedWeights>,
}

/// The shape of a [`Dense`].
pub(super) struct DenseShape {
    pub(super) columns: usize,
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
        activation: Activation,
        precision: Precision,
    ) -> Self {
        let depth = shape.segments * shape.segment_length;
        let packed = match precision {
            Precision::F32 => None,
            Precision::Bf16 => {
                PackedWeights::new(shape.segments, shape.segment_length, shape.channels, &weight)
            }
        };
        // One copy of the weights is enough.
        let count = if packed.is_some() {
            0
        } else {
            shape.channels.div_ceil(PANEL)
        };
        let panels = (0..count * depth * PANEL).map(|index| {
            let output = index / (depth * PANEL) * PANEL + index % PANEL;
            if output < shape.channels {
                weight(index / PANEL % depth, output)
            } else {
                0.0
            }
        });
        let bias = (0..shape.channels.next_multiple_of(PANEL))
            .map(|output| bias.get(output).copied().unwrap_or(0.0));
        Self {
            columns: shape.columns,
            column_step: shape.column_step,
            segments: shape.segments,
            segment_length: shape.segment_length,
            segment_step: shape.segment_step,
            channels: shape.channels,
            panels: Aligned::new(panels),
            bias: Aligned::new(bias),
            activation,
            packed,
        }
    }

    /// Floats of input that it reads.
    pub(super) fn reach(&self) -> usize {
        (self.columns - 1) * self.column_step + (self.segments - 1) * self.segment_step + self.segment_length
    }

    pub(super) fn run(&self, input: &[f32], shape: &[usize]) -> TractResult<Tensor> {
        let length = self.columns * self.channels;
        assert!(
            length > 0 && input.len() >= self.reach(),
            "the image is smaller than the layer"
        );
        assert_eq!(length, shape.iter().product::<usize>());
        let input = input.as_ptr();
        // SAFETY: all its `columns * channels` floats are written before anybody reads one: `dense` goes over every column and
        // every panel, and `finish` stores each channel of a panel that exists.
        let mut output = unsafe { Tensor::uninitialized::<f32>(shape)? };
        let out = output.as_ptr_mut::<f32>()?;
        // SAFETY: the input has `reach` floats, which the last tap of the last column ends at, and the output `length`.
        unsafe {
            on_this_machine(DenseWork {
                layer: self,
                columns: self.columns,
                input,
                out,
            })
        };
        Ok(output)
    }
}

struct DenseWork<'a> {
    layer: &'a Dense,
    columns: usize,
    input: *const f32,
    out: *mut f32,
}

impl Work for DenseWork<'_> {
    #[inline(always)]
    unsafe fn with<L: Lanes, const TALL: usize, const WIDE: usize, const NARROW: usize, const HALF: usize>(
        self,
    ) {
        let Self {
            layer,
            columns,
            input,
            out,
        } = self;
        // SAFETY: the caller has the instructions of `L`, and whoever made this work measured both pointers for so many columns.
        unsafe { blocks::<L, TALL, WIDE, NARROW, HALF>(layer, columns, input, out) }
    }
}

/// The layer as part of another's work: in the one function for these registers that all of them share, since the tiles of all
/// heights and widths are most of what there is to compile.
///
/// # Safety
/// The machine has the instructions of `L` and of its halves. For `columns` pixels (the layer's own number of them or not),
/// `input` holds what they read, as [`Dense::reach`] counts it, and `out` has room for all channels of each.
#[inline(always)]
pub(super) unsafe fn dense<L: Lanes>(layer: &Dense, columns: usize, input: *const f32, out: *mut f32) {
    // SAFETY: the caller promises the same.
    unsafe {
        L::apart(DenseWork {
            layer,
            columns,
            input,
            out,
        })
    }
}

/// `TALL` pixels by `WIDE` registers of output channels are summed at once; a last panel takes `NARROW` registers, or
/// `HALF` of those half as wide if no more than half of it is channels.
///
/// # Safety
/// As for [`dense`].
#[inline(always)]
unsafe fn blocks<L: Lanes, const TALL: usize, const WIDE: usize, const NARROW: usize, const HALF: usize>(
    layer: &Dense,
    columns: usize,
    input: *const f32,
    out: *mut f32,
) {
    if let Some(packed) = &layer.packed {
        let work = DenseInPairs {
            layer,
            weights: packed,
            columns,
            input,
            out,
        };
        // SAFETY: the caller's pointers reach as far as the layer; layers are packed only where the machine can compute with
        // them, and there registers are chosen that can.
        unsafe { L::in_pairs(work) };
        return;
    }
    let depth = layer.segments * layer.segment_length;
    let panels = layer.channels.div_ceil(PANEL);
    // Panels more than half of which is channels.
    let full = (layer.channels + PANEL / 2 - 1) / PANEL;
    let wide = WIDE * L::N / PANEL;
    let block = (BLOCK_FLOATS / depth).next_multiple_of(TALL).max(TALL * 4);
    let mut start = 0;
    while start < columns {
        let end = columns.min(start + block);
        let mut panel = 0;
        while panel < panels {
            let step = if panel + wide <= full { wide } else { 1 };
            let mut column = start;
            while column < end {
                // SAFETY: `column` is below `columns`, for which the caller measured both pointers; `panel` is below the number
                // of panels that were packed, also with the `wide` ones that are taken at once, since those are below `full`.
                unsafe {
                    let x = input.add(column * layer.column_step);
                    let y = out.add(column * layer.channels);
                    let left = end - column;
                    if step == wide {
                        column += tiles::<L, TALL, WIDE>(layer, x, panel, y, left);
                    } else if panel < full {
                        column += tiles::<L, TALL, NARROW>(layer, x, panel, y, left);
                    } else {
                        column += tiles::<L::Half, TALL, HALF>(layer, x, panel, y, left);
                    }
                }
            }
            panel += step;
        }
        start = end;
    }
}

/// The tallest tile that fits into `left` pixels, of which there is one at least. Returns its height.
///
/// # Safety
/// As for [`tile`] of every height up to `left`.
#[inline(always)]
unsafe fn tiles<L: Lanes, const TALL: usize, const WIDE: usize>(
    layer: &Dense,
    x: *const f32,
    panel: usize,
    y: *mut f32,
    left: usize,
) -> usize {
    // SAFETY: a tile is no taller than `left`, for which the caller answers; a height of 1 always fits.
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

/// # Safety
/// The machine has the instructions of `L`. At `x` lies what `TALL` pixels read; at `y` is room for all their channels; the layer
/// has `panel` and as many more panels as `WIDE` registers hold.
#[inline(always)]
unsafe fn tile<L: Lanes, const TALL: usize, const WIDE: usize>(
    layer: &Dense,
    x: *const f32,
    panel: usize,
    y: *mut f32,
) {
    let depth = layer.segments * layer.segment_length;
    let first = panel * PANEL;
    // SAFETY: weights (`depth * PANEL` for each panel) and bias are padded to whole panels, so every register of them is loaded
    // whole; of the input the furthest float that is read is that of the last tap of the last of `TALL` pixels.
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
        finish::<L, TALL, WIDE>(layer, sums, panel, y);
    }
}

/// Activates the sums of a tile and stores those of channels that exist.
///
/// # Safety
/// The machine has the instructions of `L`; at `y` is room for all channels of `TALL` pixels; channel `panel * PANEL` exists.
#[inline(always)]
pub(super) unsafe fn finish<L: Lanes, const TALL: usize, const WIDE: usize>(
    layer: &Dense,
    mut sums: [[L::V; WIDE]; TALL],
    panel: usize,
    y: *mut f32,
) {
    let first = panel * PANEL;
    // SAFETY: a pixel's channels end `live` floats after `first`; `store_live` and `silu_live` write none beyond, and the latter
    // reads what the former has just written.
    unsafe {
        match layer.activation {
            Activation::AtLeast(low) => {
                let low = L::splat(low);
                unrolled!(PIXEL < TALL {
                    unrolled!(V < WIDE { sums[PIXEL][V] = L::at_least(sums[PIXEL][V], low); });
                });
            }
            Activation::Clamp(Clamp { low, high }) => {
                let (low, high) = (L::splat(low), L::splat(high));
                unrolled!(PIXEL < TALL {
                    unrolled!(V < WIDE { sums[PIXEL][V] = L::clamp(sums[PIXEL][V], low, high); });
                });
            }
            Activation::Leaky(slope) => {
                let slope = L::splat(slope);
                unrolled!(PIXEL < TALL {
                    unrolled!(V < WIDE { sums[PIXEL][V] = leaky::<L>(sums[PIXEL][V], slope); });
                });
            }
            Activation::None | Activation::Silu => {}
        }
        let live = layer.channels - first;
        unrolled!(PIXEL < TALL {
            let y = y.add(PIXEL * layer.channels + first);
            unrolled!(V < WIDE { store_live::<L>(sums[PIXEL][V], y.add(V * L::N), live, V * L::N); });
        });
        // Longer than the others, so not in all registers at once: a loop over the sums would keep them in memory throughout.
        if layer.activation == Activation::Silu {
            for pixel in 0..TALL {
                for start in (0..(WIDE * L::N).min(live)).step_by(L::N) {
                    silu_live::<L>(y.add(pixel * layer.channels + first + start), live - start);
                }
            }
        }
    }
}

/// The `SiLU` of up to a register of floats, in their place.
///
/// # Safety
/// The machine has the instructions of `L`; at `y` lie `live` floats, one at least.
#[inline(always)]
unsafe fn silu_live<L: Lanes>(y: *mut f32, live: usize) {
    // SAFETY: a whole register where `live` fills one; otherwise fewer than it holds, and no more than there are.
    unsafe {
        if live >= L::N {
            L::store(Activation::Silu.on::<L>(L::load(y)), y);
        } else {
            L::store_some(Activation::Silu.on::<L>(L::load_some(y, live)), y, live);
        }
    }
}

/// Stores a register that starts at channel `start`, of which `live` channels exist.
///
/// # Safety
/// The machine has the instructions of `L`; `y` is where channel `start` lies, and there is room up to `live`.
#[inline(always)]
unsafe fn store_live<L: Lanes>(sum: L::V, y: *mut f32, live: usize, start: usize) {
    // SAFETY: a whole register where that many channels are left, otherwise those that are; none where `start` is beyond them.
    unsafe {
        if live >= start + L::N {
            L::store(sum, y);
        } else if live > start {
            L::store_some(sum, y, live - start);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[ignore = "reads beyond its memory on purpose: scripts/memory-check runs it to see that such a read is found"]
    fn a_read_one_float_beyond_the_image_is_found_by_the_memory_check() {
        let shape = DenseShape {
            columns: 7,
            column_step: 3,
            segments: 1,
            segment_length: 3,
            segment_step: 0,
            channels: 5,
        };
        let layer = Dense::new(&shape, |_, _| 1.0, &[0.0], Activation::None, Precision::F32);
        let image = vec![1.0; layer.reach() - 1];
        let mut sums = vec![0.0; layer.columns * layer.channels];
        // SAFETY: none, and that is what this is for: the image is a float short. An allocator's smallest piece is longer than
        // that, so that nothing but a tool that watches memory notices.
        unsafe {
            on_this_machine(DenseWork {
                layer: &layer,
                columns: layer.columns,
                input: image.as_ptr(),
                out: sums.as_mut_ptr(),
            })
        };
        assert_eq!(sums[0], 3.0);
    }
}
