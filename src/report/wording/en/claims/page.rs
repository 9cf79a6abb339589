//! The fixed words of the page of claims.

use super::{answer_title, claimed_quantity, evidence_of_claim, hypothesis_in_words};
use crate::formats::english as formats;
use vsa_claims::claim::{Claim, ClaimedQuantity, Published, Source};
use vsa_claims::decide::Looks;
use vsa_claims::examined::{Answer, Examined, Tested};

/// The kind of document.
pub const CLAIMS_KICKER: &str = "Vendors' claims, tested";
/// What this is.
pub const CLAIMS_INTRODUCTION: &str = "Each claim is quoted as it was found, put into a form that can be decided, and held against evidence. A claim is supported only where the evidence excludes its opposite, and refuted only where the evidence excludes the claim itself.";
/// Heading of the answer.
pub const CLAIMS_ANSWER: &str = "The verdicts";
/// Name of the section in the table of contents.
pub const CLAIMS_NAME: &str = "Claims";
/// Heading of the section.
pub const CLAIMS_TITLE: &str = "What was claimed, what was tested, and what came out";
/// Leads in.
pub const CLAIMS_LEAD: &str = "One claim after the other: the sentence as quoted, the verdict, the evidence against the claimed value, and what would change the verdict.";
/// Name of the section about what was counted.
pub const TOTALS_NAME: &str = "Counts";
/// Its heading.
pub const TOTALS_TITLE: &str = "What the alerts and the events came to";
/// Its lead.
pub const TOTALS_LEAD: &str = "Counted in full over the recordings in which every event was written down.";
/// Name of the section about files.
pub const INPUTS_NAME: &str = "Files";
/// Its heading.
pub const INPUTS_TITLE: &str = "The files that went in";
/// Its lead.
pub const INPUTS_LEAD: &str =
    "The SHA-256 of each file: the same files give the same verdicts, byte for byte.";
/// Terms of a claim's facts.
pub const CLAIM_TERMS: [&str; 8] = [
    "Who says it",
    "Where it is written",
    "Read as",
    "What counts as an event",
    "Said of",
    "At which setting",
    "Published figure",
    "What would change the verdict",
];
/// Where nothing was said.
pub const NOT_SAID: &str = "not said";
/// Heading above notes on the wording.
pub const WORDING_HEADING: &str = "What the wording leaves open";
/// Heading above missing words.
pub const MISSING_HEADING: &str = "What is missing";
/// Heading above the parts of a promise.
pub const PARTS_HEADING: &str = "The part that can be measured";
/// Columns of the data below the chart of a claim.
pub const CLAIM_COLUMNS: [&str; 4] = ["", "Value", "Lower limit", "Upper limit"];
/// Label of the claimed value in a chart.
pub const CLAIMED: &str = "claimed";
/// Label of the measured value in a chart.
pub const FOUND: &str = "found";

/// What a file that went in is.
#[must_use]
pub fn input_role(role: &str) -> &str {
    role
}

/// Title of the page.
#[must_use]
pub fn claims_page_title(claims: usize, vendor: Option<&str>) -> String {
    let what = if claims == 1 {
        "One claim".to_owned()
    } else {
        format!("{} claims", formats::count(claims as u64))
    };
    match vendor {
        Some(vendor) => format!("{what} by {vendor}, held against evidence"),
        None => format!("{what}, held against evidence"),
    }
}

/// How to read the verdicts.
#[must_use]
pub fn claims_note(error: f64, looks: Looks) -> String {
    let looked = match looks {
        Looks::Once => {
            "The evidence was looked at once; looking again as it grows needs the tests for repeated looks."
        }
        Looks::Repeated => "The tests hold however often the evidence is looked at while it grows.",
    };
    format!(
        "The chance that any verdict “supported” or “refuted” of this page is wrong is at most {}, shared out among the claims \
         by Holm's rule. {looked} A verdict speaks about footage like the one that was looked at.",
        formats::percent(error)
    )
}

/// Title of the chart of a claim.
#[must_use]
pub fn claim_chart_title(id: &str) -> String {
    format!("Found against claimed: {id}")
}

/// The chart in words.
#[must_use]
pub fn claim_chart_description(found: &str, needed: &str) -> String {
    format!(
        "Found: {found}. Claimed: {needed}. The bar shows the limits at the error of the test; the line, the claimed value."
    )
}

