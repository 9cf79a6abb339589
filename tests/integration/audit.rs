//! `audit` and `demo` as a user runs them, with the core models on real footage.

#![expect(
    clippy::disallowed_methods,
    reason = "tests make their own inputs and wait for real time"
)]

use crate::program::{Run, ffmpeg, names_in, pets_clip, pets_piece, program};
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RESULTS: [&str; 7] = [
    "custody.jsonl",
    "manifest.json",
    "record.json",
    "report.html",
    "report.json",
    "report.pdf",
    "run.json",
];
/// What holds times, and what holds digests of that.
const DIFFERS: [&str; 3] = ["run.json", "custody.jsonl", "manifest.json"];

fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(path).expect("a result")).expect("JSON")
}

fn audit(footage: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = program();
    command.arg("audit").arg(footage).arg("--out").arg(out).args(more);
    command
}

#[test]
fn the_demo_audits_real_footage_and_a_second_one_fetches_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("vsa-audit-demo");
    let run = Run::of(program().arg("demo").arg("--out").arg(&out)).expect(0);
    assert_eq!(names_in(&out), RESULTS);
    assert!(run.stdout.contains("report.html"), "{}", run.stdout);
    let record = json(&out.join("record.json"));
    let item = &record["items"][0];
    assert_eq!(item["frames"]["decoded"], 795);
    assert_eq!(item["frames"]["faulty"], 0);
    assert_eq!(
        item["sha256"],
        "45cddc9490be69345cbdab64ca583be65987e864ca408038e648db99e10516cf"
    );
    // 4,650 people are labelled in 795 frames: 5.85 per frame. A detector that were blind, or saw double, would not
    // come near. (How near it comes is the matter of the accuracy tests.)
    let people = record["measurements"]["presence"]["people_per_frame"]["value"]["value"].as_f64();
    assert!(
        people.is_some_and(|mean| (4.5..7.0).contains(&mean)),
        "{people:?}"
    );
    // Everything is here now: with the network declared off, the demo begins just the same. It is ended once it has
    // begun to look at frames, which is after everything was obtained.
    let again = folder.path().join("again");
    let mut child = program()
        .args(["demo", "--offline", "--out"])
        .arg(&again)
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("started");
    std::thread::sleep(Duration::from_secs(8));
    let still_running = child.try_wait().expect("asked").is_none();
    interrupt(child.id());
    let output = child.wait_with_output().expect("ended");
    let ended = Run::from(&output);
    assert!(
        still_running && ended.code == 130,
        "{}: {}",
        ended.code,
        ended.stderr
    );
    assert_eq!(names_in(&again), [""; 0]);
}

fn interrupt(process: u32) {
    let status = Command::new("kill")
        .args(["-INT", &process.to_string()])
        .status()
        .expect("kill can be started");
    assert!(status.success());
}

#[test]
fn the_number_of_jobs_and_the_time_of_day_change_no_byte() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let piece = pets_piece(folder.path(), 100, 24);
    let mut all = Vec::new();
    for (name, jobs) in [("one", "1"), ("two", "2"), ("again", "2"), ("five", "5")] {
        let out = folder.path().join(name);
        let options = [
            "--jobs",
            jobs,
            "--data-basis",
            "public",
            "--tiles",
            "2x1",
            "--export-objects",
        ];
        Run::of(&mut audit(&piece, &out, &options)).expect(0);
        let names: Vec<_> = names_in(&out)
            .into_iter()
            .filter(|name| !DIFFERS.contains(&name.as_str()))
            .collect();
        let bytes: Vec<_> = names
            .iter()
            .map(|name| fs::read(out.join(name)).expect("a result"))
            .collect();
        all.push((names, bytes));
    }
    assert!(
        all[0].0.contains(&"people-tracks-item-1.txt".to_owned()),
        "{:?}",
        all[0].0
    );
    for other in &all[1..] {
        assert_eq!(all[0].0, other.0);
        for (at, name) in all[0].0.iter().enumerate() {
            assert!(all[0].1[at] == other.1[at], "{name} differs");
        }
    }
}

