//! Workers make their sessions themselves, side by side: one that cannot must end the run with its reason, while others are
//! in the middle of theirs.

use super::detect::detection::Detection;
use super::detect::detector::Detector;
use super::footage::frame::Frame;
use super::run::ObserveError;
use super::scripted_run::{pictures, run};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier};
use vsa_engine::EngineError;

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

#[test]
fn a_worker_that_cannot_be_made_ends_the_run_with_its_reason() {
    let folder = tempfile::tempdir().unwrap();
    for number in 0..30 {
        let picture = image::RgbImage::new(32, 24);
        picture
            .save(folder.path().join(format!("{number:02}.png")))
            .unwrap();
    }
    let plan = pictures("black", folder.path(), 5.0);
    let with_room_for = |workers: usize| {
        let (left, all) = (AtomicUsize::new(workers), Arc::new(Barrier::new(WORKERS)));
        run(&plan, "room", WORKERS, move || {
            let take = |left: usize| left.checked_sub(1);
            if left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
                .is_err()
            {
                all.wait();
                return Err(EngineError::Run {
                    reason: "no memory for a session".to_owned(),
                });
            }
            Ok(Box::new(Nobody(Some(Arc::clone(&all)))))
        })
    };
    for room in 0..WORKERS {
        let Err(ObserveError::Engine(EngineError::Run { reason })) = with_room_for(room) else {
            panic!("room for {room} of {WORKERS} workers was enough");
        };
        assert_eq!(reason, "no memory for a session");
    }
    assert_eq!(
        with_room_for(WORKERS).unwrap().record.items[0].frames.looked_at,
        30
    );
}
