//! What one audit answered. Data, not sentences: `report::wording` turns it into words.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_record::disclosure::Cell;
use vsa_record::estimate::{Estimate, SampleSize, Unit};
use vsa_record::measurements::Missing;

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
    /// Are people, in one frame of twenty or more, closer together than the density at which crowds become unsafe?
    CrowdsAreDense,
    /// Can the faces of this footage be told apart by an open face-recognition model, with one error in twenty or fewer?
    FacesCanBeToldApart,
    /// Is one person in twenty or more the only one with their clothing colours and size?
    ClothingSinglesPeopleOut,
    /// Is a person's nearest look-alike, most of the time, that same person at another moment?
    PeopleCanBeFoundAgain,
    /// Is a person's nearest look-alike still that same person most of the time, after faces were blacked out?
    PeopleCanBeFoundAgainWithoutFaces,
    /// Are most people seen large enough, and for long enough, for recognition by the way they walk?
    GaitIsUsable,
    /// Does one person in twenty or more move so fast that a running alarm would speak?
    RunningIsObservable,
    /// Is one person in twenty or more seen in a group?
    PeopleAreSeenInGroups,
    /// Does the label that a model assigns change within one track, for one person in twenty or more?
    AttributeLabelsFlip,
    /// Would movement against the common direction be reported once a day or more?
    CounterFlowWouldBeReported,
    /// Would entries into the (first) zone be reported once a day or more?
    ZoneEntriesWouldBeReported,
    /// Would somebody on the ground be reported once a day or more?
    FallsWouldBeReported,
    /// Would a sudden movement of many people be reported once a day or more?
    CrowdMovementsWouldBeReported,
    /// Would an object left behind be reported once a day or more?
    LeftObjectsWouldBeReported,
    /// Are most people found again when the picture is worse?
    PeopleAreFoundInPoorPictures,
    /// Could (nearly) all frames be decoded?
    FootageIsIntact,
}

impl AuditId {
    /// As it is written everywhere.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::SomebodyIsUsuallyInView => "somebody-is-usually-in-view",
            Self::CrowdsAreDense => "crowds-are-dense",
            Self::FacesReachRecognition => "faces-reach-recognition",
            Self::FacesReachIdentification => "faces-reach-identification",
            Self::BodiesReachObservation => "bodies-reach-observation",
            Self::EveryoneUnrecognisable => "everyone-unrecognisable",
            Self::FacesCanBeToldApart => "faces-can-be-told-apart",
            Self::ClothingSinglesPeopleOut => "clothing-singles-people-out",
            Self::PeopleCanBeFollowedThroughTheView => "people-can-be-followed-through-the-view",
            Self::PeopleCanBeFoundAgain => "people-can-be-found-again",
            Self::PeopleCanBeFoundAgainWithoutFaces => "people-can-be-found-again-without-faces",
            Self::GaitIsUsable => "gait-is-usable",
            Self::LoiteringIsObservable => "loitering-is-observable",
            Self::RunningIsObservable => "running-is-observable",
            Self::PeopleAreSeenInGroups => "people-are-seen-in-groups",
            Self::AttributeLabelsFlip => "attribute-labels-flip",
            Self::LeftObjectsWouldBeReported => "left-objects-would-be-reported",
            Self::CounterFlowWouldBeReported => "counter-flow-would-be-reported",
            Self::ZoneEntriesWouldBeReported => "zone-entries-would-be-reported",
            Self::FallsWouldBeReported => "falls-would-be-reported",
            Self::CrowdMovementsWouldBeReported => "crowd-movements-would-be-reported",
            Self::PeopleAreFoundInPoorPictures => "people-are-found-in-poor-pictures",
            Self::FootageIsIntact => "footage-is-intact",
        }
    }
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
