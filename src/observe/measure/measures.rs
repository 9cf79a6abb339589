//! All measures, fed together by the pipeline. In: items, frames, ended tracks, in order. Out: [`Measurements`] and
//! the caveats that the measuring itself brought up.
//!
//! Order of calls: `start_item`, then `frame` for every looked-at frame and `track` for every track that has ended
//! (after the frames that it was seen in), then `end_item`; at last `finish`.

use super::attributes::AttributesMeasure;
use super::capabilities::rows;
use super::dwell::DwellMeasure;
use super::face_exposure::FaceExposureMeasure;
use super::face_matching::FaceMatchingMeasure;
use super::followability::FollowabilityMeasure;
use super::gait::GaitMeasure;
use super::presence::PresenceMeasure;
use super::reidentification::ReidentificationMeasure;
use super::singling_out::SinglingOutMeasure;
use super::{EndedDescribed, EndedTrack, ItemStart, Measure, Results, Seen};
use crate::observe::plan::{Role, Subject};
use crate::record::caveat::Caveat;
use crate::record::disclosure::DisclosurePolicy;
use crate::record::measurements::{Measurements, Outcome};
use std::collections::BTreeSet;

/// Below this, intervals over tracks are wide and only roughly right.
const FEW_TRACKS: u64 = 30;

/// The measures of one run.
pub(in crate::observe) struct Measures {
    presence: PresenceMeasure,
    face_exposure: FaceExposureMeasure,
    followability: FollowabilityMeasure,
    dwell: DwellMeasure,
    /// The measures of all other capabilities.
    others: Vec<Box<dyn Measure>>,
    tracks: u64,
}

impl Measures {
    /// Without models that describe.
    #[cfg(test)]
    pub(in crate::observe) fn new() -> Self {
        Self::with_roles(&BTreeSet::new())
    }

    /// `roles`: what models tell of those found.
    pub(in crate::observe) fn with_roles(roles: &BTreeSet<Role>) -> Self {
        Self {
            presence: PresenceMeasure::new(),
            face_exposure: FaceExposureMeasure::new(),
            followability: FollowabilityMeasure::new(),
            dwell: DwellMeasure::new(),
            others: others(roles),
            tracks: 0,
        }
    }

    pub(in crate::observe) fn start_item(&mut self, item: &ItemStart<'_>) {
        self.presence.start_item(item.label, item.in_sequence);
        self.face_exposure.start_item(item.in_sequence);
        self.followability
            .start_item(item.width, item.height, item.in_sequence);
        self.dwell.start_item(item.in_sequence);
        self.others
            .iter_mut()
            .for_each(|measure| measure.start_item(item));
    }

    pub(in crate::observe) fn frame(&mut self, seen: &Seen<'_>) {
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

    pub(in crate::observe) fn track(&mut self, ended: &EndedTrack<'_>) {
        match ended.subject {
            Subject::Person => {
                self.tracks += 1;
                self.presence.person(ended.track);
                self.face_exposure.person(ended.track);
                self.followability.person(ended.track);
                self.dwell.person(ended.track);
            }
            Subject::Face => self.face_exposure.face(ended.track),
        }
        self.others.iter_mut().for_each(|measure| measure.track(ended));
    }

    /// The track that [`Self::track`] was just told of, with what was seen of its looks.
    pub(in crate::observe) fn described(&mut self, ended: &EndedDescribed<'_>) {
        self.others
            .iter_mut()
            .for_each(|measure| measure.described(ended));
    }

    pub(in crate::observe) fn end_item(&mut self) {
        self.presence.end_item();
        self.face_exposure.end_item();
        self.followability.end_item();
        self.dwell.end_item();
        self.others.iter_mut().for_each(|measure| measure.end_item());
    }

    pub(in crate::observe) fn finish(self, policy: &DisclosurePolicy) -> (Measurements, Vec<Caveat>) {
        let (dwell, cuts, times) = self.dwell.finish(policy);
        let followability = self.followability.finish(policy, &dwell, cuts, &times);
        let (face_exposure, face_caveats) = self.face_exposure.finish(policy);
        let presence = self.presence.finish(policy);
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
fn others(roles: &BTreeSet<Role>) -> Vec<Box<dyn Measure>> {
    vec![
        Box::new(ReidentificationMeasure::new(roles)),
        Box::new(FaceMatchingMeasure::new(roles)),
        Box::new(AttributesMeasure::new(roles)),
        Box::new(SinglingOutMeasure::new()),
        Box::new(GaitMeasure::new()),
    ]
}
