//! What is done to each number of a tensor by itself, or to two tensors number by number.

use super::file::Node;
use super::translate::{Translation, exactly, first};
use super::value::{Numbers, Tensor, Value};
use super::written_onnx::{Setting, signed};
use ndarray::ArrayD;
use vsa_base::Reason;

/// Whether a shape, laid beside one of `rank` axes from the end, has one number for each of the channels.
pub(super) fn is_per_channel(shape: &[usize], rank: usize, channel_axis: usize, channels: usize) -> bool {
    let Some(missing) = rank.checked_sub(shape.len()) else {
        return false;
    };
    shape.iter().enumerate().all(|(place, side)| {
        let expected = if place + missing == channel_axis {
            channels
        } else {
            1
        };
        *side == expected
    }) && missing <= channel_axis
}

/// The sides of two shapes laid beside one another from the end.
fn broadcast(left: &[usize], right: &[usize]) -> Result<Vec<usize>, Reason> {
    let rank = left.len().max(right.len());
    let side = |shape: &[usize], place: usize| match (place + shape.len()).checked_sub(rank) {
        Some(at) => shape[at],
        None => 1,
    };
    (0..rank)
        .map(|place| match (side(left, place), side(right, place)) {
            (1, other) | (other, 1) => Ok(other),
            (one, other) if one == other => Ok(one),
            _ => Err(format!("{left:?} and {right:?} do not fit").into()),
        })
        .collect()
}

