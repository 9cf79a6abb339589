//! **What it asks.** Is a person's nearest look-alike, most of the time, that same person at another moment?
//!
//! **Why it matters.** Re-identification by the body is what turns single cameras into one; the decree excludes it,
//! vendors offer it.
//!
//! **How it decides.** The share of probes whose most similar other sighting is of the same track must be half or
//! more, with its whole interval.
//!
//! **What it cannot tell.** Whether it would hold between cameras, days or changes of clothes.
//!
//! **Source.** Rank-1 as in the literature on re-identification; half is this tool's convention. Measure:
//! `room::measure::reidentification`.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::MOST;
use vsa_record::reading::{Capability, FigureName};

pub(super) const META: Audit = Audit {
    id: AuditId::PeopleCanBeFoundAgain,
    group: Group::Followed,
    evidence: Evidence::Figure(Capability::Reidentification, FigureName::RankOne),
    threshold: MOST,
    limits: &[
        Limit::MissedPeopleAreNotCounted,
        Limit::ScoredOnTracks,
        Limit::OneModelOnly,
        Limit::OneViewOnly,
    ],
};
