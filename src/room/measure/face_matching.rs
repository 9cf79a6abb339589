//! Telling faces apart. In: tracks of faces with embeddings. Out: how alike one face and two faces look, equal error rate,
//! rank one.
//!
//! **Definition, source.** See [`separability`](super::separability): a closed set, the faces of this footage among each
//! other, in memory. There is no list of known people, and none can be given. **Unit.** Shares; similarity is the cosine
//! between embeddings. **Sensitivity.** A higher score threshold leaves large clear faces and makes matching look easier.
//! **What it cannot tell.** How a system with a list of photographs would do; who anybody is. A track of a face lasts
//! seconds: the same light, the same pose, which makes matching look easier than it is.

use super::reidentification::push;
use super::separability::Separability;
use super::watched::Watched;
use super::{EndedTrack, Measure, Results};
use std::collections::BTreeSet;
use vsa_plan::{Role, Subject};
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::measurements::Missing;
use vsa_record::reading::{Capability, FigureName, Reading};
use vsa_statistics::streams::FACE_MATCHING;

/// Collects how faces can be matched.
pub(super) struct FaceMatchingMeasure {
    given: bool,
    anybody: bool,
    faces: Separability,
}

impl FaceMatchingMeasure {
    pub(super) fn new(roles: &BTreeSet<Role>) -> Self {
        Self {
            given: roles.contains(&Role::FaceEmbedding),
            anybody: false,
            faces: Separability::new(|moment| moment.face.as_ref()),
        }
    }
}

impl Measure for FaceMatchingMeasure {
    fn follows(&self, subject: Subject) -> bool {
        subject == Subject::Face
    }

    fn track(&mut self, ended: &EndedTrack<'_>) {
        self.anybody = true;
        if let Some(looks) = &ended.looks {
            self.faces.track(ended.track, looks);
        }
    }

    fn end_item(&mut self, _watched: &Watched) {
        self.faces.end_item();
    }

    fn finish(self: Box<Self>, watched: &Watched, policy: &DisclosurePolicy, results: &mut Results) {
        results.read(Capability::FaceMatching, self.reading(watched, policy));
    }
}

impl FaceMatchingMeasure {
    fn reading(self, watched: &Watched, policy: &DisclosurePolicy) -> Result<Reading, Missing> {
        if !self.given {
            return Err(Missing::NoModelGiven);
        }
        watched.followed(Subject::Face, self.anybody)?;
        let mut reading = Reading::default();
        let names = [FigureName::EqualErrorRate, FigureName::RankOne];
        push(
            &mut reading,
            names,
            self.faces.finish(policy, FACE_MATCHING)?,
            true,
        );
        Ok(reading)
    }
}
