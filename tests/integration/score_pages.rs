//! Pages of scores in every language. The scores are the program's own, of a small invented scene, so that everything it
//! gives for tracks and groups is there; what one set of files cannot give at once (every check, every reason for an absence,
//! other benchmarks' curves) is put in by hand.

#![expect(clippy::disallowed_methods, reason = "tests make their own inputs")]

use super::program::{Run, program};
use std::fmt::Write as _;
use std::path::Path;
use vsa_base::language::Language;
use vsa_record::curve::{Curve, CurveName};
use vsa_record::scores::{
    Check, Figure, FigureName, Figured, Heights, LabelFormat, NoFigure, Resampled, RowFault, Scores,
    SkippedRows,
};
use vsa_report::{Document, scores_document};

const FRAMES: u32 = 20;
const PEOPLE: u32 = 24;
/// What the labels of the invented scene say in their own words.
const NAMES: [&str; 7] = ["gilet", "rouge", "bleu", "quai", "hall", "metres", "pedestrian"];

/// Every fifth person is lost in every third frame; some detections show nobody; two people swap their tracks.
fn write_scene(folder: &Path) {
    let (mut labels, mut tracks) = (String::new(), String::new());
    let mut groups = String::from("id,gilet,quai,metres\n");
    for person in 1..=PEOPLE {
        let worn = if person % 3 == 0 { "rouge" } else { "bleu" };
        let place = if person % 2 == 0 { "quai" } else { "hall" };
        writeln!(groups, "{person},{worn},{place},{}.5", person * 2).expect("text");
    }
    for frame in 1..=FRAMES {
        for person in 1..=PEOPLE {
            let (left, height) = (person * 60, 12 + person * 5);
            writeln!(labels, "{frame},{person},{left},10,30,{height},1,1,1").expect("text");
            let track = match person {
                1 if frame > 12 => 2,
                2 if frame > 12 => 1,
                other => other,
            };
            let score = 50 + (person * 7 + frame * 3) % 45;
            if !(person % 5 == 0 && frame % 3 == 0) {
                writeln!(tracks, "{frame},{track},{left},11,30,{height},0.{score},-1,-1,-1").expect("text");
            }
        }
        if frame % 4 == 0 {
            writeln!(tracks, "{frame},{},10,600,30,40,0.4{frame},-1,-1,-1", 100 + frame).expect("text");
        }
    }
    for (name, text) in [("gt.txt", labels), ("tracks.txt", tracks), ("groups.csv", groups)] {
        std::fs::write(folder.join(name), text).expect("a file");
    }
}

/// Runs `evaluate` over the scene.
fn evaluate(folder: &Path, more: &[&str]) -> Run {
    let mut command = program();
    command.current_dir(folder).args([
        "evaluate",
        "--truth",
        "gt.txt",
        "--detections",
        "tracks.txt",
        "--groups",
        "groups.csv",
        "--by",
        "gilet",
        "--confounders",
        "height,metres,quai",
        "--fps",
        "10",
        "--resamples",
        "200",
    ]);
    Run::of(command.args(more)).expect(0)
}

fn scores(folder: &Path, more: &[&str]) -> Scores {
    let run = evaluate(folder, &[&["--format", "json"], more].concat());
    serde_json::from_str(&run.stdout).expect("scores")
}

const PUBLIC: [&str; 4] = ["--data-basis", "public", "--thresholds", "0.5,0.7"];

fn every_check() -> Vec<Check> {
    let (met, boxes) = (0.12, 1234);
    vec![
        Check::FramesShifted {
            add: -1,
            met,
            met_shifted: 0.97,
        },
        Check::ScaleDiffers {
            factor: 1.5,
            met,
            met_scaled: 0.97,
        },
        Check::SizesAreCorners {
            met,
            met_as_corners: 0.97,
        },
        Check::ClassesUnmapped {
            classes: vec!["rouge".into(), "bleu".into()],
            boxes,
        },
        Check::OnlyClassesMatched {
            truth: "rouge".into(),
            detections: "bleu".into(),
        },
        Check::LabelsNotCounted { boxes },
        Check::IgnoreMarksInCoco { boxes },
        Check::OnDistractors { boxes },
        Check::SharesTurnedIntoPixels,
        Check::PicturesWithoutDetections {
            pictures: 7,
            of: 1234,
        },
        Check::SequencesWithoutDetections { sequences: 2 },
        Check::ScoresAllEqual,
        Check::ScoresAreNoShares {
            least: -2.5,
            most: 1012.25,
        },
        Check::EmptyBoxes {
            truth: 3,
            detections: 4,
        },
        Check::DetectionsLeftOut { rows: 5 },
        Check::EllipsesAsBoxes,
        Check::FramesByOrder,
    ]
}

