//! **What it asks.** Does one person in twenty or more move so fast that a running alarm would speak?
//!
//! **Why it matters.** Running is among the behaviours that alarms are sold for and that the decree does not list.
//!
//! **How it decides.** The share of tracks that move faster than the measure's threshold must be one in twenty or
//! more, with its whole interval.
//!
//! **What it cannot tell.** Why somebody runs; cyclists and skaters are not told from runners.
//!
//! **Source.** The speed is cited in `room::measure::pace`; one in twenty is this tool's convention.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::SOME;
use vsa_record::reading::{Capability, FigureName};

pub(super) const META: Audit = Audit {
    id: AuditId::RunningIsObservable,
    group: Group::Judged,
    evidence: Evidence::Figure(Capability::Pace, FigureName::FasterThanShare),
    threshold: SOME,
    limits: &[
        Limit::MissedPeopleAreNotCounted,
        Limit::TracksAreNotChecked,
        Limit::ReasonsAreNotSeen,
    ],
};
