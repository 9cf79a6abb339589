//! The bytes of a model file in, what it declares about itself out: format, inputs and outputs with their shapes. The
//! network is not built here. Deliberately not here: which family that is (see `identify.rs`).

use crate::OutputInfo;
use crate::describe;
use crate::tract::guarded;
use tract_onnx::pb::{self, tensor_shape_proto::dimension::Value, type_proto};
use tract_onnx::prelude::{Framework as _, TractError, TractResult};
use vsa_base::Reason;

/// In which format a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Open Neural Network Exchange.
    Onnx,
    /// A TensorFlow graph with its variables frozen to constants.
    TensorflowFrozen,
    /// The intermediate representation of `OpenVINO`.
    OpenVinoIr,
}

/// What a file declares. An input that is only a weight (an initialiser) is not among the inputs.
#[derive(Debug, PartialEq, Eq)]
pub struct Signature {
    /// In which format it is.
    pub format: Format,
    /// What the network asks for.
    pub inputs: Vec<OutputInfo>,
    /// The declared outputs; for a TensorFlow graph, which declares none, the nodes nothing reads.
    pub outputs: Vec<OutputInfo>,
    /// Names of all nodes of a TensorFlow graph, sorted; empty for others.
    pub nodes: Vec<String>,
}

impl Signature {
    /// Inputs and outputs in words, for messages.
    pub fn describe(&self) -> String {
        // A hostile graph may have a million outputs: what a person can read is enough.
        let some = |infos: &[OutputInfo]| {
            let shown = describe(&infos[..infos.len().min(16)]);
            if infos.len() > 16 {
                format!("{shown} and {} more", infos.len() - 16)
            } else {
                shown
            }
        };
        format!("inputs: {}; outputs: {}", some(&self.inputs), some(&self.outputs))
    }
}

/// Reads what `bytes` declare. The error says in one line why they are no model.
pub fn read(bytes: &[u8]) -> Result<Signature, Reason> {
    if bytes.is_empty() {
        return Err("the file is empty".into());
    }
    let onnx = guarded(|| onnx_signature(bytes));
    match onnx {
        Ok(signature) => Ok(signature),
        Err(onnx_reason) => guarded(|| tensorflow_signature(bytes)).map_err(|tensorflow_reason| {
            Reason(format!(
                "it is neither an ONNX model ({onnx_reason}) nor a TensorFlow frozen graph ({tensorflow_reason})"
            ))
        }),
    }
}

fn onnx_signature(bytes: &[u8]) -> TractResult<Signature> {
    let model = tract_onnx::onnx().proto_model_for_read(&mut &*bytes)?;
    let graph = model.graph.ok_or_else(|| TractError::msg("no graph in it"))?;
    if graph.node.is_empty() || graph.output.is_empty() {
        return Err(TractError::msg("its graph has no nodes or no outputs"));
    }
    for tensor in &graph.initializer {
        check_weight(tensor)?;
    }
    let weights: std::collections::BTreeSet<&str> = graph
        .initializer
        .iter()
        .map(|tensor| tensor.name.as_str())
        .collect();
    let inputs = graph
        .input
        .iter()
        .filter(|input| !weights.contains(input.name.as_str()))
        .map(info)
        .collect();
    let outputs = graph.output.iter().map(info).collect();
    Ok(Signature {
        format: Format::Onnx,
        inputs,
        outputs,
        nodes: Vec::new(),
    })
}

/// Refuses a weight that declares more values than it brings: whoever builds it would reserve that memory first.
fn check_weight(tensor: &pb::TensorProto) -> TractResult<()> {
    if !tensor.external_data.is_empty() {
        return Err(TractError::msg(
            "its weights are in another file; save it again with the weights inside (onnx.save_model with \
             save_as_external_data=False)",
        ));
    }
    let declared = tensor.dims.iter().try_fold(1usize, |product, dim| {
        product.checked_mul(usize::try_from(*dim).ok()?)
    });
    // The smallest value has half a byte, and typed lists may hold several small values in one number.
    let brought = tensor.raw_data.len()
        + tensor.float_data.len()
        + tensor.int32_data.len()
        + tensor.int64_data.len()
        + tensor.double_data.len()
        + tensor.uint64_data.len()
        + tensor.string_data.len();
    match declared {
        Some(values) if values <= brought.saturating_mul(2) => Ok(()),
        _ => Err(TractError::msg(format!(
            "the weight {:?} declares the shape {:?} and brings {brought} bytes or numbers: the file is damaged",
            tensor.name, tensor.dims
        ))),
    }
}

fn info(value: &pb::ValueInfoProto) -> OutputInfo {
    let tensor = value.r#type.as_ref().and_then(|found| found.value.as_ref());
    let shape = match tensor {
        Some(type_proto::Value::TensorType(tensor)) => tensor.shape.as_ref(),
        None => None,
    };
    let dims = shape.map(|shape| {
        shape
            .dim
            .iter()
            .map(|dim| dimension(dim.value.as_ref()))
            .collect()
    });
    OutputInfo {
        name: value.name.clone(),
        shape: dims.unwrap_or_default(),
    }
}

/// A declared zero or minus one means what a missing number means: it depends.
fn dimension(value: Option<&Value>) -> Option<usize> {
    match value {
        Some(Value::DimValue(number)) => usize::try_from(*number).ok().filter(|number| *number > 0),
        Some(Value::DimParam(_)) | None => None,
    }
}

fn tensorflow_signature(bytes: &[u8]) -> TractResult<Signature> {
    let graph = tract_tensorflow::tensorflow().proto_model_for_read(&mut &*bytes)?;
    if graph.node.is_empty()
        || graph
            .node
            .iter()
            .any(|node| node.name.is_empty() || node.op.is_empty())
    {
        return Err(TractError::msg("no named nodes in it"));
    }
    let read: std::collections::BTreeSet<&str> = graph
        .node
        .iter()
        .flat_map(|node| &node.input)
        .map(|input| {
            input
                .trim_start_matches('^')
                .split(':')
                .next()
                .unwrap_or_default()
        })
        .collect();
    let unknown = |name: &str| OutputInfo {
        name: name.to_owned(),
        shape: Vec::new(),
    };
    let inputs = graph
        .node
        .iter()
        .filter(|node| node.op == "Placeholder")
        .map(|node| unknown(&node.name))
        .collect();
    let outputs = graph
        .node
        .iter()
        .filter(|node| !read.contains(node.name.as_str()))
        .map(|node| unknown(&node.name))
        .collect();
    let mut nodes: Vec<String> = graph.node.iter().map(|node| node.name.clone()).collect();
    nodes.sort_unstable();
    Ok(Signature {
        format: Format::TensorflowFrozen,
        inputs,
        outputs,
        nodes,
    })
}
