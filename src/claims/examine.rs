//! Claims and evidence in, a report of claims out: each claim with what was tested, and the answer.
//! Deliberately not here: reading files (see `parse`, `alerts`), sentences and form (see `report`).

use super::alerts::{Only, Tally};
use super::claim::{Claim, ClaimedQuantity};
use super::decide::{
    Hypothesis, Judged, Monitoring, Side, Strength, Verdict, judge, limits, side_error, strength,
};
use super::evidence::{Evidence, Method};
use super::examined::{Answer, Basis, ClaimsReport, Examined, ExaminedPart, Input, Need, SCHEMA, Tested};
use super::power::more;
use super::promises::{Bearing, Notion, held_to, output_notion, parts};
use super::sampling::sampled::Labelled;
use super::testable::wording;
use vsa_audits as audits;
use vsa_audits::{AuditId, Finding};
use vsa_record::Record;
use vsa_record::catalogue::catalogue;
use vsa_record::disclosure::{CellState, DisclosurePolicy};
use vsa_record::facts::ToolFacts;
use vsa_record::scores::{Figure, Figured, Scores};

/// What a claim speaks of, in the logs.
#[must_use]
pub fn only(claim: &Claim) -> Only {
    Only {
        zone: claim.conditions.zone.clone(),
        kind: claim.conditions.kind.clone(),
    }
}

/// What claims are held against. A tally for each zone and kind that a claim names, and one for all.
#[derive(Default)]
pub struct Material<'a> {
    /// A record.
    pub record: Option<&'a Record>,
    /// Counts of alerts and events, and what they are limited to.
    pub tallies: Vec<(Only, Tally)>,
    /// A labelled sample of moments, where nobody wrote down the events. It tells kinds and zones not apart.
    pub labelled: Option<Labelled>,
    /// Scores of detections against labels.
    pub scores: Option<&'a Scores>,
}

impl Material<'_> {
    fn tally(&self, claim: &Claim) -> Option<&Tally> {
        self.tally_of(&only(claim))
    }

    fn tally_of(&self, wanted: &Only) -> Option<&Tally> {
        let found = self.tallies.iter().find(|(of, _)| of == wanted);
        found.map(|(_, tally)| tally)
    }
}

/// What is to be judged, before it is judged together with the others.
enum Prepared {
    Test {
        basis: Basis,
        hypothesis: Hypothesis,
        evidence: Evidence,
    },
    Promise(Vec<PreparedPart>),
}

struct PreparedPart {
    notion: Notion,
    audit: Option<AuditId>,
    bearing: Bearing,
    test: Option<(Hypothesis, Evidence)>,
    person_numbers: Option<u64>,
}

/// Examines claims together. `error`: the accepted chance that any verdict is wrong.
#[must_use]
pub fn examine(
    claims: &[Claim],
    material: &Material<'_>,
    error: f64,
    looks: Monitoring,
    tool: ToolFacts,
    inputs: Vec<Input>,
) -> ClaimsReport {
    let findings = material.record.map(audits::run_all).unwrap_or_default();
    let prepared: Vec<Result<(Prepared, Strength), Answer>> = claims
        .iter()
        .map(|claim| {
            let prepared = prepare(claim, claims, material, &findings, looks)?;
            let strength = strength_of(&prepared, looks);
            Ok((prepared, strength))
        })
        .collect();
    let strengths: Vec<Strength> = prepared.iter().flatten().map(|(_, strength)| *strength).collect();
    let judged = judge(&strengths, error);
    // At the strictest level that Holm's rule could ask for.
    let strictest = side_error(judged.len(), error) / judged.len().max(1) as f64;
    // One judgement for each strength, in the same order.
    let mut judged = judged.into_iter();
    let examined = claims
        .iter()
        .zip(prepared)
        .map(|(claim, prepared)| {
            let (answer, tested, parts) = match prepared {
                Ok((prepared, strength)) => {
                    let judged = judged.next().expect("each strength is judged");
                    conclude(prepared, strength, &judged, strictest, looks)
                }
                Err(answer) => (answer, None, Vec::new()),
            };
            Examined {
                claim: claim.clone(),
                wording: wording(claim, claims),
                answer,
                tested,
                parts,
            }
        })
        .collect();
    ClaimsReport {
        schema: SCHEMA.to_owned(),
        tool,
        error,
        looks,
        inputs,
        totals: material.tally_of(&Only::default()).map(Tally::totals),
        disclosure: material
            .record
            .map_or_else(DisclosurePolicy::strict, |record| record.disclosure.clone()),
        claims: examined,
    }
}

