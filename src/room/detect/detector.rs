//! The trait that every detector implements: a frame in, its boxes out.

use super::detection::Detection;
use crate::footage::frame::Frame;
use std::sync::Arc;
use vsa_engine::EngineError;
use vsa_record::facts::{EngineFacts, ModelFacts};

/// One detector of one worker. It owns its scratch memory: `detect` takes `&mut self`.
pub(crate) trait Detector: Send {
    /// Appends the detections of `frame` to `out`, best score first, ties broken by position.
    fn detect(&mut self, frame: &Frame<'_>, out: &mut Vec<Detection>) -> Result<(), EngineError>;

    /// Of a detector that joins the boxes of two: what each of them drew in the frame looked at last, best first. Handed over
    /// once. None: it is one.
    fn apart(&mut self) -> Option<[Vec<Detection>; 2]> {
        None
    }
}

/// A model in memory, shared by all workers.
pub(crate) trait LoadedDetector: Send + Sync {
    /// A detector of its own for one worker thread.
    fn worker(&self) -> Result<Box<dyn Detector>, EngineError>;
    /// The model as the record names it.
    fn facts(&self) -> ModelFacts;
    /// From which score on a detection counts.
    fn score_threshold(&self) -> f32;
    /// The engine that runs it.
    fn engine(&self) -> EngineFacts;
    /// The two whose boxes it joins, the one that leads first; none: it is one.
    fn joined(&self) -> Option<&[Arc<dyn LoadedDetector>; 2]> {
        None
    }
}
