//! Frames that were drawn for a wanted precision.

use crate::formats::english as formats;
use vsa_record::drawn::{DrawnFacts, DrawnName, PrecisionFacts};

/// How many frames were looked at, why these, and whether it was enough.
#[must_use]
pub fn drawn(drawn: &DrawnFacts, precision: PrecisionFacts) -> String {
    let reached: Vec<&str> = drawn
        .quantities
        .iter()
        .filter(|it| it.reached)
        .map(|it| name(it.name))
        .collect();
    let missed: Vec<&str> = drawn
        .quantities
        .iter()
        .filter(|it| !it.reached)
        .map(|it| name(it.name))
        .collect();
    let mut text = format!(
        "{} of {}, drawn at random until intervals were within {} (half their width; seed {}): {} draws of every {}th \
         frame, each from a random start, in {} passes over the footage",
        formats::count(drawn.looked_at),
        formats::count(drawn.frames),
        formats::percent(precision.target),
        precision.seed,
        drawn.draws,
        drawn.spacing,
        drawn.passes
    );
    if !reached.is_empty() {
        text.push_str(&format!("; reached for {}", reached.join(", ")));
    }
    if !missed.is_empty() {
        text.push_str(&format!("; not reached for {}", missed.join(", ")));
    }
    text
}

fn name(name: DrawnName) -> &'static str {
    match name {
        DrawnName::PeoplePerFrame => "people in a frame",
        DrawnName::OccupiedShare => "share of frames with anybody",
        DrawnName::FacesPerFrame => "faces in a frame",
    }
}
