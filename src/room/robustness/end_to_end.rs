//! The whole way with a detector that looks at pixels: bright blocks on dark ground walk in lanes of their own, and what
//! every corruption does to finding them is known beforehand.

use crate::detect::detection::Detection;
use crate::detect::detector::Detector;
use crate::detect::overlap::Rect;
use crate::footage::frame::Frame;
use crate::{scripted_run, test_data};
use std::path::Path;
use vsa_engine::EngineError;
use vsa_plan::WrittenPlan;
use vsa_record::disclosure::DataBasis;
use vsa_record::robustness::{ComparedQuantity, Corruption, Perturbation, RobustnessRow};
use vsa_record::{Record, json};

const LANES: u32 = 14;
const LANE: u32 = 40;
const WIDTH: u32 = 200;
const FRAMES: u32 = 50;

/// Blocks are this bright, and found where the mean of a column of them is brighter than the limit.
const BLOCK: u8 = 220;
const GROUND: u8 = 30;
const LIMIT: u32 = 130;

/// In each lane, the stretch of columns that are bright between the lane's 5th and 35th line.
struct Bright;

impl Detector for Bright {
    fn detect(&mut self, frame: &Frame<'_>, out: &mut Vec<Detection>) -> Result<(), EngineError> {
        for lane in 0..LANES {
            let top = lane * LANE + 5;
            let is_bright = |x: &u32| {
                let column = (top..top + 30).map(|y| u32::from(frame.rgb[(3 * (y * WIDTH + x)) as usize]));
                column.sum::<u32>() > 30 * LIMIT
            };
            let bright: Vec<u32> = (0..WIDTH).filter(is_bright).collect();
            if let (Some(first), Some(last)) = (bright.first(), bright.last()) {
                out.push(Detection {
                    rect: Rect {
                        left: *first as f32,
                        top: top as f32,
                        right: (last + 1) as f32,
                        bottom: (top + 30) as f32,
                    },
                    score: 0.9,
                    landmarks: None,
                    quality: None,
                });
            }
        }
        Ok(())
    }
}

/// `lanes` blocks that walk 2 pixels a frame.
fn footage(folder: &Path, lanes: u32) {
    for frame in 0..FRAMES {
        let picture = image::RgbImage::from_fn(WIDTH, LANES * LANE, |x, y| {
            let (lane, line) = (y / LANE, y % LANE);
            let left = 10 + 2 * frame + 3 * lane;
            let inside = lane < lanes && (5..35).contains(&line) && (left..left + 12).contains(&x);
            image::Rgb([if inside { BLOCK } else { GROUND }; 3])
        });
        picture.save(folder.join(format!("{frame:03}.bmp"))).unwrap();
    }
}

fn observed(lanes: u32, perturbations: &[(Corruption, u8)], basis: DataBasis, jobs: usize) -> Record {
    let folder = tempfile::tempdir().unwrap();
    footage(folder.path(), lanes);
    let written = WrittenPlan {
        data_basis: Some(basis),
        ..test_data::written("item-1", folder.path(), Some(10.0))
    };
    let perturbations = perturbations
        .iter()
        .map(|&(corruption, severity)| Perturbation { corruption, severity })
        .collect();
    let plan = written.check(test_data::means()).unwrap();
    let plan = plan.degraded_by(perturbations).unwrap();
    scripted_run::run(&plan, "bright", jobs, || Ok(Box::new(Bright)))
        .unwrap()
        .record
}

fn row(record: &Record, corruption: Corruption, of: ComparedQuantity) -> &RobustnessRow {
    let mut rows = record.robustness.iter();
    rows.find(|row| row.perturbation.corruption == corruption && row.of == of)
        .unwrap()
}

fn ratio(record: &Record, corruption: Corruption, of: ComparedQuantity) -> f64 {
    let row = row(record, corruption, of);
    row.ratio.as_ref().unwrap().shown().unwrap().value
}

