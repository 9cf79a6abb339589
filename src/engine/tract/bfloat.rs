//! `unsafe` is needed here: registers are loaded and stored through pointers, and inputs are packed into memory that was not
//! cleared first.
//!
//! A convolution over all channels in bfloat16: inputs and weights are rounded to it, products are added up in single
//! precision, two inputs at a time. In and out: the same floats as in `dense.rs`, whose loops these are.
//! Deliberately not here: which machines have the instruction (see `lanes.rs`).
//!
//! Only the best processors' instruction adds two products with its own rounding, so these bytes are theirs alone; on them
//! they depend on nothing else.
#![expect(unsafe_code, reason = "see the first lines")]

use super::dense::{Dense, finish};
use super::lanes::{InPairs, PANEL, Pairs, RUN, unrolled};
use super::scratch::Aligned;
use std::mem::MaybeUninit;

/// Inputs that are packed at once; they stay in the first-level cache while the weights pass over them.
const PACKED: usize = 12 * 1024;

/// Weights in bfloat16.
#[derive(Debug)]
pub(super) struct PackedWeights {
    /// Panel, segment, pair of inputs, output channel: the first of the pair in the lower half. Inputs without a second are
    /// paired with a weight of zero.
    panels: Aligned<u32>,
}

impl PackedWeights {
    /// `None`: a pixel reads too much to be packed.
    pub(super) fn new(
        segments: usize,
        segment_length: usize,
        channels: usize,
        weight: impl Fn(usize, usize) -> f32,
    ) -> Option<Self> {
        if segments * (segment_length + 1).next_multiple_of(RUN) > PACKED {
            return None;
        }
        let pairs = segment_length.div_ceil(2);
        let count = channels.div_ceil(PANEL) * segments * pairs * PANEL;
        let panels = (0..count).map(|index| {
            let (output, pair) = (index % PANEL, index / PANEL % pairs);
            let (segment, panel) = (index / PANEL / pairs % segments, index / PANEL / pairs / segments);
            let output = panel * PANEL + output;
            let rounded = |place: usize| {
                let exists = place < segment_length && output < channels;
                u32::from(if exists {
                    nearest(weight(segment * segment_length + place, output))
                } else {
                    0
                })
            };
            rounded(2 * pair) | rounded(2 * pair + 1) << 16
        });
        Some(Self {
            panels: Aligned::new(panels),
        })
    }
}

/// The nearest bfloat16, the even one of two that are as near.
fn nearest(value: f32) -> u16 {
    let bits = value.to_bits();
    let rounded = if value.is_nan() {
        bits | 0x40_0000
    } else {
        bits.wrapping_add(0x7fff + (bits >> 16 & 1))
    };
    u16::try_from(rounded >> 16).expect("the upper half of 32 bits has 16")
}

/// A layer whose weights are packed.
pub(super) struct DenseInPairs<'a> {
    pub(super) layer: &'a Dense,
    pub(super) weights: &'a PackedWeights,
    pub(super) columns: usize,
    pub(super) input: *const f32,
    pub(super) out: *mut f32,
}

impl InPairs for DenseInPairs<'_> {
    #[inline(always)]
    unsafe fn with<L: Pairs, H: Pairs, const TALL: usize, const WIDE: usize>(self) {
        // SAFETY: the caller has the instructions of both, and pointers that reach as far as the layer.
        unsafe { dense_in_pairs::<L, H, TALL, WIDE>(self) }
    }
}

/// A last panel takes one register, or one of half the width.
///
/// # Safety
/// As for [`InPairs::with`].
#[inline(always)]
unsafe fn dense_in_pairs<L: Pairs, H: Pairs, const TALL: usize, const WIDE: usize>(work: DenseInPairs<'_>) {
    let DenseInPairs {
        layer,
        weights,
        columns,
        input,
        out,
    } = work;
    let mut packed = [const { MaybeUninit::<u16>::uninit() }; PACKED];
    let packed = packed.as_mut_ptr().cast::<u16>();
    let panels = layer.channels.div_ceil(PANEL);
    let full = (layer.channels + PANEL / 2 - 1) / PANEL;
    // Whole tiles of pixels whose segments fit, or as many pixels as do.
    let room = PACKED / layer.segments / RUN * RUN;
    let block = (room - 1 - layer.segment_length) / layer.column_step + 1;
    let block = if block > TALL { block / TALL * TALL } else { block };
    let mut start = 0;
    while start < columns {
        let count = block.min(columns - start);
        let run = (count - 1) * layer.column_step + layer.segment_length;
        // A last input without a second is paired with the zero after it: what is not written may be no number, which a
        // weight of zero does not undo.
        let stored = (run + 1).next_multiple_of(RUN);
        // SAFETY: the columns from `start` are inside those that the caller measured input and output for, and no more inputs of
        // a segment are packed than `run`. `segments * stored` is `PACKED` at most: `block` was made so that `run + 1` fits into
        // `room`, a multiple of `RUN`. All of it is written before a tile reads it, the zero after an odd last input as well.
        unsafe {
            for segment in 0..layer.segments {
                let from = input.add(start * layer.column_step + segment * layer.segment_step);
                for at in (0..stored).step_by(RUN) {
                    L::pack(from.add(at), RUN.min(run - at), packed.add(segment * stored + at));
                }
            }
            let mut panel = 0;
            while panel < panels {
                let step = if panel + WIDE <= full { WIDE } else { 1 };
                let mut column = 0;
                while column < count {
                    let x = packed.add(column * layer.column_step).cast_const();
                    let y = out.add((start + column) * layer.channels);
                    let left = count - column;
                    column += if step == WIDE {
                        tiles::<L, TALL, WIDE>(layer, weights, x, stored, panel, y, left)
                    } else if panel < full {
                        tiles::<L, TALL, 1>(layer, weights, x, stored, panel, y, left)
                    } else {
                        tiles::<H, TALL, 1>(layer, weights, x, stored, panel, y, left)
                    };
                }
                panel += step;
            }
        }
        start += count;
    }
}

