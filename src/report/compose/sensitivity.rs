//! Where the answers would change: the interval behind each answer, read as thresholds. In: findings. Out: a table, and
//! what was not varied. The rule is that of `audits::decide`: yes where the whole interval is on the right side.

use super::parts;
use super::tables::{points, table};
use crate::audits::{Finding, Side};
use crate::language::Language;
use crate::record::Record;
use crate::record::disclosure::Cell;
use crate::record::estimate::{Estimate, Unit};
use crate::report::document::{Block, Section};
use crate::report::wording::say;

pub(super) fn section(language: Language, record: &Record, findings: &[Finding]) -> Section {
    let rows: Vec<Vec<String>> = findings
        .iter()
        .filter_map(|finding| row(language, finding))
        .collect();
    let first = if rows.is_empty() {
        Block::Paragraph {
            text: say!(language, NOTHING_DECIDED).to_owned(),
        }
    } else {
        Block::Table(table(
            say!(language, SENSITIVITY_CAPTION).to_owned(),
            &say!(language, SENSITIVITY_COLUMNS),
            &[false; 5],
            rows,
        ))
    };
    let degraded = if record.robustness.is_empty() {
        say!(language, DEGRADED_NOT)
    } else {
        say!(language, DEGRADED)
    };
    let mut notes = Vec::new();
    let scores: Vec<(String, f64)> = record
        .models
        .iter()
        .filter(|model| matches!(model.subject.as_str(), "person" | "face"))
        .map(|model| (model.name.clone(), model.score_threshold))
        .collect();
    let used = say!(language, scores_used(&scores));
    if !scores.is_empty() {
        notes.push((say!(language, SCORES_NOT_VARIED), used.as_str()));
    }
    notes.extend([say!(language, SECOND_DETECTOR), degraded]);
    parts::section(say!(language, section_sensitivity()), vec![first, points(notes)])
}

/// The ends of the interval, as the thresholds at which the answer turns.
fn row(language: Language, finding: &Finding) -> Option<Vec<String>> {
    let estimate = finding.evidence.as_ref().and_then(Cell::shown)?;
    let text = |value: f64| {
        let whole = Estimate { value, ..*estimate };
        language.figures(&whole).value
    };
    let (low, high) = (text(estimate.interval.low), text(estimate.interval.high));
    // No share lies above all or below none.
    let (least, most) = (estimate.interval.low, estimate.interval.high);
    let (yes, no) = match finding.threshold.side {
        Side::AtLeast if estimate.unit == Unit::Ratio && most >= 1.0 => (
            say!(language, up_to(&low)),
            say!(language, NO_THRESHOLD).to_owned(),
        ),
        Side::AtLeast => (say!(language, up_to(&low)), say!(language, above(&high))),
        Side::AtMost if least <= 0.0 => (
            say!(language, from(&high)),
            say!(language, NO_THRESHOLD).to_owned(),
        ),
        Side::AtMost => (say!(language, from(&high)), say!(language, below(&low))),
    };
    Some(vec![
        say!(language, question(finding.id)).to_owned(),
        say!(language, verdict_word(&finding.verdict)).to_owned(),
        text(finding.threshold.value),
        yes,
        no,
    ])
}