/// Puts in what the scene does not give.
fn complete(mut scores: Scores) -> Scores {
    scores.checks = every_check();
    scores.settings.resampled = Resampled::Stretches { n: 12, frames: 1500 };
    scores.settings.classes = ["rouge", "bleu", "quai", "hall"].map(str::to_owned).to_vec();
    scores.truth.skipped = [
        RowFault::MissingField,
        RowFault::NotANumber,
        RowFault::NotFinite,
        RowFault::NegativeSize,
        RowFault::BeyondTheSequence,
        RowFault::TwiceInOnePicture,
        RowFault::UnknownPicture,
        RowFault::UnknownClass,
        RowFault::OutsideThePicture,
        RowFault::NotABox,
    ]
    .map(|fault| SkippedRows { fault, rows: 1234 })
    .to_vec();
    scores.detections.format = LabelFormat::OwnDetectors;
    let points = scores
        .curves
        .iter()
        .find(|curve| curve.name == CurveName::PrecisionByRecall)
        .expect("the curve of precision by recall")
        .points
        .clone();
    for name in [
        CurveName::MissRateByFalsePositives,
        CurveName::HotaByOverlap,
        CurveName::PrecisionByScore,
        CurveName::RecallByHeight,
        CurveName::RecallByDistance,
        CurveName::FddbDiscrete,
        CurveName::FddbContinuous,
    ] {
        if !scores.curves.iter().any(|curve| curve.name == name) {
            let points = points.clone();
            scores.curves.push(Curve { name, points });
        }
    }
    let measured = scores
        .figures
        .iter()
        .find(|figure| matches!(figure.value, Figured::Measured { .. }))
        .expect("a figure")
        .value
        .clone();
    for name in [
        FigureName::VocAp,
        FigureName::WiderEasy,
        FigureName::WiderMedium,
        FigureName::WiderHard,
    ] {
        let value = measured.clone();
        scores.figures.push(Figure {
            name,
            heights: None,
            value,
        });
    }
    for missing in [
        NoFigure::NoLabels,
        NoFigure::NoDetections,
        NoFigure::NoSubjects,
        NoFigure::NoTracks,
        NoFigure::NoSequence,
        NoFigure::NoRate,
        NoFigure::NoProbabilities,
        NoFigure::NoPixels,
        NoFigure::NoInterval,
    ] {
        let heights = Some(Heights {
            from: 62.5,
            below: None,
        });
        let value = Figured::NotMeasured { missing };
        scores.figures.push(Figure {
            name: FigureName::Ap50OfHeights,
            heights,
            value,
        });
    }
    scores.disclosure = scores.disclosure.with_objects_exported().expect("public data");
    scores
}

/// Everything shown, most withheld, nothing measured, and all that the scene does not give.
pub(crate) fn pages() -> Vec<[Document; 2]> {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_scene(folder.path());
    let public = scores(folder.path(), &PUBLIC);
    let mut nothing = public.clone();
    for figure in &mut nothing.figures {
        figure.value = Figured::NotMeasured {
            missing: NoFigure::NoLabels,
        };
    }
    nothing.groups.clear();
    nothing.curves.clear();
    nothing.settings.classes.clear();
    nothing.settings.resampled = Resampled::Pictures { n: 1234 };
    nothing.checks = every_check().into_iter().take(1).collect();
    let mut sequences = public.clone();
    sequences.settings.resampled = Resampled::Sequences { n: 12 };
    let all = complete(public.clone());
    [public, scores(folder.path(), &[]), nothing, sequences, all]
        .iter()
        .map(|scores| Language::ALL.map(|language| scores_document(language, scores)))
        .collect()
}

/// What the labels and the formats say in their own words.
pub(crate) fn words() -> impl Iterator<Item = String> {
    let formats = LabelFormat::ALL.map(|(_, name)| name);
    NAMES.into_iter().chain(formats).map(str::to_owned)
}

#[test]
fn the_page_of_scores_speaks_the_language_that_is_asked_for_and_the_scores_speak_none() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_scene(folder.path());
    for language in ["en", "fr"] {
        evaluate(
            folder.path(),
            &[&PUBLIC[..], &["--out", language, "--lang", language]].concat(),
        );
    }
    let read = |language: &str, name: &str| {
        std::fs::read_to_string(folder.path().join(language).join(name)).expect("a result")
    };
    assert!(read("en", "scores.json") == read("fr", "scores.json"));
    for language in ["en", "fr"] {
        assert!(read(language, "report.html").contains(&format!("<html lang=\"{language}\">")));
    }
    let paper =
        |language: &str| std::fs::read(folder.path().join(language).join("report.pdf")).expect("a PDF");
    assert!(paper("en").starts_with(b"%PDF-") && paper("fr").starts_with(b"%PDF-"));
    let [english, french] = ["en", "fr"].map(|language| read(language, "report.json"));
    // Strata of numbers are the program's words, not the labels': below 12, 16 to 32, 40 and more.
    for (said_in_english, said_in_french) in [
        ("16 to 32", "de 16 à 32"),
        ("below ", "moins de "),
        (" and more", " et plus"),
        ("Precision by recall", "Courbe précision-rappel"),
        ("miss rate", "taux d’omission"),
    ] {
        assert!(english.contains(said_in_english), "{said_in_english}");
        assert!(french.contains(said_in_french), "{said_in_french}");
        assert!(!french.contains(said_in_english), "{said_in_english}");
    }
}

/// Until stretches had a name of their own, score files called the bootstrap over them one over blocks, which has since become
/// the name of another method.
#[test]
fn a_score_file_that_calls_stretches_blocks_is_told_as_one_over_stretches() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_scene(folder.path());
    let text = evaluate(folder.path(), &[&PUBLIC[..], &["--format", "json"]].concat()).stdout;
    let old = text
        .replace("\"cluster_bootstrap\"", "\"block_bootstrap\"")
        .replace("\"stretch_bootstrap\"", "\"block_bootstrap\"");
    assert_ne!(text, old);
    let mut old: Scores = serde_json::from_str(&old).expect("scores");
    old.settings.resampled = Resampled::Stretches { n: 12, frames: 1500 };
    for (language, over_stretches, over_blocks) in [
        (
            Language::English,
            "bootstrap over stretches of footage",
            "circular",
        ),
        (
            Language::French,
            "bootstrap sur des passages de l’enregistrement",
            "circulaire",
        ),
    ] {
        let page = serde_json::to_string(&scores_document(language, &old).sections).expect("a document");
        assert!(page.contains(over_stretches), "{page}");
        assert!(!page.contains(over_blocks), "{page}");
    }
}
