//! How each measure changes when the footage is degraded: declared corruptions at declared severities, the clean run as
//! the reference. Method: Dooley et al. 2022, *Robustness disparities in face detection* (arXiv 2211.15937), who take
//! the detections on the clean image for the truth; corruptions after ImageNet-C (Hendrycks and Dietterich 2019).
//! Deliberately not here: what the corruptions do to pixels (`observe::footage::perturb`).

use super::disclosure::Cell;
use super::estimate::Estimate;
use super::reading::{Capability, FigureName};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

crate::named! {
    /// A way in which footage becomes worse.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
    pub enum Corruption {
        /// Out of focus: Gaussian blur.
        Blur = "blur",
        /// Sensor noise: Gaussian, every channel of every pixel.
        Noise = "noise",
        /// Less light, with the noise of few photons.
        LowLight = "low_light",
        /// Strong JPEG compression.
        Compression = "compression",
        /// Fog.
        Fog = "fog",
        /// Streaks of rain, and less contrast.
        Rain = "rain",
        /// Fewer pixels, shown at the old size.
        Resolution = "resolution",
        /// Frames that are lost.
        FrameDrop = "frame_drop",
    }
}

/// A corruption at a severity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Perturbation {
    /// Which.
    pub corruption: Corruption,
    /// From 1 (slight) to 5 (heavy); 0 changes nothing.
    pub severity: u8,
}

/// What is compared between the clean and the degraded run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "quantity", rename_all = "snake_case", deny_unknown_fields)]
pub enum ComparedQuantity {
    /// Of the people found in the clean frames, the share found again at the same place.
    PeopleFoundAgain,
    /// Of the people found in the degraded frames, the share that was there in the clean ones.
    PeopleAlsoFoundClean,
    /// As with people.
    FacesFoundAgain,
    /// As with people.
    FacesAlsoFoundClean,
    /// Mean number of people per frame.
    PeoplePerFrame,
    /// Share of frames with at least one person.
    OccupiedShare,
    /// Mean number of faces per frame.
    FacesPerFrame,
    /// Share of people whose face was seen.
    PeopleWithFace,
    /// Median time in view.
    MedianStay,
    /// Fragments of one person's track.
    FragmentsPerPerson,
    /// Share of the points of a track at which the person was seen.
    SeenShare,
    /// A figure of a capability.
    Figure {
        /// The capability.
        capability: Capability,
        /// The figure's name.
        name: FigureName,
        /// Its threshold, rank or size, where it has one.
        at: Option<f64>,
    },
}

/// One quantity, clean and degraded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RobustnessRow {
    /// How the footage was degraded.
    pub perturbation: Perturbation,
    /// What is compared.
    pub of: ComparedQuantity,
    /// Of which zone, line or attribute, where the figure has several.
    pub part: Option<String>,
    /// From the clean run. None: the quantity compares frame by frame, so that only `ratio` says something.
    pub clean: Option<Cell<Estimate>>,
    /// From the degraded run. None: as above, or nothing could be measured there.
    pub degraded: Option<Cell<Estimate>>,
    /// Degraded over clean. Its interval reaches from the lower end over the upper to the upper over the lower, at a
    /// level of 90 %: both ends fail in at most 5 % each. None: the clean value, or its lower end, is 0.
    pub ratio: Option<Cell<Estimate>>,
}
