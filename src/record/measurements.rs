//! What a VSA could extract from the footage: one entry per capability, measured or `NotMeasured` with the reason.

use super::disclosure::Cell;
use super::estimate::Estimate;
use super::frontal::FrontalFaces;
use super::reading::{Capability, CapabilityRow, Reading};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A measurement, or why there is none. Absence is never a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
pub enum Outcome<T> {
    /// Measured.
    Measured(T),
    /// Not measured.
    NotMeasured {
        /// What was missing.
        missing: Missing,
    },
}

impl<T> Outcome<T> {
    /// The measurement, where there is one.
    #[must_use]
    pub fn measured(&self) -> Option<&T> {
        self.found().ok()
    }

    /// The measurement, or what was missing for it.
    ///
    /// # Errors
    /// [`Missing`].
    pub fn found(&self) -> Result<&T, Missing> {
        match self {
            Self::Measured(value) => Ok(value),
            Self::NotMeasured { missing } => Err(*missing),
        }
    }
}

impl<T> From<Result<T, Missing>> for Outcome<T> {
    fn from(found: Result<T, Missing>) -> Self {
        match found {
            Ok(value) => Self::Measured(value),
            Err(missing) => Self::NotMeasured { missing },
        }
    }
}

/// What was missing for a measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// No frame could be decoded.
    NoFrames,
    /// The plan named no person model.
    NoPersonModel,
    /// The plan named no face model.
    NoFaceModel,
    /// Images without an order in time: nobody can be followed.
    NoSequence,
    /// No person (or face) was found, so nothing can be said about people.
    NobodyFound,
    /// This version has no measure for it yet.
    NotImplementedYet,
    /// No open model of known quality is registered for it.
    NoOpenModel,
    /// Footage cannot show it: it is silent, or colour only.
    NotInFootage,
    /// The decoder conceals damage within frames, so that faulty ones cannot be counted.
    DamageNotCounted,
    /// No stay was watched for so long.
    NotWatchedLongEnough,
    /// The frames that were looked at lie too far apart for it.
    TooFewFrames,
    /// The file does not say how many frames it should have.
    NoExpectedCount,
    /// No zone and no line was drawn in the scene.
    NoZones,
    /// The scene is not calibrated: nothing is known about metres on the ground.
    NoCalibration,
    /// It was not said which part of the picture shows ground, and no zone was drawn on it.
    NoGround,
    /// The scene was drawn on pictures of another size.
    SceneDoesNotFit,
    /// No common direction was given, and people have none.
    NoCommonDirection,
    /// No model of the kind was given.
    NoModelGiven,
    /// The face model gives no landmarks, so that it is not known which way a face looks.
    NoLandmarks,
    /// Too few people were seen often enough.
    TooFewTracks,
    /// The run was not asked for it.
    NotAskedFor,
    /// It depends on the machine, and a record does not: the run's own facts tell it.
    DependsOnTheMachine,
    /// Labels are needed: `evaluate` measures it.
    NeedsLabels,
}

/// The measurements.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Measurements {
    /// People per frame, occupancy over time, peak.
    pub presence: Outcome<Presence>,
    /// Faces, their height in pixels, pixel density against the standards' levels.
    pub face_exposure: Outcome<FaceExposure>,
    /// How long and how completely one person can be followed.
    pub followability: Outcome<Followability>,
    /// Time spent in view.
    pub dwell: Outcome<Dwell>,
    /// Every other capability that the field names: measured, or why not. Nothing is left out in silence.
    pub capabilities: Vec<CapabilityRow>,
}

impl Measurements {
    /// Before anything is measured: no frame was seen, and no capability was read for the reason that `why_not` gives.
    #[must_use]
    pub fn none_of(why_not: impl Fn(Capability) -> Missing) -> Self {
        let missing = Missing::NoFrames;
        Self {
            presence: Outcome::NotMeasured { missing },
            face_exposure: Outcome::NotMeasured { missing },
            followability: Outcome::NotMeasured { missing },
            dwell: Outcome::NotMeasured { missing },
            capabilities: Capability::ALL
                .into_iter()
                .map(|capability| CapabilityRow {
                    capability,
                    outcome: Outcome::NotMeasured {
                        missing: why_not(capability),
                    },
                })
                .collect(),
        }
    }

    /// What was read of a capability, or why nothing was.
    #[must_use]
    pub fn capability(&self, capability: Capability) -> Option<&Outcome<Reading>> {
        let row = self
            .capabilities
            .iter()
            .find(|row| row.capability == capability)?;
        Some(&row.outcome)
    }

