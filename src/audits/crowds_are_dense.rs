//! **What it asks.** Are people, in one frame of twenty or more, closer together than the density at which crowds
//! become unsafe?
//!
//! **Why it matters.** "Too high a density of people" is the seventh of the eight events of decree 2023-828.
//!
//! **How it decides.** The share of frames whose density exceeds the measure's threshold must be one in twenty or
//! more, with its whole interval.
//!
//! **What it cannot tell.** Density behind people who hide others; any place outside the calibrated ground.
//!
//! **Source.** The threshold of density is cited in `room::measure::density`; one in twenty is this tool's
//! convention.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::SOME;
use vsa_record::reading::{Capability, FigureName};

pub(super) const META: Audit = Audit {
    id: AuditId::CrowdsAreDense,
    group: Group::Seen,
    evidence: Evidence::Figure(Capability::Density, FigureName::DenserThanShare),
    threshold: SOME,
    limits: &[Limit::MissedPeopleAreNotCounted, Limit::CalibrationIsTheUsers],
};
