//! Runs the audits. In: a record. Out: one finding per audit, in the order of the groups.

use super::decide::by_interval;
use super::finding::{Finding, Verdict};
use super::table::AuditId;
use vsa_record::Record;
use vsa_record::disclosure::CellState;

/// Answers every question that is asked of a record. No evidence is never a pass.
#[must_use]
pub fn run_all(record: &Record) -> Vec<Finding> {
    AuditId::ALL.iter().map(|&id| run(id, record)).collect()
}

fn run(id: AuditId, record: &Record) -> Finding {
    let audit = id.audit();
    let threshold = audit.threshold_for(id.name(), record);
    let evidence = audit.evidence.of(record);
    let verdict = match &evidence {
        Err(missing) => Verdict::NotMeasured { missing: *missing },
        Ok(cell) => match cell.state() {
            CellState::Withheld { .. } => Verdict::Withheld,
            CellState::Shown { value, .. } => by_interval(value, &threshold),
        },
    };
    Finding {
        id,
        group: audit.group,
        verdict,
        threshold,
        evidence: evidence.ok(),
        limits: audit.limits_for(record),
    }
}

/// The names of all audits, in the order of the report.
#[must_use]
pub fn ids() -> Vec<AuditId> {
    AuditId::ALL.to_vec()
}
