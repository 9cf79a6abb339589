//! `unsafe` is needed here: registers are loaded and stored through pointers, and the output is written into memory
//! that was not cleared first.
//!
//! In: a channels-last image and a kernel for each channel. Out: the image after each channel's convolution with itself,
//! its bias and its activation. Deliberately not here: which convolutions run this way (see `assemble.rs`).
#![expect(unsafe_code, reason = "see the first lines")]

use super::activation::Activation;
use super::lanes::{Lanes, PANEL, Work, on_this_machine, unrolled};
use tract_onnx::prelude::{Tensor, TractResult};

/// A convolution of each channel with itself alone.
#[derive(Debug)]
pub(super) struct Depthwise {
    pub(super) channels: usize,
    /// Rows and columns, in this order here and below.
    pub(super) input: [usize; 2],
    pub(super) output: [usize; 2],
    pub(super) kernel: [usize; 2],
    pub(super) stride: [usize; 2],
    /// Rows above and columns left of the image that count as zero.
    pub(super) pad: [usize; 2],
    /// Kernel row, kernel column, channel.
    pub(super) taps: Vec<f32>,
    pub(super) bias: Vec<f32>,
    pub(super) activation: Activation,
}

impl Depthwise {
    /// Kernels with more rows are left to tract.
    pub(super) const TALLEST: usize = 16;

    /// The kernel's rows that lie on the image, for one output row.
    pub(super) fn live_rows(&self, row: usize) -> std::ops::Range<usize> {
        let top = row * self.stride[0];
        self.pad[0].saturating_sub(top).min(self.kernel[0])
            ..(self.input[0] + self.pad[0])
                .saturating_sub(top)
                .min(self.kernel[0])
    }

    pub(super) fn run(&self, input: &[f32], shape: &[usize]) -> TractResult<Tensor> {
        let length = self.output[0] * self.output[1] * self.channels;
        assert!(length > 0 && input.len() == self.input[0] * self.input[1] * self.channels);
        assert_eq!(length, shape.iter().product::<usize>());
        assert_eq!(self.taps.len(), self.kernel[0] * self.kernel[1] * self.channels);
        assert_eq!(self.bias.len(), self.channels);
        assert!(self.kernel[0] <= Self::TALLEST);
        let input = input.as_ptr();
        // SAFETY: all its floats are written before anybody reads one: `depthwise` goes over every row, `depthwise_row` over
        // every column, and `pixels` and `under_three` over every channel.
        let mut output = unsafe { Tensor::uninitialized::<f32>(shape)? };
        let out = output.as_ptr_mut::<f32>()?;
        // SAFETY: the image, the taps, the bias and the output were measured above against the layer's shape.
        unsafe {
            on_this_machine(DepthwiseWork {
                layer: self,
                input,
                out,
            })
        };
        Ok(output)
    }
}

struct DepthwiseWork<'a> {
    layer: &'a Depthwise,
    input: *const f32,
    out: *mut f32,
}

impl Work for DepthwiseWork<'_> {
    #[inline(always)]
    unsafe fn with<L: Lanes, const TALL: usize, const WIDE: usize, const NARROW: usize, const HALF: usize>(
        self,
    ) {
        // SAFETY: the caller has the instructions of `L`; `run`, which alone makes this work, measured both pointers.
        unsafe { depthwise::<L>(self.layer, self.input, self.out) }
    }
}

/// Where the kernel's rows start in the input, in floats, for one output row. Rows outside the image are not read.
pub(super) type RowStarts = [usize; Depthwise::TALLEST];

/// # Safety
/// The machine has the instructions of `L`; `input` and `out` hold the whole image before and after, and taps and bias have the
/// lengths that [`Depthwise::run`] asserts.
#[inline(always)]
unsafe fn depthwise<L: Lanes>(layer: &Depthwise, input: *const f32, out: *mut f32) {
    let line = layer.input[1] * layer.channels;
    for row in 0..layer.output[0] {
        let mut starts = [0; Depthwise::TALLEST];
        for kernel_row in layer.live_rows(row) {
            starts[kernel_row] = (row * layer.stride[0] + kernel_row - layer.pad[0]) * line;
        }
        // SAFETY: `live_rows` names no kernel row that lies above or below the image, so that each start is that of a row of it;
        // the output row is below `output[0]`.
        unsafe {
            depthwise_row::<L>(
                layer,
                row,
                0..layer.output[1],
                &starts,
                input,
                out.add(row * layer.output[1] * layer.channels),
            );
        }
    }
}