#[test]
fn an_interrupted_run_leaves_no_file_under_a_final_name() {
    for signal in ["-INT", "-TERM"] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let out = folder.path().join("out");
        let child = audit(&pets_clip(), &out, &["--data-basis", "public"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("started");
        std::thread::sleep(Duration::from_secs(5));
        let asked = Instant::now();
        let status = Command::new("kill")
            .args([signal, &child.id().to_string()])
            .status()
            .expect("kill");
        assert!(status.success());
        let run = Run::from(&child.wait_with_output().expect("ended"));
        assert_eq!(run.code, 130, "{signal}: {}", run.stderr);
        assert!(
            asked.elapsed() < Duration::from_secs(20),
            "{signal}: it took {:?}",
            asked.elapsed()
        );
        assert_eq!(names_in(&out), [""; 0], "{signal}");
    }
}

#[test]
fn a_second_run_into_the_same_folder_is_refused_unless_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let piece = pets_piece(folder.path(), 0, 3);
    let out = folder.path().join("out");
    Run::of(&mut audit(&piece, &out, &[])).expect(0);
    let before = fs::read(out.join("record.json")).expect("a record");
    fs::write(out.join("notes.txt"), "mine").expect("written");
    let refused = Run::of(&mut audit(&piece, &out, &[])).expect(6);
    assert!(refused.stderr.contains("--overwrite"), "{}", refused.stderr);
    Run::of(&mut audit(&piece, &out, &["--overwrite"])).expect(0);
    assert_eq!(fs::read(out.join("record.json")).expect("a record"), before);
    assert_eq!(
        fs::read_to_string(out.join("notes.txt")).expect("still there"),
        "mine"
    );
}

/// Name, footage, options, exit code, words on stderr.
type Case<'case> = (
    &'case str,
    &'case Path,
    &'case [&'case str],
    i32,
    &'case [&'case str],
);

#[test]
fn what_cannot_be_done_has_its_exit_code_and_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let piece = pets_piece(folder.path(), 0, 3);
    let broken_plan = folder.path().join("plan.toml");
    fs::write(&broken_plan, "models = [\"core\"]\nsample_rate = 2\n").expect("written");
    let text = folder.path().join("text.mp4");
    fs::write(&text, "this is no video").expect("written");
    let nowhere = folder.path().join("nowhere.mp4");
    let plan = broken_plan.to_str().expect("text");
    let cases: [Case; 10] = [
        ("missing footage", &nowhere, &[], 3, &["item-1"]),
        ("text for footage", &text, &[], 3, &["item-1"]),
        (
            "unknown model",
            &piece,
            &["--models", "yolo-of-my-dreams"],
            2,
            &["yolo-of-my-dreams", "models list"],
        ),
        (
            "two person models",
            &piece,
            &["--models", "ssdlite-pedestrian,core"],
            2,
            &["both"],
        ),
        (
            "broken plan",
            &piece,
            &["--plan", plan],
            2,
            &["line 2", "sample_rate"],
        ),
        (
            "bad tiles",
            &piece,
            &["--tiles", "0x3"],
            2,
            &["person.tiles", "0x3"],
        ),
        ("bad rate", &piece, &["--sample-fps", "-1"], 2, &["sample"]),
        (
            "bad extent",
            &piece,
            &["--robustness=much"],
            2,
            &["--robustness", "full"],
        ),
        (
            "export of undeclared footage",
            &piece,
            &["--export-objects"],
            2,
            &["--data-basis"],
        ),
        (
            "lower limit without reason",
            &piece,
            &["--min-cell", "3"],
            2,
            &["reason"],
        ),
    ];
    for (name, footage, options, code, words) in cases {
        let out = folder.path().join(name);
        let run = Run::of(&mut audit(footage, &out, options));
        assert_eq!(run.code, code, "{name}: {}", run.stderr);
        for word in words {
            assert!(
                run.stderr.contains(word),
                "{name}: `{word}` is missing in: {}",
                run.stderr
            );
        }
        assert_eq!(names_in(&out), [""; 0], "{name}");
        assert!(run.stdout.is_empty(), "{name}: {}", run.stdout);
    }
}

