//! `unsafe` is needed here: vector instructions chosen at run time read and write through pointers, and outputs are
//! written into memory that was not cleared first. Nothing outside this file is unsafe.
//!
//! In: channels-last images and packed weights. Out: the image after a convolution, its bias and its activation.
//! Deliberately not here: which convolutions of a model are run this way (see `rewrite.rs`).
//!
//! Each output is one chain of multiply-adds in a fixed order (bias, kernel rows, kernel columns, input channels), so
//! the bytes do not depend on threads or on how the image is cut into tiles; machines with fused multiply-add agree
//! with each other, and those without round once more per step.
#![expect(unsafe_code, reason = "see the first lines")]

use tract_onnx::prelude::{Tensor, TractResult};

/// Output channels are packed in groups of this many floats: one AVX-512 register, two of AVX2, four of SSE or NEON.
const PANEL: usize = 16;
/// The inputs of one block of pixels stay in the second-level cache while the weights pass over them.
const BLOCK_FLOATS: usize = 32 * 1024;

/// Repeats `body` for each constant index below `count`, which is 12 at most. Loops over an array of registers are
/// unrolled too late by the compiler: it would keep the array in memory and store each sum at each step.
macro_rules! unrolled {
    ($index:ident < $count:ident $body:block) => {
        unrolled!(@ $index $count $body 0 1 2 3 4 5 6 7 8 9 10 11)
    };
    (@ $index:ident $count:ident $body:block $($number:literal)*) => {
        $({
            const $index: usize = $number;
            if $index < $count $body
        })*
    };
}

/// Limits that the activation puts on the outputs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Clamp {
    pub(super) low: f32,
    pub(super) high: f32,
}

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
        // SAFETY: the instructions are those that `Unit::here` found; `input` and `out` were measured above.
        unsafe {
            match Unit::here() {
                #[cfg(target_arch = "x86_64")]
                Unit::Avx512 => x86::dense_avx512(self, input, out),
                #[cfg(target_arch = "x86_64")]
                Unit::Avx2 => x86::dense_avx2(self, input, out),
                Unit::Portable => {
                    dense::<Portable, PORTABLE_ROWS, 4, 4>(self, (self.rows, self.columns), input, out);
                }
            }
        }
        Ok(output)
    }
}

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
    pub(super) clamp: Option<Clamp>,
}

impl Depthwise {
    /// Kernels with more rows are left to tract.
    pub(super) const TALLEST: usize = 16;

    /// The kernel's rows that lie on the image, for one output row.
    fn live_rows(&self, row: usize) -> std::ops::Range<usize> {
        let top = row * self.stride[0];
        self.pad[0].saturating_sub(top).min(self.kernel[0])
            ..(self.input[0] + self.pad[0]).saturating_sub(top).min(self.kernel[0])
    }

    pub(super) fn run(&self, input: &[f32], shape: &[usize]) -> TractResult<Tensor> {
        let length = self.output[0] * self.output[1] * self.channels;
        assert!(length > 0 && input.len() == self.input[0] * self.input[1] * self.channels);
        assert_eq!(length, shape.iter().product::<usize>());
        assert_eq!(self.taps.len(), self.kernel[0] * self.kernel[1] * self.channels);
        assert_eq!(self.bias.len(), self.channels);
        assert!(self.kernel[0] <= Self::TALLEST);
        let input = input.as_ptr();
        // SAFETY: every float of the tensor is written below: all rows, columns and channels are.
        let mut output = unsafe { Tensor::uninitialized::<f32>(shape)? };
        let out = output.as_ptr_mut::<f32>()?;
        // SAFETY: the instructions are those that `Unit::here` found; lengths were measured above.
        unsafe {
            match Unit::here() {
                #[cfg(target_arch = "x86_64")]
                Unit::Avx512 => x86::depthwise_avx512(self, input, out),
                #[cfg(target_arch = "x86_64")]
                Unit::Avx2 => x86::depthwise_avx2(self, input, out),
                Unit::Portable => depthwise::<Portable>(self, input, out),
            }
        }
        Ok(output)
    }
}

/// A depthwise layer together with the layers of single pixels before and after it.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) expand: Option<Dense>,
    pub(super) depthwise: Depthwise,
    pub(super) project: Option<Dense>,
}

