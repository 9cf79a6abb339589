//! `evaluate` and `compare` as a user runs them, on files small enough to work out by hand.
#![expect(
    clippy::disallowed_methods,
    reason = "the tests write the files that are read"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn run(arguments: &[&str], folder: &Path) -> Output {
    Command::new(crate::shipped::program())
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("the program starts")
}

fn json(output: &Output) -> serde_json::Value {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    serde_json::from_slice(&output.stdout).expect("JSON on standard output")
}

fn figure(scores: &serde_json::Value, name: &str) -> f64 {
    let figures = scores["figures"].as_array().expect("figures");
    let found = figures
        .iter()
        .find(|figure| figure["name"] == name)
        .expect("the figure");
    found["value"]["estimate"]["value"]["value"]
        .as_f64()
        .unwrap_or_else(|| panic!("{name}: {found}"))
}

/// Twelve people stand still for ten frames. The tracker follows all of them; in frame 6 persons 1 and 2 swap tracks, and
/// from frame 9 on person 3 is lost.
fn footage(folder: &Path) -> (PathBuf, PathBuf) {
    let (mut labels, mut tracks) = (String::new(), String::new());
    for frame in 1..=10 {
        for person in 1..=12 {
            let left = person * 50;
            writeln!(labels, "{frame},{person},{left},10,20,40,1,1,1").expect("text");
            let track = match person {
                1 if frame >= 6 => 2,
                2 if frame >= 6 => 1,
                other => other,
            };
            if person != 3 || frame < 9 {
                writeln!(tracks, "{frame},{track},{left},10,20,40,0.9,-1,-1,-1").expect("text");
            }
        }
    }
    let (truth, found) = (folder.join("gt.txt"), folder.join("tracks.txt"));
    std::fs::write(&truth, labels).expect("a file");
    std::fs::write(&found, tracks).expect("a file");
    (truth, found)
}

#[test]
fn switches_and_losses_of_a_worked_example_come_out_on_standard_output() {
    let folder = tempfile::tempdir().expect("a folder");
    footage(folder.path());
    let arguments = [
        "evaluate",
        "--truth",
        "gt.txt",
        "--detections",
        "tracks.txt",
        "--data-basis",
        "public",
        "--format",
        "json",
    ];
    let output = run(&arguments, folder.path());
    let scores = json(&output);
    assert_eq!(scores["schema"], "vsa-audit/scores/1");
    assert!((figure(&scores, "identity_switches") - 2.0).abs() < 1e-12);
    assert!((figure(&scores, "clear_false_negatives") - 2.0).abs() < 1e-12);
    // 1 - (2 misses + 0 false positives + 2 switches) / 120 labels.
    assert!((figure(&scores, "mota") - (1.0 - 4.0 / 120.0)).abs() < 1e-12);
    // Right identity: ten people fully but for two boxes of person 3 (98), and half of persons 1 and 2 (10), of 120 and 118.
    assert!((figure(&scores, "idf1") - 2.0 * 108.0 / 238.0).abs() < 1e-12);
    assert!((figure(&scores, "recall") - 118.0 / 120.0).abs() < 1e-12);
    // Everything of the same inputs is the same, on any number of threads.
    let again = run(&[&arguments[..], &["--jobs", "1"]].concat(), folder.path());
    assert_eq!(output.stdout, again.stdout);
}

#[test]
fn numbers_of_labels_are_read_to_their_last_digit() {
    // Each box overlaps its label by exactly one half. Read one last digit off, all six fall below and nothing is found.
    let widths = [
        ("55.930274988690876", "27.965137494345438"),
        ("52.487829350809676", "26.243914675404838"),
        ("63.980790810505596", "31.990395405252798"),
        ("48.257758583202396", "24.128879291601198"),
        ("40.107802094649244", "20.053901047324622"),
        ("52.081615085833164", "26.040807542916582"),
    ];
    let (mut images, mut labels, mut found) = (Vec::new(), Vec::new(), Vec::new());
    for (at, (of_label, of_box)) in widths.iter().enumerate() {
        images.push(format!("{{\"id\":{at},\"width\":640,\"height\":480}}"));
        let place = |width| format!("\"image_id\":{at},\"category_id\":1,\"bbox\":[0.0,0.0,{width},40.0]");
        labels.push(format!(
            "{{\"id\":{},{},\"area\":1600.0,\"iscrowd\":0}}",
            at + 1,
            place(of_label)
        ));
        found.push(format!("{{{},\"score\":0.9}}", place(of_box)));
    }
    let truth = format!(
        "{{\"images\":[{}],\"categories\":[{{\"id\":1,\"name\":\"person\"}}],\"annotations\":[{}]}}",
        images.join(","),
        labels.join(",")
    );
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("truth.json"), truth).expect("a file");
    std::fs::write(folder.path().join("found.json"), format!("[{}]", found.join(","))).expect("a file");
    let scores = json(&run(
        &[
            "evaluate",
            "--truth",
            "truth.json",
            "--detections",
            "found.json",
            "--data-basis",
            "public",
            "--format",
            "json",
        ],
        folder.path(),
    ));
    assert!((figure(&scores, "ap50") - 1.0).abs() < 1e-12);
}

