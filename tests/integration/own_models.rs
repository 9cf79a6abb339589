//! `models add` as a user runs it: a detector of one's own is tried on people before it is added, and what came of it is said,
//! kept and shown.

use crate::program::{Run, pets_clip, program};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// YOLOX nano, if it is there: a file that the program does not have to fetch.
fn yolox(test: &str) -> Option<PathBuf> {
    shared(test, "models/yolox_nano.onnx")
}

/// A file of the shared data, if it is there.
fn shared(test: &str, file: &str) -> Option<PathBuf> {
    let root = std::env::var_os("VSA_AUDIT_SHARED").map_or_else(
        || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data")),
        PathBuf::from,
    );
    let found = Some(root.join(file)).filter(|path| path.exists());
    if found.is_none() {
        // Not by `eprintln!`: the test harness would swallow it.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED {test}: needs {file} in VSA_AUDIT_SHARED"
        );
    }
    found
}

fn models(home: &Path, arguments: &[&str]) -> Run {
    let mut command = program();
    command.env("XDG_DATA_HOME", home.join("data"));
    Run::of(command.arg("models").args(arguments))
}

#[test]
fn a_detector_is_tried_before_it_is_added_and_refused_if_it_finds_nobody() {
    let test = "a_detector_is_tried_before_it_is_added_and_refused_if_it_finds_nobody";
    let Some(file) = yolox(test) else { return };
    pets_clip();
    let home = tempfile::tempdir().expect("a temporary folder");
    let file = file.to_str().expect("a path of text");
    let list = home.path().join("data/vsa-audit/models.toml");

    let added = models(home.path(), &["add", file, "--name", "mine"]).expect(0);
    assert!(added.stderr.contains("of 12 people"), "{}", added.stderr);
    let shown = models(home.path(), &["show", "mine"]).expect(0).stdout;
    let trial = shown.lines().find(|line| line.starts_with("trial"));
    assert!(trial.is_some_and(|line| line.contains("of 12 people")), "{shown}");
    let before = fs::read_to_string(&list).expect("the list of one's own models");

    // Shares of one, where the network wants values up to 255; and another head's columns.
    for (name, declared) in [
        ("shares", vec!["--mean", "0,0,0", "--std", "255,255,255"]),
        ("head", vec!["--family", "nanodet", "--input-size", "416x416"]),
    ] {
        let mut arguments = vec!["add", file, "--name", name];
        arguments.extend(&declared);
        let refused = models(home.path(), &arguments).expect(4).stderr;
        for words in [
            "does not find people",
            "of 12 people",
            "--family yolox --colour bgr",
        ] {
            assert!(refused.contains(words), "{name}: {refused}");
        }
        assert_eq!(fs::read_to_string(&list).expect("the same list"), before);
    }

    let mut arguments = vec!["add", file, "--name", "shares", "--std", "255,255,255"];
    arguments.push("--untested");
    let added = models(home.path(), &arguments).expect(0);
    assert!(added.stderr.contains("nobody has seen yet"), "{}", added.stderr);
    let shown = models(home.path(), &["show", "shares"]).expect(0).stdout;
    assert!(
        shown.contains("not tried: as asked for with --untested"),
        "{shown}"
    );
}

#[test]
fn a_detector_of_faces_is_tried_on_drawn_ones_without_any_sample() {
    let test = "a_detector_of_faces_is_tried_on_drawn_ones_without_any_sample";
    let Some(file) = shared(test, "models/yunet_n_320_320.onnx") else {
        return;
    };
    let home = tempfile::tempdir().expect("a temporary folder");
    let file = file.to_str().expect("a path of text");
    let add = |more: &[&str]| {
        let arguments = ["--offline", "add", file, "--name", "mine"];
        models(home.path(), &[&arguments[..], more].concat())
    };
    let refused = add(&["--mean", "0,0,0", "--std", "255,255,255"]).expect(4);
    assert!(
        refused.stderr.contains("does not find faces") && refused.stderr.contains("6 of 6 faces"),
        "{}",
        refused.stderr
    );
    let added = add(&[]).expect(0);
    assert!(
        added.stderr.contains("found 6 of 6 faces, no false box"),
        "{}",
        added.stderr
    );
}

#[test]
fn without_the_sample_nothing_is_tried_and_that_is_said_and_kept() {
    let test = "without_the_sample_nothing_is_tried_and_that_is_said_and_kept";
    let Some(file) = yolox(test) else { return };
    let home = tempfile::tempdir().expect("a temporary folder");
    let run = |arguments: &[&str]| {
        let mut command = program();
        command
            .env("XDG_DATA_HOME", home.path().join("data"))
            .env("VSA_AUDIT_CACHE", home.path().join("cache"))
            .env_remove("VSA_AUDIT_MODELS_DIR");
        Run::of(command.args(["models", "--offline"]).args(arguments))
    };
    let added = run(&["add", file.to_str().expect("a path of text"), "--name", "mine"]).expect(0);
    assert!(
        added.stderr.contains("not tried") && added.stderr.contains("pets09-s2l1"),
        "{}",
        added.stderr
    );
    let shown = run(&["show", "mine"]).expect(0).stdout;
    assert!(shown.contains("not tried: the sample pets09-s2l1"), "{shown}");
}
