//! What a redaction did and how far it can be trusted. In: counts of `observe::redact`. Out: the file beside the redacted
//! video, and what the program says at the end.
//!
//! No cell is withheld here for few people behind it: the masks of the video that this file lies beside show how many
//! there were. It says nothing of anybody: no place, no time, no box.
//! Deliberately not here: an estimate of what no model saw. Only labels could give that (`evaluate`).

use super::estimate::{Estimate, Interval, IntervalMethod, SampleSize, SampledThing, Unit};
use super::facts::{EngineFacts, ItemFacts, ModelFacts, ToolFacts};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use vsa_statistics::interval::poisson;

/// The name of this format.
pub const SCHEMA: &str = "vsa-audit/redaction/1";

/// Everything that is told about one redaction.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RedactionReport {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The program.
    pub tool: ToolFacts,
    /// What was redacted.
    pub source: ItemFacts,
    /// What was made of it; none: stills.
    pub output: Option<FilmFacts>,
    /// The models that found whom to mask, and the one that looked again, if it is another.
    pub models: Vec<ModelFacts>,
    /// The engine that ran them.
    pub engine: EngineFacts,
    /// How it was done.
    pub settings: RedactionSettings,
    /// Frames, by what became of them.
    pub frames: RedactedFrames,
    /// What the models found, and how much of it is masked.
    pub coverage: Vec<SubjectCoverage>,
    /// What was still found after masking; none: nobody looked.
    pub looked_again: Option<LookedAgain>,
}

crate::passport!(RedactionReport);

/// How it was done.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RedactionSettings {
    /// Who or what is masked.
    pub what: RedactWhat,
    /// By what.
    pub style: RedactStyle,
    /// Each box is widened on every side by this share of its own size.
    pub margin_share: f64,
    /// A mask is held so long before the first and after the last sighting.
    pub hold_seconds: f64,
    /// Detections are masked from this share of the score on from which they count.
    pub caution_share: f64,
}

/// Who or what is masked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RedactWhat {
    /// Faces that were found.
    Faces,
    /// Faces that were found, and the upper part of every person.
    Heads,
    /// Whole people.
    People,
}

/// By what somebody is replaced.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RedactStyle {
    /// One black box: nothing is left that could be undone.
    Solid,
    /// The shape of the body in one colour, on the empty place.
    Silhouette,
    /// A few averaged cells: can in part be undone.
    Mosaic,
}

/// The redacted video.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FilmFacts {
    /// SHA-256 of the file.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// Its frames, black ones included.
    pub frames: u64,
    /// Frames in a second, the same throughout.
    pub frame_rate: f64,
    /// What wrote it.
    pub encoder: String,
}

/// Frames, by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RedactedFrames {
    /// Read from the footage.
    pub read: u64,
    /// Of these, with something masked.
    pub masked: u64,
    /// Of these, black because the decoder met damage in them or in what they are built on.
    pub black_damaged: u64,
    /// Of these, black because a model failed.
    pub black_model_failed: u64,
    /// Black, put in where the footage has a gap.
    pub black_missing: u64,
}

/// What the models found of one subject, and how much of it is masked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubjectCoverage {
    /// `person` or `face`.
    pub subject: String,
    /// Boxes that count, over all frames.
    pub boxes: u64,
    /// Pixels in them.
    pub pixels: u64,
    /// Of these, masked: counted in the masks as they were painted.
    pub masked_pixels: u64,
    /// `masked_pixels` of `pixels`; none: nothing was found.
    pub masked_share: Option<f64>,
    /// Longest stretch of frames between two sightings of somebody in which nobody was detected there and the mask was
    /// held by tracking.
    pub longest_bridged_frames: u64,
    /// Longest stretch of frames between two sightings in which less than 95 % of the place between them was masked.
    pub longest_unmasked_frames: u64,
}

/// What a model still found in the masked frames.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LookedAgain {
    /// Frames that were looked at again after masking: every so many.
    pub every: u64,
    /// Frames looked at again.
    pub frames: u64,
    /// Whether a model looked that had no part in the masking. The same model overlooks the same people.
    pub independent: bool,
    /// Leaks: somebody found there of whom a fifth or more was not masked. In these frames they were masked then.
    pub leaks: u64,
    /// Leaks in an hour of footage, with what cannot be excluded; none: too little was looked at.
    pub leaks_per_hour: Option<Estimate>,
}

impl LookedAgain {
    /// From counts: `frames` of them, at `frame_rate`, in which `leaks` were found. Garwood's interval: with no leak, its
    /// upper end is 3.69 by the hours looked at (the "rule of three" is its one-sided sibling).
    #[must_use]
    pub fn of(every: u64, frames: u64, frame_rate: f64, independent: bool, leaks: u64) -> Self {
        let hours = frames as f64 / frame_rate / 3600.0;
        let (low, high) = poisson(leaks);
        let leaks_per_hour = (hours.is_finite() && hours > 0.0).then(|| Estimate {
            value: leaks as f64 / hours,
            unit: Unit::PerHour,
            interval: Interval::between(low / hours, high / hours, IntervalMethod::Poisson),
            sample: SampleSize::new(frames, SampledThing::Frames),
        });
        Self {
            every,
            frames,
            independent,
            leaks,
            leaks_per_hour,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_leak_in_half_an_hour_leaves_room_for_seven_in_an_hour() {
        // 3.6889 by 0.5 hours.
        let found = LookedAgain::of(5, 18_000, 10.0, true, 0);
        let estimate = found.leaks_per_hour.unwrap();
        assert!(estimate.value.abs() < 1e-12 && estimate.interval.low.abs() < 1e-12);
        assert!(
            (estimate.interval.high - 7.3778).abs() < 1e-3,
            "{}",
            estimate.interval.high
        );
        assert_eq!(LookedAgain::of(5, 0, 10.0, true, 0).leaks_per_hour, None);
    }

    #[test]
    fn two_leaks_in_half_an_hour_are_four_in_an_hour_within_garwoods_interval() {
        // Garwood 1936, as tabulated by Ulm 1990, for two events: 0.2422 to 7.2247; by 0.5 hours.
        let found = LookedAgain::of(5, 18_000, 10.0, false, 2);
        let estimate = found.leaks_per_hour.unwrap();
        let interval = estimate.interval;
        for (got, wanted) in [
            (estimate.value, 4.0),
            (interval.low, 0.4844),
            (interval.high, 14.4494),
        ] {
            assert!((got - wanted).abs() < 1e-3, "{got} {wanted}");
        }
        assert_eq!((found.every, found.frames, found.leaks), (5, 18_000, 2));
        assert!(!found.independent);
    }
}
