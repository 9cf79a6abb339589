//! The fixed words of the page of claims.

use super::{answer_title, claimed_quantity, evidence_of_claim, hypothesis_in_words};
use crate::formats::french as formats;
use vsa_claims::claim::{Claim, ClaimedQuantity, Published, Source};
use vsa_claims::decide::Looks;
use vsa_claims::examined::{Answer, Examined, Tested};

/// The kind of document.
pub const CLAIMS_KICKER: &str = "Allégations de fournisseurs, mises à l’épreuve";
/// What this is.
pub const CLAIMS_INTRODUCTION: &str = "Chaque allégation est citée telle qu’elle a été trouvée, mise sous une forme qui permette de \
    trancher, et confrontée à des éléments. Une allégation n’est étayée que si ces éléments excluent son contraire, et n’est réfutée \
    que s’ils excluent l’allégation elle-même.";
/// Heading of the answer.
pub const CLAIMS_ANSWER: &str = "Les résultats";
/// Name of the section in the table of contents.
pub const CLAIMS_NAME: &str = "Allégations";
/// Heading of the section.
pub const CLAIMS_TITLE: &str = "Ce qui a été allégué, ce qui a été éprouvé, et ce qui en résulte";
/// Leads in.
pub const CLAIMS_LEAD: &str = "Une allégation après l’autre : la phrase citée, le résultat, les éléments face à la valeur alléguée, et \
    ce qui modifierait le résultat.";
/// Name of the section about what was counted.
pub const TOTALS_NAME: &str = "Dénombrements";
/// Its heading.
pub const TOTALS_TITLE: &str = "À combien se montent les alertes et les événements";
/// Its lead.
pub const TOTALS_LEAD: &str =
    "Dénombrement exhaustif des enregistrements dont tous les événements ont été consignés.";
/// Name of the section about files.
pub const INPUTS_NAME: &str = "Fichiers";
/// Its heading.
pub const INPUTS_TITLE: &str = "Les fichiers employés";
/// Its lead.
pub const INPUTS_LEAD: &str =
    "L’empreinte SHA-256 de chaque fichier : les mêmes fichiers donnent les mêmes résultats, à l’octet près.";
/// Terms of a claim's facts.
pub const CLAIM_TERMS: [&str; 8] = [
    "Auteur",
    "Où elle est écrite",
    "Lue comme",
    "Ce qui compte comme événement",
    "Portée",
    "Réglage",
    "Valeur publiée",
    "Ce qui modifierait le résultat",
];
/// Where nothing was said.
pub const NOT_SAID: &str = "non précisé";
/// Heading above notes on the wording.
pub const WORDING_HEADING: &str = "Ce que la formulation laisse ouvert";
/// Heading above missing words.
pub const MISSING_HEADING: &str = "Ce qui manque";
/// Heading above the parts of a promise.
pub const PARTS_HEADING: &str = "La part mesurable";
/// Columns of the data below the chart of a claim.
pub const CLAIM_COLUMNS: [&str; 4] = ["", "Valeur", "Borne inférieure", "Borne supérieure"];
/// Label of the claimed value in a chart.
pub const CLAIMED: &str = "allégué";
/// Label of the measured value in a chart.
pub const FOUND: &str = "constaté";

/// What a file that went in is.
#[must_use]
pub fn input_role(role: &str) -> &str {
    match role {
        "claims" => "allégations",
        "record" => "relevé",
        "alerts" => "alertes",
        "events" => "événements",
        "rules" => "règles",
        other => other,
    }
}

/// Title of the page.
#[must_use]
pub fn claims_page_title(claims: usize, vendor: Option<&str>) -> String {
    let (what, confronted) = if claims == 1 {
        ("Une allégation".to_owned(), "confrontée")
    } else {
        (
            format!("{} allégations", formats::count(claims as u64)),
            "confrontées",
        )
    };
    match vendor {
        Some(vendor) => format!("{what} de {vendor}, {confronted} aux éléments"),
        None => format!("{what}, {confronted} aux éléments"),
    }
}

