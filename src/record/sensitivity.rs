//! How far the counts hang on one setting or on one program: the same frames counted at other score thresholds, and by a
//! second detector. In: what `observe` counted. Deliberately not here: boxes and scores, and which of two programs is right:
//! without labels nobody can tell.

use super::disclosure::Cell;
use super::estimate::Estimate;
use super::measurements::Outcome;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What was tried on the detectors.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sensitivity {
    /// People per frame at other score thresholds of the person model.
    pub people_by_threshold: Outcome<ScoreSweep>,
    /// Faces per frame at other score thresholds of the face model.
    pub faces_by_threshold: Outcome<ScoreSweep>,
    /// The person model beside a second one.
    pub people_by_second: Outcome<SecondDetector>,
    /// The face model beside a second one.
    pub faces_by_second: Outcome<SecondDetector>,
}

/// One detector's count at a ladder of score thresholds, over the same frames.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreSweep {
    /// The model.
    pub model: String,
    /// The threshold by which everything else in the record was counted.
    pub own: f64,
    /// Boxes with a lower score were dropped before they could be counted: of lower thresholds nothing is known.
    pub cut_off: f64,
    /// Frames behind every count.
    pub frames: u64,
    /// From the lowest threshold to the highest; `own` is one of them.
    pub rungs: Vec<Rung>,
}

/// The count at one threshold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rung {
    /// Boxes with this score or a higher one count.
    pub threshold: f64,
    /// Mean number in a frame.
    pub per_frame: Cell<Estimate>,
}

/// Two detectors over the same frames. Agreement between programs is not truth: both may err alike.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SecondDetector {
    /// The model by which everything else in the record was counted.
    pub first: String,
    /// The other.
    pub second: String,
    /// Score threshold of the first.
    pub first_threshold: f64,
    /// Score threshold of the second: its own.
    pub second_threshold: f64,
    /// From this overlap (intersection over union) on, a box of each counts as the same.
    pub overlap: f64,
    /// Frames that both looked at: every one that the first looked at.
    pub frames: u64,
    /// Mean number in a frame by the first.
    pub first_per_frame: Cell<Estimate>,
    /// Mean number in a frame by the second.
    pub second_per_frame: Cell<Estimate>,
    /// Second less first, frame by frame.
    pub difference: Cell<Estimate>,
    /// Boxes of the first.
    pub first_boxes: Cell<u64>,
    /// Boxes of the second.
    pub second_boxes: Cell<u64>,
    /// Boxes that both drew.
    pub both_boxes: Cell<u64>,
    /// Share of the first's boxes that the second drew too. None: the first drew none.
    pub first_matched: Option<Cell<Estimate>>,
    /// Share of the second's boxes that the first drew too. None: the second drew none.
    pub second_matched: Option<Cell<Estimate>>,
}
