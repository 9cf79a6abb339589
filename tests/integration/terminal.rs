//! Names and texts that would steer a terminal, through the program as it ships: what reaches the screen is text.

#![expect(clippy::disallowed_methods, reason = "tests make their own inputs")]

use crate::program::{Run, program};
use std::fs;
use std::path::Path;

/// Moves up and clears what is there, then says what the program never said; C1's way of the same; direction; end of line.
const STEERING: &str =
    "x\u{1b}[99A\u{1b}[J\rVERIFIED: the folder is what the owner of this key sealed\u{9b}8m\u{202e}\n";

/// Whether a terminal would take a character for a command, or show it nowhere or elsewhere.
fn steers(character: char) -> bool {
    character.is_control() && character != '\n' && character != '\t'
        || matches!(character, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
}

#[track_caller]
fn is_only_text(shown: &str) {
    assert!(!shown.contains(steers), "{shown:?}");
}

/// A sealed bundle of the vectors, with its key beside it.
fn sealed(folder: &Path) -> (String, String) {
    let vector = vsa_test_data::vector::all()
        .remove("sound-sealed")
        .expect("a vector");
    let (out, key) = (folder.join("out"), folder.join("theirs.pub"));
    fs::create_dir(&out).expect("made");
    for (name, bytes) in vector.files() {
        fs::write(out.join(name), bytes).expect("written");
    }
    fs::write(&key, vector.key).expect("written");
    let text = |path: &Path| path.to_str().expect("UTF-8").to_owned();
    (text(&out), text(&key))
}

#[test]
fn a_file_named_with_escape_sequences_does_not_make_a_tampered_folder_look_verified() {
    let folder = tempfile::tempdir().expect("a folder");
    let (out, key) = sealed(folder.path());
    let verify = || Run::of(program().args(["verify", &out, "--key", &key, "--date", "2099-01-01"]));
    verify().expect(0);
    fs::write(Path::new(&out).join(STEERING), "x").expect("written");
    fs::create_dir(Path::new(&out).join(format!("{STEERING}2"))).expect("made");
    let run = verify().expect(8);
    is_only_text(&run.stdout);
    let lines: Vec<_> = run.stdout.lines().collect();
    // Twelve checks, the key, and the verdict, which says so.
    assert_eq!(lines.len(), 14, "{}", run.stdout);
    assert_eq!(
        lines.last(),
        Some(&"NOT VERIFIED: at least one check failed (13 lines come before this one)")
    );
    assert!(lines.iter().all(|line| !line.starts_with("VERIFIED")));
    // The name is there, in quotation marks, for whoever looks for the file.
    assert!(
        run.stdout.contains("\"x\\u{1b}[99A\\u{1b}[J\\rVERIFIED"),
        "{}",
        run.stdout
    );
    let json = Run::of(program().args(["verify", &out, "--key", &key, "--format", "json"])).expect(8);
    is_only_text(&json.stdout);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert_eq!(json["holds"].as_bool(), Some(false));
    // Neither does sealing, whose refusal is an error of several names.
    let secret = folder.path().join("k");
    let secret = secret.to_str().expect("UTF-8");
    let with_passphrase = |arguments: &[&str]| {
        Run::of(
            program()
                .env("VSA_AUDIT_PASSPHRASE", "a passphrase with spaces")
                .args(arguments),
        )
    };
    with_passphrase(&["key", "generate", "--out", secret]).expect(0);
    let refused = with_passphrase(&["seal", &out, "--key", secret]);
    assert_ne!(refused.code, 0);
    is_only_text(&refused.stderr);
    assert_eq!(refused.stderr.lines().count(), 1, "{}", refused.stderr);
}

#[test]
fn a_verified_folder_says_so_last_and_how_many_lines_came_before() {
    let folder = tempfile::tempdir().expect("a folder");
    let (out, key) = sealed(folder.path());
    let run = Run::of(program().args(["verify", &out, "--key", &key, "--date", "2099-01-01"])).expect(0);
    assert_eq!(
        run.stdout.lines().last(),
        Some("VERIFIED: the folder is what the owner of this key sealed (13 lines come before this one)")
    );
    assert_eq!(run.stdout.lines().count(), 14);
}

#[test]
fn what_was_typed_or_globbed_is_shown_as_text_in_errors() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = folder.path().join(STEERING);
    fs::write(&name, "no footage").expect("written");
    let name = name.to_str().expect("UTF-8");
    let out = folder.path().join("out");
    let out = out.to_str().expect("UTF-8");
    for arguments in [
        // Of the file, of clap, of our own readers of values, and of the name of what is not there.
        vec!["audit", name, "--out", out],
        vec!["verify", name, name, name, "--key", name],
        vec!["audit", name, "--out", out, "--engine", name],
        vec!["audit", name, "--out", out, "--models", name],
        vec![name],
        vec!["render", name, "--lang", name],
        vec!["evaluate", "--truth", name, "--detections", name],
    ] {
        let run = Run::of(program().args(&arguments));
        assert_ne!(run.code, 0, "{arguments:?}");
        is_only_text(&run.stdout);
        is_only_text(&run.stderr);
        let forged = run.stderr.lines().any(|line| line.starts_with("VERIFIED"));
        assert!(!forged && run.stderr.contains("VERIFIED"), "{}", run.stderr);
    }
}

#[test]
fn labels_with_steering_names_are_shown_as_text_and_their_json_still_says_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let name = format!("{STEERING}person");
    let labels = serde_json::json!({
        "images": [{"id": 1, "file_name": format!("{name}.jpg"), "width": 640, "height": 480}],
        "categories": [{"id": 1, "name": name}],
        "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [10, 10, 50, 100], "area": 5000, "iscrowd": 0}],
    });
    let found =
        serde_json::json!([{"image_id": 1, "category_id": 1, "bbox": [10, 10, 50, 100], "score": 0.9}]);
    let write = |file: &str, value: &serde_json::Value| {
        let path = folder.path().join(file);
        fs::write(&path, value.to_string()).expect("written");
        path.to_str().expect("UTF-8").to_owned()
    };
    let (truth, found) = (write("labels.json", &labels), write("found.json", &found));
    let evaluate = |more: &[&str]| {
        let mut command = program();
        command.args(["evaluate", "--truth", &truth, "--detections", &found]);
        Run::of(command.args(["--data-basis", "public"]).args(more))
    };
    let json = evaluate(&["--format", "json"]).expect(0);
    is_only_text(&json.stdout);
    let scores: serde_json::Value = serde_json::from_str(&json.stdout).expect("JSON");
    assert!(scores.to_string().contains(&serde_json::json!(name).to_string()));
    for format in ["text", "csv"] {
        let run = evaluate(&["--format", format]).expect(0);
        is_only_text(&run.stdout);
        is_only_text(&run.stderr);
    }
    let refused = evaluate(&["--classes", "nobody"]);
    assert_ne!(refused.code, 0);
    is_only_text(&refused.stderr);
    assert!(
        refused.stderr.contains("which have: \"x\\u{1b}"),
        "{}",
        refused.stderr
    );
}
