//! **What it asks.** Can the faces of this footage be told apart by an open face-recognition model, with one error
//! in twenty or fewer?
//!
//! **Why it matters.** Matching a face in a live stream against a list is what the five texts fear most; whether
//! footage allows it is measurable without any list.
//!
//! **How it decides.** The equal error rate between pairs of one face track and pairs of faces seen at the same
//! moment must be one in twenty or less, with its whole interval.
//!
//! **What it cannot tell.** How a list of thousands would do: errors grow with the length of the list; what a
//! better model would do.
//!
//! **Source.** One in twenty is this tool's convention. Measure: `room::measure::face_matching`.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::NEARLY_NONE;
use vsa_record::reading::{Capability, FigureName};

pub(super) const META: Audit = Audit {
    id: AuditId::FacesCanBeToldApart,
    group: Group::Recognisable,
    evidence: Evidence::Figure(Capability::FaceMatching, FigureName::EqualErrorRate),
    threshold: NEARLY_NONE,
    limits: &[
        Limit::MissedFacesAreNotCounted,
        Limit::ScoredOnTracks,
        Limit::OneModelOnly,
    ],
};
