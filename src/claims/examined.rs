//! The report of claims, as data: each claim with what was tested, and the answer. What may be written and read again.
//! Deliberately not here: how it comes about (see [`examine`](super::examine)), and words (see `report::wording`).

use super::alerts::Totals;
use super::claim::Claim;
use super::decide::{Hypothesis, Monitoring, Strength, Verdict};
use super::evidence::Method;
use super::promises::{Bearing, Notion};
use super::testable::Wording;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_audits::AuditId;
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::facts::ToolFacts;

/// The name of this format. It changes when a field changes its meaning or goes away.
pub const SCHEMA: &str = "vsa-audit/claims/1";

/// All that was found about some claims.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimsReport {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The program that tested.
    pub tool: ToolFacts,
    /// The accepted chance that any verdict is wrong.
    pub error: f64,
    /// How the evidence is looked at.
    pub looks: Monitoring,
    /// The files that went in, with their digests.
    pub inputs: Vec<Input>,
    /// What the alert log came to. None: there was none.
    pub totals: Option<Totals>,
    /// The rule by which cells of the record were withheld.
    pub disclosure: DisclosurePolicy,
    /// Every claim, in the order given.
    pub claims: Vec<Examined>,
}

vsa_record::passport!(ClaimsReport);
vsa_record::from_json!(ClaimsReport);

/// A file that went in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Input {
    /// What it was: `claims`, `record`, `alerts`, `events`, `rules`, `sample`, `labels`, `scores`.
    pub role: String,
    /// SHA-256 of its bytes.
    pub sha256: String,
}

/// One claim, examined.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Examined {
    /// The claim.
    pub claim: Claim,
    /// What its words allow.
    pub wording: Wording,
    /// The answer.
    pub answer: Answer,
    /// What it was held against. None: nothing.
    pub tested: Option<Tested>,
    /// Of a promise: what was measured.
    pub parts: Vec<ExaminedPart>,
}

/// The answer to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "answer", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Answer {
    /// Decided by the evidence.
    Decided {
        /// How.
        verdict: Verdict,
    },
    /// A word is missing: see the wording.
    Untestable,
    /// Testable, but the evidence that it needs was not given.
    NoEvidence {
        /// What it needs.
        needs: Need,
    },
    /// A published share without the number behind it. It would decide with so many and more.
    NoDenominator {
        /// What the share would then do to the claim; none: no number would let it decide.
        would: Option<bool>,
        /// From how many on.
        from: Option<u64>,
    },
    /// The footage would allow what the promise denies: it rests on the vendor's word.
    RestsOnWord,
}

/// Evidence that was not given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// Alerts, events and rules.
    Alerts,
    /// A record, with this number in it.
    Record,
    /// A record of footage on which the capability was measured, with enough people to speak of them.
    Measured,
    /// More of what was given: there was nothing to count.
    MoreOfIt,
    /// More recordings, or a single planned look: no test holds at every look for this evidence.
    SingleLook,
}

/// What kind of evidence it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Basis {
    /// The vendor's alerts, held against events that the auditor wrote down.
    AlertLog,
    /// Moments drawn at random and labelled by the auditor, weighted as they were drawn.
    LabelledSample,
    /// A record that this program made.
    Record,
    /// Scores of detections against labels, by this program.
    Scores,
    /// Counts that somebody else published: not a measurement of this program.
    PublishedCounts,
}

/// What a claim was held against.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Tested {
    /// What kind of evidence.
    pub basis: Basis,
    /// What had to hold.
    pub hypothesis: Hypothesis,
    /// The value.
    pub value: f64,
    /// The lower limit, at the error at which it was tested.
    pub low: f64,
    /// The upper limit.
    pub high: f64,
    /// Hits or events.
    pub count: f64,
    /// Of how many, or in how many camera-hours.
    pub size: f64,
    /// How the limits were made.
    pub method: Method,
    /// The chance of evidence as strong, were the truth on the other side.
    pub strength: Strength,
    /// The errors at which support and refutation were tested, after sharing out.
    pub errors: (f64, f64),
}

/// One measured part of a promise.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExaminedPart {
    /// The notion behind it.
    pub notion: Notion,
    /// The question to the record. None: the alert log was looked at.
    pub audit: Option<AuditId>,
    /// What it can show.
    pub bearing: Bearing,
    /// What it was held against. None: not measured, or withheld.
    pub tested: Option<Tested>,
    /// Of the alert log: different numbers given to single people.
    pub person_numbers: Option<u64>,
}