/// The tallest tile that fits into `left` pixels, of which there is one at least. Returns its height.
///
/// # Safety
/// As for [`tile`] of every height up to `left`.
#[inline(always)]
unsafe fn tiles<L: Pairs, const TALL: usize, const WIDE: usize>(
    layer: &Dense,
    weights: &PackedWeights,
    x: *const u16,
    stored: usize,
    panel: usize,
    y: *mut f32,
    left: usize,
) -> usize {
    // SAFETY: a tile is no taller than `left`, for which the caller answers; a height of 1 always fits.
    unsafe {
        if left >= TALL {
            tile::<L, TALL, WIDE>(layer, weights, x, stored, panel, y);
            TALL
        } else if left >= 4 && TALL > 4 {
            tile::<L, 4, WIDE>(layer, weights, x, stored, panel, y);
            4
        } else {
            tile::<L, 1, WIDE>(layer, weights, x, stored, panel, y);
            1
        }
    }
}

/// # Safety
/// The machine has the instructions of `L`. At `x` lie the packed inputs of `TALL` pixels, in segments `stored` apart, and one
/// number more; at `y` is room for all their channels; the layer has `panel` and `WIDE - 1` panels more.
#[inline(always)]
unsafe fn tile<L: Pairs, const TALL: usize, const WIDE: usize>(
    layer: &Dense,
    weights: &PackedWeights,
    x: *const u16,
    stored: usize,
    panel: usize,
    y: *mut f32,
) {
    let pairs = layer.segment_length.div_ceil(2);
    let depth = layer.segments * pairs;
    // SAFETY: weights (`depth * PANEL` pairs for each panel) and bias are padded to whole panels, which registers of `L` divide;
    // the last pair that a pixel reads ends no further than one number beyond its inputs. Pairs are loaded as the four bytes
    // that they are.
    unsafe {
        let mut w = weights.panels.as_ptr().add(panel * PANEL * depth).cast::<f32>();
        let bias = layer.bias.as_ptr().add(panel * PANEL);
        let mut sums = [[L::splat(0.0); WIDE]; TALL];
        unrolled!(PIXEL < TALL {
            unrolled!(V < WIDE { sums[PIXEL][V] = L::load(bias.add(V * PANEL)); });
        });
        for segment in 0..layer.segments {
            let x = x.add(segment * stored);
            for pair in 0..pairs {
                let mut taps = [L::splat(0.0); WIDE];
                unrolled!(V < WIDE { taps[V] = L::load(w.add(V * depth * PANEL)); });
                unrolled!(PIXEL < TALL {
                    let value = L::splat_pair(x.add(PIXEL * layer.column_step + 2 * pair));
                    unrolled!(V < WIDE { sums[PIXEL][V] = L::dot(sums[PIXEL][V], value, taps[V]); });
                });
                w = w.add(PANEL);
            }
        }
        finish::<L, TALL, WIDE>(layer, sums, panel, y);
    }
}

#[cfg(test)]
mod tests {
    use super::super::activation::Activation;
    use super::super::dense::DenseShape;
    use super::super::lanes::has_bfloat;
    use super::*;
    use vsa_plan::Precision;
    use vsa_test_data::skipped;

    #[test]
    fn what_an_earlier_layer_left_in_memory_is_not_read() {
        let test = "what_an_earlier_layer_left_in_memory_is_not_read";
        if !has_bfloat() {
            skipped(test, "the processor lacks AVX512-BF16");
            return;
        }
        for length in [1, 3, 5] {
            let layer = |columns: usize| {
                let shape = DenseShape {
                    columns,
                    column_step: length,
                    segments: 1,
                    segment_length: length,
                    segment_step: 0,
                    channels: 1,
                };
                Dense::new(&shape, |_, _| 1.0, &[0.0], Activation::None, Precision::Bf16)
            };
            let run = |columns: usize, value: f32| {
                let sums = layer(columns)
                    .run(&vec![value; columns * length], &[columns])
                    .unwrap();
                sums.to_plain_array_view::<f32>()
                    .unwrap()
                    .iter()
                    .copied()
                    .collect::<Vec<_>>()
            };
            assert!(run(640, f32::NAN).iter().all(|sum| sum.is_nan()));
            #[expect(clippy::cast_precision_loss, reason = "a few inputs")]
            let expected = vec![length as f32; 32];
            // As many inputs as are packed at once, of an odd number for each pixel.
            assert_eq!(run(32, 1.0), expected, "{length} inputs");
        }
    }

    #[test]
    fn numbers_are_rounded_to_the_nearest_and_ties_to_the_even_one() {
        for (value, rounded) in [
            (0.0, 0.0),
            (1.0, 1.0),
            (255.0, 255.0),
            (256.0, 256.0),
            (257.0, 256.0),
            (259.0, 260.0),
            (-257.0, -256.0),
            (1.0 + 1.0 / 256.0, 1.0),
            (1.0 + 1.1 / 256.0, 1.0 + 1.0 / 128.0),
            (f32::INFINITY, f32::INFINITY),
            (f32::MAX, f32::INFINITY),
        ] {
            let found = f32::from_bits(u32::from(nearest(value)) << 16);
            assert_eq!(found.to_bits(), f32::to_bits(rounded), "{value} became {found}");
        }
        assert!(f32::from_bits(u32::from(nearest(f32::NAN)) << 16).is_nan());
    }
}
