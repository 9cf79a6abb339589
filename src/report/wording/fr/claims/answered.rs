//! What the evidence decides, in words: verdict, evidence, what would change it.

use super::asked::missing_word;
use crate::formats::french as formats;
use crate::wording::fr::question;
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
        } => "Étayée",
        Answer::Decided {
            verdict: Verdict::Refuted,
        } => "Réfutée",
        Answer::Decided {
            verdict: Verdict::Inconclusive { .. },
        }
        | Answer::NoDenominator { .. } => "Non concluant",
        Answer::RestsOnWord => "Repose sur la parole du fournisseur",
        Answer::Untestable => "Invérifiable en ces termes",
        Answer::NoEvidence { .. } => "Non éprouvée",
    }
}

/// States what is the case.
#[must_use]
pub const fn answer_title(answer: &Answer) -> &'static str {
    match answer {
        Answer::Decided {
            verdict: Verdict::Supported,
        } => "Étayée : ces éléments excluent le contraire de l’allégation",
        Answer::Decided {
            verdict: Verdict::Refuted,
        } => "Réfutée : ces éléments excluent l’allégation",
        Answer::Decided {
            verdict: Verdict::Inconclusive { .. },
        } => "Non concluant : ces éléments n’excluent ni l’allégation ni son contraire",
        Answer::NoDenominator { .. } => {
            "Non concluant : une proportion a été publiée sans le nombre de cas sur lequel elle repose"
        }
        Answer::RestsOnWord => {
            "Repose sur la parole du fournisseur : rien de ce qui peut être mesuré de l’extérieur ne permet de trancher"
        }
        Answer::Untestable => "Invérifiable en ces termes : des précisions manquent",
        Answer::NoEvidence { .. } => "Non éprouvée : les éléments nécessaires n’ont pas été fournis",
    }
}

/// The evidence: value, limits, counts, method.
#[must_use]
pub fn evidence_of_claim(tested: &Tested) -> String {
    let rate = is_rate(tested.method);
    let number = |value: f64| claim_number(value, rate, tested);
    let what = match tested.basis {
        Basis::AlertLog => "d’après les alertes et les événements",
        Basis::LabelledSample => {
            "d’après des moments tirés au sort et étiquetés par l’auditeur (comptés par moment, non par alerte)"
        }
        Basis::Record => "d’après le relevé",
        Basis::Scores => "d’après des détections évaluées contre des annotations",
        Basis::PublishedCounts => {
            "d’après des dénombrements publiés, qui ne sont pas une mesure du présent programme"
        }
    };
    let counted = if rate {
        format!(
            "{} en {} caméra-heures",
            formats::count(tested.count.round() as u64),
            formats::plain((tested.size * 10.0).round() / 10.0)
        )
    } else {
        format!(
            "{} sur {}",
            formats::count(tested.count.round() as u64),
            formats::count(tested.size.round() as u64)
        )
    };
    format!(
        "{} (bornes : de {} à {} ; {counted} ; {}), {what}",
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
        format!("{} par heure", significant(value))
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
        Method::ExactBinomial => "loi binomiale exacte, Clopper et Pearson",
        Method::ClusteredBinomial => {
            "loi binomiale exacte à l’effectif efficace des enregistrements, Korn et Graubard"
        }
        Method::ExactPoisson => "loi de Poisson exacte, Garwood",
        Method::ClusteredPoisson => "loi de Poisson au nombre efficace d’alertes, qui surviennent par salves",
        Method::StretchedInterval => "intervalle du relevé, ramené à l’erreur du test",
        Method::StratifiedBinomial | Method::StratifiedRate => {
            "binomiale exacte pour chaque strate de l’échantillon, réunies par leurs bornes les moins favorables"
        }
        Method::CompleteCount => {
            "dénombrement exhaustif de ces enregistrements, qui ne dit rien d’autres enregistrements"
        }
    }
}

