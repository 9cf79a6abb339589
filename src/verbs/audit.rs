//! Audit. In: a record. Out: findings. The questions stand in [`vsa_audits`], one a file.

use vsa_audits::Finding;
use vsa_record::Record;

/// Answers every question that is asked of a record: one [`Finding`] for each, in the order of the report.
///
/// A pure function: the same record gives the same findings, on every machine, without footage, clock or files. A verdict
/// is decided by the whole interval of what was measured, never by the point alone; where nothing was measured, the
/// finding says so, and no evidence is never a pass. There is nothing that can fail.
///
/// # Examples
/// ```no_run
/// use vsa_audit::record::json;
///
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// let record = json::read_record(&std::fs::read("report/record.json")?)?;
/// for finding in vsa_audit::audit(&record) {
///     println!("{}: {:?}", finding.id.name(), finding.verdict);
/// }
/// # Ok(())
/// # }
/// ```
/// `examples/audit.rs` is the whole program.
#[must_use]
pub fn audit(record: &Record) -> Vec<Finding> {
    vsa_audits::run_all(record)
}