/// What is to be judged of a claim; or the answer, where nothing is.
fn prepare(
    claim: &Claim,
    claims: &[Claim],
    material: &Material<'_>,
    findings: &[Finding],
    looks: Monitoring,
) -> Result<Prepared, Answer> {
    if !wording(claim, claims).is_testable() {
        return Err(Answer::Untestable);
    }
    let quantity = claim.quantity.ok_or(Answer::Untestable)?;
    if quantity.is_promise() {
        return promise(quantity, claim, material, findings);
    }
    let hypothesis = Hypothesis::of(claim).ok_or(Answer::Untestable)?;
    let (basis, evidence) = find(claim, quantity, &hypothesis, material, looks)?;
    if looks == Monitoring::Repeated
        && matches!(
            evidence.method(),
            Method::ClusteredBinomial
                | Method::ClusteredPoisson
                | Method::StretchedInterval
                | Method::CompleteCount
                | Method::StratifiedBinomial
                | Method::StratifiedRate
        )
    {
        return Err(no_evidence(Need::SingleLook));
    }
    if evidence.value().is_none() {
        return Err(no_evidence(Need::MoreOfIt));
    }
    Ok(Prepared::Test {
        basis,
        hypothesis,
        evidence,
    })
}

fn no_evidence(needs: Need) -> Answer {
    Answer::NoEvidence { needs }
}

/// The evidence for a claim about numbers: measured before published.
fn find(
    claim: &Claim,
    quantity: ClaimedQuantity,
    hypothesis: &Hypothesis,
    material: &Material<'_>,
    looks: Monitoring,
) -> Result<(Basis, Evidence), Answer> {
    if quantity == ClaimedQuantity::Figure {
        if material.record.is_none() && material.scores.is_none() {
            return Err(no_evidence(Need::Record));
        }
        let name = claim.figure.as_deref().unwrap_or_default();
        let recorded = material.record.and_then(|record| figure(record, name));
        let scored = || material.scores.and_then(|scores| score(scores, name));
        return recorded
            .map(|evidence| (Basis::Record, evidence))
            .or_else(|| scored().map(|evidence| (Basis::Scores, evidence)))
            .ok_or(no_evidence(Need::Measured));
    }
    if let Some(tally) = material.tally(claim) {
        let evidence = match quantity {
            ClaimedQuantity::Recall => tally.recall(),
            ClaimedQuantity::MissShare => tally.miss_share(),
            ClaimedQuantity::Precision => tally.precision(),
            ClaimedQuantity::FalseAlertShare => tally.false_alert_share(),
            ClaimedQuantity::FalseAlarmRate => tally.false_alarm_rate(),
            _ => tally.within(claim.value.unwrap_or_default()),
        };
        return Ok((Basis::AlertLog, evidence));
    }
    // The sheet asks for one event, whatever its kind or zone: a claim about one kind alone is another question.
    if let Some(labelled) = material.labelled.filter(|_| only(claim) == Only::default())
        && let Some(sampled) = labelled.number(quantity)
    {
        return Ok((Basis::LabelledSample, Evidence::Sampled(sampled)));
    }
    match &claim.published {
        Some(published) if quantity.is_share_of_events() => match published.of {
            Some(n) => {
                let hits = (published.share * n as f64).round() as u64;
                Ok((Basis::PublishedCounts, Evidence::Share { hits, n }))
            }
            None => Err(without_denominator(published.share, hypothesis, looks)),
        },
        _ => Err(no_evidence(Need::Alerts)),
    }
}

