//! A decoder, an engine's session, pre-processing, tiling and suppression put together: the [`Detector`] of a network.

use super::detection::{Detection, Landmarks};
use super::detector::Detector;
use super::family::{Decoder, InputBox};
use super::preprocess::Preprocessor;
use super::suppress::suppress;
use super::tiling::{Region, regions};
use crate::footage::frame::Frame;
use std::sync::Arc;
use vsa_engine::{EngineError, Session};
use vsa_plan::Tiling;

/// What of a model's choice concerns its detections.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Selection {
    pub(crate) score_threshold: f32,
    pub(crate) nms_iou: f32,
    pub(crate) tiling: Tiling,
}

/// The detector of one worker.
pub(crate) struct ModelDetector {
    decoder: Arc<dyn Decoder>,
    session: Box<dyn Session>,
    preprocessor: Preprocessor,
    selection: Selection,
    /// Those of frames of this size; none before the first.
    regions: Vec<Region>,
    frame_size: (u32, u32),
    /// Boxes of one region, in input pixels.
    region_boxes: Vec<InputBox>,
    /// Boxes of all regions, in frame pixels.
    frame_boxes: Vec<InputBox>,
}

impl ModelDetector {
    pub(crate) fn new(decoder: Arc<dyn Decoder>, session: Box<dyn Session>, selection: Selection) -> Self {
        let preprocessor = Preprocessor::new(decoder.contract());
        Self {
            decoder,
            session,
            preprocessor,
            selection,
            regions: Vec::new(),
            frame_size: (0, 0),
            region_boxes: Vec::new(),
            frame_boxes: Vec::new(),
        }
    }
}

impl Detector for ModelDetector {
    fn detect(&mut self, frame: &Frame<'_>, out: &mut Vec<Detection>) -> Result<(), EngineError> {
        let Selection {
            score_threshold,
            nms_iou,
            tiling,
        } = self.selection;
        self.frame_boxes.clear();
        if self.frame_size != (frame.width, frame.height) {
            self.frame_size = (frame.width, frame.height);
            self.regions = regions(&tiling, frame.width, frame.height);
        }
        for region in &self.regions {
            let (picture, placement) = self.preprocessor.prepare(frame, *region)?;
            let outputs = self.session.run(picture)?;
            self.region_boxes.clear();
            self.decoder
                .decode(outputs, score_threshold, &mut self.region_boxes)?;
            suppress(&mut self.region_boxes, nms_iou);
            self.frame_boxes
                .extend(self.region_boxes.drain(..).map(|found| placement.to_frame(found)));
        }
        if self.regions.len() > 1 {
            suppress(&mut self.frame_boxes, nms_iou);
        }
        out.extend(self.frame_boxes.drain(..).map(|found| Detection {
            rect: found.rect,
            score: found.score,
            landmarks: found.landmarks.map(Landmarks),
        }));
        Ok(())
    }
}
