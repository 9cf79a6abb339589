//! **What it asks.** Is nearly everybody too small in the picture to be recognised, as is said of cameras that
//! "only see silhouettes"?
//!
//! **Why it matters.** It is the defence that is made of many installations. Here the claim has to be shown: no
//! evidence is not a pass.
//!
//! **How it decides.** The share of people whose largest sighting reaches 125 px/m, by body height (so that the
//! faceless count), must be one in twenty or fewer, with its whole interval.
//!
//! **What it cannot tell.** What a better detector, super-resolution or recognition by gait would do below that
//! density; what a zoom lens does.
//!
//! **Source.** EN/IEC 62676-4:2014/15 by secondary sources (cctv-check.de); one in twenty is this tool's
//! convention.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::NEARLY_NOBODY;
use vsa_record::measurements::Level;

pub(super) const META: Audit = Audit {
    id: AuditId::EveryoneUnrecognisable,
    group: Group::Recognisable,
    evidence: Evidence::BodiesReaching(Level::Recognise),
    threshold: NEARLY_NOBODY,
    limits: &[
        Limit::MissedPeopleAreNotCounted,
        Limit::SizesAreAssumed,
        Limit::DensityIsNotQuality,
        Limit::NobodyWasRecognised,
        Limit::TracksAreNotChecked,
    ],
};
