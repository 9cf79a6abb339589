//! What an audit declares about itself.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit, Threshold, ThresholdSource};
use vsa_record::Record;

/// One audit: its declarations. The answer follows from them: by the interval of the evidence against the threshold.
pub(super) struct Audit {
    pub(super) id: AuditId,
    pub(super) group: Group,
    /// The one piece of evidence it may see.
    pub(super) evidence: Evidence,
    pub(super) threshold: Threshold,
    pub(super) limits: &'static [Limit],
}

impl Audit {
    /// The threshold of this run: the plan's, where it sets one.
    pub(super) fn threshold_for(&self, record: &Record) -> Threshold {
        match record.plan.thresholds.get(self.id.name()) {
            Some(&value) => Threshold {
                value,
                source: ThresholdSource::Plan,
                ..self.threshold
            },
            None => self.threshold,
        }
    }
}