/// How to read the verdicts.
#[must_use]
pub fn claims_note(error: f64, looks: Looks) -> String {
    let looked = match looks {
        Looks::Once => {
            "Les éléments ont été examinés une fois ; les examiner de nouveau à mesure qu’ils augmentent exige les tests prévus pour \
             des examens répétés."
        }
        Looks::Repeated => {
            "Les tests valent quel que soit le nombre d’examens des éléments à mesure qu’ils augmentent."
        }
    };
    format!(
        "La probabilité que l’un quelconque des résultats « étayée » ou « réfutée » de cette page soit faux est au plus de {}, répartie \
         entre les allégations par la méthode de Holm. {looked} Un résultat vaut pour des enregistrements semblables à ceux qui ont été \
         examinés.",
        formats::percent(error)
    )
}

/// Title of the chart of a claim.
#[must_use]
pub fn claim_chart_title(id: &str) -> String {
    format!("Constaté face à allégué : {id}")
}

/// The chart in words.
#[must_use]
pub fn claim_chart_description(found: &str, needed: &str) -> String {
    format!(
        "Constaté : {found}. Allégué : {needed}. La barre montre les bornes à l’erreur du test ; le trait, la valeur alléguée."
    )
}

/// The limit of the chart.
#[must_use]
pub fn claim_chart_caption(published: bool) -> &'static str {
    if published {
        "Dénombrements publiés, non une mesure du présent programme. La barre s’arrête où s’arrêtent les éléments à l’erreur du test."
    } else {
        "La barre s’arrête où s’arrêtent les éléments à l’erreur du test. Lorsque le trait se trouve au-delà de la barre, le test est \
         tranché."
    }
}

/// Published counts are not ours.
pub const PUBLISHED_NOTICE: (&str, &str) = (
    "Des valeurs publiées sont employées.",
    "Elles ont été établies par d’autres, et sont rapportées avec leurs sources. Ce ne sont pas des mesures du présent programme, qui n’a \
     pas vu ce sur quoi elles reposent.",
);

/// A claim between quotation marks.
#[must_use]
pub fn quoted(says: &str) -> String {
    format!("« {says} »")
}

/// One verdict in a sentence.
#[must_use]
pub fn verdict_sentence(one: &Examined) -> String {
    let evidence = one
        .tested
        .as_ref()
        .map(|tested| format!(" Constaté : {}.", evidence_of_claim(tested)));
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
    if n == 1 {
        format!("{} autre allégation figure plus bas.", formats::count(n as u64))
    } else {
        format!(
            "{} autres allégations figurent plus bas.",
            formats::count(n as u64)
        )
    }
}

/// A published share with its source.
#[must_use]
pub fn published_in_words(published: &Published) -> String {
    let of = published.of.map_or_else(
        || "d’un nombre que la source n’indique pas".to_owned(),
        |n| format!("de {}", formats::count(n)),
    );
    format!(
        "{} {of}, selon la publication : {}",
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
            "moins de 0,01 %".to_owned()
        } else {
            format!("{} %", formats::decimal(p * 100.0, 2))
        }
    };
    let error = |p: f64| format!("{} %", formats::plain(p * 100.0));
    format!(
        "L’allégation exige {}. Des éléments aussi forts surviendraient avec une probabilité de {} si l’allégation n’était pas vraie (elle \
         est étayée à {} ou moins), et de {} si elle l’était tout juste (elle est réfutée à {} ou moins).",
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
        Answer::Untestable => {
            "Aucune confrontation : les termes ne disent pas à quoi confronter l’allégation.".to_owned()
        }
        Answer::NoDenominator { .. } => {
            "Une proportion sans son nombre de cas n’a pas de bornes, et ne permet pas de trancher."
                .to_owned()
        }
        Answer::NoEvidence { .. } => "Aucune confrontation.".to_owned(),
        Answer::RestsOnWord | Answer::Decided { .. } => {
            "D’après les parts mesurables, ci-dessous.".to_owned()
        }
    }
}

/// Name of the axis of a claim's chart.
#[must_use]
pub fn claim_axis(quantity: Option<ClaimedQuantity>, rate: bool) -> String {
    match quantity {
        Some(ClaimedQuantity::DelayToAlert) => "proportion d’alertes qui arrivent dans le délai".to_owned(),
        Some(quantity) if rate => format!("{}, par heure", claimed_quantity(quantity)),
        Some(quantity) => claimed_quantity(quantity).to_owned(),
        None => String::new(),
    }
}
