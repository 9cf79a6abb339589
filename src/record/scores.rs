//! Scores of a system against labels: figures with intervals, curves, groups, and what was noticed about the files.
//! In: what `vsa-scoring` counted. Out: one [`Scores`], which is written, compared and rendered.
//! Deliberately not here: boxes, matches, names of pictures or people. Names of classes and groups are the user's.

use super::curve::Curve;
use super::disclosure::{Cell, DisclosurePolicy};
use super::estimate::Estimate;
use super::facts::{ModelFacts, ToolFacts};
use super::groups::{GroupPrecision, GroupTable, GroupsAtThreshold};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of this format.
pub const SCHEMA: &str = "vsa-audit/scores/1";

/// One system's detections or tracks, held to labels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scores {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// The program that scored.
    pub tool: ToolFacts,
    /// What is the case, as labelled.
    pub truth: SideFacts,
    /// What the system says.
    pub detections: SideFacts,
    /// The models that ran, where our own detectors were scored; otherwise empty.
    pub models: Vec<ModelFacts>,
    /// The rule by which cells were withheld.
    pub disclosure: DisclosurePolicy,
    /// What was asked for.
    pub settings: ScoreSettings,
    /// What was noticed about the files; read this before the figures.
    pub checks: Vec<Check>,
    /// The figures.
    pub figures: Vec<Figure>,
    /// The curves.
    pub curves: Vec<Curve>,
    /// How often labels are found, group by group; empty: no groups were asked for.
    pub groups: Vec<GroupTable>,
    /// Average precision, group by group.
    pub precision_by_group: Vec<GroupPrecision>,
    /// The same as `groups` at other thresholds; empty: none was asked for.
    pub groups_at_thresholds: Vec<GroupsAtThreshold>,
}

crate::passport!(Scores);
crate::from_json!(Scores);

/// A format of labels or detections.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum LabelFormat {
    /// COCO: an object with images, categories and annotations.
    CocoJson,
    /// COCO: an array of boxes with scores.
    CocoResults,
    /// `MOTChallenge` text, 2015 to 2020.
    MotChallenge,
    /// YOLO text: shares of the picture, from the centre.
    YoloTxt,
    /// The text of the object-detection-metrics project: pixels, class by name.
    PadillaTxt,
    /// Pascal VOC XML.
    PascalVoc,
    /// CVAT 1.1 XML.
    Cvat,
    /// CSV with a declared mapping.
    Csv,
    /// WIDER FACE text.
    WiderFace,
    /// WIDER FACE's easy, medium and hard sets (MATLAB).
    WiderFaceMat,
    /// FDDB ellipses.
    Fddb,
    /// ONVIF analytics metadata (XML).
    OnvifMetadata,
    /// Events that Frigate gives (JSON).
    FrigateEvents,
    /// None: this program's own detectors were run over footage.
    OwnDetectors,
}

impl LabelFormat {
    /// Every format with its written name.
    pub const ALL: [(Self, &'static str); 13] = [
        (Self::CocoJson, "coco-json"),
        (Self::CocoResults, "coco-results"),
        (Self::MotChallenge, "mot-challenge"),
        (Self::YoloTxt, "yolo-txt"),
        (Self::PadillaTxt, "padilla-txt"),
        (Self::PascalVoc, "pascal-voc"),
        (Self::Cvat, "cvat"),
        (Self::Csv, "csv"),
        (Self::WiderFace, "wider-face"),
        (Self::WiderFaceMat, "wider-face-mat"),
        (Self::Fddb, "fddb"),
        (Self::OnvifMetadata, "onvif-metadata"),
        (Self::FrigateEvents, "frigate-events"),
    ];
}

/// What was wrong with a row that was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RowFault {
    /// A column is missing or empty, or one too many is there.
    MissingField,
    /// Text where a number should be.
    NotANumber,
    /// A NaN or an infinity.
    NotFinite,
    /// A box with a negative side.
    NegativeSize,
    /// A frame below 1 or after the end of its sequence.
    BeyondTheSequence,
    /// The same id twice where it can be only once.
    TwiceInOnePicture,
    /// A picture that is not listed, or that has no labels.
    UnknownPicture,
    /// A class that is not listed.
    UnknownClass,
    /// Shares of the picture beyond it.
    OutsideThePicture,
    /// A polygon, a turned box or another shape.
    NotABox,
}

