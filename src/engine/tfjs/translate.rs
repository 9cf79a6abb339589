//! The walk over a graph. In: its nodes and constants. Out: an ONNX file. Each node is translated when all that it reads is;
//! nodes that no output depends on are left out.

use super::file::{Node, Outlet, Written};
use super::value::{Border, FromConvolution, Numbers, Tensor, Value, elements};
use super::written_onnx::{Graph, Setting, signed};
use std::collections::BTreeMap;
use vsa_base::Reason;

/// What the network looks at.
pub(super) struct Picture<'a> {
    name: &'a str,
    /// Sides in TensorFlow's order, as the file was made.
    pub(super) declared: Vec<usize>,
    /// Where TensorFlow has one picture, its channel, its height and its width.
    pub(super) axes: [usize; 4],
}

/// What red, green and blue weigh in a grey picture (ITU-R BT.601, as OpenCV and Pillow have it).
const LUMA: [f32; 3] = [0.299, 0.587, 0.114];

/// How many channels a picture has, for those who have to guess which axis they are.
const CHANNELS: [usize; 2] = [1, 3];

impl<'a> Picture<'a> {
    pub(super) fn of(written: &'a Written) -> Result<Self, Reason> {
        let inputs: Vec<&Node> = written
            .nodes()
            .iter()
            .filter(|node| node.op == "Placeholder")
            .collect();
        let [input] = inputs[..] else {
            return Err(format!(
                "it has {} inputs, and a network for pictures has one",
                inputs.len()
            )
            .into());
        };
        let declared = input.sides();
        let axes = match declared[..] {
            [1, _, _, channels] if CHANNELS.contains(&channels) => [0, 3, 1, 2],
            [1, channels, _, _] if CHANNELS.contains(&channels) => [0, 1, 2, 3],
            _ => {
                return Err(
                    format!("its input {declared:?} is no single picture of one or three channels").into(),
                );
            }
        };
        elements(&declared)?;
        if declared.contains(&0) {
            return Err(format!("its input {declared:?} has nothing in it").into());
        }
        Ok(Self {
            name: &input.name,
            declared,
            axes,
        })
    }
}

/// The translation so far.
pub(super) struct Translation<'a> {
    pub(super) graph: Graph,
    nodes: BTreeMap<&'a str, &'a Node>,
    numbers: BTreeMap<&'a str, Numbers>,
    done: BTreeMap<&'a str, Vec<Value>>,
    /// How many read each node; an output of the graph counts as one that does.
    readers: BTreeMap<&'a str, usize>,
}

