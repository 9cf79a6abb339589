//! The answer in plain words: a few sentences, each with its number, its interval and the limit that a reader would
//! otherwise miss.

use super::terms::{level, sample, with_interval};
use crate::formats::english as formats;
use crate::wording::FacesSeen;
use vsa_record::estimate::{Estimate, SampleSize, SampledThing};
use vsa_record::measurements::{DensityAssumptions, Level, Missing};

/// Heading of the answer.
pub const ANSWER_TITLE: &str = "What a system could extract from this footage";

/// Below an answer that holds intervals.
pub const ANSWER_NOTE: &str = "The numbers in brackets are intervals: the footage is a sample, and repeated samples of \
    the same scene would give other values. A 95\u{202f}% interval is made so that it holds the true value in 95 of 100 \
    such repetitions. It covers neither people whom the detector missed nor things that it took for people. A “track” is \
    a chain of sightings that the tracker took for one person.";

/// Below an answer whose numbers are withheld.
#[must_use]
pub fn answer_note_withheld(min_cell: u32) -> String {
    format!(
        "Numbers are withheld where 1 to {} people stand behind them, so that this report does not speak of single \
         people. Footage with more people in it lets more be shown.",
        formats::count(u64::from(min_cell).saturating_sub(1))
    )
}

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
        (None, _) => format!(
            "People were looked for in {frames} frames. How many were reported is withheld, because too few people stand \
             behind the number."
        ),
    }
}

/// Nobody was reported.
#[must_use]
pub fn answer_presence_nobody(frames: u64, per_frame: &Estimate) -> String {
    format!(
        "In {} frames the person detector reported nobody: {} people per frame on average. That does not show that \
         nobody was there.",
        formats::count(frames),
        with_interval(per_frame)
    )
}

/// Nobody could be counted.
#[must_use]
pub fn answer_presence_missing(why: Missing) -> String {
    format!(
        "How many people are in view was not measured: {}.",
        super::missing(why)
    )
}

/// How many tracks, and why that is not a number of people.
#[must_use]
pub fn answer_people(tracks: u64) -> String {
    format!(
        "The tracker joined these sightings into {} (counted in full). That is not a number of different people: \
         somebody who is lost and found again is several tracks, two people taken for one are one, and some tracks may \
         be nobody. Only labels made by people could tell how many there were.",
        sample(SampleSize {
            n: tracks,
            of: SampledThing::Tracks
        })
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

/// How long people can be followed may not be told.
pub const ANSWER_FOLLOWED_WITHHELD: &str =
    "How long people can be followed is withheld, because too few people stand behind the number.";

/// Nobody could be followed.
#[must_use]
pub fn answer_followed_missing(why: Missing) -> String {
    format!(
        "Whether people can be followed was not measured: {}.",
        super::missing(why)
    )
}

/// Faces: how many, on how many tracks, how large, and that some may be none.
#[must_use]
pub fn answer_faces(seen: &FacesSeen<'_>) -> String {
    let frames = formats::count(seen.frames);
    let mut text = match seen.sightings {
        Some(0) => {
            return format!(
                "In {frames} frames the face detector reported no face. That does not show that there was none."
            );
        }
        Some(n) => format!(
            "In {frames} frames the face detector reported {} (counted in full)",
            faces(n)
        ),
        None => format!(
            "Faces were looked for in {frames} frames; how many were reported is withheld, because too few people stand \
             behind the number"
        ),
    };
    if let Some(share) = seen.with_face {
        text.push_str(&format!(
            ", at least one of them on {} of the tracks of people",
            with_interval(share)
        ));
    }
    text.push('.');
    if let (Some(all), Some(sized)) = (seen.sightings, seen.sized)
        && sized < all
    {
        text.push_str(&match sized {
            0 => " None of these faces could be followed, so that none was measured.".to_owned(),
            n => format!(
                " Only {} of these faces could be followed, and so measured.",
                formats::count(n)
            ),
        });
    }
    if let Some(height) = seen.median_height {
        text.push_str(&format!(
            " Half of the measured faces are {} high or lower.",
            with_interval(height)
        ));
    }
    if seen.sightings.is_some() || seen.with_face.is_some() {
        text.push_str(
            " Some of them may be no faces: a face detector also reports faces where there are none, above all where \
             faces are few pixels high. How often it did so here cannot be told without labels.",
        );
    }
    text
}

fn faces(n: u64) -> String {
    let number = formats::count(n);
    if n == 1 {
        format!("{number}\u{a0}face")
    } else {
        format!("{number}\u{a0}faces")
    }
}

/// Faces were not measured.
#[must_use]
pub fn answer_faces_missing(why: Missing) -> String {
    format!(
        "How large faces appear was not measured: {}.",
        super::missing_face(why)
    )
}

/// Share of tracks (or, of stills, of sightings) large enough for a level.
#[must_use]
pub fn answer_level(at: Level, share: &Estimate, assumptions: DensityAssumptions) -> String {
    let reach = if share.sample.of == SampledThing::Tracks {
        "come close enough at some moment to reach"
    } else {
        "are close enough to reach"
    };
    format!(
        "Of {}, {} {reach} {}, the pixel density that the DORI scale calls “{}”, if every body is {} tall as assumed.",
        sample(share.sample),
        with_interval(share),
        formats::pixels_per_metre(at.pixels_per_metre()),
        level(at),
        formats::metres(assumptions.body_height_metres)
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
/// Whether people could be found again by their looks.
#[must_use]
pub fn answer_linked(found: &Estimate, redacted: Option<&Estimate>) -> String {
    let redacted = redacted.map_or_else(String::new, |redacted| {
        format!(" With faces blacked out it is {}.", with_interval(redacted))
    });
    format!(
        "By the looks of the body alone, the nearest look-alike of a sighting is the same person in {} of cases, as far as \
         the tracks tell.{redacted}",
        with_interval(found)
    )
}

/// How many of the decree's events were measured.
#[must_use]
pub fn answer_events(measured: usize, of: usize) -> String {
    if measured == 0 {
        return format!(
            "Of the {of} events that the French experiment allowed software to report, none was measured here."
        );
    }
    format!(
        "Of the {of} events that the French experiment allowed software to report, {measured} were measured here: how often \
         each would have raised an alert is in the section “Events”."
    )
}
