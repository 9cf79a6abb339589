//! **What it asks.** Would a system that counts people here have somebody in view most of the time?
//!
//! **Why it matters.** A camera that nearly always has somebody in view watches people, whatever it was put up
//! to watch.
//!
//! **How it decides.** The share of frames with at least one detected person, against a half.
//!
//! **What it cannot tell.** How many people were missed; who they were; what the place looks like at other
//! hours.
//!
//! **Source.** Majority is this tool's convention. Measure: `room::measure::presence`.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::MOST;

pub(super) const META: Audit = Audit {
    id: AuditId::SomebodyIsUsuallyInView,
    group: Group::Seen,
    evidence: Evidence::OccupiedShare,
    threshold: MOST,
    limits: &[Limit::MissedPeopleAreNotCounted],
};
