//! **What it asks.** Does the label that a model assigns change within one track, for one person in twenty or more?
//!
//! **Why it matters.** Guessing age or gender from looks is sold as a fact about people. A label that changes while
//! the person stays the same is none.
//!
//! **How it decides.** The share of tracks with more than one label must be one in twenty or more, with its whole
//! interval.
//!
//! **What it cannot tell.** Whether a label that stays the same is right. The tool makes no claim about anybody's
//! age or gender.
//!
//! **Source.** One in twenty is this tool's convention. Measure: `room::measure::attributes`.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::SOME;
use vsa_record::reading::{Capability, FigureName};

pub(super) const META: Audit = Audit {
    id: AuditId::AttributeLabelsFlip,
    group: Group::Judged,
    evidence: Evidence::Figure(Capability::Attributes, FigureName::FlipShare),
    threshold: SOME,
    limits: &[
        Limit::MissedFacesAreNotCounted,
        Limit::ScoredOnTracks,
        Limit::OneModelOnly,
        Limit::LabelsAreNotFacts,
    ],
};
