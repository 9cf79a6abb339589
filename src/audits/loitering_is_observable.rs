//! **What it asks.** Do so many people stay in view for more than a minute that a loitering alarm set to a
//! minute would regularly speak?
//!
//! **Why it matters.** Staying in place too long is among the behaviours that vendors sell alarms for and that
//! the French decree does not list.
//!
//! **How it decides.** The Kaplan-Meier share of people who stay longer than 60 seconds must be one in twenty
//! or more, with its whole interval.
//!
//! **What it cannot tell.** Why somebody stays; whether an alarm was ever set; stays of people whom the tracker
//! lost.
//!
//! **Source.** 60 seconds and one in twenty are this tool's conventions. Measure: `room::measure::dwell`.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::{LOITERING_SECONDS, SOME};

pub(super) const META: Audit = Audit {
    id: AuditId::LoiteringIsObservable,
    group: Group::Judged,
    evidence: Evidence::LongerThan(LOITERING_SECONDS),
    threshold: SOME,
    limits: &[
        Limit::MissedPeopleAreNotCounted,
        Limit::TracksAreNotChecked,
        Limit::ReasonsAreNotSeen,
    ],
};
