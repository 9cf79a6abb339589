//! Held to the reference implementations, to the last digits that matter. The numbers are in `tests/parity/evaluate.json`,
//! made by `tests/parity/evaluate_reference.py`; the inputs are known answers that may not be shipped, so that without
//! them each test says that it was skipped.

use super::{EvaluateRequest, evaluate};
use std::collections::BTreeMap;
use std::path::PathBuf;
use vsa_record::disclosure::{DataBasis, DisclosurePolicy};
use vsa_record::scores::{FigureName, Figured, Scores};
use vsa_test_data as test_data;

const REFERENCE: &str = include_str!("../../tests/parity/evaluate.json");

pub(crate) fn reference(section: &str) -> BTreeMap<String, f64> {
    let all: BTreeMap<String, serde_json::Value> = serde_json::from_str(REFERENCE).unwrap();
    serde_json::from_value(all[section].clone()).unwrap()
}

fn known_answers(test: &str) -> Option<PathBuf> {
    let folder = test_data::shared("known-answers");
    if folder.is_none() {
        test_data::skipped(test, "the shared data are absent");
    }
    folder
}

fn request(truth: PathBuf, detections: PathBuf) -> EvaluateRequest {
    EvaluateRequest {
        disclosure: DisclosurePolicy::new(DataBasis::Public, None, None).unwrap(),
        resamples: 100,
        ..EvaluateRequest::new(truth, detections)
    }
}

fn score(request: &EvaluateRequest) -> Scores {
    evaluate(request).unwrap_or_else(|error| panic!("{error}"))
}

/// Every measured figure by its written name; bands of heights by name and edge.
fn figures(scores: &Scores) -> BTreeMap<String, f64> {
    let mut found = BTreeMap::new();
    for figure in &scores.figures {
        if let Figured::Measured { estimate } = &figure.value {
            let name = serde_json::to_value(figure.name)
                .unwrap()
                .as_str()
                .unwrap()
                .to_owned();
            let name = match figure.heights {
                Some(heights) => format!("{name}_{}", heights.from),
                None => name,
            };
            let estimate = estimate.shown().expect("nothing is withheld of public data");
            assert!(
                estimate.interval.low <= estimate.value && estimate.value <= estimate.interval.high,
                "{name}"
            );
            found.insert(name, estimate.value);
        }
    }
    found
}

fn assert_equal(got: &BTreeMap<String, f64>, section: &str, tolerance: f64) {
    let wanted = reference(section);
    assert!(
        wanted.len() >= 4,
        "{section} has only {} reference numbers",
        wanted.len()
    );
    for (name, value) in wanted {
        let found = got
            .get(&name)
            .unwrap_or_else(|| panic!("{section}: {name} is not measured"));
        assert!(
            (found - value).abs() <= tolerance,
            "{section}: {name} is {found}, the reference says {value}"
        );
    }
}

#[test]
fn the_twelve_figures_of_coco_are_those_of_pycocotools() {
    let Some(folder) = known_answers("the_twelve_figures_of_coco_are_those_of_pycocotools") else {
        return;
    };
    let scores = score(&request(
        folder.join("coco/instances_val2014_100.json"),
        folder.join("coco/instances_val2014_fakebbox100_results.json"),
    ));
    assert_equal(&figures(&scores), "coco", 1e-12);
}

#[test]
fn average_precision_by_height_is_that_of_pycocotools_with_heights_for_areas() {
    let Some(folder) =
        known_answers("average_precision_by_height_is_that_of_pycocotools_with_heights_for_areas")
    else {
        return;
    };
    let scores = score(&request(
        folder.join("coco/instances_val2014_100.json"),
        folder.join("coco/instances_val2014_fakebbox100_results.json"),
    ));
    assert_equal(&figures(&scores), "coco_heights", 1e-12);
}

#[test]
fn hota_clear_and_identity_on_mot17_05_are_those_of_trackeval() {
    let Some(folder) = known_answers("hota_clear_and_identity_on_mot17_05_are_those_of_trackeval") else {
        return;
    };
    let scores = score(&request(
        folder.join("mot17-05/MOT17-05.gt.txt"),
        folder.join("mot17-05/MOT17-05-DPM.MPNTrack.txt"),
    ));
    assert_equal(&figures(&scores), "mot17_05", 1e-9);
}