#[test]
fn a_frame_count_that_is_off_by_one_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut labels, mut tracks) = (String::new(), String::new());
    for frame in 1..=30 {
        for person in 1..=12 {
            let left = person * 100 + frame * 15;
            writeln!(labels, "{frame},{person},{left},10,20,40,1,1,1").expect("text");
            if frame < 30 {
                writeln!(tracks, "{},{person},{left},10,20,40,0.9,-1,-1,-1", frame + 1).expect("text");
            }
        }
    }
    std::fs::write(folder.path().join("gt.txt"), labels).expect("a file");
    std::fs::write(folder.path().join("tracks.txt"), tracks).expect("a file");
    let output = run(
        &["evaluate", "--truth", "gt.txt", "--detections", "tracks.txt"],
        folder.path(),
    );
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && said.contains("if -1 is added to the frame numbers"),
        "{said}"
    );
}

#[test]
fn a_wrong_row_ends_with_code_3_and_its_line_or_is_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_, found) = footage(folder.path());
    let mut text = std::fs::read_to_string(&found).expect("text");
    text.push_str("11,99,oops,1,2,3,1,-1,-1,-1\n");
    std::fs::write(&found, text).expect("a file");
    let arguments = [
        "evaluate",
        "--truth",
        "gt.txt",
        "--detections",
        "tracks.txt",
        "--data-basis",
        "public",
    ];
    let output = run(&arguments, folder.path());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("tracks.txt, line 119: left is `oops`"), "{said}");
    let skipping = run(
        &[&arguments[..], &["--skip-bad-rows", "--format", "json"]].concat(),
        folder.path(),
    );
    let scores = json(&skipping);
    assert_eq!(scores["detections"]["skipped"][0]["rows"], 1);
}

#[test]
fn two_trackers_are_compared_on_the_same_frames() {
    let folder = tempfile::tempdir().expect("a folder");
    let (truth, found) = footage(folder.path());
    // The other tracker is perfect.
    std::fs::copy(truth, folder.path().join("perfect.txt")).expect("a copy");
    assert!(found.exists());
    let output = run(
        &[
            "compare",
            "tracks.txt",
            "perfect.txt",
            "--truth",
            "gt.txt",
            "--data-basis",
            "public",
            "--format",
            "json",
        ],
        folder.path(),
    );
    let comparison = json(&output);
    let row = |name: &str| {
        let figures = comparison["figures"].as_array().expect("figures");
        figures
            .iter()
            .find(|figure| figure["name"] == name)
            .expect("the figure")["difference"]["value"]
            .clone()
    };
    let mota = row("mota");
    assert!((mota["value"].as_f64().expect("a number") - 4.0 / 120.0).abs() < 1e-12);
    assert!(mota["interval"]["high"].as_f64().expect("a number") > 0.0);
    let found = &comparison["found"]["value"];
    assert_eq!(
        (found["only_one"].as_u64(), found["only_other"].as_u64()),
        (Some(0), Some(2))
    );
    // Two of two discordant pairs: 2 * (1/2)^2.
    assert!((found["p"].as_f64().expect("a number") - 0.5).abs() < 1e-12);
}