/// What had to hold.
#[must_use]
pub fn hypothesis_in_words(tested: &Tested) -> String {
    let rate = is_rate(tested.method);
    let number = |value: f64| claim_number(value, rate, tested);
    match tested.hypothesis {
        Hypothesis::AtLeast { value } => format!("au moins {}", number(value)),
        Hypothesis::AtMost { value } => format!("au plus {}", number(value)),
        Hypothesis::Within { low, high } => format!("de {} à {}", number(low), number(high)),
    }
}

/// What would change the verdict.
#[must_use]
pub fn what_would_change(one: &Examined) -> String {
    match &one.answer {
        Answer::Decided {
            verdict: Verdict::Supported,
        } => "Des enregistrements d’un autre lieu, d’un autre moment ou d’une autre nature, sur lesquels la valeur se trouverait de \
              l’autre côté : le résultat vaut pour des enregistrements semblables à ceux-ci."
            .to_owned(),
        Answer::Decided {
            verdict: Verdict::Refuted,
        } => "Une allégation plus étroite : d’autres conditions, un autre réglage ou une autre version seraient une autre allégation, à \
              éprouver sur ses propres enregistrements."
            .to_owned(),
        Answer::Decided {
            verdict: Verdict::Inconclusive { would_settle },
        } => more_in_words(would_settle),
        Answer::NoDenominator { would, from } => match (would, from) {
            (Some(would), Some(from)) => format!(
                "Le nombre de cas sur lequel repose la proportion. À partir de {} cas, la même proportion permettrait {} l’allégation, \
                 avec une erreur de 5 %.",
                formats::count(*from),
                if *would { "d’étayer" } else { "de réfuter" }
            ),
            _ => "Une autre proportion : celle-ci est si proche de l’allégation qu’aucun nombre de cas ne permettrait de trancher."
                .to_owned(),
        },
        Answer::RestsOnWord => {
            "Un examen interne : la configuration du système, ce qu’il garde en mémoire et ce qu’il transmet ; ou une sortie du système \
             qui contredise la promesse."
                .to_owned()
        }
        Answer::Untestable => {
            let words: Vec<&str> = one.wording.missing.iter().map(|word| missing_word(*word)).collect();
            format!(
                "La réponse du fournisseur sur ce qui manque : {}.",
                words.join(" ; ")
            )
        }
        Answer::NoEvidence { needs } => needs_in_words(*needs).to_owned(),
    }
}

fn more_in_words(more: &More) -> String {
    let stays = "si la valeur demeure ce qu’elle est";
    match more {
        More::Cases { n } => format!(
            "Environ {} cas en tout permettraient de conclure, {stays}.",
            formats::count(*n)
        ),
        More::Hours { hours } => format!(
            "Environ {} caméra-heures en tout permettraient de conclure, {stays}.",
            formats::count(hours.ceil() as u64)
        ),
        More::Recordings { n } => format!(
            "Environ {} enregistrements en tout permettraient de conclure, {stays}.",
            formats::count(*n)
        ),
        More::None => {
            "Un contre-exemple, ou une valeur plus éloignée de l’allégation : aucune quantité d’éléments de même valeur ne permet de \
             conclure."
                .to_owned()
        }
    }
}

const fn needs_in_words(need: Need) -> &'static str {
    match need {
        Need::Alerts => {
            "Les alertes du fournisseur, les événements survenus, et les règles disant quand une alerte correspond à un événement \
             (--alerts, --events, --rules)."
        }
        Need::Record => "Le relevé d’un audit des enregistrements (--record).",
        Need::Measured => {
            "Un relevé dans lequel cela a été mesuré, avec assez de personnes pour qu’il en soit parlé : des enregistrements comptant \
             plus de personnes, ou les modèles dont la mesure a besoin."
        }
        Need::MoreOfIt => {
            "Des enregistrements dans lesquels il y ait quelque chose à dénombrer : il n’y avait aucun cas."
        }
        Need::SingleLook => {
            "Un seul examen, prévu d’avance (sans --repeated-looks) : le présent programme ne connaît pas de test qui vaille à chaque \
             examen pour des éléments de cette nature."
        }
    }
}

