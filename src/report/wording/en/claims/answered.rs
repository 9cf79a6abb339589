//! What the evidence decides, in words: verdict, evidence, what would change it.

use super::asked::missing_word;
use crate::formats::english as formats;
use crate::wording::en::question;
use vsa_audits::AuditId;
use vsa_claims::alerts::Totals;
use vsa_claims::decide::{Hypothesis, Verdict};
use vsa_claims::evidence::Method;
use vsa_claims::examined::{Answer, Basis, Examined, ExaminedPart, Need, Tested};
use vsa_claims::power::More;
use vsa_claims::promises::{Bearing, Notion};

/// The verdict in a word or two.
#[must_use]
pub const fn answer_word(answer: &Answer) -> &'static str {
    match answer {
        Answer::Decided {
            verdict: Verdict::Supported,
        } => "Supported",
        Answer::Decided {
            verdict: Verdict::Refuted,
        } => "Refuted",
        Answer::Decided {
            verdict: Verdict::Inconclusive { .. },
        }
        | Answer::NoDenominator { .. } => "Inconclusive",
        Answer::RestsOnWord => "Rests on the vendor's word",
        Answer::Untestable => "Untestable as worded",
        Answer::NoEvidence { .. } => "Not tested",
    }
}

/// States what is the case.
#[must_use]
pub const fn answer_title(answer: &Answer) -> &'static str {
    match answer {
        Answer::Decided {
            verdict: Verdict::Supported,
        } => "Supported: this evidence excludes the opposite of the claim",
        Answer::Decided {
            verdict: Verdict::Refuted,
        } => "Refuted: this evidence excludes the claim",
        Answer::Decided {
            verdict: Verdict::Inconclusive { .. },
        } => "Inconclusive: this evidence excludes neither the claim nor its opposite",
        Answer::NoDenominator { .. } => {
            "Inconclusive: a share was published without the number of cases behind it"
        }
        Answer::RestsOnWord => {
            "Rests on the vendor's word: nothing that can be measured from outside decides it"
        }
        Answer::Untestable => "Untestable as worded: words are missing",
        Answer::NoEvidence { .. } => "Not tested: the evidence that it needs was not given",
    }
}

/// The evidence: value, limits, counts, method.
#[must_use]
pub fn evidence_of_claim(tested: &Tested) -> String {
    let rate = is_rate(tested.method);
    let number = |value: f64| claim_number(value, rate, tested);
    let what = match tested.basis {
        Basis::AlertLog => "from the alerts and the events",
        Basis::LabelledSample => {
            "from moments drawn at random and labelled by the auditor (counted by moment, not by alert)"
        }
        Basis::Record => "from the record",
        Basis::Scores => "from detections scored against labels",
        Basis::PublishedCounts => "from published counts, which are not a measurement of this program",
    };
    let counted = if rate {
        format!(
            "{} in {} camera-hours",
            formats::count(tested.count.round() as u64),
            formats::plain((tested.size * 10.0).round() / 10.0)
        )
    } else {
        format!(
            "{} of {}",
            formats::count(tested.count.round() as u64),
            formats::count(tested.size.round() as u64)
        )
    };
    format!(
        "{} (limits {} to {}; {counted}; {}), {what}",
        number(tested.value),
        number(tested.low),
        number(tested.high),
        claim_method(tested.method)
    )
}

/// Whether a method is one for rates.
#[must_use]
pub const fn is_rate(method: Method) -> bool {
    matches!(
        method,
        Method::ExactPoisson | Method::ClusteredPoisson | Method::StratifiedRate
    )
}

/// A value of evidence as text: shares as percentages, to one decimal.
#[must_use]
pub fn claim_number(value: f64, rate: bool, tested: &Tested) -> String {
    let share = !rate
        && (!matches!(tested.basis, Basis::Record | Basis::Scores) || (0.0..=1.0).contains(&tested.high));
    if rate {
        format!("{} per hour", significant(value))
    } else if share {
        format!("{}\u{202f}%", formats::decimal(value * 100.0, 1))
    } else {
        significant(value)
    }
}

/// Three digits that count.
fn significant(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let decimals = (2.0 - value.abs().log10().floor()).clamp(0.0, 8.0) as usize;
    formats::decimal(value, decimals)
}

/// How limits were made.
#[must_use]
pub const fn claim_method(method: Method) -> &'static str {
    match method {
        Method::ExactBinomial => "exact binomial, Clopper and Pearson",
        Method::ClusteredBinomial => {
            "exact binomial at the effective size of the recordings, Korn and Graubard"
        }
        Method::ExactPoisson => "exact Poisson, Garwood",
        Method::ClusteredPoisson => "Poisson at the effective number of alarms, which come in bursts",
        Method::StretchedInterval => "interval of the record, brought to the error of the test",
        Method::StratifiedBinomial | Method::StratifiedRate => {
            "exact binomial for each stratum of the sample, put together at their worse ends"
        }
        Method::CompleteCount => "counted in full over this footage, which says nothing about other footage",
    }
}

/// What had to hold.
#[must_use]
pub fn hypothesis_in_words(tested: &Tested) -> String {
    let rate = is_rate(tested.method);
    let number = |value: f64| claim_number(value, rate, tested);
    match tested.hypothesis {
        Hypothesis::AtLeast { value } => format!("at least {}", number(value)),
        Hypothesis::AtMost { value } => format!("at most {}", number(value)),
        Hypothesis::Within { low, high } => format!("from {} to {}", number(low), number(high)),
    }
}

