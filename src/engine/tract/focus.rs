//! A focus layer: an image cut into pixels of even and odd rows and columns, whose parts are stacked as channels before a
//! convolution. In: the value that a convolution reads. Out: what it is stacked from, so that the convolution can read that
//! instead, with a kernel as much larger: the same products, and nothing moved.

use super::probe::Moved;
use tract_onnx::prelude::{OutletId, TractResult, TypedModel};

/// Where each channel comes from.
pub(super) struct Focus {
    pub(super) source: OutletId,
    /// Channels of the source.
    pub(super) channels: usize,
    /// Rows and columns of the source for one of the stacked image.
    pub(super) by: [usize; 2],
    /// For each stacked channel: the source's channel, and the row and column that it starts at.
    pub(super) parts: Vec<[usize; 3]>,
}

impl Focus {
    /// `stacked` has channels as its second axis. `None`: it is no such stack.
    pub(super) fn of(model: &TypedModel, stacked: OutletId) -> TractResult<Option<Self>> {
        let Some(moved) = Moved::of(model, stacked)? else {
            return Ok(None);
        };
        let fact = model.outlet_fact(moved.source)?;
        let to = model.outlet_fact(stacked)?.shape.as_concrete();
        let (Some([1, channels, height, width]), Some([1, stacks, rows, columns])) =
            (fact.shape.as_concrete(), to)
        else {
            return Ok(None);
        };
        let by = [height / rows, width / columns];
        if by[0] * rows != *height || by[1] * columns != *width || by == [1, 1] {
            return Ok(None);
        }
        let Some(places) = moved.places(model)? else {
            return Ok(None);
        };
        let mut parts = Vec::with_capacity(*stacks);
        for part in places.chunks_exact(rows * columns) {
            let [channel, top, left] = [
                part[0] / (height * width),
                part[0] / width % height,
                part[0] % width,
            ];
            let regular = part.iter().enumerate().all(|(index, place)| {
                let (row, column) = (index / columns * by[0] + top, index % columns * by[1] + left);
                *place == (channel * height + row) * width + column
            });
            if !regular || top >= by[0] || left >= by[1] {
                return Ok(None);
            }
            parts.push([channel, top, left]);
        }
        Ok(Some(Self {
            source: moved.source,
            channels: *channels,
            by,
            parts,
        }))
    }

    /// Weights of the kernel that reads the source. Both are in the order kernel row, kernel column, input, output.
    pub(super) fn weights(&self, stacked: &[f32], kernel: [usize; 2], outputs: usize) -> Vec<f32> {
        let columns = kernel[1] * self.by[1];
        let mut weights = vec![0.0; kernel[0] * self.by[0] * columns * self.channels * outputs];
        for (index, tap) in stacked.chunks_exact(outputs).enumerate() {
            let [channel, top, left] = self.parts[index % self.parts.len()];
            let index = index / self.parts.len();
            let row = index / kernel[1] * self.by[0] + top;
            let column = index % kernel[1] * self.by[1] + left;
            let to = ((row * columns + column) * self.channels + channel) * outputs;
            for (weight, tap) in weights[to..to + outputs].iter_mut().zip(tap) {
                *weight += tap;
            }
        }
        weights
    }
}
