//! **What it asks.** Do most people here reach the pixel density at which EN 62676-4 expects that clothing and
//! the like are told apart (observe, 62.5 px/m)?
//!
//! **Why it matters.** A person can be singled out and followed by clothes and stature without any face.
//!
//! **How it decides.** The share of people whose largest sighting reaches 62.5 px/m, by body height, against a
//! half.
//!
//! **What it cannot tell.** People who were not found; children and bent or hidden bodies, whose density is
//! understated.
//!
//! **Source.** EN/IEC 62676-4:2014/15 by secondary sources (cctv-check.de, infinitioptics.com); majority is
//! this tool's convention.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::MOST;
use vsa_record::measurements::Level;

pub(super) const META: Audit = Audit {
    id: AuditId::BodiesReachObservation,
    group: Group::Recognisable,
    evidence: Evidence::BodiesReaching(Level::Observe),
    threshold: MOST,
    limits: &[
        Limit::MissedPeopleAreNotCounted,
        Limit::SizesAreAssumed,
        Limit::DensityIsNotQuality,
        Limit::NobodyWasRecognised,
        Limit::TracksAreNotChecked,
    ],
};
