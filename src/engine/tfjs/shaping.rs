//! What moves numbers and changes none: turned, joined and parted tensors, and what is taken from them.

use super::file::Node;
use super::translate::{Translation, exactly, first, known};
use super::value::{Border, Numbers, Tensor, Value, axis};
use super::written_onnx::{Setting, signed};
use ndarray::Axis;
use vsa_base::Reason;

impl Translation<'_> {
    /// Costs nothing: the tensor remembers which axis is which.
    pub(super) fn transpose(&mut self, inputs: Vec<Value>) -> Result<Value, Reason> {
        let [input, order] = exactly(inputs)?;
        let rank = input.shapes().1.len();
        let order = known(&order)?
            .into_iter()
            .map(|place| axis(place, rank))
            .collect::<Result<Vec<_>, _>>()?;
        let mut sorted = order.clone();
        sorted.sort_unstable();
        if sorted != (0..rank).collect::<Vec<_>>() {
            return Err(format!("an order {order:?} of {rank} axes").into());
        }
        Ok(match input {
            Value::Known(numbers) => Value::Known(numbers.turned(&order)),
            Value::Computed(tensor) => {
                let turned = |sides: &[usize]| order.iter().map(|place| sides[*place]).collect::<Vec<_>>();
                let place = |axis: &usize| order.iter().position(|old| old == axis).unwrap_or(*axis);
                Value::Computed(Tensor {
                    declared: turned(&tensor.declared),
                    shape: turned(&tensor.shape),
                    axes: tensor.axes.iter().map(place).collect(),
                    border: tensor.border.as_ref().map(|border| Border {
                        sides: order.iter().map(|place| border.sides[*place]).collect(),
                        value: border.value,
                    }),
                    ..tensor
                })
            }
        })
    }

    pub(super) fn concatenate(&mut self, mut inputs: Vec<Value>) -> Result<Value, Reason> {
        let place = known(&inputs.pop().ok_or("it reads nothing")?)?;
        let [place] = place[..] else {
            return Err("along which axis is not said".into());
        };
        if let Some(lists) = all_whole(&inputs) {
            let along = axis(place, lists.first().map_or(0, |list| list.ndim()))?;
            let views: Vec<_> = lists.iter().map(|list| list.view()).collect();
            let joined = ndarray::concatenate(Axis(along), &views).map_err(|error| error.to_string())?;
            return Ok(Value::Known(Numbers::Whole(joined)));
        }
        let tensors = inputs
            .into_iter()
            .map(|value| self.tensor(value))
            .collect::<Result<Vec<_>, _>>()?;
        self.join(&tensors, place)
    }

    fn join(&mut self, tensors: &[Tensor], place: i64) -> Result<Value, Reason> {
        let model = tensors
            .iter()
            .find(|tensor| tensor.axes.len() > 1)
            .or(tensors.first());
        let model = model.ok_or("it joins nothing")?;
        let axes = model.axes.clone();
        let along = axis(place, axes.len())?;
        let (mut declared, mut shape) = (model.declared.clone(), model.shape.clone());
        (declared[along], shape[along]) = (0, 0);
        let mut names = Vec::new();
        for tensor in tensors {
            let fits = tensor.shape.len() == shape.len()
                && (0..shape.len()).all(|side| side == along || tensor.shape[side] == shape[side]);
            if !fits {
                return Err(format!("{:?} and {:?} do not fit", model.shape, tensor.shape).into());
            }
            declared[along] = declared[along].saturating_add(tensor.declared[along]);
            shape[along] = shape[along].saturating_add(tensor.shape[along]);
            names.push(self.arranged(tensor, &axes)?);
        }
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let at = signed(model.place_of(along)?);
        let name = self
            .graph
            .one("Concat", &names, vec![("axis", Setting::Whole(at))]);
        Ok(Value::Computed(Tensor {
            axes,
            ..Tensor::plain(name, model.whole, declared, shape)
        }))
    }

    pub(super) fn split(&mut self, node: &Node, inputs: Vec<Value>) -> Result<Vec<Value>, Reason> {
        let (input, sizes, place) = if node.op == "SplitV" {
            let [input, sizes, place] = exactly(inputs)?;
            (input, Some(known(&sizes)?), place)
        } else {
            let [place, input] = exactly(inputs)?;
            (input, None, place)
        };
        let tensor = self.tensor(input)?;
        let [place] = known(&place)?[..] else {
            return Err("along which axis is not said".into());
        };
        let along = axis(place, tensor.shape.len())?;
        let side = tensor.shape[along];
        let sizes = match sizes {
            Some(sizes) => sizes
                .into_iter()
                .map(|size| usize::try_from(size).ok())
                .collect::<Option<Vec<_>>>(),
            None => {
                let parts = node
                    .whole("num_split")
                    .and_then(|parts| usize::try_from(parts).ok());
                parts
                    .filter(|parts| *parts > 0 && *parts <= side)
                    .map(|parts| vec![side / parts; parts])
            }
        };
        let sizes = sizes.ok_or("into which parts is not said")?;
        if sizes.is_empty() || sizes.iter().fold(0_usize, |sum, size| sum.saturating_add(*size)) != side {
            return Err(format!("parts {sizes:?} of {side}").into());
        }
        let at = signed(tensor.place_of(along)?);
        let list = self.graph.list(sizes.iter().map(|size| signed(*size)));
        let settings = vec![("axis", Setting::Whole(at))];
        let names = self
            .graph
            .several("Split", &[&tensor.name, &list], sizes.len(), settings);
        let parts = names.into_iter().zip(sizes).map(|(name, size)| {
            let mut part = tensor.like(name);
            (part.declared[along], part.shape[along]) = (size, size);
            Value::Computed(part)
        });
        Ok(parts.collect())
    }

    pub(super) fn reduce(&mut self, node: &Node, inputs: Vec<Value>) -> Result<Value, Reason> {
        let [input, along] = exactly(inputs)?;
        let tensor = self.tensor(input)?;
        let rank = tensor.shape.len();
        let mut along = known(&along)?
            .into_iter()
            .map(|place| axis(place, rank))
            .collect::<Result<Vec<_>, _>>()?;
        along.sort_unstable();
        along.dedup();
        let keep = node.is("keep_dims");
        let places = along
            .iter()
            .map(|axis| tensor.place_of(*axis).map(signed))
            .collect::<Result<Vec<_>, _>>()?;
        let mut settings = vec![("keepdims", Setting::Whole(i64::from(keep)))];
        let name = if node.op == "Sum" {
            let list = self.graph.list(places);
            self.graph.one("ReduceSum", &[&tensor.name, &list], settings)
        } else {
            settings.push(("axes", Setting::Wholes(places)));
            self.graph
                .one(&format!("Reduce{}", node.op), &[&tensor.name], settings)
        };
        let mut reduced = tensor.like(name);
        for axis in along.iter().rev() {
            if keep {
                (reduced.declared[*axis], reduced.shape[*axis]) = (1, 1);
            } else {
                reduced = without(reduced, *axis);
            }
        }
        Ok(Value::Computed(reduced))
    }

    pub(super) fn squeeze(&mut self, node: &Node, inputs: Vec<Value>) -> Result<Value, Reason> {
        let input = first(inputs)?;
        let shape = input.shapes().1.to_vec();
        let named = node.wholes("squeeze_dims");
        let gone = if named.is_empty() {
            (0..shape.len()).filter(|axis| shape[*axis] == 1).collect()
        } else {
            named
                .into_iter()
                .map(|place| axis(place, shape.len()))
                .collect::<Result<Vec<_>, _>>()?
        };
        if gone.iter().any(|axis| shape[*axis] != 1) {
            return Err(format!("axes {gone:?} of {shape:?} are not 1").into());
        }
        let keeps = |sides: &[usize]| {
            let kept = sides.iter().enumerate().filter(|(axis, _)| !gone.contains(axis));
            kept.map(|(_, side)| *side).collect::<Vec<_>>()
        };
        match input {
            Value::Known(numbers) => Ok(Value::Known(numbers.reshaped(&keeps(&shape))?)),
            Value::Computed(tensor) => {
                let tensor = self.settled(tensor)?;
                let places = gone
                    .iter()
                    .map(|axis| tensor.place_of(*axis).map(signed))
                    .collect::<Result<Vec<_>, _>>()?;
                let list = self.graph.list(places);
                let name = self.graph.one("Squeeze", &[&tensor.name, &list], Vec::new());
                let mut less = tensor.like(name);
                let mut order = gone;
                order.sort_unstable();
                order.dedup();
                for axis in order.into_iter().rev() {
                    less = without(less, axis);
                }
                Ok(Value::Computed(less))
            }
        }
    }

    pub(super) fn expand(&mut self, inputs: Vec<Value>) -> Result<Value, Reason> {
        let [input, place] = exactly(inputs)?;
        let rank = input.shapes().1.len();
        let [place] = known(&place)?[..] else {
            return Err("where is not said".into());
        };
        let at = axis(place, rank + 1)?;
        match input {
            Value::Known(numbers) => {
                let mut shape = numbers.shape().to_vec();
                shape.insert(at, 1);
                Ok(Value::Known(numbers.reshaped(&shape)?))
            }
            Value::Computed(tensor) => self.longer(&tensor, at).map(Value::Computed),
        }
    }

    /// A tensor with one more axis at TensorFlow's place `at`.
    fn longer(&mut self, tensor: &Tensor, at: usize) -> Result<Tensor, Reason> {
        let name = self.in_order(tensor)?;
        let list = self.graph.list([signed(at)]);
        let name = self.graph.one("Unsqueeze", &[&name, &list], Vec::new());
        let (mut declared, mut shape) = (tensor.declared.clone(), tensor.shape.clone());
        declared.insert(at, 1);
        shape.insert(at, 1);
        Ok(Tensor::plain(name, tensor.whole, declared, shape))
    }

    pub(super) fn pack(&mut self, node: &Node, inputs: Vec<Value>) -> Result<Value, Reason> {
        let place = node.whole("axis").unwrap_or(0);
        if let Some(lists) = all_whole(&inputs) {
            let at = axis(place, lists.first().map_or(0, |list| list.ndim()) + 1)?;
            let views: Vec<_> = lists.iter().map(|list| list.view()).collect();
            let stacked = ndarray::stack(Axis(at), &views).map_err(|error| error.to_string())?;
            return Ok(Value::Known(Numbers::Whole(stacked)));
        }
        let at = axis(
            place,
            inputs.first().map_or(0, |value| value.shapes().1.len()) + 1,
        )?;
        let mut longer = Vec::new();
        for input in inputs {
            let tensor = self.tensor(input)?;
            longer.push(self.longer(&tensor, at)?);
        }
        self.join(&longer, signed(at))
    }

    pub(super) fn unpack(&mut self, node: &Node, inputs: Vec<Value>) -> Result<Vec<Value>, Reason> {
        let tensor = self.tensor(first(inputs)?)?;
        let along = axis(node.whole("axis").unwrap_or(0), tensor.shape.len())?;
        let parts = tensor.shape[along];
        if parts == 0 || parts > 1024 {
            return Err(format!("{parts} parts").into());
        }
        let at = signed(tensor.place_of(along)?);
        let names = if parts == 1 {
            vec![tensor.name.clone()]
        } else {
            let list = self.graph.list(vec![1; parts]);
            let settings = vec![("axis", Setting::Whole(at))];
            self.graph
                .several("Split", &[&tensor.name, &list], parts, settings)
        };
        let list = self.graph.list([at]);
        let parts = names.into_iter().map(|name| {
            let name = self.graph.one("Squeeze", &[&name, &list], Vec::new());
            Value::Computed(without(tensor.like(name), along))
        });
        Ok(parts.collect())
    }

    /// The place of the largest number along an axis.
    pub(super) fn best(&mut self, inputs: Vec<Value>) -> Result<Value, Reason> {
        let [input, place] = exactly(inputs)?;
        let tensor = self.tensor(input)?;
        let [place] = known(&place)?[..] else {
            return Err("along which axis is not said".into());
        };
        let along = axis(place, tensor.shape.len())?;
        let at = signed(tensor.place_of(along)?);
        let settings = vec![("axis", Setting::Whole(at)), ("keepdims", Setting::Whole(0))];
        let name = self.graph.one("ArgMax", &[&tensor.name], settings);
        let less = without(tensor.like(name), along);
        Ok(Value::Computed(Tensor { whole: true, ..less }))
    }

    pub(super) fn gather(&mut self, inputs: Vec<Value>) -> Result<Value, Reason> {
        let [from, places] = exactly(inputs)?;
        let (from, places) = (self.tensor(from)?, self.tensor(places)?);
        let Some((depth, rows)) = places.shape.split_last() else {
            return Err("no places".into());
        };
        let of = |source: &[usize], rows: &[usize]| {
            let rest = source
                .get(*depth..)
                .ok_or("places with more axes than there are")?;
            Ok::<_, Reason>([rows, rest].concat())
        };
        let shape = of(&from.shape, rows)?;
        let declared = of(&from.declared, rows)?;
        let (source, list) = (self.in_order(&from)?, self.in_order(&places)?);
        let name = self.graph.one("GatherND", &[&source, &list], Vec::new());
        Ok(Value::Computed(Tensor::plain(name, from.whole, declared, shape)))
    }
}

/// A tensor that lost one of TensorFlow's axes.
fn without(mut tensor: Tensor, gone: usize) -> Tensor {
    tensor.declared.remove(gone);
    tensor.shape.remove(gone);
    tensor.axes.retain(|axis| *axis != gone);
    for axis in &mut tensor.axes {
        *axis -= usize::from(*axis > gone);
    }
    tensor
}

/// Lists of whole numbers, if all are that and known. Single numbers count as such.
fn all_whole(inputs: &[Value]) -> Option<Vec<ndarray::ArrayD<i64>>> {
    let list = |value: &Value| match value {
        Value::Known(Numbers::Whole(values)) => Some(values.clone()),
        _ => None,
    };
    let lists: Option<Vec<_>> = inputs.iter().map(list).collect();
    lists.filter(|lists| lists.iter().all(|list| list.len() < 1 << 20))
}
