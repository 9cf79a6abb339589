//! A finding in words: what is the case, on what evidence, how it was decided, what it cannot tell.

use super::terms::{WITHHELD, level, missing, missing_face, sample, with_interval};
use crate::audits::LOITERING_SECONDS;
use crate::audits::{AuditId, Finding, Limit, Side, Threshold, ThresholdSource, Verdict};
use crate::record::disclosure::Cell;
use crate::record::estimate::{Estimate, IntervalMethod, Unit};
use crate::record::measurements::{Level, Missing};
use crate::report::formats;

/// The question of an audit.
#[must_use]
pub fn question(id: AuditId) -> &'static str {
    match id {
        AuditId::SomebodyIsUsuallyInView => "Is somebody in view most of the time?",
        AuditId::FacesReachRecognition => "Do most faces reach the pixel density for recognition?",
        AuditId::FacesReachIdentification => "Do most faces reach the pixel density for identification?",
        AuditId::BodiesReachObservation => "Do most people reach the pixel density for observation?",
        AuditId::EveryoneUnrecognisable => "Is nearly everybody below the pixel density for recognition?",
        AuditId::PeopleCanBeFollowedThroughTheView => {
            "Can most people be followed from edge to edge of the picture?"
        }
        AuditId::LoiteringIsObservable => {
            "Do one in twenty people or more stay long enough for a loitering alarm?"
        }
        AuditId::FootageIsIntact => "Are nearly all frames there, and could they be decoded?",
    }
}

/// States what is the case.
#[must_use]
pub fn finding_title(id: AuditId, verdict: &Verdict) -> String {
    let text = match (id, verdict) {
        (AuditId::SomebodyIsUsuallyInView, Verdict::Meets) => "The detector reports somebody in most frames",
        (AuditId::SomebodyIsUsuallyInView, Verdict::FallsShort) => {
            "The detector reports nobody in most frames"
        }
        (AuditId::FacesReachRecognition, Verdict::Meets) => {
            "Most tracks of faces reach the pixel density that DORI asks for recognition"
        }
        (AuditId::FacesReachRecognition, Verdict::FallsShort) => {
            "Most tracks of faces stay below the pixel density that DORI asks for recognition"
        }
        (AuditId::FacesReachIdentification, Verdict::Meets) => {
            "Most tracks of faces reach the pixel density that DORI asks for identification"
        }
        (AuditId::FacesReachIdentification, Verdict::FallsShort) => {
            "Most tracks of faces stay below the pixel density that DORI asks for identification"
        }
        (AuditId::BodiesReachObservation, Verdict::Meets) => {
            "Most tracks of people reach the pixel density that DORI asks for observation"
        }
        (AuditId::BodiesReachObservation, Verdict::FallsShort) => {
            "Most tracks of people stay below the pixel density that DORI asks for observation"
        }
        (AuditId::EveryoneUnrecognisable, Verdict::Meets) => {
            "Nearly every track stays below the pixel density that DORI asks for recognition"
        }
        (AuditId::EveryoneUnrecognisable, Verdict::FallsShort) => {
            "More than one in twenty tracks reach the pixel density that DORI asks for recognition"
        }
        (AuditId::PeopleCanBeFollowedThroughTheView, Verdict::Meets) => {
            "Most tracks run from one edge of the picture to another"
        }
        (AuditId::PeopleCanBeFollowedThroughTheView, Verdict::FallsShort) => {
            "Most tracks begin or end inside the picture"
        }
        (AuditId::LoiteringIsObservable, Verdict::Meets) => {
            "One in twenty tracks or more last long enough for a loitering alarm"
        }
        (AuditId::LoiteringIsObservable, Verdict::FallsShort) => {
            "Fewer than one in twenty tracks last long enough for a loitering alarm"
        }
        (AuditId::FootageIsIntact, Verdict::Meets) => "Nearly all frames are there and could be decoded",
        (AuditId::FootageIsIntact, Verdict::FallsShort) => {
            "More than one in a hundred frames is missing or faulty"
        }
        (_, Verdict::Inconclusive { .. }) => return format!("This footage does not settle {}", whether(id)),
        (_, Verdict::NotMeasured { .. }) => return format!("It was not measured {}", whether(id)),
        (_, Verdict::Withheld) => return format!("It is withheld {}", whether(id)),
    };
    text.to_owned()
}

