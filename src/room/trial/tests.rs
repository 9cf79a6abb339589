//! Real models, rightly and wrongly declared, on the pictures of the sample; and what is chosen of what was tried.

use super::*;
use crate::test_data::{choice, choice_without_file, clip, model, skipped};
use vsa_plan::Family;

fn tried(found: usize, false_boxes: usize, confidence: f32) -> Tried {
    Tried {
        model: choice_without_file(Family::Yolox, (416, 416)),
        contract: String::new(),
        found,
        false_boxes,
        confidence,
        of_family: true,
    }
}

#[test]
fn the_publisher_s_contract_stays_unless_another_is_clearly_better() {
    let place = |tries: &[Tried]| {
        let best = chosen(tries).1;
        tries.iter().position(|tried| std::ptr::eq(tried, best)).unwrap()
    };
    // One more person, or scores a little higher: noise.
    assert_eq!(place(&[tried(10, 0, 7.0), tried(11, 0, 9.0)]), 0);
    assert_eq!(place(&[tried(10, 0, 7.0), tried(12, 0, 9.0)]), 1);
    // Two more people, for as many false boxes: nothing is gained.
    assert_eq!(place(&[tried(8, 0, 5.0), tried(10, 4, 7.0)]), 0);
    // Of two that find as many, the surer one.
    assert_eq!(place(&[tried(0, 0, 0.0), tried(9, 0, 5.0), tried(9, 0, 6.0)]), 2);
    // Boxes everywhere lie on somebody now and then.
    assert_eq!(place(&[tried(1, 0, 0.4), tried(6, 500, 5.0)]), 0);
    assert_eq!(place(&[tried(0, 0, 0.0), tried(3, 7, 2.0)]), 0);
    // Where the first family finds nobody, another's own contract goes before one that is a little better by chance.
    let varied = |found, false_boxes| Tried {
        of_family: false,
        ..tried(found, false_boxes, 9.0)
    };
    assert_eq!(place(&[tried(0, 0, 0.0), tried(11, 1, 5.0), varied(12, 0)]), 1);
    assert_eq!(place(&[tried(0, 0, 0.0), tried(8, 1, 5.0), varied(12, 0)]), 2);
    assert_eq!(place(&[tried(0, 0, 0.0), varied(4, 0)]), 1);
    assert!(!tried(0, 0, 0.0).finds_people());
    assert!(tried(3, 6, 2.0).finds_people());
}

const ALL_OPEN: Open = Open::ALL;

/// The trial of a model file; none, loudly, where it or the sample is not there.
fn trial(
    test: &str,
    file: &str,
    family: Family,
    size: (u32, u32),
    open: Open,
    declared: impl FnOnce(&mut ModelChoice),
) -> Option<Trial> {
    let (Some(footage), Some(path)) = (clip(), model(file)) else {
        skipped(
            test,
            &format!("needs the clip (VSA_AUDIT_TEST_FRAMES) and {file}"),
        );
        return None;
    };
    let mut model = choice(path, family, size);
    (model.score_threshold, model.nms_iou) = family.thresholds();
    declared(&mut model);
    let plan = TrialPlan {
        model,
        open,
        on: TrialPictures::Sample {
            footage,
            decoder: VideoDecoder::Ffmpeg("ffmpeg".into()),
        },
    };
    let trial = try_model(&plan, &Environment::new(None)).unwrap();
    Some(trial)
}

const YOLOX: &str = "yolox_nano.onnx";
const NANODET: &str = "nanodet_m_320.onnx";

#[test]
fn people_are_found_by_the_models_that_find_people() {
    let test = "people_are_found_by_the_models_that_find_people";
    for (file, family, side, least) in [
        (YOLOX, Family::Yolox, 416, 10),
        (NANODET, Family::Nanodet, 320, 7),
        ("person_rpi_cpu.onnx", Family::Yolox, 192, 4),
    ] {
        let Some(trial) = trial(test, file, family, (side, side), ALL_OPEN, |_| {}) else {
            continue;
        };
        let Trial::Finds {
            best,
            instead_of: None,
            people: 12,
        } = trial
        else {
            panic!("{file}: {trial:?}")
        };
        assert!(best.found >= least, "{file}: {best:?}");
        assert_eq!(best.model.family, family);
        assert_eq!(
            (best.model.colour, best.model.mean),
            (None, None),
            "{file} keeps its publisher's contract"
        );
    }
}

#[test]
fn a_head_taken_for_another_s_is_told_by_the_trial() {
    let test = "a_head_taken_for_another_s_is_told_by_the_trial";
    // YOLOX's 85 columns, read as NanoDet's 53 classes and 32 distances.
    let taken = |open| trial(test, YOLOX, Family::Nanodet, (416, 416), open, |_| {});
    let Some(free) = taken(ALL_OPEN) else { return };
    let Trial::Finds { best, instead_of, .. } = free else {
        panic!("{free:?}")
    };
    assert_eq!((best.model.family, best.model.colour), (Family::Yolox, None));
    assert_eq!(best.model.score_threshold, Family::Yolox.thresholds().0);
    assert_eq!(instead_of.unwrap().model.family, Family::Nanodet);
    let declared = taken(Open {
        family: false,
        ..ALL_OPEN
    });
    let Some(Trial::Nobody {
        undeclared: Some(better),
        ..
    }) = declared
    else {
        panic!("{declared:?}")
    };
    assert!(better.found >= 10 && better.contract.contains("--family yolox"));
}

