//! Claims as a section, and as a page of their own. In: a [`ClaimsReport`]. Out: blocks of the document: the claim
//! quoted, what was tested, the verdict in words, the limits drawn against the claimed value, what would change it.

use super::charts::ranges_chart;
use super::tables::{
    all_but_the_first, chart_data, each_once, fact, fact_list, heading, literal, paragraph, points,
};
use super::{header, parts};
use crate::document::{
    Answer as AnswerText, Block, Chart, Document, Fact, FindingText, Header, Notice, Range, RangeMark,
    SCHEMA, Section, Tick, VerdictMark,
};
use crate::formats::Numerals as _;
use crate::wording::{ChartText, say};
use vsa_base::language::Language;
use vsa_claims::ClaimsReport;
use vsa_claims::decide::{Hypothesis, Verdict};
use vsa_claims::examined::{Answer, Basis, Examined, Input, Tested};

/// More verdicts than this are not told one by one in the answer.
const MOST_TOLD: usize = 8;

/// The whole page: the claims, and nothing else.
#[must_use]
pub fn document(language: Language, report: &ClaimsReport) -> Document {
    let vendors: Vec<&str> = report.claims.iter().map(|c| c.claim.vendor.as_str()).collect();
    let one_vendor = vendors
        .first()
        .filter(|first| vendors.iter().all(|v| v == *first))
        .copied();
    let claims = report.claims.len();
    let title = say!(language, claims::claims_page_title(claims, one_vendor));
    let mut sections = vec![section(language, report)];
    if let Some(totals) = &report.totals {
        let pairs = say!(language, claims::totals_in_words(totals));
        let facts = pairs.into_iter().map(|(term, value)| fact(term, value));
        let text = say!(language, claims::section_totals());
        sections.push(parts::section(text, vec![fact_list(facts.collect())]));
    }
    let input = |input: &Input| literal(say!(language, claims::input_role(&input.role)), &input.sha256);
    let inputs = fact_list(report.inputs.iter().map(input).collect());
    let text = say!(language, claims::section_inputs());
    sections.push(parts::section(text, vec![inputs]));
    Document {
        schema: SCHEMA.to_owned(),
        language,
        header: Header {
            kicker: say!(language, claims::CLAIMS_KICKER).to_owned(),
            title,
            introduction: say!(language, claims::CLAIMS_INTRODUCTION).to_owned(),
            facts: counts(language, report),
            notices: notices(language, report),
        },
        answer: AnswerText {
            title: say!(language, claims::CLAIMS_ANSWER).to_owned(),
            sentences: sentences(language, report),
            note: say!(language, claims::claims_note(report.error, report.looks)),
        },
        sections,
        labels: say!(language, labels(&report.tool.name, &report.tool.version)),
        exhibit: None,
        disclosure: report.disclosure.clone(),
        findings: Vec::new(),
        estimates: Vec::new(),
    }
}

/// The claims as a section of a report.
#[must_use]
pub(super) fn section(language: Language, report: &ClaimsReport) -> Section {
    let blocks = report.claims.iter().flat_map(|one| blocks(language, one));
    parts::section(say!(language, claims::section_claims()), blocks.collect())
}

/// How many of each verdict, in the order in which they first come.
fn counts(language: Language, report: &ClaimsReport) -> Vec<Fact> {
    let words = report.claims.iter();
    let words = words.map(|one| say!(language, claims::answer_word(&one.answer)));
    let count = |word: &str| words.clone().filter(|it| *it == word).count() as u64;
    let facts = each_once(words.clone()).into_iter();
    facts
        .map(|word| fact(word, language.count(count(word))))
        .collect()
}

fn notices(language: Language, report: &ClaimsReport) -> Vec<Notice> {
    let published = report.claims.iter().any(|one| one.claim.published.is_some());
    let told = published.then(|| header::notice(say!(language, claims::PUBLISHED_NOTICE)));
    told.into_iter().collect()
}

fn sentences(language: Language, report: &ClaimsReport) -> Vec<String> {
    let mut told: Vec<String> = report
        .claims
        .iter()
        .take(MOST_TOLD)
        .map(|it| say!(language, claims::verdict_sentence(it)))
        .collect();
    if report.claims.len() > MOST_TOLD {
        let more = report.claims.len() - MOST_TOLD;
        told.push(say!(language, claims::more_claims(more)));
    }
    told
}

fn blocks(language: Language, one: &Examined) -> Vec<Block> {
    let mut blocks = vec![
        Block::Finding(finding(language, one)),
        fact_list(facts(language, one)),
    ];
    if let Some(tested) = &one.tested {
        blocks.push(Block::Chart(chart(language, one, tested)));
    }
    if !one.wording.missing.is_empty() {
        let missing = one.wording.missing.iter();
        let missing = missing.map(|word| ("", say!(language, claims::missing_word(*word))));
        blocks.extend([heading(say!(language, claims::MISSING_HEADING)), points(missing)]);
    }
    if !one.parts.is_empty() {
        blocks.push(heading(say!(language, claims::PARTS_HEADING)));
        let part = |part| paragraph(say!(language, claims::part_in_words(part)));
        blocks.extend(one.parts.iter().map(part));
    }
    if !one.wording.remarks.is_empty() {
        let remarks = one.wording.remarks.iter();
        let remarks = remarks.map(|remark| ("", say!(language, claims::claim_remark(*remark))));
        blocks.extend([heading(say!(language, claims::WORDING_HEADING)), points(remarks)]);
    }
    blocks
}