pub(super) fn translate(
    written: &Written,
    numbers: BTreeMap<&str, Numbers>,
    outputs: &[(&str, Outlet<'_>)],
    [height, width]: [usize; 2],
) -> Result<Vec<u8>, Reason> {
    if outputs.is_empty() {
        return Err("it does not have the outputs that are wanted".into());
    }
    let picture = Picture::of(written)?;
    let mut readers: BTreeMap<&str, usize> = BTreeMap::new();
    let read = written.nodes().iter().flat_map(Node::inputs);
    for outlet in read.chain(outputs.iter().map(|(_, outlet)| outlet.clone())) {
        *readers.entry(outlet.node).or_default() += 1;
    }
    let mut translation = Translation {
        graph: Graph::default(),
        nodes: written
            .nodes()
            .iter()
            .map(|node| (node.name.as_str(), node))
            .collect(),
        numbers,
        done: BTreeMap::new(),
        readers,
    };
    translation.begin(&picture, height, width)?;
    for (name, outlet) in outputs {
        translation.reach(outlet.node)?;
        let value = translation.value(outlet)?;
        let (inner, whole) = match &value {
            Value::Known(numbers) => (translation.graph.hold(numbers), numbers.is_whole()),
            Value::Computed(tensor) => (translation.in_order(tensor)?, tensor.whole),
        };
        let name = name.trim_end_matches(":0");
        translation.graph.nodes.push(tract_onnx::pb::NodeProto {
            op_type: "Identity".to_owned(),
            name: format!("output {name}"),
            input: vec![inner],
            output: vec![name.to_owned()],
            ..Default::default()
        });
        translation.graph.output(name, whole, value.shapes().1);
    }
    Ok(translation.graph.bytes())
}

impl<'a> Translation<'a> {
    fn begin(&mut self, picture: &Picture<'a>, height: usize, width: usize) -> Result<(), Reason> {
        let mut shape = picture.declared.clone();
        shape[picture.axes[2]] = height;
        shape[picture.axes[3]] = width;
        elements(&shape)?;
        let mut name = "picture".to_owned();
        let mut laid: Vec<usize> = picture.axes.iter().map(|axis| shape[*axis]).collect();
        let grey = laid[1] == 1;
        laid[1] = 3;
        self.graph.input(&name, &laid);
        if grey {
            // A layer without a place of its own in the graph: one number of three.
            let shares = ndarray::arr1(&LUMA).into_shape_with_order((1, 3, 1, 1));
            let shares = shares.map_err(|error| error.to_string())?.into_dyn();
            let shares = self.graph.hold(&Numbers::Floats(shares));
            name = self.graph.one("Conv", &[&name, &shares], Vec::new());
        }
        let tensor = Tensor {
            axes: picture.axes.to_vec(),
            ..Tensor::plain(name, false, picture.declared.clone(), shape)
        };
        self.done.insert(picture.name, vec![Value::Computed(tensor)]);
        Ok(())
    }

    /// Translates a node and all that it depends on. A list of what is to do, and no recursion: files can be deep.
    fn reach(&mut self, wanted: &'a str) -> Result<(), Reason> {
        let mut path = vec![(wanted, false)];
        let mut open = std::collections::BTreeSet::new();
        while let Some((name, ready)) = path.pop() {
            if self.done.contains_key(name) {
                continue;
            }
            let node = *self
                .nodes
                .get(name)
                .ok_or_else(|| format!("it reads from `{name}`, which is not in it"))?;
            if ready {
                let values = self
                    .node(node)
                    .map_err(|why| Reason(format!("its operation {} (`{}`): {why}", node.op, node.name)))?;
                open.remove(name);
                self.done.insert(name, values);
                continue;
            }
            if !open.insert(name) {
                return Err(format!("`{name}` depends on itself").into());
            }
            path.push((name, true));
            let missing = node
                .inputs()
                .filter(|outlet| !self.done.contains_key(outlet.node));
            for outlet in missing {
                if open.contains(outlet.node) {
                    return Err(format!("`{}` depends on itself", outlet.node).into());
                }
                path.push((outlet.node, false));
            }
        }
        Ok(())
    }

    fn value(&self, outlet: &Outlet<'_>) -> Result<Value, Reason> {
        let values = self.done.get(outlet.node);
        let value = values.and_then(|values| values.get(outlet.index));
        let mut value = value.cloned().ok_or_else(|| {
            format!(
                "it reads output {} of `{}`, which is not there",
                outlet.index, outlet.node
            )
        })?;
        // Somebody else reads it as well, and must not find it changed.
        if self.readers.get(outlet.node).copied().unwrap_or(0) != 1
            && let Value::Computed(tensor) = &mut value
        {
            tensor.convolution = None;
        }
        Ok(value)
    }

    fn node(&mut self, node: &'a Node) -> Result<Vec<Value>, Reason> {
        if node.op == "Const" {
            let numbers = self.numbers.remove(node.name.as_str());
            let numbers = numbers.ok_or("its numbers are not among the weights")?;
            return Ok(vec![Value::Known(numbers)]);
        }
        let inputs = node
            .inputs()
            .map(|outlet| self.value(&outlet))
            .collect::<Result<Vec<_>, _>>()?;
        let values = self.operation(node, inputs)?;
        for value in &values {
            let (declared, shape) = value.shapes();
            elements(declared)?;
            elements(shape)?;
        }
        Ok(values)
    }

    fn operation(&mut self, node: &Node, inputs: Vec<Value>) -> Result<Vec<Value>, Reason> {
        let one = match node.op.as_str() {
            "Identity" | "StopGradient" => first(inputs)?,
            "Conv2D" | "_FusedConv2D" | "DepthwiseConv2dNative" | "FusedDepthwiseConv2dNative" => {
                self.convolution(node, inputs)?
            }
            "MaxPool" | "AvgPool" => self.pool(node, inputs)?,
            "Pad" | "PadV2" => self.pad(inputs)?,
            "ResizeBilinear" | "ResizeNearestNeighbor" => self.resize(node, inputs)?,
            "MatMul" | "_FusedMatMul" => self.product(node, inputs)?,
            "Add" | "AddV2" | "BiasAdd" | "Sub" | "Mul" | "RealDiv" | "FloorDiv" | "Maximum" | "Minimum"
            | "SquaredDifference" => self.both(node, inputs)?,
            "Relu" | "Relu6" | "LeakyRelu" | "Sigmoid" | "Tanh" | "Elu" | "Exp" | "Log" | "Sqrt"
            | "Rsqrt" | "Square" | "Abs" | "Neg" | "Floor" | "Softplus" | "Softmax" => {
                self.each(node, inputs)?
            }
            "Transpose" => self.transpose(inputs)?,
            "Reshape" => self.reshape(inputs)?,
            "ConcatV2" => self.concatenate(inputs)?,
            "SplitV" | "Split" => return self.split(node, inputs),
            "Mean" | "Sum" | "Max" | "Min" => self.reduce(node, inputs)?,
            "Squeeze" => self.squeeze(node, inputs)?,
            "ExpandDims" => self.expand(inputs)?,
            "Pack" => self.pack(node, inputs)?,
            "Unpack" => return self.unpack(node, inputs),
            "Cast" => self.cast(node, inputs)?,
            "ArgMax" => self.best(inputs)?,
            "GatherNd" => self.gather(inputs)?,
            "SparseToDense" => sparse(inputs)?,
            _ => {
                return Err("no supported model has this operation, and it is not translated; export the model as ONNX, for \
                            instance by tf2onnx"
                    .into());
            }
        };
        Ok(vec![one])
    }

    /// The name of a tensor with its axes in this order, turned where they lie in another.
    pub(super) fn arranged(&mut self, tensor: &Tensor, axes: &[usize]) -> Result<String, Reason> {
        let tensor = self.settled(tensor.clone())?;
        if tensor.axes == axes {
            return Ok(tensor.name);
        }
        let order = axes
            .iter()
            .map(|axis| tensor.place_of(*axis).map(signed))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(self.graph.one(
            "Transpose",
            &[&tensor.name],
            vec![("perm", Setting::Wholes(order))],
        ))
    }

    /// The name of a tensor with its axes as TensorFlow has them.
    pub(super) fn in_order(&mut self, tensor: &Tensor) -> Result<String, Reason> {
        let axes: Vec<usize> = (0..tensor.shape.len()).collect();
        self.arranged(tensor, &axes)
    }

    /// A tensor whose border is made.
    pub(super) fn settled(&mut self, tensor: Tensor) -> Result<Tensor, Reason> {
        let Some(Border { sides, value }) = &tensor.border else {
            return Ok(tensor);
        };
        let before = tensor.axes.iter().map(|axis| signed(sides[*axis].0));
        let behind = tensor.axes.iter().map(|axis| signed(sides[*axis].1));
        let pads = self.graph.list(before.chain(behind).collect::<Vec<_>>());
        let value = self
            .graph
            .hold(&Numbers::Floats(ndarray::arr0(*value).into_dyn()));
        let name = self.graph.one("Pad", &[&tensor.name, &pads, &value], Vec::new());
        Ok(tensor.like(name))
    }

    /// A value as a tensor: numbers that are known are written into the file.
    pub(super) fn tensor(&mut self, value: Value) -> Result<Tensor, Reason> {
        match value {
            Value::Computed(tensor) => self.settled(tensor),
            Value::Known(numbers) => {
                let name = self.graph.hold(&numbers);
                let shape = numbers.shape().to_vec();
                Ok(Tensor::plain(name, numbers.is_whole(), shape.clone(), shape))
            }
        }
    }

    /// The convolution of a tensor, if what it gives can still be changed.
    pub(super) fn open_convolution(&self, tensor: &Tensor) -> Option<FromConvolution> {
        tensor.convolution.filter(|_| tensor.border.is_none())
    }
}

/// The only one that an operation reads.
pub(super) fn first(inputs: Vec<Value>) -> Result<Value, Reason> {
    inputs.into_iter().next().ok_or_else(|| "it reads nothing".into())
}

/// Exactly so many inputs.
pub(super) fn exactly<const N: usize>(inputs: Vec<Value>) -> Result<[Value; N], Reason> {
    let found = inputs.len();
    inputs
        .try_into()
        .map_err(|_| format!("it reads {found} inputs where {N} are needed").into())
}

/// Whole numbers that must be known when the network is prepared.
pub(super) fn known(value: &Value) -> Result<Vec<i64>, Reason> {
    match value {
        Value::Known(numbers) => numbers.wholes().ok_or_else(|| "whole numbers are needed".into()),
        Value::Computed(_) => {
            Err("what shapes its tensors is computed from the picture, which is not translated".into())
        }
    }
}

/// A list that is zero but at a few places: how converters write shapes.
fn sparse(inputs: Vec<Value>) -> Result<Value, Reason> {
    let [places, shape, values, rest] = exactly(inputs)?;
    let (places, shape) = (known(&places)?, known(&shape)?);
    let (values, rest) = (known(&values)?, known(&rest)?);
    let ([length], [rest]) = (&shape[..], &rest[..]) else {
        return Err("only lists are translated".into());
    };
    let length = usize::try_from(*length).map_err(Reason::of)?;
    elements(&[length])?;
    let mut list = vec![*rest; length];
    for (at, place) in places.into_iter().enumerate() {
        let value = values
            .get(at)
            .or(values.first())
            .filter(|_| values.len() == 1 || at < values.len());
        let cell = usize::try_from(place).ok().and_then(|place| list.get_mut(place));
        match (cell, value) {
            (Some(cell), Some(value)) => *cell = *value,
            _ => return Err("its places and values do not fit".into()),
        }
    }
    Ok(Value::Known(Numbers::Whole(
        ndarray::Array1::from_vec(list).into_dyn(),
    )))
}
