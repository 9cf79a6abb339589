//! The translation held to TensorFlow's own results (`tests/parity/tfjs_graphs.py`), and what it refuses.

use super::{input_size, to_onnx};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde_json::{Value, json};
use tract_onnx::prelude::{Framework, InferenceModelExt, IntoRunnable, Tensor, tvec};

#[derive(Deserialize)]
struct Reference {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    model: Value,
    weights: String,
    runs: Vec<Run>,
}

#[derive(Deserialize)]
struct Run {
    width: u32,
    height: u32,
    picture: Vec<f32>,
    outputs: Vec<Output>,
}

#[derive(Deserialize)]
struct Output {
    shape: Vec<usize>,
    values: Vec<f32>,
}

fn reference() -> Reference {
    serde_json::from_str(include_str!("../../../tests/parity/tfjs_graphs.json")).unwrap()
}

impl Case {
    fn files(&self) -> (Vec<u8>, Vec<u8>) {
        (
            self.model.to_string().into_bytes(),
            STANDARD.decode(&self.weights).unwrap(),
        )
    }
}

/// What the translated network makes of a picture, computed by tract alone.
fn outputs(onnx: &[u8], run: &Run) -> Vec<Tensor> {
    let plan = tract_onnx::onnx()
        .model_for_read(&mut &*onnx)
        .unwrap()
        .into_optimized()
        .unwrap()
        .into_runnable()
        .unwrap();
    let (height, width) = (run.height as usize, run.width as usize);
    let picture = Tensor::from_shape(&[1, 3, height, width], &run.picture).unwrap();
    let values = plan.run(tvec![picture.into()]).unwrap();
    values
        .iter()
        .map(|value| value.cast_to::<f32>().unwrap().into_owned())
        .collect()
}

#[test]
fn translated_graphs_compute_what_tensorflow_computes_at_their_own_size_and_at_another() {
    let (mut runs, mut operations) = (0, std::collections::BTreeSet::new());
    for case in reference().cases {
        let (graph, weights) = case.files();
        for node in case.model["modelTopology"]["node"].as_array().unwrap() {
            operations.insert(node["op"].as_str().unwrap().to_owned());
        }
        assert_eq!(
            input_size(&graph).unwrap(),
            (case.runs[0].width, case.runs[0].height)
        );
        for run in &case.runs {
            let onnx = to_onnx(&graph, &weights, (run.width, run.height), None).unwrap();
            let found = outputs(&onnx, run);
            assert_eq!(found.len(), run.outputs.len(), "{}", case.name);
            for (at, (found, expected)) in found.iter().zip(&run.outputs).enumerate() {
                let place = format!("{}, {}x{}, output {at}", case.name, run.width, run.height);
                assert_eq!(found.shape(), expected.shape, "{place}");
                let found = found.to_plain_array_view::<f32>().unwrap();
                for (found, expected) in found.iter().zip(&expected.values) {
                    let apart = (found - expected).abs();
                    assert!(
                        apart <= 2e-5 * expected.abs().max(1.0),
                        "{place}: {found} where {expected}"
                    );
                }
            }
            runs += 1;
        }
    }
    assert_eq!(runs, 13);
    let table = include_str!("translate.rs").split("fn operation").nth(1).unwrap();
    let table = table.split("_ =>").next().unwrap();
    let untried: Vec<&str> = table
        .split('"')
        .skip(1)
        .step_by(2)
        .filter(|operation| !operations.contains(*operation))
        .collect();
    // The same as `Identity`, and as `AddV2` after a layer that it is not fused to.
    assert_eq!(untried, ["StopGradient", "BiasAdd"]);
}

/// A graph of one convolution, for spoiling.
fn small() -> (Value, Vec<u8>) {
    let graph = json!({
        "modelTopology": { "node": [
            { "name": "x", "op": "Placeholder", "attr": { "shape": { "shape": { "dim": [
                { "size": "-1" }, { "size": "4" }, { "size": "4" }, { "size": "3" } ] } } } },
            { "name": "w", "op": "Const" },
            { "name": "y", "op": "Conv2D", "input": ["x", "w"], "attr": {
                "strides": { "list": { "i": ["1", "1", "1", "1"] } }, "padding": { "s": "U0FNRQ==" } } },
        ] },
        "weightsManifest": [ { "paths": ["a.bin"], "weights": [
            { "name": "w", "shape": [1, 1, 3, 2], "dtype": "float32" } ] } ],
    });
    (
        graph,
        [0.5_f32; 6]
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect(),
    )
}

#[test]
fn a_graph_without_a_signature_gives_what_nothing_else_reads() {
    let (graph, weights) = small();
    let graph = graph.to_string().into_bytes();
    let run = Run {
        width: 2,
        height: 1,
        picture: vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0],
        outputs: Vec::new(),
    };
    let found = outputs(&to_onnx(&graph, &weights, (2, 1), None).unwrap(), &run);
    assert_eq!(found[0].shape(), [1, 1, 2, 2]);
    let found = found[0].to_plain_array_view::<f32>().unwrap();
    assert_eq!(found.iter().copied().collect::<Vec<_>>(), [4.5, 4.5, 6.0, 6.0]);
}

