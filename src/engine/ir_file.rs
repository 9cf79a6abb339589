//! The graph of a model in the intermediate representation of `OpenVINO` (XML) in, what it declares about itself out: inputs and
//! outputs with their shapes. The network is not built here, and its weights are not read.
//! Deliberately not here: running it (see `openvino.rs`).

use crate::OutputInfo;
use crate::signature::{Format, Signature};
use roxmltree::{Document, Node, ParsingOptions};
use vsa_base::Reason;

/// More elements than this no detector has; those of the Open Model Zoo have up to a hundred thousand.
const MOST_NODES: u32 = 4_000_000;

/// What a graph declares.
#[derive(Debug, PartialEq, Eq)]
pub struct IrFile {
    /// Inputs and outputs.
    pub signature: Signature,
    /// For a network that ends in the layer `DetectionOutput`: the number of the label that stands for the background.
    pub background_label: Option<u32>,
}

/// Reads what `graph` declares. The error says in one line why it is no such model.
pub fn read(graph: &[u8]) -> Result<IrFile, Reason> {
    let text = std::str::from_utf8(graph).map_err(|_| "it is XML in another encoding than UTF-8")?;
    let options = ParsingOptions {
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(Reason::of)?;
    let net = document.root_element();
    if !net.has_tag_name("net") {
        return Err(Reason(format!(
            "it is XML with the root <{}>, not <net> as the intermediate representation of OpenVINO has it",
            net.tag_name().name()
        )));
    }
    let layers = || {
        let layers = net.children().filter(|child| child.has_tag_name("layers"));
        layers
            .flat_map(|layers| layers.children())
            .filter(Node::is_element)
    };
    let of = |kind: &'static str| layers().filter(move |layer| layer.attribute("type") == Some(kind));
    let inputs: Vec<OutputInfo> = of("Parameter").map(|layer| info(layer, "output")).collect();
    let outputs: Vec<OutputInfo> = of("Result").map(|layer| info(layer, "input")).collect();
    if inputs.is_empty() || outputs.is_empty() {
        return Err(
            "its graph has no inputs or no outputs, as older versions than 10 of the format write them"
                .into(),
        );
    }
    let background = of("DetectionOutput").find_map(|layer| {
        let data = layer.children().find(|child| child.has_tag_name("data"))?;
        // As the format's description has it where nothing is said.
        data.attribute("background_label_id").unwrap_or("0").parse().ok()
    });
    Ok(IrFile {
        signature: Signature {
            format: Format::OpenVinoIr,
            inputs,
            outputs,
            nodes: Vec::new(),
        },
        background_label: background,
    })
}

/// Name and shape at the one port of an input or output.
fn info(layer: Node<'_, '_>, side: &str) -> OutputInfo {
    let name = layer.attribute("name").unwrap_or_default();
    let port = layer
        .children()
        .find(|child| child.has_tag_name(side))
        .and_then(|side| side.children().find(|child| child.has_tag_name("port")));
    let sides = port.into_iter().flat_map(|port| port.children());
    OutputInfo {
        // An output is named after the port that it reads.
        name: name.split("/sink_port_").next().unwrap_or(name).to_owned(),
        // A side of minus one depends on the input.
        shape: sides
            .filter(|child| child.has_tag_name("dim"))
            .map(|dim| dim.text().and_then(|text| text.trim().parse().ok()))
            .collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GRAPH: &str = r#"<?xml version="1.0"?>
<net name="made" version="11">
  <layers>
    <layer id="0" name="image" type="Parameter"><data shape="1,3,32,64" element_type="f32"/>
      <output><port id="0"><dim>1</dim><dim>3</dim><dim>32</dim><dim>64</dim></port></output></layer>
    <layer id="1" name="found" type="DetectionOutput"><data background_label_id="1"/></layer>
    <layer id="2" name="boxes/sink_port_0" type="Result">
      <input><port id="0"><dim>-1</dim><dim>5</dim></port></input></layer>
  </layers>
</net>"#;

    #[test]
    fn inputs_and_outputs_are_read_with_their_sides_and_the_number_of_the_background() {
        let file = read(GRAPH.as_bytes()).unwrap();
        let [input] = &file.signature.inputs[..] else {
            panic!("one input");
        };
        assert_eq!(
            (input.name.as_str(), &input.shape[..]),
            ("image", &[Some(1), Some(3), Some(32), Some(64)][..])
        );
        let [output] = &file.signature.outputs[..] else {
            panic!("one output");
        };
        assert_eq!(
            (output.name.as_str(), &output.shape[..]),
            ("boxes", &[None, Some(5)][..])
        );
        assert_eq!(file.background_label, Some(1));
        let other = GRAPH.replace(" background_label_id=\"1\"", "");
        assert_eq!(read(other.as_bytes()).unwrap().background_label, Some(0));
        let none = GRAPH.replace("DetectionOutput", "Concat");
        assert_eq!(read(none.as_bytes()).unwrap().background_label, None);
    }

    #[test]
    fn what_is_no_such_graph_is_an_error_with_what_it_is() {
        for (text, words) in [
            ("<html><body/></html>", "<html>"),
            ("<net><layers/></net>", "no inputs"),
            ("<net", "root node"),
            ("<!DOCTYPE net [<!ENTITY a \"b\">]><net/>", "DTD"),
        ] {
            let Reason(why) = read(text.as_bytes()).unwrap_err();
            assert!(why.contains(words), "{why}");
        }
        assert!(read(b"<\xff>").is_err());
    }

    #[test]
    fn a_graph_cut_anywhere_is_an_error_and_never_a_panic() {
        for length in 0..GRAPH.len() {
            assert!(read(&GRAPH.as_bytes()[..length]).is_err(), "{length}");
        }
    }
}
