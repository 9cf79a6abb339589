//! **What it asks.** Is one person in twenty or more seen in a group?
//!
//! **Why it matters.** Alerts on gatherings and distances were sold in the pandemic and since; the decree does not
//! list them.
//!
//! **How it decides.** The share of tracks that walked or stood in a group, as the measure defines it, must be one
//! in twenty or more, with its whole interval.
//!
//! **What it cannot tell.** Whether people who are near each other belong together.
//!
//! **Source.** The distance is cited in `room::measure::groups`; one in twenty is this tool's convention.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::SOME;
use vsa_record::reading::{Capability, FigureName};

pub(super) const META: Audit = Audit {
    id: AuditId::PeopleAreSeenInGroups,
    group: Group::Judged,
    evidence: Evidence::Figure(Capability::Groups, FigureName::InGroupShare),
    threshold: SOME,
    limits: &[
        Limit::MissedPeopleAreNotCounted,
        Limit::TracksAreNotChecked,
        Limit::ReasonsAreNotSeen,
    ],
};
