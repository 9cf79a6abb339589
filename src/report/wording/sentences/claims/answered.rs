//! What the evidence decides, in words: verdict, evidence, what would change it.

use super::super::formats;
use super::super::question;
use super::asked::missing_word;
use vsa_audits::AuditId;
use vsa_claims::alerts::Totals;
use vsa_claims::decide::{Hypothesis, Verdict};
use vsa_claims::evidence::Method;
use vsa_claims::examined::{Answer, Basis, Examined, ExaminedPart, Need, Tested};
use vsa_claims::power::More;
use vsa_claims::promises::{Bearing, Notion};

/// The verdict in a word or two.
pub const fn answer_word(answer: &Answer) -> &'static str {
    match answer {
        Answer::Decided { verdict: Verdict::Supported } => words! { en "Supported", fr "Étayée" },
        Answer::Decided { verdict: Verdict::Refuted } => words! { en "Refuted", fr "Réfutée" },
        Answer::Decided { verdict: Verdict::Inconclusive { .. } } | Answer::NoDenominator { .. } => {
            words! { en "Inconclusive", fr "Non concluant" }
        }
        Answer::RestsOnWord => words! { en "Rests on the vendor's word", fr "Repose sur la parole du fournisseur" },
        Answer::Untestable => words! { en "Untestable as worded", fr "Invérifiable en ces termes" },
        Answer::NoEvidence { .. } => words! { en "Not tested", fr "Non éprouvée" },
    }
}

/// States what is the case.
pub const fn answer_title(answer: &Answer) -> &'static str {
    match answer {
        Answer::Decided { verdict: Verdict::Supported } => words! {
            en "Supported: this evidence excludes the opposite of the claim",
            fr "Étayée : ces éléments excluent le contraire de l’allégation" },
        Answer::Decided { verdict: Verdict::Refuted } => words! {
            en "Refuted: this evidence excludes the claim",
            fr "Réfutée : ces éléments excluent l’allégation" },
        Answer::Decided { verdict: Verdict::Inconclusive { .. } } => words! {
            en "Inconclusive: this evidence excludes neither the claim nor its opposite",
            fr "Non concluant : ces éléments n’excluent ni l’allégation ni son contraire" },
        Answer::NoDenominator { .. } => words! {
            en "Inconclusive: a share was published without the number of cases behind it",
            fr "Non concluant : une proportion a été publiée sans le nombre de cas sur lequel elle repose" },
        Answer::RestsOnWord => words! {
            en "Rests on the vendor's word: nothing that can be measured from outside decides it",
            fr "Repose sur la parole du fournisseur : rien de ce qui peut être mesuré de l’extérieur ne permet de trancher" },
        Answer::Untestable => words! { en "Untestable as worded: words are missing",
                                       fr "Invérifiable en ces termes : des précisions manquent" },
        Answer::NoEvidence { .. } => words! { en "Not tested: the evidence that it needs was not given",
                                              fr "Non éprouvée : les éléments nécessaires n’ont pas été fournis" },
    }
}

/// The evidence: value, limits, counts, method.
pub fn evidence_of_claim(tested: &Tested) -> String {
    let rate = is_rate(tested.method);
    let number = |value: f64| claim_number(value, rate, tested);
    let what = match tested.basis {
        Basis::AlertLog => words! { en "from the alerts and the events", fr "d’après les alertes et les événements" },
        Basis::LabelledSample => words! {
            en "from moments drawn at random and labelled by the auditor (counted by moment, not by alert)",
            fr "d’après des moments tirés au sort et étiquetés par l’auditeur (comptés par moment, non par alerte)" },
        Basis::Record => words! { en "from the record", fr "d’après le relevé" },
        Basis::Scores => words! { en "from detections scored against labels",
                                  fr "d’après des détections évaluées contre des annotations" },
        Basis::PublishedCounts => words! {
            en "from published counts, which are not a measurement of this program",
            fr "d’après des dénombrements publiés, qui ne sont pas une mesure du présent programme" },
    };
    let size = formats::count(tested.size.round() as u64);
    let counted = match tested.method {
        _ if rate => text! {
            en "{} in {} camera-hours",
            fr "{} en {} caméra-heures";
            formats::count(tested.count.round() as u64), formats::plain((tested.size * 10.0).round() / 10.0) },
        // A mean, or a share of what is not independent: there are no such counts.
        Method::StretchedInterval | Method::CompleteCount => text! { en "sample of {size}", fr "effectif : {size}" },
        _ => text! { en "{} of {size}", fr "{} sur {size}"; formats::count(tested.count.round() as u64) },
    };
    text! {
        en "{} (limits {} to {}; {counted}; {}), {what}",
        fr "{} (bornes : de {} à {} ; {counted} ; {}), {what}";
        number(tested.value), number(tested.low), number(tested.high), claim_method(tested.method) }
}