    /// How many cells were withheld.
    #[must_use]
    pub fn withheld_cells(&self) -> u64 {
        // The written form is the one place that holds every cell, also those of measures that come later.
        serde_json::to_value(self).map_or(0, |value| withheld_in(&value))
    }
}

fn withheld_in(value: &serde_json::Value) -> u64 {
    match value {
        serde_json::Value::Object(fields) => {
            let itself = fields.get("state").is_some_and(|state| state == "withheld");
            u64::from(itself) + fields.values().map(withheld_in).sum::<u64>()
        }
        serde_json::Value::Array(items) => items.iter().map(withheld_in).sum(),
        _ => 0,
    }
}

/// One bin of a histogram: `low <= value < high`; the last bin has no upper end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bin {
    /// Lower end, inclusive.
    pub low: f64,
    /// Upper end, exclusive; none: open.
    pub high: Option<f64>,
    /// How many fell into it.
    pub count: Cell<u64>,
}

/// A quantile of a distribution, with its interval. Values are rounded up to a grid of about 2 %, so that a quantile
/// is never the exact measure of one sighting.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quantile {
    /// Between 0 and 1.
    pub at: f64,
    /// Its value. None: too few were counted for a 95 % interval, or nobody was watched for so long.
    pub estimate: Option<Cell<Estimate>>,
}

/// People in view. Question: how many people could a system count here, and when?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Presence {
    /// Frames in which people were looked for.
    pub frames: u64,
    /// Mean number of people per frame.
    pub people_per_frame: Cell<Estimate>,
    /// Share of frames with at least one person.
    pub occupied_share: Cell<Estimate>,
    /// Most people in one frame.
    pub peak: Cell<u64>,
    /// Distinct people: tracks, after fragments of one person are joined. None: stills only, nobody is followed.
    pub distinct_people: Option<Cell<u64>>,
    /// Frames by number of people in them. Under a rule that withholds, 1 to `min_cell - 1` people are one bin: a
    /// narrower one would give the peak away.
    pub frames_by_people: Vec<Bin>,
    /// Occupancy over time, in coarse bins of equal width (within an item): so wide that nobody, or `min_cell`
    /// people and more, stand behind every one of them. Stills have none.
    pub over_time: Vec<TimeBin>,
    /// Sightings of people in all frames looked at.
    pub sightings: Cell<u64>,
    /// Where in the picture people were seen: one map per item. Stills have none.
    pub places: Vec<PlaceMap>,
}

/// Where in the picture people were seen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlaceMap {
    /// Label of the item.
    pub item: String,
    /// Width of the picture in pixels.
    pub width: u32,
    /// Height of the picture in pixels.
    pub height: u32,
    /// Cells from left to right. Cells are square; the last column and row may reach over the edge.
    pub columns: u32,
    /// Cells from top to bottom.
    pub rows: u32,
    /// How many tracks set foot in each cell, row by row. Counted in full.
    pub visits: Vec<Cell<u64>>,
}

/// Occupancy in one stretch of footage.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TimeBin {
    /// Label of the item.
    pub item: String,
    /// Start, in seconds from the item's first frame.
    pub from_seconds: f64,
    /// End.
    pub to_seconds: f64,
    /// Frames looked at in it.
    pub frames: u64,
    /// Mean people per frame, counted in full over the bin.
    pub people_per_frame: Cell<f64>,
}

/// How large people and faces appear. Question: could a system recognise somebody here?
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FaceExposure {
    /// Frames in which faces were looked for.
    pub frames: u64,
    /// Mean number of faces per frame.
    pub faces_per_frame: Cell<Estimate>,
    /// Distinct faces: face tracks, after fragments are joined. None: stills only.
    pub distinct_faces: Option<Cell<u64>>,
    /// Sightings of faces.
    pub sightings: Cell<u64>,
    /// Of these, sightings on tracks (or in stills): those whose sizes are told below.
    pub sized_sightings: Cell<u64>,
    /// Share of person tracks on which a face was seen at least once. None: nobody was followed.
    pub people_with_face: Option<Cell<Estimate>>,
    /// Face sightings by height in pixels, in bins made for surveillance (4-10-20-40-80).
    pub face_heights: Vec<Bin>,
    /// Quantiles of the face height in pixels, by sighting.
    pub face_height_quantiles: Vec<Quantile>,
    /// The assumptions behind pixel density.
    pub assumptions: DensityAssumptions,
    /// Pixel density from face width, against each level of each standard. Empty: no face was seen.
    pub levels_from_faces: Vec<LevelShare>,
    /// Those that look towards the camera. None: the record was made before that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub frontal: Option<Outcome<FrontalFaces>>,
    /// Pixel density from body height, against each level: speaks about everybody in view, also the faceless, without sightings in which
    /// the picture's edge may cut the body. Empty: nobody was seen whole, or no person model ran.
    pub levels_from_bodies: Vec<LevelShare>,
    /// Quantiles of the pixel density from body height.
    pub body_density_quantiles: Vec<Quantile>,
}

