//! Puts fused convolutions into a model. In: tract's typed model, before its own optimisations. Out: an equal model in
//! which every convolution that is understood runs channels last, with the constant multiplications, additions, minima
//! and maxima that follow it folded in, what is added to a block too, and the heads that it ends in as one; if asked for,
//! a model that reads the bytes of a picture instead of numbers. Whatever is not understood is copied and left to tract.
//! Deliberately not here: what is understood (see `convolution.rs`) and the arithmetic (see `dense.rs`, `depthwise.rs`).

use super::assemble::{into_heads, into_op};
use super::blend::Blend;
use super::convolution::Convolution;
use super::fused::{FusedLayer, Layer};
use super::moved::{Pool, Repeat};
use super::probe::Moved;
use crate::normalise::Normalise;
use std::collections::BTreeMap;
use std::sync::Arc;
use tract_onnx::prelude::{DatumExt as _, DatumType, OutletId, TVec, TractResult, TypedModel, TypedNode};
use tract_onnx::tract_core::model::SpecialOps as _;
use tract_onnx::tract_core::ops::array::TypedConcat;
use tract_onnx::tract_core::ops::binary::TypedBinOp;
use tract_onnx::tract_core::ops::change_axes::AxisOp;
use tract_onnx::tract_core::ops::cnn::MaxPool;
use tract_onnx::tract_core::ops::element_wise::ElementWiseOp;
use tract_onnx::tract_core::ops::identity::Identity;
use tract_onnx::tract_core::ops::math::Add;
use tract_onnx::tract_core::ops::nn::DataFormat;
use vsa_plan::Precision;

/// The model with its convolutions fused. With `picture`, its input is a picture, 1 x rows x columns x 3 bytes, from which it
/// makes the numbers that its input was.
pub(super) fn fuse_convolutions(
    mut source: TypedModel,
    precision: Precision,
    picture: Option<&Arc<Normalise>>,
) -> TractResult<TypedModel> {
    source.prop_consts()?;
    let mut rewrite = Rewrite {
        source: &source,
        precision,
        picture,
        target: TypedModel {
            symbols: source.symbols.clone(),
            ..TypedModel::default()
        },
        wires: BTreeMap::new(),
    };
    rewrite.copy()?;
    Ok(rewrite.target)
}

/// Where a value of the source is found in the target.
#[derive(Clone, Copy, Default)]
struct Wires {
    /// In the source's own order of axes.
    plain: Option<OutletId>,
    /// With the second of three axes or more moved to the end.
    last: Option<OutletId>,
    /// As the picture that it is made of.
    picture: Option<OutletId>,
}

struct Rewrite<'a> {
    source: &'a TypedModel,
    precision: Precision,
    picture: Option<&'a Arc<Normalise>>,
    target: TypedModel,
    wires: BTreeMap<OutletId, Wires>,
}

