//! **What it asks.** Would entries into the (first) zone be reported once a day or more?
//!
//! **Why it matters.** It is the fourth of the eight events of decree 2023-828.
//!
//! **How it decides.** The rate of entries must be one a day or more, with its whole interval.
//!
//! **What it cannot tell.** Whether the zone was forbidden, and to whom.
//!
//! **Source.** Once a day is this tool's convention. Measure: `room::measure::intrusion`.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::DAILY;
use vsa_record::reading::{Capability, FigureName};

pub(super) const META: Audit = Audit {
    id: AuditId::ZoneEntriesWouldBeReported,
    group: Group::Judged,
    evidence: Evidence::Figure(Capability::Intrusion, FigureName::ZoneEntryRate),
    threshold: DAILY,
    limits: &[Limit::MissedPeopleAreNotCounted, Limit::EventsAreNotChecked],
};
