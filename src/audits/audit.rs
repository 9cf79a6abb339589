//! What an audit declares about itself, and the macro that makes the table of audits of such declarations. In: rows
//! (`table`). Out: [`Audit`]. Deliberately not here: answers (`finding`).

use super::evidence::Evidence;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_record::Record;
use vsa_record::estimate::Unit;

/// What one audit declares. The answer follows from it: by the interval of the evidence against the threshold.
#[derive(Clone, Copy)]
pub(super) struct Audit {
    pub(super) group: Group,
    /// The one piece of evidence it may see.
    pub(super) evidence: Evidence,
    pub(super) threshold: Threshold,
    pub(super) limits: &'static [Limit],
}

impl Audit {
    /// What the answer to this record cannot tell.
    pub(super) fn limits_for(&self, record: &Record) -> Vec<Limit> {
        let frontal = self.evidence.asks_for_frontal_faces(record);
        let of_faces = |limit: &Limit| match limit {
            Limit::DensityIsNotQuality if frontal => Limit::FrontalIsEstimated,
            other => *other,
        };
        self.limits.iter().map(of_faces).collect()
    }

    /// The threshold of this run: the plan's, where it sets one for the audit of this name.
    pub(super) fn threshold_for(&self, name: &str, record: &Record) -> Threshold {
        match record.plan.thresholds.get(name) {
            Some(&value) => Threshold {
                value,
                source: ThresholdSource::Plan,
                ..self.threshold
            },
            None => self.threshold,
        }
    }
}

/// The table: all that is said of an audit, in one row, and the public name of each from there alone.
macro_rules! audits {
    ($(
        #[doc = $question:literal]
        $(#[doc = $reasons:literal])*
        $id:ident = $name:literal {
            group: $group:ident,
            evidence: $evidence:expr,
            threshold: $threshold:expr,
            limits: [$($limit:ident),+ $(,)?],
        }
    )+) => {
        vsa_record::named! {
            /// The public name of an audit. A test holds the list still.
            #[derive(
                Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord,
                serde::Serialize, serde::Deserialize, schemars::JsonSchema,
            )]
            pub enum AuditId {
                $(
                    #[doc = $question]
                    $(#[doc = $reasons])*
                    // Readers of a schema get the question; the reasons are for readers of this source.
                    #[schemars(description = $question.trim())]
                    $id = $name,
                )+
            }
        }

        impl AuditId {
            /// What it declares.
            pub(super) const fn audit(self) -> $crate::audit::Audit {
                match self {
                    $(Self::$id => $crate::audit::Audit {
                        group: $crate::audit::Group::$group,
                        evidence: $evidence,
                        threshold: $threshold,
                        limits: &[$($crate::audit::Limit::$limit),+],
                    },)+
                }
            }
        }
    };
}
pub(super) use audits;

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
    /// Once a day. A convention of this tool.
    OnceADayConvention,
    /// The plan set it.
    Plan,
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
    /// Only faces that look towards the camera count, as far as five landmarks tell; light, blur and compression are not looked at.
    FrontalIsEstimated,
    /// Whether anybody would in fact be recognised was not tried.
    NobodyWasRecognised,
    /// Two people taken for one, or one for two, change the share.
    TracksAreNotChecked,
    /// Nothing is said about other cameras, or about leaving and coming back.
    OneViewOnly,
    /// Why somebody stays cannot be seen.
    ReasonsAreNotSeen,
    /// What was reported was not checked by anybody: how many of the events are false is not known.
    EventsAreNotChecked,
    /// Sightings were told apart by the tracker, or by being in view at once, not by labels.
    ScoredOnTracks,
    /// Another model would do better, or worse.
    OneModelOnly,
    /// Metres and square metres are as good as the calibration that was given.
    CalibrationIsTheUsers,
    /// How many share a description depends on the crowd of this footage.
    CrowdIsThisFootages,
    /// A label says what a model would have assigned, nothing about the person.
    LabelsAreNotFacts,
    /// A frame that decodes cleanly may still be edited, re-encoded or left out by the recorder.
    IntactIsNotAuthentic,
}
