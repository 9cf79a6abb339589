//! **What it asks.** Would an object left behind be reported once a day or more?
//!
//! **Why it matters.** It is the first of the eight events of decree 2023-828, and the one with the most false
//! alarms in the published evaluation.
//!
//! **How it decides.** The rate of such events must be one a day or more, with its whole interval.
//!
//! **What it cannot tell.** What the object is: furniture, reflections and puddles look still, too.
//!
//! **Source.** Once a day is this tool's convention. Measure: `room::measure::left_object`.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::DAILY;
use vsa_record::reading::{Capability, FigureName};

pub(super) const META: Audit = Audit {
    id: AuditId::LeftObjectsWouldBeReported,
    group: Group::Judged,
    evidence: Evidence::Figure(Capability::LeftObject, FigureName::LeftObjectRate),
    threshold: DAILY,
    limits: &[Limit::EventsAreNotChecked],
};
