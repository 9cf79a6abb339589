//! Two loaded detectors of one subject in, one whose boxes are joined out. What each drew by itself stays at hand, for the two to be
//! compared. Deliberately not here: how boxes are joined (`fuse.rs`).

use super::detection::Detection;
use super::detector::{Detector, LoadedDetector};
use super::fuse::Fuser;
use super::load::{CANDIDATE_SCORE, as_written};
use crate::footage::frame::Frame;
use std::sync::Arc;
use vsa_engine::EngineError;
use vsa_plan::Fusion;
use vsa_record::facts::{EngineFacts, ModelFacts};

/// Two models, of which the first leads.
pub(crate) struct FusedModel {
    both: [Arc<dyn LoadedDetector>; 2],
    fusion: Fusion,
}

impl FusedModel {
    pub(crate) fn new(both: [Arc<dyn LoadedDetector>; 2], fusion: Fusion) -> Self {
        Self { both, fusion }
    }
}

impl LoadedDetector for FusedModel {
    fn worker(&self) -> Result<Box<dyn Detector>, EngineError> {
        let [first, second] = &self.both;
        Ok(Box::new(FusedDetector {
            both: [first.worker()?, second.worker()?],
            fuser: Fuser::new(&self.fusion, [first.score_threshold(), second.score_threshold()]),
            drawn: [Vec::new(), Vec::new()],
        }))
    }

    /// Of the first, under both names, with the thresholds of what is joined. The models themselves are told by
    /// [`LoadedDetector::joined`].
    fn facts(&self) -> ModelFacts {
        let [first, second] = &self.both;
        let facts = first.facts();
        ModelFacts {
            name: format!("{} + {}", facts.name, second.facts().name),
            score_threshold: as_written(self.fusion.score_threshold),
            candidate_score: as_written(CANDIDATE_SCORE.min(self.fusion.score_threshold)),
            nms_iou: as_written(self.fusion.overlap),
            ..facts
        }
    }

    fn score_threshold(&self) -> f32 {
        self.fusion.score_threshold
    }

    fn engine(&self) -> EngineFacts {
        self.both[0].engine()
    }

    fn joined(&self) -> Option<&[Arc<dyn LoadedDetector>; 2]> {
        Some(&self.both)
    }
}

/// The two detectors of one worker.
struct FusedDetector {
    both: [Box<dyn Detector>; 2],
    fuser: Fuser,
    /// What each drew in the frame looked at last.
    drawn: [Vec<Detection>; 2],
}

impl Detector for FusedDetector {
    fn detect(&mut self, frame: &Frame<'_>, out: &mut Vec<Detection>) -> Result<(), EngineError> {
        for (detector, drawn) in self.both.iter_mut().zip(&mut self.drawn) {
            drawn.clear();
            detector.detect(frame, drawn)?;
        }
        let begun = out.len();
        self.fuser.fuse([&self.drawn[0], &self.drawn[1]], out);
        let kept = out[begun..].partition_point(|found| found.score >= CANDIDATE_SCORE);
        out.truncate(begun + kept);
        Ok(())
    }

    fn apart(&mut self) -> Option<[Vec<Detection>; 2]> {
        Some(std::mem::take(&mut self.drawn))
    }
}
