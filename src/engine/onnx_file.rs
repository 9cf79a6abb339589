//! An ONNX file made ready for engines that take it by its word. In: the bytes of a model and the shape of the input
//! that it shall have. Out: the bytes of the same network with that input, and nothing declared that contradicts it.
//!
//! Exports declare the input size that they were made with (CenterFace's says 10x3x32x32), list weights among their
//! inputs, and state shapes of inner tensors that hold for that size only. tract overlooks all of it on request;
//! `ONNX Runtime` and `OpenVINO` do not. Deliberately not here: any change to the network itself.

use prost::Message as _;
use std::collections::BTreeSet;
use tract_onnx::pb::{
    ModelProto, TensorShapeProto, TypeProto, tensor_shape_proto::Dimension, tensor_shape_proto::dimension,
    type_proto,
};
use vsa_base::Reason;

/// The same model with one input of `shape`.
pub(super) fn with_input_shape(bytes: &[u8], shape: [usize; 4]) -> Result<Vec<u8>, Reason> {
    let mut model = ModelProto::decode(bytes).map_err(|error| format!("it is no ONNX model: {error}"))?;
    let graph = model.graph.as_mut().ok_or("it holds no graph")?;
    let weights: BTreeSet<&str> = graph
        .initializer
        .iter()
        .map(|weight| weight.name.as_str())
        .collect();
    graph.input.retain(|input| !weights.contains(input.name.as_str()));
    let [input] = &mut graph.input[..] else {
        return Err(format!("it has {} inputs, and a detector has one", graph.input.len()).into());
    };
    let Some(TypeProto {
        value: Some(type_proto::Value::TensorType(tensor)),
        ..
    }) = &mut input.r#type
    else {
        return Err(format!("its input `{}` is no tensor", input.name).into());
    };
    tensor.shape = Some(TensorShapeProto {
        dim: shape.iter().map(|&size| dimension(size)).collect(),
    });
    // What the file says of other tensors' shapes held for its own input size; the engines derive them anyway.
    graph.value_info.clear();
    for output in &mut graph.output {
        if let Some(TypeProto {
            value: Some(type_proto::Value::TensorType(tensor)),
            ..
        }) = &mut output.r#type
        {
            tensor.shape = None;
        }
    }
    Ok(model.encode_to_vec())
}

fn dimension(size: usize) -> Dimension {
    Dimension {
        denotation: String::new(),
        value: Some(dimension::Value::DimValue(
            i64::try_from(size).expect("a picture's side fits into 63 bits"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tract_onnx::pb::{GraphProto, TensorProto, ValueInfoProto};

    fn value(name: &str, sizes: &[usize]) -> ValueInfoProto {
        ValueInfoProto {
            name: name.to_owned(),
            r#type: Some(TypeProto {
                denotation: String::new(),
                value: Some(type_proto::Value::TensorType(type_proto::Tensor {
                    elem_type: 1,
                    shape: Some(TensorShapeProto {
                        dim: sizes.iter().map(|&size| dimension(size)).collect(),
                    }),
                })),
            }),
            ..ValueInfoProto::default()
        }
    }

    fn model(inputs: Vec<ValueInfoProto>) -> Vec<u8> {
        let graph = GraphProto {
            initializer: vec![TensorProto {
                name: "weight".to_owned(),
                ..TensorProto::default()
            }],
            input: inputs,
            output: vec![value("boxes", &[10, 8, 8])],
            value_info: vec![value("inner", &[10, 16, 16])],
            ..GraphProto::default()
        };
        let model = ModelProto {
            graph: Some(graph),
            ..ModelProto::default()
        };
        model.encode_to_vec()
    }

    #[test]
    fn the_input_has_the_shape_asked_for_and_nothing_contradicts_it() {
        let bytes = model(vec![value("picture", &[10, 3, 32, 32]), value("weight", &[1])]);
        let ready = with_input_shape(&bytes, [1, 3, 480, 640]).unwrap();
        let graph = ModelProto::decode(&ready[..]).unwrap().graph.unwrap();
        assert_eq!(graph.input, [value("picture", &[1, 3, 480, 640])]);
        assert!(graph.value_info.is_empty());
        let Some(type_proto::Value::TensorType(output)) = &graph.output[0].r#type.as_ref().unwrap().value
        else {
            panic!("the output is a tensor");
        };
        assert_eq!((output.elem_type, &output.shape), (1, &None));
    }

    #[test]
    fn what_is_no_detector_is_refused_in_words() {
        let two = model(vec![value("a", &[1]), value("b", &[1])]);
        let refusals = [
            (b"not a model".to_vec(), "no ONNX model"),
            (two, "it has 2 inputs"),
            (model(vec![ValueInfoProto::default()]), "is no tensor"),
            (ModelProto::default().encode_to_vec(), "no graph"),
        ];
        for (bytes, why) in refusals {
            let refusal = with_input_shape(&bytes, [1, 3, 8, 8]).unwrap_err();
            assert!(refusal.0.contains(why), "{refusal}");
        }
    }
}
