//! A finding in words: what is the case, on what evidence, how it was decided, what it cannot tell.

use super::audit_texts::{audit_text, frontal_text};
use super::formats;
use super::terms::{WITHHELD, missing, missing_face, sample, with_interval};
use crate::wording::AuditText;
use vsa_audits::{AuditId, Finding, Limit, Side, Threshold, ThresholdSource, Verdict};
use vsa_record::disclosure::Cell;
use vsa_record::estimate::{Estimate, IntervalMethod, Unit};
use vsa_record::measurements::Missing;

/// The question of an audit.
pub fn question(id: AuditId) -> &'static str {
    audit_text(id).question
}

/// The words of a finding: which faces count depends on the record.
fn text_of(finding: &Finding) -> AuditText {
    if finding.limits.contains(&Limit::FrontalIsEstimated) {
        frontal_text(finding.id)
    } else {
        audit_text(finding.id)
    }
}

/// States what is the case.
pub fn finding_title(finding: &Finding) -> String {
    let text = text_of(finding);
    match &finding.verdict {
        Verdict::Meets => text.meets.to_owned(),
        Verdict::FallsShort => text.falls_short.to_owned(),
        Verdict::Inconclusive { .. } => text! { en "This footage does not settle {}",
                                                fr "Ces enregistrements ne permettent pas d’établir {}"; text.whether },
        Verdict::NotMeasured { .. } => text! { en "It was not measured {}",
                                               fr "N’a pas été mesuré le point de savoir {}"; text.whether },
        Verdict::Withheld => text! { en "It is withheld {}",
                                     fr "Est occulté le point de savoir {}"; text.whether },
    }
}

/// The question and the answer in a word.
pub fn verdict(id: AuditId, verdict: &Verdict) -> String {
    format!("{} {}.", question(id), verdict_word(verdict))
}

/// The answer in a word.
pub fn verdict_word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Meets => words! { en "Yes", fr "Oui" },
        Verdict::FallsShort => words! { en "No", fr "Non" },
        Verdict::Inconclusive { .. } => words! { en "Not settled", fr "Non établi" },
        Verdict::NotMeasured { .. } => words! { en "Not measured", fr "Non mesuré" },
        Verdict::Withheld => words! { en "Withheld", fr "Occulté" },
    }
}

/// The numbers behind a finding.
pub fn evidence(finding: &Finding) -> String {
    match (&finding.verdict, &finding.evidence) {
        (Verdict::NotMeasured { missing: why }, _) => text! { en "None: {}.",
                                                              fr "Aucun : {}."; why_missing(finding.id, *why) },
        (Verdict::Withheld, _) => words! { en "Withheld, because too few people stand behind it.",
                                           fr "Occulté, car trop peu de personnes se trouvent derrière ce nombre." }.to_owned(),
        (_, None) => words! { en "None.", fr "Aucun." }.to_owned(),
        (_, Some(cell)) => shown_evidence(text_of(finding).evidence, cell),
    }
}

fn why_missing(id: AuditId, why: Missing) -> &'static str {
    match id {
        AuditId::FacesReachRecognition | AuditId::FacesReachIdentification => missing_face(why),
        AuditId::PeopleCanBeFollowedThroughTheView if why == Missing::NotWatchedLongEnough => words! {
            en "the start or the end of the footage cuts every track off",
            fr "le début ou la fin de l’enregistrement interrompt toutes les pistes" },
        _ => missing(why),
    }
}

fn shown_evidence(what: String, cell: &Cell<Estimate>) -> String {
    match cell.shown() {
        Some(estimate) => text! { en "{what}: {}, from {}.",
                                  fr "{what} : {}, sur {}."; with_interval(estimate), sample(estimate.sample) },
        None => text! { en "{what}: {WITHHELD}, because too few people stand behind it.",
                        fr "{what} : {WITHHELD}, car trop peu de personnes se trouvent derrière ce nombre." },
    }
}

