//! A finding in words: what is the case, on what evidence, how it was decided, what it cannot tell.

use super::audit_texts::audit_text;
use super::terms::{WITHHELD, missing, missing_face, sample, with_interval};
use crate::formats::english as formats;
use vsa_audits::{AuditId, Finding, Limit, Side, Threshold, ThresholdSource, Verdict};
use vsa_record::disclosure::Cell;
use vsa_record::estimate::{Estimate, IntervalMethod, Unit};
use vsa_record::measurements::Missing;

/// The question of an audit.
#[must_use]
pub fn question(id: AuditId) -> &'static str {
    audit_text(id).question
}

/// States what is the case.
#[must_use]
pub fn finding_title(id: AuditId, verdict: &Verdict) -> String {
    let text = audit_text(id);
    match verdict {
        Verdict::Meets => text.meets.to_owned(),
        Verdict::FallsShort => text.falls_short.to_owned(),
        Verdict::Inconclusive { .. } => format!("This footage does not settle {}", text.whether),
        Verdict::NotMeasured { .. } => format!("It was not measured {}", text.whether),
        Verdict::Withheld => format!("It is withheld {}", text.whether),
    }
}

/// The question and the answer in a word.
#[must_use]
pub fn verdict(id: AuditId, verdict: &Verdict) -> String {
    format!("{} {}.", question(id), verdict_word(verdict))
}

/// The answer in a word.
#[must_use]
pub fn verdict_word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Meets => "Yes",
        Verdict::FallsShort => "No",
        Verdict::Inconclusive { .. } => "Not settled",
        Verdict::NotMeasured { .. } => "Not measured",
        Verdict::Withheld => "Withheld",
    }
}

/// The numbers behind a finding.
#[must_use]
pub fn evidence(finding: &Finding) -> String {
    match (&finding.verdict, &finding.evidence) {
        (Verdict::NotMeasured { missing: why }, _) => format!("None: {}.", why_missing(finding.id, *why)),
        (Verdict::Withheld, _) => "Withheld, because too few people stand behind it.".to_owned(),
        (_, None) => "None.".to_owned(),
        (_, Some(cell)) => shown_evidence(finding.id, cell),
    }
}

fn why_missing(id: AuditId, why: Missing) -> &'static str {
    match id {
        AuditId::FacesReachRecognition | AuditId::FacesReachIdentification => missing_face(why),
        AuditId::PeopleCanBeFollowedThroughTheView if why == Missing::NotWatchedLongEnough => {
            "the start or the end of the footage cuts every track off"
        }
        _ => missing(why),
    }
}

fn shown_evidence(id: AuditId, cell: &Cell<Estimate>) -> String {
    let what = audit_text(id).evidence;
    match cell.shown() {
        Some(estimate) => format!(
            "{what}: {}, from {}.",
            with_interval(estimate),
            sample(estimate.sample)
        ),
        None => format!("{what}: {WITHHELD}, because too few people stand behind it."),
    }
}

/// How a verdict was reached.
#[must_use]
pub fn decision(finding: &Finding) -> String {
    let threshold = threshold(&finding.threshold);
    let side = match finding.threshold.side {
        Side::AtLeast => "at or above",
        Side::AtMost => "at or below",
    };
    let counted = finding.evidence.as_ref().and_then(Cell::shown);
    let counted = counted.is_some_and(|e| e.interval.method == IntervalMethod::CompleteCount);
    if counted {
        return format!(
            "The answer is yes if the number lies {side} {threshold}. It was counted in full, without an interval."
        );
    }
    let rule = format!(
        "The answer is yes if the whole interval lies {side} {threshold}, and no if none of it does."
    );
    match &finding.verdict {
        Verdict::Meets => format!("{rule} All of it does."),
        Verdict::FallsShort => format!("{rule} None of it does."),
        Verdict::Inconclusive {
            would_settle: Some(size),
        } => {
            format!(
                "{rule} Here only a part of it does. The same value from about {} would settle it.",
                sample(*size)
            )
        }
        Verdict::Inconclusive { would_settle: None } => {
            format!(
                "{rule} Here only a part of it does. The value lies so near {threshold} that more footage would not settle it."
            )
        }
        Verdict::NotMeasured { .. } | Verdict::Withheld => rule,
    }
}

fn threshold(threshold: &Threshold) -> String {
    match threshold.unit {
        Unit::Ratio => formats::percent(threshold.value),
        Unit::PerHour if threshold.source == ThresholdSource::OnceADayConvention => "one a day".to_owned(),
        Unit::PerHour => format!("{} per hour", formats::plain(threshold.value)),
        _ => formats::plain(threshold.value),
    }
}

/// Where a threshold comes from.
#[must_use]
pub fn threshold_source(source: ThresholdSource) -> &'static str {
    match source {
        ThresholdSource::MajorityConvention => {
            "“Most” is read as half or more: a convention of this tool, no legal or technical standard."
        }
        ThresholdSource::OneInTwentyConvention => {
            "One in twenty as the border is a convention of this tool, no legal or technical standard."
        }
        ThresholdSource::OnceADayConvention => {
            "Once a day as the border is a convention of this tool, no legal or technical standard."
        }
        ThresholdSource::Plan => {
            "The threshold was set in the plan of this audit, in place of the tool's own."
        }
        ThresholdSource::OneInHundredConvention => {
            "One in a hundred as the border is a convention of this tool, no legal or technical standard."
        }
    }
}

/// What an answer cannot tell.
#[must_use]
pub fn limit(limit: Limit) -> &'static str {
    match limit {
        Limit::MissedPeopleAreNotCounted => {
            "People whom the detector missed are not counted; things that it took for people are."
        }
        Limit::MissedFacesAreNotCounted => {
            "Faces that the detector missed, and people who never showed their face, are not counted; things that it took for faces are."
        }
        Limit::SizesAreAssumed => "Pixel density is estimated from an assumed size of faces and bodies.",
        Limit::DensityIsNotQuality => {
            "Pixel density is necessary, not sufficient: light, blur, compression and pose were not looked at."
        }
        Limit::NobodyWasRecognised => "Recognition itself was not tried: nobody was looked up in a list.",
        Limit::TracksAreNotChecked => {
            "The tracks were not checked by people: two people taken for one, or one for two, change the share."
        }
        Limit::OneViewOnly => {
            "Nothing is said about other cameras, nor about people who leave and come back."
        }
        Limit::ReasonsAreNotSeen => "Why somebody stays cannot be seen in the picture.",
        Limit::EventsAreNotChecked => {
            "Nobody checked what was reported: how many of the events are false, and how many were missed, is not known."
        }
        Limit::ScoredOnTracks => {
            "Who is who was taken from the tracks and from being in view at once, not from labels."
        }
        Limit::OneModelOnly => "One open model was tried: another may do better, or worse.",
        Limit::CalibrationIsTheUsers => "Metres are as good as the calibration that was given.",
        Limit::CrowdIsThisFootages => {
            "How many share a description depends on the crowd: more people, fewer who are alone with theirs."
        }
        Limit::LabelsAreNotFacts => {
            "A label says what a model would have assigned. It says nothing about anybody's age, gender or feelings."
        }
        Limit::IntactIsNotAuthentic => {
            "A frame that decodes cleanly may still have been edited, compressed again or left out by the recorder."
        }
    }
}
