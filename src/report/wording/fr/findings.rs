//! A finding in words: what is the case, on what evidence, how it was decided, what it cannot tell.

use super::audit_texts::audit_text;
use super::terms::{WITHHELD, missing, missing_face, sample, with_interval};
use crate::formats::french as formats;
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
        Verdict::Inconclusive { .. } => {
            format!("Ces enregistrements ne permettent pas d’établir {}", text.whether)
        }
        Verdict::NotMeasured { .. } => format!("N’a pas été mesuré le point de savoir {}", text.whether),
        Verdict::Withheld => format!("Est occulté le point de savoir {}", text.whether),
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
        Verdict::Meets => "Oui",
        Verdict::FallsShort => "Non",
        Verdict::Inconclusive { .. } => "Non établi",
        Verdict::NotMeasured { .. } => "Non mesuré",
        Verdict::Withheld => "Occulté",
    }
}

/// The numbers behind a finding.
#[must_use]
pub fn evidence(finding: &Finding) -> String {
    match (&finding.verdict, &finding.evidence) {
        (Verdict::NotMeasured { missing: why }, _) => format!("Aucun : {}.", why_missing(finding.id, *why)),
        (Verdict::Withheld, _) => {
            "Occulté, car trop peu de personnes se trouvent derrière ce nombre.".to_owned()
        }
        (_, None) => "Aucun.".to_owned(),
        (_, Some(cell)) => shown_evidence(finding.id, cell),
    }
}

fn why_missing(id: AuditId, why: Missing) -> &'static str {
    match id {
        AuditId::FacesReachRecognition | AuditId::FacesReachIdentification => missing_face(why),
        AuditId::PeopleCanBeFollowedThroughTheView if why == Missing::NotWatchedLongEnough => {
            "le début ou la fin de l’enregistrement interrompt toutes les pistes"
        }
        _ => missing(why),
    }
}

fn shown_evidence(id: AuditId, cell: &Cell<Estimate>) -> String {
    let what = audit_text(id).evidence;
    match cell.shown() {
        Some(estimate) => format!(
            "{what} : {}, sur {}.",
            with_interval(estimate),
            sample(estimate.sample)
        ),
        None => format!("{what} : {WITHHELD}, car trop peu de personnes se trouvent derrière ce nombre."),
    }
}

/// How a verdict was reached.
#[must_use]
pub fn decision(finding: &Finding) -> String {
    let threshold = threshold(&finding.threshold);
    let side = match finding.threshold.side {
        Side::AtLeast => "égal ou supérieur à",
        Side::AtMost => "égal ou inférieur à",
    };
    let counted = finding.evidence.as_ref().and_then(Cell::shown);
    let counted = counted.is_some_and(|e| e.interval.method == IntervalMethod::CompleteCount);
    if counted {
        return format!(
            "La réponse est oui si le nombre est {side} {threshold}. Il résulte d’un dénombrement exhaustif, sans intervalle."
        );
    }
    let rule = format!(
        "La réponse est oui si l’intervalle entier est {side} {threshold}, et non si aucune de ses parties ne l’est."
    );
    match &finding.verdict {
        Verdict::Meets => format!("{rule} Il l’est ici en entier."),
        Verdict::FallsShort => format!("{rule} Aucune ne l’est ici."),
        Verdict::Inconclusive {
            would_settle: Some(size),
        } => {
            format!(
                "{rule} Une partie seulement l’est ici. La même valeur, obtenue sur environ {}, permettrait de conclure.",
                sample(*size)
            )
        }
        Verdict::Inconclusive { would_settle: None } => {
            format!(
                "{rule} Une partie seulement l’est ici. La valeur est si proche de {threshold} que davantage d’enregistrements ne \
                 permettraient pas de conclure."
            )
        }
        Verdict::NotMeasured { .. } | Verdict::Withheld => rule,
    }
}

