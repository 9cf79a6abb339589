//! What one measure read from the footage: figures and distributions, each number in a cell that knows who stands
//! behind it. Every capability beyond the four that have types of their own has this one shape, so that a new measure
//! needs no new format.
//! Deliberately not here: what the names mean (`report::wording` says it) and how they are computed (`room::measure`).

use super::disclosure::Cell;
use super::estimate::{Estimate, Unit};
use super::measurements::{Bin, Missing, Outcome, Quantile};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::named! {
    /// Something that the field says a VSA does, or offers to do. Source of the list: the eight events of the French decree
    /// 2023-828, and what five public French texts on mass biometric surveillance name.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
    pub enum Capability {
        /// Walking speed, running.
        Pace = "pace",
        /// Movement against the common direction.
        Direction = "direction",
        /// Presence in a zone, crossing of a line.
        Intrusion = "intrusion",
        /// A person on the ground.
        Fall = "fall",
        /// Sudden collective movement.
        CrowdMovement = "crowd_movement",
        /// People per area.
        Density = "density",
        /// An object left behind.
        LeftObject = "left_object",
        /// Gatherings, distances between people.
        Groups = "groups",
        /// Linking two sightings of one person by the body's appearance.
        Reidentification = "reidentification",
        /// Telling faces apart by their embeddings.
        FaceMatching = "face_matching",
        /// How good the pictures of faces are.
        FaceQuality = "face_quality",
        /// Apparent age and gender.
        Attributes = "attributes",
        /// Apparent emotion.
        Emotion = "emotion",
        /// Whether a face is covered by a mask.
        Mask = "mask",
        /// Being unique by clothing colours and size.
        SinglingOut = "singling_out",
        /// Recognition by the way somebody walks.
        Gait = "gait",
        /// Condensing hours into minutes.
        Synopsis = "synopsis",
        /// What it costs to watch many cameras.
        Cost = "cost",
        /// Error rates between groups of people.
        GroupParity = "group_parity",
        /// Weapons.
        Weapons = "weapons",
        /// The start of a fire.
        FireStart = "fire_start",
        /// Begging.
        Begging = "begging",
        /// Spraying or writing on walls.
        Tagging = "tagging",
        /// Voices.
        Voice = "voice",
        /// Body temperature.
        Temperature = "temperature",
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

impl Reading {
    /// The first figure of this name, or why there is none: what is asked for in metres was read in heights of a body where the
    /// scene is not calibrated.
    ///
    /// # Errors
    /// [`Missing`].
    pub fn figure(&self, name: FigureName) -> Result<&Figure, Missing> {
        let first = |name: FigureName| self.figures.iter().find(|figure| figure.name == name);
        let why = match name.in_heights().and_then(first) {
            Some(_) => Missing::NoCalibration,
            None => Missing::NotImplementedYet,
        };
        first(name).ok_or(why)
    }
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

crate::named! {
    /// What a figure is. Stable names; units stand in the estimates.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
    pub enum FigureName {
        /// Share of people who at some time moved faster than `at` metres per second.
        FasterThanShare = "faster_than_share",
        /// The same, `at` in heights of the own body per second: the scene is not calibrated.
        FasterThanHeightsShare = "faster_than_heights_share",
        /// Share of people who moved against the common direction.
        AgainstDirectionShare = "against_direction_share",
        /// How often somebody began to move against the common direction, per hour.
        CounterFlowRate = "counter_flow_rate",
        /// Share of frames with somebody in the zone.
        ZoneOccupiedShare = "zone_occupied_share",
        /// Entries into the zone, per hour.
        ZoneEntryRate = "zone_entry_rate",
        /// Crossings of the line from its left to its right, per hour.
        LineForwardRate = "line_forward_rate",
        /// Crossings of the line from its right to its left, per hour.
        LineBackwardRate = "line_backward_rate",
        /// Share of people who entered the zone.
        ZoneVisitorShare = "zone_visitor_share",
        /// People on the ground after a fall, per hour.
        FallRate = "fall_rate",
        /// Sudden collective movements, per hour.
        CrowdMovementRate = "crowd_movement_rate",
        /// Mean number of people per square metre.
        PeoplePerArea = "people_per_area",
        /// Share of frames in which people per square metre exceed `at`.
        DenserThanShare = "denser_than_share",
        /// New still objects without a person, per hour.
        LeftObjectRate = "left_object_rate",
        /// Share of people's time within `at` metres of somebody else.
        NearerThanShare = "nearer_than_share",
        /// The same, `at` in body heights: the scene is not calibrated.
        NearerThanHeightsShare = "nearer_than_heights_share",
        /// Share of people who walked or stood in a group.
        InGroupShare = "in_group_share",
        /// Gatherings of `at` people or more, per hour.
        GatheringRate = "gathering_rate",
        /// Share of probes whose nearest other sighting was the same person.
        RankOne = "rank_one",
        /// Error rate at which false matches and false non-matches are as frequent.
        EqualErrorRate = "equal_error_rate",
        /// Mean number of other people that a probe was compared with: the more, the harder.
        GallerySize = "gallery_size",
        /// Mean inverse negative penalty (mINP): how early the last sighting of the same person comes among all.
        MeanInversePenalty = "mean_inverse_penalty",
        /// As [`Self::RankOne`], of probes whose person was seen `at` seconds before or earlier, and looked for there.
        FoundAgainShare = "found_again_share",
        /// As [`Self::RankOne`], after faces were redacted.
        RankOneRedacted = "rank_one_redacted",
        /// As [`Self::EqualErrorRate`], after faces were redacted.
        EqualErrorRateRedacted = "equal_error_rate_redacted",
        /// Share of faces of which the quality could be told.
        AssessedShare = "assessed_share",
        /// Share of people to whom a system could have assigned a label.
        CoverageShare = "coverage_share",
        /// Share of people whose label changed within one track.
        FlipShare = "flip_share",
        /// Share of people who are the only one with their description.
        UniqueShare = "unique_share",
        /// Share of people who share their description with fewer than `at` people, themselves included.
        FewerThanShare = "fewer_than_share",
        /// Share of people seen well enough, and long enough, for recognition by gait.
        GaitUsableShare = "gait_usable_share",
        /// Share of people of whom a network of poses saw both legs often and long enough for recognition by gait.
        GaitPosedShare = "gait_posed_share",
        /// Share of time with nobody in view.
        EmptyShare = "empty_share",
        /// Share of time that a synopsis would keep.
        CondensedShare = "condensed_share",
    }
}

impl FigureName {
    /// What stands in place of a figure in metres where the scene is not calibrated: the same in heights of a body.
    #[must_use]
    pub const fn in_heights(self) -> Option<Self> {
        match self {
            Self::FasterThanShare => Some(Self::FasterThanHeightsShare),
            Self::NearerThanShare => Some(Self::NearerThanHeightsShare),
            _ => None,
        }
    }

    /// The capabilities that have such a figure.
    #[must_use]
    pub const fn capabilities(self) -> &'static [Capability] {
        match self {
            Self::FasterThanShare | Self::FasterThanHeightsShare => &[Capability::Pace],
            Self::AgainstDirectionShare | Self::CounterFlowRate => &[Capability::Direction],
            Self::ZoneOccupiedShare
            | Self::ZoneEntryRate
            | Self::LineForwardRate
            | Self::LineBackwardRate
            | Self::ZoneVisitorShare => &[Capability::Intrusion],
            Self::FallRate => &[Capability::Fall],
            Self::CrowdMovementRate => &[Capability::CrowdMovement],
            Self::PeoplePerArea | Self::DenserThanShare => &[Capability::Density],
            Self::LeftObjectRate => &[Capability::LeftObject],
            Self::NearerThanShare
            | Self::NearerThanHeightsShare
            | Self::InGroupShare
            | Self::GatheringRate => &[Capability::Groups],
            Self::RankOne
            | Self::EqualErrorRate
            | Self::GallerySize
            | Self::MeanInversePenalty
            | Self::FoundAgainShare => &[Capability::Reidentification, Capability::FaceMatching],
            Self::RankOneRedacted | Self::EqualErrorRateRedacted => &[Capability::Reidentification],
            Self::AssessedShare => &[Capability::FaceQuality],
            Self::CoverageShare | Self::FlipShare => {
                &[Capability::Attributes, Capability::Emotion, Capability::Mask]
            }
            Self::UniqueShare | Self::FewerThanShare => &[Capability::SinglingOut],
            Self::GaitUsableShare | Self::GaitPosedShare => &[Capability::Gait],
            Self::EmptyShare | Self::CondensedShare => &[Capability::Synopsis],
        }
    }
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

crate::named! {
    /// What is spread.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
    pub enum DistributionName {
        /// Typical speed of a person.
        Speed = "speed",
        /// Direction of a person's way, in degrees clockwise from the right of the picture (or of the ground plane).
        Heading = "heading",
        /// Time that a person stayed in a zone.
        ZoneStay = "zone_stay",
        /// Number of people in a group.
        GroupSize = "group_size",
        /// Distance to the nearest other person.
        NearestDistance = "nearest_distance",
        /// Similarity of two sightings of one person.
        SameSimilarity = "same_similarity",
        /// Similarity of sightings of two different people.
        DifferentSimilarity = "different_similarity",
        /// Number of people who share a description.
        SetSize = "set_size",
        /// Quality of a face by the distance between the eyes, as all of these from 0 (worst) to 100 by ISO/IEC 29794-5.
        InterEyeDistanceQuality = "inter_eye_distance_quality",
        /// By the mean of its luminance.
        LuminanceMeanQuality = "luminance_mean_quality",
        /// By the variance of its luminance.
        LuminanceVarianceQuality = "luminance_variance_quality",
        /// By the share of it that is not too dark.
        UnderExposureQuality = "under_exposure_prevention_quality",
        /// By the share of it that is not too light.
        OverExposureQuality = "over_exposure_prevention_quality",
        /// By the entropy of its luminance.
        DynamicRangeQuality = "dynamic_range_quality",
        /// Mean absolute Laplacian of a face in grey levels: one of the features of that standard's sharpness.
        EdgeContrast = "edge_contrast",
    }
}

impl DistributionName {
    /// The capabilities that have such a distribution.
    #[must_use]
    pub const fn capabilities(self) -> &'static [Capability] {
        match self {
            Self::Speed => &[Capability::Pace],
            Self::Heading => &[Capability::Direction],
            Self::ZoneStay => &[Capability::Intrusion],
            Self::GroupSize | Self::NearestDistance => &[Capability::Groups],
            Self::SameSimilarity | Self::DifferentSimilarity => {
                &[Capability::Reidentification, Capability::FaceMatching]
            }
            Self::SetSize => &[Capability::SinglingOut],
            Self::InterEyeDistanceQuality
            | Self::LuminanceMeanQuality
            | Self::LuminanceVarianceQuality
            | Self::UnderExposureQuality
            | Self::OverExposureQuality
            | Self::DynamicRangeQuality
            | Self::EdgeContrast => &[Capability::FaceQuality],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_in_metres_is_missing_for_want_of_a_calibration_where_it_was_read_in_body_heights() {
        let none = None::<Cell<Estimate>>;
        let reading = Reading::from(vec![Figure::new(FigureName::FasterThanHeightsShare, none)]);
        let figure = |name| reading.figure(name);
        assert_eq!(figure(FigureName::FasterThanShare), Err(Missing::NoCalibration));
        assert_eq!(
            figure(FigureName::FasterThanHeightsShare),
            Ok(&reading.figures[0])
        );
        assert_eq!(
            figure(FigureName::NearerThanShare),
            Err(Missing::NotImplementedYet)
        );
    }

    #[test]
    fn what_has_a_twin_in_body_heights_is_named_and_nothing_else_has_one() {
        let twins: Vec<(&str, &str)> = FigureName::ALL
            .into_iter()
            .filter_map(|name| Some((name.name(), name.in_heights()?.name())))
            .collect();
        let wanted = [
            ("faster_than_share", "faster_than_heights_share"),
            ("nearer_than_share", "nearer_than_heights_share"),
        ];
        assert_eq!(twins, wanted);
    }

    #[test]
    fn a_figure_is_told_of_which_part_and_at_which_limit_it_is() {
        let zone = || Some("the gate".to_owned());
        let figure = Figure::new(FigureName::NearerThanShare, None).of(zone()).at(1.5);
        let wanted = Figure {
            name: FigureName::NearerThanShare,
            of: zone(),
            at: Some(1.5),
            estimate: None,
        };
        assert_eq!(figure, wanted);
    }
}
