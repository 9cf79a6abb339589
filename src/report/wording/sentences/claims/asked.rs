//! What was claimed, and which words a sentence lacks, in words.

use super::super::formats;
use vsa_claims::claim::{Claim, ClaimedQuantity, Comparator, Scale};
use vsa_claims::testable::{MissingWord, Remark};

each! {
    /// What a claim is about.
    pub fn claimed_quantity(ClaimedQuantity);
    Recall => en "share of events that raised an alert", fr "rappel (proportion d’événements qui ont déclenché une alerte)";
    MissShare => en "share of events that raised no alert", fr "proportion d’événements qui n’ont déclenché aucune alerte";
    Precision => en "share of alerts that match an event",
                 fr "précision (proportion d’alertes qui correspondaient à un événement)";
    FalseAlertShare => en "share of alerts that match no event",
                       fr "faux positifs (proportion d’alertes qui ne correspondaient à rien)";
    FalseAlarmRate => en "false alerts for each camera", fr "fausses alarmes par caméra";
    DelayToAlert => en "time from the start of an event to its alert", fr "délai entre le début d’un événement et son alerte";
    MeanDelay => en "mean time from the start of an event to its alert",
                 fr "délai moyen entre le début d’un événement et son alerte";
    Accuracy => en "accuracy", fr "exactitude";
    Figure => en "a number of the record", fr "un nombre du relevé";
    NoBiometricData => en "the promise that no biometric data is processed",
                       fr "la promesse qu’aucune donnée biométrique n’est traitée";
    NoPersonalData => en "the promise that no personal data is processed",
                      fr "la promesse qu’aucune donnée à caractère personnel n’est traitée";
    OnlySilhouettes => en "the promise that only silhouettes are processed",
                       fr "la promesse que seules des silhouettes sont traitées";
    StatisticsOnly => en "the promise that only statistics leave the system",
                      fr "la promesse que seules des statistiques sortent du système";
    FacesAreBlurred => en "the promise that blurred faces protect people",
                       fr "la promesse que le floutage des visages protège les personnes";
    NoTracking => en "the promise that nobody is tracked", fr "la promesse que nul n’est suivi";
}

/// A value as a claim counts it.
pub fn claimed_value(value: f64, scale: Option<Scale>) -> String {
    match scale {
        Some(Scale::Share) => formats::percent(value),
        Some(Scale::PerCameraHour) => text! { en "{} per camera-hour", fr "{} par caméra-heure"; rate(value) },
        Some(Scale::Seconds) => formats::seconds(value),
        Some(Scale::AsRecorded) | None => formats::plain(value),
    }
}

/// Between whole and fraction.
const MARK: &str = words! { en ".", fr "," };

/// Rates of false alarms are often far below one an hour.
fn rate(value: f64) -> String {
    if value > 0.0 && value < 0.001 {
        format!("{value:.1e}").replace('.', MARK)
    } else {
        formats::plain(value)
    }
}

/// The claim as it was read: what has to be how large.
pub fn claim_as_read(claim: &Claim) -> String {
    let Some(quantity) = claim.quantity else {
        return words! { en "no quantity", fr "aucune grandeur" }.to_owned();
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
        None => text! { en "{value}, not further specified", fr "{value}, sans autre précision" },
        Some(Comparator::AtLeast) => text! { en "at least {value}", fr "au moins {value}" },
        Some(Comparator::AtMost) => text! { en "at most {value}", fr "au plus {value}" },
        Some(Comparator::About) => text! { en "{value}, give or take {margin}", fr "{value}, à {margin} près" },
        Some(Comparator::AsGoodAs) => text! { en "as good as {value}, give or take {margin}",
                                              fr "aussi bon que {value}, à {margin} près" },
    };
    match claim.share {
        Some(share) => text! { en "{about}: {held}, for {} of the alerts",
                               fr "{about} : {held}, pour {} des alertes"; formats::percent(share) },
        None => text! { en "{about}: {held}", fr "{about} : {held}" },
    }
}

