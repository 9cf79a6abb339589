//! `unsafe` is needed here: registers are loaded and stored through pointers, and the output is written into memory
//! that was not cleared first.
//!
//! In: an image and up to three layers: to more channels (of single pixels, or of windows of an image), depthwise, single
//! pixels to fewer channels; and what is added to their output. Out: the image after all of them, computed row by row so that
//! what lies between stays in the cache.
//! Deliberately not here: the layers' own arithmetic (see `dense.rs`, `depthwise.rs`).
#![expect(unsafe_code, reason = "see the first lines")]

use super::dense::{Dense, dense};
use super::depthwise::{Depthwise, RowStarts, depthwise_row};
use super::gather::{Gather, Image};
use super::lanes::{Lanes, Work, on_this_machine};
use super::scratch::with_scratch;
use tract_onnx::prelude::{Tensor, TractResult};

/// Floats of a row of the depthwise layer's output that are reduced while they are in the first-level cache.
const CHUNK_FLOATS: usize = 4096;

/// Columns that the layer after it takes at once, on every machine: see `Work`.
const SHORTEST_CHUNK: usize = 12;

/// A depthwise layer together with the layer before it and that of single pixels after it.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) expand: Option<Dense>,
    /// What the layer before it reads, unless that is single pixels.
    pub(super) gather: Option<Gather>,
    pub(super) depthwise: Depthwise,
    pub(super) project: Option<Dense>,
}

impl Block {
    /// `added`: as many floats as there are in the output, or none.
    pub(super) fn run(
        &self,
        input: Image<'_>,
        added: Option<&[f32]>,
        shape: &[usize],
    ) -> TractResult<Tensor> {
        let layer = &self.depthwise;
        let pixels = layer.input[0] * layer.input[1];
        let pixel = self
            .expand
            .as_ref()
            .map_or(layer.channels, |expand| expand.segment_length);
        let taken = match &self.gather {
            Some(gather) => gather.takes(input),
            None => input.floats().len() == pixels * pixel,
        };
        let leaving = self
            .project
            .as_ref()
            .map_or(layer.channels, |project| project.channels);
        let length = layer.output[0] * layer.output[1] * leaving;
        assert!(length > 0 && taken && added.is_none_or(|added| added.len() == length));
        assert_eq!(length, shape.iter().product::<usize>());
        assert!(layer.kernel[0] <= Depthwise::TALLEST);
        assert_eq!(
            layer.taps.len(),
            layer.kernel[0] * layer.kernel[1] * layer.channels
        );
        assert_eq!(layer.bias.len(), layer.channels);
        let pixelwise = |it: &Dense, from: usize, to: usize| {
            (it.segments, it.segment_length, it.column_step, it.channels) == (1, from, from, to)
        };
        let before = match (&self.expand, &self.gather) {
            (Some(expand), Some(gather)) => {
                (expand.columns, expand.channels) == (layer.input[1], layer.channels)
                    && expand.reach() <= gather.floats()
            }
            (Some(expand), None) => pixelwise(expand, pixel, layer.channels),
            (None, gather) => gather.is_none(),
        };
        let after = self
            .project
            .as_ref()
            .is_none_or(|project| pixelwise(project, layer.channels, leaving));
        assert!(before && after, "the layers of a block do not fit");
        // SAFETY: all its floats are written before anybody reads one: every row is, chunk by chunk up to its last column, by the
        // projection or, without one, by the depthwise layer; what is added is added to what was written.
        let mut output = unsafe { Tensor::uninitialized::<f32>(shape)? };
        let out = output.as_ptr_mut::<f32>()?;
        let held = layer.kernel[0] * layer.input[1] * layer.channels;
        let lengths = [
            self.gather.as_ref().map_or(0, Gather::floats),
            self.expand.as_ref().map_or(0, |_| held),
            self.project.as_ref().map_or(0, |_| self.chunk() * layer.channels),
        ];
        with_scratch(lengths, |[window, expanded, reduced]| {
            window.fill(0.0);
            let (expanded, reduced) = (expanded.as_mut_ptr(), reduced.as_mut_ptr());
            // SAFETY: input, taps, bias, what is added and the output were measured above against the layers' shapes, and the layers
            // against each other; the buffers have the lengths that `with` counts on.
            unsafe {
                on_this_machine(BlockWork {
                    layer: self,
                    input,
                    added,
                    window,
                    out,
                    expanded,
                    reduced,
                });
            }
        });
        Ok(output)
    }

