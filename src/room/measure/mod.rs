//! One file per thing that a VSA could extract, measured WITHOUT labels. In: what each frame showed and the tracks
//! that ended. Out: counts, histograms and estimates, never a person.

pub(crate) mod agreement;
mod attributes;
mod axis;
mod background;
mod bands;
mod beside;
mod crowd_movement;
mod density;
mod direction;
mod dwell;
mod face_exposure;
mod face_quality;
mod fall;
mod followability;
mod frontal_faces;
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
mod linking;
pub(crate) mod measures;
mod pace;
mod places;
mod presence;
mod probes;
#[cfg(test)]
mod scenarios;
pub(crate) mod second_detector;
pub(crate) mod sensitivity;
mod separability;
mod series;
mod settled;
mod singling_out;
mod synopsis;
pub(crate) mod systematic_sample;
pub(crate) mod threshold_sweep;
mod timeline;
mod together;
mod visits;
mod watched;

// What every measure speaks of is imported here for all of them.
use super::describe::descriptions::Descriptions;
use super::detect::detection::Detection;
use super::footage::grey::GreyGrid;
use super::track::track::Track;
use axis::{Axis, Support};
use settled::support;
use std::collections::BTreeMap;
use std::rc::Rc;
use vsa_plan::Subject;
use vsa_record::caveat::Caveat;
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::drawn::DrawnName;
use vsa_record::estimate::{Estimate, Interval};
use vsa_record::measurements::{Measurements, Missing};
use vsa_record::partition::Cuts;
use vsa_record::reading::{Capability, Figure, FigureName, Reading};
use watched::Watched;

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
    pub(crate) subject: Subject,
    /// How it counts when it is asked how many people stand behind a cell.
    support: Support,
    /// What its person (or face) looked like; none: nobody was described. The measures share it; the last that lets go of
    /// it wipes it.
    looks: Option<Rc<Descriptions>>,
}

impl<'track> EndedTrack<'track> {
    /// Of somebody who was not described.
    pub(crate) fn new(track: &'track Track, subject: Subject) -> Self {
        Self {
            track,
            subject,
            support: support(track),
            looks: None,
        }
    }

    /// Of somebody who looked like this.
    pub(crate) fn described(track: &'track Track, subject: Subject, looks: Descriptions) -> Self {
        Self {
            looks: Some(Rc::new(looks)),
            ..Self::new(track, subject)
        }
    }
}

/// What a measure found, or why nothing.
pub(crate) type Measured<T> = Result<T, Missing>;

/// What the measures hand over at the end.
pub(crate) struct Results {
    /// Intervals that the draw of frames gave; empty: frames were not drawn.
    drawn: BTreeMap<DrawnName, Interval>,
    /// What is told of the time in view by the measure of it, and its axis: what other measures tell of the same times must
    /// not refine it.
    times_in_view: Option<(Cuts, Axis)>,
    measurements: Measurements,
    /// What limits them, in the order in which it came up.
    caveats: Vec<Caveat>,
}

impl Results {
    pub(crate) fn new(drawn: BTreeMap<DrawnName, Interval>) -> Self {
        Self {
            drawn,
            times_in_view: None,
            measurements: Measurements::none_of(why_not),
            caveats: Vec::new(),
        }
    }

    /// What was read of a capability, or why nothing was.
    fn read(&mut self, capability: Capability, found: Measured<Reading>) {
        let mut rows = self.measurements.capabilities.iter_mut();
        if let Some(row) = rows.find(|row| row.capability == capability) {
            row.outcome = found.into();
        }
    }

    /// Of drawn frames, the draw knows more than their order does.
    fn as_drawn(&self, name: DrawnName, estimate: Estimate) -> Estimate {
        Estimate {
            interval: self.drawn.get(&name).copied().unwrap_or(estimate.interval),
            ..estimate
        }
    }
}

/// Why a capability that no measure spoke of was not measured.
fn why_not(capability: Capability) -> Missing {
    match capability {
        Capability::Weapons | Capability::FireStart | Capability::Begging | Capability::Tagging => {
            Missing::NoOpenModel
        }
        Capability::Reidentification
        | Capability::FaceMatching
        | Capability::Attributes
        | Capability::Emotion
        | Capability::Mask => Missing::NoModelGiven,
        Capability::Voice | Capability::Temperature => Missing::NotInFootage,
        Capability::GroupParity => Missing::NeedsLabels,
        Capability::Cost => Missing::DependsOnTheMachine,
        _ => Missing::NotImplementedYet,
    }
}

/// A measure: fed in a stream, its memory bounded by the number of people, never by the length of the footage. Order of
/// calls: `start_item`, then `frame` for every looked-at frame and `track` for every track that has ended (after the
/// frames that it was seen in), then `end_item`; at last `finish`. Of items that are of no use to it, it is shown nothing.
pub(crate) trait Measure: 'static {
    /// What comes out.
    type Found;

    /// Whether it is shown tracks of `subject`.
    fn follows(&self, subject: Subject) -> bool {
        subject == Subject::Person
    }
    /// Whether items whose pictures have no order in time are of use.
    fn takes_stills(&self) -> bool {
        false
    }
    /// An item begins. Out: whether it is of use.
    fn start_item(&mut self, _item: &ItemStart<'_>) -> bool {
        true
    }
    /// A frame was looked at.
    fn frame(&mut self, _seen: &Seen<'_>) {}
    /// The same frame's small grey copy, after `frame`, for the few measures that look at pixels. Not for stills.
    fn picture(&mut self, _seen: &Seen<'_>, _grid: &GreyGrid) {}
    /// A track of somebody whom it follows ended.
    fn track(&mut self, _ended: &EndedTrack<'_>) {}
    /// The item is over.
    fn end_item(&mut self, _watched: &Watched) {}
    /// Everything was seen, and so much of it was of use: says what was found, each cell under `policy`, or why nothing was.
    /// `results`: of the measures before it.
    fn finish(
        self,
        watched: &Watched,
        policy: &DisclosurePolicy,
        results: &mut Results,
    ) -> Measured<Self::Found>;
}