fn threshold(threshold: &Threshold) -> String {
    match threshold.unit {
        Unit::Ratio => formats::percent(threshold.value),
        Unit::PerHour if threshold.source == ThresholdSource::OnceADayConvention => "un par jour".to_owned(),
        Unit::PerHour => format!("{} par heure", formats::plain(threshold.value)),
        _ => formats::plain(threshold.value),
    }
}

/// Where a threshold comes from.
#[must_use]
pub fn threshold_source(source: ThresholdSource) -> &'static str {
    match source {
        ThresholdSource::MajorityConvention => {
            "« La plupart » s’entend de la moitié ou plus : c’est une convention du présent outil, non une norme juridique ou \
             technique."
        }
        ThresholdSource::OneInTwentyConvention => {
            "La limite d’un sur vingt est une convention du présent outil, non une norme juridique ou technique."
        }
        ThresholdSource::OnceADayConvention => {
            "La limite d’une fois par jour est une convention du présent outil, non une norme juridique ou technique."
        }
        ThresholdSource::Plan => {
            "Le seuil a été fixé dans le plan du présent audit, à la place de celui de l’outil."
        }
        ThresholdSource::OneInHundredConvention => {
            "La limite d’un sur cent est une convention du présent outil, non une norme juridique ou technique."
        }
    }
}

/// What an answer cannot tell.
#[must_use]
pub fn limit(limit: Limit) -> &'static str {
    match limit {
        Limit::MissedPeopleAreNotCounted => {
            "Les personnes que le détecteur a manquées ne sont pas comptées ; les choses qu’il a prises pour des personnes le sont."
        }
        Limit::MissedFacesAreNotCounted => {
            "Les visages que le détecteur a manqués, et les personnes qui n’ont jamais montré leur visage, ne sont pas comptés ; les \
             choses qu’il a prises pour des visages le sont."
        }
        Limit::SizesAreAssumed => {
            "La densité de pixels est estimée à partir d’une taille supposée des visages et des corps."
        }
        Limit::DensityIsNotQuality => {
            "La densité de pixels est nécessaire, non suffisante : la lumière, le flou, la compression et la pose n’ont pas été \
             examinés."
        }
        Limit::NobodyWasRecognised => {
            "La reconnaissance elle-même n’a pas été tentée : personne n’a été recherché dans une liste."
        }
        Limit::TracksAreNotChecked => {
            "Les pistes n’ont pas été vérifiées par des personnes : deux personnes prises pour une, ou une pour deux, modifient la \
             proportion."
        }
        Limit::OneViewOnly => {
            "Rien n’est dit d’autres caméras, ni des personnes qui sortent du champ et y reviennent."
        }
        Limit::ReasonsAreNotSeen => {
            "La raison pour laquelle quelqu’un reste sur place ne se voit pas à l’image."
        }
        Limit::EventsAreNotChecked => {
            "Nul n’a vérifié ce qui a été signalé : combien d’événements sont faux, et combien ont été manqués, n’est pas connu."
        }
        Limit::ScoredOnTracks => {
            "Qui est qui a été déduit des pistes et de la présence simultanée dans le champ, non d’annotations."
        }
        Limit::OneModelOnly => {
            "Un seul modèle ouvert a été essayé : un autre peut faire mieux, ou moins bien."
        }
        Limit::CalibrationIsTheUsers => "Les mètres valent ce que vaut l’étalonnage qui a été fourni.",
        Limit::CrowdIsThisFootages => {
            "Le nombre de personnes qui partagent une description dépend de l’affluence : plus il y a de personnes, moins il en est \
             qui soient seules à répondre à la leur."
        }
        Limit::LabelsAreNotFacts => {
            "Une étiquette dit ce qu’un modèle aurait attribué. Elle ne dit rien de l’âge, du genre ou des sentiments de quiconque."
        }
        Limit::IntactIsNotAuthentic => {
            "Une image qui se décode sans erreur peut néanmoins avoir été retouchée, compressée de nouveau, ou omise par \
             l’enregistreur."
        }
    }
}
