//! The whole way with a detector of people that a test makes up: decoder, workers, tracker, measures.

use super::detect::detector::{Detector, LoadedDetector};
use super::run::{Observation, ObserveError, observe_with};
use super::test_data;
use super::watcher::Unwatched;
use crate::detect::scripted;
use std::num::NonZeroUsize;
use std::path::Path;
use std::sync::Arc;
use vsa_base::environment::Environment;
use vsa_engine::EngineError;
use vsa_plan::{Plan, Subject};
use vsa_record::facts::{EngineFacts, ModelFacts};

type Made = Result<Box<dyn Detector>, EngineError>;

struct Scripted<F> {
    name: &'static str,
    worker: F,
}

impl<F: Fn() -> Made + Send + Sync> LoadedDetector for Scripted<F> {
    fn worker(&self) -> Made {
        (self.worker)()
    }

    fn facts(&self) -> ModelFacts {
        test_data::scripted_model(self.name, Subject::Person, 1)
    }

    fn score_threshold(&self) -> f32 {
        0.5
    }

    fn engine(&self) -> EngineFacts {
        scripted::facts()
    }
}

/// A plan for a folder of pictures, in their order.
pub(crate) fn pictures(label: &str, folder: &Path, per_second: f64) -> Plan {
    let written = test_data::written(label, folder, Some(per_second));
    written.check(test_data::means()).unwrap()
}

/// Runs `plan` with the model `name`, whose detectors `worker` makes.
pub(crate) fn run(
    plan: &Plan,
    name: &'static str,
    jobs: usize,
    worker: impl Fn() -> Made + Send + Sync + 'static,
) -> Result<Observation, ObserveError> {
    let model: Arc<dyn LoadedDetector> = Arc::new(Scripted { name, worker });
    let environment = Environment::new(NonZeroUsize::new(jobs));
    observe_with(
        plan,
        vec![(Subject::Person, model)],
        &[],
        &environment,
        &mut Unwatched,
    )
}