/// The limit of the chart.
#[must_use]
pub fn claim_chart_caption(published: bool) -> &'static str {
    if published {
        "Published counts, not a measurement of this program. The bar ends where the evidence ends at the error of the test."
    } else {
        "The bar ends where the evidence ends at the error of the test. Where the line lies beyond the bar, the test is decided."
    }
}

/// Published counts are not ours.
pub const PUBLISHED_NOTICE: (&str, &str) = (
    "Published figures are used.",
    "They were counted by others, and are told with their sources. They are not measurements of this program, and it has not \
     seen what is behind them.",
);

/// A claim between quotation marks.
#[must_use]
pub fn quoted(says: &str) -> String {
    format!("“{says}”")
}

/// One verdict in a sentence.
#[must_use]
pub fn verdict_sentence(one: &Examined) -> String {
    let evidence = one
        .tested
        .as_ref()
        .map(|tested| format!(" Found: {}.", evidence_of_claim(tested)));
    format!(
        "{} ({}) — {}.{}",
        quoted(&one.claim.says),
        one.claim.vendor,
        answer_title(&one.answer),
        evidence.unwrap_or_default()
    )
}

/// What is not told in the answer.
#[must_use]
pub fn more_claims(n: usize) -> String {
    format!("{} more claims stand below.", formats::count(n as u64))
}

/// A published share with its source.
#[must_use]
pub fn published_in_words(published: &Published) -> String {
    let of = published.of.map_or_else(
        || "of a number that the source does not give".to_owned(),
        |n| format!("of {}", formats::count(n)),
    );
    format!(
        "{} {of}, as published: {}",
        formats::rounded_percent(published.share),
        where_written(Some(&published.source))
    )
}

/// Who says it, of which product.
#[must_use]
pub fn who(claim: &Claim) -> String {
    [
        Some(&claim.vendor),
        claim.product.as_ref(),
        claim.version.as_ref(),
    ]
    .into_iter()
    .flatten()
    .cloned()
    .collect::<Vec<_>>()
    .join(", ")
}

/// Where a sentence is written.
#[must_use]
pub fn where_written(source: Option<&Source>) -> String {
    let Some(source) = source else {
        return NOT_SAID.to_owned();
    };
    let digest = source.sha256.as_ref().map(|digest| format!("SHA-256 {digest}"));
    [
        Some(source.document.clone()),
        source.place.clone(),
        source.date.clone(),
        digest,
    ]
    .into_iter()
    .flatten()
    .collect::<Vec<_>>()
    .join(", ")
}

/// How a tested claim was decided.
#[must_use]
pub fn decision_of_claim(tested: &Tested) -> String {
    let chance = |p: f64| {
        if p < 0.0001 {
            "less than 0.01\u{202f}%".to_owned()
        } else {
            format!("{}\u{202f}%", formats::decimal(p * 100.0, 2))
        }
    };
    let error = |p: f64| format!("{}\u{202f}%", formats::plain(p * 100.0));
    format!(
        "The claim needs {}. Evidence as strong as this would come about with a chance of {} if the claim did not hold (it is \
         supported at {} or less), and of {} if it just held (it is refuted at {} or less).",
        hypothesis_in_words(tested),
        chance(tested.strength.if_false),
        error(tested.errors.0),
        chance(tested.strength.if_true),
        error(tested.errors.1)
    )
}

/// Why nothing was held against a value.
#[must_use]
pub fn not_decided(answer: &Answer) -> String {
    match answer {
        Answer::Untestable => "Nothing was held against it: the words do not say against what.".to_owned(),
        Answer::NoDenominator { .. } => {
            "A share without its number of cases has no limits, and decides nothing.".to_owned()
        }
        Answer::NoEvidence { .. } => "Nothing was held against it.".to_owned(),
        Answer::RestsOnWord | Answer::Decided { .. } => {
            "By the parts that can be measured, below.".to_owned()
        }
    }
}

/// Name of the axis of a claim's chart.
#[must_use]
pub fn claim_axis(quantity: Option<ClaimedQuantity>, rate: bool) -> String {
    match quantity {
        Some(ClaimedQuantity::DelayToAlert) => "share of alerts that come within the time".to_owned(),
        Some(quantity) if rate => format!("{}, per hour", claimed_quantity(quantity)),
        Some(quantity) => claimed_quantity(quantity).to_owned(),
        None => String::new(),
    }
}