impl Rewrite<'_> {
    fn copy(&mut self) -> TractResult<()> {
        let source = self.source;
        for id in source.eval_order()? {
            let node = source.node(id);
            let out = OutletId::new(id, 0);
            // Taken up by the convolution before it.
            if self.wires.contains_key(&out) {
                continue;
            }
            if source.input_outlets()?.contains(&out) {
                let name = node.name.clone();
                if let Some(normalise) = self.picture {
                    let fact = u8::fact([1, normalise.rows, normalise.columns, 3]);
                    let wire = self.target.add_source(name, fact)?;
                    self.wires.entry(out).or_default().picture = Some(wire);
                } else {
                    let fact = source.outlet_fact(out)?.clone();
                    let wire = self.target.add_source(name, fact)?;
                    self.wires.entry(out).or_default().plain = Some(wire);
                }
            } else if !self.convolution(node)? && !self.channels_last(node)? {
                let inputs = self.all(&node.inputs, Self::plain)?;
                let wires = self.target.wire_node(&node.name, node.op.clone(), &inputs)?;
                for (slot, wire) in wires.into_iter().enumerate() {
                    self.wires.entry(OutletId::new(id, slot)).or_default().plain = Some(wire);
                }
            }
        }
        if self.target.input_outlets()?.len() != source.input_outlets()?.len() {
            return Err(super::refusal(
                "its outputs do not depend on its input".to_owned(),
            ));
        }
        let outputs = self.all(source.output_outlets()?, Self::plain)?;
        self.target.select_output_outlets(&outputs)?;
        Ok(())
    }

    fn all(
        &mut self,
        outlets: &[OutletId],
        find: fn(&mut Self, OutletId) -> TractResult<OutletId>,
    ) -> TractResult<TVec<OutletId>> {
        outlets.iter().map(|outlet| find(self, *outlet)).collect()
    }

    /// Where a value is found so far.
    fn known(&self, outlet: OutletId) -> Wires {
        self.wires.get(&outlet).copied().unwrap_or_default()
    }

    /// A value in the source's order of axes.
    fn plain(&mut self, outlet: OutletId) -> TractResult<OutletId> {
        let wires = self.known(outlet);
        match (wires.plain, wires.last, wires.picture.zip(self.picture)) {
            (Some(wire), ..) => Ok(wire),
            (None, None, Some((picture, normalise))) => {
                let op = FusedLayer {
                    layer: Arc::new(Layer::Numbers(Arc::clone(normalise))),
                    adds: false,
                    input: [1, normalise.rows, normalise.columns, 3],
                    output: normalise.shape(),
                };
                let name = format!("{}.numbers", self.source.node(outlet.node).name);
                let wire = self.target.wire_node(name, op, &[picture])?[0];
                self.wires.entry(outlet).or_default().plain = Some(wire);
                Ok(wire)
            }
            (None, Some(last), _) => {
                let end = self.target.outlet_fact(last)?.rank() - 1;
                let name = format!("{}.channels_second", self.source.node(outlet.node).name);
                let wire = self.target.wire_node(name, AxisOp::Move(end, 1), &[last])?[0];
                self.wires.entry(outlet).or_default().plain = Some(wire);
                Ok(wire)
            }
            (None, None, None) => Err(super::refusal(format!(
                "a value is used before it is computed: {outlet:?}"
            ))),
        }
    }

    /// A value of three axes or more with the second moved to the end.
    fn last(&mut self, outlet: OutletId) -> TractResult<OutletId> {
        if let Some(wire) = self.known(outlet).last {
            return Ok(wire);
        }
        let plain = self.plain(outlet)?;
        let end = self.target.outlet_fact(plain)?.rank() - 1;
        let name = format!(
            "{}.{}.channels_last",
            self.source.node(outlet.node).name,
            outlet.slot
        );
        let wire = self.target.wire_node(name, AxisOp::Move(1, end), &[plain])?[0];
        self.wires.entry(outlet).or_default().last = Some(wire);
        Ok(wire)
    }

    /// Wires a convolution that is understood. False: it is none.
    fn convolution(&mut self, node: &TypedNode) -> TractResult<bool> {
        let Some(mut found) = Convolution::of(self.source, node)? else {
            return Ok(false);
        };
        let heads = found.heads(self.source)?;
        if !heads.is_empty() {
            return self.heads(node, heads);
        }
        let known = self.known(found.input);
        let picture = known
            .picture
            .zip(self.picture)
            .filter(|(_, normalise)| found.take_picture(normalise))
            .map(|(picture, _)| picture);
        let planes = picture.is_none() && known.last.is_none() && found.take_planes();
        let second = found.second;
        let from = found.input;
        let chain = found.with_neighbours(self.source)?;
        let taken: Vec<usize> = chain
            .iter()
            .flat_map(|layer| layer.taken.iter().copied())
            .collect();
        let end = chain.last().map_or(OutletId::new(node.id, 0), |layer| layer.end);
        let name = format!("{}.fused", self.source.node(end.node).name);
        let mut op = into_op(chain, self.precision);
        let added = if second && matches!(*op.layer, Layer::Block(_)) {
            self.added(end)?
        } else {
            None
        };
        op.adds = added.is_some();
        let input = if let Some(picture) = picture {
            picture
        } else if second && !planes {
            self.last(from)?
        } else {
            self.plain(from)?
        };
        let inputs: TVec<OutletId> = [input].into_iter().chain(added.map(|(added, _)| added)).collect();
        let wire = self.target.wire_node(name, op, &inputs)?[0];
        // What lies between the convolution and its end is never asked for; the walk must skip it.
        for node in taken {
            self.wires.entry(OutletId::new(node, 0)).or_default();
        }
        self.wires.entry(end).or_default();
        let end = added.map_or(end, |(_, sum)| sum);
        let wires = self.wires.entry(end).or_default();
        if second {
            wires.last = Some(wire);
        } else {
            wires.plain = Some(wire);
        }
        Ok(true)
    }

    /// What is added to `end` and nothing else is done with `end`, if it is channels last already; and the sum.
    fn added(&self, end: OutletId) -> TractResult<Option<(OutletId, OutletId)>> {
        let source = self.source;
        let [reader] = source.outlet_successors(end) else {
            return Ok(None);
        };
        let node = source.node(reader.node);
        let sums = |op: &TypedBinOp| op.0.is::<Add>() && op.1.is_none();
        if source.output_outlets()?.contains(&end) || !node.op_as::<TypedBinOp>().is_some_and(sums) {
            return Ok(None);
        }
        let other = node.inputs[1 - reader.slot];
        let same = source.outlet_fact(other)?.shape == source.outlet_fact(end)?.shape;
        let last = self.known(other).last.filter(|_| same);
        Ok(last.map(|last| (last, OutletId::new(node.id, 0))))
    }

    /// Wires all heads that read the same image.
    fn heads(&mut self, node: &TypedNode, heads: Vec<Convolution>) -> TractResult<bool> {
        let input = self.last(heads[0].input)?;
        let ends: Vec<OutletId> = heads.iter().map(|head| head.end).collect();
        for node in heads.iter().flat_map(|head| &head.taken) {
            self.wires.entry(OutletId::new(*node, 0)).or_default();
        }
        let op = into_heads(heads, self.precision);
        let wires = self
            .target
            .wire_node(format!("{}.heads", node.name), op, &[input])?;
        for (end, wire) in ends.into_iter().zip(wires) {
            self.wires.entry(end).or_default().plain = Some(wire);
        }
        Ok(true)
    }

    /// Wires an operation on images that are already channels last. False: it is none that can be computed so.
    fn channels_last(&mut self, node: &TypedNode) -> TractResult<bool> {
        let source = self.source;
        if node.outputs.len() != 1 || node.inputs.is_empty() {
            return Ok(false);
        }
        let out = OutletId::new(node.id, 0);
        let first = self.known(node.inputs[0]).last;
        let name = format!("{}.last", node.name);
        if let (Some(axes), Some(image)) = (node.op_as::<AxisOp>(), first) {
            let end = source.outlet_fact(node.inputs[0])?.rank() - 1;
            match axes {
                // What others undo by hand.
                AxisOp::Move(1, to) if *to == end => {
                    self.wires.entry(out).or_default().plain = Some(image);
                }
                AxisOp::Reshape(at, from, to) if *at >= 2 => {
                    let op = AxisOp::Reshape(at - 1, from.clone(), to.clone());
                    let wire = self.target.wire_node(name, op, &[image])?[0];
                    self.wires.entry(out).or_default().last = Some(wire);
                }
                _ => return Ok(false),
            }
            return Ok(true);
        }
        if let Some(image) = first
            && let Some(layer) = moved_layer(source, node)?
        {
            let wire = self.target.wire_node(name, layer, &[image])?[0];
            self.wires.entry(out).or_default().last = Some(wire);
            return Ok(true);
        }
        let rank = source.outlet_fact(out)?.rank();
        let mut images = 0;
        for input in &node.inputs {
            let fact = source.outlet_fact(*input)?;
            let image = self.known(*input).last.is_some();
            if fact.rank() != rank || !(image || fact.konst.is_some()) {
                return Ok(false);
            }
            images += usize::from(image && fact.konst.is_none());
        }
        if images == 0 || rank < 3 {
            return Ok(false);
        }
        let pointwise =
            node.op_is::<TypedBinOp>() || node.op_is::<ElementWiseOp>() || node.op_is::<Identity>();
        let wire = if pointwise {
            let inputs = self.all(&node.inputs, Self::last)?;
            self.target.wire_node(name, node.op.clone(), &inputs)?[0]
        } else if let Some(concat) = node.op_as::<TypedConcat>() {
            let inputs = self.all(&node.inputs, Self::last)?;
            let axis = match concat.axis {
                0 => 0,
                1 => rank - 1,
                other => other - 1,
            };
            self.target.wire_node(name, TypedConcat { axis }, &inputs)?[0]
        } else {
            return Ok(false);
        };
        self.wires.entry(out).or_default().last = Some(wire);
        Ok(true)
    }
}