    /// Output columns of a row that are reduced at once.
    fn chunk(&self) -> usize {
        (CHUNK_FLOATS / self.depthwise.channels).max(SHORTEST_CHUNK) / SHORTEST_CHUNK * SHORTEST_CHUNK
    }
}

struct BlockWork<'a> {
    layer: &'a Block,
    input: Image<'a>,
    added: Option<&'a [f32]>,
    window: &'a mut [f32],
    out: *mut f32,
    expanded: *mut f32,
    reduced: *mut f32,
}

impl Work for BlockWork<'_> {
    /// Row by row, so that what is expanded is used while it is in the cache and is never written out.
    #[inline(always)]
    unsafe fn with<L: Lanes, const TALL: usize, const WIDE: usize, const NARROW: usize, const HALF: usize>(
        self,
    ) {
        let Block {
            expand,
            gather,
            depthwise,
            project,
        } = self.layer;
        let width = depthwise.input[1];
        let columns = depthwise.output[1];
        let line = width * depthwise.channels;
        let held = depthwise.kernel[0];
        let mut done = 0;
        for row in 0..depthwise.output[0] {
            let mut starts: RowStarts = [0; Depthwise::TALLEST];
            // SAFETY: `expanded` holds as many rows as the kernel has, each where its number modulo theirs says: those that the
            // kernel reads were expanded last, so none has been overwritten. `wanted` is a row of the image, by `live_rows`, and
            // `done` does not pass it, so that rows of the input and of the window are those that were measured. `reduced` holds
            // one chunk of a row, and `end - start` is no more; `row` and `start` are inside the output, `added` is as long.
            unsafe {
                for kernel_row in depthwise.live_rows(row) {
                    let wanted = row * depthwise.stride[0] + kernel_row - depthwise.pad[0];
                    starts[kernel_row] = wanted * line;
                    let Some(expand) = expand else { continue };
                    starts[kernel_row] = wanted % held * line;
                    done = done
                        .max(row * depthwise.stride[0] - (row * depthwise.stride[0]).min(depthwise.pad[0]));
                    while done <= wanted {
                        let x = if let Some(gather) = gather {
                            gather.row(done, self.input, self.window);
                            self.window.as_ptr()
                        } else {
                            self.input
                                .floats()
                                .as_ptr()
                                .add(done * width * expand.column_step)
                        };
                        let y = self.expanded.add(done % held * line);
                        dense::<L>(expand, width, x, y);
                        done += 1;
                    }
                }
                let source = if expand.is_some() {
                    self.expanded.cast_const()
                } else {
                    self.input.floats().as_ptr()
                };
                if let Some(project) = project {
                    let mut start = 0;
                    while start < columns {
                        let end = columns.min(start + self.layer.chunk());
                        depthwise_row::<L>(depthwise, row, start..end, &starts, source, self.reduced);
                        let y = self.out.add((row * columns + start) * project.channels);
                        dense::<L>(project, end - start, self.reduced, y);
                        start = end;
                    }
                } else {
                    let y = self.out.add(row * columns * depthwise.channels);
                    depthwise_row::<L>(depthwise, row, 0..columns, &starts, source, y);
                }
                if let Some(added) = self.added {
                    let line = added.len() / depthwise.output[0];
                    let (x, y) = (added.as_ptr().add(row * line), self.out.add(row * line));
                    for at in 0..line {
                        *y.add(at) += *x.add(at);
                    }
                }
            }
        }
    }
}
