//! Scores as a page. In: [`Scores`]. Out: a [`Document`]: what was scored, how good it is, how it differs between groups.
//! Deliberately not here: words (`wording::en::scores`).

mod curves;
mod figures;
mod groups;

use super::tables::{fact, literal, value_with_interval};
use crate::language::Language;
use crate::record::disclosure::Cell;
use crate::record::estimate::Estimate;
use crate::record::scores::{FigureName, Figured, Scores, SideFacts};
use crate::report::document::{
    Answer, Block, Document, Fact, Header, NamedEstimate, Notice, Point, SCHEMA, Section,
};
use crate::report::formats;
use crate::report::wording::en::{self as all_words, score_checks, score_names, scores as words};

/// Scores are told in English so far.
const LANGUAGE: Language = Language::English;

/// The whole page.
#[must_use]
pub fn document(scores: &Scores) -> Document {
    let mut sections = vec![figures::detection(scores)];
    sections.extend(figures::tracking(scores));
    sections.extend(groups::sections(scores));
    sections.push(files(scores));
    sections.push(limits(scores));
    let policy = &scores.disclosure;
    let (title, text) =
        all_words::disclosure_notice(policy.data_basis(), policy.min_cell(), policy.lowered_because());
    let mut notices = vec![Notice { title, text }];
    if policy.objects_exported() {
        notices.push(Notice {
            title: words::OBJECTS_EXPORTED.0.to_owned(),
            text: words::OBJECTS_EXPORTED.1.to_owned(),
        });
    }
    if !scores.checks.is_empty() {
        notices.push(Notice {
            title: words::CHECKS_NOTICE.to_owned(),
            text: words::checks_notice(scores.checks.len()),
        });
    }
    Document {
        schema: SCHEMA.to_owned(),
        language: LANGUAGE,
        header: Header {
            kicker: words::KICKER.to_owned(),
            title: words::title(&scores.settings.classes),
            introduction: words::INTRODUCTION.to_owned(),
            facts: vec![
                fact(words::TRUTH, words::side(&scores.truth)),
                fact(words::DETECTIONS, words::side(&scores.detections)),
                fact(words::OVERLAP, formats::plain(scores.settings.overlap)),
                fact(all_words::DATA_BASIS, all_words::data_basis(policy.data_basis())),
            ],
            notices,
        },
        answer: Answer {
            title: words::ANSWER.to_owned(),
            sentences: sentences(scores),
            note: words::note(&scores.settings),
        },
        sections,
        exhibit: None,
        labels: all_words::labels(&scores.tool.name, &scores.tool.version),
        disclosure: policy.clone(),
        findings: Vec::new(),
        estimates: estimates(scores),
    }
}

/// The estimate of a figure that was measured.
fn measured(scores: &Scores, name: FigureName) -> Option<&Cell<Estimate>> {
    let figure = scores
        .figures
        .iter()
        .find(|figure| figure.name == name && figure.heights.is_none())?;
    match &figure.value {
        Figured::Measured { estimate } => Some(estimate),
        Figured::NotMeasured { .. } => None,
    }
}

/// The figures that a reader asks for first, then the widest gap between groups.
fn sentences(scores: &Scores) -> Vec<String> {
    let told = [
        FigureName::Recall,
        FigureName::Precision,
        FigureName::FalseAlarmsPerHour,
        FigureName::Ap,
        FigureName::Hota,
        FigureName::IdentitySwitches,
    ];
    let mut sentences: Vec<String> = told
        .into_iter()
        .filter_map(|name| {
            let estimate = measured(scores, name)?;
            Some(words::sentence(
                name,
                &value_with_interval(LANGUAGE, Some(estimate)),
                estimate.shown().is_some(),
            ))
        })
        .collect();
    for table in &scores.groups {
        if let (Some(gap), Some(ratio)) = (&table.difference, &table.complement_ratio) {
            sentences.push(words::gap_sentence(
                &table.by,
                [&gap.best, &gap.worst],
                &words::points(&gap.estimate),
                &words::spread_value(true, &ratio.estimate),
            ));
        }
    }
    if sentences.is_empty() {
        sentences.push(words::NOTHING_MEASURED.to_owned());
    }
    sentences
}

fn estimates(scores: &Scores) -> Vec<NamedEstimate> {
    let named = |figure: &crate::record::scores::Figure| match &figure.value {
        Figured::Measured { estimate } => Some(NamedEstimate {
            name: score_names::written(figure.name, figure.heights),
            estimate: estimate.clone(),
        }),
        Figured::NotMeasured { .. } => None,
    };
    scores.figures.iter().filter_map(named).collect()
}

/// What was read, and what was noticed about it.
fn files(scores: &Scores) -> Section {
    let side = |side: &SideFacts| -> Vec<Fact> {
        let mut facts = vec![
            fact(words::FORMAT, score_checks::format(side.format)),
            fact(words::FILES, formats::count(side.files)),
            fact(words::PICTURES, formats::count(side.pictures)),
            fact(words::BOXES, all_words::counted(&side.boxes)),
            literal(words::DIGEST, side.sha256.clone()),
        ];
        for skipped in &side.skipped {
            facts.push(fact(words::SKIPPED, score_checks::skipped(*skipped)));
        }
        facts
    };
    let heading = |text: &str| Block::Heading {
        text: text.to_owned(),
    };
    let mut blocks = vec![
        heading(words::TRUTH),
        Block::Facts {
            facts: side(&scores.truth),
        },
        heading(words::DETECTIONS),
        Block::Facts {
            facts: side(&scores.detections),
        },
        heading(words::CHECKS),
    ];
    if scores.checks.is_empty() {
        blocks.push(Block::Paragraph {
            text: words::NO_CHECKS.to_owned(),
        });
    } else {
        let points = scores.checks.iter().map(|check| Point {
            title: String::new(),
            text: score_checks::check(check),
        });
        blocks.push(Block::List {
            points: points.collect(),
        });
    }
    Section {
        id: "files".to_owned(),
        name: words::FILES_NAME.to_owned(),
        title: words::FILES_TITLE.to_owned(),
        lead: words::FILES_LEAD.to_owned(),
        blocks,
    }
}

fn limits(scores: &Scores) -> Section {
    let mut points: Vec<(&str, &str)> = words::LIMITS.to_vec();
    if !scores.groups.is_empty() {
        points.extend(words::LIMITS_OF_GROUPS);
    }
    Section {
        id: "limits".to_owned(),
        name: words::LIMITS_NAME.to_owned(),
        title: words::LIMITS_TITLE.to_owned(),
        lead: words::LIMITS_LEAD.to_owned(),
        blocks: vec![super::tables::points(points)],
    }
}
