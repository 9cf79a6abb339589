//! **What it asks.** Would somebody on the ground be reported once a day or more?
//!
//! **Why it matters.** It is the fifth of the eight events of decree 2023-828.
//!
//! **How it decides.** The rate of such events must be one a day or more, with its whole interval.
//!
//! **What it cannot tell.** Who sits, kneels, bends or sleeps and who fell.
//!
//! **Source.** Once a day is this tool's convention. Measure: `room::measure::fall`.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::DAILY;
use vsa_record::reading::{Capability, FigureName};

pub(super) const META: Audit = Audit {
    id: AuditId::FallsWouldBeReported,
    group: Group::Judged,
    evidence: Evidence::Figure(Capability::Fall, FigureName::FallRate),
    threshold: DAILY,
    limits: &[Limit::MissedPeopleAreNotCounted, Limit::EventsAreNotChecked],
};
