//! Where the answers would change: the interval behind each answer, read as thresholds; and how far the counts hang on a
//! score threshold and on the detector (`detectors`). In: findings and a record. Out: tables, charts, and what was not tried. The rule is that of `audits::decide`: yes where the whole interval is on the right side.

use super::tables::{paragraph, points, table_block};
use super::{detectors, parts};
use crate::document::Section;
use crate::formats::Numerals as _;
use crate::wording::say;
use vsa_audits::{Finding, Side};
use vsa_base::language::Language;
use vsa_record::Record;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::{Estimate, Unit};

pub(super) fn section(language: Language, record: &Record, findings: &[Finding]) -> Section {
    let rows: Vec<Vec<String>> = findings
        .iter()
        .filter_map(|finding| row(language, finding))
        .collect();
    let first = if rows.is_empty() {
        paragraph(say!(language, NOTHING_DECIDED))
    } else {
        let caption = say!(language, SENSITIVITY_CAPTION);
        let columns = say!(language, SENSITIVITY_COLUMNS);
        table_block(caption, &columns, &[false; 5], rows)
    };
    let degraded = if record.robustness.is_empty() {
        say!(language, DEGRADED_NOT)
    } else {
        say!(language, DEGRADED)
    };
    let mut blocks = vec![first];
    blocks.extend(detectors::sweeps(language, &record.sensitivity));
    let (compared, not_compared) = detectors::seconds(language, &record.sensitivity);
    blocks.extend(compared);
    let mut notes = not_compared;
    notes.push(degraded);
    blocks.push(points(notes));
    parts::section(say!(language, section_sensitivity()), blocks)
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
    let none = || say!(language, NO_THRESHOLD).to_owned();
    let (yes, no) = match finding.threshold.side {
        Side::AtLeast if estimate.unit == Unit::Ratio && most >= 1.0 => (say!(language, up_to(&low)), none()),
        Side::AtLeast => (say!(language, up_to(&low)), say!(language, above(&high))),
        Side::AtMost if least <= 0.0 => (say!(language, from(&high)), none()),
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