impl Block {
    pub(super) fn run(&self, input: &[f32], shape: &[usize]) -> TractResult<Tensor> {
        let layer = &self.depthwise;
        let pixels = layer.input[0] * layer.input[1];
        let entering = self.expand.as_ref().map_or(layer.channels, |expand| expand.segment_length);
        let leaving = self.project.as_ref().map_or(layer.channels, |project| project.channels);
        let length = layer.output[0] * layer.output[1] * leaving;
        assert!(length > 0 && input.len() == pixels * entering);
        assert_eq!(length, shape.iter().product::<usize>());
        assert!(layer.kernel[0] <= Depthwise::TALLEST);
        assert_eq!(layer.taps.len(), layer.kernel[0] * layer.kernel[1] * layer.channels);
        assert_eq!(layer.bias.len(), layer.channels);
        for (pixelwise, from, to) in [
            (self.expand.as_ref(), entering, layer.channels),
            (self.project.as_ref(), layer.channels, leaving),
        ] {
            let fits = pixelwise
                .is_none_or(|it| (it.segments, it.segment_length, it.column_step, it.channels) == (1, from, from, to));
            assert!(fits, "the layers of a block do not fit");
        }
        let mut expanded =
            vec![0.0; self.expand.as_ref().map_or(0, |_| layer.kernel[0] * layer.input[1] * layer.channels)];
        let mut reduced = vec![0.0; self.project.as_ref().map_or(0, |_| layer.output[1] * layer.channels)];
        let (expanded, reduced) = (expanded.as_mut_ptr(), reduced.as_mut_ptr());
        let input = input.as_ptr();
        // SAFETY: every float of the tensor is written below: all rows, columns and channels are.
        let mut output = unsafe { Tensor::uninitialized::<f32>(shape)? };
        let out = output.as_ptr_mut::<f32>()?;
        // SAFETY: the instructions are those that `Unit::here` found; lengths were measured above.
        unsafe {
            match Unit::here() {
                #[cfg(target_arch = "x86_64")]
                Unit::Avx512 => x86::block_avx512(self, input, out, expanded, reduced),
                #[cfg(target_arch = "x86_64")]
                Unit::Avx2 => x86::block_avx2(self, input, out, expanded, reduced),
                Unit::Portable => {
                    block::<Portable, PORTABLE_ROWS, 4, 4>(self, input, out, expanded, reduced);
                }
            }
        }
        Ok(output)
    }
}

/// The instructions that this machine has.
#[derive(Clone, Copy)]
enum Unit {
    #[cfg(target_arch = "x86_64")]
    Avx512,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    Portable,
}

impl Unit {
    fn here() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx512f") {
                return Self::Avx512;
            }
            if is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") {
                return Self::Avx2;
            }
        }
        Self::Portable
    }
}

/// One vector register.
trait Lanes {
    type V: Copy;
    const N: usize;
    unsafe fn load(from: *const f32) -> Self::V;
    unsafe fn store(value: Self::V, to: *mut f32);
    unsafe fn splat(value: f32) -> Self::V;
    unsafe fn multiply_add(a: Self::V, b: Self::V, c: Self::V) -> Self::V;
    unsafe fn clamp(value: Self::V, low: Self::V, high: Self::V) -> Self::V;
    /// The same on one float, rounded the same way.
    fn multiply_add_one(a: f32, b: f32, c: f32) -> f32;
}

/// Left to the compiler: SSE2 on x86-64, NEON on 64-bit Arm.
struct Portable;

/// Registers left for the sums decide how many pixels are summed at once: 32 registers on Arm, 16 on x86-64.
const PORTABLE_ROWS: usize = if cfg!(target_arch = "aarch64") { 6 } else { 2 };

