//! Names of scores and what they mean. In: a figure's name. Out: words. The names are the field's own.

use crate::formats::english as formats;
use vsa_record::scores::{FigureName, Heights};

/// The figure as the field calls it.
#[must_use]
pub fn name(name: FigureName, heights: Option<Heights>) -> String {
    let (word, _) = words(name);
    match heights {
        None => word.to_owned(),
        Some(Heights {
            from,
            below: Some(below),
        }) => {
            format!("{word}, {}\u{a0}px", formats::span(from, below))
        }
        Some(Heights { from, below: None }) => format!("{word}, {}\u{a0}px and more", formats::plain(from)),
    }
}

/// Its definition.
#[must_use]
pub fn meaning(name: FigureName) -> &'static str {
    words(name).1
}

fn words(name: FigureName) -> (&'static str, &'static str) {
    match name {
        FigureName::Ap => (
            "AP",
            "Average precision, mean over overlaps 0.50 to 0.95 and classes (COCO).",
        ),
        FigureName::Ap50 => ("AP50", "Average precision at overlap 0.50 (COCO)."),
        FigureName::Ap75 => ("AP75", "Average precision at overlap 0.75 (COCO)."),
        FigureName::ApSmall => (
            "AP, small",
            "Average precision of labels below 32 × 32 pixels (COCO).",
        ),
        FigureName::ApMedium => (
            "AP, medium",
            "Average precision of labels of 32 × 32 to 96 × 96 pixels (COCO).",
        ),
        FigureName::ApLarge => ("AP, large", "Average precision of larger labels (COCO)."),
        FigureName::Ar1 => (
            "AR, 1 box",
            "Average recall with at most 1 box per picture (COCO).",
        ),
        FigureName::Ar10 => (
            "AR, 10 boxes",
            "Average recall with at most 10 boxes per picture (COCO).",
        ),
        FigureName::Ar100 => (
            "AR, 100 boxes",
            "Average recall with at most 100 boxes per picture (COCO).",
        ),
        FigureName::ArSmall => ("AR, small", "Average recall of small labels (COCO)."),
        FigureName::ArMedium => ("AR, medium", "Average recall of medium labels (COCO)."),
        FigureName::ArLarge => ("AR, large", "Average recall of large labels (COCO)."),
        FigureName::Ap50OfHeights => (
            "AP50",
            "Average precision at overlap 0.50 of labels of these heights.",
        ),
        FigureName::VocAp => (
            "AP, Pascal VOC",
            "Area under the precision envelope at every point, at the overlap of the settings (Pascal VOC, 2010 on).",
        ),
        FigureName::TruePositives => ("true positives", "Detections that found a label."),
        FigureName::FalsePositives => ("false positives", "Detections without a label."),
        FigureName::FalseNegatives => ("false negatives", "Labels without a detection."),
        FigureName::Precision => ("precision", "True positives by detections."),
        FigureName::Recall => ("recall", "True positives by labels."),
        FigureName::F1 => ("F1", "Harmonic mean of precision and recall."),
        FigureName::FalsePositivesPerPicture => {
            ("false positives per picture", "False positives by pictures.")
        }
        FigureName::FalseAlarmsPerHour => ("false alarms per hour", "False positives by hours of footage."),
        FigureName::LogAverageMissRate => (
            "log-average miss rate",
            "Geometric mean of the miss rate at nine rates of false positives per picture from 0.01 to 1 (Dollár et al. 2012). Lower is better.",
        ),
        FigureName::ExpectedCalibrationError => (
            "calibration error",
            "Mean distance between score and share that is right, over ten ranges of the score (Guo et al. 2017). Lower is better.",
        ),
        FigureName::WiderEasy => (
            "AP, WIDER easy",
            "Average precision of the easy set, by the benchmark’s own program.",
        ),
        FigureName::WiderMedium => ("AP, WIDER medium", "Average precision of the medium set."),
        FigureName::WiderHard => ("AP, WIDER hard", "Average precision of the hard set."),
        FigureName::Hota => (
            "HOTA",
            "Geometric mean of detection and association accuracy, mean over 19 overlaps (Luiten et al. 2020).",
        ),
        FigureName::DetA => ("DetA", "Detection accuracy (HOTA)."),
        FigureName::AssA => ("AssA", "Association accuracy (HOTA)."),
        FigureName::DetRe => ("DetRe", "Detection recall (HOTA)."),
        FigureName::DetPr => ("DetPr", "Detection precision (HOTA)."),
        FigureName::AssRe => ("AssRe", "Association recall (HOTA)."),
        FigureName::AssPr => ("AssPr", "Association precision (HOTA)."),
        FigureName::LocA => ("LocA", "Localisation accuracy (HOTA)."),
        FigureName::Owta => ("OWTA", "HOTA without penalty for false positives."),
        FigureName::Hota0 => ("HOTA(0)", "HOTA at overlap 0.05."),
        FigureName::LocA0 => ("LocA(0)", "Localisation accuracy at overlap 0.05."),
        FigureName::HotaLocA0 => ("HOTA·LocA(0)", "The product of the two."),
        FigureName::Mota => (
            "MOTA",
            "1 − (misses + false positives + switches) / labels (CLEAR). May fall below none.",
        ),
        FigureName::Motp => ("MOTP", "Mean overlap of matches (CLEAR)."),
        FigureName::Moda => ("MODA", "MOTA without switches (CLEAR)."),
        FigureName::Smota => ("sMOTA", "MOTA with matches weighted by their overlap."),
        FigureName::ClearRecall => ("recall (CLEAR)", "Share of labels matched."),
        FigureName::ClearPrecision => ("precision (CLEAR)", "Share of tracked boxes matched."),
        FigureName::ClearTruePositives => ("matches", "Matches (CLEAR)."),
        FigureName::ClearFalsePositives => ("false positives (CLEAR)", "Tracked boxes without a label."),
        FigureName::ClearFalseNegatives => ("misses", "Labels without a tracked box."),
        FigureName::IdentitySwitches => (
            "identity switches",
            "How often the track of a person changes (CLEAR).",
        ),
        FigureName::Fragmentations => (
            "fragmentations",
            "How often a person is lost and found again (CLEAR).",
        ),
        FigureName::MostlyTracked => (
            "mostly tracked",
            "People matched in more than 80 % of their frames.",
        ),
        FigureName::PartlyTracked => ("partly tracked", "People between."),
        FigureName::MostlyLost => ("mostly lost", "People matched in less than 20 % of their frames."),
        FigureName::Idf1 => (
            "IDF1",
            "Harmonic mean of identity precision and recall (Ristani et al. 2016).",
        ),
        FigureName::IdPrecision => ("IDP", "Identity precision."),
        FigureName::IdRecall => ("IDR", "Identity recall."),
        FigureName::IdTruePositives => ("IDTP", "Boxes with the right identity."),
    }
}
