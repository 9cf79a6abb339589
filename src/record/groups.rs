//! One share, group by group: how often people of each group are found (or classified rightly), and how far the groups lie
//! apart. In: counts. Out: cells with intervals, differences, tests, confounders. Deliberately not here: who is in which
//! group; and what would be fair, which is not for a number to say.

use super::disclosure::{Cell, DisclosurePolicy};
use super::estimate::Estimate;
use super::facts::ToolFacts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of this format.
pub const SCHEMA: &str = "vsa-audit/groups/1";

/// Group scores of a table of outcomes, as a file of their own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupScores {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The program that scored.
    pub tool: ToolFacts,
    /// SHA-256 of the table.
    pub sha256: String,
    /// Rows that were left out because they were wrong.
    pub rows_skipped: u64,
    /// The rule by which cells were withheld.
    pub disclosure: DisclosurePolicy,
    /// One table for each way of grouping.
    pub tables: Vec<GroupTable>,
}

crate::passport!(GroupScores);

crate::named! {
    /// What the share of a group is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
    pub enum GroupMeasure {
        /// Labels that were found, of all labels of the group (true positive rate; in the words of ISO/IEC 19795-10, one minus
        /// the group's failure to acquire).
        Recall = "recall",
        /// Cases that were classified rightly.
        Accuracy = "accuracy",
        /// Hits among cases, as the table counts them.
        HitRate = "hit_rate",
    }
}

/// One way of grouping: by one attribute, or by several crossed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupTable {
    /// What the share is.
    pub measure: GroupMeasure,
    /// The attributes; several: their combinations (intersectional).
    pub by: Vec<String>,
    /// All groups together.
    pub overall: Cell<Estimate>,
    /// The groups, in the order of their names.
    pub groups: Vec<GroupCell>,
    /// Cases whose group is not known.
    pub unknown: Cell<u64>,
    /// The greatest share less the smallest. None: fewer than two groups may be shown.
    pub difference: Option<Spread>,
    /// The smallest share by the greatest.
    pub ratio: Option<Spread>,
    /// The greatest complement (miss rate; failure to acquire) by the smallest: `best` has the smallest complement.
    pub complement_ratio: Option<Spread>,
    /// Each pair of groups that may be shown; empty where there are more than 16 groups.
    pub pairs: Vec<GroupPair>,
    /// The shares of the groups within strata of each confounder, for data of which no cell is withheld; otherwise empty,
    /// because such cells add up to those of the groups.
    pub strata: Vec<ConfounderTable>,
}

/// The groups' shares where a confounder is much the same: a gap between groups may be a gap in this.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfounderTable {
    /// `height` of the labels in pixels, or the name of an attribute.
    pub confounder: String,
    /// Its strata, from little to much, or in the order of their names.
    pub strata: Vec<Stratum>,
}

/// One stratum of a confounder.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stratum {
    /// What is the same within it, such as `16 to 32` or `extreme`.
    pub label: String,
    /// The groups that are in it.
    pub groups: Vec<GroupInStratum>,
}

/// A group within a stratum.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupInStratum {
    /// Its values, in the order of [`GroupTable::by`].
    pub group: Vec<String>,
    /// The share within the stratum.
    pub share: Cell<Estimate>,
}

/// Average precision of one way of grouping: labels of other groups are neither found nor missed, false positives count for
/// every group, since nobody can say whom they show.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupPrecision {
    /// The attributes; several: their combinations.
    pub by: Vec<String>,
    /// Overlap from which a label is found.
    pub overlap: f64,
    /// All labels, whatever their group.
    pub overall: Cell<Estimate>,
    /// The groups, in the order of their names.
    pub groups: Vec<GroupAverage>,
    /// The greatest less the smallest. None: fewer than two groups may be shown.
    pub difference: Option<Spread>,
    /// The smallest by the greatest.
    pub ratio: Option<Spread>,
}

/// A group's average precision.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupAverage {
    /// Its values, in the order of [`GroupPrecision::by`].
    pub group: Vec<String>,
    /// Average precision at 101 recalls (COCO), mean over classes.
    pub average_precision: Cell<Estimate>,
}

/// One group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupCell {
    /// Its values, in the order of [`GroupTable::by`].
    pub group: Vec<String>,
    /// Cases.
    pub cases: Cell<u64>,
    /// Hits.
    pub hits: Cell<u64>,
    /// The share.
    pub share: Cell<Estimate>,
    /// One minus the share: the miss rate.
    pub complement: Cell<Estimate>,
}

/// How far the best and the worst group lie apart.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// The group with the greatest share.
    pub best: Vec<String>,
    /// The group with the smallest.
    pub worst: Vec<String>,
    /// How far. Its interval is that of these two groups; it does not know that they were chosen for lying apart.
    pub estimate: Estimate,
}

/// Two groups against each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupPair {
    /// The one.
    pub one: Vec<String>,
    /// The other.
    pub other: Vec<String>,
    /// Share of the one less that of the other.
    pub difference: Estimate,
    /// Two-sided p-value of equality (pooled z-test of independent cases). None: nothing to tell apart.
    pub p: Option<f64>,
    /// The same, adjusted for all pairs of the table (Holm).
    pub p_holm: Option<f64>,
    /// Cases that each group would need, so that this difference is found with 80 % probability. None: there is none.
    pub cases_needed: Option<u64>,
    /// The gap with confounders held constant, one by one, where they are known.
    pub at_equal: Vec<AtEqual>,
}

/// A gap with a confounder held constant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AtEqual {
    /// `height` of the labels in pixels, or the name of an attribute.
    pub confounder: String,
    /// Strata in which both groups are.
    pub strata: u64,
    /// Share of the one, standardised to how both groups together are spread over these strata (direct standardisation).
    pub one: f64,
    /// The same of the other.
    pub other: f64,
    /// Difference of the two.
    pub difference: Estimate,
    /// Common odds ratio (Mantel and Haenszel).
    pub odds_ratio: f64,
    /// Lower end of its 95 % interval (Robins, Breslow and Greenland).
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// p-value of no association within any stratum.
    pub p: f64,
}

/// The groups' shares when detections below a score do not count: equity is a property of the threshold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GroupsAtThreshold {
    /// The score from which detections count.
    pub threshold: f64,
    /// One table for each way of grouping.
    pub tables: Vec<GroupTable>,
}