impl Lanes for Portable {
    type V = [f32; 4];
    const N: usize = 4;
    #[inline(always)]
    unsafe fn load(from: *const f32) -> [f32; 4] {
        // SAFETY: the caller has four floats there; arrays of floats are aligned like floats.
        unsafe { from.cast::<[f32; 4]>().read() }
    }
    #[inline(always)]
    unsafe fn store(value: [f32; 4], to: *mut f32) {
        // SAFETY: as above.
        unsafe { to.cast::<[f32; 4]>().write(value) }
    }
    #[inline(always)]
    unsafe fn splat(value: f32) -> [f32; 4] {
        [value; 4]
    }
    #[inline(always)]
    unsafe fn multiply_add(a: [f32; 4], b: [f32; 4], c: [f32; 4]) -> [f32; 4] {
        std::array::from_fn(|lane| Self::multiply_add_one(a[lane], b[lane], c[lane]))
    }
    #[inline(always)]
    unsafe fn clamp(value: [f32; 4], low: [f32; 4], high: [f32; 4]) -> [f32; 4] {
        std::array::from_fn(|lane| value[lane].max(low[lane]).min(high[lane]))
    }
    #[inline(always)]
    fn multiply_add_one(a: f32, b: f32, c: f32) -> f32 {
        // Without the instruction, `mul_add` is a slow call into the C library.
        if cfg!(target_arch = "aarch64") {
            a.mul_add(b, c)
        } else {
            a * b + c
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{Block, Dense, Depthwise, Lanes, block, dense, depthwise};
    use std::arch::x86_64::*;

    struct Avx512;

    impl Lanes for Avx512 {
        type V = __m512;
        const N: usize = 16;
        #[inline(always)]
        unsafe fn load(from: *const f32) -> __m512 {
            unsafe { _mm512_loadu_ps(from) }
        }
        #[inline(always)]
        unsafe fn store(value: __m512, to: *mut f32) {
            unsafe { _mm512_storeu_ps(to, value) }
        }
        #[inline(always)]
        unsafe fn splat(value: f32) -> __m512 {
            unsafe { _mm512_set1_ps(value) }
        }
        #[inline(always)]
        unsafe fn multiply_add(a: __m512, b: __m512, c: __m512) -> __m512 {
            unsafe { _mm512_fmadd_ps(a, b, c) }
        }
        #[inline(always)]
        unsafe fn clamp(value: __m512, low: __m512, high: __m512) -> __m512 {
            unsafe { _mm512_min_ps(_mm512_max_ps(value, low), high) }
        }
        #[inline(always)]
        fn multiply_add_one(a: f32, b: f32, c: f32) -> f32 {
            a.mul_add(b, c)
        }
    }

    struct Avx2;

    impl Lanes for Avx2 {
        type V = __m256;
        const N: usize = 8;
        #[inline(always)]
        unsafe fn load(from: *const f32) -> __m256 {
            unsafe { _mm256_loadu_ps(from) }
        }
        #[inline(always)]
        unsafe fn store(value: __m256, to: *mut f32) {
            unsafe { _mm256_storeu_ps(to, value) }
        }
        #[inline(always)]
        unsafe fn splat(value: f32) -> __m256 {
            unsafe { _mm256_set1_ps(value) }
        }
        #[inline(always)]
        unsafe fn multiply_add(a: __m256, b: __m256, c: __m256) -> __m256 {
            unsafe { _mm256_fmadd_ps(a, b, c) }
        }
        #[inline(always)]
        unsafe fn clamp(value: __m256, low: __m256, high: __m256) -> __m256 {
            unsafe { _mm256_min_ps(_mm256_max_ps(value, low), high) }
        }
        #[inline(always)]
        fn multiply_add_one(a: f32, b: f32, c: f32) -> f32 {
            a.mul_add(b, c)
        }
    }

    #[target_feature(enable = "avx512f,avx2,fma")]
    pub(super) unsafe fn dense_avx512(layer: &Dense, input: *const f32, out: *mut f32) {
        unsafe { dense::<Avx512, 12, 2, 1>(layer, (layer.rows, layer.columns), input, out) }
    }

    #[target_feature(enable = "avx2,fma")]
    pub(super) unsafe fn dense_avx2(layer: &Dense, input: *const f32, out: *mut f32) {
        unsafe { dense::<Avx2, 6, 2, 2>(layer, (layer.rows, layer.columns), input, out) }
    }

    #[target_feature(enable = "avx512f,avx2,fma")]
    pub(super) unsafe fn depthwise_avx512(layer: &Depthwise, input: *const f32, out: *mut f32) {
        unsafe { depthwise::<Avx512>(layer, input, out) }
    }

    #[target_feature(enable = "avx2,fma")]
    pub(super) unsafe fn depthwise_avx2(layer: &Depthwise, input: *const f32, out: *mut f32) {
        unsafe { depthwise::<Avx2>(layer, input, out) }
    }

    #[target_feature(enable = "avx512f,avx2,fma")]
    pub(super) unsafe fn block_avx512(
        layer: &Block,
        input: *const f32,
        out: *mut f32,
        expanded: *mut f32,
        reduced: *mut f32,
    ) {
        unsafe { block::<Avx512, 12, 2, 1>(layer, input, out, expanded, reduced) }
    }

    #[target_feature(enable = "avx2,fma")]
    pub(super) unsafe fn block_avx2(
        layer: &Block,
        input: *const f32,
        out: *mut f32,
        expanded: *mut f32,
        reduced: *mut f32,
    ) {
        unsafe { block::<Avx2, 6, 2, 2>(layer, input, out, expanded, reduced) }
    }
}

/// `TALL` pixels by `WIDE` registers of output channels are summed at once; the last panel takes `NARROW` registers.
#[inline(always)]
unsafe fn dense<L: Lanes, const TALL: usize, const WIDE: usize, const NARROW: usize>(
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

/// Where the kernel's rows start in the input, in floats, for one output row. Rows outside the image are not read.
type RowStarts = [usize; Depthwise::TALLEST];

#[inline(always)]
unsafe fn depthwise<L: Lanes>(layer: &Depthwise, input: *const f32, out: *mut f32) {
    let line = layer.input[1] * layer.channels;
    for row in 0..layer.output[0] {
        let mut starts = [0; Depthwise::TALLEST];
        for kernel_row in layer.live_rows(row) {
            starts[kernel_row] = (row * layer.stride[0] + kernel_row - layer.pad[0]) * line;
        }
        // SAFETY: the rows are inside the image, whose length the caller checked.
        unsafe {
            depthwise_row::<L>(
                layer,
                row,
                &starts,
                input,
                out.add(row * layer.output[1] * layer.channels),
            );
        }
    }
}

#[inline(always)]
unsafe fn depthwise_row<L: Lanes>(
    layer: &Depthwise,
    row: usize,
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
    let mut column = 0;
    while column < columns {
        let left = column * layer.stride[1];
        // SAFETY: the ranges leave out what lies beyond the image.
        unsafe {
            let y = out.add(column * layer.channels);
            if column >= inner_start && column + 4 <= inner_end {
                pixels::<L, 4>(layer, input, y, starts, left, &kernel_rows, &(0..layer.kernel[1]));
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

/// Row by row, so that what is expanded is used while it is in the cache and is never written out.
#[inline(always)]
unsafe fn block<L: Lanes, const TALL: usize, const WIDE: usize, const NARROW: usize>(
    layer: &Block,
    input: *const f32,
    out: *mut f32,
    expanded: *mut f32,
    reduced: *mut f32,
) {
    let depthwise = &layer.depthwise;
    let width = depthwise.input[1];
    let line = width * depthwise.channels;
    let held = depthwise.kernel[0];
    let mut done = 0;
    for row in 0..depthwise.output[0] {
        let mut starts = [0; Depthwise::TALLEST];
        // SAFETY: `expanded` holds as many rows as the kernel has, and the last of them are those that it reads;
        // `reduced` holds one row of output.
        unsafe {
            for kernel_row in depthwise.live_rows(row) {
                let wanted = row * depthwise.stride[0] + kernel_row - depthwise.pad[0];
                starts[kernel_row] = wanted * line;
                if let Some(expand) = &layer.expand {
                    starts[kernel_row] = wanted % held * line;
                    done = done.max(row * depthwise.stride[0] - (row * depthwise.stride[0]).min(depthwise.pad[0]));
                    while done <= wanted {
                        let x = input.add(done * width * expand.column_step);
                        let y = expanded.add(done % held * line);
                        dense::<L, TALL, WIDE, NARROW>(expand, (1, width), x, y);
                        done += 1;
                    }
                }
            }
            let source = if layer.expand.is_some() { expanded.cast_const() } else { input };
            let columns = depthwise.output[1];
            match &layer.project {
                Some(project) => {
                    depthwise_row::<L>(depthwise, row, &starts, source, reduced);
                    let y = out.add(row * columns * project.channels);
                    dense::<L, TALL, WIDE, NARROW>(project, (1, columns), reduced, y);
                }
                None => {
                    let y = out.add(row * columns * depthwise.channels);
                    depthwise_row::<L>(depthwise, row, &starts, source, y);
                }
            }
        }
    }
}

/// `COUNT` neighbouring pixels of one output row. `left` is where their kernel starts in the padded row.
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
    // SAFETY: channels are read and written in whole registers that end at the last channel at most.
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
                if let Some(clamp) = layer.clamp {
                    let (low, high) = (L::splat(clamp.low), L::splat(clamp.high));
                    unrolled!(PIXEL < COUNT { sums[PIXEL] = L::clamp(sums[PIXEL], low, high); });
                }
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
                        let x = *input.add(starts[kernel_row] + first + pixel * step + index * channels + channel);
                        let tap =
                            layer.taps[(kernel_row * layer.kernel[1] + kernel_column) * channels + channel];
                        sum = L::multiply_add_one(tap, x, sum);
                    }
                }
                if let Some(clamp) = layer.clamp {
                    sum = sum.max(clamp.low).min(clamp.high);
                }
                *out.add(pixel * channels + channel) = sum;
            }
        }
    }
}
