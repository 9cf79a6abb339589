//! Puts fused convolutions into a model. In: tract's typed model, before its own optimisations. Out: an equal model in
//! which every convolution that is understood runs channels last, with the constant multiplications, additions, minima
//! and maxima that follow it folded in. Whatever is not understood is copied and left to tract.
//! Deliberately not here: what is understood (see `convolution.rs`) and the arithmetic (see `dense.rs`, `depthwise.rs`).

use super::convolution::{Convolution, into_op};
use std::collections::BTreeMap;
use tract_onnx::prelude::{OutletId, TVec, TractResult, TypedModel, TypedNode};
use tract_onnx::tract_core::model::SpecialOps as _;
use tract_onnx::tract_core::ops::array::TypedConcat;
use tract_onnx::tract_core::ops::binary::TypedBinOp;
use tract_onnx::tract_core::ops::change_axes::AxisOp;
use tract_onnx::tract_core::ops::element_wise::ElementWiseOp;
use tract_onnx::tract_core::ops::identity::Identity;

/// The model with its convolutions fused.
pub(super) fn fuse_convolutions(mut source: TypedModel) -> TractResult<TypedModel> {
    source.prop_consts()?;
    let mut rewrite = Rewrite {
        source: &source,
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
    /// With the second of four axes moved to the end.
    last: Option<OutletId>,
}

struct Rewrite<'a> {
    source: &'a TypedModel,
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
                let fact = source.outlet_fact(out)?.clone();
                let wire = self.target.add_source(node.name.clone(), fact)?;
                self.wires.entry(out).or_default().plain = Some(wire);
            } else if !self.convolution(node)? && !self.channels_last(node)? {
                let inputs = self.all(&node.inputs, Self::plain)?;
                let wires = self.target.wire_node(&node.name, node.op.clone(), &inputs)?;
                for (slot, wire) in wires.into_iter().enumerate() {
                    self.wires.entry(OutletId::new(id, slot)).or_default().plain = Some(wire);
                }
            }
        }
        let outputs = self.all(source.output_outlets()?, Self::plain)?;
        let inputs = self.all(source.input_outlets()?, Self::plain)?;
        self.target.set_input_outlets(&inputs)?;
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

    /// A value in the source's order of axes.
    fn plain(&mut self, outlet: OutletId) -> TractResult<OutletId> {
        let wires = self.wires.get(&outlet).copied().unwrap_or_default();
        match (wires.plain, wires.last) {
            (Some(wire), _) => Ok(wire),
            (None, Some(last)) => {
                let name = format!("{}.channels_second", self.source.node(outlet.node).name);
                let wire = self.target.wire_node(name, AxisOp::Move(3, 1), &[last])?[0];
                self.wires.entry(outlet).or_default().plain = Some(wire);
                Ok(wire)
            }
            (None, None) => Err(super::refusal(format!(
                "a value is used before it is computed: {outlet:?}"
            ))),
        }
    }

    /// A value of four axes with the second moved to the end.
    fn last(&mut self, outlet: OutletId) -> TractResult<OutletId> {
        if let Some(wire) = self.wires.get(&outlet).and_then(|wires| wires.last) {
            return Ok(wire);
        }
        let plain = self.plain(outlet)?;
        let name = format!(
            "{}.{}.channels_last",
            self.source.node(outlet.node).name,
            outlet.slot
        );
        let wire = self.target.wire_node(name, AxisOp::Move(1, 3), &[plain])?[0];
        self.wires.entry(outlet).or_default().last = Some(wire);
        Ok(wire)
    }

    /// Wires a convolution that is understood. False: it is none.
    fn convolution(&mut self, node: &TypedNode) -> TractResult<bool> {
        let Some(found) = Convolution::of(self.source, node)? else {
            return Ok(false);
        };
        let second = found.second;
        let chain = found.with_neighbours(self.source)?;
        let end = chain.last().map_or(OutletId::new(node.id, 0), |layer| layer.end);
        let name = format!("{}.fused", self.source.node(end.node).name);
        let op = into_op(chain);
        let input = if second {
            self.last(node.inputs[0])?
        } else {
            self.plain(node.inputs[0])?
        };
        let wire = self.target.wire_node(name, op, &[input])?[0];
        let wires = self.wires.entry(end).or_default();
        if second {
            wires.last = Some(wire);
        } else {
            wires.plain = Some(wire);
        }
        // What lies between the convolution and its end is never asked for; the walk must skip it.
        let mut between = OutletId::new(node.id, 0);
        while between != end {
            self.wires.entry(between).or_default();
            between = OutletId::new(self.source.outlet_successors(between)[0].node, 0);
        }
        Ok(true)
    }

    /// Wires an operation between images that are already channels last. False: it is none.
    fn channels_last(&mut self, node: &TypedNode) -> TractResult<bool> {
        let source = self.source;
        if node.outputs.len() != 1 || node.inputs.is_empty() {
            return Ok(false);
        }
        let mut images = 0;
        for input in &node.inputs {
            let fact = source.outlet_fact(*input)?;
            let image = self.wires.get(input).is_some_and(|wires| wires.last.is_some());
            if fact.rank() != 4 || !(image || fact.konst.is_some()) {
                return Ok(false);
            }
            images += usize::from(image && fact.konst.is_none());
        }
        if images == 0 || source.outlet_fact(OutletId::new(node.id, 0))?.rank() != 4 {
            return Ok(false);
        }
        let name = format!("{}.last", node.name);
        let pointwise =
            node.op_is::<TypedBinOp>() || node.op_is::<ElementWiseOp>() || node.op_is::<Identity>();
        let wire = if pointwise {
            let inputs = self.all(&node.inputs, Self::last)?;
            self.target.wire_node(name, node.op.clone(), &inputs)?[0]
        } else if let Some(concat) = node.op_as::<TypedConcat>() {
            let inputs = self.all(&node.inputs, Self::last)?;
            let axis = [0, 3, 1, 2][concat.axis];
            self.target.wire_node(name, TypedConcat { axis }, &inputs)?[0]
        } else {
            return Ok(false);
        };
        self.wires.entry(OutletId::new(node.id, 0)).or_default().last = Some(wire);
        Ok(true)
    }
}
