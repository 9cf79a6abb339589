//! A number is never alone: value, unit, interval, method, sample size, source.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_statistics::interval::{self, Method};

crate::named! {
    /// The unit of an estimate.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
    pub enum Unit {
        /// A share between 0 and 1.
        Ratio = "ratio",
        /// Pixels of the frame.
        Pixels = "pixels",
        /// Pixels per metre of the scene.
        PixelsPerMetre = "pixels_per_metre",
        /// Seconds of footage.
        Seconds = "seconds",
        /// People in one frame.
        PeoplePerFrame = "people_per_frame",
        /// Faces in one frame.
        FacesPerFrame = "faces_per_frame",
        /// Frames.
        Frames = "frames",
        /// Events in one hour of footage.
        PerHour = "per_hour",
        /// Fragments of a track.
        Fragments = "fragments",
        /// People.
        People = "people",
        /// Metres on the ground per second.
        MetresPerSecond = "metres_per_second",
        /// Heights of the person's own body per second, where the scene is not calibrated.
        BodyHeightsPerSecond = "body_heights_per_second",
        /// Metres on the ground.
        Metres = "metres",
        /// Heights of a body, where the scene is not calibrated.
        BodyHeights = "body_heights",
        /// People on one square metre of ground.
        PeoplePerSquareMetre = "people_per_square_metre",
        /// Degrees.
        Degrees = "degrees",
        /// Cosine of the angle between two embeddings, from -1 to 1.
        CosineSimilarity = "cosine_similarity",
        /// Quality from 0 (worst) to 100 (best), after ISO/IEC 29794.
        QualityPoints = "quality_points",
        /// Steps of 8-bit grey.
        GreyLevels = "grey_levels",
        /// Multiple of the clean run's value, where footage was degraded.
        TimesClean = "times_clean",
        /// Boxes, labelled or found.
        Boxes = "boxes",
        /// Events, such as changes of identity.
        Events = "events",
        /// Events in one picture.
        PerPicture = "per_picture",
    }
}