/// A number of the record by its stable name.
fn figure(record: &Record, name: &str) -> Option<Evidence> {
    let all = catalogue(&record.measurements);
    let (_, cell) = all
        .into_iter()
        .find(|(quantity, cell)| cell.is_some() && quantity.name() == name)?;
    cell?.shown().copied().map(Evidence::Recorded)
}

/// A figure of scores by its name, as `scores.json` writes it.
fn score(scores: &Scores, name: &str) -> Option<Evidence> {
    let named = |figure: &&Figure| figure.heights.is_none() && figure.name.name() == name;
    match &scores.figures.iter().find(named)?.value {
        Figured::Measured { estimate } => estimate.shown().copied().map(Evidence::Recorded),
        Figured::NotMeasured { .. } => None,
    }
}

/// The error that is usual, for what a published share would do if its number were known.
const USUAL_ERROR: f64 = 0.05;
/// More alerts than this stand behind no published share.
const MOST_PUBLISHED: u64 = 100_000;

/// From how many on the share would decide, at every larger number.
fn without_denominator(share: f64, hypothesis: &Hypothesis, looks: Monitoring) -> Answer {
    let decided = |n: u64| {
        let hits = (share * n as f64).round() as u64;
        let found = strength(&Evidence::Share { hits, n }, hypothesis, looks);
        (found.if_false.min(found.if_true) <= USUAL_ERROR).then_some(found.if_false < found.if_true)
    };
    let Some(would) = decided(MOST_PUBLISHED) else {
        return Answer::NoDenominator {
            would: None,
            from: None,
        };
    };
    // Rounding makes saws, with teeth as long as the share is far from a half: every number is asked.
    let last_open = (1..MOST_PUBLISHED).rev().find(|&n| decided(n) != Some(would));
    Answer::NoDenominator {
        would: Some(would),
        from: Some(last_open.map_or(1, |n| n + 1)),
    }
}

fn promise(
    quantity: ClaimedQuantity,
    claim: &Claim,
    material: &Material<'_>,
    findings: &[Finding],
) -> Result<Prepared, Answer> {
    let mut prepared: Vec<PreparedPart> = parts(quantity)
        .into_iter()
        .map(|part| {
            let finding = findings.iter().find(|finding| finding.id == part.audit);
            let test = finding.and_then(|finding| {
                let CellState::Shown { value, .. } = finding.evidence.as_ref()?.state() else {
                    return None;
                };
                Some((held_to(&part, &finding.threshold), Evidence::Recorded(*value)))
            });
            PreparedPart {
                notion: part.notion,
                audit: Some(part.audit),
                bearing: part.bearing,
                test,
                person_numbers: None,
            }
        })
        .collect();
    if let Some(notion) = output_notion(quantity)
        && let Some(tally) = material.tally(claim)
    {
        prepared.push(PreparedPart {
            notion,
            audit: None,
            bearing: Bearing::Output,
            test: None,
            person_numbers: tally.person_numbers,
        });
    }
    let shows = |part: &PreparedPart| part.test.is_some() || part.bearing == Bearing::Output;
    if prepared.iter().any(shows) {
        Ok(Prepared::Promise(prepared))
    } else {
        Err(no_evidence(match (material.record, parts(quantity).is_empty()) {
            (_, true) => Need::Alerts,
            (None, false) => Need::Record,
            (Some(_), false) => Need::Measured,
        }))
    }
}

/// How strongly the evidence speaks.
fn strength_of(prepared: &Prepared, looks: Monitoring) -> Strength {
    match prepared {
        Prepared::Test {
            hypothesis, evidence, ..
        } => strength(evidence, hypothesis, looks),
        Prepared::Promise(parts) => strength_of_parts(parts),
    }
}