/// The columns `live` of one output row, the first of them at `out`.
///
/// # Safety
/// The machine has the instructions of `L`. At each of the `starts` of `live_rows(row)` lies a whole row of `input`; at `out` is
/// room for the live columns, which the layer has; taps and bias have the lengths that [`Depthwise::run`] asserts.
#[inline(always)]
pub(super) unsafe fn depthwise_row<L: Lanes>(
    layer: &Depthwise,
    row: usize,
    live: std::ops::Range<usize>,
    starts: &RowStarts,
    input: *const f32,
    out: *mut f32,
) {
    let width = layer.input[1];
    let columns = layer.output[1];
    // Output columns whose kernel lies wholly inside the image.
    let inner_start = layer.pad[1].div_ceil(layer.stride[1]).min(columns);
    let inner_end = (width + layer.pad[1])
        .checked_sub(layer.kernel[1])
        .map_or(0, |room| room / layer.stride[1] + 1)
        .clamp(inner_start, columns);
    let kernel_rows = layer.live_rows(row);
    let mut column = live.start;
    while column < live.end {
        let left = column * layer.stride[1];
        // SAFETY: four columns are taken at once only where all of them are inside `inner_start..inner_end`, whose kernels lie
        // wholly in the row, and inside `live`; elsewhere one is, with the kernel's columns that lie in the row.
        unsafe {
            let y = out.add((column - live.start) * layer.channels);
            if column >= inner_start && column + 4 <= inner_end.min(live.end) {
                match (layer.kernel[1], layer.stride[1]) {
                    (3, 1) => under_three::<L, 1, 4, 6>(layer, input, y, starts, left, &kernel_rows),
                    (3, 2) => under_three::<L, 2, 4, 9>(layer, input, y, starts, left, &kernel_rows),
                    _ => pixels::<L, 4>(layer, input, y, starts, left, &kernel_rows, &(0..layer.kernel[1])),
                }
                column += 4;
            } else {
                let kernel_columns = layer.pad[1].saturating_sub(left).min(layer.kernel[1])
                    ..(width + layer.pad[1]).saturating_sub(left).min(layer.kernel[1]);
                pixels::<L, 1>(layer, input, y, starts, left, &kernel_rows, &kernel_columns);
                column += 1;
            }
        }
    }
}

/// `COUNT` neighbouring pixels under a kernel of three columns, which read `READ` pixels of each row: the same sums as
/// [`pixels`], in the same order, with each input loaded once for all the pixels that read it.
///
/// # Safety
/// As for [`pixels`], with all three columns of the kernel inside the row for every pixel.
#[inline(always)]
unsafe fn under_three<L: Lanes, const STRIDE: usize, const COUNT: usize, const READ: usize>(
    layer: &Depthwise,
    input: *const f32,
    out: *mut f32,
    starts: &RowStarts,
    left: usize,
    kernel_rows: &std::ops::Range<usize>,
) {
    let channels = layer.channels;
    if channels < L::N {
        // SAFETY: the caller promises the same there.
        unsafe { pixels::<L, COUNT>(layer, input, out, starts, left, kernel_rows, &(0..3)) };
        return;
    }
    let first = (left - layer.pad[1]) * channels;
    let mut channel = 0;
    // SAFETY: `channel + L::N` is `channels` at most: there are that many at the start, and the last step is cut back to them. The
    // `READ` pixels of a row are those under the kernels of `COUNT` pixels, which lie inside it; taps and bias hold every channel.
    unsafe {
        loop {
            let mut sums = [L::load(layer.bias.as_ptr().add(channel)); COUNT];
            for kernel_row in kernel_rows.clone() {
                let from = input.add(starts[kernel_row] + first + channel);
                let taps = layer.taps.as_ptr().add(kernel_row * 3 * channels + channel);
                let taps = [
                    L::load(taps),
                    L::load(taps.add(channels)),
                    L::load(taps.add(2 * channels)),
                ];
                let mut x = [sums[0]; READ];
                unrolled!(COLUMN < READ { x[COLUMN] = L::load(from.add(COLUMN * channels)); });
                unrolled!(PIXEL < COUNT {
                    sums[PIXEL] = L::multiply_add(taps[0], x[PIXEL * STRIDE], sums[PIXEL]);
                });
                unrolled!(PIXEL < COUNT {
                    sums[PIXEL] = L::multiply_add(taps[1], x[PIXEL * STRIDE + 1], sums[PIXEL]);
                });
                unrolled!(PIXEL < COUNT {
                    sums[PIXEL] = L::multiply_add(taps[2], x[PIXEL * STRIDE + 2], sums[PIXEL]);
                });
            }
            unrolled!(PIXEL < COUNT { sums[PIXEL] = layer.activation.on::<L>(sums[PIXEL]); });
            unrolled!(PIXEL < COUNT { L::store(sums[PIXEL], out.add(PIXEL * channels + channel)); });
            if channel + L::N == channels {
                break;
            }
            // The last register overlaps the one before it and writes the same values again.
            channel = (channel + L::N).min(channels - L::N);
        }
    }
}

