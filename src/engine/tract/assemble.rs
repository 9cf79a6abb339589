//! How a convolution is computed. In: convolutions that were understood, and the model around them. Out: one operation for a
//! convolution, for a chain of them that is computed row by row, or for the heads that a network ends in.
//! Deliberately not here: which convolutions are understood (see `convolution.rs`), and arithmetic (see `dense.rs`,
//! `depthwise.rs`).

use super::block::Block;
use super::convolution::Convolution;
use super::dense::{Dense, DenseShape};
use super::depthwise::Depthwise;
use super::fused::{FusedLayer, Layer};
use super::gather::Gather;
use super::heads::FusedHeads;
use super::lanes::PANEL;
use super::spread::Spread;
use super::windowed::Windowed;
use crate::contract::Layout;
use crate::normalise::Normalise;
use std::sync::Arc;
use tract_onnx::prelude::{OutletId, TractResult, TypedModel};
use tract_onnx::tract_core::ops::element_wise::ElementWiseOp;
use vsa_plan::Precision;

/// Floats between the layers of a block from which it is computed row by row. Below, they stay in the second-level
/// cache anyway, and rows are too short to fill whole tiles.
const SMALLEST_BLOCK: usize = 300_000;

/// Channels up to which a convolution reads the planes of an image as they are: few enough that a kernel's row of one plane
/// is no shorter than a pixel.
const MOST_PLANES: usize = 4;

impl Convolution {
    /// Whether each output pixel depends on the input pixel at its place alone.
    fn pixelwise(&self) -> bool {
        !self.depthwise
            && !self.transposed
            && !self.planes
            && self.picture.is_none()
            && self.kernel == [1, 1]
            && self.stride == [1, 1]
            && self.image == self.output
    }

    /// Reads the planes of the image as they are, if that can be done.
    pub(super) fn take_planes(&mut self) -> bool {
        self.planes = self.second && !self.depthwise && !self.transposed && self.channels_in <= MOST_PLANES;
        self.planes
    }

    /// Reads the bytes of the picture that the image is made of, if that can be done.
    pub(super) fn take_picture(&mut self, normalise: &Arc<Normalise>) -> bool {
        let as_it_is = self.second == (normalise.layout == Layout::Nchw);
        if self.depthwise || self.transposed || self.pixelwise() || self.channels_in != 3 || !as_it_is {
            return false;
        }
        // The picture has its own order of channels.
        let taps = self.weights.chunks_exact(3 * self.channels_out);
        self.weights = taps
            .flat_map(|tap| {
                let of = |channel: usize| {
                    let tensor = normalise.source.iter().position(|source| *source == channel);
                    let tensor = tensor.expect("each channel of the picture is one of the tensor");
                    &tap[tensor * self.channels_out..(tensor + 1) * self.channels_out]
                };
                [of(0), of(1), of(2)].concat()
            })
            .collect();
        self.picture = Some(Arc::clone(normalise));
        true
    }

    /// This layer and those after it that are computed with it as one block: a layer that expands, a depthwise layer, a
    /// layer of single pixels that projects. Two of the three at least, or this layer alone.
    pub(super) fn with_neighbours(self, model: &TypedModel) -> TractResult<Vec<Self>> {
        let wanted: &[bool] = if self.depthwise { &[false] } else { &[true, false] };
        if self.transposed {
            return Ok(vec![self]);
        }
        let mut chain = vec![self];
        for depthwise in wanted {
            let before = &chain[chain.len() - 1];
            let [reader] = model.outlet_successors(before.end) else {
                break;
            };
            if model.output_outlets()?.contains(&before.end) {
                break;
            }
            let Some(next) = Self::of(model, model.node(reader.node))? else {
                break;
            };
            let fits = next.depthwise == *depthwise && (next.depthwise || next.pixelwise());
            if !fits || next.second != before.second {
                break;
            }
            chain.push(next);
        }
        // A layer of single pixels with nothing depthwise after it, or a block that fits into the cache anyway.
        let widest = chain.iter().find(|layer| layer.depthwise);
        let floats = widest.map_or(0, |layer| layer.image[0] * layer.image[1] * layer.channels_in);
        if floats < SMALLEST_BLOCK {
            chain.truncate(1);
        }
        Ok(chain)
    }

    /// Whether the network ends in this layer of a few channels, but for what is computed number by number.
    fn is_head(&self, model: &TypedModel) -> TractResult<bool> {
        let outputs = model.output_outlets()?;
        let ends = outputs.contains(&self.end)
            || match model.outlet_successors(self.end) {
                [reader] => {
                    model.node(reader.node).op_is::<ElementWiseOp>()
                        && outputs.contains(&OutletId::new(reader.node, 0))
                }
                _ => false,
            };
        Ok(ends && self.second && self.pixelwise() && self.channels_out < PANEL)
    }

    /// All heads that read the image of this one; none: it is none, or the only one.
    pub(super) fn heads(&self, model: &TypedModel) -> TractResult<Vec<Self>> {
        let mut heads = Vec::new();
        if !self.is_head(model)? {
            return Ok(heads);
        }
        for reader in model.outlet_successors(self.input) {
            if let Some(head) = Self::of(model, model.node(reader.node))?
                && head.input == self.input
                && head.activation == self.activation
                && head.is_head(model)?
            {
                heads.push(head);
            }
        }
        if heads.len() < 2 {
            heads.clear();
        }
        Ok(heads)
    }

