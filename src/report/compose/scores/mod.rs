//! Scores as a page. In: [`Scores`]. Out: a [`Document`]: what was scored, how good it is, how it differs between groups.
//! Deliberately not here: words (`scores`, `score_names`, `score_checks` of `wording`).

mod curves;
mod figures;
mod groups;

use super::tables::{fact, fact_list, heading, literal, paragraph, points, value_with_interval};
use super::{exhibit, header, parts, tables};
use crate::document::{Answer, Document, Exhibit, ExhibitPart, Fact, Header, NamedEstimate, SCHEMA, Section};
use crate::formats::Numerals as _;
use crate::wording::say;
use vsa_base::language::Language;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::Estimate;
use vsa_record::scores::{Figure, FigureName, Heights, Scores, SideFacts, SkippedRows};

/// The whole page.
#[must_use]
pub fn document(language: Language, scores: &Scores) -> Document {
    let mut sections = vec![figures::detection(language, scores)];
    sections.extend(figures::tracking(language, scores));
    sections.extend(groups::sections(language, scores));
    sections.push(files(language, scores));
    sections.push(limits(language, scores));
    let policy = &scores.disclosure;
    let mut notices = vec![header::disclosure(language, policy)];
    if policy.objects_exported() {
        notices.push(header::notice(say!(language, scores::OBJECTS_EXPORTED)));
    }
    if !scores.checks.is_empty() {
        let text = say!(language, scores::checks_notice(scores.checks.len()));
        notices.push(header::notice((say!(language, scores::CHECKS_NOTICE), &text)));
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
    let side = |side: &SideFacts| say!(language, scores::side(side));
    let overlap = language.plain(scores.settings.overlap);
    vec![
        fact(say!(language, scores::TRUTH), side(&scores.truth)),
        fact(say!(language, scores::DETECTIONS), side(&scores.detections)),
        fact(say!(language, scores::OVERLAP), overlap),
        header::data_basis(language, &scores.disclosure),
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
    figures::cell(figure)
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
            let value = value_with_interval(language, Some(estimate));
            let shown = estimate.shown().is_some();
            Some(say!(language, scores::sentence(name, &value, shown)))
        })
        .collect();
    for table in &scores.groups {
        if let (Some(gap), Some(ratio)) = (&table.difference, &table.complement_ratio) {
            let ends = [&gap.best, &gap.worst];
            let points = say!(language, scores::points(&gap.estimate));
            let missed = say!(language, scores::spread_value(true, &ratio.estimate));
            sentences.push(say!(
                language,
                scores::gap_sentence(&table.by, ends, &points, &missed)
            ));
        }
    }
    if sentences.is_empty() {
        sentences.push(say!(language, scores::NOTHING_MEASURED).to_owned());
    }
    sentences
}

fn estimates(scores: &Scores) -> Vec<NamedEstimate> {
    let named = |figure: &Figure| {
        let estimate = figures::cell(figure)?.clone();
        let name = written(figure.name, figure.heights);
        Some(NamedEstimate { name, estimate })
    };
    scores.figures.iter().filter_map(named).collect()
}

/// What was read, and what was noticed about it.
fn files(language: Language, scores: &Scores) -> Section {
    let side = |side: &SideFacts| -> Vec<Fact> {
        let values = [
            say!(language, score_checks::format(side.format)).to_owned(),
            language.count(side.files),
            language.count(side.pictures),
            say!(language, counted(&side.boxes)),
        ];
        let mut facts = tables::facts(say!(language, scores::FILE_TERMS), values);
        facts.push(literal(say!(language, scores::DIGEST), &side.sha256));
        let skipped = |it: &SkippedRows| say!(language, score_checks::skipped(*it));
        let skipped = side.skipped.iter().map(skipped);
        facts.extend(skipped.map(|text| fact(say!(language, scores::SKIPPED), text)));
        facts
    };
    let mut blocks = vec![
        heading(say!(language, scores::TRUTH)),
        fact_list(side(&scores.truth)),
        heading(say!(language, scores::DETECTIONS)),
        fact_list(side(&scores.detections)),
        heading(say!(language, scores::CHECKS)),
    ];
    if scores.checks.is_empty() {
        blocks.push(paragraph(say!(language, scores::NO_CHECKS)));
    } else {
        let checks = scores.checks.iter();
        blocks.push(points(
            checks.map(|check| ("", say!(language, score_checks::check(check)))),
        ));
    }
    parts::section(say!(language, scores::section_files()), blocks)
}

fn limits(language: Language, scores: &Scores) -> Section {
    let mut limits: Vec<(&str, &str)> = say!(language, scores::LIMITS).to_vec();
    if !scores.groups.is_empty() {
        limits.extend(say!(language, scores::LIMITS_OF_GROUPS));
    }
    parts::section(say!(language, scores::section_limits()), vec![points(limits)])
}
