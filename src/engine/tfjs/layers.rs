//! Layers of a network: convolutions, pools, borders, enlargements, products.

use super::arithmetic::is_per_channel;
use super::file::Node;
use super::translate::{Translation, exactly, known};
use super::value::{Border, FromConvolution, Numbers, Tensor, Value};
use super::written_onnx::{Setting, signed};
use vsa_base::Reason;

/// What a window that slides over a picture does to one side of it.
#[derive(Clone, Copy)]
struct Sliding {
    window: usize,
    stride: usize,
    spread: usize,
}

/// How its border is made.
#[derive(Clone, Copy)]
enum Padding {
    Same,
    Valid,
    Explicit(usize, usize),
}

impl Sliding {
    /// Border before and behind, and the side that results.
    fn over(self, side: usize, padding: Padding) -> Result<((usize, usize), usize), Reason> {
        let reach = self
            .window
            .checked_sub(1)
            .and_then(|rest| rest.checked_mul(self.spread))
            .and_then(|rest| rest.checked_add(1))
            .filter(|_| self.stride > 0)
            .ok_or("its window has no size")?;
        let (before, behind) = match padding {
            Padding::Valid => (0, 0),
            Padding::Explicit(before, behind) => (before, behind),
            Padding::Same => {
                let steps = side.div_ceil(self.stride);
                let total = (steps.saturating_sub(1) * self.stride + reach).saturating_sub(side);
                (total / 2, total - total / 2)
            }
        };
        let room = (side + before + behind).checked_sub(reach);
        let steps = room.ok_or("its input is smaller than its window")? / self.stride + 1;
        Ok(((before, behind), steps))
    }
}

/// Which of TensorFlow's axes are one picture, its channel, its height and its width.
fn picture_axes(node: &Node) -> Result<[usize; 4], Reason> {
    match node.text("data_format").as_deref() {
        None | Some("NHWC") => Ok([0, 3, 1, 2]),
        Some("NCHW") => Ok([0, 1, 2, 3]),
        Some(other) => Err(format!("a layout {other}").into()),
    }
}

/// One number for each of height and width of a list with one for each axis; 1 where nothing is said.
fn of_sides(list: &[i64], axes: [usize; 4]) -> Result<[usize; 2], Reason> {
    if list.is_empty() {
        return Ok([1, 1]);
    }
    let at = |axis: usize| {
        let value = list.get(axis).and_then(|value| usize::try_from(*value).ok());
        value.ok_or_else(|| Reason("a list that is too short".to_owned()))
    };
    Ok([at(axes[2])?, at(axes[3])?])
}

