//! Networks, sessions of their engines, pre-processing, tiling and suppression put together: the [`Detector`] of a model.

use super::detection::{Detection, Landmarks};
use super::detector::Detector;
use super::family::{Decoder, InputBox};
use super::merge::{Seen, merge};
use super::networks::Networks;
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
    networks: Arc<Networks>,
    /// What it looks with, at each size so far; the one made last is the last.
    looking: Vec<Looking>,
    selection: Selection,
    /// Those of frames of this size; none before the first.
    regions: Vec<Region>,
    frame_size: (u32, u32),
    /// Boxes of one region, in input pixels.
    region_boxes: Vec<InputBox>,
    /// Boxes of several regions, in frame pixels.
    seen: Vec<Seen>,
    /// Boxes of the frame, in its pixels.
    frame_boxes: Vec<InputBox>,
}

/// What it takes to look at one size.
struct Looking {
    size: (u32, u32),
    decoder: Arc<dyn Decoder>,
    session: Box<dyn Session>,
    preprocessor: Preprocessor,
}

/// Where among `looking` is what looks at `region`; made, where it is not there yet.
fn ready_for(region: Region, looking: &mut Vec<Looking>, networks: &Networks) -> Result<usize, EngineError> {
    let size = networks.size_for(region.width, region.height);
    if let Some(place) = looking.iter().position(|one| one.size == size) {
        return Ok(place);
    }
    let network = networks.at(size)?;
    if looking.len() >= networks.most_kept() {
        looking.remove(0);
    }
    looking.push(Looking {
        size,
        decoder: Arc::clone(&network.decoder),
        session: network.engine.session()?,
        preprocessor: Preprocessor::new(network.decoder.contract()),
    });
    Ok(looking.len() - 1)
}

impl ModelDetector {
    pub(crate) fn new(networks: Arc<Networks>, selection: Selection) -> Self {
        Self {
            networks,
            looking: Vec::new(),
            selection,
            regions: Vec::new(),
            frame_size: (0, 0),
            region_boxes: Vec::new(),
            seen: Vec::new(),
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
        self.seen.clear();
        self.frame_boxes.clear();
        if self.frame_size != (frame.width, frame.height) {
            self.frame_size = (frame.width, frame.height);
            self.regions = regions(&tiling, frame.width, frame.height);
        }
        for (at, region) in self.regions.iter().enumerate() {
            let place = ready_for(*region, &mut self.looking, &self.networks)?;
            let Looking {
                decoder,
                session,
                preprocessor,
                ..
            } = &mut self.looking[place];
            let (picture, placement) = preprocessor.prepare(frame, *region)?;
            let outputs = session.run(picture)?;
            self.region_boxes.clear();
            decoder.decode(outputs, score_threshold, &mut self.region_boxes)?;
            suppress(&mut self.region_boxes, nms_iou);
            let boxes = self.region_boxes.drain(..).map(|found| placement.to_frame(found));
            if self.regions.len() == 1 {
                self.frame_boxes.extend(boxes);
            } else {
                let size = self.frame_size;
                self.seen
                    .extend(boxes.map(|found| Seen::new(found, at, *region, size)));
            }
        }
        if self.regions.len() > 1 {
            merge(&mut self.seen, nms_iou, &mut self.frame_boxes);
        }
        out.extend(self.frame_boxes.drain(..).map(|found| Detection {
            rect: found.rect,
            score: found.score,
            landmarks: found.landmarks.map(Landmarks),
            quality: None,
        }));
        Ok(())
    }
}
