//! Workers make their sessions themselves, side by side: one that cannot must end the run with its reason, while others are
//! in the middle of theirs.

use super::EngineError;
use super::detect::detection::Detection;
use super::detect::detector::{Detector, LoadedDetector};
use super::detect::engine::scripted;
use super::door::{ObserveError, observe_with};
use super::footage::frame::Frame;
use super::plan::{EngineChoice, Family, FootageItem, Plan, Subject, Tiling, VideoDecoder};
use super::test_data;
use super::watcher::Unwatched;
use crate::environment::Environment;
use crate::record::disclosure::{DataBasis, DisclosurePolicy};
use crate::record::facts::{EngineFacts, ModelFacts};
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};

/// Finds nobody, and takes so long over the first frame that every other worker has one too.
struct Nobody(Option<Arc<Barrier>>);

impl Detector for Nobody {
    fn detect(&mut self, _: &Frame<'_>, _: &mut Vec<Detection>) -> Result<(), EngineError> {
        if let Some(all) = self.0.take() {
            all.wait();
        }
        Ok(())
    }
}

const WORKERS: usize = 3;

/// Has room for so many workers.
struct Room {
    left: AtomicUsize,
    all: Arc<Barrier>,
}

impl LoadedDetector for Room {
    fn worker(&self) -> Result<Box<dyn Detector>, EngineError> {
        let take = |left: usize| left.checked_sub(1);
        let taken = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take);
        if taken.is_err() {
            self.all.wait();
            return Err(EngineError::Run {
                reason: "no memory for a session".to_owned(),
            });
        }
        Ok(Box::new(Nobody(Some(Arc::clone(&self.all)))))
    }

    fn facts(&self) -> ModelFacts {
        test_data::scripted_model("room", Subject::Person, 1)
    }

    fn score_threshold(&self) -> f32 {
        0.5
    }

    fn engine(&self) -> EngineFacts {
        scripted::facts()
    }
}

#[test]
fn a_worker_that_cannot_be_made_ends_the_run_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..30 {
        let picture = image::RgbImage::new(32, 24);
        picture
            .save(folder.path().join(format!("{number:02}.png")))
            .unwrap();
    }
    let plan = Plan {
        second_detectors: Vec::new(),
        engine: EngineChoice::EMBEDDED,
        scene: super::scene::Scene::default(),
        thresholds: std::collections::BTreeMap::new(),
        footage: vec![FootageItem {
            label: "black".to_owned(),
            path: folder.path().to_owned(),
            sequence_fps: Some(5.0),
        }],
        models: vec![test_data::choice_without_file(Family::Yolox, (1, 1))],
        decoder: VideoDecoder::Ffmpeg("ffmpeg".into()),
        precision: None,
        sample_fps: None,
        person_tiles: Tiling::NONE,
        face_tiles: Tiling::NONE,
        face_stride: 1,
        robustness: Vec::new(),
        disclosure: DisclosurePolicy::new(DataBasis::Public, None, None).unwrap(),
    };
    let run = |room: usize| {
        let model: Arc<dyn LoadedDetector> = Arc::new(Room {
            left: AtomicUsize::new(room),
            all: Arc::new(Barrier::new(WORKERS)),
        });
        let environment = Environment::new(NonZeroUsize::new(WORKERS));
        observe_with(
            &plan,
            vec![(Subject::Person, model)],
            &[],
            &environment,
            &mut Unwatched,
        )
    };
    for room in 0..WORKERS {
        let Err(ObserveError::Engine(EngineError::Run { reason })) = run(room) else {
            panic!("room for {room} of {WORKERS} workers was enough");
        };
        assert_eq!(reason, "no memory for a session");
    }
    assert_eq!(run(WORKERS).unwrap().record.items[0].frames.looked_at, 30);
}
