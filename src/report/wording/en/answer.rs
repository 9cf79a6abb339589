//! The answer in plain words: a few sentences, each with its number and its interval.

use super::terms::{level, sample, with_interval};
use crate::record::estimate::Estimate;
use crate::record::measurements::{DensityAssumptions, Level, Missing};
use crate::report::formats;

/// Heading of the answer.
pub const ANSWER_TITLE: &str = "What a system could extract from this footage";

/// Below the answer.
pub const ANSWER_NOTE: &str = "The numbers in brackets are intervals: the footage is a sample, and repeated samples of \
    the same scene would give other values. A 95\u{202f}% interval is made so that it holds the true value in 95 of 100 \
    such repetitions. It does not cover people whom the detector missed. A “track” is one person as far as the tracker \
    could tell.";

/// How many people are in view.
#[must_use]
pub fn answer_presence(frames: u64, per_frame: Option<&Estimate>, peak: Option<u64>) -> String {
    let frames = formats::count(frames);
    match (per_frame, peak) {
        (Some(mean), Some(peak)) => format!(
            "In {frames} frames the person detector reported {} people per frame on average, and {} in the fullest frame \
             (counted in full).",
            with_interval(mean),
            formats::count(peak)
        ),
        (Some(mean), None) => format!(
            "In {frames} frames the person detector reported {} people per frame on average. How many there were in \
             the fullest frame is withheld.",
            with_interval(mean)
        ),
        (None, _) => format!("People were looked for in {frames} frames. How many were found is withheld."),
    }
}

/// Nobody could be counted.
#[must_use]
pub fn answer_presence_missing(why: Missing) -> String {
    format!(
        "How many people are in view was not measured: {}.",
        super::missing(why)
    )
}

/// How many different people.
#[must_use]
pub fn answer_people(tracks: u64) -> String {
    format!(
        "The tracker joined these sightings into {} tracks (counted in full): so many different people, as far as it \
         could tell.",
        formats::count(tracks)
    )
}

/// How long people can be followed.
#[must_use]
pub fn answer_followed(median: Option<&Estimate>, edge_to_edge: Option<&Estimate>) -> Option<String> {
    match (median, edge_to_edge) {
        (Some(median), Some(share)) => Some(format!(
            "Half of the tracks last {} or longer; {} of the tracks that the footage does not cut \
             off run from one edge of the picture to another.",
            with_interval(median),
            with_interval(share)
        )),
        (Some(median), None) => Some(format!(
            "Half of the tracks last {} or longer.",
            with_interval(median)
        )),
        (None, Some(share)) => Some(format!(
            "{} of the tracks that the footage does not cut \
             off run from one edge of the picture to another.",
            with_interval(share)
        )),
        (None, None) => None,
    }
}

/// Nobody could be followed.
#[must_use]
pub fn answer_followed_missing(why: Missing) -> String {
    format!(
        "Whether people can be followed was not measured: {}.",
        super::missing(why)
    )
}

/// Faces: on how many people, and how large.
#[must_use]
pub fn answer_faces(with_face: Option<&Estimate>, median_height: Option<&Estimate>) -> Option<String> {
    match (with_face, median_height) {
        (Some(share), Some(height)) => Some(format!(
            "The face detector reported a face at least once on {} of the tracks; half of the reported faces are {} high \
             or lower.",
            with_interval(share),
            with_interval(height)
        )),
        (Some(share), None) => Some(format!(
            "The face detector reported a face at least once on {} of the tracks.",
            with_interval(share)
        )),
        (None, Some(height)) => Some(format!(
            "Half of the faces that the detector reported are {} high or lower.",
            with_interval(height)
        )),
        (None, None) => None,
    }
}

/// Faces were not measured.
#[must_use]
pub fn answer_faces_missing(why: Missing) -> String {
    format!(
        "How large faces appear was not measured: {}.",
        super::missing(why)
    )
}

/// Share of people large enough for a level.
#[must_use]
pub fn answer_level(at: Level, share: &Estimate, assumptions: DensityAssumptions) -> String {
    format!(
        "Of {}, {} come close enough at some moment to reach {}, the pixel density that the DORI scale calls “{}”, if \
         every body is {} tall as assumed.",
        sample(share.sample),
        with_interval(share),
        formats::pixels_per_metre(at.pixels_per_metre()),
        level(at),
        formats::metres(assumptions.body_height_metres)
    )
}

/// How long people stay.
#[must_use]
pub fn answer_stay(seconds: f64, share: &Estimate) -> String {
    format!(
        "An estimated {} of people stay in view for longer than {}.",
        with_interval(share),
        formats::seconds(seconds)
    )
}

/// Nobody's identity was determined, and the detector was not checked.
#[must_use]
pub fn answer_limit(no_labels: bool) -> String {
    if no_labels {
        "Nobody was identified. No labels made by people were available, so that this report does not know how many \
         people and faces the detectors missed or invented."
            .to_owned()
    } else {
        "Nobody was identified.".to_owned()
    }
}
