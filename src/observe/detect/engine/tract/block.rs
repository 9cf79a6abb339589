//! `unsafe` is needed here: registers are loaded and stored through pointers, and the output is written into memory
//! that was not cleared first.
//!
//! In: a channels-last image and up to three layers: single pixels to more channels, depthwise, single pixels to fewer
//! channels. Out: the image after all of them, computed row by row so that what lies between stays in the cache.
//! Deliberately not here: the layers' own arithmetic (see `dense.rs`, `depthwise.rs`).
#![expect(unsafe_code, reason = "see the first lines")]

use super::dense::{Dense, dense};
use super::depthwise::{Depthwise, RowStarts, depthwise_row};
use super::lanes::{Lanes, Work, on_this_machine};
use tract_onnx::prelude::{Tensor, TractResult};

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
        let entering = self
            .expand
            .as_ref()
            .map_or(layer.channels, |expand| expand.segment_length);
        let leaving = self
            .project
            .as_ref()
            .map_or(layer.channels, |project| project.channels);
        let length = layer.output[0] * layer.output[1] * leaving;
        assert!(length > 0 && input.len() == pixels * entering);
        assert_eq!(length, shape.iter().product::<usize>());
        assert!(layer.kernel[0] <= Depthwise::TALLEST);
        assert_eq!(
            layer.taps.len(),
            layer.kernel[0] * layer.kernel[1] * layer.channels
        );
        assert_eq!(layer.bias.len(), layer.channels);
        for (pixelwise, from, to) in [
            (self.expand.as_ref(), entering, layer.channels),
            (self.project.as_ref(), layer.channels, leaving),
        ] {
            let fits = pixelwise.is_none_or(|it| {
                (it.segments, it.segment_length, it.column_step, it.channels) == (1, from, from, to)
            });
            assert!(fits, "the layers of a block do not fit");
        }
        let mut expanded = vec![
            0.0;
            self.expand
                .as_ref()
                .map_or(0, |_| layer.kernel[0] * layer.input[1] * layer.channels)
        ];
        let mut reduced = vec![
            0.0;
            self.project
                .as_ref()
                .map_or(0, |_| layer.output[1] * layer.channels)
        ];
        let (expanded, reduced) = (expanded.as_mut_ptr(), reduced.as_mut_ptr());
        let input = input.as_ptr();
        // SAFETY: every float of the tensor is written below: all rows, columns and channels are.
        let mut output = unsafe { Tensor::uninitialized::<f32>(shape)? };
        let out = output.as_ptr_mut::<f32>()?;
        // SAFETY: the lengths were measured above.
        unsafe {
            on_this_machine(BlockWork {
                layer: self,
                input,
                out,
                expanded,
                reduced,
            })
        };
        Ok(output)
    }
}

struct BlockWork<'a> {
    layer: &'a Block,
    input: *const f32,
    out: *mut f32,
    expanded: *mut f32,
    reduced: *mut f32,
}

impl Work for BlockWork<'_> {
    #[inline(always)]
    unsafe fn with<L: Lanes, const TALL: usize, const WIDE: usize, const NARROW: usize>(self) {
        // SAFETY: passed on to the caller.
        unsafe {
            block::<L, TALL, WIDE, NARROW>(self.layer, self.input, self.out, self.expanded, self.reduced);
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
        let mut starts: RowStarts = [0; Depthwise::TALLEST];
        // SAFETY: `expanded` holds as many rows as the kernel has, and the last of them are those that it reads;
        // `reduced` holds one row of output.
        unsafe {
            for kernel_row in depthwise.live_rows(row) {
                let wanted = row * depthwise.stride[0] + kernel_row - depthwise.pad[0];
                starts[kernel_row] = wanted * line;
                if let Some(expand) = &layer.expand {
                    starts[kernel_row] = wanted % held * line;
                    done = done
                        .max(row * depthwise.stride[0] - (row * depthwise.stride[0]).min(depthwise.pad[0]));
                    while done <= wanted {
                        let x = input.add(done * width * expand.column_step);
                        let y = expanded.add(done % held * line);
                        dense::<L, TALL, WIDE, NARROW>(expand, (1, width), x, y);
                        done += 1;
                    }
                }
            }
            let source = if layer.expand.is_some() {
                expanded.cast_const()
            } else {
                input
            };
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
