//! All that may leave the room: facts, counts, histograms, estimates with intervals, caveats.
//! In: what `observe` measured. Out: one [`Record`], which is kept, audited, rendered and sealed.
//! Deliberately not here: boxes, landmarks, embeddings, tracks, pixels, file paths, times of day, host facts.

pub mod bench;
pub mod catalogue;
pub mod caveat;

pub mod comparison;
pub mod curve;
pub mod disclosure;
pub mod drawn;
pub mod estimate;
pub mod facts;
mod finite;
pub mod frontal;
pub mod groups;

pub mod json;
pub mod measurements;
mod named;
pub mod partition;

pub mod quantity;
pub mod reading;

pub mod redacted_still;
pub mod redaction;

pub mod robustness;
pub mod run;
pub mod scene;
mod schema;
pub mod scores;
pub mod sensitivity;
pub mod stills;

pub mod table;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use caveat::Caveat;
pub use disclosure::{Cell, CellState, Disclosable, DisclosurePolicy};
pub use estimate::{Estimate, Interval, SampleSize, Unit};
pub use facts::{EngineFacts, ItemFacts, ModelFacts, PlanFacts, ToolFacts};
pub use measurements::Measurements;

/// The name of this format. Its number rises when records that were written before are no longer read, or when a field changes
/// its meaning: then the old number gets a line in `schema.rs`, so that an old record is refused with the name of the version
/// that reads it.
pub const SCHEMA: &str = "vsa-audit/record/1";

/// One observation of some footage: everything that the audits and the report are made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The program that observed.
    pub tool: ToolFacts,
    /// What was asked for, after validation.
    pub plan: PlanFacts,
    /// The rule by which cells were withheld.
    pub disclosure: DisclosurePolicy,
    /// The footage, item by item, in the order given.
    pub items: Vec<ItemFacts>,
    /// The models that ran.
    pub models: Vec<ModelFacts>,
    /// The engine that ran them.
    pub engine: EngineFacts,
    /// What a VSA could extract.
    pub measurements: Measurements,
    /// How the measurements change when the footage is degraded. Empty: it was not asked for.
    pub robustness: Vec<robustness::RobustnessRow>,
    /// How far the counts hang on a score threshold, and on the detector.
    pub sensitivity: sensitivity::Sensitivity,
    /// How frames were drawn for a wanted precision; none: they were not drawn.
    pub drawn: Option<drawn::DrawnFacts>,
    /// Everything that limits the numbers above.
    pub caveats: Vec<Caveat>,
}

crate::passport!(Record);

impl Record {
    /// From which score on a box of `subject` (`person` or `face`) was counted: of joined boxes, where two detectors were joined.
    /// None: nobody looked for it.
    #[must_use]
    pub fn counted_from(&self, subject: &str) -> Option<f64> {
        let fusion = self.plan.fusions.iter().find(|fusion| fusion.subject == subject);
        let model = || self.models.iter().find(|model| model.subject == subject);
        let of_one = || Some(model()?.score_threshold);
        fusion.map(|fusion| fusion.score_threshold).or_else(of_one)
    }
}