fn finding(language: Language, one: &Examined) -> FindingText {
    let evidence = match (&one.tested, &one.claim.published) {
        (Some(tested), _) => say!(language, claims::evidence_of_claim(tested)),
        (None, Some(published)) => say!(language, claims::published_in_words(published)),
        (None, None) => say!(language, NONE).to_owned(),
    };
    FindingText {
        audit: one.claim.id.clone(),
        mark: match &one.answer {
            Answer::Decided {
                verdict: Verdict::Supported,
            } => VerdictMark::Reached,
            Answer::Decided {
                verdict: Verdict::Refuted,
            } => VerdictMark::NotReached,
            Answer::Decided { .. } | Answer::NoDenominator { .. } | Answer::RestsOnWord => VerdictMark::Open,
            Answer::Untestable | Answer::NoEvidence { .. } => VerdictMark::Unmeasured,
        },
        verdict: say!(language, claims::answer_title(&one.answer)).to_owned(),
        title: say!(language, claims::quoted(&one.claim.says)),
        evidence,
        decision: one.tested.as_ref().map_or_else(
            || say!(language, claims::not_decided(&one.answer)),
            |it| say!(language, claims::decision_of_claim(it)),
        ),
        limit: say!(language, claims::what_would_change(one)),
        source: String::new(),
    }
}

fn facts(language: Language, one: &Examined) -> Vec<Fact> {
    let claim = &one.claim;
    let or_not = |text: Option<&String>| {
        text.cloned()
            .unwrap_or_else(|| say!(language, claims::NOT_SAID).to_owned())
    };
    let t = say!(language, claims::CLAIM_TERMS);
    let written = say!(language, claims::where_written(claim.source.as_ref()));
    let mut facts = vec![
        fact(t[0], say!(language, claims::who(claim))),
        fact(t[1], written),
        fact(t[2], say!(language, claims::claim_as_read(claim))),
    ];
    if claim.quantity.is_some_and(|quantity| !quantity.is_promise()) {
        facts.extend([
            fact(t[3], or_not(claim.event.as_ref())),
            fact(t[4], or_not(claim.population.as_ref())),
            fact(t[5], or_not(claim.operating_point.as_ref())),
        ]);
    }
    let published = claim.published.iter();
    facts.extend(published.map(|it| fact(t[6], say!(language, claims::published_in_words(it)))));
    facts
}

fn chart(language: Language, one: &Examined, tested: &Tested) -> Chart {
    let rate = say!(language, claims::is_rate(tested.method));
    let number = |value: f64| say!(language, claims::claim_number(value, rate, tested));
    let references: Vec<f64> = match tested.hypothesis {
        Hypothesis::AtLeast { value } | Hypothesis::AtMost { value } => vec![value],
        Hypothesis::Within { low, high } => vec![low, high],
    };
    let most = references
        .iter()
        .fold(tested.high, |most, value| most.max(*value));
    let share = !rate && most <= 1.0;
    let ticks = if share {
        super::axis::shares(language)
    } else {
        super::axis::ticks(language, most)
    };
    let found = say!(language, claims::evidence_of_claim(tested));
    let needed = say!(language, claims::hypothesis_in_words(tested));
    let row = RangeMark {
        label: say!(language, claims::FOUND).to_owned(),
        detail: String::new(),
        range: Some(Range {
            low: tested.low,
            value: tested.value,
            high: tested.high,
        }),
        text: number(tested.value),
        begins_group: false,
    };
    let title = say!(language, claims::claim_chart_title(&one.claim.id));
    let claimed = say!(language, claims::CLAIMED).to_owned();
    let [value, low, high] = [tested.value, tested.low, tested.high].map(number);
    let rows = vec![
        vec![row.label.clone(), value, low, high],
        vec![claimed.clone(), needed.clone(), String::new(), String::new()],
    ];
    let reference = |at| Tick {
        at,
        label: claimed.clone(),
    };
    let references = references.into_iter().map(reference).collect();
    let published = tested.basis == Basis::PublishedCounts;
    let text = ChartText {
        description: say!(language, claims::claim_chart_description(&found, &needed)),
        caption: say!(language, claims::claim_chart_caption(published)).to_owned(),
        value_axis: say!(language, claims::claim_axis(one.claim.quantity, rate)),
        other_axis: String::new(),
        title,
    };
    let columns = say!(language, claims::CLAIM_COLUMNS);
    let numeric = all_but_the_first(columns.len());
    let data = chart_data(language, &text.title, &columns, &numeric, rows);
    let id = format!("claim-{}", one.claim.id);
    ranges_chart(id, text, ticks, vec![row], references, data)
}
