//! Where the values that an operation only moves come from. In: a part of a model between two values. Out: for each float
//! of the second, the place in the first that it is a copy of, found by running that part on an image that counts its own
//! places. Operations that compute, and images too large for single precision to count, give nothing.

use tract_onnx::prelude::{
    DatumExt as _, IntoRunnable as _, OutletId, Tensor, TractResult, TypedModel, TypedNode, tvec,
};
use tract_onnx::tract_core::model::SpecialOps as _;

/// Single precision counts to here without a gap.
const COUNTABLE: usize = 1 << 24;

/// Operations that move values; each kind of model file brings its own.
const MOVERS: [&str; 6] = [
    "StridedSlice",
    "Slice",
    "Downsample",
    "Concat",
    "Resize",
    "NearestUpsample",
];

/// The value that everything in `end` is moved from, and the nodes between in the order in which they run.
pub(super) struct Moved<'a> {
    pub(super) source: OutletId,
    nodes: Vec<&'a TypedNode>,
    end: OutletId,
}

impl<'a> Moved<'a> {
    /// `None`: `end` is computed, or comes from more than one value.
    pub(super) fn of(model: &'a TypedModel, end: OutletId) -> TractResult<Option<Self>> {
        let mut found = Self {
            source: end,
            nodes: Vec::new(),
            end,
        };
        let mut source = None;
        let one = found.walk(model, end, &mut source)?;
        Ok(source
            .filter(|source| one && *source != end)
            .map(|source| Self { source, ..found }))
    }

    fn walk(
        &mut self,
        model: &'a TypedModel,
        at: OutletId,
        source: &mut Option<OutletId>,
    ) -> TractResult<bool> {
        let node = model.node(at.node);
        if !MOVERS.contains(&&*node.op.name()) || node.outputs.len() != 1 {
            return Ok(*source.get_or_insert(at) == at);
        }
        if self.nodes.iter().any(|known| known.id == node.id) {
            return Ok(true);
        }
        for input in &node.inputs {
            if model.outlet_fact(*input)?.konst.is_none() && !self.walk(model, *input, source)? {
                return Ok(false);
            }
        }
        self.nodes.push(node);
        Ok(true)
    }

    /// For each float of the end, its place in the source. `None`: some of it is computed after all.
    pub(super) fn places(&self, model: &TypedModel) -> TractResult<Option<Vec<usize>>> {
        let shape = model
            .outlet_fact(self.source)?
            .shape
            .as_concrete()
            .map(<[usize]>::to_vec);
        let Some(shape) = shape.filter(|shape| shape.iter().product::<usize>() < COUNTABLE) else {
            return Ok(None);
        };
        let mut part = TypedModel {
            symbols: model.symbols.clone(),
            ..TypedModel::default()
        };
        let mut wires = vec![(self.source, part.add_source("source", f32::fact(&shape))?)];
        for node in &self.nodes {
            let mut inputs = tvec![];
            for (slot, input) in node.inputs.iter().enumerate() {
                let known = wires
                    .iter()
                    .find(|(outlet, _)| outlet == input)
                    .map(|(_, wire)| *wire);
                inputs.push(match (known, &model.outlet_fact(*input)?.konst) {
                    (Some(wire), _) => wire,
                    (None, Some(konst)) => part.add_const(format!("{}.{slot}", node.name), konst.clone())?,
                    (None, None) => return Ok(None),
                });
            }
            let wire = part.wire_node(&node.name, node.op.clone(), &inputs)?[0];
            wires.push((OutletId::new(node.id, 0), wire));
        }
        let Some((_, end)) = wires.iter().find(|(outlet, _)| *outlet == self.end) else {
            return Ok(None);
        };
        part.select_output_outlets(&[*end])?;
        let length = shape.iter().product();
        #[expect(
            clippy::cast_precision_loss,
            reason = "counted up to what single precision holds"
        )]
        let image: Vec<f32> = (0..length).map(|place: usize| place as f32).collect();
        let image = Tensor::from_shape(&shape, &image)?;
        let moved = part.into_runnable()?.run(tvec![image.into()])?;
        let moved = moved[0].to_plain_array_view::<f32>()?;
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "compared with what it was"
        )]
        let place = |value: &f32| {
            let place = *value as usize;
            #[expect(clippy::cast_precision_loss, reason = "as above")]
            let same = place < length && (place as f32).to_bits() == value.to_bits();
            same.then_some(place)
        };
        Ok(moved.iter().map(place).collect())
    }
}