/// What is assumed where the scene is not calibrated.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DensityAssumptions {
    /// Width of a face in metres.
    pub face_width_metres: f64,
    /// Height of a standing person in metres.
    pub body_height_metres: f64,
    /// Sightings in which the picture's edge may cut the body are left out. False: the record was made before that was so.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub whole_bodies: bool,
}

/// A standard that grades pixel density.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DensityStandard {
    /// EN/IEC 62676-4:2014/15: monitor, detect, observe, recognise, identify ("DORI").
    Dori,
    /// The new edition's levels: overview, outline, discern, perceive, characterise, validate, scrutinise.
    Oodpcvs,
}

crate::named! {
    /// A level of a standard that grades pixel density. Levels are cumulative: what reaches one reaches all below it.
    ///
    /// Sources. DORI: EN/IEC 62676-4:2014/15, as given by cctv-check.de and infinitioptics.com. OODPCVS: jvsg.com ?p=11243
    /// ("O/O/D 20/40/80, P/C/V/S 125/250/500/1500"); the four names behind P, C, V and S by mobotix.com node 20576 (the
    /// test chart of EN IEC 62676-4). Neither is the text of the standard: [`Caveat::LevelsFromSecondarySources`] says so.
    ///
    /// [`Caveat::LevelsFromSecondarySources`]: super::caveat::Caveat::LevelsFromSecondarySources
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
    pub enum Level {
        /// DORI, 12.5 px/m.
        Monitor = "monitor",
        /// DORI, 25 px/m.
        Detect = "detect",
        /// DORI, 62.5 px/m.
        Observe = "observe",
        /// DORI, 125 px/m.
        Recognise = "recognise",
        /// DORI, 250 px/m.
        Identify = "identify",
        /// OODPCVS, 20 px/m.
        Overview = "overview",
        /// OODPCVS, 40 px/m.
        Outline = "outline",
        /// OODPCVS, 80 px/m.
        Discern = "discern",
        /// OODPCVS, 125 px/m.
        Perceive = "perceive",
        /// OODPCVS, 250 px/m.
        Characterise = "characterise",
        /// OODPCVS, 500 px/m.
        Validate = "validate",
        /// OODPCVS, 1500 px/m.
        Scrutinise = "scrutinise",
    }
}

impl Level {
    /// The standard that defines it.
    #[must_use]
    pub fn standard(self) -> DensityStandard {
        if self < Self::Overview {
            DensityStandard::Dori
        } else {
            DensityStandard::Oodpcvs
        }
    }

    /// Pixels per metre that it asks for.
    #[must_use]
    pub fn pixels_per_metre(self) -> f64 {
        match self {
            Self::Monitor => 12.5,
            Self::Overview => 20.0,
            Self::Detect => 25.0,
            Self::Outline => 40.0,
            Self::Observe => 62.5,
            Self::Discern => 80.0,
            Self::Recognise | Self::Perceive => 125.0,
            Self::Identify | Self::Characterise => 250.0,
            Self::Validate => 500.0,
            Self::Scrutinise => 1500.0,
        }
    }
}

/// The share of people (or faces) that reach one level of a standard.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LevelShare {
    /// The standard.
    pub standard: DensityStandard,
    /// The level.
    pub level: Level,
    /// Pixels per metre that it asks for.
    pub pixels_per_metre: f64,
    /// Share of sightings at or above it.
    pub share_of_sightings: Cell<Estimate>,
    /// Share of tracks whose best sighting is at or above it. None: stills only, nobody is followed.
    pub share_of_people: Option<Cell<Estimate>>,
}

