//! The words of the page of scores. In: typed statements, and numbers as text. Out: sentences.

pub use super::score_groups::*;
pub use super::score_sources::*;
use crate::formats::english as formats;
use crate::wording::CurveText;
use vsa_record::curve::CurveName;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::Estimate;
use vsa_record::scores::{FigureName, Resampled, ScoreSettings, SideFacts};

/// The kind of document.
pub const KICKER: &str = "Evaluation against labels";
/// What this is.
pub const INTRODUCTION: &str = "Labels say what is in the pictures; a system said what it found. This page holds the one against the other. Every figure has an interval, made so that in 95 of 100 such evaluations it holds the value that ever more footage of the same kind would give.";
/// Fact and heading.
pub const TRUTH: &str = "Labels";
/// Fact and heading.
pub const DETECTIONS: &str = "Detections";
/// Fact.
pub const OVERLAP: &str = "Overlap that finds";
/// On every page.
pub const PAGE_DIGEST: &str = "SHA-256 of scores.json";
/// What is attached to the document.
pub const ATTACHED: (&str, &str) = (
    "scores.json",
    "Every figure, curve and table of this report, as data, not rounded",
);
/// Heading of the answer.
pub const ANSWER: &str = "What was measured";
/// Where nothing could be measured.
pub const NOTHING_MEASURED: &str = "Nothing could be measured: the tables say what was missing.";
/// Boxes of single people left the room.
pub const OBJECTS_EXPORTED: (&str, &str) = (
    "Matches of single objects were written out.",
    "The data were declared public or consented, and a file beside this page lists every label and detection with its box and whether they matched.",
);
/// Something about the files bears on the figures.
pub const CHECKS_NOTICE: &str = "Something about the files bears on the figures.";

/// How many things, and where they stand.
#[must_use]
pub fn checks_notice(n: usize) -> String {
    if n == 1 {
        "One thing was noticed; read it under “Files” before the figures.".to_owned()
    } else {
        format!("{n} things were noticed; read them under “Files” before the figures.")
    }
}

/// States what was scored.
#[must_use]
pub fn title(classes: &[String]) -> String {
    const MOST_NAMED: usize = 3;
    match classes.len() {
        0 => "A system held to labels".to_owned(),
        n if n <= MOST_NAMED => format!("A system held to labels of: {}", classes.join(", ")),
        n => format!("A system held to labels of {n} classes"),
    }
}

/// A side in one line.
#[must_use]
pub fn side(side: &SideFacts) -> String {
    let format = super::score_checks::format(side.format);
    format!(
        "{} boxes in {} pictures ({format})",
        super::counted(&side.boxes),
        formats::count(side.pictures)
    )
}

/// A figure of the answer.
#[must_use]
pub fn sentence(name: FigureName, value: &str, shown: bool) -> String {
    let what = match name {
        FigureName::Recall => "Of the labels, this share was found",
        FigureName::Precision => "Of the detections, this share found a label",
        FigureName::FalseAlarmsPerHour => "Detections without a label in an hour of footage",
        FigureName::Ap => "Average precision over overlaps from 0.50 to 0.95 (COCO)",
        FigureName::Hota => "Detection and association together (HOTA)",
        FigureName::IdentitySwitches => "Changes of a person’s identity",
        other => super::score_names::meaning(other),
    };
    if shown {
        format!("{what}: {value}.")
    } else {
        format!("{what}: withheld, because few people stand behind it.")
    }
}

/// The widest gap of one way of grouping.
#[must_use]
pub fn gap_sentence(
    by: &[String],
    [best, worst]: [&Vec<String>; 2],
    difference: &str,
    missed: &str,
) -> String {
    format!(
        "By {}, {} is found most often and {} least often: the shares lie {difference} apart, and what is missed differs by the factor {missed}.",
        by.join(" and "),
        group(best),
        group(worst),
    )
}

/// How the intervals were made.
#[must_use]
pub fn note(settings: &ScoreSettings) -> String {
    let unit = match settings.resampled {
        Resampled::Sequences { n } => format!("{} whole sequences", formats::count(n)),
        Resampled::Stretches { n, frames } => {
            format!(
                "{} stretches of {} frames",
                formats::count(n),
                formats::count(frames)
            )
        }
        Resampled::Pictures { n } => format!("{} pictures", formats::count(n)),
    };
    format!(
        "In parentheses: 95 % intervals, from {} drawings of {unit} with replacement. They say how far the figures would move with other footage of the same kind, not with another kind of footage.",
        formats::count(settings.resamples)
    )
}

