//! A second detector, as people ask for one: compared in the record and the report, part of the plan that is run again, and
//! refused in words where it cannot be compared.

use crate::program::{Run, audit, pets_piece, program};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A person model that the core set does not have, if it is there.
fn other_model() -> Option<PathBuf> {
    let root = std::env::var_os("VSA_AUDIT_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")),
        PathBuf::from,
    );
    Some(root.join("models/yolox_nano.onnx")).filter(|path| path.exists())
}

#[test]
fn what_cannot_be_compared_is_refused_by_name() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let piece = pets_piece(folder.path(), 0, 2);
    for (options, said) in [
        (
            vec!["--second-detector", "nanodet-g"],
            "it is the model that finds people already",
        ),
        (
            vec![
                "--models",
                "ssdlite-pedestrian",
                "--second-detector",
                "centerface",
            ],
            "no model of the plan finds faces",
        ),
        (
            vec!["--second-detector", "no-such-model"],
            "there is no model and no set of models named `no-such-model`",
        ),
    ] {
        let run = Run::of(&mut audit(&piece, &folder.path().join("out"), &options)).expect(2);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
}

#[test]
fn a_second_detector_is_told_in_full_and_run_again_by_reproduce() {
    let test = "a_second_detector_is_told_in_full_and_run_again_by_reproduce";
    let Some(model) = other_model() else {
        // Not by `eprintln!`: the test harness would swallow it.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED {test}: needs models/yolox_nano.onnx in VSA_AUDIT_SHARED"
        );
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let own = |mut command: Command| {
        command.env("XDG_DATA_HOME", path("data"));
        Run::of(&mut command)
    };
    let mut add = program();
    add.args(["models", "add"]).arg(&model).args(["--name", "other"]);
    own(add).expect(0);
    let piece = pets_piece(folder.path(), 300, 12);
    let (alone, both) = (path("alone"), path("both"));
    own(audit(&piece, &alone, &[])).expect(0);
    own(audit(&piece, &both, &["--second-detector", "other"])).expect(0);
    let json = |folder: &Path, name: &str| -> serde_json::Value {
        serde_json::from_slice(&fs::read(folder.join(name)).expect("a result")).expect("JSON")
    };
    let (without, with) = (json(&alone, "record.json"), json(&both, "record.json"));
    assert_eq!(
        without["measurements"], with["measurements"],
        "nothing else changes"
    );
    assert_eq!(
        without["sensitivity"]["people_by_second"]["outcome"],
        "not_measured"
    );
    assert_eq!(
        without["sensitivity"]["people_by_second"]["missing"],
        "not-asked-for"
    );
    let second = &with["sensitivity"]["people_by_second"];
    assert_eq!(second["outcome"], "measured");
    assert_eq!(second["frames"], 12);
    let value = |cell: &serde_json::Value| cell["value"]["value"].as_f64().expect("a number");
    let difference = value(&second["second_per_frame"]) - value(&second["first_per_frame"]);
    assert!((value(&second["difference"]) - difference).abs() < 1e-9);
    assert_eq!(with["plan"]["second_detectors"][0], "other");
    let manifest = json(&both, "manifest.json");
    let entries = manifest["entries"].as_array().expect("entries");
    let listed = entries
        .iter()
        .find(|entry| entry["role"] == "model" && entry["name"] == "other")
        .expect("the manifest lists it");
    let models = with["models"].as_array().expect("models");
    let recorded = models
        .iter()
        .find(|model| model["subject"] == "second_person")
        .expect("the record lists it");
    assert_eq!(listed["sha256"], recorded["sha256"]);

    let page = |folder: &Path| fs::read_to_string(folder.join("report.html")).expect("a page");
    assert!(page(&alone).contains("No second detector was run."));
    assert!(page(&both).contains("not truth") && !page(&both).contains("No second detector was run."));
    for page in [page(&alone), page(&both)] {
        assert!(page.contains("chart-people-by-threshold"));
        assert!(!page.contains("not varied"));
    }
    let mut again = program();
    again.arg("reproduce").arg(&both).arg("--footage").arg(&piece);
    let run = own(again).expect(0);
    assert!(run.stdout.contains("IDENTICAL"), "{}", run.stdout);
}
