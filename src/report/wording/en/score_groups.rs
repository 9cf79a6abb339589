//! The words of the page of scores about groups. In: names of groups, and numbers. Out: sentences.

use crate::formats::english as formats;
use vsa_record::estimate::{Estimate, Unit};
use vsa_record::groups::GroupMeasure;

/// A group's values.
#[must_use]
pub fn group(values: &[String]) -> String {
    values.join(", ")
}

/// Short name in the contents.
#[must_use]
pub fn groups_name(by: &[String]) -> String {
    format!("By {}", by.join(" × "))
}

/// Heading.
#[must_use]
pub fn groups_title(by: &[String]) -> String {
    format!("How the system differs by {}", by.join(" and "))
}

/// Leads in.
#[must_use]
pub fn groups_lead(measure: GroupMeasure) -> &'static str {
    match measure {
        GroupMeasure::Recall => {
            "The share of labels found, group by group. In the terms of ISO/IEC 19795-10 the share that is not found is the group’s failure-to-acquire rate, and a difference between groups is differential performance. What would be fair is not for a number to say."
        }
        GroupMeasure::Accuracy | GroupMeasure::HitRate => {
            "Shares group by group. In the terms of ISO/IEC 19795-10 a difference between groups is differential performance. What would be fair is not for a number to say."
        }
    }
}

/// What the share is.
#[must_use]
pub fn measure(measure: GroupMeasure) -> &'static str {
    match measure {
        GroupMeasure::Recall => "share found",
        GroupMeasure::Accuracy => "share classified rightly",
        GroupMeasure::HitRate => "hit rate",
    }
}

/// Title of a forest.
#[must_use]
pub fn forest_title(what: GroupMeasure, by: &[String]) -> String {
    let mut what = measure(what).to_owned();
    what[..1].make_ascii_uppercase();
    format!("{what} by {}", by.join(" and "))
}

/// Below a forest.
pub const FOREST_CAPTION: &str = "The line is the share of all together. Groups whose intervals overlap may still differ, and those whose do not may differ for another reason than the group: see the strata below.";
/// Row of all groups.
pub const ALL: &str = "all";

/// Title of the forest of average precision.
#[must_use]
pub fn precision_title(by: &[String], overlap: f64) -> String {
    format!(
        "Average precision by {} at overlap {}",
        by.join(" and "),
        formats::plain(overlap)
    )
}

/// Below it.
pub const PRECISION_CAPTION: &str = "False positives count for every group, since nobody can say whom they should have shown: a small group pays for all of them, and its average precision is lower for that alone.";
/// Axis.
pub const AVERAGE_PRECISION: &str = "average precision";
/// Term.
pub const DIFFERENCE: &str = "Difference";
/// Term.
pub const RATIO: &str = "Ratio";
/// Term.
pub const COMPLEMENT_RATIO: &str = "Ratio of what is missed";
/// Term.
pub const PRECISION_DIFFERENCE: &str = "Difference of average precision";

/// How far two groups lie apart.
#[must_use]
pub fn spread(best: &[String], worst: &[String], value: &str) -> String {
    format!("{value}; highest: {}, lowest: {}", group(best), group(worst))
}

/// A difference in percentage points, or a ratio as a plain number, with its interval.
#[must_use]
pub fn spread_value(is_ratio: bool, estimate: &Estimate) -> String {
    if is_ratio {
        let two = |value: f64| formats::decimal(value, 2);
        format!(
            "{} ({} to {})",
            two(estimate.value),
            two(estimate.interval.low),
            two(estimate.interval.high)
        )
    } else {
        points(estimate)
    }
}

/// A difference of shares in percentage points.
#[must_use]
pub fn points(estimate: &Estimate) -> String {
    debug_assert_eq!(estimate.unit, Unit::Ratio);
    let one = |value: f64| formats::decimal(value * 100.0, 1);
    format!(
        "{} points ({} to {})",
        one(estimate.value),
        one(estimate.interval.low),
        one(estimate.interval.high)
    )
}

/// Caption.
pub const COUNTS_CAPTION: &str = "Labels of each group, and how many were found";
/// Columns.
pub const COUNT_COLUMNS: [&str; 5] = [
    "Group",
    "Labels",
    "Found",
    "Share found",
    "Failure to acquire (miss rate)",
];

/// Two groups.
#[must_use]
pub fn pair(one: &[String], other: &[String]) -> String {
    format!("{} − {}", group(one), group(other))
}

/// A probability.
#[must_use]
pub fn p_value(p: Option<f64>) -> String {
    match p {
        None => super::NONE.to_owned(),
        Some(p) if p < 0.0001 => "below 0.0001".to_owned(),
        Some(p) => formats::decimal(p, 4),
    }
}

/// Caption; not every pair may be told.
#[must_use]
pub fn pairs_caption(pairs: usize, told: usize) -> String {
    let rest = if pairs > told {
        format!(" (the first {told} of {pairs}; the record has all)")
    } else {
        String::new()
    };
    format!(
        "Pairs of groups: difference, test of equality, and the labels that each group would need to find such a difference with 80 % probability{rest}"
    )
}

/// Columns.
pub const PAIR_COLUMNS: [&str; 5] = [
    "Groups",
    "Difference",
    "p",
    "p for all pairs together (Holm)",
    "Labels needed in each",
];

/// A confounder.
#[must_use]
pub fn confounder(name: &str) -> String {
    if name == "height" {
        "height in pixels".to_owned()
    } else {
        name.to_owned()
    }
}

/// A stratum: numbers from one to another, or a value as somebody labelled it.
#[must_use]
pub fn stratum(label: &str) -> String {
    label.to_owned()
}

/// Caption.
#[must_use]
pub fn stratified_caption(name: &str) -> String {
    format!(
        "Shares of each group where the {} is much the same",
        confounder(name)
    )
}

/// Caption.
pub const EQUAL_CAPTION: &str = "The same gaps with a confounder held constant: both groups standardised to the same spread over its strata, and the common odds ratio of Mantel and Haenszel";
/// Columns.
pub const EQUAL_COLUMNS: [&str; 6] = [
    "Groups",
    "Held constant",
    "Difference as it is",
    "Difference held constant",
    "Odds ratio",
    "p",
];

/// An odds ratio.
#[must_use]
pub fn odds(value: f64, low: f64, high: f64) -> String {
    let two = |value: f64| formats::decimal(value, 2);
    format!("{} ({} to {})", two(value), two(low), two(high))
}

/// Column.
pub const THRESHOLD: &str = "Threshold";
/// Caption.
pub const SWEEP_CAPTION: &str =
    "Shares found at other thresholds: how far groups lie apart depends on the threshold";
