//! All measures, fed together by the pipeline. In: items, frames, ended tracks, in order. Out: [`Measurements`] and
//! the caveats that the measuring itself brought up.
//!
//! Order of calls: `start_item`, then `frame` for every looked-at frame and `track` for every track that has ended
//! (after the frames that it was seen in), then `end_item`; at last `finish`.

use super::attributes::AttributesMeasure;
use super::capabilities::rows;
use super::crowd_movement::CrowdMovementMeasure;
use super::density::DensityMeasure;
use super::direction::DirectionMeasure;
use super::dwell::DwellMeasure;
use super::face_exposure::FaceExposureMeasure;
use super::face_matching::FaceMatchingMeasure;
use super::fall::FallMeasure;
use super::followability::FollowabilityMeasure;
use super::gait::GaitMeasure;
use super::groups::GroupsMeasure;
use super::intrusion::IntrusionMeasure;
use super::left_object::LeftObjectMeasure;
use super::pace::PaceMeasure;
use super::presence::PresenceMeasure;
use super::reidentification::ReidentificationMeasure;
use super::second_detector::Moment;
use super::sensitivity::{Found, SensitivityMeasure};
use super::settled::{Tally, standing};
use super::singling_out::SinglingOutMeasure;
use super::synopsis::SynopsisMeasure;
use super::visits::VisitsMeasure;
use super::{EndedDescribed, EndedTrack, ItemStart, Measure, Results, Seen};
use crate::footage::grey::GreyGrid;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use vsa_plan::scene::Scene;
use vsa_plan::{Role, Subject};
use vsa_record::caveat::Caveat;
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::drawn::DrawnName;
use vsa_record::estimate::Interval;
use vsa_record::measurements::{Measurements, Outcome};

/// Below this, intervals over tracks are wide and only roughly right.
const FEW_TRACKS: u64 = 30;

/// The measures of one run.
pub(crate) struct Measures {
    presence: PresenceMeasure,
    visits: VisitsMeasure,
    face_exposure: FaceExposureMeasure,
    followability: FollowabilityMeasure,
    dwell: DwellMeasure,
    /// The measures of all other capabilities.
    others: Vec<Box<dyn Measure>>,
    tracks: u64,
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
pub(crate) struct Behind {
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
            presence: PresenceMeasure::new(),
            visits: VisitsMeasure::new(),
            face_exposure: FaceExposureMeasure::new(),
            followability: FollowabilityMeasure::new(),
            dwell: DwellMeasure::new(),
            others: others(&scene, roles),
            tracks: 0,
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
    pub(crate) fn behind(&self) -> Behind {
        Behind {
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
        self.presence.start_item(item.label, item.in_sequence);
        self.visits
            .start_item(item.label, item.width, item.height, item.in_sequence);
        self.face_exposure.start_item(item.in_sequence);
        self.followability
            .start_item(item.width, item.height, item.in_sequence);
        self.dwell.start_item(item.in_sequence);
        self.sensitivity.start_item(item.in_sequence);
        self.others
            .iter_mut()
            .for_each(|measure| measure.start_item(item));
    }

    pub(crate) fn frame(&mut self, seen: &Seen<'_>) {
        self.presence.frame(
            seen.frame,
            seen.seconds,
            seen.people.map(|people| people.len() as u64),
        );
        self.face_exposure.frame(seen.frame, seen.people, seen.faces);
        self.followability.frame(seen.seconds);
        self.dwell.frame(seen.seconds, seen.people.is_some());
        self.others.iter_mut().for_each(|measure| measure.frame(seen));
    }

    /// The small grey copy of the frame that was handed over last.
    pub(crate) fn picture(&mut self, seen: &Seen<'_>, grid: &GreyGrid) {
        self.others
            .iter_mut()
            .for_each(|measure| measure.picture(seen, grid));
    }

    pub(crate) fn track(&mut self, ended: &EndedTrack<'_>) {
        match ended.subject {
            Subject::Person => {
                self.tracks += 1;
                self.people.add(standing(ended.track));
                self.presence.person(ended.track);
                self.visits.person(ended.track);
                self.face_exposure.person(ended.track);
                self.followability.person(ended.track);
                self.dwell.person(ended.track);
            }
            Subject::Face => {
                self.faces.add(standing(ended.track));
                self.face_exposure.face(ended.track);
            }
        }
        self.sensitivity.track(ended.subject, ended.track);
        self.others.iter_mut().for_each(|measure| measure.track(ended));
    }

    /// The track that [`Self::track`] was just told of, with what was seen of its looks.
    pub(crate) fn described(&mut self, ended: &EndedDescribed<'_>) {
        self.others
            .iter_mut()
            .for_each(|measure| measure.described(ended));
    }

    pub(crate) fn end_item(&mut self) {
        self.presence.end_item();
        self.visits.end_item();
        self.face_exposure.end_item();
        self.followability.end_item();
        self.dwell.end_item();
        self.sensitivity.end_item();
        self.others.iter_mut().for_each(|measure| measure.end_item());
    }

    pub(crate) fn finish(self, policy: &DisclosurePolicy) -> (Measurements, Vec<Caveat>) {
        let (dwell, cuts, times) = self.dwell.finish(policy);
        let followability = self.followability.finish(policy, &dwell, cuts, &times);
        let (face_exposure, face_caveats) = self.face_exposure.finish(policy, &self.drawn);
        let places = self.visits.finish(policy);
        let presence = self.presence.finish(policy, places, &self.drawn);
        let mut caveats = vec![Caveat::NoGroundTruth, Caveat::IntervalsSpeakOfThisScene];
        caveats.extend(face_caveats);
        if matches!(dwell, Outcome::Measured(_)) {
            caveats.push(Caveat::PeopleCountedByTracks);
            if self.tracks < FEW_TRACKS {
                caveats.push(Caveat::FewTracks {
                    fewer_than: FEW_TRACKS,
                });
            }
        }
        let mut results = Results::default();
        for measure in self.others {
            measure.finish(policy, &mut results);
        }
        let capabilities = rows(&mut results);
        caveats.extend(self.scene.caveats(&capabilities));
        caveats.extend(self.caveats);
        caveats.extend(results.caveats);
        let measurements = Measurements {
            presence,
            face_exposure,
            followability,
            dwell,
            capabilities,
        };
        let cells = measurements.withheld_cells();
        if cells > 0 {
            caveats.push(Caveat::CellsWithheld { cells });
        }
        (measurements, caveats)
    }
}

/// One measure for each capability that can be measured, in the order of the report.
fn others(scene: &Arc<Scene>, roles: Option<&BTreeSet<Role>>) -> Vec<Box<dyn Measure>> {
    let mut measures: Vec<Box<dyn Measure>> = vec![
        Box::new(PaceMeasure::new(scene)),
        Box::new(DirectionMeasure::new(scene)),
        Box::new(IntrusionMeasure::new(scene)),
        Box::new(DensityMeasure::new(scene)),
        Box::new(GroupsMeasure::new(scene)),
        Box::new(FallMeasure::default()),
        Box::new(CrowdMovementMeasure::default()),
        Box::new(LeftObjectMeasure::default()),
        Box::new(SynopsisMeasure::new()),
        Box::new(GaitMeasure::new(
            roles.is_some_and(|roles| roles.contains(&Role::Pose)),
        )),
    ];
    if let Some(roles) = roles {
        measures.push(Box::new(ReidentificationMeasure::new(roles)));
        measures.push(Box::new(FaceMatchingMeasure::new(roles)));
        measures.push(Box::new(AttributesMeasure::new(roles)));
        measures.push(Box::new(SinglingOutMeasure::new()));
    }
    measures
}
