//! What one audit answered. Data, not sentences: `report::wording` turns it into words.

use super::audit::{Group, Limit, Threshold};
use super::table::AuditId;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_record::disclosure::Cell;
use vsa_record::estimate::{Estimate, SampleSize};
use vsa_record::measurements::Missing;

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "answer", rename_all = "snake_case", deny_unknown_fields)]
pub enum Verdict {
    /// The whole interval is on the right side of the threshold.
    Meets,
    /// The whole interval is on the wrong side of the threshold.
    FallsShort,
    /// The threshold lies within the interval.
    Inconclusive {
        /// The sample size at which the interval around the same value would clear the threshold. None: no sample
        /// would settle it, because the value lies on the threshold.
        would_settle: Option<SampleSize>,
    },
    /// There is no evidence.
    NotMeasured {
        /// What was missing.
        missing: Missing,
    },
    /// There is evidence, but too few people stand behind it to speak of them.
    Withheld,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    /// Which audit.
    pub id: AuditId,
    /// Which section of the report it belongs to.
    pub group: Group,
    /// The answer.
    pub verdict: Verdict,
    /// What the evidence was held against.
    pub threshold: Threshold,
    /// The evidence, where there is any; withheld where too few people stand behind it.
    pub evidence: Option<Cell<Estimate>>,
    /// What the answer cannot tell.
    pub limits: Vec<Limit>,
}