#[test]
fn groups_come_with_their_gap_and_its_test() {
    let folder = tempfile::tempdir().expect("a folder");
    footage(folder.path());
    let mut table = String::from("id,group\n");
    for person in 1..=12 {
        writeln!(table, "{person},{}", if person <= 6 { "a" } else { "b" }).expect("text");
    }
    std::fs::write(folder.path().join("groups.csv"), table).expect("a file");
    let output = run(
        &[
            "evaluate",
            "--truth",
            "gt.txt",
            "--detections",
            "tracks.txt",
            "--groups",
            "groups.csv",
            "--data-basis",
            "public",
            "--format",
            "json",
        ],
        folder.path(),
    );
    let table = &json(&output)["groups"][0];
    assert_eq!(table["by"][0], "group");
    let recall = |at: usize| {
        table["groups"][at]["share"]["value"]["value"]
            .as_f64()
            .expect("a number")
    };
    assert!((recall(0) - 58.0 / 60.0).abs() < 1e-12 && (recall(1) - 1.0).abs() < 1e-12);
    assert!(
        (table["difference"]["estimate"]["value"]
            .as_f64()
            .expect("a number")
            - 2.0 / 60.0)
            .abs()
            < 1e-12
    );
    // statsmodels.stats.proportion.proportions_ztest([58, 60], [60, 60]): 0.153826.
    assert!((table["pairs"][0]["p"].as_f64().expect("a number") - 0.153_825_6).abs() < 1e-5);
}

#[test]
fn without_a_declaration_small_groups_are_withheld() {
    let folder = tempfile::tempdir().expect("a folder");
    footage(folder.path());
    std::fs::write(folder.path().join("groups.csv"), "id,group\n1,a\n2,a\n3,b\n").expect("a file");
    let output = run(
        &[
            "evaluate",
            "--truth",
            "gt.txt",
            "--detections",
            "tracks.txt",
            "--groups",
            "groups.csv",
            "--format",
            "json",
        ],
        folder.path(),
    );
    let scores = json(&output);
    let groups = scores["groups"][0]["groups"].as_array().expect("groups").clone();
    assert_eq!(groups.len(), 2);
    assert!(
        groups.iter().all(|group| group["share"]["state"] == "withheld"),
        "{groups:?}"
    );
}

#[test]
fn a_sweep_of_thresholds_is_given_for_public_data_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    footage(folder.path());
    std::fs::write(folder.path().join("groups.csv"), "id,group\n1,a\n2,a\n3,b\n4,b\n").expect("a file");
    let arguments = [
        "evaluate",
        "--truth",
        "gt.txt",
        "--detections",
        "tracks.txt",
        "--groups",
        "groups.csv",
        "--thresholds",
        "0.5,0.95",
        "--format",
        "json",
    ];
    let refused = run(&arguments, folder.path());
    assert_eq!(
        refused.status.code(),
        Some(2),
        "{}",
        String::from_utf8_lossy(&refused.stderr)
    );
    let scores = json(&run(
        &[&arguments[..], &["--data-basis", "public"]].concat(),
        folder.path(),
    ));
    let recall = |at: usize| {
        let table = &scores["groups_at_thresholds"][at]["tables"][0];
        table["groups"][0]["share"]["value"]["value"]
            .as_f64()
            .expect("a number")
    };
    // Every score is 0.9.
    assert!((recall(0) - 1.0).abs() < 1e-12 && recall(1).abs() < 1e-12);
}

/// The footage above, with a false box that counts and one that scores too little to count.
fn footage_with_false_boxes(folder: &Path) {
    let (_, found) = footage(folder);
    let mut tracks = std::fs::read_to_string(&found).expect("text");
    tracks.push_str("1,50,2000,10,20,40,0.8,-1,-1,-1\n1,51,3000,10,20,40,0.2,-1,-1,-1\n");
    std::fs::write(&found, tracks).expect("a file");
}

const WITH_MATCHES: [&str; 10] = [
    "evaluate",
    "--truth",
    "gt.txt",
    "--detections",
    "tracks.txt",
    "--score-threshold",
    "0.5",
    "--export-matches",
    "--out",
    "report",
];

