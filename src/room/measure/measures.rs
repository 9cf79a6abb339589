//! All measures, fed together by the pipeline. In: items, frames, ended tracks, in order. Out: [`Measurements`] and
//! the caveats that the measuring itself brought up.

use super::attributes::AttributesMeasure;
use super::crowd_movement::CrowdMovementMeasure;
use super::density::DensityMeasure;
use super::direction::DirectionMeasure;
use super::dwell::DwellMeasure;
use super::face_exposure::FaceExposureMeasure;
use super::face_quality::FaceQualityMeasure;
use super::fall::FallMeasure;
use super::followability::FollowabilityMeasure;
use super::gait::GaitMeasure;
use super::groups::GroupsMeasure;
use super::intrusion::IntrusionMeasure;
use super::left_object::LeftObjectMeasure;
use super::linking::LinkingMeasure;
use super::pace::PaceMeasure;
use super::presence::PresenceMeasure;
use super::second_detector::Moment;
use super::sensitivity::{Found, SensitivityMeasure};
use super::settled::Tally;
use super::singling_out::SinglingOutMeasure;
use super::synopsis::SynopsisMeasure;
use super::watched::Watched;
use super::{Capability, EndedTrack, ItemStart, Measure, Measured, Reading, Results, Seen};
use crate::footage::grey::GreyGrid;
use crate::track::track::Track;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use vsa_plan::scene::Scene;
use vsa_plan::{Role, Subject};
use vsa_record::catalogue::catalogue;
use vsa_record::caveat::Caveat;
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::drawn::DrawnName;
use vsa_record::estimate::Interval;
use vsa_record::measurements::Measurements;
use vsa_record::quantity::is_name;

/// A measure, what it was shown, and where its result goes.
struct Watching<M, I> {
    measure: M,
    watched: Watched,
    into: I,
}

