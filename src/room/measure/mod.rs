//! One file per thing that a VSA could extract, measured WITHOUT labels. In: what each frame showed and the tracks
//! that ended. Out: counts, histograms and estimates, never a person.

pub(crate) mod agreement;
mod attributes;
mod axis;
mod background;
mod capabilities;
mod crowd_movement;
mod density;
mod direction;
pub(crate) mod draws;
mod dwell;
mod exposure;
mod face_exposure;
mod face_matching;
mod fall;
mod followability;
mod gait;
#[cfg(test)]
mod ground_scenarios;
#[cfg(test)]
mod ground_truth;
mod groups;
mod intrusion;
#[cfg(test)]
mod labelled;
#[cfg(test)]
mod labelled_looks;
mod left_object;
pub(crate) mod measures;
mod pace;
mod places;
mod presence;
mod reidentification;
#[cfg(test)]
mod scenarios;
pub(crate) mod second_detector;
pub(crate) mod sensitivity;
mod separability;
mod series;
mod settled;
mod singling_out;
mod synopsis;
pub(crate) mod threshold_sweep;
mod timeline;
mod together;
mod visits;
mod watched;

use super::describe::descriptions::Descriptions;
use super::detect::detection::Detection;
use super::footage::grey::GreyGrid;
use super::track::track::Track;
use std::collections::BTreeMap;
use std::rc::Rc;
use vsa_record::caveat::Caveat;
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::measurements::Outcome;
use vsa_record::reading::{Capability, Reading};

/// What one looked-at frame showed.
pub(crate) struct Seen<'frame> {
    /// Number of the frame in its item, as in [`TrackPoint`](super::track::track::TrackPoint).
    pub(crate) frame: u64,
    /// Time in seconds from the item's first frame.
    pub(crate) seconds: f64,
    /// People found; none: no person model ran.
    pub(crate) people: Option<&'frame [Detection]>,
    /// Faces found; none: no face model looked at this frame.
    pub(crate) faces: Option<&'frame [Detection]>,
}

/// What is known about an item before its first frame.
pub(crate) struct ItemStart<'item> {
    pub(crate) label: &'item str,
    pub(crate) width: u32,
    pub(crate) height: u32,
    /// False for stills: nobody can be followed.
    pub(crate) in_sequence: bool,
}

/// A track that ended (or was cut by the end of the item).
pub(crate) struct EndedTrack<'track> {
    pub(crate) track: &'track Track,
    /// Person or face.
    pub(crate) subject: vsa_plan::Subject,
}

/// A track that ended, with what its person (or face) looked like. The measures share the descriptions; the last that
/// lets go of them wipes them.
pub(crate) struct EndedDescribed<'track> {
    pub(crate) track: &'track Track,
    /// Person or face.
    pub(crate) subject: vsa_plan::Subject,
    pub(crate) descriptions: Rc<Descriptions>,
}

/// What the measures of capabilities hand over at the end.
#[derive(Default)]
pub(crate) struct Results {
    pub(crate) readings: BTreeMap<Capability, Outcome<Reading>>,
    /// What limits them, in the order in which it came up.
    pub(crate) caveats: Vec<Caveat>,
}

/// A measure of one capability: fed in a stream, its memory bounded by the number of people, never by the length of
/// the footage. Order of calls: `start_item`, then `frame` for every looked-at frame and `track` for every track that
/// has ended (after the frames that it was seen in), then `end_item`; at last `finish`.
pub(crate) trait Measure {
    /// An item begins.
    fn start_item(&mut self, item: &ItemStart<'_>);
    /// A frame was looked at.
    fn frame(&mut self, seen: &Seen<'_>);
    /// The same frame's small grey copy, after `frame`, for the few measures that look at pixels. Not for stills.
    fn picture(&mut self, _seen: &Seen<'_>, _grid: &GreyGrid) {}
    /// A track of a person or of a face ended.
    fn track(&mut self, ended: &EndedTrack<'_>);
    /// The same track, with what was seen of its looks: called right after [`Measure::track`].
    fn described(&mut self, _ended: &EndedDescribed<'_>) {}
    /// The item is over.
    fn end_item(&mut self);
    /// Everything was seen: says what was read, each cell under `policy`, or why nothing was.
    fn finish(self: Box<Self>, policy: &DisclosurePolicy, results: &mut Results);
}
