//! A record in, findings out: one question per file.

pub mod finding;

pub use finding::{AuditId, Finding, Group, Limit, Side, Threshold, ThresholdSource, Verdict};