#[test]
fn a_network_for_grey_pictures_is_fed_with_colours_and_one_output_can_be_taken_alone() {
    let (mut graph, _) = small();
    graph["modelTopology"]["node"][0]["attr"]["shape"]["shape"]["dim"][3]["size"] = json!("1");
    graph["weightsManifest"][0]["weights"][0]["shape"] = json!([1, 1, 1, 1]);
    graph["signature"] = json!({ "outputs": { "one:0": { "name": "y:0" }, "other": { "name": "x" } } });
    let graph = graph.to_string().into_bytes();
    let run = Run {
        width: 1,
        height: 1,
        picture: vec![10.0, 20.0, 30.0],
        outputs: Vec::new(),
    };
    let found = outputs(
        &to_onnx(&graph, &2.0_f32.to_le_bytes(), (1, 1), Some("one")).unwrap(),
        &run,
    );
    let [only] = &found[..] else {
        panic!("one output was asked for");
    };
    let value = *only.to_plain_array_view::<f32>().unwrap().first().unwrap();
    // Twice 2.99 + 11.74 + 3.42.
    assert!((value - 36.3).abs() < 1e-4, "{value}");
    let refusal = to_onnx(&graph, &2.0_f32.to_le_bytes(), (1, 1), Some("third")).unwrap_err();
    assert!(refusal.0.contains("the outputs that are wanted"), "{refusal}");
}

#[test]
fn files_that_are_no_such_model_are_refused_in_words() {
    let (good, weights) = small();
    let spoilt = |path: &str, value: Value| {
        let mut graph = good.clone();
        *graph.pointer_mut(path).unwrap() = value;
        graph
    };
    let node = "/modelTopology/node";
    let declared = "/weightsManifest/0/weights/0";
    let mut circle = spoilt(&format!("{node}/2/input"), json!(["x", "y"]));
    circle["signature"] = json!({ "outputs": { "o": { "name": "y:0" } } });
    let cases = [
        (
            json!({ "format": "layers-model" }),
            "no TensorFlow.js graph model",
        ),
        (spoilt(&format!("{node}/0/op"), json!("Const")), "it has 0 inputs"),
        (
            spoilt(&format!("{node}/2/op"), json!("TopKV2")),
            "export the model as ONNX",
        ),
        (
            spoilt(&format!("{node}/2/input"), json!(["x", "z"])),
            "`z`, which is not in it",
        ),
        (circle, "depends on itself"),
        (
            spoilt(&format!("{node}/2/input"), json!(["x", "x"])),
            "its weights are computed",
        ),
        (
            spoilt(&format!("{node}/2/input"), json!(["x"])),
            "it reads too little",
        ),
        (
            spoilt(&format!("{node}/2/input/0"), json!("x:1")),
            "output 1 of `x`",
        ),
        (spoilt(&format!("{node}/2/attr/padding/s"), json!("")), "a border"),
        (
            spoilt(&format!("{node}/2/attr/strides/list/i/1"), json!("0")),
            "no size",
        ),
        (
            spoilt(&format!("{node}/0/attr/shape/shape/dim/3/size"), json!("7")),
            "no single picture",
        ),
        (
            spoilt(&format!("{declared}/shape"), json!([1, 1, 3, 3])),
            "end before `w`",
        ),
        (
            spoilt(&format!("{declared}/shape"), json!([1, 1, 3, 1])),
            "12 bytes more",
        ),
        (
            spoilt(&format!("{declared}/shape"), json!([1, 1, 2, 3])),
            "weights for 2 channels",
        ),
        (
            spoilt(&format!("{declared}/shape"), json!([usize::MAX, 4, 2, 3])),
            "larger than any",
        ),
        (
            spoilt(&format!("{declared}/dtype"), json!("complex64")),
            "complex64",
        ),
        (
            spoilt(&format!("{declared}/name"), json!("v")),
            "not among the weights",
        ),
    ];
    for (graph, why) in cases {
        let text = graph.to_string();
        let refusal = to_onnx(text.as_bytes(), &weights, (4, 4), None).unwrap_err();
        assert!(refusal.0.contains(why), "{why}: {refusal}");
    }
}

#[test]
fn a_graph_cut_anywhere_is_refused_and_never_panics() {
    let (graph, weights) = small();
    let text = graph.to_string().into_bytes();
    for end in 0..text.len() {
        assert!(to_onnx(&text[..end], &weights, (4, 4), None).is_err(), "{end}");
    }
    for end in 0..weights.len() {
        assert!(to_onnx(&text, &weights[..end], (4, 4), None).is_err(), "{end}");
    }
}
