//! The programs in `examples/`, run as their first lines say: each verb of the library does what the command line does.

#![expect(clippy::disallowed_methods, reason = "tests make their own inputs")]

use crate::program::{Run, names_in, pets_piece, program};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use vsa_test_data::vector;

const NAMES: [&str; 5] = ["audit", "observe", "render", "seal", "verify"];

/// An example, as cargo built it beside these tests; none: only these tests were built.
fn example(name: &str) -> Option<Command> {
    let own = std::env::current_exe().expect("this test is a file");
    let folder = own.parent().and_then(Path::parent).expect("deps, in a folder");
    let path = folder
        .join("examples")
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    if path.is_file() {
        let mut command = Command::new(path);
        command.current_dir(env!("CARGO_MANIFEST_DIR"));
        return Some(command);
    }
    vsa_test_data::skipped(
        "examples",
        "they were not built: run `cargo build --examples` first",
    );
    None
}

fn sample() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/record.json")
}

#[test]
fn there_is_a_program_for_every_verb() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    assert_eq!(names_in(&folder), NAMES.map(|name| format!("{name}.rs")));
}

#[test]
fn the_sample_record_is_audited_and_every_question_has_its_line() {
    let Some(mut audit) = example("audit") else { return };
    let run = Run::of(&mut audit).expect(0);
    assert_eq!(run.stdout.lines().count(), vsa_audits::ids().len());
    for id in vsa_audits::ids() {
        assert!(run.stdout.contains(id.name()), "{}", run.stdout);
    }
}

#[test]
fn the_library_renders_the_bytes_that_the_program_renders() {
    let Some(mut render) = example("render") else {
        return;
    };
    let place = tempfile::tempdir().expect("a temporary folder");
    let [bundle, ours, theirs] = ["bundle", "ours", "theirs"].map(|name| place.path().join(name));
    fs::create_dir(&bundle).expect("made");
    fs::copy(sample(), bundle.join("record.json")).expect("copied");
    Run::of(render.arg(&ours).arg(sample()).arg("fr")).expect(0);
    let mut command = program();
    command.arg("render").arg(&bundle).args(["--lang", "fr", "--out"]);
    Run::of(command.arg(&theirs)).expect(0);
    assert_eq!(
        names_in(&ours),
        ["record.json", "report.html", "report.json", "report.pdf"]
    );
    assert_eq!(names_in(&theirs), ["report.html", "report.json", "report.pdf"]);
    let read = |path: PathBuf| fs::read(path).expect("a result");
    assert_eq!(read(ours.join("record.json")), read(sample()));
    for name in names_in(&theirs) {
        assert!(read(ours.join(&name)) == read(theirs.join(&name)), "{name}");
    }
}

#[test]
fn a_folder_is_sealed_and_verified_and_a_changed_one_is_not() {
    let (Some(mut seal), Some(_)) = (example("seal"), example("verify")) else {
        return;
    };
    let place = tempfile::tempdir().expect("a temporary folder");
    let (folder, key) = (place.path().join("bundle"), place.path().join("key.pub"));
    fs::create_dir(&folder).expect("made");
    for (name, bytes) in vector::all()["sound-sealed"].files() {
        fs::write(folder.join(name), bytes).expect("written");
    }
    Run::of(seal.arg(&folder).arg(&key)).expect(0);
    let verify = || {
        let mut command = example("verify").expect("it was there");
        Run::of(command.arg(&folder).arg(&key))
    };
    let verified = verify().expect(0);
    assert!(verified.stdout.ends_with("VERIFIED\n"), "{}", verified.stdout);
    fs::write(folder.join("report.html"), "another").expect("written");
    let changed = verify().expect(1);
    assert!(
        changed.stdout.contains("Fails: FilesAreThoseListed"),
        "{}",
        changed.stdout
    );
}

#[test]
fn footage_becomes_the_folder_that_the_program_writes() {
    let Some(mut observe) = example("observe") else {
        return;
    };
    let place = tempfile::tempdir().expect("a temporary folder");
    let piece = pets_piece(place.path(), 300, 2);
    let [ours, theirs] = ["ours", "theirs"].map(|name| place.path().join(name));
    Run::of(observe.arg(&ours).arg(&piece)).expect(0);
    let mut command = program();
    command
        .arg("audit")
        .arg(&piece)
        .args(["--sample-fps", "1", "--out"]);
    Run::of(command.arg(&theirs)).expect(0);
    assert_eq!(names_in(&ours), names_in(&theirs));
    for name in ["record.json", "report.json", "report.html", "report.pdf"] {
        let read = |folder: &Path| fs::read(folder.join(name)).expect("a result");
        assert!(read(&ours) == read(&theirs), "{name}");
    }
}
