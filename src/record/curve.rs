//! Curves of scores: points along a threshold. Part of [`Scores`](super::scores::Scores).

use super::disclosure::Cell;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a curve shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CurveName {
    /// Precision (upright) by recall, at the overlap of the settings: the envelope at 101 points, as COCO draws it.
    PrecisionByRecall,
    /// Miss rate (upright) by false positives per picture.
    MissRateByFalsePositives,
    /// HOTA (upright) by overlap.
    HotaByOverlap,
    /// Share of right detections (upright) by score: the reliability diagram.
    PrecisionByScore,
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
