//! How far the answers depend on thresholds and on the choice of detector.

use super::sections::section;
use crate::report::formats::english as formats;
use crate::report::wording::SectionText;

/// Sensitivity.
#[must_use]
pub fn section_sensitivity() -> SectionText {
    section(
        "sensitivity",
        "Thresholds",
        "Where the answers would change",
        "Every yes and no depends on a threshold. The table says between which values of it the answer would stay the same.",
    )
}
/// Caption.
pub const SENSITIVITY_CAPTION: &str = "The threshold of each answered question, and those at which its answer would be another. Between the two, this footage does not settle the question.";
/// Columns.
pub const SENSITIVITY_COLUMNS: [&str; 5] = [
    "Question",
    "Answer",
    "Threshold",
    "Yes with a threshold",
    "No with a threshold",
];
/// `up to 52 %`.
#[must_use]
pub fn up_to(value: &str) -> String {
    format!("up to {value}")
}
/// `from 52 %`.
#[must_use]
pub fn from(value: &str) -> String {
    format!("of {value} or more")
}
/// `above 52 %`.
#[must_use]
pub fn above(value: &str) -> String {
    format!("above {value}")
}
/// `below 52 %`.
#[must_use]
pub fn below(value: &str) -> String {
    format!("below {value}")
}
/// No threshold would do.
pub const NO_THRESHOLD: &str = "none";
/// No question was answered with a number that may be shown.
pub const NOTHING_DECIDED: &str =
    "No question was decided by a number that may be shown, so that there is no threshold to vary.";
/// What was not varied: title.
pub const SCORES_NOT_VARIED: &str = "The detectors' score thresholds were not varied.";
/// What was not varied.
#[must_use]
pub fn scores_used(models: &[(String, f64)]) -> String {
    let listed: Vec<String> = models
        .iter()
        .map(|(name, score)| format!("{name} {}", formats::decimal(*score, 2)))
        .collect();
    format!(
        "Scores used: {}. With a lower one more people and faces are reported, and more of these are none; with a higher one \
         fewer. How many is not known here.",
        listed.join(", ")
    )
}
/// The second detector.
pub const SECOND_DETECTOR: (&str, &str) = (
    "No second detector was run.",
    "Another model finds others. To see how far the numbers depend on this one, run the audit again with other models (--models) and compare the two reports; the plan in this one stays the same otherwise.",
);
/// Worse pictures were tried.
pub const DEGRADED: (&str, &str) = (
    "Worse pictures were tried.",
    "The tables above say how each quantity changes when the footage is degraded.",
);
/// Worse pictures were not tried.
pub const DEGRADED_NOT: (&str, &str) = (
    "Worse pictures were not tried.",
    "With --robustness the same footage is examined again, degraded in declared ways.",
);
