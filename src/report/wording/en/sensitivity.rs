//! How far the answers depend on thresholds and on the choice of detector.

use super::sections::section;
use crate::formats::english as formats;
use crate::wording::{ChartText, SectionText, Swept};
use vsa_record::sensitivity::SecondDetector;

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
/// Heading of the counts at other score thresholds.
pub const SWEEP_HEADING: &str = "What other score thresholds would give";
/// What was done.
pub const SWEEP_LEAD: &str = "A detector gives each box a score, and only boxes from a threshold on are counted. The same boxes were \
    counted again from other thresholds on. Nothing else in this report was computed again at them: people were followed, and \
    everything that follows from that was measured, at the threshold in use.";
/// Of people: the chart and its table. `rows`: every rung in words.
#[must_use]
pub fn sweep(what: Swept, model: &str, rows: &str, cut_off: f64, frames: &str) -> ChartText {
    let (title, counted, axis) = match what {
        Swept::People => ("People", "people", "people per frame"),
        Swept::Faces => ("Faces", "faces", "faces per frame"),
    };
    ChartText {
        title: format!("{title} counted, by score threshold of {model}"),
        description: format!("Mean number of {counted} in a frame, by score threshold. {rows}"),
        caption: format!(
            "Mean over {frames} frames with its 95\u{202f}% interval, by score threshold; the threshold in use is marked. Boxes \
             with a score below {} are dropped before they are counted: of lower thresholds nothing is known.",
            formats::plain(cut_off)
        ),
        value_axis: axis.to_owned(),
        other_axis: String::new(),
    }
}
/// The threshold of a row.
#[must_use]
pub fn rung(threshold: f64, in_use: bool) -> String {
    let number = formats::plain(threshold);
    if in_use {
        format!("{number} (in use)")
    } else {
        number
    }
}
/// Head of the column of thresholds.
pub const RUNG: &str = "Score threshold";
/// What the chart means. `low` and `high`: thresholds with their counts.
#[must_use]
pub fn sweep_meaning(what: Swept, own: (&str, &str), low: (&str, &str), high: (&str, &str)) -> String {
    let counted = match what {
        Swept::People => "people",
        Swept::Faces => "faces",
    };
    format!(
        "With the threshold in use, {}, the mean number of {counted} in a frame is {}. With {} it would be {}, with {} it would be {}. \
         That is how much this answer depends on one setting. Which threshold comes nearest to the truth can be told only against \
         labels.",
        own.0, own.1, low.0, low.1, high.0, high.1
    )
}
/// It was not measured.
#[must_use]
pub fn no_sweep(what: Swept, missing: &str) -> String {
    match what {
        Swept::People => format!("Not measured for people: {missing}."),
        Swept::Faces => format!("Not measured for faces: {missing}."),
    }
}
/// Heading of the comparison with a second detector.
pub const SECOND_HEADING: &str = "What a second detector finds";
/// What agreement is.
pub const SECOND_LEAD: &str = "Another model looked at the same frames, with its own score threshold. This is agreement between two \
    programs, not truth: both may overlook the same person, or draw a box around nobody. Where they differ, at least one of them is \
    wrong; nothing here tells which.";
/// Caption of the table of the comparison.
#[must_use]
pub fn second_caption(what: Swept, second: &SecondDetector, frames: &str) -> String {
    let counted = match what {
        Swept::People => "People",
        Swept::Faces => "Faces",
    };
    format!(
        "{counted}: {} (score threshold {}) and {} (score threshold {}) over the same {frames} frames, which are all those that the \
         first looked at. Two boxes are the same from an overlap (intersection over union) of {} on, one to one.",
        second.first,
        formats::plain(second.first_threshold),
        second.second,
        formats::plain(second.second_threshold),
        formats::plain(second.overlap)
    )
}
/// Heads of its columns.
pub const SECOND_COLUMNS: [&str; 4] = ["Quantity", "Value", "95\u{202f}% interval", "Counted"];
/// Its rows.
#[must_use]
pub fn second_rows(first: &str, second: &str) -> [String; 8] {
    [
        format!("Mean in a frame, {first}"),
        format!("Mean in a frame, {second}"),
        format!("Difference, {second} less {first}, frame by frame"),
        format!("Boxes of {first} that {second} drew too"),
        format!("Boxes of {second} that {first} drew too"),
        format!("Boxes drawn by {first}"),
        format!("Boxes drawn by {second}"),
        "Boxes drawn by both".to_owned(),
    ]
}
/// No second detector.
pub const SECOND_DETECTOR: (&str, &str) = (
    "No second detector was run.",
    "Another model finds others. With --second-detector NAME one looks at the same frames, and the report tells how far the two \
     agree; `vsa-audit models list` names those there are.",
);
/// A second detector for one of both only.
#[must_use]
pub fn no_second(what: Swept) -> (&'static str, &'static str) {
    match what {
        Swept::People => (
            "No second detector was run for people.",
            "With --second-detector NAME one looks at the same frames.",
        ),
        Swept::Faces => (
            "No second detector was run for faces.",
            "With --second-detector NAME one looks at the same frames.",
        ),
    }
}
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