/// A number of rows that were left out for the same reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SkippedRows {
    /// The reason.
    pub fault: RowFault,
    /// How many.
    pub rows: u64,
}

/// One side's files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SideFacts {
    /// Their format.
    pub format: LabelFormat,
    /// SHA-256 of the file; of a folder, of the list of its files' digests.
    pub sha256: String,
    /// Files read.
    pub files: u64,
    /// Sequences, or 1 for pictures without an order.
    pub sequences: u64,
    /// Pictures that the files name.
    pub pictures: u64,
    /// Rows that were left out.
    pub skipped: Vec<SkippedRows>,
    /// Boxes, of whatever class.
    pub boxes: Cell<u64>,
}

/// What was asked for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScoreSettings {
    /// Overlap from which a box is found, where a figure does not name its own.
    pub overlap: f64,
    /// Detections below this score do not count, for figures at a threshold.
    pub score_threshold: Option<f64>,
    /// The classes that were scored.
    pub classes: Vec<String>,
    /// Resamples behind each bootstrap interval.
    pub resamples: u64,
    /// What was resampled.
    pub resampled: Resampled,
}

/// What was drawn again and again for the bootstrap intervals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "unit", rename_all = "snake_case", deny_unknown_fields)]
pub enum Resampled {
    /// Whole sequences.
    Sequences {
        /// How many there are.
        n: u64,
    },
    /// Stretches of consecutive frames, because there are too few sequences.
    Stretches {
        /// How many there are.
        n: u64,
        /// Frames in one.
        frames: u64,
    },
    /// Pictures.
    Pictures {
        /// How many there are.
        n: u64,
    },
}

/// Something about the files that bears on the figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "check", rename_all = "snake_case", deny_unknown_fields)]
pub enum Check {
    /// Many more boxes would match if the detections' frames were counted differently.
    FramesShifted {
        /// What to add to the detections' frame numbers.
        add: i64,
        /// Share of labels met as it is.
        met: f64,
        /// Share of labels met when shifted.
        met_shifted: f64,
    },
    /// Many more boxes would match at another scale.
    ScaleDiffers {
        /// What to multiply the detections' lengths by.
        factor: f64,
        /// Share of labels met as it is.
        met: f64,
        /// Share of labels met when scaled.
        met_scaled: f64,
    },
    /// Many more boxes would match if the sizes were read as the far corners.
    SizesAreCorners {
        /// Share of labels met as it is.
        met: f64,
        /// Share of labels met when read so.
        met_as_corners: f64,
    },
    /// Detections of classes that the labels do not know; they were passed over.
    ClassesUnmapped {
        /// Their names or numbers.
        classes: Vec<String>,
        /// How many boxes.
        boxes: u64,
    },
    /// Each side has one class, of another name; they were taken for the same.
    OnlyClassesMatched {
        /// The labels' class.
        truth: String,
        /// The detections' class.
        detections: String,
    },
    /// Labels that are marked as not to count (`MOTChallenge` mark 0, VOC difficult, WIDER FACE invalid, crowds).
    LabelsNotCounted {
        /// How many.
        boxes: u64,
    },
    /// Labels marked `ignore` in COCO JSON: the COCO figures count them, as pycocotools does; all others pass them over.
    IgnoreMarksInCoco {
        /// How many.
        boxes: u64,
    },
    /// Detections that were taken out because they lie on a distractor (`MOTChallenge` preprocessing, 2016 on).
    OnDistractors {
        /// How many.
        boxes: u64,
    },
    /// One side gives shares of the picture, the other pixels; the shares were turned into pixels.
    SharesTurnedIntoPixels,
    /// Labelled pictures in which nothing was detected at all.
    PicturesWithoutDetections {
        /// How many.
        pictures: u64,
        /// Of so many.
        of: u64,
    },
    /// Labelled pictures or frames for which the detections have no sequence.
    SequencesWithoutDetections {
        /// How many.
        sequences: u64,
    },
    /// All scores are the same: curves and average precision say nothing about ranking.
    ScoresAllEqual,
    /// Scores outside 0 to 1: they are no probabilities, so that calibration is not measured.
    ScoresAreNoShares {
        /// The smallest.
        least: f64,
        /// The largest.
        most: f64,
    },
    /// Boxes without an inside, which match nothing.
    EmptyBoxes {
        /// Among the labels.
        truth: u64,
        /// Among the detections.
        detections: u64,
    },
    /// Pictures of detections that have no labels; their rows were left out as asked.
    DetectionsLeftOut {
        /// How many rows.
        rows: u64,
    },
    /// Ellipses were replaced by the boxes around them.
    EllipsesAsBoxes,
    /// The frames' numbers come from the order of their times, because no rate was given.
    FramesByOrder,
}

