//! Tests of the sweep, of second detectors and of joined ones with real models on the PETS clip, through the whole pipeline.

use super::run::observe;
use super::test_data::{self, choice, means_of};
use super::watcher::Unwatched;
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use vsa_base::environment::Environment;
use vsa_plan::{Family, Means, ModelChoice, WrittenFusion, WrittenPlan};
use vsa_record::disclosure::Cell;
use vsa_record::estimate::Estimate;
use vsa_record::sensitivity::SecondDetector;
use vsa_record::{Record, json};
use vsa_test_data::{clip, measured, model, skipped};

/// The clip, a model and another one, if all are there.
fn material() -> Option<(PathBuf, [ModelChoice; 2])> {
    let named = |name: &str, file: &str, family, input| {
        Some(ModelChoice {
            name: name.to_owned(),
            score_threshold: 0.3,
            ..choice(model(file)?, family, input)
        })
    };
    Some((
        clip()?,
        [
            named("ssdlite", "ssdlite-pedestrian.pb", Family::Ssdlite, (300, 300))?,
            named("yolox-nano", "yolox_nano.onnx", Family::Yolox, (416, 416))?,
        ],
    ))
}

/// Two frames of every three seconds of the clip.
fn observed(clip: &Path, first: ModelChoice, second: Option<ModelChoice>, jobs: usize) -> Record {
    observed_with(clip, first, second, jobs, None)
}

/// The same, with the boxes of both joined.
fn observed_with(
    clip: &Path,
    first: ModelChoice,
    second: Option<ModelChoice>,
    jobs: usize,
    fusion: Option<WrittenFusion>,
) -> Record {
    let mut written = WrittenPlan {
        sample_fps: Some(2.0 / 3.0),
        ..test_data::written("pets", clip, None)
    };
    written.person.fusion = fusion;
    let means = Means {
        second_detectors: second.into_iter().collect(),
        ..means_of(vec![first])
    };
    let plan = written.check(means).unwrap();
    let environment = Environment::new(NonZeroUsize::new(jobs));
    observe(&plan, &environment, &mut Unwatched).unwrap().record
}

fn mean(cell: &Cell<Estimate>) -> Estimate {
    *cell.shown().unwrap()
}

fn counted(record: &Record) -> Estimate {
    mean(&record.measurements.presence.measured().unwrap().people_per_frame)
}

#[test]
fn a_second_detector_and_other_thresholds_are_what_runs_of_their_own_count() {
    let test = "a_second_detector_and_other_thresholds_are_what_runs_of_their_own_count";
    let Some((clip, [ssdlite, yolox])) = material() else {
        skipped(
            test,
            "needs VSA_AUDIT_TEST_FRAMES, ssdlite-pedestrian.pb and yolox_nano.onnx",
        );
        return;
    };
    let alone = observed(&clip, ssdlite.clone(), None, 2);
    let both = observed(&clip, ssdlite.clone(), Some(yolox.clone()), 1);
    let again = observed(&clip, ssdlite.clone(), Some(yolox.clone()), 3);
    assert_eq!(
        json::to_bytes(&both).unwrap(),
        json::to_bytes(&again).unwrap(),
        "the number of threads does not matter"
    );
    assert_eq!(
        alone.measurements, both.measurements,
        "nothing else depends on it"
    );
    assert_eq!(
        alone.sensitivity.people_by_threshold,
        both.sensitivity.people_by_threshold
    );
    let subjects: Vec<&str> = both.models.iter().map(|model| model.subject.as_str()).collect();
    assert_eq!(subjects, ["person", "second_person"]);
    assert_eq!(both.plan.second_detectors, ["yolox-nano"]);

    let sweep = both.sensitivity.people_by_threshold.measured().unwrap();
    let rungs: Vec<(f64, Estimate)> = sweep
        .rungs
        .iter()
        .map(|rung| (rung.threshold, mean(&rung.per_frame)))
        .collect();
    assert_eq!(rungs.len(), 10);
    assert!(
        rungs.windows(2).all(|pair| pair[0].1.value >= pair[1].1.value),
        "{rungs:?}"
    );
    let rung = |wanted: f64| rungs.iter().find(|(at, _)| (at - wanted).abs() < 1e-9).unwrap().1;
    assert_eq!(rung(0.3), counted(&both), "the threshold in use");
    let stricter = ModelChoice {
        score_threshold: 0.6,
        ..ssdlite.clone()
    };
    let stricter = counted(&observed(&clip, stricter, None, 2));
    assert!((stricter.value - rung(0.6).value).abs() < 1e-12, "{stricter:?}");
    assert!(stricter.value < counted(&both).value);

    let second = both.sensitivity.people_by_second.measured().unwrap();
    assert_eq!(mean(&second.first_per_frame), counted(&both));
    let other = counted(&observed(&clip, yolox.clone(), None, 2));
    let beside = mean(&second.second_per_frame);
    assert!((other.value - beside.value).abs() < 1e-12, "{other:?} {beside:?}");
    let difference = mean(&second.difference);
    assert!((difference.value - (other.value - counted(&both).value)).abs() < 1e-9);
    let count = |cell: &Cell<u64>| *cell.shown().unwrap();
    let share = |cell: &Option<Cell<Estimate>>| mean(cell.as_ref().unwrap());
    let matched = count(&second.both_boxes) as f64;
    let (ours, theirs) = (share(&second.first_matched), share(&second.second_matched));
    assert!((ours.value - matched / count(&second.first_boxes) as f64).abs() < 1e-12);
    assert!((theirs.value - matched / count(&second.second_boxes) as f64).abs() < 1e-12);
    // Both find people on this clip: far from no agreement, and not the same program twice.
    assert!(ours.value > 0.4 && ours.value < 0.99, "{ours:?}");
    assert!(theirs.value > 0.4 && theirs.value < 0.99, "{theirs:?}");
    measured(&format!(
        "PETS, {} frames: {:.2} people by ssdlite, {:.2} by yolox-nano, difference {:.2} ({:.2} to {:.2}); {:.0} % and {:.0} % of \
         boxes in common",
        second.frames,
        counted(&both).value,
        beside.value,
        difference.value,
        difference.interval.low,
        difference.interval.high,
        100.0 * ours.value,
        100.0 * theirs.value
    ));
}

