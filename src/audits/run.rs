//! Runs the audits. In: a record. Out: one finding per audit, in the order of the groups.

use super::finding::{Finding, Verdict};
use super::meta::Audit;
use super::{
    bodies_reach_observation, everyone_unrecognisable, faces_reach_identification, faces_reach_recognition,
    footage_is_intact, loitering_is_observable, people_can_be_followed_through_the_view,
    somebody_is_usually_in_view,
};
use crate::record::Record;
use crate::record::disclosure::CellState;

/// Every audit, in the order of the report.
const AUDITS: [&Audit; 8] = [
    &somebody_is_usually_in_view::META,
    &faces_reach_recognition::META,
    &faces_reach_identification::META,
    &bodies_reach_observation::META,
    &everyone_unrecognisable::META,
    &people_can_be_followed_through_the_view::META,
    &loitering_is_observable::META,
    &footage_is_intact::META,
];

/// Answers every question that is asked of a record. No evidence is never a pass.
#[must_use]
pub fn run_all(record: &Record) -> Vec<Finding> {
    AUDITS.iter().map(|audit| run(audit, record)).collect()
}

fn run(audit: &Audit, record: &Record) -> Finding {
    let evidence = audit.evidence.of(record);
    let verdict = match &evidence {
        Err(missing) => Verdict::NotMeasured { missing: *missing },
        Ok(cell) => match cell.state() {
            CellState::Withheld { .. } => Verdict::Withheld,
            CellState::Shown { value, .. } => (audit.answer)(value),
        },
    };
    Finding {
        id: audit.id,
        group: audit.group,
        verdict,
        threshold: audit.threshold,
        evidence: evidence.ok(),
        limits: audit.limits.to_vec(),
    }
}

/// The names of all audits, in their order.
#[cfg(test)]
pub(super) fn run_order() -> Vec<super::finding::AuditId> {
    AUDITS.iter().map(|audit| audit.id).collect()
}
