//! Telling faces apart. In: tracks of faces with embeddings. Out: how alike one face and two faces look, equal error rate,
//! rank one.
//!
//! **Definition, source.** See [`separability`](super::separability): a closed set, the faces of this footage among each
//! other, in memory. There is no list of known people, and none can be given. **Unit.** Shares; similarity is the cosine
//! between embeddings. **Sensitivity.** A higher score threshold leaves large clear faces and makes matching look easier.
//! **What it cannot tell.** How a system with a list of photographs would do; who anybody is. A track of a face lasts
//! seconds: the same light, the same pose, which makes matching look easier than it is.

use super::reidentification::{Conditions, push};
use super::separability::Separability;
use super::{EndedDescribed, EndedTrack, ItemStart, Measure, Results, Seen};
use std::collections::BTreeSet;
use vsa_plan::{Role, Subject};
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::measurements::{Missing, Outcome};
use vsa_record::reading::{Capability, FigureName, Reading};
use vsa_statistics::streams::FACE_MATCHING;

/// Collects how faces can be matched.
pub(super) struct FaceMatchingMeasure {
    conditions: Conditions,
    faces: Separability,
}

impl FaceMatchingMeasure {
    pub(super) fn new(roles: &BTreeSet<Role>) -> Self {
        Self {
            conditions: Conditions::new(roles.contains(&Role::FaceEmbedding)),
            faces: Separability::new(|moment| moment.face.as_ref()),
        }
    }
}

impl Measure for FaceMatchingMeasure {
    fn start_item(&mut self, item: &ItemStart<'_>) {
        self.conditions.start_item(item);
    }

    fn frame(&mut self, seen: &Seen<'_>) {
        self.conditions.frame(seen.faces.is_some());
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        if ended.subject == Subject::Face {
            self.conditions.track();
        }
    }

    fn described(&mut self, ended: &EndedDescribed<'_>) {
        if ended.subject == Subject::Face {
            self.faces.track(ended.track, &ended.descriptions);
        }
    }

    fn end_item(&mut self) {
        self.faces.end_item();
    }

    fn finish(self: Box<Self>, policy: &DisclosurePolicy, results: &mut Results) {
        let outcome = if let Some(missing) = self.conditions.missing(Missing::NoFaceModel) {
            Outcome::NotMeasured { missing }
        } else if !self.faces.suffices() {
            Outcome::NotMeasured {
                missing: Missing::TooFewTracks,
            }
        } else {
            let mut reading = Reading::default();
            let names = [FigureName::EqualErrorRate, FigureName::RankOne];
            push(
                &mut reading,
                names,
                self.faces.finish(policy, FACE_MATCHING),
                true,
            );
            Outcome::Measured(reading)
        };
        results.readings.insert(Capability::FaceMatching, outcome);
    }
}
