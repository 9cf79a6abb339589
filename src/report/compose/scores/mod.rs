//! Scores as a page. In: [`Scores`]. Out: a [`Document`]: what was scored, how good it is, how it differs between groups.
//! Deliberately not here: words (`scores`, `score_names`, `score_checks` of `wording`).

mod curves;
mod figures;
mod groups;

use super::exhibit;
use super::tables::{fact, literal, value_with_interval};
use crate::document::{
    Answer, Block, Document, Exhibit, ExhibitPart, Fact, Header, NamedEstimate, Notice, Point, SCHEMA,
    Section,
};
use crate::formats::Numerals as _;
use crate::wording::say;
use vsa_base::language::Language;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::Estimate;
use vsa_record::scores::{FigureName, Figured, Heights, Scores, SideFacts};

/// The whole page.
#[must_use]
pub fn document(language: Language, scores: &Scores) -> Document {
    let mut sections = vec![figures::detection(language, scores)];
    sections.extend(figures::tracking(language, scores));
    sections.extend(groups::sections(language, scores));
    sections.push(files(language, scores));
    sections.push(limits(language, scores));
    let policy = &scores.disclosure;
    let (title, text) = say!(
        language,
        disclosure_notice(policy.data_basis(), policy.min_cell(), policy.lowered_because())
    );
    let mut notices = vec![Notice { title, text }];
    if policy.objects_exported() {
        notices.push(Notice {
            title: say!(language, scores::OBJECTS_EXPORTED).0.to_owned(),
            text: say!(language, scores::OBJECTS_EXPORTED).1.to_owned(),
        });
    }
    if !scores.checks.is_empty() {
        notices.push(Notice {
            title: say!(language, scores::CHECKS_NOTICE).to_owned(),
            text: say!(language, scores::checks_notice(scores.checks.len())),
        });
    }
    let facts = facts(language, scores);
    let exhibit = exhibit(language, scores, &facts, &sections);
    Document {
        schema: SCHEMA.to_owned(),
        language,
        header: Header {
            kicker: say!(language, scores::KICKER).to_owned(),
            title: say!(language, scores::title(&scores.settings.classes)),
            introduction: say!(language, scores::INTRODUCTION).to_owned(),
            facts,
            notices,
        },
        answer: Answer {
            title: say!(language, scores::ANSWER).to_owned(),
            sentences: sentences(language, scores),
            note: say!(language, scores::note(&scores.settings)),
        },
        sections,
        exhibit: Some(exhibit),
        labels: say!(language, labels(&scores.tool.name, &scores.tool.version)),
        disclosure: policy.clone(),
        findings: Vec::new(),
        estimates: estimates(scores),
    }
}

/// What was looked at, in short.
fn facts(language: Language, scores: &Scores) -> Vec<Fact> {
    vec![
        fact(
            say!(language, scores::TRUTH),
            say!(language, scores::side(&scores.truth)),
        ),
        fact(
            say!(language, scores::DETECTIONS),
            say!(language, scores::side(&scores.detections)),
        ),
        fact(
            say!(language, scores::OVERLAP),
            language.plain(scores.settings.overlap),
        ),
        fact(
            say!(language, DATA_BASIS),
            say!(language, data_basis(scores.disclosure.data_basis())),
        ),
    ]
}

/// The same sections on paper, each a part, with the digest of the scores on every page.
fn exhibit(language: Language, scores: &Scores, facts: &[Fact], sections: &[Section]) -> Exhibit {
    let parts = sections.iter().map(|section| ExhibitPart {
        title: section.name.clone(),
        sections: vec![section.id.clone()],
    });
    let digest = say!(language, scores::PAGE_DIGEST);
    let data = (scores, digest, say!(language, scores::ATTACHED));
    exhibit::unnumbered(language, data, facts.to_vec(), parts.collect())
}