/// How a verdict was reached.
pub fn decision(finding: &Finding) -> String {
    let threshold = threshold(&finding.threshold);
    let side = match finding.threshold.side {
        Side::AtLeast => words! { en "at or above", fr "égal ou supérieur à" },
        Side::AtMost => words! { en "at or below", fr "égal ou inférieur à" },
    };
    let counted = finding.evidence.as_ref().and_then(Cell::shown);
    let counted = counted.is_some_and(|e| e.interval.method == IntervalMethod::CompleteCount);
    if counted {
        return text! {
            en "The answer is yes if the number lies {side} {threshold}. It was counted in full, without an interval.",
            fr "La réponse est oui si le nombre est {side} {threshold}. Il résulte d’un dénombrement exhaustif, sans intervalle." };
    }
    let rule = text! {
        en "The answer is yes if the whole interval lies {side} {threshold}, and no if none of it does.",
        fr "La réponse est oui si l’intervalle entier est {side} {threshold}, et non si aucune de ses parties ne l’est." };
    match &finding.verdict {
        Verdict::Meets => text! { en "{rule} All of it does.", fr "{rule} Il l’est ici en entier." },
        Verdict::FallsShort => text! { en "{rule} None of it does.", fr "{rule} Aucune ne l’est ici." },
        Verdict::Inconclusive {
            would_settle: Some(size),
        } => text! {
            en "{rule} Here only a part of it does. The same value from about {} would settle it.",
            fr "{rule} Une partie seulement l’est ici. La même valeur, obtenue sur environ {}, permettrait de conclure.";
            sample(*size) },
        Verdict::Inconclusive { would_settle: None } => text! {
            en "{rule} Here only a part of it does. The value lies so near {threshold} that more footage would not settle it.",
            fr "{rule} Une partie seulement l’est ici. La valeur est si proche de {threshold} que davantage d’enregistrements ne \
                permettraient pas de conclure." },
        Verdict::NotMeasured { .. } | Verdict::Withheld => rule,
    }
}

fn threshold(threshold: &Threshold) -> String {
    match threshold.unit {
        Unit::Ratio => formats::percent(threshold.value),
        Unit::PerHour if threshold.source == ThresholdSource::OnceADayConvention => words! {
            en "one a day",
            fr "un par jour" }.to_owned(),
        Unit::PerHour => text! { en "{} per hour", fr "{} par heure"; formats::plain(threshold.value) },
        _ => formats::plain(threshold.value),
    }
}

each! {
    /// Where a threshold comes from.
    pub fn threshold_source(ThresholdSource);
    MajorityConvention => en "“Most” is read as half or more: a convention of this tool, not a legal or technical standard.",
                          fr "« La plupart » s’entend de la moitié ou plus : c’est une convention du présent outil, non une \
                              norme juridique ou technique.";
    OneInTwentyConvention =>
        en "The limit of one in twenty is a convention of this tool, not a legal or technical standard.",
        fr "La limite d’un sur vingt est une convention du présent outil, non une norme juridique ou technique.";
    OnceADayConvention =>
        en "The limit of once a day is a convention of this tool, not a legal or technical standard.",
        fr "La limite d’une fois par jour est une convention du présent outil, non une norme juridique ou technique.";
    Plan => en "The threshold was set in the plan of this audit, in place of the tool's own.",
            fr "Le seuil a été fixé dans le plan du présent audit, à la place de celui de l’outil.";
    OneInHundredConvention =>
        en "The limit of one in a hundred is a convention of this tool, not a legal or technical standard.",
        fr "La limite d’un sur cent est une convention du présent outil, non une norme juridique ou technique.";
}

