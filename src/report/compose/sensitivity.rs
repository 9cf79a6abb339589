//! Where the answers would change: the interval behind each answer, read as thresholds. In: findings. Out: a table, and
//! what was not varied. The rule is that of `audits::decide`: yes where the whole interval is on the right side.

use super::parts;
use super::tables::{points, table};
use crate::audits::{Finding, Side};
use crate::record::Record;
use crate::record::disclosure::Cell;
use crate::record::estimate::{Estimate, Unit};
use crate::report::document::{Block, Section};
use crate::report::formats;
use crate::report::wording::en as words;

pub(super) fn section(record: &Record, findings: &[Finding]) -> Section {
    let rows: Vec<Vec<String>> = findings.iter().filter_map(row).collect();
    let first = if rows.is_empty() {
        Block::Paragraph {
            text: words::NOTHING_DECIDED.to_owned(),
        }
    } else {
        Block::Table(table(
            words::SENSITIVITY_CAPTION.to_owned(),
            &words::SENSITIVITY_COLUMNS,
            &[false; 5],
            rows,
        ))
    };
    let degraded = if record.robustness.is_empty() {
        words::DEGRADED_NOT
    } else {
        words::DEGRADED
    };
    let mut notes = Vec::new();
    let scores: Vec<(String, f64)> = record
        .models
        .iter()
        .filter(|model| matches!(model.subject.as_str(), "person" | "face"))
        .map(|model| (model.name.clone(), model.score_threshold))
        .collect();
    let used = words::scores_used(&scores);
    if !scores.is_empty() {
        notes.push((words::SCORES_NOT_VARIED, used.as_str()));
    }
    notes.extend([words::SECOND_DETECTOR, degraded]);
    parts::section(words::section_sensitivity(), vec![first, points(notes)])
}

/// The ends of the interval, as the thresholds at which the answer turns.
fn row(finding: &Finding) -> Option<Vec<String>> {
    let estimate = finding.evidence.as_ref().and_then(Cell::shown)?;
    let text = |value: f64| {
        let whole = Estimate {
            value,
            ..*estimate
        };
        formats::figures(&whole).value
    };
    let (low, high) = (text(estimate.interval.low), text(estimate.interval.high));
    // No share lies above all or below none.
    let (least, most) = (estimate.interval.low, estimate.interval.high);
    let (yes, no) = match finding.threshold.side {
        Side::AtLeast if estimate.unit == Unit::Ratio && most >= 1.0 => {
            (words::up_to(&low), words::NO_THRESHOLD.to_owned())
        }
        Side::AtLeast => (words::up_to(&low), words::above(&high)),
        Side::AtMost if least <= 0.0 => (words::from(&high), words::NO_THRESHOLD.to_owned()),
        Side::AtMost => (words::from(&high), words::below(&low)),
    };
    Some(vec![
        words::question(finding.id).to_owned(),
        words::verdict_word(&finding.verdict).to_owned(),
        text(finding.threshold.value),
        yes,
        no,
    ])
}