/// What would change the verdict.
#[must_use]
pub fn what_would_change(one: &Examined) -> String {
    match &one.answer {
        Answer::Decided {
            verdict: Verdict::Supported,
        } => "Footage of another place, time or kind, on which the value lies on the other side: the verdict speaks about \
              footage like this one."
            .to_owned(),
        Answer::Decided {
            verdict: Verdict::Refuted,
        } => "A narrower claim: other conditions, another setting or another version would be another claim, to be tested \
              on footage of its own."
            .to_owned(),
        Answer::Decided {
            verdict: Verdict::Inconclusive { would_settle },
        } => more_in_words(would_settle),
        Answer::NoDenominator { would, from } => match (would, from) {
            (Some(would), Some(from)) => format!(
                "The number of cases behind the share. With {} or more, the same share would {} the claim, at an error of \
                 5\u{202f}%.",
                formats::count(*from),
                if *would { "support" } else { "refute" }
            ),
            _ => "Another share: this one lies so near to the claim that no number of cases behind it would decide.".to_owned(),
        },
        Answer::RestsOnWord => "Looking inside: the system's configuration, what it keeps in memory and what it passes on; \
                                or an output that contradicts the promise."
            .to_owned(),
        Answer::Untestable => {
            let words: Vec<&str> = one.wording.missing.iter().map(|word| missing_word(*word)).collect();
            format!("The vendor's answer to what is missing: {}.", words.join("; "))
        }
        Answer::NoEvidence { needs } => needs_in_words(*needs).to_owned(),
    }
}

fn more_in_words(more: &More) -> String {
    let stays = "if the value stays as it is";
    match more {
        More::Cases { n } => format!("About {} cases in all would settle it, {stays}.", formats::count(*n)),
        More::Hours { hours } => {
            format!("About {} camera-hours in all would settle it, {stays}.", formats::count(hours.ceil() as u64))
        }
        More::Recordings { n } => format!("About {} recordings in all would settle it, {stays}.", formats::count(*n)),
        More::None => {
            "A counterexample, or a value further away from the claim: no amount of evidence with the same value settles it."
                .to_owned()
        }
    }
}

const fn needs_in_words(need: Need) -> &'static str {
    match need {
        Need::Alerts => {
            "The vendor's alerts, the events that happened, and rules for when an alert tells of an event (--alerts, --events, \
             --rules)."
        }
        Need::Record => "The record of an audit of the footage (--record).",
        Need::Measured => {
            "A record in which this was measured, with enough people behind it to speak of them: footage of more people, or \
             the models that the measure needs."
        }
        Need::MoreOfIt => "Footage in which there is something to count: there was no case at all.",
        Need::SingleLook => {
            "One planned look (without --repeated-looks): no test that holds at every look is known to this program for \
             evidence of this kind."
        }
    }
}

/// A measured part of a promise.
#[must_use]
pub fn part_in_words(part: &ExaminedPart) -> String {
    let asked = match part.audit {
        Some(AuditId::SomebodyIsUsuallyInView) => "Is anybody in view?",
        Some(audit) => question(audit),
        None => "Does the system's output give single people a number?",
    };
    let found = match (&part.tested, part.person_numbers) {
        (Some(tested), _) => format!(
            "the promise needs {}; found {}",
            hypothesis_in_words(tested),
            evidence_of_claim(tested)
        ),
        (None, Some(0)) => {
            "no number for anybody was found in this log, which proves nothing about others".to_owned()
        }
        (None, Some(numbers)) => format!(
            "it does: {} different numbers in this log",
            formats::count(numbers)
        ),
        (None, None) => "not measured, or too few people to speak of them".to_owned(),
    };
    format!(
        "{asked} {}: {found}. {}",
        bearing(part.bearing),
        notion_in_words(part.notion)
    )
}

const fn bearing(bearing: Bearing) -> &'static str {
    match bearing {
        Bearing::Input => "What the footage would allow (can support, cannot refute)",
        Bearing::Whole => "What the promise denies or relies on (can support and refute)",
        Bearing::Output => "What the system puts out (can refute, cannot support)",
    }
}

/// A notion with its source.
#[must_use]
pub const fn notion_in_words(notion: Notion) -> &'static str {
    match notion {
        Notion::ImageOfAPerson => {
            "The image of a person is personal data (Tribunal administratif de Grenoble, 24 January 2025, no. 2105328)."
        }
        Notion::TechnicalProcessing => {
            "Footage becomes biometric data by specific technical processing for unique identification (EDPB Guidelines \
             3/2019, paragraphs 73 and 74)."
        }
        Notion::AnonymousStatistics => {
            "Statistics from anonymised data without an immediate operational effect need no special law; other uses by \
             public bodies do (CNIL, 19 July 2022)."
        }
        Notion::FollowingAPerson => {
            "Following and recognising people is not among the eight events of the French decree 2023-828."
        }
    }
}

/// What the logs came to, as terms and values.
#[must_use]
pub fn totals_in_words(totals: &Totals) -> Vec<(&'static str, String)> {
    let count = formats::count;
    vec![
        ("Recordings", count(totals.recordings)),
        (
            "Camera-hours",
            formats::plain((totals.camera_hours * 100.0).round() / 100.0),
        ),
        ("Events", count(totals.events)),
        ("Events that an alert told of", count(totals.told)),
        (
            "Alerts, after those told again at once were joined",
            count(totals.alerts),
        ),
        ("Alerts that told of nothing", count(totals.false_alerts)),
        ("Alerts for events that were already told", count(totals.repeats)),
        ("Alerts told again at once", count(totals.debounced)),
        (
            "Alerts outside the recordings, left out",
            count(totals.alerts_outside),
        ),
        (
            "Events outside the recordings, left out",
            count(totals.events_outside),
        ),
    ]
}
