//! What an audit declares about itself.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit, Threshold, Verdict};
use crate::record::estimate::Estimate;

/// One audit: its declarations and its pure function.
pub(super) struct Audit {
    pub(super) id: AuditId,
    pub(super) group: Group,
    /// The one piece of evidence it may see.
    pub(super) evidence: Evidence,
    pub(super) threshold: Threshold,
    pub(super) limits: &'static [Limit],
    /// Evidence in, answer out.
    pub(super) answer: fn(&Estimate) -> Verdict,
}
