//! Seen, recognisable, followed, judged, reliable: findings first, then the charts that show more.

use super::tables::{each_once, paragraph, table_block};
use super::{capabilities, charts, counts, decree, places, robustness};
use crate::document::{Block, Chart, FindingText, Section, VerdictMark};
use crate::wording::say;
use vsa_audits::{Finding, Group, Verdict};
use vsa_base::language::Language;
use vsa_record::Record;
use vsa_record::measurements::{Missing, Outcome, TimeBin};

pub(super) fn all(language: Language, record: &Record, findings: &[Finding]) -> Vec<Section> {
    let measured = &record.measurements;
    let seen = outcome(language, &measured.presence, |p| {
        let places = p.places.iter().enumerate();
        let charts = over_time(language, &p.over_time)
            .into_iter()
            .chain(places.map(|(at, map)| places::chart(language, map, at + 1)))
            .chain(charts::frames_by_people(language, p));
        let mut blocks = with_charts(language, counts::presence(language, p), charts);
        if let Some(table) = counts::single_stretches(language, &p.over_time) {
            blocks.insert(1, table);
        }
        blocks
    });
    let recognisable = outcome(language, &measured.face_exposure, |f| {
        let charts = [
            charts::face_heights(language, f),
            charts::levels(language, f, false),
            charts::levels(language, f, true),
        ];
        let mut blocks = with_charts(language, counts::faces(language, f), charts.into_iter().flatten());
        let frontal = match &f.frontal {
            None
            | Some(Outcome::NotMeasured {
                missing: Missing::NobodyFound,
            }) => None,
            Some(Outcome::NotMeasured { missing }) => Some(say!(language, frontal_missing(*missing))),
            Some(Outcome::Measured(frontal)) => Some(say!(language, frontal_faces(frontal))),
        };
        if let Some(text) = frontal {
            blocks.insert(1, paragraph(text));
        }
        blocks
    });
    let followed = outcome(language, &measured.followability, |f| {
        let chart = charts::time_followed(language, f);
        with_charts(language, counts::followed(language, f), chart)
    });
    let judged = outcome(language, &measured.dwell, |d| {
        let charts = [charts::stays(language, d), charts::stay_lengths(language, d)];
        with_charts(language, counts::stays(language, d), charts.into_iter().flatten())
    });
    let reliable = robustness::blocks(language, record);
    let part = |text, group, rest| part(language, text, group, findings, record, rest);
    vec![
        questions(language, findings),
        part(say!(language, section_seen()), Group::Seen, seen),
        part(
            say!(language, section_recognisable()),
            Group::Recognisable,
            recognisable,
        ),
        part(say!(language, section_followed()), Group::Followed, followed),
        part(say!(language, section_judged()), Group::Judged, judged),
        decree::section(language, record),
        part(say!(language, section_reliable()), Group::Reliable, reliable),
    ]
}

/// Every question with its answer, on one page.
fn questions(language: Language, findings: &[Finding]) -> Section {
    let rows = findings
        .iter()
        .map(|finding| {
            let question = say!(language, question(finding.id)).to_owned();
            let word = say!(language, verdict_word(&finding.verdict)).to_owned();
            vec![question, word, say!(language, evidence(finding))]
        })
        .collect();
    let caption = say!(language, QUESTIONS_CAPTION);
    let table = table_block(caption, &say!(language, QUESTION_COLUMNS), &[false; 3], rows);
    section(say!(language, section_questions(findings.len())), vec![table])
}

fn part(
    language: Language,
    head: Section,
    group: Group,
    findings: &[Finding],
    record: &Record,
    rest: Vec<Block>,
) -> Section {
    // What was not measured has its row among the questions, with the reason: a card of its own would say nothing more.
    let told = |f: &&Finding| f.group == group && !matches!(f.verdict, Verdict::NotMeasured { .. });
    let findings = findings
        .iter()
        .filter(told)
        .map(|f| Block::Finding(finding(language, f)));
    let read = capabilities::blocks(language, record, group);
    section(head, findings.chain(rest).chain(read).collect())
}

/// A section from its head and its content.
pub(super) fn section(head: Section, blocks: Vec<Block>) -> Section {
    Section { blocks, ..head }
}

fn outcome<T>(language: Language, outcome: &Outcome<T>, blocks: impl Fn(&T) -> Vec<Block>) -> Vec<Block> {
    match outcome {
        Outcome::Measured(measured) => blocks(measured),
        Outcome::NotMeasured { missing } => vec![paragraph(say!(language, not_measured(*missing)))],
    }
}

fn with_charts(language: Language, counts: Block, charts: impl IntoIterator<Item = Chart>) -> Vec<Block> {
    let charts = charts.into_iter();
    let charts = charts.map(|chart| charts::drawn_or_said(language, chart));
    std::iter::once(counts).chain(charts).collect()
}

/// One chart per item of more than one stretch, in the order of the record.
fn over_time(language: Language, bins: &[TimeBin]) -> Vec<Chart> {
    let items = each_once(bins.iter().map(|bin| bin.item.as_str()));
    let of = |item: &str| -> Vec<&TimeBin> { bins.iter().filter(|b| b.item == item).collect() };
    items
        .iter()
        .enumerate()
        .map(|(i, item)| (i, item, of(item)))
        .filter(|(_, _, bins)| bins.len() > 1)
        .filter_map(|(i, item, bins)| charts::occupancy(language, item, i + 1, &bins))
        .collect()
}

fn finding(language: Language, finding: &Finding) -> FindingText {
    let limits: Vec<&str> = finding.limits.iter().map(|l| say!(language, limit(*l))).collect();
    FindingText {
        audit: finding.id.name().to_owned(),
        mark: match finding.verdict {
            Verdict::Meets => VerdictMark::Reached,
            Verdict::FallsShort => VerdictMark::NotReached,
            Verdict::Inconclusive { .. } => VerdictMark::Open,
            Verdict::NotMeasured { .. } | Verdict::Withheld => VerdictMark::Unmeasured,
        },
        verdict: say!(language, verdict(finding.id, &finding.verdict)),
        title: say!(language, finding_title(finding)),
        evidence: say!(language, evidence(finding)),
        decision: say!(language, decision(finding)),
        limit: limits.join(" "),
        source: say!(language, threshold_source(finding.threshold.source)).to_owned(),
    }
}