#[test]
fn tud_campus_and_stadtmitte_are_those_of_trackeval_and_their_sums_too() {
    let Some(folder) = known_answers("tud_campus_and_stadtmitte_are_those_of_trackeval_and_their_sums_too")
    else {
        return;
    };
    for (name, section) in [("TUD-Campus", "tud_campus"), ("TUD-Stadtmitte", "tud_stadtmitte")] {
        let folder = folder.join("tud").join(name);
        let scores = score(&request(folder.join("gt.txt"), folder.join("test.txt")));
        assert_equal(&figures(&scores), section, 1e-9);
    }
    // Both together, as folders: labels as <sequence>/gt/gt.txt, tracks as <sequence>.txt.
    let work = tempfile::tempdir().unwrap();
    for name in ["TUD-Campus", "TUD-Stadtmitte"] {
        let gt = work.path().join("gt").join(name).join("gt");
        std::fs::create_dir_all(&gt).unwrap();
        std::fs::copy(folder.join("tud").join(name).join("gt.txt"), gt.join("gt.txt")).unwrap();
        let tracks = work.path().join("tracks");
        std::fs::create_dir_all(&tracks).unwrap();
        std::fs::copy(
            folder.join("tud").join(name).join("test.txt"),
            tracks.join(format!("{name}.txt")),
        )
        .unwrap();
    }
    let scores = score(&request(work.path().join("gt"), work.path().join("tracks")));
    assert_eq!(scores.truth.sequences, 2);
    assert_equal(&figures(&scores), "tud_combined", 1e-9);
}

/// The README of the Padilla project works these boxes out step by step: 15 labels, 24 detections, IoU 0.3, 24.56 % at
/// every point. The further digits follow from its table of right and wrong boxes by hand: the envelope at 7 of 15.
#[test]
fn the_worked_example_of_padilla_is_reproduced() {
    let Some(folder) = known_answers("the_worked_example_of_padilla_is_reproduced") else {
        return;
    };
    let scores = score(&EvaluateRequest {
        overlap: 0.3,
        ..request(
            folder.join("padilla/groundtruths"),
            folder.join("padilla/detections"),
        )
    });
    let got = figures(&scores)["voc_ap"];
    assert!((got - 0.245_686_680_469_289_15).abs() < 1e-12, "{got}");
}

#[test]
fn the_same_inputs_give_the_same_bytes_on_one_thread_and_on_many() {
    let Some(folder) = known_answers("the_same_inputs_give_the_same_bytes_on_one_thread_and_on_many") else {
        return;
    };
    let request = request(
        folder.join("mot17-05/MOT17-05.gt.txt"),
        folder.join("mot17-05/MOT17-05-DPM.MPNTrack.txt"),
    );
    let bytes = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new()
            .num_threads(threads)
            .build()
            .unwrap();
        pool.install(|| vsa_record::json::to_bytes(&score(&request)).unwrap())
    };
    assert!(bytes(1) == bytes(7), "the number of threads shows in the result");
}

#[test]
fn without_a_declaration_eight_people_are_not_spoken_of() {
    let Some(folder) = known_answers("without_a_declaration_eight_people_are_not_spoken_of") else {
        return;
    };
    let scores = score(&EvaluateRequest {
        disclosure: DisclosurePolicy::strict(),
        ..request(
            folder.join("tud/TUD-Campus/gt.txt"),
            folder.join("tud/TUD-Campus/test.txt"),
        )
    });
    let mut withheld = 0;
    for figure in &scores.figures {
        if let Figured::Measured { estimate } = &figure.value {
            assert!(estimate.shown().is_none(), "{:?}", figure.name);
            withheld += 1;
        }
    }
    assert!(withheld >= 30, "{withheld}");
    assert!(
        scores
            .figures
            .iter()
            .any(|figure| figure.name == FigureName::Hota)
    );
    assert!(scores.curves.iter().all(|curve| curve.points.shown().is_none()));
}