impl Translation<'_> {
    /// What one number goes through.
    pub(super) fn each(&mut self, node: &Node, inputs: Vec<Value>) -> Result<Value, Reason> {
        let [input] = exactly(inputs)?;
        self.activation(&node.op, node, input)
    }

    pub(super) fn activation(&mut self, kind: &str, node: &Node, value: Value) -> Result<Value, Reason> {
        let input = self.tensor(value)?;
        let name = input.name.clone();
        let output = match kind {
            "Relu" | "Sigmoid" | "Tanh" | "Elu" | "Exp" | "Log" | "Sqrt" | "Abs" | "Neg" | "Floor"
            | "Softplus" => self.graph.one(kind, &[&name], Vec::new()),
            "Relu6" => {
                let [least, most] = [0.0, 6.0].map(|limit| self.number(limit));
                self.graph.one("Clip", &[&name, &least, &most], Vec::new())
            }
            "LeakyRelu" => {
                let slope = node
                    .float("alpha")
                    .or(node.float("leakyrelu_alpha"))
                    .unwrap_or(0.2);
                self.graph
                    .one("LeakyRelu", &[&name], vec![("alpha", Setting::Float(slope))])
            }
            "Rsqrt" => {
                let root = self.graph.one("Sqrt", &[&name], Vec::new());
                self.graph.one("Reciprocal", &[&root], Vec::new())
            }
            "Square" => self.graph.one("Mul", &[&name, &name], Vec::new()),
            "Softmax" => {
                let last = input.shape.len().checked_sub(1).ok_or("a single number")?;
                let axis = signed(input.place_of(last)?);
                self.graph
                    .one("Softmax", &[&name], vec![("axis", Setting::Whole(axis))])
            }
            other => return Err(format!("what follows it, {other}, is not translated").into()),
        };
        Ok(Value::Computed(input.like(output)))
    }

    /// Two tensors, number by number.
    pub(super) fn both(&mut self, node: &Node, inputs: Vec<Value>) -> Result<Value, Reason> {
        let [left, right] = exactly(inputs)?;
        let kind = match node.op.as_str() {
            "AddV2" | "BiasAdd" => "Add",
            "RealDiv" => "Div",
            "FloorDiv" => return self.whole_quotient(left, right),
            "Maximum" => "Max",
            "Minimum" => "Min",
            "SquaredDifference" => {
                let difference = self.combine("Sub", left, right)?;
                let tensor = self.tensor(difference)?;
                let name = self.graph.one("Mul", &[&tensor.name, &tensor.name], Vec::new());
                return Ok(Value::Computed(tensor.like(name)));
            }
            other => other,
        };
        self.combine(kind, left, right)
    }

    /// Of whole numbers, ONNX rounds towards zero where TensorFlow rounds down; places in maps are never below zero.
    fn whole_quotient(&mut self, left: Value, right: Value) -> Result<Value, Reason> {
        let divisor = match &right {
            Value::Known(numbers) => numbers.wholes(),
            Value::Computed(_) => None,
        };
        if !divisor.is_some_and(|values| values.iter().all(|value| *value > 0)) {
            return Err("a whole quotient is translated for known divisors above zero alone".into());
        }
        self.combine("Div", left, right)
    }

    pub(super) fn combine(&mut self, kind: &str, left: Value, right: Value) -> Result<Value, Reason> {
        let turned_around = matches!(kind, "Add" | "Mul" | "Max" | "Min");
        match (&left, &right) {
            (Value::Known(Numbers::Whole(one)), Value::Known(Numbers::Whole(other))) => {
                return whole(kind, one, other).map(|numbers| Value::Known(Numbers::Whole(numbers)));
            }
            (Value::Computed(tensor), Value::Known(numbers)) => {
                if let Some(tensor) = self.absorbed(kind, tensor, numbers) {
                    return Ok(Value::Computed(tensor));
                }
            }
            (Value::Known(_), Value::Computed(_)) if turned_around => return self.combine(kind, right, left),
            _ => {}
        }
        let (_, left_shape) = left.shapes();
        let (_, right_shape) = right.shapes();
        let shape = broadcast(left_shape, right_shape)?;
        let declared = broadcast(left.shapes().0, right.shapes().0)?;
        let axes = match (&left, &right) {
            (Value::Computed(tensor), _) if tensor.shape.len() == shape.len() => tensor.axes.clone(),
            (_, Value::Computed(tensor)) if tensor.shape.len() == shape.len() => tensor.axes.clone(),
            _ => (0..shape.len()).collect(),
        };
        let is_whole = |value: &Value| match value {
            Value::Known(numbers) => numbers.is_whole(),
            Value::Computed(tensor) => tensor.whole,
        };
        let whole = is_whole(&left);
        if whole != is_whole(&right) {
            return Err("it mixes whole numbers and others".into());
        }
        let left = self.laid(left, &axes)?;
        let right = self.laid(right, &axes)?;
        let name = self.graph.one(kind, &[&left, &right], Vec::new());
        Ok(Value::Computed(Tensor {
            axes,
            ..Tensor::plain(name, whole, declared, shape)
        }))
    }

    /// The name of a value laid beside a tensor with these axes: missing axes in front are 1.
    fn laid(&mut self, value: Value, axes: &[usize]) -> Result<String, Reason> {
        let rank = axes.len();
        match value {
            Value::Known(numbers) => {
                if numbers.shape().iter().all(|side| *side == 1) {
                    return Ok(self.graph.hold(&numbers.reshaped(&[])?));
                }
                let mut shape = vec![1; rank.saturating_sub(numbers.shape().len())];
                shape.extend(numbers.shape());
                let turned = numbers.reshaped(&shape)?.turned(axes);
                Ok(self.graph.hold(&turned))
            }
            Value::Computed(tensor) if tensor.shape.len() == rank => self.arranged(&tensor, axes),
            Value::Computed(tensor) => {
                let missing = rank.saturating_sub(tensor.shape.len());
                let name = self.in_order(&tensor)?;
                let front = self.graph.list((0..missing).map(signed));
                let name = self.graph.one("Unsqueeze", &[&name, &front], Vec::new());
                let mut shape = vec![1; missing];
                shape.extend(&tensor.shape);
                let longer = Tensor::plain(name, tensor.whole, shape.clone(), shape);
                self.arranged(&longer, axes)
            }
        }
    }

    /// A single number that the file holds.
    pub(super) fn number(&mut self, value: f32) -> String {
        self.graph.hold(&Numbers::Floats(ndarray::arr0(value).into_dyn()))
    }

    pub(super) fn cast(&mut self, node: &Node, inputs: Vec<Value>) -> Result<Value, Reason> {
        let input = first(inputs)?;
        let to_whole = match node.kind("DstT") {
            Some("DT_FLOAT" | "DT_HALF") => false,
            Some("DT_INT32" | "DT_INT64" | "DT_BOOL") => true,
            other => return Err(format!("to {other:?}").into()),
        };
        let is_whole = match &input {
            Value::Known(numbers) => numbers.is_whole(),
            Value::Computed(tensor) => tensor.whole,
        };
        if is_whole == to_whole {
            return Ok(input);
        }
        let tensor = self.tensor(input)?;
        // 1: single precision, 7: whole numbers of 64 bits.
        let kind = if to_whole { 7 } else { 1 };
        let name = self
            .graph
            .one("Cast", &[&tensor.name], vec![("to", Setting::Whole(kind))]);
        Ok(Value::Computed(Tensor {
            whole: to_whole,
            ..tensor.like(name)
        }))
    }
}

/// Whole numbers that are known, which shapes are made of.
fn whole(kind: &str, left: &ArrayD<i64>, right: &ArrayD<i64>) -> Result<ArrayD<i64>, Reason> {
    let shape = ndarray::IxDyn(&broadcast(left.shape(), right.shape())?);
    let (Some(left), Some(right)) = (left.broadcast(shape.clone()), right.broadcast(shape)) else {
        return Err("its numbers do not fit".into());
    };
    let of = |one: i64, other: i64| match kind {
        "Add" => one.checked_add(other),
        "Sub" => one.checked_sub(other),
        "Mul" => one.checked_mul(other),
        "Div" => one.checked_div(other),
        "Max" => Some(one.max(other)),
        "Min" => Some(one.min(other)),
        _ => None,
    };
    let values: Option<Vec<i64>> = left
        .iter()
        .zip(right.iter())
        .map(|(one, other)| of(*one, *other))
        .collect();
    let values = values.ok_or("its whole numbers cannot be computed")?;
    ArrayD::from_shape_vec(left.raw_dim(), values).map_err(|error| error.to_string().into())
}