#[test]
fn names_of_files_and_words_in_their_metadata_are_in_no_output() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let piece = pets_piece(folder.path(), 200, 12);
    let named = folder.path().join("CanaryPerson-Jane-Doe.mkv");
    ffmpeg(|command| {
        command
            .arg("-i")
            .arg(&piece)
            .args(["-c", "copy", "-metadata", "title=CanaryTitle"]);
        command
            .args(["-metadata:s:v", "comment=CanaryComment"])
            .arg(&named);
    });
    let images = folder.path().join("CanaryFolder");
    fs::create_dir(&images).expect("made");
    ffmpeg(|command| {
        command
            .arg("-i")
            .arg(&piece)
            .arg(images.join("CanaryImage%d.png"));
    });
    fs::write(images.join("CanaryBroken.png"), b"\x89PNG\r\n\x1a\nCanaryBytes").expect("written");
    let out = folder.path().join("out");
    let run = Run::of(
        program()
            .arg("audit")
            .arg(&named)
            .arg(&images)
            .arg("--out")
            .arg(&out),
    )
    .expect(0);
    let names = names_in(&out);
    assert_eq!(names, RESULTS);
    for name in names {
        let bytes = fs::read(out.join(&name)).expect("a result");
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        assert!(!text.contains("canary"), "{name} says a canary word");
        let home = folder.path().to_string_lossy().to_lowercase();
        assert!(!text.contains(&home), "{name} says where the footage lay");
    }
    assert!(!run.stdout.to_lowercase().contains("canary"), "{}", run.stdout);
}

#[test]
fn undeclared_footage_with_few_people_shows_none_of_them() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let piece = pets_piece(folder.path(), 0, 30);
    let out = folder.path().join("out");
    Run::of(&mut audit(&piece, &out, &[])).expect(0);
    let record = json(&out.join("record.json"));
    assert_eq!(record["disclosure"]["min_cell"], 11);
    let presence = &record["measurements"]["presence"];
    for cell in ["people_per_frame", "peak", "distinct_people", "sightings"] {
        assert_eq!(presence[cell]["state"], "withheld", "{cell}: {}", presence[cell]);
    }
    let page = fs::read_to_string(out.join("report.html")).expect("a page");
    assert!(
        page.contains("withheld"),
        "the page does not say that something is withheld"
    );
}

#[test]
fn degraded_footage_is_compared_with_the_clean_run_and_changes_nothing_of_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let piece = pets_piece(folder.path(), 100, 6);
    let [plain, degraded] = ["plain", "degraded"].map(|name| folder.path().join(name));
    Run::of(&mut audit(&piece, &plain, &["--data-basis", "public"])).expect(0);
    let run = Run::of(&mut audit(
        &piece,
        &degraded,
        &["--data-basis", "public", "--robustness"],
    ))
    .expect(0);
    assert!(run.stderr.contains("looked at again 8 times"), "{}", run.stderr);
    let [plain, degraded] = [plain, degraded].map(|out| json(&out.join("record.json")));
    assert_eq!(plain["measurements"], degraded["measurements"]);
    assert_eq!(plain["robustness"].as_array().map(Vec::len), Some(0));
    let rows = degraded["robustness"].as_array().expect("rows");
    let again: std::collections::BTreeMap<&str, f64> = rows
        .iter()
        .filter(|row| row["of"]["quantity"] == "people_found_again")
        .map(|row| {
            (
                row["perturbation"]["corruption"].as_str().expect("a name"),
                row["ratio"]["value"]["value"].as_f64().expect("a share"),
            )
        })
        .collect();
    assert_eq!(again.len(), 8, "{again:?}");
    // Frames that are lost take nobody from the others; noise of 18 % of the range takes nearly everybody.
    assert!((again["frame_drop"] - 1.0).abs() < 1e-12, "{again:?}");
    assert!(again["noise"] < 0.8, "{again:?}");
    assert!(
        again.values().all(|share| (0.0..=1.0).contains(share)),
        "{again:?}"
    );
}
