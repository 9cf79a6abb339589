//! An ONNX graph as it grows. In: operations one after the other. Out: the bytes of a model file.

use super::value::Numbers;
use prost::Message as _;
use tract_onnx::pb::{
    AttributeProto, GraphProto, ModelProto, NodeProto, OperatorSetIdProto, StringStringEntryProto,
    TensorProto, TensorShapeProto, TypeProto, ValueInfoProto, attribute_proto, tensor_proto::DataType,
    tensor_shape_proto::Dimension, tensor_shape_proto::dimension, type_proto,
};

/// Operations of this version: the first whose `Softmax` is along one axis.
const OPERATIONS: i64 = 13;

/// The version of the file format that goes with it.
const FORMAT: i64 = 7;

/// An attribute of an operation.
pub(super) enum Setting<'a> {
    Whole(i64),
    Float(f32),
    Text(&'a str),
    Wholes(Vec<i64>),
}

/// A graph that is being written.
#[derive(Default)]
pub(super) struct Graph {
    pub(super) nodes: Vec<NodeProto>,
    pub(super) weights: Vec<TensorProto>,
    inputs: Vec<ValueInfoProto>,
    outputs: Vec<ValueInfoProto>,
}

impl Graph {
    /// Adds an operation with one output, and gives the name of that.
    pub(super) fn one(&mut self, kind: &str, inputs: &[&str], settings: Vec<(&str, Setting<'_>)>) -> String {
        self.several(kind, inputs, 1, settings).swap_remove(0)
    }

    pub(super) fn several(
        &mut self,
        kind: &str,
        inputs: &[&str],
        outputs: usize,
        settings: Vec<(&str, Setting<'_>)>,
    ) -> Vec<String> {
        let at = self.nodes.len();
        let outputs: Vec<String> = (0..outputs).map(|index| format!("{kind}_{at}_{index}")).collect();
        self.nodes.push(NodeProto {
            name: format!("{kind}_{at}"),
            op_type: kind.to_owned(),
            input: inputs.iter().map(|name| (*name).to_owned()).collect(),
            output: outputs.clone(),
            attribute: settings
                .into_iter()
                .map(|(name, value)| attribute(name, value))
                .collect(),
            ..NodeProto::default()
        });
        outputs
    }

    /// Numbers that the file holds, by a name of their own.
    pub(super) fn hold(&mut self, numbers: &Numbers) -> String {
        let name = format!("numbers_{}", self.weights.len());
        let (kind, raw): (DataType, Vec<u8>) = match numbers {
            Numbers::Floats(values) => (
                DataType::Float,
                values.iter().flat_map(|value| value.to_le_bytes()).collect(),
            ),
            Numbers::Whole(values) => (
                DataType::Int64,
                values.iter().flat_map(|value| value.to_le_bytes()).collect(),
            ),
        };
        self.weights.push(TensorProto {
            name: name.clone(),
            dims: numbers.shape().iter().map(|side| signed(*side)).collect(),
            data_type: kind as i32,
            raw_data: raw,
            ..TensorProto::default()
        });
        name
    }

    /// A list of whole numbers, as shapes and axes are given.
    pub(super) fn list(&mut self, values: impl IntoIterator<Item = i64>) -> String {
        self.hold(&Numbers::Whole(ndarray::Array1::from_iter(values).into_dyn()))
    }

    pub(super) fn input(&mut self, name: &str, shape: &[usize]) {
        self.inputs.push(described(name, DataType::Float, shape));
    }

    pub(super) fn output(&mut self, name: &str, whole: bool, shape: &[usize]) {
        let kind = if whole { DataType::Int64 } else { DataType::Float };
        self.outputs.push(described(name, kind, shape));
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        let model = ModelProto {
            ir_version: FORMAT,
            producer_name: "vsa-audit".to_owned(),
            opset_import: vec![OperatorSetIdProto {
                version: OPERATIONS,
                ..OperatorSetIdProto::default()
            }],
            metadata_props: vec![StringStringEntryProto {
                key: "translated_from".to_owned(),
                value: "TensorFlow.js graph model".to_owned(),
            }],
            graph: Some(GraphProto {
                name: "graph".to_owned(),
                node: self.nodes,
                initializer: self.weights,
                input: self.inputs,
                output: self.outputs,
                ..GraphProto::default()
            }),
            ..ModelProto::default()
        };
        model.encode_to_vec()
    }
}

fn attribute(name: &str, value: Setting<'_>) -> AttributeProto {
    use attribute_proto::AttributeType;
    let mut attribute = AttributeProto {
        name: name.to_owned(),
        ..AttributeProto::default()
    };
    let kind = match value {
        Setting::Whole(value) => {
            attribute.i = value;
            AttributeType::Int
        }
        Setting::Float(value) => {
            attribute.f = value;
            AttributeType::Float
        }
        Setting::Text(value) => {
            attribute.s = value.as_bytes().to_vec();
            AttributeType::String
        }
        Setting::Wholes(values) => {
            attribute.ints = values;
            AttributeType::Ints
        }
    };
    attribute.r#type = kind as i32;
    attribute
}

fn described(name: &str, kind: DataType, shape: &[usize]) -> ValueInfoProto {
    let side = |side: &usize| Dimension {
        denotation: String::new(),
        value: Some(dimension::Value::DimValue(signed(*side))),
    };
    ValueInfoProto {
        name: name.to_owned(),
        r#type: Some(TypeProto {
            denotation: String::new(),
            value: Some(type_proto::Value::TensorType(type_proto::Tensor {
                elem_type: kind as i32,
                shape: Some(TensorShapeProto {
                    dim: shape.iter().map(side).collect(),
                }),
            })),
        }),
        ..ValueInfoProto::default()
    }
}

/// Sides of tensors are below 2^28 (see `value::elements`).
pub(super) fn signed(side: usize) -> i64 {
    i64::try_from(side).unwrap_or(i64::MAX)
}