#[test]
fn matches_are_exported_for_declared_data_and_add_up_to_the_counts_of_the_report() {
    for basis in ["public", "consented"] {
        let folder = tempfile::tempdir().expect("a folder");
        footage_with_false_boxes(folder.path());
        let output = run(
            &[&WITH_MATCHES[..], &["--data-basis", basis, "--format", "json"]].concat(),
            folder.path(),
        );
        let scores = json(&output);
        let file =
            |name: &str| std::fs::read_to_string(folder.path().join("report").join(name)).expect("a file");
        let rows: Vec<serde_json::Value> = serde_json::from_str(&file("matches.json")).expect("rows");
        let count = |side: &str, outcome: &str| {
            let of = |row: &&serde_json::Value| row["side"] == side && row["outcome"] == outcome;
            rows.iter().filter(of).count()
        };
        let counted = [
            count("label", "found"),
            count("label", "missed"),
            count("detection", "right"),
            count("detection", "wrong"),
            count("detection", "below the threshold"),
        ];
        assert_eq!(counted, [118, 2, 118, 1, 1]);
        assert_eq!(rows.len(), 240);
        for (name, wanted) in [
            ("true_positives", counted[0]),
            ("false_negatives", counted[1]),
            ("true_positives", counted[2]),
            ("false_positives", counted[3]),
        ] {
            let got = figure(&scores, name);
            assert!(
                (got - wanted as f64).abs() < 1e-12,
                "{name}: {got}, but {wanted} rows"
            );
        }
        // The two that are missed are person 3's, after the tracker lost them.
        let missed: Vec<_> = rows
            .iter()
            .filter(|row| row["outcome"] == "missed")
            .map(|row| (row["picture"].as_i64(), row["subject"].as_i64()))
            .collect();
        assert_eq!(missed, [(Some(9), Some(3)), (Some(10), Some(3))]);
        // The record and the page say that single boxes left the room.
        for said in [
            scores,
            serde_json::from_str(&file("scores.json")).expect("the record"),
        ] {
            assert_eq!(said["disclosure"]["objects_exported"], true);
            assert_eq!(said["disclosure"]["data_basis"], basis);
        }
        let page = file("report.html");
        assert!(
            page.contains("Matches of single objects were written out."),
            "the page does not say that matches were exported"
        );
    }
}

#[test]
fn matches_of_undeclared_data_or_of_small_groups_are_refused_with_code_2_and_not_written() {
    for more in [
        &[][..],
        &["--data-basis", "undeclared"],
        &["--data-basis", "public", "--min-cell", "11"],
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        footage_with_false_boxes(folder.path());
        let output = run(&[&WITH_MATCHES[..], more].concat(), folder.path());
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{more:?}: {said}");
        assert!(output.stdout.is_empty(), "{more:?}");
        assert!(
            said.contains("boxes of single people can be exported only"),
            "{more:?}: {said}"
        );
        let left = std::fs::read_dir(folder.path().join("report")).map_or(0, Iterator::count);
        assert_eq!(left, 0, "{more:?}");
    }
}

#[test]
fn without_being_asked_for_matches_stay_in_the_room() {
    let folder = tempfile::tempdir().expect("a folder");
    footage_with_false_boxes(folder.path());
    let arguments: Vec<&str> = WITH_MATCHES
        .into_iter()
        .filter(|word| *word != "--export-matches")
        .chain(["--data-basis", "public", "--format", "json"])
        .collect();
    let scores = json(&run(&arguments, folder.path()));
    assert_eq!(scores["disclosure"]["objects_exported"], false);
    let names: Vec<String> = std::fs::read_dir(folder.path().join("report"))
        .expect("the folder")
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    assert!(
        !names.is_empty() && names.iter().all(|name| !name.starts_with("matches")),
        "{names:?}"
    );
}

#[test]
fn detections_of_no_sequence_are_told_how_to_get_one_where_the_labels_are_of_several() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for sequence in ["north", "south"] {
        let labels = folder.path().join("truth").join(sequence).join("gt");
        std::fs::create_dir_all(&labels).expect("a folder");
        std::fs::write(labels.join("gt.txt"), "1,1,10,10,20,40,1,1,1\n").expect("a file");
    }
    let found = r#"[{"image_id": 1, "category_id": 1, "bbox": [10, 10, 20, 40], "score": 0.9}]"#;
    std::fs::write(folder.path().join("found.json"), found).expect("a file");
    let output = run(
        &["evaluate", "--truth", "truth", "--detections", "found.json"],
        folder.path(),
    );
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("of sequences (north, south)"), "{said}");
    assert!(said.contains("(--fps)"), "{said}");
}
