//! Error rates: what is known of each model's, on which data, and how like this footage those data are.

use super::sections::section;
use crate::formats::english as formats;
use crate::wording::SectionText;

/// Validation.
#[must_use]
pub fn section_validation() -> SectionText {
    section(
        "validation",
        "Validation",
        "How often the models err, as far as it is known",
        "An error rate speaks of the data it was measured on. Whether it holds for this footage depends on how like the two are.",
    )
}
/// What is not known.
pub const ERRORS_HERE: (&str, &str) = (
    "On this footage, no error rate was measured.",
    "That needs people who label every person and face in a part of it. With such labels, “vsa-audit evaluate” measures how many the detectors missed and invented, with intervals, by size and by group.",
);
/// By group.
pub const ERRORS_BY_GROUP: (&str, &str) = (
    "No error rate by age, gender or skin tone is known for these models on footage like this.",
    "That is not a rate of zero. Published studies found that face detectors miss some groups more often than others, above all in poor light (Dooley et al., arXiv 2211.15937).",
);
/// Caption of the table of models.
pub const ERRORS_CAPTION: &str = "What is known of the models' errors. Each figure says on which data. Published ones come without an interval.";
/// Its columns.
pub const ERROR_COLUMNS: [&str; 4] = [
    "Model",
    "Trained on (declared)",
    "Published figure",
    "Measured by this project",
];
/// Where the registry does not know a model.
pub const NOT_IN_REGISTRY: &str = "unknown: the model is none of this program's registry";
/// Where this project has measured nothing.
pub const NOT_MEASURED_BY_US: &str = "nothing with labels, with the threshold and tiles that were used here";

/// `PETS 2009 S2.L1, 795 frames with 4,476 labelled boxes of people, …`. `figures`: share of the labels found, share of the boxes
/// that were people, false boxes per frame, each with its interval.
#[must_use]
pub fn measured_detector(
    data: &str,
    frames: u64,
    people: u64,
    score: f64,
    overlap: f64,
    [found, right, wrong]: &[String; 3],
    version: &str,
) -> String {
    format!(
        "{data}, {} frames with {} labelled boxes of people, scores from {}: found {found} of them; {right} of its own boxes were \
         people; {wrong} false boxes (overlap from {}, 95 % intervals by bootstrap over stretches of footage, version {version})",
        formats::count(frames),
        formats::count(people),
        formats::decimal(score, 2),
        formats::decimal(overlap, 1),
    )
}

/// Heading above the comparison.
pub const LIKENESS_HEADING: &str = "How like this footage the data are";
/// Caption of the comparison.
#[must_use]
pub fn likeness_caption(data: &str, sha256: &str, labels_sha256: &str) -> String {
    format!(
        "{data}, on which this project measured the person detectors, beside the footage examined here. SHA-256 of that clip: \
         {sha256}; of its labels: {labels_sha256}."
    )
}
/// Its columns.
pub const LIKENESS_COLUMNS: [&str; 3] = ["", "Data of the measurement", "This footage"];
/// Its rows.
pub const LIKENESS_ROWS: [&str; 4] = ["Frame", "Frames looked at", "People per frame", "Scene"];
/// The data's scene.
pub const PETS_SCENE: &str = "one outdoor camera by day, people walking at a middle distance";
/// This footage's.
pub const SCENE_NOT_DESCRIBED: &str = "to be judged by looking at it";
/// People who were labelled, per frame.
#[must_use]
pub fn labelled_per_frame(mean: f64) -> String {
    format!("{} labelled", formats::decimal(mean, 1))
}
/// People who were reported, per frame.
#[must_use]
pub fn reported_per_frame(text: &str) -> String {
    format!("{text} reported")
}
/// The footage is the one that was measured on.
pub const SAME_CLIP: &str = "The footage examined here is the very clip from which these figures come. The settings of this program, its thresholds among them, were chosen after this clip had been seen. The figures are therefore no test on unseen footage, and elsewhere the models may do better or worse.";
/// It is another.
pub const OTHER_CLIP: &str = "The settings of this program were chosen after the clip of that measurement had been seen, so that its figures are no test on unseen footage. Nobody has measured whether they hold for the footage examined here.";
/// Nothing was measured for the models of this run.
pub const NOTHING_MEASURED: &str = "For the models of this run, this project has measured nothing with labels. The published figures come from collections of photographs; how like this footage those are, nobody has measured.";
