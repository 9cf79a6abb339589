//! **What it asks.** Is one person in twenty or more the only one with their clothing colours and size?
//!
//! **Why it matters.** Search by clothing is sold as needing no biometrics. Being the only one who fits is being
//! singled out (the notion of recital 26 of the GDPR).
//!
//! **How it decides.** The share of tracks that share their description with nobody must be one in twenty or more,
//! with its whole interval.
//!
//! **What it cannot tell.** Whether a description is right; how many would share it in a larger crowd or over a
//! longer time.
//!
//! **Source.** One in twenty is this tool's convention. Measure: `room::measure::singling_out`.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::SOME;
use vsa_record::reading::{Capability, FigureName};

pub(super) const META: Audit = Audit {
    id: AuditId::ClothingSinglesPeopleOut,
    group: Group::Recognisable,
    evidence: Evidence::Figure(Capability::SinglingOut, FigureName::UniqueShare),
    threshold: SOME,
    limits: &[
        Limit::MissedPeopleAreNotCounted,
        Limit::TracksAreNotChecked,
        Limit::CrowdIsThisFootages,
    ],
};
