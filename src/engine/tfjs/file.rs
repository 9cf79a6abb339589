//! The JSON of a TensorFlow.js graph model. In: its text. Out: its nodes, what they are fed with, and which of them are the
//! outputs. Deliberately not here: the weights (`weights.rs`), and what a node does (`translate.rs`).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use std::collections::BTreeMap;
use vsa_base::Reason;

/// A graph model as its file has it.
#[derive(Deserialize)]
pub(super) struct Written {
    #[serde(rename = "modelTopology")]
    topology: Topology,
    /// Groups of weights, each in files of its own, which follow one another.
    #[serde(rename = "weightsManifest", default)]
    pub(super) manifest: Vec<Group>,
    #[serde(default)]
    signature: Option<Signature>,
    #[serde(rename = "userDefinedMetadata", default)]
    metadata: Option<Metadata>,
}

#[derive(Deserialize)]
struct Topology {
    node: Vec<Node>,
}

#[derive(Deserialize)]
struct Metadata {
    #[serde(default)]
    signature: Option<Signature>,
}

#[derive(Deserialize)]
struct Signature {
    #[serde(default)]
    outputs: BTreeMap<String, Named>,
}

#[derive(Deserialize)]
struct Named {
    name: String,
}

/// Weights that lie one after the other.
#[derive(Deserialize)]
pub(super) struct Group {
    pub(super) weights: Vec<Weight>,
}

/// One constant.
#[derive(Deserialize)]
pub(super) struct Weight {
    pub(super) name: String,
    pub(super) shape: Vec<usize>,
    pub(super) dtype: String,
    #[serde(default)]
    pub(super) quantization: Option<Quantization>,
}

/// How it was made smaller.
#[derive(Deserialize)]
pub(super) struct Quantization {
    pub(super) dtype: String,
    #[serde(default)]
    pub(super) scale: Option<f64>,
    #[serde(default)]
    pub(super) min: Option<f64>,
}

/// One operation.
#[derive(Deserialize)]
pub(super) struct Node {
    pub(super) name: String,
    pub(super) op: String,
    #[serde(default)]
    input: Vec<String>,
    #[serde(default)]
    attr: BTreeMap<String, Attribute>,
}

#[derive(Default, Deserialize)]
struct Attribute {
    #[serde(default)]
    i: Option<Whole>,
    #[serde(default)]
    b: Option<bool>,
    #[serde(default)]
    f: Option<f64>,
    #[serde(default)]
    s: Option<String>,
    #[serde(default, rename = "type")]
    kind: Option<String>,
    #[serde(default)]
    list: Option<List>,
    #[serde(default)]
    shape: Option<Dimensions>,
}

#[derive(Default, Deserialize)]
struct List {
    #[serde(default)]
    i: Vec<Whole>,
    #[serde(default)]
    s: Vec<String>,
}

#[derive(Deserialize)]
struct Dimensions {
    /// As converters of TensorFlow.js write it, once more inside of itself.
    #[serde(default)]
    shape: Option<Box<Dimensions>>,
    #[serde(default)]
    dim: Vec<Dimension>,
}

#[derive(Deserialize)]
struct Dimension {
    size: Whole,
}

/// Protobuf's JSON writes 64-bit numbers as text.
#[derive(Deserialize)]
#[serde(untagged)]
enum Whole {
    Number(i64),
    Text(String),
}

impl Whole {
    fn value(&self) -> Option<i64> {
        match self {
            Self::Number(value) => Some(*value),
            Self::Text(text) => text.parse().ok(),
        }
    }
}

/// One output of one node.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Outlet<'a> {
    pub(super) node: &'a str,
    pub(super) index: usize,
}

impl<'a> Outlet<'a> {
    /// `name` or `name:1`.
    pub(super) fn of(text: &'a str) -> Self {
        match text.rsplit_once(':').map(|(node, index)| (node, index.parse())) {
            Some((node, Ok(index))) => Self { node, index },
            _ => Self { node: text, index: 0 },
        }
    }
}