/// One of the measures, whatever comes out of it. The order of calls is that of [`Measure`].
pub(super) trait Listener {
    fn start_item(&mut self, item: &ItemStart<'_>);
    fn frame(&mut self, seen: &Seen<'_>);
    fn picture(&mut self, seen: &Seen<'_>, grid: &GreyGrid);
    fn track(&mut self, ended: &EndedTrack<'_>);
    fn end_item(&mut self);
    fn finish(self: Box<Self>, policy: &DisclosurePolicy, results: &mut Results);
}

impl<M: Measure, I: FnOnce(&mut Results, Measured<M::Found>)> Listener for Watching<M, I> {
    fn start_item(&mut self, item: &ItemStart<'_>) {
        let is_of_use = (item.in_sequence || self.measure.takes_stills()) && self.measure.start_item(item);
        self.watched.start_item(item, is_of_use);
    }

    fn frame(&mut self, seen: &Seen<'_>) {
        self.watched.frame(seen);
        if self.watched.usable() {
            self.measure.frame(seen);
        }
    }

    fn picture(&mut self, seen: &Seen<'_>, grid: &GreyGrid) {
        if self.watched.usable() {
            self.measure.picture(seen, grid);
        }
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        if self.watched.usable() && self.measure.follows(ended.subject) {
            self.watched.track();
            self.measure.track(ended);
        }
    }

    fn end_item(&mut self) {
        self.watched.end_item();
        if self.watched.usable() {
            self.measure.end_item(&self.watched);
        }
    }

    fn finish(self: Box<Self>, policy: &DisclosurePolicy, results: &mut Results) {
        let Self {
            measure,
            watched,
            into,
        } = *self;
        let found = measure.finish(&watched, policy, results);
        into(results, found);
    }
}

fn watching<M: Measure>(
    measure: M,
    into: impl FnOnce(&mut Results, Measured<M::Found>) + 'static,
) -> Box<dyn Listener> {
    Box::new(Watching {
        measure,
        watched: Watched::default(),
        into,
    })
}

/// A measure of one capability.
pub(super) fn reading(capability: Capability, measure: impl Measure<Found = Reading>) -> Box<dyn Listener> {
    watching(measure, move |results, found| results.read(capability, found))
}

/// An item of one frame in which everybody was looked for and nobody found: a test can then end tracks in it.
#[cfg(test)]
pub(super) fn begin_with_nobody(measure: &mut dyn Listener) {
    measure.start_item(&ItemStart {
        label: "item-1",
        width: 100,
        height: 100,
        in_sequence: true,
    });
    measure.frame(&Seen {
        frame: 0,
        seconds: 0.0,
        people: Some(&[]),
        faces: Some(&[]),
    });
}

/// The measures of one run.
pub(crate) struct Measures {
    measures: Vec<Box<dyn Listener>>,
    scene: Arc<Scene>,
    caveats: Vec<Caveat>,
    people: Tally,
    faces: Tally,
    stills: bool,
    /// What is tried on the detectors; of degraded runs nothing.
    sensitivity: SensitivityMeasure,
    /// Intervals that the draw of frames gave; empty: frames were not drawn.
    drawn: BTreeMap<DrawnName, Interval>,
}

/// How many distinct people and faces a run found; whether stills were among its items, in which nobody is told apart.
#[derive(Clone, Copy)]
pub(crate) struct Contributors {
    pub(crate) people: u64,
    pub(crate) faces: u64,
    pub(crate) stills: bool,
}

impl Measures {
    /// Without a scene, and without models that describe.
    #[cfg(test)]
    pub(crate) fn new() -> Self {
        Self::of(&Scene::default(), Some(&BTreeSet::new()))
    }

    /// `roles`: what models tell of those found; none: nobody is described at all, as in degraded runs.
    pub(crate) fn of(scene: &Scene, roles: Option<&BTreeSet<Role>>) -> Self {
        let scene = Arc::new(scene.clone());
        Self {
            measures: measures(&scene, roles),
            scene,
            caveats: Vec::new(),
            people: Tally::default(),
            faces: Tally::default(),
            stills: false,
            sensitivity: SensitivityMeasure::default(),
            drawn: BTreeMap::new(),
        }
    }

    /// What shall be tried on the detectors of this run.
    pub(crate) fn sensitivity(&mut self) -> &mut SensitivityMeasure {
        &mut self.sensitivity
    }

    /// All that was found in the frame that [`Self::frame`] was told of.
    pub(crate) fn found(&mut self, at: Moment, people: Found<'_>, faces: Found<'_>) {
        self.sensitivity.frame(at, people, faces);
    }

    /// Frames were drawn: the intervals of what was drawn for.
    pub(crate) fn drawn(&mut self, intervals: BTreeMap<DrawnName, Interval>) {
        self.drawn = intervals;
    }

    /// How many people stand behind what was measured so far.
    pub(crate) fn contributors(&self) -> Contributors {
        Contributors {
            people: self.people.people(),
            faces: self.faces.people(),
            stills: self.stills,
        }
    }

    pub(crate) fn start_item(&mut self, item: &ItemStart<'_>) {
        if !self.scene.fits(item.width, item.height) {
            self.caveats.push(Caveat::SceneDoesNotFit {
                item: item.label.to_owned(),
            });
        }
        self.stills |= !item.in_sequence;
        self.sensitivity.start_item(item.in_sequence);
        self.measures
            .iter_mut()
            .for_each(|measure| measure.start_item(item));
    }

    pub(crate) fn frame(&mut self, seen: &Seen<'_>) {
        self.measures.iter_mut().for_each(|measure| measure.frame(seen));
    }

    /// The small grey copy of the frame that was handed over last.
    pub(crate) fn picture(&mut self, seen: &Seen<'_>, grid: &GreyGrid) {
        self.measures
            .iter_mut()
            .for_each(|measure| measure.picture(seen, grid));
    }

    /// A track ended, before it is said what of it counts: only what is tried on the detectors looks at the rest.
    pub(crate) fn candidate(&mut self, subject: Subject, track: &Track) {
        self.sensitivity.track(subject, track);
    }

    pub(crate) fn track(&mut self, ended: &EndedTrack<'_>) {
        let tally = match ended.subject {
            Subject::Person => &mut self.people,
            Subject::Face => &mut self.faces,
        };
        tally.add(ended.support);
        self.measures.iter_mut().for_each(|measure| measure.track(ended));
    }

    pub(crate) fn end_item(&mut self) {
        self.sensitivity.end_item();
        self.measures.iter_mut().for_each(|measure| measure.end_item());
    }

    pub(crate) fn finish(self, policy: &DisclosurePolicy) -> (Measurements, Vec<Caveat>) {
        let mut results = Results::new(self.drawn);
        for measure in self.measures {
            measure.finish(policy, &mut results);
        }
        let Results {
            measurements,
            caveats: measured,
            ..
        } = results;
        debug_assert!(
            catalogue(&measurements)
                .iter()
                .all(|(quantity, _)| is_name(&quantity.name())),
            "a claim can name whatever is measured"
        );
        let mut caveats = vec![Caveat::NoGroundTruth, Caveat::IntervalsSpeakOfThisScene];
        caveats.extend(measured);
        caveats.extend(self.scene.caveats(&measurements.capabilities));
        caveats.extend(self.caveats);
        let cells = measurements.withheld_cells();
        if cells > 0 {
            caveats.push(Caveat::CellsWithheld { cells });
        }
        (measurements, caveats)
    }
}

/// All of them. `DwellMeasure` before `FollowabilityMeasure`, which tells of the same times.
fn measures(scene: &Arc<Scene>, roles: Option<&BTreeSet<Role>>) -> Vec<Box<dyn Listener>> {
    let posed = roles.is_some_and(|roles| roles.contains(&Role::Pose));
    let mut measures = vec![
        watching(PresenceMeasure::default(), |all, found| {
            all.measurements.presence = found.into();
        }),
        watching(FaceExposureMeasure::new(), |all, found| {
            all.measurements.face_exposure = found.into();
        }),
        watching(DwellMeasure::new(), |all, found| {
            all.measurements.dwell = found.into();
        }),
        watching(FollowabilityMeasure::default(), |all, found| {
            all.measurements.followability = found.into();
        }),
        reading(Capability::Pace, PaceMeasure::new(scene)),
        reading(Capability::Direction, DirectionMeasure::new(scene)),
        reading(Capability::Intrusion, IntrusionMeasure::new(scene)),
        reading(Capability::Density, DensityMeasure::new(scene)),
        reading(Capability::Groups, GroupsMeasure::new(scene)),
        reading(Capability::Fall, FallMeasure::default()),
        reading(Capability::CrowdMovement, CrowdMovementMeasure::default()),
        reading(Capability::LeftObject, LeftObjectMeasure::default()),
        reading(Capability::Synopsis, SynopsisMeasure::default()),
        reading(Capability::Gait, GaitMeasure::new(posed)),
    ];
    if let Some(roles) = roles {
        measures.extend([
            reading(Capability::Reidentification, LinkingMeasure::of_bodies(roles)),
            reading(Capability::FaceMatching, LinkingMeasure::of_faces(roles)),
            reading(Capability::FaceQuality, FaceQualityMeasure::new()),
        ]);
        measures.extend(of_labels(roles));
        measures.push(reading(Capability::SinglingOut, SinglingOutMeasure::default()));
    }
    measures
}

/// Those of assigned labels, as far as models tell of these `roles`.
pub(super) fn of_labels(roles: &BTreeSet<Role>) -> [Box<dyn Listener>; 3] {
    let labels = |capability, wanted: &[_]| reading(capability, AttributesMeasure::new(roles, wanted));
    [
        labels(
            Capability::Attributes,
            &[(Role::Age, Some("age")), (Role::Gender, Some("gender"))],
        ),
        labels(Capability::Emotion, &[(Role::Emotion, None)]),
        labels(Capability::Mask, &[(Role::Mask, None)]),
    ]
}
