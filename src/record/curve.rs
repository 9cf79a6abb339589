//! Curves of scores: points along a threshold. Part of [`Scores`](super::scores::Scores).

use super::disclosure::Cell;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::named! {
    /// What a curve shows.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
    pub enum CurveName {
        /// Precision (upright) by recall, at the overlap of the settings: the envelope at 101 points, as COCO draws it.
        PrecisionByRecall = "precision_by_recall",
        /// Miss rate (upright) by false positives per picture.
        MissRateByFalsePositives = "miss_rate_by_false_positives",
        /// HOTA (upright) by overlap.
        HotaByOverlap = "hota_by_overlap",
        /// Share of right detections (upright) by score: the reliability diagram.
        PrecisionByScore = "precision_by_score",
        /// Share of labels found (upright) by their height in pixels.
        RecallByHeight = "recall_by_height",
        /// Share of labels found (upright) by their distance, as the labels' attribute `distance` gives it.
        RecallByDistance = "recall_by_distance",
        /// FDDB: share of labels found (upright) by false positives in all, where an overlap above one half finds.
        FddbDiscrete = "fddb_discrete",
        /// FDDB: sum of overlaps by labels (upright) by false positives in all.
        FddbContinuous = "fddb_continuous",
    }
}

/// A curve.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Curve {
    /// What it shows.
    pub name: CurveName,
    /// Its points, or the reason why it is withheld.
    pub points: Cell<Vec<CurvePoint>>,
}

/// A point of a curve.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CurvePoint {
    /// Along the level axis.
    pub x: f64,
    /// Along the upright axis.
    pub y: f64,
    /// Lower end of the pointwise 95 % interval of `y`, where one was made.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub low: Option<f64>,
    /// Its upper end.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub high: Option<f64>,
}