impl Translation<'_> {
    /// Sides, borders and settings of a sliding window. Gives the declared and the wanted shape with `channels` channels.
    #[expect(clippy::type_complexity, reason = "two shapes and a list of settings")]
    fn slide(
        node: &Node,
        input: &Tensor,
        axes: [usize; 4],
        window: [usize; 2],
        channels: usize,
    ) -> Result<(Vec<usize>, Vec<usize>, Vec<(&'static str, Setting<'static>)>), Reason> {
        let strides = of_sides(&node.wholes("strides"), axes)?;
        let spread = of_sides(&node.wholes("dilations"), axes)?;
        let explicit = node.wholes("explicit_paddings");
        let made = input.border.as_ref();
        let (mut before, mut behind) = (Vec::new(), Vec::new());
        let (mut declared, mut shape) = (input.declared.clone(), input.shape.clone());
        for side in 0..2 {
            let axis = axes[2 + side];
            let padding = match node.text("padding").as_deref() {
                Some("SAME") => Padding::Same,
                Some("VALID") => Padding::Valid,
                Some("EXPLICIT") => {
                    let at =
                        |place: usize| explicit.get(place).and_then(|value| usize::try_from(*value).ok());
                    match (at(2 * axis), at(2 * axis + 1)) {
                        (Some(before), Some(behind)) => Padding::Explicit(before, behind),
                        _ => return Err("its border is not declared".into()),
                    }
                }
                other => return Err(format!("a border {other:?}").into()),
            };
            let sliding = Sliding {
                window: window[side],
                stride: strides[side],
                spread: spread[side],
            };
            declared[axis] = sliding.over(input.declared[axis], padding)?.1;
            let ((first, last), steps) = sliding.over(input.shape[axis], padding)?;
            shape[axis] = steps;
            // The shape of a tensor counts a border that was asked for already.
            let (early, late) = made.map_or((0, 0), |border| border.sides[axis]);
            before.push(signed(first + early));
            behind.push(signed(last + late));
        }
        declared[axes[1]] = channels;
        shape[axes[1]] = channels;
        let wholes = |values: [usize; 2]| Setting::Wholes(values.map(signed).to_vec());
        before.append(&mut behind);
        let mut settings = vec![
            ("kernel_shape", wholes(window)),
            ("strides", wholes(strides)),
            ("pads", Setting::Wholes(before)),
        ];
        if spread != [1, 1] {
            settings.push(("dilations", wholes(spread)));
        }
        Ok((declared, shape, settings))
    }

    /// A picture whose border, if it was asked for, this window can make itself: `fits` says whether it has the right value.
    fn picture(
        &mut self,
        value: Value,
        axes: [usize; 4],
        fits: impl Fn(f32) -> bool,
    ) -> Result<Tensor, Reason> {
        let Value::Computed(tensor) = value else {
            return Err("what it looks at does not depend on the picture".into());
        };
        if tensor.shape.len() != 4 {
            return Err(format!("it looks at a tensor with {} axes", tensor.shape.len()).into());
        }
        let own = tensor.border.as_ref().is_some_and(|border| {
            fits(border.value) && border.sides[axes[0]] == (0, 0) && border.sides[axes[1]] == (0, 0)
        });
        let border = tensor.border.clone().filter(|_| own);
        let bare = Tensor {
            border: None,
            ..tensor.clone()
        };
        let name = if own {
            self.arranged(&bare, &axes)?
        } else {
            self.arranged(&tensor, &axes)?
        };
        Ok(Tensor {
            name,
            axes: axes.to_vec(),
            border,
            ..bare
        })
    }

    pub(super) fn convolution(&mut self, node: &Node, inputs: Vec<Value>) -> Result<Value, Reason> {
        let axes = picture_axes(node)?;
        let mut inputs = inputs.into_iter();
        let (Some(picture), Some(weights)) = (inputs.next(), inputs.next()) else {
            return Err("it reads too little".into());
        };
        let input = self.picture(picture, axes, |value| value == 0.0)?;
        let (weights, groups) = kernel(node, weights, input.shape[axes[1]])?;
        let [channels, _, rows, columns] = weights.shape()[..] else {
            return Err("its weights have no four axes".into());
        };
        let (declared, shape, mut settings) = Self::slide(node, &input, axes, [rows, columns], channels)?;
        if groups > 1 {
            settings.push(("group", Setting::Whole(signed(groups))));
        }
        let place = self.graph.weights.len();
        let weights = self.graph.hold(&weights);
        let name = self.graph.one("Conv", &[&input.name, &weights], settings);
        let tensor = Tensor {
            axes: axes.to_vec(),
            convolution: Some(FromConvolution {
                node: self.graph.nodes.len() - 1,
                weights: place,
            }),
            ..Tensor::plain(name, false, declared, shape)
        };
        self.fused(node, Value::Computed(tensor), inputs.collect())
    }

    /// What was fused to a layer: a summand for each channel, and what each number then goes through.
    fn fused(&mut self, node: &Node, mut value: Value, arguments: Vec<Value>) -> Result<Value, Reason> {
        let mut arguments = arguments.into_iter();
        for kind in node.texts("fused_ops") {
            value = match kind.as_str() {
                "BiasAdd" => {
                    let bias = arguments.next().ok_or("its summands are missing")?;
                    self.combine("Add", value, bias)?
                }
                other => self.activation(other, node, value)?,
            };
        }
        Ok(value)
    }

    pub(super) fn pool(&mut self, node: &Node, inputs: Vec<Value>) -> Result<Value, Reason> {
        let axes = picture_axes(node)?;
        let [picture] = exactly(inputs)?;
        let largest = node.op == "MaxPool";
        // A border below every number is no border to a maximum.
        let input = self.picture(picture, axes, |value| largest && value <= -f32::MAX)?;
        let window = of_sides(&node.wholes("ksize"), axes)?;
        let channels = input.shape[axes[1]];
        let (declared, shape, mut settings) = Self::slide(node, &input, axes, window, channels)?;
        let kind = if largest {
            "MaxPool"
        } else {
            settings.push(("count_include_pad", Setting::Whole(0)));
            "AveragePool"
        };
        let name = self.graph.one(kind, &[&input.name], settings);
        Ok(Value::Computed(Tensor {
            axes: axes.to_vec(),
            ..Tensor::plain(name, false, declared, shape)
        }))
    }

    pub(super) fn pad(&mut self, inputs: Vec<Value>) -> Result<Value, Reason> {
        let mut inputs = inputs.into_iter();
        let (Some(input), Some(amounts)) = (inputs.next(), inputs.next()) else {
            return Err("it reads too little".into());
        };
        let value = match inputs.next() {
            None => 0.0,
            Some(Value::Known(numbers)) => match numbers.floats().as_deref() {
                Some([value]) => *value,
                _ => return Err("its border has no value".into()),
            },
            Some(Value::Computed(_)) => return Err("its border is computed".into()),
        };
        let mut tensor = self.tensor(input)?;
        let amounts = known(&amounts)?;
        let amounts: Option<Vec<usize>> = amounts
            .iter()
            .map(|amount| usize::try_from(*amount).ok())
            .collect();
        let amounts = amounts.ok_or("a border of less than nothing")?;
        if amounts.len() != 2 * tensor.shape.len() {
            return Err("its border does not fit its tensor".into());
        }
        let sides: Vec<(usize, usize)> = amounts.chunks(2).map(|pair| (pair[0], pair[1])).collect();
        for (axis, (before, behind)) in sides.iter().enumerate() {
            tensor.shape[axis] = tensor.shape[axis].saturating_add(*before).saturating_add(*behind);
            tensor.declared[axis] = tensor.declared[axis]
                .saturating_add(*before)
                .saturating_add(*behind);
        }
        tensor.convolution = None;
        tensor.border = Some(Border { sides, value });
        Ok(Value::Computed(tensor))
    }

    pub(super) fn resize(&mut self, node: &Node, inputs: Vec<Value>) -> Result<Value, Reason> {
        let axes = [0, 3, 1, 2];
        let [picture, size] = exactly(inputs)?;
        let input = self.picture(picture, axes, |_| false)?;
        let size: Vec<usize> = known(&size)?
            .iter()
            .filter_map(|side| usize::try_from(*side).ok())
            .collect();
        let (mut declared, mut shape) = (input.declared.clone(), input.shape.clone());
        let mut scales = vec![1.0, 1.0];
        for (side, axis) in axes[2..].iter().enumerate() {
            let Some(wanted) = size.get(side).copied().filter(|wanted| *wanted > 0) else {
                return Err("the size of what it makes is not known".into());
            };
            // The size that is written belongs to the input that the file was made with: what is meant is the ratio.
            let made = input.shape[*axis]
                .checked_mul(wanted)
                .ok_or("a size beyond all measure")?;
            if input.declared[*axis] == 0 || !made.is_multiple_of(input.declared[*axis]) {
                return Err(format!(
                    "it makes {wanted} of {}, which {} cannot be made to",
                    input.declared[*axis], input.shape[*axis]
                )
                .into());
            }
            declared[*axis] = wanted;
            shape[*axis] = made / input.declared[*axis];
            #[expect(clippy::cast_precision_loss, reason = "sides of pictures are small")]
            scales.push(wanted as f32 / input.declared[*axis] as f32);
        }
        let scales = self
            .graph
            .hold(&Numbers::Floats(ndarray::Array1::from_vec(scales).into_dyn()));
        let linear = node.op == "ResizeBilinear";
        let places = match (node.is("half_pixel_centers"), node.is("align_corners")) {
            (true, _) => "half_pixel",
            (false, true) => "align_corners",
            (false, false) => "asymmetric",
        };
        let mut settings = vec![
            ("mode", Setting::Text(if linear { "linear" } else { "nearest" })),
            ("coordinate_transformation_mode", Setting::Text(places)),
        ];
        if !linear {
            let nearest = match places {
                "asymmetric" => "floor",
                // Of the middle between two, TensorFlow takes the later.
                _ => "round_prefer_ceil",
            };
            settings.push(("nearest_mode", Setting::Text(nearest)));
        }
        let name = self.graph.one("Resize", &[&input.name, "", &scales], settings);
        Ok(Value::Computed(Tensor {
            axes: axes.to_vec(),
            ..Tensor::plain(name, false, declared, shape)
        }))
    }

    pub(super) fn product(&mut self, node: &Node, inputs: Vec<Value>) -> Result<Value, Reason> {
        let mut inputs = inputs.into_iter();
        let (Some(left), Some(Value::Known(right))) = (inputs.next(), inputs.next()) else {
            return Err("a product of two tensors that are both computed is not translated".into());
        };
        if node.is("transpose_a") {
            return Err("a product with its first factor turned is not translated".into());
        }
        let right = if node.is("transpose_b") {
            right.turned(&[1, 0])
        } else {
            right
        };
        let left = self.tensor(left)?;
        let ([rows, inner], [same, columns]) = (&left.shape[..], right.shape()) else {
            return Err("a product of other than tables is not translated".into());
        };
        if inner != same {
            return Err(format!("a product of {:?} and {:?}", left.shape, right.shape()).into());
        }
        let shape = vec![*rows, *columns];
        let left_name = self.in_order(&left)?;
        let right = self.graph.hold(&right);
        let name = self.graph.one("MatMul", &[&left_name, &right], Vec::new());
        let tensor = Tensor::plain(name, false, shape.clone(), shape);
        self.fused(node, Value::Computed(tensor), inputs.collect())
    }

    /// Puts a factor or a summand for each channel into the convolution that a tensor comes from, where nobody else has read
    /// that yet. Rounding then differs by a hair, as it does wherever layers are fused.
    pub(super) fn absorbed(&mut self, kind: &str, tensor: &Tensor, numbers: &Numbers) -> Option<Tensor> {
        let from = self.open_convolution(tensor)?;
        let channel_axis = *tensor.axes.get(1)?;
        let channels = tensor.shape[channel_axis];
        if !is_per_channel(numbers.shape(), tensor.shape.len(), channel_axis, channels) {
            return None;
        }
        let values = numbers.floats()?;
        let convolution = self.graph.nodes.get(from.node)?;
        match (kind, convolution.input.len()) {
            ("Add", 2) => {
                let bias = self
                    .graph
                    .hold(&Numbers::Floats(ndarray::Array1::from_vec(values).into_dyn()));
                self.graph.nodes[from.node].input.push(bias);
                // One summand is all that a convolution has.
                Some(Tensor {
                    convolution: None,
                    ..tensor.clone()
                })
            }
            ("Mul", 2) => {
                let weights = &mut self.graph.weights.get_mut(from.weights)?.raw_data;
                let each = weights.len() / channels;
                for (kernel, factor) in weights.chunks_mut(each.max(1)).zip(values) {
                    for bytes in kernel.as_chunks_mut::<4>().0 {
                        *bytes = (f32::from_le_bytes(*bytes) * factor).to_le_bytes();
                    }
                }
                Some(tensor.clone())
            }
            _ => None,
        }
    }
}

/// Weights as ONNX has them (out, in, rows, columns), and the number of groups.
fn kernel(node: &Node, weights: Value, channels: usize) -> Result<(Numbers, usize), Reason> {
    let Value::Known(weights) = weights else {
        return Err("its weights are computed".into());
    };
    let [rows, columns, inner, outer] = weights.shape()[..] else {
        return Err(format!("its weights have {} axes", weights.shape().len()).into());
    };
    if weights.shape().contains(&0) || weights.is_whole() {
        return Err("its weights are no numbers that weigh".into());
    }
    if node.op.contains("Depthwise") {
        if inner != channels {
            return Err(format!("it has weights for {inner} channels, and looks at {channels}").into());
        }
        // (rows, columns, channel, of it) to (channel and of it, 1, rows, columns).
        let turned = weights.turned(&[2, 3, 0, 1]);
        let contiguous = turned.reshaped(&[inner * outer, 1, rows, columns])?;
        return Ok((contiguous, inner));
    }
    let groups = channels / inner;
    if groups == 0 || groups * inner != channels || outer % groups != 0 {
        return Err(format!("it has weights for {inner} channels, and looks at {channels}").into());
    }
    Ok((weights.turned(&[3, 2, 0, 1]), groups))
}