impl Written {
    pub(super) fn read(text: &[u8]) -> Result<Self, Reason> {
        serde_json::from_slice(text)
            .map_err(|error| format!("it is no TensorFlow.js graph model: {error}").into())
    }

    pub(super) fn nodes(&self) -> &[Node] {
        &self.topology.node
    }

    /// Names of the outputs and what they are: as declared, or all that nothing else reads.
    pub(super) fn outputs(&self) -> Vec<(&str, Outlet<'_>)> {
        let inside = self.metadata.as_ref().and_then(|meta| meta.signature.as_ref());
        let mut declared = self.signature.as_ref().into_iter().chain(inside);
        if let Some(signature) = declared.find(|signature| !signature.outputs.is_empty()) {
            let named = signature.outputs.iter();
            return named
                .map(|(key, value)| (key.as_str(), Outlet::of(&value.name)))
                .collect();
        }
        let read: std::collections::BTreeSet<&str> = self
            .nodes()
            .iter()
            .flat_map(Node::inputs)
            .map(|outlet| outlet.node)
            .collect();
        self.nodes()
            .iter()
            .filter(|node| {
                !read.contains(node.name.as_str()) && node.op != "Const" && node.op != "Placeholder"
            })
            .map(|node| (node.name.as_str(), Outlet::of(&node.name)))
            .collect()
    }
}

impl Node {
    /// What it reads. An order without data (`^name`) is none of it: nothing here has a side effect.
    pub(super) fn inputs(&self) -> impl Iterator<Item = Outlet<'_>> {
        let data = self.input.iter().filter(|name| !name.starts_with('^'));
        data.map(|name| Outlet::of(name))
    }

    pub(super) fn whole(&self, name: &str) -> Option<i64> {
        self.attr.get(name)?.i.as_ref()?.value()
    }

    pub(super) fn float(&self, name: &str) -> Option<f32> {
        #[expect(
            clippy::cast_possible_truncation,
            reason = "a graph's numbers have single precision"
        )]
        self.attr.get(name)?.f.map(|value| value as f32)
    }

    pub(super) fn is(&self, name: &str) -> bool {
        self.attr.get(name).and_then(|value| value.b) == Some(true)
    }

    pub(super) fn kind(&self, name: &str) -> Option<&str> {
        self.attr.get(name)?.kind.as_deref()
    }

    pub(super) fn text(&self, name: &str) -> Option<String> {
        decoded(self.attr.get(name)?.s.as_deref()?)
    }

    pub(super) fn texts(&self, name: &str) -> Vec<String> {
        let list = self.attr.get(name).and_then(|value| value.list.as_ref());
        list.iter()
            .flat_map(|list| &list.s)
            .filter_map(|text| decoded(text))
            .collect()
    }

    pub(super) fn wholes(&self, name: &str) -> Vec<i64> {
        let list = self.attr.get(name).and_then(|value| value.list.as_ref());
        list.iter()
            .flat_map(|list| &list.i)
            .filter_map(Whole::value)
            .collect()
    }

    /// Sides of a placeholder; what the file leaves open is 1, which is right for a batch.
    pub(super) fn sides(&self) -> Vec<usize> {
        let mut shape = self.attr.get("shape").and_then(|value| value.shape.as_ref());
        while let Some(inner) = shape.and_then(|shape| shape.shape.as_deref()) {
            shape = Some(inner);
        }
        let sides = shape.map_or(&[][..], |shape| &shape.dim);
        sides
            .iter()
            .map(|side| side.size.value().and_then(|size| usize::try_from(size).ok()))
            .map(|size| size.unwrap_or(1))
            .collect()
    }
}

/// Bytes are base64 in protobuf's JSON.
fn decoded(text: &str) -> Option<String> {
    String::from_utf8(STANDARD.decode(text).ok()?).ok()
}
