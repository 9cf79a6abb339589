//! Seen, recognisable, followed, judged, reliable: findings first, then the charts that show more.

use super::tables::table;
use super::{capabilities, charts, counts, decree, places, robustness};
use crate::audits::{Finding, Group, Verdict};
use crate::record::Record;
use crate::record::measurements::{Outcome, TimeBin};
use crate::report::document::{Block, Chart, FindingText, Section, VerdictMark};
use crate::report::wording::en::{self as words, SectionText};

pub(super) fn all(record: &Record, findings: &[Finding]) -> Vec<Section> {
    let measured = &record.measurements;
    vec![
        questions(findings),
        part(
            words::section_seen(),
            Group::Seen,
            findings,
            record,
            outcome(&measured.presence, |p| {
                let places = p.places.iter().enumerate();
                let charts = over_time(&p.over_time)
                    .into_iter()
                    .chain(places.map(|(at, map)| places::chart(map, at + 1)))
                    .chain(charts::frames_by_people(p));
                let mut blocks = with_charts(counts::presence(p), charts);
                if let Some(table) = counts::single_stretches(&p.over_time) {
                    blocks.insert(1, table);
                }
                blocks
            }),
        ),
        part(
            words::section_recognisable(),
            Group::Recognisable,
            findings,
            record,
            outcome(&measured.face_exposure, |f| {
                let charts = [
                    charts::face_heights(f),
                    charts::levels(f, true),
                    charts::levels(f, false),
                ];
                with_charts(counts::faces(f), charts.into_iter().flatten())
            }),
        ),
        part(
            words::section_followed(),
            Group::Followed,
            findings,
            record,
            outcome(&measured.followability, |f| {
                with_charts(counts::followed(f), charts::time_followed(f))
            }),
        ),
        part(
            words::section_judged(),
            Group::Judged,
            findings,
            record,
            outcome(&measured.dwell, |d| {
                let charts = [charts::stays(d), charts::stay_lengths(d)];
                with_charts(counts::stays(d), charts.into_iter().flatten())
            }),
        ),
        decree::section(record),
        part(
            words::section_reliable(),
            Group::Reliable,
            findings,
            record,
            robustness::blocks(record),
        ),
    ]
}

/// Every question with its answer, on one page.
fn questions(findings: &[Finding]) -> Section {
    let rows = findings
        .iter()
        .map(|finding| {
            let question = words::question(finding.id).to_owned();
            vec![
                question,
                words::verdict_word(&finding.verdict).to_owned(),
                words::evidence(finding),
            ]
        })
        .collect();
    let caption = words::QUESTIONS_CAPTION.to_owned();
    let table = table(caption, &words::QUESTION_COLUMNS, &[false, false, false], rows);
    section(
        words::section_questions(findings.len()),
        vec![Block::Table(table)],
    )
}

fn part(text: SectionText, group: Group, findings: &[Finding], record: &Record, rest: Vec<Block>) -> Section {
    // What was not measured has its row among the questions, with the reason: a card of its own would say nothing more.
    let told = |f: &&Finding| f.group == group && !matches!(f.verdict, Verdict::NotMeasured { .. });
    let findings = findings.iter().filter(told).map(|f| Block::Finding(finding(f)));
    let read = capabilities::blocks(record, group);
    section(text, findings.chain(rest).chain(read).collect())
}

/// A section from its words and its content.
pub(super) fn section(text: SectionText, blocks: Vec<Block>) -> Section {
    Section {
        id: text.id.to_owned(),
        name: text.name.to_owned(),
        title: text.title,
        lead: text.lead,
        blocks,
    }
}

fn outcome<T>(outcome: &Outcome<T>, blocks: impl Fn(&T) -> Vec<Block>) -> Vec<Block> {
    match outcome {
        Outcome::Measured(measured) => blocks(measured),
        Outcome::NotMeasured { missing } => vec![Block::Paragraph {
            text: words::not_measured(*missing),
        }],
    }
}

fn with_charts(counts: Block, charts: impl IntoIterator<Item = Chart>) -> Vec<Block> {
    std::iter::once(counts)
        .chain(charts.into_iter().map(charts::drawn_or_said))
        .collect()
}

/// One chart per item of more than one stretch, in the order of the record.
fn over_time(bins: &[TimeBin]) -> Vec<Chart> {
    let mut items: Vec<&str> = Vec::new();
    for bin in bins {
        if !items.contains(&bin.item.as_str()) {
            items.push(&bin.item);
        }
    }
    let of = |item: &str| -> Vec<&TimeBin> { bins.iter().filter(|b| b.item == item).collect() };
    items
        .iter()
        .enumerate()
        .map(|(i, item)| (i, item, of(item)))
        .filter(|(_, _, bins)| bins.len() > 1)
        .filter_map(|(i, item, bins)| charts::occupancy(item, i + 1, &bins))
        .collect()
}

fn finding(finding: &Finding) -> FindingText {
    let limits: Vec<&str> = finding.limits.iter().map(|l| words::limit(*l)).collect();
    FindingText {
        audit: finding.id.name().to_owned(),
        mark: match finding.verdict {
            Verdict::Meets => VerdictMark::Reached,
            Verdict::FallsShort => VerdictMark::NotReached,
            Verdict::Inconclusive { .. } => VerdictMark::Open,
            Verdict::NotMeasured { .. } | Verdict::Withheld => VerdictMark::Unmeasured,
        },
        verdict: words::verdict(finding.id, &finding.verdict),
        title: words::finding_title(finding.id, &finding.verdict),
        evidence: words::evidence(finding),
        decision: words::decision(finding),
        limit: limits.join(" "),
        source: words::threshold_source(finding.threshold.source).to_owned(),
    }
}