crate::named! {
    /// What a figure is. The field's names; each documentation names the definition.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
    pub enum FigureName {
        /// COCO: average precision, mean over overlaps 0.50 to 0.95 and classes.
        Ap = "ap",
        /// COCO: average precision at overlap 0.50.
        Ap50 = "ap50",
        /// COCO: average precision at overlap 0.75.
        Ap75 = "ap75",
        /// COCO: average precision of labels below 32 x 32 pixels.
        ApSmall = "ap_small",
        /// COCO: average precision of labels of 32 x 32 to 96 x 96 pixels.
        ApMedium = "ap_medium",
        /// COCO: average precision of larger labels.
        ApLarge = "ap_large",
        /// COCO: average recall with at most 1 box per picture.
        Ar1 = "ar1",
        /// COCO: average recall with at most 10 boxes per picture.
        Ar10 = "ar10",
        /// COCO: average recall with at most 100 boxes per picture.
        Ar100 = "ar100",
        /// COCO: average recall of small labels.
        ArSmall = "ar_small",
        /// COCO: average recall of medium labels.
        ArMedium = "ar_medium",
        /// COCO: average recall of large labels.
        ArLarge = "ar_large",
        /// Average precision at overlap 0.50 of labels whose height lies in [`Figure::heights`].
        Ap50OfHeights = "ap50_of_heights",
        /// Pascal VOC (2010 on): area under the precision envelope at every point, at the overlap of the settings.
        VocAp = "voc_ap",
        /// Found labels, of all detections that count, at the overlap of the settings.
        TruePositives = "true_positives",
        /// Detections without a label.
        FalsePositives = "false_positives",
        /// Labels without a detection.
        FalseNegatives = "false_negatives",
        /// True positives by detections.
        Precision = "precision",
        /// True positives by labels.
        Recall = "recall",
        /// Harmonic mean of precision and recall.
        F1 = "f1",
        /// False positives by pictures.
        FalsePositivesPerPicture = "false_positives_per_picture",
        /// False positives by hours of footage.
        FalseAlarmsPerHour = "false_alarms_per_hour",
        /// Dollár et al. 2012: geometric mean of the miss rate at 9 rates of false positives per picture from 0.01 to 1.
        LogAverageMissRate = "log_average_miss_rate",
        /// Expected calibration error: mean distance of score and precision over ten equal ranges of the score.
        ExpectedCalibrationError = "expected_calibration_error",
        /// WIDER FACE: average precision of the easy set, as the benchmark's own program computes it.
        WiderEasy = "wider_easy",
        /// WIDER FACE: of the medium set, which holds the easy one.
        WiderMedium = "wider_medium",
        /// WIDER FACE: of the hard set, which holds both.
        WiderHard = "wider_hard",
        /// Luiten et al. 2020: geometric mean of detection and association accuracy, mean over 19 overlaps.
        Hota = "hota",
        /// HOTA: detection accuracy.
        DetA = "det_a",
        /// HOTA: association accuracy.
        AssA = "ass_a",
        /// HOTA: detection recall.
        DetRe = "det_re",
        /// HOTA: detection precision.
        DetPr = "det_pr",
        /// HOTA: association recall.
        AssRe = "ass_re",
        /// HOTA: association precision.
        AssPr = "ass_pr",
        /// HOTA: localisation accuracy.
        LocA = "loc_a",
        /// HOTA without penalty for false positives.
        Owta = "owta",
        /// HOTA at overlap 0.05.
        Hota0 = "hota0",
        /// Localisation accuracy at overlap 0.05.
        LocA0 = "loc_a0",
        /// The product of the two.
        HotaLocA0 = "hota_loc_a0",
        /// CLEAR: 1 - (misses + false positives + switches) / labels.
        Mota = "mota",
        /// CLEAR: mean overlap of matches, as `TrackEval` gives it.
        Motp = "motp",
        /// CLEAR: as MOTA, without switches.
        Moda = "moda",
        /// CLEAR: MOTA with matches weighted by their overlap.
        Smota = "smota",
        /// CLEAR: share of labels matched.
        ClearRecall = "clear_recall",
        /// CLEAR: share of tracked boxes matched.
        ClearPrecision = "clear_precision",
        /// CLEAR: matches.
        ClearTruePositives = "clear_true_positives",
        /// CLEAR: tracked boxes without a label.
        ClearFalsePositives = "clear_false_positives",
        /// CLEAR: labels without a tracked box.
        ClearFalseNegatives = "clear_false_negatives",
        /// CLEAR: how often a person's track changes.
        IdentitySwitches = "identity_switches",
        /// CLEAR: how often a person is lost and found again.
        Fragmentations = "fragmentations",
        /// CLEAR: people matched in more than 80 % of their frames.
        MostlyTracked = "mostly_tracked",
        /// CLEAR: people between.
        PartlyTracked = "partly_tracked",
        /// CLEAR: people matched in less than 20 % of their frames.
        MostlyLost = "mostly_lost",
        /// Identity: harmonic mean of precision and recall (Ristani et al. 2016).
        Idf1 = "idf1",
        /// Identity: precision.
        IdPrecision = "id_precision",
        /// Identity: recall.
        IdRecall = "id_recall",
        /// Identity: boxes with the right identity.
        IdTruePositives = "id_true_positives",
    }
}

