//! **What it asks.** Are most people seen large enough, and for long enough, for recognition by the way they walk?
//!
//! **Why it matters.** "Leur démarche" is named in the texts; gait needs no face and no cooperation.
//!
//! **How it decides.** The share of tracks that reach the measure's size and duration must be half or more, with
//! its whole interval.
//!
//! **What it cannot tell.** Whether anybody would be recognised: no gait was compared with any other.
//!
//! **Source.** Half is this tool's convention. Measure: `room::measure::gait`.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::MOST;
use vsa_record::reading::{Capability, FigureName};

pub(super) const META: Audit = Audit {
    id: AuditId::GaitIsUsable,
    group: Group::Followed,
    evidence: Evidence::Figure(Capability::Gait, FigureName::GaitUsableShare),
    threshold: MOST,
    limits: &[
        Limit::MissedPeopleAreNotCounted,
        Limit::TracksAreNotChecked,
        Limit::NobodyWasRecognised,
    ],
};