/// A promise holds where all its parts do (each has to be shown), and fails where any does (which pays for all).
fn strength_of_parts(parts: &[PreparedPart]) -> Strength {
    let found = |part: &PreparedPart| {
        let (hypothesis, evidence) = part.test.as_ref()?;
        Some(strength(evidence, hypothesis, Monitoring::Once))
    };
    let refuting = parts.iter().filter(|p| p.bearing == Bearing::Whole);
    let tried = refuting.clone().count().max(1) as f64;
    let if_true = refuting
        .filter_map(found)
        .map(|s| s.if_true * tried)
        .fold(1.0, f64::min);
    // A number for each person is no matter of chance.
    let singled_out = parts
        .iter()
        .any(|p| p.person_numbers.is_some_and(|numbers| numbers > 0));
    let supporting = parts.iter().filter(|p| p.bearing != Bearing::Output);
    let all = supporting.clone().all(|p| p.test.is_some()) && supporting.clone().next().is_some();
    let if_false = supporting
        .filter_map(found)
        .map(|s| s.if_false)
        .fold(0.0, f64::max);
    Strength {
        if_false: if all && !singled_out { if_false } else { 1.0 },
        if_true: if singled_out { 0.0 } else { if_true },
    }
}

type Conclusion = (Answer, Option<Tested>, Vec<ExaminedPart>);

fn conclude(
    prepared: Prepared,
    found: Strength,
    judged: &Judged,
    strictest: f64,
    looks: Monitoring,
) -> Conclusion {
    match prepared {
        Prepared::Test {
            basis,
            hypothesis,
            evidence,
        } => {
            let would_settle = || more(&evidence, &hypothesis, strictest, looks);
            let verdict = judged.side.verdict(would_settle);
            let tested = tested(basis, hypothesis, &evidence, found, judged, looks);
            (Answer::Decided { verdict }, tested, Vec::new())
        }
        Prepared::Promise(parts) => {
            let answer = answer_of(&parts, judged.side, strictest);
            let parts = parts
                .into_iter()
                .map(|part| ExaminedPart {
                    tested: part.test.as_ref().and_then(|(hypothesis, evidence)| {
                        let once = Monitoring::Once;
                        let found = strength(evidence, hypothesis, once);
                        tested(Basis::Record, *hypothesis, evidence, found, judged, once)
                    }),
                    notion: part.notion,
                    audit: part.audit,
                    bearing: part.bearing,
                    person_numbers: part.person_numbers,
                })
                .collect();
            (answer, None, parts)
        }
    }
}

fn answer_of(parts: &[PreparedPart], side: Side, strictest: f64) -> Answer {
    let decides = |part: &PreparedPart| part.bearing == Bearing::Whole && part.test.is_some();
    let first = parts.iter().find_map(|part| part.test.as_ref());
    let verdict = match (side, first) {
        (Side::Supported, _) => Verdict::Supported,
        (Side::Refuted, _) => Verdict::Refuted,
        (Side::Open, Some((hypothesis, evidence))) if parts.iter().any(decides) => Verdict::Inconclusive {
            would_settle: more(evidence, hypothesis, strictest, Monitoring::Once),
        },
        (Side::Open, _) => return Answer::RestsOnWord,
    };
    Answer::Decided { verdict }
}

fn tested(
    basis: Basis,
    hypothesis: Hypothesis,
    evidence: &Evidence,
    strength: Strength,
    judged: &Judged,
    looks: Monitoring,
) -> Option<Tested> {
    let (low, high) = limits(evidence, &hypothesis, judged, looks)?;
    let (count, size) = evidence.total();
    Some(Tested {
        basis,
        hypothesis,
        value: evidence.value()?,
        low,
        high,
        count,
        size,
        method: evidence.method(),
        strength,
        errors: (judged.support_error, judged.refute_error),
    })
}

#[cfg(test)]
pub(crate) mod tests;
