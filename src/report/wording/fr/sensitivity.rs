//! How far the answers depend on thresholds and on the choice of detector.

use super::sections::section;
use crate::formats::french as formats;
use crate::wording::{ChartText, SectionText, Swept};
use vsa_record::sensitivity::SecondDetector;

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
/// Heading of the counts at other score thresholds.
pub const SWEEP_HEADING: &str = "Ce que donneraient d’autres seuils de score";
/// What was done.
pub const SWEEP_LEAD: &str = "Un détecteur attribue un score à chaque cadre, et seuls les cadres dont le score atteint un seuil sont \
    comptés. Les mêmes cadres ont été comptés de nouveau à partir d’autres seuils. Rien d’autre n’a été recalculé pour ces seuils dans \
    le présent rapport : le suivi des personnes, et tout ce qui en découle, a été établi au seuil employé.";
/// Of people: the chart and its table. `rows`: every rung in words.
#[must_use]
pub fn sweep(what: Swept, model: &str, rows: &str, cut_off: f64, frames: &str) -> ChartText {
    let (title, counted, axis) = match what {
        Swept::People => ("Personnes comptées", "personnes", "personnes par image"),
        Swept::Faces => ("Visages comptés", "visages", "visages par image"),
    };
    ChartText {
        title: format!("{title} selon le seuil de score de {model}"),
        description: format!("Nombre moyen de {counted} par image, selon le seuil de score. {rows}"),
        caption: format!(
            "Moyenne sur {frames} images avec son intervalle de confiance à 95\u{202f}%, selon le seuil de score ; le seuil employé \
             est signalé. Les cadres d’un score inférieur à {} sont écartés avant d’être comptés : rien n’est connu de ce que \
             donneraient des seuils plus bas.",
            formats::plain(cut_off)
        ),
        value_axis: axis.to_owned(),
        other_axis: String::new(),
    }
}
/// The threshold of a row.
#[must_use]
pub fn rung(threshold: f64, in_use: bool) -> String {
    let number = formats::plain(threshold);
    if in_use {
        format!("{number} (employé)")
    } else {
        number
    }
}
/// Head of the column of thresholds.
pub const RUNG: &str = "Seuil de score";
/// What the chart means. `low` and `high`: thresholds with their counts.
#[must_use]
pub fn sweep_meaning(what: Swept, own: (&str, &str), low: (&str, &str), high: (&str, &str)) -> String {
    let counted = match what {
        Swept::People => "de personnes",
        Swept::Faces => "de visages",
    };
    format!(
        "Au seuil employé, {}, le nombre moyen {counted} par image est de {}. À {}, il serait de {} ; à {}, de {}. C’est dans cette \
         mesure que la réponse tient à un seul réglage. Seule une confrontation à des annotations permettrait de dire quel seuil \
         approche le plus de la vérité.",
        own.0, own.1, low.0, low.1, high.0, high.1
    )
}
/// It was not measured.
#[must_use]
pub fn no_sweep(what: Swept, missing: &str) -> String {
    match what {
        Swept::People => format!("Non mesuré pour les personnes : {missing}."),
        Swept::Faces => format!("Non mesuré pour les visages : {missing}."),
    }
}
/// Heading of the comparison with a second detector.
pub const SECOND_HEADING: &str = "Ce que trouve un second détecteur";
/// What agreement is.
pub const SECOND_LEAD: &str = "Un autre modèle a examiné les mêmes images, avec son propre seuil de score. Il s’agit de l’accord entre \
    deux programmes, non de la vérité : l’un et l’autre peuvent manquer la même personne, ou tracer un cadre où il n’y a personne. Là \
    où ils divergent, l’un des deux au moins se trompe ; rien ici n’indique lequel.";
/// Caption of the table of the comparison.
#[must_use]
pub fn second_caption(what: Swept, second: &SecondDetector, frames: &str) -> String {
    let counted = match what {
        Swept::People => "Personnes",
        Swept::Faces => "Visages",
    };
    format!(
        "{counted} : {} (seuil de score {}) et {} (seuil de score {}) sur les mêmes {frames} images, soit toutes celles que le premier \
         a examinées. Deux cadres sont tenus pour identiques à partir d’un recouvrement (intersection sur union) de {}, un à un.",
        second.first,
        formats::plain(second.first_threshold),
        second.second,
        formats::plain(second.second_threshold),
        formats::plain(second.overlap)
    )
}
/// Heads of its columns.
pub const SECOND_COLUMNS: [&str; 4] = [
    "Grandeur",
    "Valeur",
    "Intervalle de confiance à 95\u{202f}%",
    "Effectif",
];
/// Its rows.
#[must_use]
pub fn second_rows(first: &str, second: &str) -> [String; 8] {
    [
        format!("Nombre moyen par image, {first}"),
        format!("Nombre moyen par image, {second}"),
        format!("Différence image par image, {second} moins {first}"),
        format!("Cadres de {first} tracés aussi par {second}"),
        format!("Cadres de {second} tracés aussi par {first}"),
        format!("Cadres tracés par {first}"),
        format!("Cadres tracés par {second}"),
        "Cadres tracés par les deux".to_owned(),
    ]
}
/// No second detector.
pub const SECOND_DETECTOR: (&str, &str) = (
    "Aucun second détecteur n’a été employé.",
    "Un autre modèle en trouve d’autres. Avec --second-detector NOM, un second examine les mêmes images, et le rapport indique dans \
     quelle mesure les deux s’accordent ; `vsa-audit models list` nomme ceux qui existent.",
);
/// A second detector for one of both only.
#[must_use]
pub fn no_second(what: Swept) -> (&'static str, &'static str) {
    match what {
        Swept::People => (
            "Aucun second détecteur n’a été employé pour les personnes.",
            "Avec --second-detector NOM, un second examine les mêmes images.",
        ),
        Swept::Faces => (
            "Aucun second détecteur n’a été employé pour les visages.",
            "Avec --second-detector NOM, un second examine les mêmes images.",
        ),
    }
}
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
