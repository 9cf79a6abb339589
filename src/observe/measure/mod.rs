//! One file per thing that a VSA could extract, measured WITHOUT labels. In: what each frame showed and the tracks
//! that ended. Out: counts, histograms and estimates, never a person.

mod axis;
mod capabilities;
#[cfg(test)]
mod coverage;
mod dwell;
mod face_exposure;
mod followability;
#[cfg(test)]
mod labelled;
pub(in crate::observe) mod measures;
#[cfg(test)]
mod parity;
mod presence;
pub(in crate::observe) mod resample;
#[cfg(test)]
mod scenarios;
mod series;
mod settled;
mod survival;
mod timeline;

use super::detect::detection::Detection;
use super::track::track::Track;

/// What one looked-at frame showed.
pub(in crate::observe) struct Seen<'frame> {
    /// Number of the frame in its item, as in [`TrackPoint`](super::track::track::TrackPoint).
    pub(in crate::observe) frame: u64,
    /// Time in seconds from the item's first frame.
    pub(in crate::observe) seconds: f64,
    /// People found; none: no person model ran.
    pub(in crate::observe) people: Option<&'frame [Detection]>,
    /// Faces found; none: no face model looked at this frame.
    pub(in crate::observe) faces: Option<&'frame [Detection]>,
}

/// What is known about an item before its first frame.
pub(in crate::observe) struct ItemStart<'item> {
    pub(in crate::observe) label: &'item str,
    pub(in crate::observe) width: u32,
    pub(in crate::observe) height: u32,
    /// False for stills: nobody can be followed.
    pub(in crate::observe) in_sequence: bool,
}

/// A track that ended (or was cut by the end of the item).
pub(in crate::observe) struct EndedTrack<'track> {
    pub(in crate::observe) track: &'track Track,
    /// Person or face.
    pub(in crate::observe) subject: super::plan::Subject,
}