    fn into_layer(self, precision: Precision) -> Layer {
        if self.depthwise {
            return Layer::Depthwise(Depthwise {
                channels: self.channels_out,
                input: self.image,
                output: self.output,
                kernel: self.kernel,
                stride: self.stride,
                pad: self.pad,
                taps: self.weights,
                bias: self.bias,
                activation: self.activation,
            });
        }
        if self.transposed {
            return Layer::Spread(self.into_spread(precision));
        }
        let (planes, pixel) = if self.planes {
            (self.channels_in, 1)
        } else {
            (1, self.channels_in)
        };
        let span = (self.output[1] - 1) * self.stride[1] + self.kernel[1];
        let gather = (!self.pixelwise()).then(|| Gather {
            planes,
            pixel,
            image: self.image,
            kernel: self.kernel[0],
            stride: self.stride[0],
            pad: self.pad,
            columns: span.max(self.pad[1]),
            picture: self.picture.clone(),
        });
        let shape = DenseShape {
            // A layer that reads the image pixel by pixel is one long row.
            columns: match &gather {
                Some(_) => self.output[1],
                None => self.output[0] * self.output[1],
            },
            column_step: self.stride[1] * pixel,
            segments: planes * self.kernel[0],
            segment_length: self.kernel[1] * pixel,
            segment_step: gather.as_ref().map_or(0, Gather::line),
            channels: self.channels_out,
        };
        let taps = self.kernel[0] * self.kernel[1];
        let weight = |input: usize, output: usize| {
            // Windows of planes are read plane by plane; weights are kept pixel by pixel.
            let input = if self.planes {
                input % taps * planes + input / taps
            } else {
                input
            };
            self.weights[input * self.channels_out + output]
        };
        let dense = Dense::new(&shape, weight, &self.bias, self.activation, precision);
        match gather {
            Some(gather) => Layer::Windowed(Windowed {
                gather,
                dense,
                rows: self.output[0],
            }),
            None => Layer::Dense(dense),
        }
    }

    /// One layer of single pixels for each row of the kernel, whose outputs are the pixels of that row.
    fn into_spread(self, precision: Precision) -> Spread {
        let outputs = self.kernel[1] * self.channels_out;
        let shape = DenseShape {
            columns: self.image[1],
            column_step: self.channels_in,
            segments: 1,
            segment_length: self.channels_in,
            segment_step: 0,
            channels: outputs,
        };
        let bias = self.bias.repeat(self.kernel[1]);
        let kernels = (0..self.kernel[0]).map(|row| {
            let weight = |input: usize, output: usize| {
                let tap = row * self.kernel[1] + output / self.channels_out;
                let channel = output % self.channels_out;
                self.weights[(tap * self.channels_in + input) * self.channels_out + channel]
            };
            Dense::new(&shape, weight, &bias, self.activation, precision)
        });
        Spread {
            rows: self.image[0],
            kernels: kernels.collect(),
        }
    }
}

/// One operation for all heads that read the same image.
pub(super) fn into_heads(heads: Vec<Convolution>, precision: Precision) -> FusedHeads {
    let channels: Vec<usize> = heads.iter().map(|head| head.channels_out).collect();
    let inputs = heads[0].channels_in;
    let weights = (0..inputs).flat_map(|input| {
        let of = move |head: &Convolution| {
            let outputs = head.channels_out;
            head.weights[input * outputs..(input + 1) * outputs].to_vec()
        };
        heads.iter().flat_map(of)
    });
    let weights = weights.collect();
    let bias = heads.iter().flat_map(|head| head.bias.iter().copied()).collect();
    let mut heads = heads.into_iter();
    let first = heads.next().expect("there are two heads or more");
    let input = [inputs, first.image[0], first.image[1]];
    let together = Convolution {
        channels_out: channels.iter().sum(),
        weights,
        bias,
        ..first
    };
    let Layer::Dense(dense) = together.into_layer(precision) else {
        unreachable!("heads are of single pixels");
    };
    FusedHeads {
        dense: Arc::new(dense),
        input,
        channels,
    }
}

/// One operation for a chain of layers.
pub(super) fn into_op(chain: Vec<Convolution>, precision: Precision) -> FusedLayer {
    let first = &chain[0];
    let input = if first.planes {
        [1, first.channels_in, first.image[0], first.image[1]]
    } else {
        [1, first.image[0], first.image[1], first.channels_in]
    };
    let end = &chain[chain.len() - 1];
    let output = [1, end.output[0], end.output[1], end.channels_out];
    let mut layers: Vec<Layer> = chain
        .into_iter()
        .map(|layer| layer.into_layer(precision))
        .collect();
    let layer = if layers.len() == 1 {
        layers.remove(0)
    } else {
        let (mut expand, mut gather, mut depthwise, mut project) = (None, None, None, None);
        for layer in layers {
            match layer {
                Layer::Depthwise(layer) => depthwise = Some(layer),
                Layer::Dense(layer) if depthwise.is_none() => expand = Some(layer),
                Layer::Dense(layer) => project = Some(layer),
                Layer::Windowed(layer) => (gather, expand) = (Some(layer.gather), Some(layer.dense)),
                Layer::Spread(_)
                | Layer::Block(_)
                | Layer::Pool(_)
                | Layer::Repeat(_)
                | Layer::Blend(_)
                | Layer::Numbers(_) => {}
            }
        }
        Layer::Block(Box::new(Block {
            expand,
            gather,
            depthwise: depthwise.expect("a chain of two layers has a depthwise one"),
            project,
        }))
    };
    FusedLayer {
        layer: Arc::new(layer),
        adds: false,
        input,
        output,
    }
}