each! {
    /// What an answer cannot tell.
    pub fn limit(Limit);
    MissedPeopleAreNotCounted => en "People whom the detector missed are not counted; things that it took for people are.",
                                 fr "Les personnes que le détecteur a manquées ne sont pas comptées ; les choses qu’il a prises \
                                     pour des personnes le sont.";
    MissedFacesAreNotCounted => en "Faces that the detector missed, and people who never showed their face, are not counted; \
                                    things that it took for faces are.",
                                fr "Les visages que le détecteur a manqués, et les personnes qui n’ont jamais montré leur \
                                    visage, ne sont pas comptés ; les choses qu’il a prises pour des visages le sont.";
    SizesAreAssumed => en "Pixel density is estimated from an assumed size of faces and bodies.",
                       fr "La densité de pixels est estimée à partir d’une taille supposée des visages et des corps.";
    DensityIsNotQuality => en "Pixel density is necessary, not sufficient: light, blur, compression and pose were not looked at.",
                           fr "La densité de pixels est nécessaire, non suffisante : la lumière, le flou, la compression et la \
                               pose n’ont pas été examinés.";
    FrontalIsEstimated =>
        en "A face counts only while it is turned to the camera, which five points of it tell to about ten degrees; all others count \
            among those that do not reach the level. A network that takes something else for a face gives it such points, too. \
            Pixel density is necessary, not sufficient: light, blur and compression were not looked at.",
        fr "Un visage ne compte que lorsqu’il est tourné vers la caméra, ce que cinq de ses points indiquent à une dizaine de degrés \
            près ; tous les autres comptent parmi ceux qui n’atteignent pas le niveau. Un réseau qui prend autre chose pour un \
            visage lui attribue aussi de tels points. La densité de pixels est nécessaire, non suffisante : la lumière, le flou et \
            la compression n’ont pas été examinés.";
    NobodyWasRecognised => en "Recognition itself was not tried: nobody was looked up in a list.",
                           fr "La reconnaissance elle-même n’a pas été tentée : personne n’a été recherché dans une liste.";
    TracksAreNotChecked =>
        en "The tracks were not checked by people: two people taken for one, or one for two, change the share.",
        fr "Les pistes n’ont pas été vérifiées par des personnes : deux personnes prises pour une, ou une pour deux, modifient \
            la proportion.";
    OneViewOnly => en "Nothing is said about other cameras, nor about people who leave and come back.",
                   fr "Rien n’est dit d’autres caméras, ni des personnes qui sortent du champ et y reviennent.";
    ReasonsAreNotSeen => en "Why somebody stays cannot be seen in the picture.",
                         fr "La raison pour laquelle quelqu’un reste sur place ne se voit pas à l’image.";
    EventsAreNotChecked =>
        en "Nobody checked what was reported: how many of the events are false, and how many were missed, is not known.",
        fr "Nul n’a vérifié ce qui a été signalé : combien d’événements sont faux, et combien ont été manqués, n’est pas connu.";
    ScoredOnTracks => en "Who is who was taken from the tracks and from being in view at once, not from labels.",
                      fr "Qui est qui a été déduit des pistes et de la présence simultanée dans le champ, non d’annotations.";
    OneModelOnly => en "One open model was tried: another may do better, or worse.",
                    fr "Un seul modèle ouvert a été essayé : un autre peut faire mieux, ou moins bien.";
    CalibrationIsTheUsers => en "Metres are as good as the calibration that was given.",
                             fr "Les mètres valent ce que vaut l’étalonnage qui a été fourni.";
    CrowdIsThisFootages => en "How many share a description depends on the crowd: the more people, the fewer are alone with theirs.",
                           fr "Le nombre de personnes qui partagent une description dépend de l’affluence : plus il y a de \
                               personnes, moins il en est qui soient seules à répondre à la leur.";
    LabelsAreNotFacts =>
        en "A label says what a model would have assigned. It says nothing about anybody's age, gender or feelings.",
        fr "Une étiquette dit ce qu’un modèle aurait attribué. Elle ne dit rien de l’âge, du genre ou des sentiments de \
            quiconque.";
    IntactIsNotAuthentic =>
        en "A frame that decodes cleanly may still have been edited, compressed again or left out by the recorder.",
        fr "Une image qui se décode sans erreur peut néanmoins avoir été retouchée, compressée de nouveau, ou omise par \
            l’enregistreur.";
}