#[test]
fn what_each_corruption_does_to_finding_is_told_against_the_clean_run() {
    let at_three: Vec<_> = Corruption::ALL.map(|corruption| (corruption, 3)).into();
    let record = observed(LANES, &at_three, DataBasis::Public, 2);
    let clean = observed(LANES, &[], DataBasis::Public, 2);
    assert!(clean.robustness.is_empty());
    assert!(
        clean.measurements == record.measurements,
        "the clean run does not know of the degraded ones"
    );
    let again = |corruption| ratio(&record, corruption, ComparedQuantity::PeopleFoundAgain);
    let per_frame = |corruption| ratio(&record, corruption, ComparedQuantity::PeoplePerFrame);
    // 220 with 0.3 of the light is 66: below the limit everywhere.
    assert!(again(Corruption::LowLight).abs() < 1e-12 && per_frame(Corruption::LowLight).abs() < 1e-12);
    // Lost frames: the others are as they were.
    assert!((again(Corruption::FrameDrop) - 1.0).abs() < 1e-12);
    assert!((per_frame(Corruption::FrameDrop) - 1.0).abs() < 1e-12);
    // Artefacts of the JPEG and blocks of two pixels stay on the right side of the limit, give or take an edge.
    assert!((again(Corruption::Compression) - 1.0).abs() < 1e-12);
    assert!((again(Corruption::Resolution) - 1.0).abs() < 1e-12);
    // 30 pixels' mean of noise of 46 grey levels: 8; the block is 90 above the limit, the ground 100 below it.
    assert!((again(Corruption::Noise) - 1.0).abs() < 1e-12);
    for row in &record.robustness {
        let clean = row.clean.as_ref().map(|cell| cell.shown().unwrap().value);
        let degraded = row.degraded.as_ref().map(|cell| cell.shown().unwrap().value);
        if let (Some(clean), Some(degraded), Some(ratio)) = (clean, degraded, &row.ratio) {
            let ratio = ratio.shown().unwrap();
            assert!((ratio.value - degraded / clean).abs() < 1e-12, "{row:?}");
            assert!(ratio.interval.low <= ratio.value && ratio.value <= ratio.interval.high);
        }
    }
}

#[test]
fn severity_0_is_the_clean_run_again() {
    let record = observed(
        LANES,
        &[(Corruption::Fog, 0), (Corruption::FrameDrop, 0)],
        DataBasis::Public,
        2,
    );
    assert!(record.robustness.len() > 10, "{}", record.robustness.len());
    for row in &record.robustness {
        assert!(row.clean == row.degraded, "{row:?}");
    }
    assert!((ratio(&record, Corruption::Fog, ComparedQuantity::PeopleFoundAgain) - 1.0).abs() < 1e-12);
}

#[test]
fn one_and_many_threads_degrade_to_the_same_bytes() {
    let perturbations = [
        (Corruption::Noise, 2),
        (Corruption::Rain, 4),
        (Corruption::FrameDrop, 3),
        (Corruption::Fog, 1),
    ];
    let [one, many] = [1, 6]
        .map(|jobs| json::to_bytes(&observed(LANES, &perturbations, DataBasis::Undeclared, jobs)).unwrap());
    assert!(one == many, "the number of threads changed a byte");
}

#[test]
fn under_the_strict_rule_fourteen_people_are_compared_with_nobody_and_nine_are_not_spoken_of() {
    let shown = |lanes| {
        let record = observed(lanes, &[(Corruption::LowLight, 3)], DataBasis::Undeclared, 2);
        let row = row(&record, Corruption::LowLight, ComparedQuantity::PeoplePerFrame).clone();
        [
            row.clean.unwrap().shown().is_some(),
            row.degraded.unwrap().shown().is_some(),
        ]
    };
    assert_eq!(shown(14), [true, true]);
    assert_eq!(
        shown(9),
        [false, false],
        "nobody at all in the dark would tell that the others were few"
    );
}
