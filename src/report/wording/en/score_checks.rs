//! What was noticed about labels and detections, in sentences that say what to do. In: checks of the record. Out: words, for
//! the report and for the terminal.

use crate::formats::english as formats;
use vsa_record::scores::{Check, LabelFormat, NoFigure, RowFault, SkippedRows};

/// A format's written name, as the option takes it.
#[must_use]
pub fn format(format: LabelFormat) -> &'static str {
    let named = LabelFormat::ALL.iter().find(|(known, _)| *known == format);
    named.map_or("detectors of this program", |(_, name)| name)
}

/// Rows that were left out.
#[must_use]
pub fn skipped(skipped: SkippedRows) -> String {
    let because = match skipped.fault {
        RowFault::MissingField => "a field is missing",
        RowFault::NotANumber => "text stands where a number should",
        RowFault::NotFinite => "a number is not finite",
        RowFault::NegativeSize => "a side is negative",
        RowFault::BeyondTheSequence => "the frame is not in the sequence",
        RowFault::TwiceInOnePicture => "the same id is there twice",
        RowFault::UnknownPicture => "the picture is not listed",
        RowFault::UnknownClass => "the class is not listed",
        RowFault::OutsideThePicture => "the box is beyond the picture",
        RowFault::NotABox => "the shape is no upright box",
    };
    format!("{}: {because}", formats::count(skipped.rows))
}

/// What was missing for a figure.
#[must_use]
pub fn missing(missing: NoFigure) -> &'static str {
    match missing {
        NoFigure::NoLabels => "no label that counts",
        NoFigure::NoDetections => "no detection",
        NoFigure::NoSubjects => "the labels do not number people, or have several classes",
        NoFigure::NoTracks => "the detections do not number tracks",
        NoFigure::NoSequence => "pictures without an order in time",
        NoFigure::NoRate => "no frame rate (give --fps)",
        NoFigure::NoProbabilities => "scores are not between 0 and 1",
        NoFigure::NoPixels => "the size of the pictures is unknown",
        NoFigure::NoInterval => "nothing varies",
    }
}

/// What was noticed, in a sentence that says what to do.
#[must_use]
pub fn check(check: &Check) -> String {
    let percent = |share: &f64| format!("{:.0} %", share * 100.0);
    match check {
        Check::FramesShifted { add, met, met_shifted } => format!(
            "the frames seem to be counted differently: {} of the labels are met, but {} if {add} is added to the frame numbers of \
             the detections; check whether one side counts from 0",
            percent(met),
            percent(met_shifted)
        ),
        Check::ScaleDiffers { factor, met, met_scaled } => format!(
            "the boxes seem to be at another scale: {} of the labels are met, but {} if the detections are multiplied by {}",
            percent(met),
            percent(met_scaled),
            formats::decimal(*factor, 3)
        ),
        Check::SizesAreCorners { met, met_as_corners } => format!(
            "widths and heights of the detections seem to be right and bottom edges: {} of the labels are met, but {} if read so",
            percent(met),
            percent(met_as_corners)
        ),
        Check::ClassesUnmapped { classes, boxes } => format!(
            "{boxes} detections are of classes that the labels do not have ({}) and were passed over; map them with --class-map",
            classes.join(", ")
        ),
        Check::OnlyClassesMatched { truth, detections } => format!(
            "the labels have one class (`{truth}`) and the detections another (`{detections}`); they were taken for the same"
        ),
        Check::LabelsNotCounted { boxes } => {
            format!("{boxes} labels are marked as not to count (crowds, difficult, distractors, mark 0), and do not")
        }
        Check::IgnoreMarksInCoco { boxes } => format!(
            "{boxes} labels are marked `ignore`: the twelve COCO figures count them, as pycocotools does; all others do not"
        ),
        Check::OnDistractors { boxes } => format!(
            "{boxes} detections lie on distractors (MOTChallenge preprocessing) and are neither right nor wrong"
        ),
        Check::SharesTurnedIntoPixels => "one side gives shares of the picture; they were turned into pixels".to_owned(),
        Check::PicturesWithoutDetections { pictures, of } => {
            format!("{pictures} of {of} labelled pictures have no detection at all")
        }
        Check::SequencesWithoutDetections { sequences } => {
            format!("{sequences} labelled sequences have no detections: every label in them counts as missed")
        }
        Check::ScoresAllEqual => "all scores are the same: average precision says nothing about ranking".to_owned(),
        Check::ScoresAreNoShares { least, most } => {
            format!(
                "scores run from {} to {}: they are no probabilities, so that calibration is not measured",
                formats::plain(*least),
                formats::plain(*most)
            )
        }
        Check::EmptyBoxes { truth, detections } => {
            format!("{truth} labels and {detections} detections have no inside and match nothing")
        }
        Check::DetectionsLeftOut { rows } => {
            format!("{rows} detections are in pictures without labels and were left out, as asked")
        }
        Check::EllipsesAsBoxes => {
            "for all figures but FDDB's own two curves, ellipses were replaced by the boxes around them".to_owned()
        }
        Check::FramesByOrder => {
            "frames are counted in the order of their times; give --fps and --clock-start if the camera left frames out".to_owned()
        }
    }
}
