//! What one measure read from the footage: figures and distributions, each number in a cell that knows who stands
//! behind it. Every capability beyond the four that have types of their own has this one shape, so that a new measure
//! needs no new format.
//! Deliberately not here: what the names mean (`report::wording` says it) and how they are computed (`room::measure`).

use super::disclosure::Cell;
use super::estimate::{Estimate, Unit};
use super::measurements::{Bin, Outcome, Quantile};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that the field says a VSA does, or offers to do. Source of the list: the eight events of the French decree
/// 2023-828, and what five public French texts on mass biometric surveillance name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Capability {
    /// Walking speed, running.
    Pace,
    /// Movement against the common direction.
    Direction,
    /// Presence in a zone, crossing of a line.
    Intrusion,
    /// A person on the ground.
    Fall,
    /// Sudden collective movement.
    CrowdMovement,
    /// People per area.
    Density,
    /// An object left behind.
    LeftObject,
    /// Gatherings, distances between people.
    Groups,
    /// Linking two sightings of one person by the body's appearance.
    Reidentification,
    /// Telling faces apart by their embeddings.
    FaceMatching,
    /// Apparent age and gender.
    Attributes,
    /// Apparent emotion.
    Emotion,
    /// Whether a face is covered by a mask.
    Mask,
    /// Being unique by clothing colours and size.
    SinglingOut,
    /// Recognition by the way somebody walks.
    Gait,
    /// Condensing hours into minutes.
    Synopsis,
    /// What it costs to watch many cameras.
    Cost,
    /// Error rates between groups of people.
    GroupParity,
    /// Weapons.
    Weapons,
    /// The start of a fire.
    FireStart,
    /// Begging.
    Begging,
    /// Spraying or writing on walls.
    Tagging,
    /// Voices.
    Voice,
    /// Body temperature.
    Temperature,
}

impl Capability {
    /// All of them, in the order of the report.
    pub const ALL: [Self; 24] = [
        Self::Pace,
        Self::Direction,
        Self::Intrusion,
        Self::Fall,
        Self::CrowdMovement,
        Self::Density,
        Self::LeftObject,
        Self::Groups,
        Self::Reidentification,
        Self::FaceMatching,
        Self::Attributes,
        Self::Emotion,
        Self::Mask,
        Self::SinglingOut,
        Self::Gait,
        Self::Synopsis,
        Self::Cost,
        Self::GroupParity,
        Self::Weapons,
        Self::FireStart,
        Self::Begging,
        Self::Tagging,
        Self::Voice,
        Self::Temperature,
    ];

    /// As it is written everywhere.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pace => "pace",
            Self::Direction => "direction",
            Self::Intrusion => "intrusion",
            Self::Fall => "fall",
            Self::CrowdMovement => "crowd_movement",
            Self::Density => "density",
            Self::LeftObject => "left_object",
            Self::Groups => "groups",
            Self::Reidentification => "reidentification",
            Self::FaceMatching => "face_matching",
            Self::Attributes => "attributes",
            Self::Emotion => "emotion",
            Self::Mask => "mask",
            Self::SinglingOut => "singling_out",
            Self::Gait => "gait",
            Self::Synopsis => "synopsis",
            Self::Cost => "cost",
            Self::GroupParity => "group_parity",
            Self::Weapons => "weapons",
            Self::FireStart => "fire_start",
            Self::Begging => "begging",
            Self::Tagging => "tagging",
            Self::Voice => "voice",
            Self::Temperature => "temperature",
        }
    }
}

/// One row of the record: a capability, measured or not.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CapabilityRow {
    /// Which.
    pub capability: Capability,
    /// What was read, or why nothing was.
    pub outcome: Outcome<Reading>,
}

/// What a measure read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// Single numbers.
    pub figures: Vec<Figure>,
    /// Distributions.
    pub distributions: Vec<Distribution>,
}

impl From<Vec<Figure>> for Reading {
    fn from(figures: Vec<Figure>) -> Self {
        Self {
            figures,
            distributions: Vec::new(),
        }
    }
}

/// One number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What it is.
    pub name: FigureName,
    /// Of which zone, line or attribute, where the measure has several. Zones and lines are named by the user.
    pub of: Option<String>,
    /// The threshold, rank or size that it speaks of, where the name leaves it open.
    pub at: Option<f64>,
    /// The number. None: there is too little for one.
    pub estimate: Option<Cell<Estimate>>,
}

