//! Scores in words for the terminal. In: a [`Scores`]. Out: lines. Numbers are rounded here and nowhere else; whoever needs
//! them in full takes the JSON.

use crate::record::comparison::Comparison;
use crate::record::disclosure::{Cell, CellState};
use crate::record::estimate::{Estimate, Unit};
use crate::record::groups::{GroupMeasure, GroupTable};
use crate::record::scores::{Check, Figure, FigureName, Figured, Heights, NoFigure, Scores};

/// One line for each figure.
pub(super) fn table(scores: &Scores) -> Vec<String> {
    let names: Vec<String> = scores.figures.iter().map(name).collect();
    let width = names.iter().map(String::len).max().unwrap_or(0);
    let row = |(name, figure): (&String, &Figure)| format!("{name:<width$}  {}", value(figure));
    names.iter().zip(&scores.figures).map(row).collect()
}

/// Tables of groups, one line for each group, then the gap and the tests.
pub(super) fn groups(tables: &[GroupTable]) -> Vec<String> {
    let shown = |cell: &Cell<Estimate>| {
        cell.shown()
            .map_or_else(|| "withheld: few people".to_owned(), number)
    };
    let name = |group: &[String]| group.join(" / ");
    let mut lines = Vec::new();
    for table in tables {
        let measure = match table.measure {
            GroupMeasure::Recall => "recall",
            GroupMeasure::Accuracy => "accuracy",
            GroupMeasure::HitRate => "hit rate",
        };
        lines.push(String::new());
        lines.push(format!("{measure} by {}", table.by.join(" x ")));
        lines.push(format!("  all  {}", shown(&table.overall)));
        for group in &table.groups {
            let cases = group.cases.shown().map_or_else(|| "?".to_owned(), u64::to_string);
            lines.push(format!(
                "  {}  {}  of {cases}",
                name(&group.group),
                shown(&group.share)
            ));
        }
        if let Some(gap) = &table.difference {
            lines.push(format!(
                "  difference {} - {}: {}",
                name(&gap.best),
                name(&gap.worst),
                number(&gap.estimate)
            ));
        }
        if let Some(ratio) = &table.ratio {
            lines.push(format!(
                "  ratio {} / {}: {}",
                name(&ratio.worst),
                name(&ratio.best),
                number(&ratio.estimate)
            ));
        }
        for pair in &table.pairs {
            let p = |value: Option<f64>| value.map_or_else(|| "none".to_owned(), |p| format!("{p:.4}"));
            let mut line = format!(
                "  {} against {}: difference {}, p {} (Holm {})",
                name(&pair.one),
                name(&pair.other),
                number(&pair.difference),
                p(pair.p),
                p(pair.p_holm)
            );
            if let Some(size) = &pair.at_equal_size {
                line.push_str(&format!(
                    "; at equal size of boxes: difference {:.4}, odds ratio {:.3} [{:.3}, {:.3}], p {:.4}",
                    size.standardised_difference, size.odds_ratio, size.low, size.high, size.p
                ));
            }
            lines.push(line);
        }
    }
    lines
}

/// How many figures are withheld.
pub(super) fn withheld(scores: &Scores) -> usize {
    let is_withheld = |figure: &&Figure| match &figure.value {
        Figured::Measured { estimate } => estimate.shown().is_none(),
        Figured::NotMeasured { .. } => false,
    };
    scores.figures.iter().filter(is_withheld).count()
}

/// Two systems, one line for each figure.
pub(super) fn comparison(comparison: &Comparison) -> Vec<String> {
    let shown = |cell: &Cell<Estimate>| {
        cell.shown()
            .map_or_else(|| "withheld: few people".to_owned(), number)
    };
    let mut lines: Vec<String> = comparison
        .figures
        .iter()
        .map(|row| {
            let name = written_name(row.name, row.heights);
            format!(
                "{name}  A {}  B {}  B - A {}",
                shown(&row.one),
                shown(&row.other),
                shown(&row.difference)
            )
        })
        .collect();
    if let Some(found) = comparison.found.shown() {
        lines.push(format!(
            "labels found by both {}, by A alone {}, by B alone {}, by neither {}; McNemar p {:.4}",
            found.both, found.only_one, found.only_other, found.neither, found.p
        ));
    }
    lines
}

fn name(figure: &Figure) -> String {
    written_name(figure.name, figure.heights)
}

fn written_name(name: FigureName, heights: Option<Heights>) -> String {
    // The written name: what stands in the JSON is what one finds here.
    let written = serde_json::to_value(name).ok();
    let name = written
        .as_ref()
        .and_then(|name| name.as_str())
        .unwrap_or_default()
        .to_owned();
    match heights {
        None => name,
        Some(heights) => match heights.below {
            Some(below) => format!("{name} {}-{below}px", heights.from),
            None => format!("{name} {}px+", heights.from),
        },
    }
}

fn value(figure: &Figure) -> String {
    match &figure.value {
        Figured::NotMeasured { missing } => format!("not measured: {}", missing_words(*missing)),
        Figured::Measured { estimate } => match estimate.state() {
            CellState::Withheld { .. } => "withheld: few people".to_owned(),
            CellState::Shown { value, .. } => number(value),
        },
    }
}

fn number(estimate: &Estimate) -> String {
    let (value, interval) = (estimate.value, &estimate.interval);
    let shown = |number: f64| match estimate.unit {
        Unit::Boxes | Unit::Events | Unit::People => format!("{number:.0}"),
        Unit::PerHour => format!("{number:.1}"),
        _ => format!("{number:.4}"),
    };
    if interval.low < interval.high {
        format!(
            "{}  [{}, {}]",
            shown(value),
            shown(interval.low),
            shown(interval.high)
        )
    } else {
        shown(value)
    }
}

fn missing_words(missing: NoFigure) -> &'static str {
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
pub(super) fn check(check: &Check) -> String {
    let percent = |share: &f64| format!("{:.0} %", share * 100.0);
    match check {
        Check::FramesShifted { add, met, met_shifted } => format!(
            "the frames seem to be counted differently: {} of the labels are met, but {} if {add} is added to the frame numbers of \
             the detections; check whether one side counts from 0",
            percent(met),
            percent(met_shifted)
        ),
        Check::ScaleDiffers { factor, met, met_scaled } => format!(
            "the boxes seem to be at another scale: {} of the labels are met, but {} if the detections are multiplied by {factor:.3}",
            percent(met),
            percent(met_scaled)
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
            format!("scores run from {least} to {most}: they are no probabilities, so that calibration is not measured")
        }
        Check::EmptyBoxes { truth, detections } => {
            format!("{truth} labels and {detections} detections have no inside and match nothing")
        }
        Check::DetectionsLeftOut { rows } => {
            format!("{rows} detections are in pictures without labels and were left out, as asked")
        }
        Check::EllipsesAsBoxes => {
            "ellipses were replaced by the boxes around them: overlaps differ from FDDB's own program".to_owned()
        }
        Check::FramesByOrder => {
            "frames are counted in the order of their times; give --fps and --clock-start if the camera left frames out".to_owned()
        }
    }
}
