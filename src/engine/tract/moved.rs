//! Layers that compute nothing but maxima, or nothing at all, on images whose channels are last: pools and enlargements.
//! In and out: floats of 1 x rows x columns x channels.

use super::scratch::with_scratch;

/// The largest value under a window, channel by channel. What lies beyond the image does not count.
#[derive(Debug)]
pub(super) struct Pool {
    pub(super) channels: usize,
    /// Rows and columns, in this order here and below.
    pub(super) image: [usize; 2],
    pub(super) output: [usize; 2],
    pub(super) kernel: [usize; 2],
    pub(super) stride: [usize; 2],
    pub(super) pad: [usize; 2],
}

impl Pool {
    /// The window of output `at` along an axis, as a range of the image.
    fn window(&self, axis: usize, at: usize) -> std::ops::Range<usize> {
        let start = at * self.stride[axis];
        let end = (start + self.kernel[axis]).saturating_sub(self.pad[axis]);
        start.saturating_sub(self.pad[axis])..end.min(self.image[axis])
    }

    /// Whether every window holds a part of the image.
    pub(super) fn is_full(&self) -> bool {
        [0, 1]
            .iter()
            .all(|&axis| (0..self.output[axis]).all(|at| !self.window(axis, at).is_empty()))
    }

    pub(super) fn run(&self, input: &[f32], output: &mut [f32]) {
        let line = self.image[1] * self.channels;
        // The maximum over rows first, whose rows are long; then over columns.
        with_scratch([line], |[tallest]| {
            for (row, out) in output
                .chunks_exact_mut(self.output[1] * self.channels)
                .enumerate()
            {
                let rows = self.window(0, row);
                tallest.copy_from_slice(&input[rows.start * line..][..line]);
                for above in rows.skip(1) {
                    raise(tallest, &input[above * line..][..line]);
                }
                for (column, pixel) in out.chunks_exact_mut(self.channels).enumerate() {
                    let columns = self.window(1, column);
                    let at = |column: usize| &tallest[column * self.channels..][..self.channels];
                    pixel.copy_from_slice(at(columns.start));
                    for column in columns.skip(1) {
                        raise(pixel, at(column));
                    }
                }
            }
        });
    }
}

fn raise(largest: &mut [f32], values: &[f32]) {
    for (largest, value) in largest.iter_mut().zip(values) {
        *largest = if *value > *largest { *value } else { *largest };
    }
}

/// Every pixel repeated along rows and columns.
#[derive(Debug)]
pub(super) struct Repeat {
    pub(super) channels: usize,
    /// Rows and columns, in this order here and below.
    pub(super) image: [usize; 2],
    pub(super) by: [usize; 2],
}

impl Repeat {
    pub(super) fn run(&self, input: &[f32], output: &mut [f32]) {
        let line = self.image[1] * self.channels;
        let long = line * self.by[1];
        for (row, rows) in output.chunks_exact_mut(long * self.by[0]).enumerate() {
            let (first, others) = rows.split_at_mut(long);
            let pixels = input[row * line..][..line].chunks_exact(self.channels);
            for (pixel, copies) in pixels.zip(first.chunks_exact_mut(self.channels * self.by[1])) {
                for copy in copies.chunks_exact_mut(self.channels) {
                    copy.copy_from_slice(pixel);
                }
            }
            for copy in others.chunks_exact_mut(long) {
                copy.copy_from_slice(first);
            }
        }
    }
}