impl Figure {
    /// A figure that stands by its name alone.
    #[must_use]
    pub fn new(name: FigureName, estimate: impl Into<Option<Cell<Estimate>>>) -> Self {
        Self {
            name,
            of: None,
            at: None,
            estimate: estimate.into(),
        }
    }

    /// Of this zone, line or attribute, if of one.
    #[must_use]
    pub fn of(self, of: Option<String>) -> Self {
        Self { of, ..self }
    }

    /// At this threshold, rank or size.
    #[must_use]
    pub fn at(self, at: f64) -> Self {
        Self { at: Some(at), ..self }
    }
}

/// What a figure is. Stable names; units stand in the estimates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FigureName {
    /// Share of people who at some time moved faster than `at` metres per second.
    FasterThanShare,
    /// The same, `at` in heights of the own body per second: the scene is not calibrated.
    FasterThanHeightsShare,
    /// Share of people who moved against the common direction.
    AgainstDirectionShare,
    /// How often somebody began to move against the common direction, per hour.
    CounterFlowRate,
    /// Share of frames with somebody in the zone.
    ZoneOccupiedShare,
    /// Entries into the zone, per hour.
    ZoneEntryRate,
    /// Crossings of the line from its left to its right, per hour.
    LineForwardRate,
    /// Crossings of the line from its right to its left, per hour.
    LineBackwardRate,
    /// Share of people who entered the zone.
    ZoneVisitorShare,
    /// People on the ground after a fall, per hour.
    FallRate,
    /// Sudden collective movements, per hour.
    CrowdMovementRate,
    /// Mean number of people per square metre.
    PeoplePerArea,
    /// Share of frames in which people per square metre exceed `at`.
    DenserThanShare,
    /// New still objects without a person, per hour.
    LeftObjectRate,
    /// Share of people's time within `at` metres of somebody else.
    NearerThanShare,
    /// The same, `at` in body heights: the scene is not calibrated.
    NearerThanHeightsShare,
    /// Share of people who walked or stood in a group.
    InGroupShare,
    /// Gatherings of `at` people or more, per hour.
    GatheringRate,
    /// Share of probes whose nearest other sighting was the same person.
    RankOne,
    /// Error rate at which false matches and false non-matches are as frequent.
    EqualErrorRate,
    /// Mean number of other people that a probe was compared with: the more, the harder.
    GallerySize,
    /// As [`Self::RankOne`], after faces were redacted.
    RankOneRedacted,
    /// As [`Self::EqualErrorRate`], after faces were redacted.
    EqualErrorRateRedacted,
    /// Share of people to whom a system could have assigned a label.
    CoverageShare,
    /// Share of people whose label changed within one track.
    FlipShare,
    /// Share of people who are the only one with their description.
    UniqueShare,
    /// Share of people who share their description with fewer than `at` people, themselves included.
    FewerThanShare,
    /// Share of people seen well enough, and long enough, for recognition by gait.
    GaitUsableShare,
    /// Share of people of whom a network of poses saw both legs often and long enough for recognition by gait.
    GaitPosedShare,
    /// Share of time with nobody in view.
    EmptyShare,
    /// Share of time that a synopsis would keep.
    CondensedShare,
}

/// How a quantity is spread over people, sightings or pairs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Distribution {
    /// Of what.
    pub name: DistributionName,
    /// Of which zone, line or attribute, where the measure has several.
    pub of: Option<String>,
    /// Unit of the bins' edges.
    pub unit: Unit,
    /// How many fell where.
    pub bins: Vec<Bin>,
    /// Its quantiles; none: only the bins are told.
    pub quantiles: Vec<Quantile>,
}

/// What is spread.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DistributionName {
    /// Typical speed of a person.
    Speed,
    /// Direction of a person's way, in degrees clockwise from the right of the picture (or of the ground plane).
    Heading,
    /// Time that a person stayed in a zone.
    ZoneStay,
    /// Number of people in a group.
    GroupSize,
    /// Distance to the nearest other person.
    NearestDistance,
    /// Similarity of two sightings of one person.
    SameSimilarity,
    /// Similarity of sightings of two different people.
    DifferentSimilarity,
    /// Number of people who share a description.
    SetSize,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_capability_has_one_name_and_one_row() {
        for (at, capability) in Capability::ALL.into_iter().enumerate() {
            let written = serde_json::to_value(capability).unwrap();
            assert_eq!(written.as_str(), Some(capability.name()));
            assert!(
                !Capability::ALL[..at].contains(&capability),
                "{capability:?} twice"
            );
        }
    }
}