#[test]
fn a_normalisation_that_does_not_fit_finds_nobody_and_the_right_one_is_named() {
    let test = "a_normalisation_that_does_not_fit_finds_nobody_and_the_right_one_is_named";
    let shares = |model: &mut ModelChoice| {
        (model.mean, model.std) = (Some([0.0; 3]), Some([255.0; 3]));
    };
    // Declared, it stays; undeclared, the right one is found.
    let open = Open {
        family: false,
        ..ALL_OPEN
    };
    let fixed = Open {
        normalisation: false,
        ..open
    };
    let Some(trial_fixed) = trial(test, YOLOX, Family::Yolox, (416, 416), fixed, shares) else {
        return;
    };
    let Trial::Nobody {
        best,
        undeclared: Some(better),
        people: 12,
        ..
    } = trial_fixed
    else {
        panic!("{trial_fixed:?}")
    };
    assert_eq!(best.model.std, Some([255.0; 3]));
    assert!(better.found >= 10, "{better:?}");
    let free = trial(test, YOLOX, Family::Yolox, (416, 416), open, shares).unwrap();
    let Trial::Finds {
        best,
        instead_of: Some(before),
        ..
    } = free
    else {
        panic!("{free:?}")
    };
    assert_eq!(
        (best.model.mean, best.model.std),
        (Some([0.0; 3]), Some([1.0; 3]))
    );
    assert!(best.found >= 10 && before.found < best.found);
}

/// The trial of a model of faces; none, loudly, where its file is not there.
fn trial_on_faces(
    test: &str,
    (file, family, size): (&str, Family, (u32, u32)),
    open: Open,
    declared: impl FnOnce(&mut ModelChoice),
) -> Option<Trial> {
    let Some(path) = model(file) else {
        skipped(test, &format!("needs {file}"));
        return None;
    };
    let mut model = choice(path, family, size);
    (model.score_threshold, model.nms_iou) = family.thresholds();
    declared(&mut model);
    let on = TrialPictures::DrawnFaces;
    let plan = TrialPlan { model, open, on };
    Some(try_model(&plan, &Environment::new(None)).unwrap())
}

#[test]
fn every_drawn_face_is_found_by_each_of_the_four_models_of_faces_and_nothing_else_is() {
    let test = "every_drawn_face_is_found_by_each_of_the_four_models_of_faces_and_nothing_else_is";
    for of in [
        ("centerface.onnx", Family::Centerface, (640, 480)),
        ("yunet_n_640_640.onnx", Family::Yunet, (640, 640)),
        ("yunet_n_320_320.onnx", Family::Yunet, (320, 320)),
        (
            "ultraface_version-RFB-320_simplified.onnx",
            Family::Ultraface,
            (320, 240),
        ),
        ("retinaface_mobilenet025.onnx", Family::Retinaface, (640, 640)),
    ] {
        let Some(trial) = trial_on_faces(test, of, ALL_OPEN, |_| {}) else {
            continue;
        };
        let Trial::Finds {
            best,
            instead_of: None,
            people: 6,
        } = trial
        else {
            panic!("{of:?}: {trial:?}")
        };
        assert_eq!((best.found, best.false_boxes), (6, 0), "{of:?}");
        assert_eq!((best.model.family, best.model.colour), (of.1, None), "{of:?}");
    }
}

#[test]
fn a_model_of_faces_with_a_normalisation_that_does_not_fit_finds_none_and_the_right_one_is_named() {
    let test =
        "a_model_of_faces_with_a_normalisation_that_does_not_fit_finds_none_and_the_right_one_is_named";
    let yunet = ("yunet_n_320_320.onnx", Family::Yunet, (320, 320));
    let shares = |model: &mut ModelChoice| {
        (model.mean, model.std) = (Some([0.0; 3]), Some([255.0; 3]));
    };
    let fixed = Open {
        normalisation: false,
        ..ALL_OPEN
    };
    let Some(trial) = trial_on_faces(test, yunet, fixed, shares) else {
        return;
    };
    let Trial::Nobody {
        undeclared: Some(better),
        people: 6,
        ..
    } = trial
    else {
        panic!("{trial:?}")
    };
    assert_eq!(better.found, 6, "{better:?}");
}

#[test]
fn a_file_that_is_not_the_sample_is_named_and_nothing_is_tried() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("small.png");
    image::RgbImage::new(64, 48).save(&path).unwrap();
    let plan = TrialPlan {
        model: choice_without_file(Family::Yolox, (416, 416)),
        open: ALL_OPEN,
        on: TrialPictures::Sample {
            footage: path,
            decoder: VideoDecoder::Ffmpeg("ffmpeg".into()),
        },
    };
    let error = try_model(&plan, &Environment::new(None)).expect_err("no such frames");
    assert!(matches!(error, TrialError::NotTheSample), "{error}");
}