#[test]
fn joined_boxes_count_and_the_two_are_compared_by_what_each_drew_before() {
    let test = "joined_boxes_count_and_the_two_are_compared_by_what_each_drew_before";
    let Some((clip, [ssdlite, yolox])) = material() else {
        skipped(
            test,
            "needs VSA_AUDIT_TEST_FRAMES, ssdlite-pedestrian.pb and yolox_nano.onnx",
        );
        return;
    };
    let apart = observed(&clip, ssdlite.clone(), Some(yolox.clone()), 2);
    let joined = |jobs, fusion| {
        let (first, second) = (ssdlite.clone(), Some(yolox.clone()));
        observed_with(&clip, first, second, jobs, Some(fusion))
    };
    let usual = joined(1, WrittenFusion::default());
    let again = joined(3, WrittenFusion::default());
    assert_eq!(
        json::to_bytes(&usual).unwrap(),
        json::to_bytes(&again).unwrap(),
        "the number of threads does not matter"
    );
    let subjects: Vec<&str> = usual.models.iter().map(|model| model.subject.as_str()).collect();
    assert_eq!(subjects, ["person", "fused_person"]);
    let [facts] = &usual.plan.fusions[..] else {
        panic!("{:?}", usual.plan.fusions);
    };
    assert_eq!(facts.models, ["ssdlite", "yolox-nano"]);
    assert_eq!(usual.counted_from("person"), Some(facts.score_threshold));
    assert_eq!(apart.counted_from("person"), Some(0.3));
    // Other counts than either has, and between none and all of both.
    let (alone, both) = (counted(&apart).value, counted(&usual).value);
    assert!((both - alone).abs() > 0.05, "{both} {alone}");
    let sweep = usual.sensitivity.people_by_threshold.measured().unwrap();
    assert_eq!(sweep.model, "ssdlite + yolox-nano");
    let own = sweep
        .rungs
        .iter()
        .find(|rung| (rung.threshold - facts.score_threshold).abs() < 1e-9)
        .unwrap();
    assert_eq!(mean(&own.per_frame), counted(&usual), "the threshold in use");
    // What is compared is the same as without joining.
    let [before, after] = [&apart, &usual].map(|it| it.sensitivity.people_by_second.measured().unwrap());
    for cell in [
        |second: &SecondDetector| second.first_boxes.clone(),
        |second: &SecondDetector| second.second_boxes.clone(),
        |second: &SecondDetector| second.both_boxes.clone(),
    ] {
        assert_eq!(cell(before).shown(), cell(after).shown());
    }
    let values = |second: &SecondDetector| {
        let cells = [
            &second.first_per_frame,
            &second.second_per_frame,
            &second.difference,
        ];
        cells.map(|cell| mean(cell).value)
    };
    assert_eq!(values(before), values(after));
    assert_eq!((&*after.first, after.first_threshold), ("ssdlite", 0.3));
    // The stricter the joined boxes are counted, the fewer they are.
    let strict = joined(
        2,
        WrittenFusion {
            score_threshold: Some(0.6),
            ..WrittenFusion::default()
        },
    );
    assert!(counted(&strict).value < both);
    measured(&format!(
        "PETS, {} frames: {alone:.2} people by ssdlite, {both:.2} by ssdlite joined with yolox-nano",
        after.frames
    ));
}
