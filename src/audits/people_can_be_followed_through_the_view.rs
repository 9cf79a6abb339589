//! **What it asks.** Can most people be followed from where they enter the picture to where they leave it?
//!
//! **Why it matters.** Following somebody wherever they go starts with following them through one view.
//!
//! **How it decides.** The share of tracks, cut off neither by the start nor the end of the footage, that begin
//! and end at an edge of the picture, against a half.
//!
//! **What it cannot tell.** Whether a track is one person; doors in the middle of the picture; other cameras.
//!
//! **Source.** Majority is this tool's convention. Measure: `room::measure::followability`.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::MOST;

pub(super) const META: Audit = Audit {
    id: AuditId::PeopleCanBeFollowedThroughTheView,
    group: Group::Followed,
    evidence: Evidence::EdgeToEdgeShare,
    threshold: MOST,
    limits: &[
        Limit::MissedPeopleAreNotCounted,
        Limit::TracksAreNotChecked,
        Limit::OneViewOnly,
    ],
};