/// A pool or an enlargement of an image whose channels are the second axis, as a layer on channels that are last.
fn moved_layer(model: &TypedModel, node: &TypedNode) -> TractResult<Option<FusedLayer>> {
    let from = model.outlet_fact(node.inputs[0])?;
    let to = model.outlet_fact(OutletId::new(node.id, 0))?;
    let (Some(&[1, channels, height, width]), Some(&[1, same, rows, columns])) =
        (from.shape.as_concrete(), to.shape.as_concrete())
    else {
        return Ok(None);
    };
    if channels != same || from.datum_type != DatumType::F32 || to.datum_type != DatumType::F32 {
        return Ok(None);
    }
    let (image, output) = ([height, width], [rows, columns]);
    let layer = if let Some(pool) = node.op_as::<MaxPool>() {
        let spec = &pool.pool_spec;
        let padding = spec.computed_padding(&image);
        let layer = Pool {
            channels,
            image,
            output,
            kernel: [spec.kernel_shape[0], spec.kernel_shape[1]],
            stride: [spec.stride(0), spec.stride(1)],
            pad: [padding[0].pad_before, padding[1].pad_before],
        };
        let understood = spec.data_format == DataFormat::NCHW
            && pool.with_index_outputs.is_none()
            && spec.dilations().iter().all(|dilation| *dilation == 1)
            && [padding[0].convoluted, padding[1].convoluted] == output;
        if !understood || !layer.is_full() {
            return Ok(None);
        }
        Layer::Pool(layer)
    } else {
        match repeated(model, node, channels, image, output)? {
            Some(layer) => Layer::Repeat(layer),
            None => match Blend::of(model, node, channels, image, output)? {
                Some(layer) => Layer::Blend(layer),
                None => return Ok(None),
            },
        }
    };
    Ok(Some(FusedLayer {
        layer: Arc::new(layer),
        adds: false,
        input: [1, height, width, channels],
        output: [1, rows, columns, channels],
    }))
}

/// An enlargement that repeats every pixel so many times along rows and columns.
fn repeated(
    model: &TypedModel,
    node: &TypedNode,
    channels: usize,
    image: [usize; 2],
    [rows, columns]: [usize; 2],
) -> TractResult<Option<Repeat>> {
    let [height, width] = image;
    let by = [rows / height, columns / width];
    if by[0] * height != rows || by[1] * width != columns || by == [1, 1] {
        return Ok(None);
    }
    let places = match Moved::of(model, OutletId::new(node.id, 0))? {
        Some(moved) if moved.source == node.inputs[0] => moved.places(model)?,
        _ => None,
    };
    let repeated = (0..channels * rows * columns).map(|place| {
        let (row, column) = (place / columns % rows / by[0], place % columns / by[1]);
        (place / (rows * columns) * height + row) * width + column
    });
    let same = places.is_some_and(|places| places.into_iter().eq(repeated));
    Ok(same.then_some(Repeat { channels, image, by }))
}
