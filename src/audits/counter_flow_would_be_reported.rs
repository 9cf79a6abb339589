//! **What it asks.** Would movement against the common direction be reported once a day or more?
//!
//! **Why it matters.** It is the third of the eight events of decree 2023-828.
//!
//! **How it decides.** The rate of such events must be one a day or more, with its whole interval.
//!
//! **What it cannot tell.** Whether the direction was compulsory; how often the alarm would be false.
//!
//! **Source.** Once a day is this tool's convention. Measure: `room::measure::direction`.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::DAILY;
use vsa_record::reading::{Capability, FigureName};

pub(super) const META: Audit = Audit {
    id: AuditId::CounterFlowWouldBeReported,
    group: Group::Judged,
    evidence: Evidence::Figure(Capability::Direction, FigureName::CounterFlowRate),
    threshold: DAILY,
    limits: &[Limit::MissedPeopleAreNotCounted, Limit::EventsAreNotChecked],
};
