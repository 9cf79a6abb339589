//! **What it asks.** Would a sudden movement of many people be reported once a day or more?
//!
//! **Why it matters.** It is the sixth of the eight events of decree 2023-828.
//!
//! **How it decides.** The rate of such events must be one a day or more, with its whole interval.
//!
//! **What it cannot tell.** Why people moved: a green light, a train that arrives, a panic.
//!
//! **Source.** Once a day is this tool's convention. Measure: `room::measure::crowd_movement`.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::DAILY;
use vsa_record::reading::{Capability, FigureName};

pub(super) const META: Audit = Audit {
    id: AuditId::CrowdMovementsWouldBeReported,
    group: Group::Judged,
    evidence: Evidence::Figure(Capability::CrowdMovement, FigureName::CrowdMovementRate),
    threshold: DAILY,
    limits: &[Limit::MissedPeopleAreNotCounted, Limit::EventsAreNotChecked],
};
