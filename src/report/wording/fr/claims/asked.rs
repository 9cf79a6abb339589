//! What was claimed, and which words a sentence lacks, in words.

use crate::formats::french as formats;
use vsa_claims::claim::{Claim, ClaimedQuantity, Comparator, Scale};
use vsa_claims::testable::{MissingWord, Remark};

/// What a claim is about.
#[must_use]
pub const fn claimed_quantity(quantity: ClaimedQuantity) -> &'static str {
    match quantity {
        ClaimedQuantity::Recall => "rappel (proportion d’événements qui ont déclenché une alerte)",
        ClaimedQuantity::MissShare => "proportion d’événements qui n’ont déclenché aucune alerte",
        ClaimedQuantity::Precision => "précision (proportion d’alertes qui correspondaient à un événement)",
        ClaimedQuantity::FalseAlertShare => {
            "faux positifs (proportion d’alertes qui ne correspondaient à rien)"
        }
        ClaimedQuantity::FalseAlarmRate => "fausses alarmes par caméra",
        ClaimedQuantity::DelayToAlert => "délai entre le début d’un événement et son alerte",
        ClaimedQuantity::MeanDelay => "délai moyen entre le début d’un événement et son alerte",
        ClaimedQuantity::Accuracy => "exactitude",
        ClaimedQuantity::Figure => "un nombre du relevé",
        ClaimedQuantity::NoBiometricData => "la promesse qu’aucune donnée biométrique n’est traitée",
        ClaimedQuantity::NoPersonalData => "la promesse qu’aucune donnée à caractère personnel n’est traitée",
        ClaimedQuantity::OnlySilhouettes => "la promesse que seules des silhouettes sont traitées",
        ClaimedQuantity::StatisticsOnly => "la promesse que seules des statistiques sortent du système",
        ClaimedQuantity::FacesAreBlurred => "la promesse que le floutage des visages protège les personnes",
        ClaimedQuantity::NoTracking => "la promesse que nul n’est suivi",
    }
}

/// A value as a claim counts it.
#[must_use]
pub fn claimed_value(value: f64, scale: Option<Scale>) -> String {
    match scale {
        Some(Scale::Share) => formats::percent(value),
        Some(Scale::PerCameraHour) => format!("{} par caméra-heure", rate(value)),
        Some(Scale::Seconds) => formats::seconds(value),
        Some(Scale::AsRecorded) | None => formats::plain(value),
    }
}

/// Rates of false alarms are often far below one an hour.
fn rate(value: f64) -> String {
    if value > 0.0 && value < 0.001 {
        format!("{value:.1e}").replace('.', ",")
    } else {
        formats::plain(value)
    }
}

/// The claim as it was read: what has to be how large.
#[must_use]
pub fn claim_as_read(claim: &Claim) -> String {
    let Some(quantity) = claim.quantity else {
        return "aucune grandeur".to_owned();
    };
    let about = match (&claim.figure, quantity) {
        (Some(figure), ClaimedQuantity::Figure) => figure.clone(),
        _ => claimed_quantity(quantity).to_owned(),
    };
    let Some(value) = claim.value else { return about };
    let value = claimed_value(value, claim.scale);
    let margin = claim
        .margin
        .map(|margin| claimed_value(margin, claim.scale))
        .unwrap_or_default();
    let held = match claim.comparator {
        None => format!("{value}, sans autre précision"),
        Some(Comparator::AtLeast) => format!("au moins {value}"),
        Some(Comparator::AtMost) => format!("au plus {value}"),
        Some(Comparator::About) => format!("{value}, à {margin} près"),
        Some(Comparator::AsGoodAs) => format!("aussi bon que {value}, à {margin} près"),
    };
    match claim.share {
        Some(share) => format!("{about} : {held}, pour {} des alertes", formats::percent(share)),
        None => format!("{about} : {held}"),
    }
}

/// What has to be asked of the vendor.
#[must_use]
pub const fn missing_word(word: MissingWord) -> &'static str {
    match word {
        MissingWord::Quantity => {
            "ce qui est dénombré : événements trouvés, alertes justes, fausses alarmes par caméra et par jour, délai"
        }
        MissingWord::AccuracyOfWhat => {
            "l’exactitude de quoi : lorsque les événements sont rares, un système qui ne signale jamais rien a presque toujours raison ; \
             indiquer la proportion d’événements trouvés et le nombre de fausses alarmes par caméra et par jour"
        }
        MissingWord::Value => "une valeur",
        MissingWord::Comparator => "si la valeur est un minimum, un maximum, ou une valeur approchée",
        MissingWord::Unit => {
            "ce que compte la valeur ; pour une fréquence, par caméra et par heure, par jour ou par semaine"
        }
        MissingWord::Margin => "l’écart qui vaut encore accord, énoncé avant l’essai",
        MissingWord::Reference => "aussi bon que quoi : la valeur de qui, établie comment",
        MissingWord::Event => {
            "ce qui compte comme événement : sans cela, nul ne peut dire quel événement a été manqué et quelle alerte était fausse"
        }
        MissingWord::Share => "pour quelle proportion des alertes le délai vaut",
        MissingWord::ShareNotMean => {
            "une proportion des alertes qui arrivent dans le délai, à la place de la moyenne : une alerte qui arrive avec une heure de \
             retard peut modifier une moyenne dans une mesure quelconque, de sorte qu’aucun nombre d’alertes ne permet de conclure"
        }
        MissingWord::Population => {
            "pour quels enregistrements, quelles caméras ou quelles personnes elle est censée valoir"
        }
        MissingWord::Figure => "de quel nombre du relevé il s’agit",
    }
}

/// What should be known besides.
#[must_use]
pub const fn claim_remark(remark: Remark) -> &'static str {
    match remark {
        Remark::NoConditions => {
            "Aucune condition n’est énoncée, de sorte que la phrase couvre aussi la nuit, la pluie et la foule ; le fournisseur peut \
             opposer les conditions à un mauvais résultat."
        }
        Remark::NoOperatingPoint => {
            "Aucun réglage n’est énoncé : à un mauvais résultat peut être opposé un autre réglage. Éprouver le réglage tel que livré, et \
             le consigner."
        }
        Remark::RecallAlone => {
            "Aucune limite de fausses alarmes au même réglage ne l’accompagne : un système qui alerte toujours trouve tous les \
             événements."
        }
        Remark::PrecisionAlone => {
            "Aucune proportion d’événements trouvés au même réglage ne l’accompagne : un système qui n’alerte jamais ne produit aucune \
             fausse alarme."
        }
        Remark::OnlyRefutable => {
            "Tous ou aucun : un seul cas peut la réfuter, et aucun nombre de cas ne peut l’étayer."
        }
        Remark::NoVersion => "Aucune version du produit n’est indiquée.",
        Remark::NoSource => "Il n’est pas indiqué où la phrase est écrite.",
        Remark::NoDigest => "Aucune empreinte du document n’a été conservée : le document peut changer.",
        Remark::NobodyTested => "Il n’est pas indiqué qui a procédé à l’essai.",
        Remark::MeasurableInPart => {
            "Ce qu’un système fait à l’intérieur ne se voit pas de l’extérieur. Sont mesurables ce que permettraient ces enregistrements, \
             et ce que le système produit."
        }
    }
}
