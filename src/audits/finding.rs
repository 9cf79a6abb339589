//! What one audit answered. Data, not sentences: `report::wording` turns it into words.

use crate::record::disclosure::Cell;
use crate::record::estimate::{Estimate, SampleSize, Unit};
use crate::record::measurements::Missing;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The public name of an audit. A test holds the list still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AuditId {
    /// Is somebody in view most of the time?
    SomebodyIsUsuallyInView,
    /// Do most faces reach the pixel density for recognition?
    FacesReachRecognition,
    /// Do most faces reach the pixel density for identification?
    FacesReachIdentification,
    /// Do most bodies reach the pixel density for observation?
    BodiesReachObservation,
    /// Is (nearly) everybody too small in the picture to be recognised?
    EveryoneUnrecognisable,
    /// Can most people be followed from where they enter to where they leave?
    PeopleCanBeFollowedThroughTheView,
    /// Do enough people stay so long that a loitering alarm would speak?
    LoiteringIsObservable,
    /// Could (nearly) all frames be decoded?
    FootageIsIntact,
}

/// What a group of audits is about; the sections of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Who is seen at all.
    Seen,
    /// Who could be recognised.
    Recognisable,
    /// Who could be followed.
    Followed,
    /// Whose behaviour could be judged.
    Judged,
    /// Whether the evidence carries the answers.
    Reliable,
}

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

/// On which side of the threshold the claim holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The claim holds at or above it.
    AtLeast,
    /// The claim holds at or below it.
    AtMost,
}

/// Where a threshold comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ThresholdSource {
    /// "Most": more than half. A convention of this tool.
    MajorityConvention,
    /// "Nearly all" or "nearly nobody": one in twenty. A convention of this tool.
    OneInTwentyConvention,
    /// One in a hundred. A convention of this tool.
    OneInHundredConvention,
}

/// What the evidence was held against.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Threshold {
    /// The value.
    pub value: f64,
    /// Its unit: that of the evidence.
    pub unit: Unit,
    /// On which side the claim holds.
    pub side: Side,
    /// Where the value comes from.
    pub source: ThresholdSource,
}

/// What an audit cannot tell. The limit of a statement stands beside the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Limit {
    /// People whom the detector missed are not counted.
    MissedPeopleAreNotCounted,
    /// Faces that the detector missed, and people who never showed their face, are not counted.
    MissedFacesAreNotCounted,
    /// Pixel density is estimated from assumed sizes of faces and bodies.
    SizesAreAssumed,
    /// Pixel density is necessary, not sufficient: light, blur, compression and pose are not looked at.
    DensityIsNotQuality,
    /// Whether anybody would in fact be recognised was not tried.
    NobodyWasRecognised,
    /// Two people taken for one, or one for two, change the share.
    TracksAreNotChecked,
    /// Nothing is said about other cameras, or about leaving and coming back.
    OneViewOnly,
    /// Why somebody stays cannot be seen.
    ReasonsAreNotSeen,
    /// A frame that decodes cleanly may still be edited, re-encoded or left out by the recorder.
    IntactIsNotAuthentic,
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
