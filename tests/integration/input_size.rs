//! The size at which a model looks, as a user sets it: in the record with its reason, in the plan of the report, the same bytes again,
//! and refused in words where a model cannot have it.

use crate::program::{Run, audit, pets_piece, program};
use std::fs;

#[test]
fn a_size_that_a_model_cannot_have_is_refused_before_anything_is_looked_at() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let piece = pets_piece(folder.path(), 0, 2);
    for (options, said) in [
        (
            ["--input-size", "640x480"],
            "person.input_size is 640x480, but must be left out, or `native`",
        ),
        (
            ["--face-input-size", "650x480"],
            "face.input_size is 650x480, but must be of sides that are multiples of 32",
        ),
        (
            ["--face-input-size", "big"],
            "`big` is no input size: write `native`",
        ),
    ] {
        let out = folder.path().join("out");
        let run = Run::of(audit(&piece, &out, &options).args(["--models", "quick"])).expect(2);
        assert!(run.stderr.contains(said), "{}", run.stderr);
        assert!(!folder.path().join("out").exists());
    }
}

#[test]
fn the_size_of_the_footage_stands_in_the_record_and_the_plan_and_gives_the_same_bytes_again() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let piece = pets_piece(folder.path(), 300, 3);
    let out = folder.path().join("out");
    // SSDLite has one size, so that the wish is none of its concern.
    let sizes = ["--input-size", "native", "--face-input-size", "native:1024"];
    let run = Run::of(audit(&piece, &out, &sizes).args(["--models", "quick"])).expect(0);
    assert!(
        run.stderr
            .contains("ssdlite-pedestrian has one input size, 300x300"),
        "{}",
        run.stderr
    );
    let record: serde_json::Value =
        serde_json::from_slice(&fs::read(out.join("record.json")).expect("a record")).expect("JSON");
    let models = record["models"].as_array().expect("models");
    let of = |subject: &str| {
        let found = models.iter().find(|model| model["subject"] == subject);
        let model = found.expect("the set has one");
        (
            model["input_width"].as_u64(),
            model["input_height"].as_u64(),
            model["input"].clone(),
        )
    };
    let followed = serde_json::json!({ "chosen_by": "footage", "longest": 1024, "sizes": 1 });
    assert_eq!(of("face"), (Some(768), Some(576), followed));
    assert_eq!(of("person"), (Some(300), Some(300), serde_json::Value::Null));
    let page = fs::read_to_string(out.join("report.html")).expect("a page");
    assert!(page.contains("(follows the footage: its long side from the model"));
    assert!(
        page.contains("input_size = &quot;native:1024&quot;")
            || page.contains("input_size = \"native:1024\"")
    );

    let mut again = program();
    again.arg("reproduce").arg(&out).arg("--footage").arg(&piece);
    let run = Run::of(&mut again).expect(0);
    assert!(run.stdout.contains("IDENTICAL"), "{}", run.stdout);
}

#[test]
fn a_redacted_video_is_looked_at_at_the_size_that_is_asked_for_and_its_report_says_so() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let piece = pets_piece(folder.path(), 300, 3);
    let redact = |out: &str, sizes: &[&str]| {
        let mut command = program();
        command
            .arg("redact")
            .arg(&piece)
            .arg("-o")
            .arg(folder.path().join(out));
        command.args([
            "--offline",
            "--what",
            "people",
            "--models",
            "quick",
            "--look-again-every",
            "0",
        ]);
        Run::of(command.args(sizes))
    };
    let run = redact(
        "a.mp4",
        &["--input-size", "native", "--face-input-size", "native:1024"],
    )
    .expect(0);
    let said = "ssdlite-pedestrian has one input size, 300x300";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    let report: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("a.redaction.json")).expect("a report"))
            .expect("JSON");
    let inputs: Vec<_> = report["models"]
        .as_array()
        .expect("models")
        .iter()
        .map(|model| {
            (
                model["subject"].as_str().expect("a subject"),
                model["input"].clone(),
            )
        })
        .collect();
    let followed = serde_json::json!({ "chosen_by": "footage", "longest": 1024, "sizes": 1 });
    assert_eq!(inputs, [("person", serde_json::Value::Null), ("face", followed)]);
    let run = redact("b.mp4", &["--face-input-size", "650x480"]).expect(2);
    let said = "face.input_size is 650x480, but must be of sides that are multiples of 32";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert!(!folder.path().join("b.mp4").exists());
}