crate::named! {
    /// What was counted to make an estimate.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
    pub enum SampledThing {
        /// Frames looked at.
        Frames = "frames",
        /// Tracks: one track is one person (or face) as far as the tracker could tell.
        Tracks = "tracks",
        /// Sightings: one person (or face) in one frame.
        Sightings = "sightings",
        /// Pairs of sightings.
        Pairs = "pairs",
        /// Events, over all the footage looked at.
        Events = "events",
        /// Hours of footage.
        Hours = "hours",
        /// Labelled boxes.
        Labels = "labels",
        /// Found boxes.
        Detections = "detections",
    }
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

impl SampleSize {
    /// So many of these.
    #[must_use]
    pub const fn new(n: u64, of: SampledThing) -> Self {
        Self { n, of }
    }
}

crate::named! {
    /// How an interval was made. Each variant's documentation names its source.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
    pub enum IntervalMethod {
        /// Wilson score interval for a proportion (Wilson 1927).
        Wilson = "wilson",
        /// Wilson score interval for a proportion that could not be resampled, or did not vary (Wilson 1927): with as many
        /// observations as are independent of each other (blocks of frames, tracks, people), which are fewer than the sample.
        WilsonOfIndependent = "wilson_of_independent",
        /// Both ends for a mean or a share that could not be resampled, or did not vary: one more or one fewer, or as much as was seen to
        /// vary, in that share of the independent observations which Wilson's interval leaves open where there was none.
        WilsonDepartures = "wilson_departures",
        /// Circular block bootstrap over time (Politis and Romano 1992), expanded percentiles (Hesterberg 2015), for frames that
        /// resemble their neighbours.
        BlockBootstrap = "block_bootstrap",
        /// Bootstrap over tracks (Efron 1979), expanded percentiles (Hesterberg 2015).
        TrackBootstrap = "track_bootstrap",
        /// Order statistics: a distribution-free interval for a quantile.
        OrderStatistics = "order_statistics",
        /// Greenwood's variance on the log(-log) scale, for a survival share (Kalbfleisch and Prentice 1980).
        GreenwoodLogLog = "greenwood_log_log",
        /// The quantity was counted in full over the footage looked at: nothing was sampled.
        CompleteCount = "complete_count",
        /// From the ends of two intervals, lower over upper to upper over lower; its level is what both leave.
        RatioOfIntervals = "ratio_of_intervals",
        /// From the ends of two intervals, lower less upper to upper less lower: wider than either asks for.
        DifferenceOfIntervals = "difference_of_intervals",
        /// Exact interval for a Poisson rate (Garwood 1936); with no event its upper end is what cannot be excluded.
        Poisson = "poisson",
        /// Bootstrap over whole sequences or pictures, expanded percentiles (Efron 1979; Hesterberg 2015).
        ClusterBootstrap = "cluster_bootstrap",
        /// Bootstrap over stretches of footage that do not overlap, expanded percentiles (Efron 1979; Hesterberg 2015).
        StretchBootstrap = "stretch_bootstrap",
        /// The open end for what happened in none of the trials, or in all: 3 by the trials (Hanley and Lippman-Hand 1983).
        RuleOfThree = "rule_of_three",
        /// Both ends for any other value from which no trial was seen to depart: 3 by the trials to either side, since up to so
        /// many may depart by the rule of three.
        ThreeDepartures = "three_departures",
        /// Difference of two proportions from their Wilson intervals (Newcombe 1998, method 10).
        Newcombe = "newcombe",
        /// Difference of two directly standardised proportions: normal, each stratum's variance with one hit and one miss added
        /// (Agresti and Caffo 2000).
        Standardised = "standardised",
        /// Ratio of two proportions on the logarithmic scale (Katz et al. 1978).
        LogRatio = "log_ratio",
        /// Bootstrap over whole systematic draws of frames, with the finite population correction (Gautschi 1957; Wolter 2007).
        SystematicDraws = "systematic_draws",
    }
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
    /// Frames in one block, for [`IntervalMethod::BlockBootstrap`], and where blocks of frames are the independent observations of
    /// [`IntervalMethod::WilsonOfIndependent`] or [`IntervalMethod::WilsonDepartures`]; in one stretch, for
    /// [`IntervalMethod::StretchBootstrap`].
    pub block: Option<u64>,
}

impl Interval {
    /// At the level of all intervals here, and not of blocks.
    #[must_use]
    pub const fn between(low: f64, high: f64, method: IntervalMethod) -> Self {
        Self {
            low,
            high,
            level: interval::LEVEL,
            method,
            block: None,
        }
    }

    /// Wilson's around a share of a sample of which so many observations are independent. None: there is none.
    #[must_use]
    pub fn of_independent(share: f64, observations: f64, sample: u64) -> Option<Self> {
        let found = Self::from(interval::wilson(share * observations, observations)?);
        let fewer = observations < sample as f64;
        Some(Self {
            method: if fewer {
                IntervalMethod::WilsonOfIndependent
            } else {
                found.method
            },
            ..found
        })
    }

    /// Widened, where a bootstrap of few clusters left the value itself outside.
    #[must_use]
    pub fn holding(self, value: f64) -> Self {
        Self {
            low: self.low.min(value),
            high: self.high.max(value),
            ..self
        }
    }

    /// Both ends for each of `parts`, such as hours or square metres.
    #[must_use]
    pub fn per(self, parts: f64) -> Self {
        Self {
            low: self.low / parts,
            high: self.high / parts,
            ..self
        }
    }
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

impl Estimate {
    /// Counted over all that was looked at: nothing was sampled, and the interval is the value.
    #[must_use]
    pub const fn counted_in_full(value: f64, unit: Unit, sample: SampleSize) -> Self {
        Self {
            value,
            unit,
            interval: Interval::between(value, value, IntervalMethod::CompleteCount),
            sample,
        }
    }

    /// The share of `hits` among `n`, with Wilson's interval. None: among nothing.
    #[must_use]
    pub fn share(hits: u64, n: u64, of: SampledThing) -> Option<Self> {
        Some(Self {
            value: hits as f64 / n as f64,
            unit: Unit::Ratio,
            interval: interval::wilson(hits as f64, n as f64)?.into(),
            sample: SampleSize { n, of },
        })
    }

    /// Of a share: the share of the others.
    #[must_use]
    pub fn complement(self) -> Self {
        Self {
            value: 1.0 - self.value,
            interval: Interval {
                low: 1.0 - self.interval.high,
                high: 1.0 - self.interval.low,
                ..self.interval
            },
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(found: Interval, low: f64, high: f64) {
        assert!(
            (found.low - low).abs() < 1e-5 && (found.high - high).abs() < 1e-5,
            "{found:?}"
        );
    }

    #[test]
    fn wilson_of_fewer_observations_than_the_sample_says_so_and_of_all_of_it_does_not() {
        // Wilson for 5 of 10 by hand: z^2 = 3.8415; half = 1.96 / 1.38415 * sqrt(0.025 + 3.8415 / 400) = 0.263407.
        let of = |sample| Interval::of_independent(0.5, 10.0, sample).unwrap();
        for (sample, method) in [
            (9, IntervalMethod::Wilson),
            (10, IntervalMethod::Wilson),
            (11, IntervalMethod::WilsonOfIndependent),
        ] {
            let found = of(sample);
            near(found, 0.236_593, 0.763_407);
            assert_eq!(
                (found.method, found.level, found.block),
                (method, 0.95, None),
                "{sample}"
            );
        }
        assert_eq!(
            Interval::of_independent(0.5, 0.0, 11),
            None,
            "nothing was observed"
        );
    }

    #[test]
    fn an_interval_is_widened_to_hold_a_value_and_divided_end_by_end() {
        let ends = |interval: Interval| (interval.low, interval.high);
        let interval = Interval::between(3.0, 8.0, IntervalMethod::ClusterBootstrap);
        assert_eq!(ends(interval.holding(2.0)), (2.0, 8.0));
        assert_eq!(ends(interval.holding(5.0)), (3.0, 8.0));
        assert_eq!(ends(interval.holding(9.0)), (3.0, 9.0));
        assert_eq!(ends(interval.per(2.0)), (1.5, 4.0));
        assert_eq!(interval.per(2.0).method, IntervalMethod::ClusterBootstrap);
    }

    #[test]
    fn a_share_has_wilsons_interval_and_is_none_of_nothing() {
        let found = Estimate::share(5, 10, SampledThing::Tracks).unwrap();
        assert_eq!((found.value, found.unit), (0.5, Unit::Ratio));
        assert_eq!(found.sample, SampleSize::new(10, SampledThing::Tracks));
        assert_eq!(found.interval.method, IntervalMethod::Wilson);
        near(found.interval, 0.236_593, 0.763_407);
        assert_eq!(Estimate::share(0, 0, SampledThing::Tracks), None);
    }

    #[test]
    fn the_share_of_the_others_turns_value_and_ends_around() {
        // Ends at unequal distances from the value, so that they cannot be taken for each other.
        let share = Estimate {
            value: 0.25,
            unit: Unit::Ratio,
            interval: Interval::between(0.125, 0.5, IntervalMethod::Wilson),
            sample: SampleSize::new(8, SampledThing::Tracks),
        };
        let others = Estimate {
            value: 0.75,
            interval: Interval::between(0.5, 0.875, IntervalMethod::Wilson),
            ..share
        };
        assert_eq!(share.complement(), others);
    }
}