/// A measured part of a promise.
#[must_use]
pub fn part_in_words(part: &ExaminedPart) -> String {
    let asked = match part.audit {
        Some(AuditId::SomebodyIsUsuallyInView) => "Y a-t-il quelqu’un dans le champ ?",
        Some(audit) => question(audit),
        None => "La sortie du système attribue-t-elle un numéro à des personnes isolées ?",
    };
    let found = match (&part.tested, part.person_numbers) {
        (Some(tested), _) => format!(
            "la promesse exige {} ; constaté : {}",
            hypothesis_in_words(tested),
            evidence_of_claim(tested)
        ),
        (None, Some(0)) => {
            "aucun numéro de personne n’a été trouvé dans ce journal, ce qui ne prouve rien quant aux autres"
                .to_owned()
        }
        (None, Some(numbers)) => format!(
            "oui : {} numéros différents dans ce journal",
            formats::count(numbers)
        ),
        (None, None) => "non mesuré, ou trop peu de personnes pour qu’il en soit parlé".to_owned(),
    };
    format!(
        "{asked} {} : {found}. {}",
        bearing(part.bearing),
        notion_in_words(part.notion)
    )
}

const fn bearing(bearing: Bearing) -> &'static str {
    match bearing {
        Bearing::Input => "Ce que permettraient les enregistrements (peut étayer, ne peut réfuter)",
        Bearing::Whole => "Ce que la promesse nie ou suppose (peut étayer et réfuter)",
        Bearing::Output => "Ce que le système produit (peut réfuter, ne peut étayer)",
    }
}

/// A notion with its source.
#[must_use]
pub const fn notion_in_words(notion: Notion) -> &'static str {
    match notion {
        Notion::ImageOfAPerson => {
            "L’image d’une personne est une donnée à caractère personnel (tribunal administratif de Grenoble, 24 janvier 2025, \
             n° 2105328)."
        }
        Notion::TechnicalProcessing => {
            "Des enregistrements vidéo deviennent des données biométriques par un traitement technique spécifique visant à identifier une \
             personne de manière unique (CEPD, lignes directrices 3/2019, points 73 et 74)."
        }
        Notion::AnonymousStatistics => {
            "Des statistiques tirées de données anonymisées, sans effet opérationnel immédiat, n’exigent pas de texte particulier ; les \
             autres usages par des personnes publiques en exigent un (CNIL, 19 juillet 2022)."
        }
        Notion::FollowingAPerson => {
            "Suivre et reconnaître des personnes ne figure pas parmi les huit événements du décret n° 2023-828."
        }
    }
}

/// What the logs came to, as terms and values.
#[must_use]
pub fn totals_in_words(totals: &Totals) -> Vec<(&'static str, String)> {
    let count = formats::count;
    vec![
        ("Enregistrements", count(totals.recordings)),
        (
            "Caméra-heures",
            formats::plain((totals.camera_hours * 100.0).round() / 100.0),
        ),
        ("Événements", count(totals.events)),
        ("Événements auxquels une alerte correspond", count(totals.told)),
        (
            "Alertes, après réunion de celles répétées aussitôt",
            count(totals.alerts),
        ),
        (
            "Alertes ne correspondant à rien (faux positifs)",
            count(totals.false_alerts),
        ),
        ("Alertes pour des événements déjà signalés", count(totals.repeats)),
        ("Alertes répétées aussitôt", count(totals.debounced)),
        (
            "Alertes hors des enregistrements, laissées de côté",
            count(totals.alerts_outside),
        ),
        (
            "Événements hors des enregistrements, laissés de côté",
            count(totals.events_outside),
        ),
    ]
}
