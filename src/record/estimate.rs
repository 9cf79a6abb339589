//! A number is never alone: value, unit, interval, method, sample size, source.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_statistics::interval::{self, Method};

/// The unit of an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// A share between 0 and 1.
    Ratio,
    /// Pixels of the frame.
    Pixels,
    /// Pixels per metre of the scene.
    PixelsPerMetre,
    /// Seconds of footage.
    Seconds,
    /// People in one frame.
    PeoplePerFrame,
    /// Faces in one frame.
    FacesPerFrame,
    /// Frames.
    Frames,
    /// Events in one hour of footage.
    PerHour,
    /// Fragments of a track.
    Fragments,
    /// People.
    People,
    /// Metres on the ground per second.
    MetresPerSecond,
    /// Heights of the person's own body per second, where the scene is not calibrated.
    BodyHeightsPerSecond,
    /// Metres on the ground.
    Metres,
    /// Heights of a body, where the scene is not calibrated.
    BodyHeights,
    /// People on one square metre of ground.
    PeoplePerSquareMetre,
    /// Degrees.
    Degrees,
    /// Cosine of the angle between two embeddings, from -1 to 1.
    CosineSimilarity,
    /// Multiple of the clean run's value, where footage was degraded.
    TimesClean,
    /// Boxes, labelled or found.
    Boxes,
    /// Events, such as changes of identity.
    Events,
    /// Events in one picture.
    PerPicture,
}

/// What was counted to make an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SampledThing {
    /// Frames looked at.
    Frames,
    /// Tracks: one track is one person (or face) as far as the tracker could tell.
    Tracks,
    /// Sightings: one person (or face) in one frame.
    Sightings,
    /// Pairs of sightings.
    Pairs,
    /// Events, over all the footage looked at.
    Events,
    /// Hours of footage.
    Hours,
    /// Labelled boxes.
    Labels,
    /// Found boxes.
    Detections,
}

/// How many of what stand behind an estimate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SampleSize {
    /// How many.
    pub n: u64,
    /// Of what.
    pub of: SampledThing,
}

/// How an interval was made. Each variant's documentation names its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IntervalMethod {
    /// Wilson score interval for a proportion (Wilson 1927).
    Wilson,
    /// Circular block bootstrap over time (Politis and Romano 1992), expanded percentiles (Hesterberg 2015), for frames that
    /// resemble their neighbours.
    BlockBootstrap,
    /// Bootstrap over tracks (Efron 1979), expanded percentiles (Hesterberg 2015).
    TrackBootstrap,
    /// Order statistics: a distribution-free interval for a quantile.
    OrderStatistics,
    /// Greenwood's variance on the log(-log) scale, for a survival share (Kalbfleisch and Prentice 1980).
    GreenwoodLogLog,
    /// The quantity was counted in full over the footage looked at: nothing was sampled.
    CompleteCount,
    /// From the ends of two intervals, lower over upper to upper over lower; its level is what both leave.
    RatioOfIntervals,
    /// From the ends of two intervals, lower less upper to upper less lower: wider than either asks for.
    DifferenceOfIntervals,
    /// Exact interval for a Poisson rate (Garwood 1936); with no event its upper end is what cannot be excluded.
    Poisson,
    /// Bootstrap over whole sequences or pictures, expanded percentiles (Efron 1979; Hesterberg 2015).
    ClusterBootstrap,
    /// Bootstrap over stretches of footage that do not overlap, expanded percentiles (Efron 1979; Hesterberg 2015).
    StretchBootstrap,
    /// The open end for what happened in none of the trials, or in all: 3 by the trials (Hanley and Lippman-Hand 1983).
    RuleOfThree,
    /// Both ends for any other value from which no trial was seen to depart: 3 by the trials to either side, since up to so
    /// many may depart by the rule of three.
    ThreeDepartures,
    /// Difference of two proportions from their Wilson intervals (Newcombe 1998, method 10).
    Newcombe,
    /// Difference of two directly standardised proportions: normal, each stratum's variance with one hit and one miss added
    /// (Agresti and Caffo 2000).
    Standardised,
    /// Ratio of two proportions on the logarithmic scale (Katz et al. 1978).
    LogRatio,
    /// Bootstrap over whole systematic draws of frames, with the finite population correction (Gautschi 1957; Wolter 2007).
    SystematicDraws,
}

/// An interval that would hold the value in `level` of repetitions.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interval {
    /// Lower end, in the unit of the estimate.
    pub low: f64,
    /// Upper end.
    pub high: f64,
    /// Confidence level, 0.95 unless said.
    pub level: f64,
    /// How it was made.
    pub method: IntervalMethod,
    /// Frames in one block, for [`IntervalMethod::BlockBootstrap`]; in one stretch, for [`IntervalMethod::StretchBootstrap`].
    pub block: Option<u64>,
}

impl From<interval::Interval> for Interval {
    fn from(found: interval::Interval) -> Self {
        let (method, block) = match found.method {
            Method::Wilson => (IntervalMethod::Wilson, None),
            Method::CircularBlocks { frames } => (IntervalMethod::BlockBootstrap, Some(frames)),
            Method::Clusters => (IntervalMethod::TrackBootstrap, None),
            Method::GreenwoodLogLog => (IntervalMethod::GreenwoodLogLog, None),
            Method::Newcombe => (IntervalMethod::Newcombe, None),
            Method::Standardised => (IntervalMethod::Standardised, None),
            Method::LogRatio => (IntervalMethod::LogRatio, None),
        };
        Self {
            low: found.low,
            high: found.high,
            level: interval::LEVEL,
            method,
            block,
        }
    }
}

/// A reported quantity.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// The value, in `unit`.
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
    /// Its interval.
    pub interval: Interval,
    /// What stands behind it.
    pub sample: SampleSize,
}
