//! How far the answers depend on thresholds and on the choice of detector.

use super::sections::section;
use crate::report::formats::french as formats;
use crate::report::wording::SectionText;

/// Sensitivity.
#[must_use]
pub fn section_sensitivity() -> SectionText {
    section(
        "sensitivity",
        "Seuils",
        "À quels seuils les réponses changeraient",
        "Chaque oui et chaque non dépend d’un seuil. Le tableau indique entre quelles valeurs de ce seuil la réponse demeurerait la \
         même.",
    )
}
/// Caption.
pub const SENSITIVITY_CAPTION: &str = "Le seuil de chaque question à laquelle il est répondu, et ceux auxquels la réponse serait \
    autre. Entre les deux, les présents enregistrements ne permettent pas de trancher la question.";
/// Columns.
pub const SENSITIVITY_COLUMNS: [&str; 5] = [
    "Question",
    "Réponse",
    "Seuil",
    "Oui avec un seuil",
    "Non avec un seuil",
];
/// `up to 52 %`.
#[must_use]
pub fn up_to(value: &str) -> String {
    format!("d’au plus {value}")
}
/// `from 52 %`.
#[must_use]
pub fn from(value: &str) -> String {
    format!("d’au moins {value}")
}
/// `above 52 %`.
#[must_use]
pub fn above(value: &str) -> String {
    format!("supérieur à {value}")
}
/// `below 52 %`.
#[must_use]
pub fn below(value: &str) -> String {
    format!("inférieur à {value}")
}
/// No threshold would do.
pub const NO_THRESHOLD: &str = "aucun";
/// No question was answered with a number that may be shown.
pub const NOTHING_DECIDED: &str = "Il n’a été répondu à aucune question par un nombre qui puisse être communiqué : il n’y a donc aucun \
    seuil à faire varier.";
/// What was not varied: title.
pub const SCORES_NOT_VARIED: &str = "Les seuils de score des détecteurs n’ont pas été modifiés.";
/// What was not varied.
#[must_use]
pub fn scores_used(models: &[(String, f64)]) -> String {
    let listed: Vec<String> = models
        .iter()
        .map(|(name, score)| format!("{name} {}", formats::decimal(*score, 2)))
        .collect();
    format!(
        "Seuils employés : {}. Avec un seuil plus bas, davantage de personnes et de visages sont signalés, et davantage d’entre eux \
         n’en sont pas ; avec un seuil plus élevé, moins. Dans quelle mesure, cela n’est pas connu ici.",
        listed.join(" ; ")
    )
}
/// The second detector.
pub const SECOND_DETECTOR: (&str, &str) = (
    "Aucun second détecteur n’a été employé.",
    "Un autre modèle en trouve d’autres. Pour savoir dans quelle mesure les nombres dépendent de celui-ci, conduire de nouveau l’audit \
     avec d’autres modèles (--models) et comparer les deux rapports ; le reste du plan qui figure dans celui-ci demeure inchangé.",
);
/// Worse pictures were tried.
pub const DEGRADED: (&str, &str) = (
    "Des images dégradées ont été éprouvées.",
    "Les tableaux qui précèdent indiquent comment chaque grandeur change lorsque les enregistrements sont dégradés.",
);
/// Worse pictures were not tried.
pub const DEGRADED_NOT: (&str, &str) = (
    "Aucune image dégradée n’a été éprouvée.",
    "Avec --robustness, les mêmes enregistrements sont examinés de nouveau, dégradés selon des procédés déclarés.",
);