/// Short name in the contents.
pub const DETECTION_NAME: &str = "Detection";
/// Heading.
pub const DETECTION_TITLE: &str = "How well the system finds what is labelled";
/// Leads in.
pub const DETECTION_LEAD: &str = "A label is found where a detection overlaps it enough. A detection without a label is a false positive, whatever it shows.";
/// Title and caption.
pub const DETECTION_CHART: (&str, &str) = (
    "Shares with their intervals",
    "Miss rate and calibration error are better the lower they are; all others the higher.",
);
/// Title and caption.
pub const HEIGHTS_CHART: (&str, &str) = (
    "Average precision by height of the label",
    "At overlap 0.50. Faces of surveillance cameras are mostly below 40 pixels high, where benchmarks of large faces say nothing.",
);
/// Caption.
pub const DETECTION_TABLE: &str = "Every figure of detection, with its definition";
/// Short name in the contents.
pub const TRACKING_NAME: &str = "Tracking";
/// Heading.
pub const TRACKING_TITLE: &str = "How well the system follows the same person";
/// Leads in.
pub const TRACKING_LEAD: &str =
    "Figures as TrackEval defines them; counts are summed over sequences before any ratio is taken.";
/// Title and caption.
pub const TRACKING_CHART: (&str, &str) = (
    "Shares of tracking with their intervals",
    "MOTA is not drawn where its interval falls below none.",
);
/// Caption.
pub const TRACKING_TABLE: &str = "Every figure of tracking, with its definition";
/// Axis.
pub const SHARE_AXIS: &str = "share";
/// Columns of the data of a chart of intervals.
pub const RANGE_COLUMNS: [&str; 4] = ["What", "Value", "95\u{202f}% interval", "Sample"];
/// Column.
pub const INTERVAL: &str = "95\u{202f}% interval";

/// In place of a value.
#[must_use]
pub fn not_measured(missing: &str) -> String {
    format!("not measured: {missing}")
}

/// A chart of intervals, for those who do not see it.
#[must_use]
pub fn ranges_description(rows: &[(String, Option<&Cell<Estimate>>)]) -> String {
    let told = rows.iter().filter_map(|(label, cell)| {
        let estimate = cell.and_then(Cell::shown)?;
        Some(format!("{label} {}", formats::figures(estimate).value))
    });
    format!("{}.", told.collect::<Vec<_>>().join("; "))
}

/// The words of a curve.
#[must_use]
pub fn curve(name: CurveName) -> CurveText {
    let text = |id, title, caption, value_axis, level_axis| CurveText {
        id,
        title,
        caption,
        value_axis,
        level_axis,
    };
    match name {
        CurveName::PrecisionByRecall => text(
            "precision-recall",
            "Precision by recall",
            "Best precision at each recall or beyond, overlap 0.50, mean over classes. The band is the interval at each point, not of the curve as a whole.",
            "precision",
            "recall",
        ),
        CurveName::MissRateByFalsePositives => text(
            "miss-rate",
            "Miss rate by false positives per picture",
            "The detection error trade-off: each point is the miss rate at the threshold that leaves at most so many false positives per picture. The level axis is logarithmic; the band is the interval at each point.",
            "miss rate",
            "false positives per picture",
        ),
        CurveName::PrecisionByScore => text(
            "reliability",
            "Share that is right by score",
            "The reliability diagram: where the dots lie below the line, the system is surer of itself than it is right.",
            "share that is right",
            "mean score of the range",
        ),
        CurveName::HotaByOverlap => text(
            "hota",
            "HOTA by overlap",
            "The further the curve stays up, the tighter the boxes.",
            "HOTA",
            "overlap",
        ),
        CurveName::RecallByHeight => text(
            "recall-height",
            "Share found by height of the label",
            "The level axis is logarithmic. A lower camera, or a longer lens, moves people to the right; it does not change the curve.",
            "share found",
            "height of the label in pixels",
        ),
        CurveName::RecallByDistance => text(
            "recall-distance",
            "Share found by distance",
            "Each dot stands for a tenth of the labels, at their mean distance. The level axis is logarithmic. The curve holds for this camera and lens.",
            "share found",
            "distance, as labelled",
        ),
        CurveName::FddbDiscrete => text(
            "fddb-discrete",
            "FDDB, discrete score",
            "A label counts as found where the overlap of the regions is above one half.",
            "share found",
            "false positives in all",
        ),
        CurveName::FddbContinuous => text(
            "fddb-continuous",
            "FDDB, continuous score",
            "Each label counts with the overlap of its match.",
            "mean overlap with the labels",
            "false positives in all",
        ),
    }
}

/// The line of equality in the reliability diagram.
pub const CALIBRATED: &str = "as sure as right";

/// A curve, for those who do not see it.
#[must_use]
pub fn curve_description(text: CurveText, first: f64, last: f64) -> String {
    format!(
        "{} goes from {} on the left to {} on the right.",
        text.value_axis,
        formats::rounded_percent(first),
        formats::rounded_percent(last)
    )
}

/// Two ends.
#[must_use]
pub fn interval_of(low: f64, high: f64) -> String {
    format!(
        "{} to {}",
        formats::rounded_percent(low.max(0.0)),
        formats::rounded_percent(high)
    )
}
