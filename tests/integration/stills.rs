//! Redacted stills in a report: on the page and on paper, drawn anew from the folder without the footage, and refused once
//! they were changed.

#![expect(clippy::disallowed_methods, reason = "tests make their own inputs")]

use crate::program::{Run, names_in, pets_piece, program};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

fn rendered(folder: &Path, out: &Path, more: &[&str]) -> Run {
    let mut command = program();
    command.arg("render").arg(folder).arg("--out").arg(out).args(more);
    Run::of(&mut command)
}

/// A copy of a folder in which one file was changed; none: it is left out.
fn changed(folder: &Path, to: &Path, name: &str, bytes: Option<&[u8]>) -> PathBuf {
    fs::create_dir(to).expect("made");
    for file in names_in(folder) {
        fs::copy(folder.join(&file), to.join(&file)).expect("copied");
    }
    match bytes {
        Some(bytes) => fs::write(to.join(name), bytes).expect("written"),
        None => fs::remove_file(to.join(name)).expect("removed"),
    }
    to.to_owned()
}

fn poppler(program: &str, arguments: &[&str], file: &Path) -> Option<String> {
    let run = Command::new(program).args(arguments).arg(file).output();
    match run {
        Ok(run) => Some(String::from_utf8_lossy(&run.stdout).into_owned()),
        Err(_) => {
            // Not by `eprintln!`: the test harness would swallow it.
            let _ = writeln!(
                std::io::stderr(),
                "SKIPPED stills on paper: no program `{program}`; on Debian: apt-get install poppler-utils"
            );
            None
        }
    }
}

#[test]
fn stills_are_on_the_page_and_on_paper_and_a_changed_one_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = |name: &str| folder.path().join(name);
    let piece = pets_piece(folder.path(), 300, 8);
    let out = path("out");
    let mut audit = program();
    audit.args([
        "audit",
        "--data-basis",
        "public",
        "--stills",
        "2",
        "--labels",
        "square",
    ]);
    Run::of(audit.arg(&piece).arg("--out").arg(&out)).expect(0);
    let read = |folder: &Path, name: &str| fs::read(folder.join(name)).expect("a result");
    let page = String::from_utf8(read(&out, "report.html")).expect("text");
    assert_eq!(page.matches("<img src=\"data:image/png;base64,").count(), 2);
    assert!(
        page.contains("alt=\"Stills: still-1.png, square, "),
        "described in words"
    );
    assert!(
        page.contains("Masked frames were kept") && !page.contains("Nothing that shows a person was kept")
    );
    // Whatever this kernel enforces, it is known.
    assert!(!page.contains("How far the operating system enforced this is not known"));
    let stills: serde_json::Value = serde_json::from_slice(&read(&out, "stills.json")).expect("JSON");
    let digest = stills["stills"][0]["sha256"].as_str().expect("a digest");
    assert!(page.contains(digest));

    let pdf = out.join("report.pdf");
    if let Some(list) = poppler("pdfimages", &["-list"], &pdf) {
        let pictures: Vec<&str> = list.lines().filter(|line| line.contains(" image ")).collect();
        assert_eq!(pictures.len(), 2, "{list}");
        let words: Vec<&str> = pictures[0].split_whitespace().collect();
        assert_eq!(words[3..5], ["768", "576"], "{list}");
    }
    if let Some(text) = poppler("pdftotext", &[], &pdf) {
        assert!(text.is_empty(), "it writes a file beside its input");
        let text = fs::read_to_string(out.join("report.txt")).expect("a text");
        fs::remove_file(out.join("report.txt")).expect("removed");
        let text: String = text.split_whitespace().collect();
        assert!(text.contains("still-1.png") && text.contains(digest));
    }
    if let Some(tags) = poppler("pdfinfo", &["-struct-text"], &pdf) {
        let figures = tags
            .lines()
            .filter(|line| line.trim_start().starts_with("Figure"));
        assert!(figures.count() >= 2, "pictures are tagged");
    }

    // Without the footage: the same bytes.
    let again = path("again");
    rendered(&out, &again, &[]).expect(0);
    for name in ["report.html", "report.json", "report.pdf"] {
        assert!(read(&out, name) == read(&again, name), "{name} is another one");
    }
    let french = path("french");
    rendered(&out, &french, &["--lang", "fr"]).expect(0);
    let page = String::from_utf8(read(&french, "report.html")).expect("text");
    assert_eq!(page.matches("<img src=\"data:image/png;base64,").count(), 2);
    assert!(page.contains("alt=\"Vues"), "in French");
    assert!(page.contains("Des images masquées ont été conservées"));

    let mut other = read(&out, "still-2.png");
    let last = other.len() - 20;
    other[last] ^= 1;
    let list = String::from_utf8(read(&out, "stills.json")).expect("text");
    let moved = list.replace("\"item\": \"square\"", "\"item\": \"circle\"");
    assert_ne!(list, moved);
    // In canonical form: nothing but the manifest tells.
    let record = String::from_utf8(read(&out, "record.json")).expect("text");
    let wider = record.replacen("\"level\": 0.95", "\"level\": 0.99", 1);
    assert_ne!(record, wider);
    let one = read(&out, "still-1.png");
    for (name, file, bytes, said) in [
        (
            "changed",
            "still-2.png",
            Some(other.as_slice()),
            "still-2.png cannot be shown: it was changed",
        ),
        (
            "swapped",
            "still-2.png",
            Some(one.as_slice()),
            "still-2.png cannot be shown: it was changed",
        ),
        (
            "gone",
            "still-1.png",
            None,
            "still-1.png cannot be shown: it is not in the folder",
        ),
        (
            "relabelled",
            "stills.json",
            Some(moved.as_bytes()),
            "stills.json was changed",
        ),
        (
            "another number",
            "record.json",
            Some(wider.as_bytes()),
            "record.json was changed",
        ),
        ("unlisted", "stills.json", None, "stills.json is missing"),
        ("no manifest", "manifest.json", None, "without manifest.json"),
    ] {
        let bundle = changed(&out, &path(name), file, bytes);
        let drawn = path(&format!("{name}-drawn"));
        let run = rendered(&bundle, &drawn, &[]).expect(2);
        assert!(run.stderr.contains(said), "{name}: {}", run.stderr);
        assert_eq!(names_in(&drawn), [""; 0], "{name}: nothing is drawn");
        let mut reproduce = program();
        reproduce
            .arg("reproduce")
            .arg(&bundle)
            .arg("--footage")
            .arg(&piece);
        let run = Run::of(&mut reproduce).expect(2);
        assert!(run.stderr.contains(said), "{name}: {}", run.stderr);
    }

    // A file that was put there later, and a record that is named by itself.
    let bundle = changed(&out, &path("a case"), "case.json", Some(b"{}"));
    let run = rendered(&bundle, &path("a case-drawn"), &[]).expect(2);
    assert!(run.stderr.contains("case.json is not listed"), "{}", run.stderr);
    let mut test = program();
    test.args(["claims", "test", "--claims"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/claims/full.toml"));
    let run = Run::of(
        test.arg("--record")
            .arg(path("another number").join("record.json")),
    )
    .expect(2);
    assert!(run.stderr.contains("record.json was changed"), "{}", run.stderr);
}