/// A figure's name as the record writes it, with the band of heights: `ap50_of_heights.4-10`.
fn written(name: FigureName, heights: Option<Heights>) -> String {
    let value = serde_json::to_value(name).unwrap_or_default();
    let name = value.as_str().unwrap_or_default();
    match heights {
        None => format!("scores.{name}"),
        Some(Heights {
            from,
            below: Some(below),
        }) => format!("scores.{name}.{from}-{below}"),
        Some(Heights { from, below: None }) => format!("scores.{name}.{from}"),
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
fn sentences(language: Language, scores: &Scores) -> Vec<String> {
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
            Some(say!(
                language,
                scores::sentence(
                    name,
                    &value_with_interval(language, Some(estimate)),
                    estimate.shown().is_some(),
                )
            ))
        })
        .collect();
    for table in &scores.groups {
        if let (Some(gap), Some(ratio)) = (&table.difference, &table.complement_ratio) {
            sentences.push(say!(
                language,
                scores::gap_sentence(
                    &table.by,
                    [&gap.best, &gap.worst],
                    &say!(language, scores::points(&gap.estimate)),
                    &say!(language, scores::spread_value(true, &ratio.estimate)),
                )
            ));
        }
    }
    if sentences.is_empty() {
        sentences.push(say!(language, scores::NOTHING_MEASURED).to_owned());
    }
    sentences
}

fn estimates(scores: &Scores) -> Vec<NamedEstimate> {
    let named = |figure: &vsa_record::scores::Figure| match &figure.value {
        Figured::Measured { estimate } => Some(NamedEstimate {
            name: written(figure.name, figure.heights),
            estimate: estimate.clone(),
        }),
        Figured::NotMeasured { .. } => None,
    };
    scores.figures.iter().filter_map(named).collect()
}

/// What was read, and what was noticed about it.
fn files(language: Language, scores: &Scores) -> Section {
    let side = |side: &SideFacts| -> Vec<Fact> {
        let mut facts = vec![
            fact(
                say!(language, scores::FORMAT),
                say!(language, score_checks::format(side.format)),
            ),
            fact(say!(language, scores::FILES), language.count(side.files)),
            fact(say!(language, scores::PICTURES), language.count(side.pictures)),
            fact(
                say!(language, scores::BOXES),
                say!(language, counted(&side.boxes)),
            ),
            literal(say!(language, scores::DIGEST), side.sha256.clone()),
        ];
        for skipped in &side.skipped {
            facts.push(fact(
                say!(language, scores::SKIPPED),
                say!(language, score_checks::skipped(*skipped)),
            ));
        }
        facts
    };
    let heading = |text: &str| Block::Heading {
        text: text.to_owned(),
    };
    let mut blocks = vec![
        heading(say!(language, scores::TRUTH)),
        Block::Facts {
            facts: side(&scores.truth),
        },
        heading(say!(language, scores::DETECTIONS)),
        Block::Facts {
            facts: side(&scores.detections),
        },
        heading(say!(language, scores::CHECKS)),
    ];
    if scores.checks.is_empty() {
        blocks.push(Block::Paragraph {
            text: say!(language, scores::NO_CHECKS).to_owned(),
        });
    } else {
        let points = scores.checks.iter().map(|check| Point {
            title: String::new(),
            text: say!(language, score_checks::check(check)),
        });
        blocks.push(Block::List {
            points: points.collect(),
        });
    }
    Section {
        id: "files".to_owned(),
        name: say!(language, scores::FILES_NAME).to_owned(),
        title: say!(language, scores::FILES_TITLE).to_owned(),
        lead: say!(language, scores::FILES_LEAD).to_owned(),
        blocks,
    }
}

fn limits(language: Language, scores: &Scores) -> Section {
    let mut points: Vec<(&str, &str)> = say!(language, scores::LIMITS).to_vec();
    if !scores.groups.is_empty() {
        points.extend(say!(language, scores::LIMITS_OF_GROUPS));
    }
    Section {
        id: "limits".to_owned(),
        name: say!(language, scores::LIMITS_NAME).to_owned(),
        title: say!(language, scores::LIMITS_TITLE).to_owned(),
        lead: say!(language, scores::LIMITS_LEAD).to_owned(),
        blocks: vec![super::tables::points(points)],
    }
}