each! {
    /// What has to be asked of the vendor.
    pub fn missing_word(MissingWord);
    Quantity => en "what is counted: events that were found, alerts that were right, false alerts for each camera and day, delay",
                fr "ce qui est dénombré : événements trouvés, alertes justes, fausses alarmes par caméra et par jour, délai";
    AccuracyOfWhat =>
        en "accuracy of what: where events are rare, a system that never speaks is nearly always right; say the share of events \
            found and the false alerts for each camera and day",
        fr "l’exactitude de quoi : lorsque les événements sont rares, un système qui ne signale jamais rien a presque toujours \
            raison ; indiquer la proportion d’événements trouvés et le nombre de fausses alarmes par caméra et par jour";
    Value => en "a figure", fr "une valeur";
    Comparator => en "whether the figure is a minimum, a maximum, or an approximate value",
                  fr "si la valeur est un minimum, un maximum, ou une valeur approchée";
    Unit => en "what the figure counts in; for a rate, per camera and per hour, day or week",
            fr "ce que compte la valeur ; pour une fréquence, par caméra et par heure, par jour ou par semaine";
    Margin => en "how far off still agrees, said before the test", fr "l’écart qui vaut encore accord, énoncé avant l’essai";
    Reference => en "as good as what: whose figure, counted how", fr "aussi bon que quoi : la valeur de qui, établie comment";
    Event => en "what counts as an event: without it, nobody can say which event was missed and which alert was false",
             fr "ce qui compte comme événement : sans cela, nul ne peut dire quel événement a été manqué et quelle alerte était \
                 fausse";
    Share => en "for which share of the alerts the time holds", fr "pour quelle proportion des alertes le délai vaut";
    ShareNotMean => en "a share of the alerts that come within the time, in place of the mean: one alert that comes an hour late \
                        can change a mean by any amount, so that no number of alerts settles it",
                    fr "une proportion des alertes qui arrivent dans le délai, à la place de la moyenne : une alerte qui arrive \
                        avec une heure de retard peut modifier une moyenne dans une mesure quelconque, de sorte qu’aucun nombre \
                        d’alertes ne permet de conclure";
    Population => en "on which footage, cameras or people it is said to hold",
                  fr "pour quels enregistrements, quelles caméras ou quelles personnes elle est censée valoir";
    Figure => en "which number of the record is meant", fr "de quel nombre du relevé il s’agit";
}

each! {
    /// What should be known besides.
    pub fn claim_remark(Remark);
    NoConditions => en "No condition is named, so that the sentence covers night, rain and crowds as well; the vendor may answer \
                        a bad result with the conditions.",
                    fr "Aucune condition n’est énoncée, de sorte que la phrase couvre aussi la nuit, la pluie et la foule ; le \
                        fournisseur peut opposer les conditions à un mauvais résultat.";
    NoOperatingPoint => en "No setting is named: a bad result can be answered with another setting. Test the setting as \
                            delivered, and write it down.",
                        fr "Aucun réglage n’est énoncé : à un mauvais résultat peut être opposé un autre réglage. Éprouver le \
                            réglage tel que livré, et le consigner.";
    RecallAlone =>
        en "No limit for false alarms at the same setting goes with it: a system that always alerts finds every event.",
        fr "Aucune limite de fausses alarmes au même réglage ne l’accompagne : un système qui alerte toujours trouve tous les \
            événements.";
    PrecisionAlone =>
        en "No share of events found at the same setting goes with it: a system that never alerts raises no false alarm.",
        fr "Aucune proportion d’événements trouvés au même réglage ne l’accompagne : un système qui n’alerte jamais ne produit \
            aucune fausse alarme.";
    OnlyRefutable => en "All or none: one case can refute it, and no number of cases can support it.",
                     fr "Tous ou aucun : un seul cas peut la réfuter, et aucun nombre de cas ne peut l’étayer.";
    NoVersion => en "No version of the product is named.", fr "Aucune version du produit n’est indiquée.";
    NoSource => en "It is not said where the sentence is written.", fr "Il n’est pas indiqué où la phrase est écrite.";
    NoDigest => en "No digest of the document was kept: the document may change.",
                fr "Aucune empreinte du document n’a été conservée : le document peut changer.";
    NobodyTested => en "Nobody is named who tested it.", fr "Il n’est pas indiqué qui a procédé à l’essai.";
    MeasurableInPart => en "What a system does inside cannot be seen from outside. Measurable are what this footage would allow, \
                            and what the system puts out.",
                        fr "Ce qu’un système fait à l’intérieur ne se voit pas de l’extérieur. Sont mesurables ce que \
                            permettraient ces enregistrements, et ce que le système produit.";
}
