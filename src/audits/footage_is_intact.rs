//! **What it asks.** Could nearly all frames of the footage be decoded cleanly?
//!
//! **Why it matters.** Every other answer speaks about the frames that were there.
//!
//! **How it decides.** Frames that are missing or faulty, of all that there should be, must be one in a hundred
//! or fewer. They are counted in full, so that the interval is the number itself.
//!
//! **What it cannot tell.** Whether the footage is authentic, complete or unedited: a clean file may have been
//! cut or re-encoded.
//!
//! **Source.** One in a hundred is this tool's convention; integrity is not authentication (SWGIT).

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::NEARLY_NO_FRAME;

pub(super) const META: Audit = Audit {
    id: AuditId::FootageIsIntact,
    group: Group::Reliable,
    evidence: Evidence::DamagedShare,
    threshold: NEARLY_NO_FRAME,
    limits: &[Limit::IntactIsNotAuthentic],
};