/// A figure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// What it is.
    pub name: FigureName,
    /// Heights of labels in pixels, for [`FigureName::Ap50OfHeights`]: from the first, below the second.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub heights: Option<Heights>,
    /// Its value, or why there is none.
    pub value: Figured,
}

/// A range of heights.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Heights {
    /// Pixels, inclusive.
    pub from: f64,
    /// Pixels, exclusive; none: no end.
    pub below: Option<f64>,
}

/// A figure's value, or why there is none. Absence is never a number.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "outcome", rename_all = "snake_case", deny_unknown_fields)]
pub enum Figured {
    /// Measured.
    Measured {
        /// The estimate, or the reason why it is withheld.
        estimate: Cell<Estimate>,
    },
    /// Not measured.
    NotMeasured {
        /// What was missing.
        missing: NoFigure,
    },
}

crate::named! {
    /// What was missing for a figure.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
    pub enum NoFigure {
        /// No label to be found.
        NoLabels = "no-labels",
        /// No detection.
        NoDetections = "no-detections",
        /// The labels have no numbers of people.
        NoSubjects = "no-subjects",
        /// The detections have no numbers of tracks.
        NoTracks = "no-tracks",
        /// Pictures without an order in time.
        NoSequence = "no-sequence",
        /// Nobody said how many frames a second has.
        NoRate = "no-rate",
        /// Scores are no shares between 0 and 1.
        NoProbabilities = "no-probabilities",
        /// Shares of the picture, of unknown size: there are no pixels.
        NoPixels = "no-pixels",
        /// Nothing varies, or there is too little to resample: no interval, and no number without one.
        NoInterval = "no-interval",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_written_as_they_are_named_on_the_command_line() {
        for (format, name) in LabelFormat::ALL {
            assert_eq!(serde_json::to_value(format).unwrap(), name);
        }
    }
}