/// Whether a method is one for rates.
pub const fn is_rate(method: Method) -> bool {
    matches!(
        method,
        Method::ExactPoisson | Method::ClusteredPoisson | Method::StratifiedRate
    )
}

/// A value of evidence as text: shares as percentages, to one decimal.
pub fn claim_number(value: f64, rate: bool, tested: &Tested) -> String {
    let share = !rate
        && (!matches!(tested.basis, Basis::Record | Basis::Scores) || (0.0..=1.0).contains(&tested.high));
    if rate {
        text! { en "{} per hour", fr "{} par heure"; significant(value) }
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

each! {
    /// How limits were made.
    pub fn claim_method(Method);
    ExactBinomial => en "exact binomial, Clopper and Pearson", fr "loi binomiale exacte, Clopper et Pearson";
    ClusteredBinomial => en "exact binomial at the effective size of the recordings, Korn and Graubard",
                         fr "loi binomiale exacte à l’effectif efficace des enregistrements, Korn et Graubard";
    ExactPoisson => en "exact Poisson, Garwood", fr "loi de Poisson exacte, Garwood";
    ClusteredPoisson => en "Poisson at the effective number of alarms, which come in bursts",
                        fr "loi de Poisson au nombre efficace d’alertes, qui surviennent par salves";
    StretchedInterval => en "interval of the record, brought to the error of the test",
                         fr "intervalle du relevé, ramené à l’erreur du test";
    StratifiedBinomial | StratifiedRate =>
        en "exact binomial for each stratum of the sample, put together at their worse ends",
        fr "loi binomiale exacte pour chaque strate de l’échantillon, réunies par leurs bornes les moins favorables";
    CompleteCount => en "counted in full over this footage, which says nothing about other footage",
                     fr "dénombrement exhaustif de ces enregistrements, qui ne dit rien d’autres enregistrements";
}

/// What had to hold.
pub fn hypothesis_in_words(tested: &Tested) -> String {
    let rate = is_rate(tested.method);
    let number = |value: f64| claim_number(value, rate, tested);
    match tested.hypothesis {
        Hypothesis::AtLeast { value } => text! { en "at least {}", fr "au moins {}"; number(value) },
        Hypothesis::AtMost { value } => text! { en "at most {}", fr "au plus {}"; number(value) },
        Hypothesis::Within { low, high } => text! { en "from {} to {}",
                                                    fr "de {} à {}"; number(low), number(high) },
    }
}

/// What would change the verdict.
pub fn what_would_change(one: &Examined) -> String {
    match &one.answer {
        Answer::Decided { verdict: Verdict::Supported } => words! {
            en "Footage of another place, time or kind, on which the value lies on the other side: the verdict speaks about \
                footage like this one.",
            fr "Des enregistrements d’un autre lieu, d’un autre moment ou d’une autre nature, sur lesquels la valeur se trouverait \
                de l’autre côté : le résultat vaut pour des enregistrements semblables à ceux-ci." }.to_owned(),
        Answer::Decided { verdict: Verdict::Refuted } => words! {
            en "A narrower claim: other conditions, another setting or another version would be another claim, to be tested on \
                footage of its own.",
            fr "Une allégation plus étroite : d’autres conditions, un autre réglage ou une autre version seraient une autre \
                allégation, à éprouver sur ses propres enregistrements." }.to_owned(),
        Answer::Decided { verdict: Verdict::Inconclusive { would_settle } } => more_in_words(would_settle),
        Answer::NoDenominator { would, from } => match (would, from) {
            (Some(would), Some(from)) => text! {
                en "The number of cases behind the share. With {} or more, the same share would {} the claim, at an error of \
                    5\u{202f}%.",
                fr "Le nombre de cas sur lequel repose la proportion. À partir de {} cas, la même proportion permettrait {} \
                    l’allégation, avec une erreur de 5 %."; formats::count(*from), if *would { words! {
                        en "support",
                        fr "d’étayer" } } else { words! { en "refute", fr "de réfuter" } } },
            _ => words! {
                en "Another share: this one lies so near to the claim that no number of cases behind it would decide.",
                fr "Une autre proportion : celle-ci est si proche de l’allégation qu’aucun nombre de cas ne permettrait de \
                    trancher." }.to_owned(),
        },
        Answer::RestsOnWord => words! {
            en "Looking inside: the system's configuration, what it keeps in memory and what it passes on; or an output that \
                contradicts the promise.",
            fr "Un examen interne : la configuration du système, ce qu’il garde en mémoire et ce qu’il transmet ; ou une sortie du \
                système qui contredise la promesse." }.to_owned(),
        Answer::Untestable => {
            let words: Vec<&str> = one
                .wording
                .missing
                .iter()
                .map(|word| missing_word(*word))
                .collect();
            text! { en "The vendor's answer to what is missing: {}.",
                    fr "La réponse du fournisseur sur ce qui manque : {}."; words.join(words! { en "; ", fr " ; " }) }
        }
        Answer::NoEvidence { needs } => needs_in_words(*needs).to_owned(),
    }
}

fn more_in_words(more: &More) -> String {
    let stays = words! { en "if the value stays as it is", fr "si la valeur demeure ce qu’elle est" };
    match more {
        More::Cases { n } => text! { en "About {} cases in all would settle it, {stays}.",
                                     fr "Environ {} cas en tout permettraient de conclure, {stays}."; formats::count(*n) },
        More::Hours { hours } => text! {
            en "About {} camera-hours in all would settle it, {stays}.",
            fr "Environ {} caméra-heures en tout permettraient de conclure, {stays}."; formats::count(hours.ceil() as u64) },
        More::Recordings { n } => text! {
            en "About {} recordings in all would settle it, {stays}.",
            fr "Environ {} enregistrements en tout permettraient de conclure, {stays}."; formats::count(*n) },
        More::None => words! {
            en "A counterexample, or a value further away from the claim: no amount of evidence with the same value settles it.",
            fr "Un contre-exemple, ou une valeur plus éloignée de l’allégation : aucune quantité d’éléments de même valeur ne \
                permet de conclure." }.to_owned(),
    }
}

each! {
    fn needs_in_words(Need);
    Alerts => en "The vendor's alerts, the events that happened, and rules for when an alert matches an event (--alerts, \
                  --events, --rules).",
              fr "Les alertes du fournisseur, les événements survenus, et les règles disant quand une alerte correspond à un \
                  événement (--alerts, --events, --rules).";
    Record => en "The record of an audit of the footage (--record).", fr "Le relevé d’un audit des enregistrements (--record).";
    Measured => en "A record in which this was measured, with enough people behind it to speak of them: footage of more people, \
                    or the models that the measure needs.",
                fr "Un relevé dans lequel cela a été mesuré, avec assez de personnes pour qu’il en soit parlé : des \
                    enregistrements comptant plus de personnes, ou les modèles dont la mesure a besoin.";
    MoreOfIt => en "Footage in which there is something to count: there was no case at all.",
                fr "Des enregistrements dans lesquels il y ait quelque chose à dénombrer : il n’y avait aucun cas.";
    SingleLook => en "One planned look (without --repeated-looks): no test that holds at every look is known to this program for \
                      evidence of this kind.",
                  fr "Un seul examen, prévu d’avance (sans --repeated-looks) : le présent programme ne connaît pas de test qui \
                      vaille à chaque examen pour des éléments de cette nature.";
}

/// A measured part of a promise.
pub fn part_in_words(part: &ExaminedPart) -> String {
    let asked = match part.audit {
        Some(AuditId::SomebodyIsUsuallyInView) => words! { en "Is anybody in view?",
                                                           fr "Y a-t-il quelqu’un dans le champ ?" },
        Some(audit) => question(audit),
        None => words! { en "Does the system's output give single people a number?",
                         fr "La sortie du système attribue-t-elle un numéro à des personnes isolées ?" },
    };
    let found = match (&part.tested, part.person_numbers) {
        (Some(tested), _) => text! {
            en "the promise needs {}; found {}",
            fr "la promesse exige {} ; constaté : {}"; hypothesis_in_words(tested), evidence_of_claim(tested) },
        (None, Some(0)) => words! {
            en "no number for anybody was found in this log, which proves nothing about others",
            fr "aucun numéro de personne n’a été trouvé dans ce journal, ce qui ne prouve rien quant aux autres" }.to_owned(),
        (None, Some(numbers)) => text! { en "it does: {} different numbers in this log",
                                         fr "oui : {} numéros différents dans ce journal"; formats::count(numbers) },
        (None, None) => words! { en "not measured, or too few people to speak of them",
                                 fr "non mesuré, ou trop peu de personnes pour qu’il en soit parlé" }.to_owned(),
    };
    text! { en "{asked} {}: {found}. {}",
            fr "{asked} {} : {found}. {}"; bearing(part.bearing), notion_in_words(part.notion) }
}

each! {
    fn bearing(Bearing);
    Input => en "What the footage would allow (can support, cannot refute)",
             fr "Ce que permettraient les enregistrements (peut étayer, ne peut réfuter)";
    Whole => en "What the promise denies or relies on (can support and refute)",
             fr "Ce que la promesse nie ou suppose (peut étayer et réfuter)";
    Output => en "What the system puts out (can refute, cannot support)",
              fr "Ce que le système produit (peut réfuter, ne peut étayer)";
}

each! {
    /// A notion with its source.
    pub fn notion_in_words(Notion);
    ImageOfAPerson =>
        en "The image of a person is personal data (Tribunal administratif de Grenoble, 24 January 2025, no. 2105328).",
        fr "L’image d’une personne est une donnée à caractère personnel (tribunal administratif de Grenoble, 24 janvier 2025, \
            n° 2105328).";
    TechnicalProcessing =>
        en "Footage becomes biometric data by specific technical processing for unique identification (EDPB Guidelines 3/2019, \
            paragraphs 73 and 74).",
        fr "Des enregistrements vidéo deviennent des données biométriques par un traitement technique spécifique visant à \
            identifier une personne de manière unique (CEPD, lignes directrices 3/2019, points 73 et 74).";
    AnonymousStatistics =>
        en "Statistics from anonymised data without an immediate operational effect need no special law; other uses by public \
            bodies do (CNIL, 19 July 2022).",
        fr "Des statistiques tirées de données anonymisées, sans effet opérationnel immédiat, n’exigent pas de texte \
            particulier ; les autres usages par des personnes publiques en exigent un (CNIL, 19 juillet 2022).";
    FollowingAPerson => en "Following and recognising people is not among the eight events of the French decree 2023-828.",
                        fr "Suivre et reconnaître des personnes ne figure pas parmi les huit événements du décret n° 2023-828.";
}

/// What the logs came to, as terms and values.
pub fn totals_in_words(totals: &Totals) -> Vec<(&'static str, String)> {
    let count = formats::count;
    let values: [_; TOTALS.len()] = [
        count(totals.recordings),
        formats::plain((totals.camera_hours * 100.0).round() / 100.0),
        count(totals.events),
        count(totals.told),
        count(totals.alerts),
        count(totals.false_alerts),
        count(totals.repeats),
        count(totals.debounced),
        count(totals.alerts_outside),
        count(totals.events_outside),
    ];
    TOTALS.into_iter().zip(values).collect()
}

sentences! {
    /// The terms of [`totals_in_words`], in their order.
    pub const TOTALS[10] =
        (en "Recordings", fr "Enregistrements") (en "Camera-hours", fr "Caméra-heures") (en "Events", fr "Événements")
        (en "Detected events", fr "Événements auxquels une alerte correspond")
        (en "Alerts, after immediate repeats were joined", fr "Alertes, après réunion de celles répétées aussitôt")
        (en "False alerts", fr "Alertes ne correspondant à rien (faux positifs)")
        (en "Alerts for events already detected", fr "Alertes pour des événements déjà signalés")
        (en "Immediate repeats of alerts", fr "Alertes répétées aussitôt")
        (en "Alerts outside the recordings, left out", fr "Alertes hors des enregistrements, laissées de côté")
        (en "Events outside the recordings, left out", fr "Événements hors des enregistrements, laissés de côté");
}
