//! **What it asks.** Do most of the faces that were found here reach the pixel density at which EN 62676-4
//! expects that a known person is recognised (125 px/m)?
//!
//! **Why it matters.** It is the density that a face recognition product would be planned for.
//!
//! **How it decides.** The share of face tracks whose largest sighting reaches 125 px/m, by face width, against
//! a half.
//!
//! **What it cannot tell.** Faces that were not found, the small ones first; light, blur, pose and compression;
//! whether anybody would be recognised.
//!
//! **Source.** EN/IEC 62676-4:2014/15 by secondary sources (cctv-check.de); majority is this tool's convention.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::MOST;
use vsa_record::measurements::Level;

pub(super) const META: Audit = Audit {
    id: AuditId::FacesReachRecognition,
    group: Group::Recognisable,
    evidence: Evidence::FacesReaching(Level::Recognise),
    threshold: MOST,
    limits: &[
        Limit::MissedFacesAreNotCounted,
        Limit::SizesAreAssumed,
        Limit::DensityIsNotQuality,
        Limit::NobodyWasRecognised,
        Limit::TracksAreNotChecked,
    ],
};
