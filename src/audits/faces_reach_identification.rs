//! **What it asks.** Do most of the faces that were found here reach the pixel density at which EN 62676-4
//! expects that a stranger is identified (250 px/m)?
//!
//! **Why it matters.** It is the density at which a picture would serve as evidence against somebody whom the
//! viewer does not know.
//!
//! **How it decides.** The share of face tracks whose largest sighting reaches 250 px/m, by face width, against
//! a half.
//!
//! **What it cannot tell.** Faces that were not found, the small ones first; light, blur, pose and compression;
//! whether anybody would be identified.
//!
//! **Source.** EN/IEC 62676-4:2014/15 by secondary sources (cctv-check.de, infinitioptics.com); majority is
//! this tool's convention.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::MOST;
use vsa_record::measurements::Level;

pub(super) const META: Audit = Audit {
    id: AuditId::FacesReachIdentification,
    group: Group::Recognisable,
    evidence: Evidence::FacesReaching(Level::Identify),
    threshold: MOST,
    limits: &[
        Limit::MissedFacesAreNotCounted,
        Limit::SizesAreAssumed,
        Limit::DensityIsNotQuality,
        Limit::NobodyWasRecognised,
        Limit::TracksAreNotChecked,
    ],
};
