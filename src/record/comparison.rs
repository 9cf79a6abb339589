//! Two systems on the same labels. In: what was counted of both. Out: their figures side by side, with an interval for the
//! difference that knows that both saw the same pictures. Deliberately not here: which is better to have; only by how much.

use super::disclosure::{Cell, DisclosurePolicy};
use super::estimate::{Estimate, Interval};
use super::facts::ToolFacts;
use super::scores::{Check, FigureName, Heights, ScoreSettings, SideFacts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of this format.
pub const SCHEMA: &str = "vsa-audit/comparison/1";

/// Two systems' detections or tracks, held to the same labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Comparison {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The program that compared.
    pub tool: ToolFacts,
    /// What is the case, as labelled.
    pub truth: SideFacts,
    /// What the one system says.
    pub one: SideFacts,
    /// What the other says.
    pub other: SideFacts,
    /// The rule by which cells were withheld.
    pub disclosure: DisclosurePolicy,
    /// What was asked for.
    pub settings: ScoreSettings,
    /// What was noticed about the one.
    pub checks_of_one: Vec<Check>,
    /// What was noticed about the other.
    pub checks_of_other: Vec<Check>,
    /// Figures that both have.
    pub figures: Vec<ComparedFigure>,
    /// The labels, by who found them.
    pub found: Cell<FoundBy>,
}

crate::passport!(Comparison);

/// One figure of both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ComparedFigure {
    /// What it is.
    pub name: FigureName,
    /// Heights of labels, for figures of a band.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub heights: Option<Heights>,
    /// Of the one.
    pub one: Cell<Estimate>,
    /// Of the other.
    pub other: Cell<Estimate>,
    /// The other's less the one's: both are resampled together.
    pub difference: Cell<Estimate>,
}

/// Labels by which system found them, and McNemar's exact test. It takes labels for independent, which boxes of one picture
/// are not: where pictures hold many, trust the interval of the difference in recall.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FoundBy {
    /// Found by both.
    pub both: u64,
    /// Found by the one alone.
    pub only_one: u64,
    /// Found by the other alone.
    pub only_other: u64,
    /// Found by neither.
    pub neither: u64,
    /// p-value of "each is as likely to find what the other misses" (McNemar 1947, exact, two-sided).
    pub p: f64,
    /// The other's recall less the one's.
    pub recall_difference: f64,
    /// Its interval, from whole pictures, stretches or sequences.
    pub recall_interval: Interval,
}
