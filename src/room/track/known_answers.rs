//! The metrics held to published figures, and the tracker held to its figures by the metrics. Needs the
//! shared data, which nobody outside development has: without it each test says that it was skipped.

use vsa_scoring::scored_boxes::{Corners, Labelled, LabelledFrame, Tracked};
use crate::test_data;
use crate::track::harness::{follow, read_detections, write_tracks};
use crate::track::settings::TrackerSettings;
use crate::track::track::Track;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// The shared data, if they are here.
fn shared(test: &str) -> Option<PathBuf> {
    let folder = test_data::shared(".").filter(|folder| folder.join("known-answers/tud").is_dir());
    if folder.is_none() {
        test_data::skipped(test, "the shared data are absent");
    }
    folder
}

/// Labels and tracks in `MOTChallenge`'s text form. Labels of weight 0 are no labels.
fn labelled(truth: &str, tracked: &str) -> Vec<LabelledFrame> {
    let mut frames: BTreeMap<u64, LabelledFrame> = BTreeMap::new();
    for (text, is_truth) in [(truth, true), (tracked, false)] {
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let field: Vec<&str> = line.split(',').map(str::trim).collect();
            let number = |at: usize| field[at].parse::<f32>().expect("a number");
            if is_truth && number(6) == 0.0 {
                continue;
            }
            let rect = Corners {
                left: number(2),
                top: number(3),
                right: number(2) + number(4),
                bottom: number(3) + number(5),
            };
            let labelled = Labelled {
                id: field[1].parse().expect("a person's number"),
                rect,
            };
            let frame = frames
                .entry(field[0].parse().expect("a frame number"))
                .or_default();
            if is_truth {
                &mut frame.truth
            } else {
                &mut frame.tracked
            }
            .push(labelled);
        }
    }
    frames.into_values().collect()
}

fn read(path: PathBuf) -> String {
    std::fs::read_to_string(&path).unwrap_or_else(|fault| panic!("{}: {fault}", path.display()))
}

/// The figure as the table prints it.
fn shown(value: Option<f64>, decimals: usize) -> String {
    format!("{:.decimals$}", value.expect("a figure"))
}

#[test]
fn the_tables_of_tud_campus_and_stadtmitte_are_reproduced() {
    let Some(shared) = shared("the_tables_of_tud_campus_and_stadtmitte_are_reproduced") else {
        return;
    };
    // IDF1, IDP, IDR, recall, precision; MT, PT, ML, FP, FN, IDs, FM; MOTA, MOTP (py-motmetrics' published
    // table).
    let tables = [
        (
            "TUD-Campus",
            ["55.8", "73.0", "45.1", "58.2", "94.1"],
            [1, 6, 1, 13, 150, 7, 7],
            "52.6",
            "0.277",
        ),
        (
            "TUD-Stadtmitte",
            ["64.5", "82.0", "53.1", "60.9", "94.0"],
            [5, 4, 1, 45, 452, 7, 6],
            "56.4",
            "0.346",
        ),
    ];
    for (name, shares, numbers, mota, motp) in tables {
        let folder = shared.join("known-answers/tud").join(name);
        let frames = labelled(&read(folder.join("gt.txt")), &read(folder.join("test.txt")));
        let counts = Tracked::of(&frames);
        let total = &counts.total;
        let percent = |value: Option<f64>| shown(value.map(|value| value * 100.0), 1);
        let share = |part: f64, whole: f64| Some(part / whole);
        let got = [
            counts.idf1(),
            share(total.identified, total.tracked),
            share(total.identified, total.labels),
            share(total.matched, total.labels),
            share(total.matched, total.tracked),
        ];
        assert_eq!(got.map(percent), shares, "{name}");
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "small counts"
        )]
        let whole = |count: f64| count as u64;
        let got = [
            counts.people.mostly,
            counts.people.partly,
            counts.people.hardly,
            whole(counts.false_positives()),
            whole(counts.misses()),
            whole(total.switches),
            whole(total.fragmentations),
        ];
        assert_eq!(got, numbers, "{name}");
        assert_eq!(percent(counts.mota()), mota, "{name}");
        assert_eq!(shown(counts.motp_distance(), 3), motp, "{name}");
    }
}

/// MOTA and IDF1 at IoU 0.5 of what [`follow`] gave with this stride. `truth` is the whole `MOTChallenge` label file.
pub(crate) fn judge(tracks: &[Track], truth: &str, stride: u64) -> (f64, f64) {
    let looked_at: String = truth
        .lines()
        .filter(|line| {
            let frame = line
                .split(',')
                .next()
                .expect("a first field")
                .parse::<u64>()
                .expect("a frame number");
            (frame - 1).is_multiple_of(stride)
        })
        .fold(String::new(), |text, line| text + line + "\n");
    let frames = labelled(&looked_at, &write_tracks(tracks));
    let counts = Tracked::of(&frames);
    let (mota, idf1) = (
        counts.mota().expect("there are labels"),
        counts.idf1().expect("there are labels"),
    );
    (mota, idf1)
}

/// The floors lie below what was measured (`tests/parity/track_evaluate.md`), so that a change of compiler
/// does not break the test and a broken tracker does.
#[test]
fn the_tracker_reaches_its_figures_on_public_detections() {
    let Some(shared) = shared("the_tracker_reaches_its_figures_on_public_detections") else {
        return;
    };
    let cases = [
        ("footage/pets09-s2l1", 795, 1, 7.0, (768, 576), 0.82, 0.68),
        ("footage/pets09-s2l1", 795, 2, 7.0, (768, 576), 0.80, 0.65),
        (
            "known-answers/tud/TUD-Stadtmitte",
            179,
            1,
            25.0,
            (640, 480),
            0.65,
            0.65,
        ),
    ];
    for (folder, last, stride, fps, size, least_mota, least_idf1) in cases {
        let folder = shared.join(folder);
        let detections = read_detections(&read(folder.join("det.acf.txt")), 100.0);
        let tracks = follow(&detections, &BTreeMap::new(), last, stride, fps, TrackerSettings::people(), size);
        let (mota, idf1) = judge(&tracks, &read(folder.join("gt.txt")), stride);
        assert!(
            mota >= least_mota && idf1 >= least_idf1,
            "{folder:?} / {stride}: MOTA {mota:.3}, IDF1 {idf1:.3}"
        );
    }
}