/// How long and how completely one person can be followed in this camera's view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Followability {
    /// People followed: tracks, after fragments are joined.
    pub people: Cell<u64>,
    /// Fragments before joining, per person after joining.
    pub fragments_per_person: Cell<Estimate>,
    /// Quantiles of the time for which one person was followed.
    pub followed_seconds: Vec<Quantile>,
    /// Share of the followed time in which the person was really seen, not bridged.
    pub seen_share: Cell<Estimate>,
    /// Share of people followed from one edge of the view to an edge: entry to exit. Of those whom neither the start
    /// nor the end of the footage cut off; None: there are none.
    pub edge_to_edge_share: Option<Cell<Estimate>>,
    /// Share of people followed without any bridged gap.
    pub unbroken_share: Cell<Estimate>,
}

/// Time spent in view.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dwell {
    /// People whose stay was timed.
    pub people: Cell<u64>,
    /// Of these, people who were already there at the start or still there at the end: their stay is a lower bound.
    pub censored: Cell<u64>,
    /// Quantiles of the stay (Kaplan-Meier).
    pub stay_quantiles: Vec<Quantile>,
    /// Stays by length.
    pub stays: Vec<Bin>,
    /// Share of people who stay longer than a threshold (Kaplan-Meier), with loitering thresholds that vendors use.
    pub longer_than: Vec<LongerThan>,
}

/// Share of people who stay longer than a threshold.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LongerThan {
    /// The threshold.
    pub seconds: f64,
    /// The share. None: no stay was watched for so long.
    pub share: Option<Cell<Estimate>>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::disclosure::DisclosurePolicy;
    use crate::json::read_record;

    #[test]
    fn a_capability_is_looked_up_by_its_name_and_absent_where_there_is_no_row() {
        let mut all = Measurements::none_of(|capability| match capability {
            Capability::Fall => Missing::NoZones,
            _ => Missing::NotInFootage,
        });
        let missing = |all: &Measurements, capability| {
            let outcome = all.capability(capability)?;
            Some(outcome.found().unwrap_err())
        };
        assert_eq!(missing(&all, Capability::Fall), Some(Missing::NoZones));
        assert_eq!(missing(&all, Capability::Pace), Some(Missing::NotInFootage));
        all.capabilities.retain(|row| row.capability != Capability::Fall);
        assert_eq!(missing(&all, Capability::Fall), None);
    }

    #[test]
    fn withheld_cells_are_counted_wherever_they_stand() {
        let record = read_record(include_bytes!("../../samples/record.json")).unwrap();
        let mut all = record.measurements;
        assert_eq!(all.withheld_cells(), 0, "the sample is of a public dataset");
        let strict = DisclosurePolicy::strict();
        let Outcome::Measured(presence) = &mut all.presence else {
            panic!("the sample has people");
        };
        // Two in fields, two in a list, so that no sum is taken for a product or a difference.
        presence.peak = strict.withheld();
        presence.occupied_share = strict.withheld();
        presence.frames_by_people = [0.0, 1.0, 2.0]
            .map(|low| Bin {
                low,
                high: None,
                count: strict.cell(5, if low < 2.0 { 3 } else { 30 }),
            })
            .into();
        assert_eq!(all.withheld_cells(), 4);
    }

    #[test]
    fn a_cell_that_is_withheld_counts_besides_those_within_it() {
        let nested = serde_json::json!({
            "state": "withheld",
            "of": [{"state": "withheld"}, {"state": "shown"}, 7, "withheld"],
            "and": {"state": "withheld"},
        });
        assert_eq!(withheld_in(&nested), 3);
    }

    #[test]
    fn levels_ask_for_as_many_pixels_as_their_standards_do() {
        use DensityStandard::{Dori, Oodpcvs};
        // As given by the sources that stand beside the levels.
        let wanted = [
            (Dori, "monitor", 12.5),
            (Dori, "detect", 25.0),
            (Dori, "observe", 62.5),
            (Dori, "recognise", 125.0),
            (Dori, "identify", 250.0),
            (Oodpcvs, "overview", 20.0),
            (Oodpcvs, "outline", 40.0),
            (Oodpcvs, "discern", 80.0),
            (Oodpcvs, "perceive", 125.0),
            (Oodpcvs, "characterise", 250.0),
            (Oodpcvs, "validate", 500.0),
            (Oodpcvs, "scrutinise", 1500.0),
        ];
        let found = Level::ALL.map(|level| (level.standard(), level.name(), level.pixels_per_metre()));
        assert_eq!(found, wanted);
    }
}