fn whether(id: AuditId) -> &'static str {
    match id {
        AuditId::SomebodyIsUsuallyInView => "whether somebody is in view most of the time",
        AuditId::FacesReachRecognition => "whether most faces reach the pixel density for recognition",
        AuditId::FacesReachIdentification => "whether most faces reach the pixel density for identification",
        AuditId::BodiesReachObservation => "whether most people reach the pixel density for observation",
        AuditId::EveryoneUnrecognisable => {
            "whether nearly everybody stays below the pixel density for recognition"
        }
        AuditId::PeopleCanBeFollowedThroughTheView => "whether most people can be followed from edge to edge",
        AuditId::LoiteringIsObservable => {
            "whether one in twenty people or more stay long enough for a loitering alarm"
        }
        AuditId::FootageIsIntact => "whether nearly all frames are there and could be decoded",
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
    let what = match id {
        AuditId::SomebodyIsUsuallyInView => "frames with at least one person".to_owned(),
        AuditId::FacesReachRecognition => at_best("tracks of reported faces", Level::Recognise),
        AuditId::FacesReachIdentification => at_best("tracks of reported faces", Level::Identify),
        AuditId::BodiesReachObservation => {
            at_best("tracks of people, by the height of the body,", Level::Observe)
        }
        AuditId::EveryoneUnrecognisable => {
            at_best("tracks of people, by the height of the body,", Level::Recognise)
        }
        AuditId::PeopleCanBeFollowedThroughTheView => {
            "tracks from edge to edge, among those that the footage does not cut off".to_owned()
        }
        AuditId::LoiteringIsObservable => {
            format!(
                "tracks that last longer than {}, cut-off ones taken into account",
                formats::seconds(LOITERING_SECONDS)
            )
        }
        AuditId::FootageIsIntact => "frames that are missing or faulty".to_owned(),
    };
    match cell.shown() {
        Some(estimate) => format!(
            "Share of {what}: {}, from {}.",
            with_interval(estimate),
            sample(estimate.sample)
        ),
        None => format!("Share of {what}: {WITHHELD}, because too few people stand behind it."),
    }
}

fn at_best(who: &str, at: Level) -> String {
    format!(
        "{who} that reach “{}” ({}) at their best moment",
        level(at),
        formats::pixels_per_metre(at.pixels_per_metre())
    )
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
            "The answer is yes if the share lies {side} {threshold}. It was counted in full, without an interval."
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
    if threshold.unit == Unit::Ratio {
        formats::percent(threshold.value)
    } else {
        formats::plain(threshold.value)
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
        Limit::NobodyWasRecognised => {
            "Recognition itself was not tried: no face was compared with any other."
        }
        Limit::TracksAreNotChecked => {
            "The tracks were not checked by people: two people taken for one, or one for two, change the share."
        }
        Limit::OneViewOnly => {
            "Nothing is said about other cameras, nor about people who leave and come back."
        }
        Limit::ReasonsAreNotSeen => "Why somebody stays cannot be seen in the picture.",
        Limit::IntactIsNotAuthentic => {
            "A frame that decodes cleanly may still have been edited, compressed again or left out by the recorder."
        }
    }
}

/// An audit's public name.
#[must_use]
pub fn audit_id(id: AuditId) -> String {
    let name = match id {
        AuditId::SomebodyIsUsuallyInView => "somebody-is-usually-in-view",
        AuditId::FacesReachRecognition => "faces-reach-recognition",
        AuditId::FacesReachIdentification => "faces-reach-identification",
        AuditId::BodiesReachObservation => "bodies-reach-observation",
        AuditId::EveryoneUnrecognisable => "everyone-unrecognisable",
        AuditId::PeopleCanBeFollowedThroughTheView => "people-can-be-followed-through-the-view",
        AuditId::LoiteringIsObservable => "loitering-is-observable",
        AuditId::FootageIsIntact => "footage-is-intact",
    };
    name.to_owned()
}