/// `COUNT` neighbouring pixels of one output row. `left` is where their kernel starts in the padded row.
///
/// # Safety
/// The machine has the instructions of `L`. For every pixel the rows and columns of the kernel that are named lie inside the
/// image, whose rows are at `starts`; `out` has room for all channels of the pixels; taps and bias have the layer's lengths.
#[inline(always)]
unsafe fn pixels<L: Lanes, const COUNT: usize>(
    layer: &Depthwise,
    input: *const f32,
    out: *mut f32,
    starts: &RowStarts,
    left: usize,
    kernel_rows: &std::ops::Range<usize>,
    kernel_columns: &std::ops::Range<usize>,
) {
    let channels = layer.channels;
    let step = layer.stride[1] * channels;
    let taps = layer.taps.as_ptr();
    // Where the kernel's first live tap reads, from the start of a row.
    let first = (left + kernel_columns.start).saturating_sub(layer.pad[1]) * channels;
    let mut channel = 0;
    // SAFETY: where there are registers full of channels, `channel + L::N` is `channels` at most, as in `under_three`; otherwise
    // channels are taken one by one. `first` is that of the kernel's first column inside the row. `copies` holds a whole panel,
    // and no register is wider.
    unsafe {
        if channels >= L::N {
            loop {
                let mut sums = [L::load(layer.bias.as_ptr().add(channel)); COUNT];
                for kernel_row in kernel_rows.clone() {
                    let mut x = input.add(starts[kernel_row] + first + channel);
                    let mut w =
                        taps.add((kernel_row * layer.kernel[1] + kernel_columns.start) * channels + channel);
                    for _ in kernel_columns.clone() {
                        let tap = L::load(w);
                        unrolled!(PIXEL < COUNT {
                            sums[PIXEL] = L::multiply_add(tap, L::load(x.add(PIXEL * step)), sums[PIXEL]);
                        });
                        x = x.add(channels);
                        w = w.add(channels);
                    }
                }
                unrolled!(PIXEL < COUNT { sums[PIXEL] = layer.activation.on::<L>(sums[PIXEL]); });
                unrolled!(PIXEL < COUNT { L::store(sums[PIXEL], out.add(PIXEL * channels + channel)); });
                if channel + L::N == channels {
                    break;
                }
                // The last register overlaps the one before it and writes the same values again.
                channel = (channel + L::N).min(channels - L::N);
            }
            return;
        }
        for pixel in 0..COUNT {
            for channel in 0..channels {
                let mut sum = layer.bias[channel];
                for kernel_row in kernel_rows.clone() {
                    for (index, kernel_column) in kernel_columns.clone().enumerate() {
                        let x = *input
                            .add(starts[kernel_row] + first + pixel * step + index * channels + channel);
                        let tap =
                            layer.taps[(kernel_row * layer.kernel[1] + kernel_column) * channels + channel];
                        sum = L::multiply_add_one(tap, x, sum);
                    }
                }
                // In a register of copies, so that it rounds like the others.
                let mut copies = [0.0; PANEL];
                L::store(layer.activation.on::<L>(L::splat(sum)), copies.as_mut_ptr());
                *out.add(pixel * channels + channel) = copies[0];
            }
        }
    }
}
