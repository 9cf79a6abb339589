//! How far the answers depend on thresholds and on the choice of detector.

use super::formats;
use crate::wording::{ChartText, Swept};
use vsa_record::sensitivity::SecondDetector;

sections! {
    /// Sensitivity.
    section_sensitivity => ("sensitivity") (en "Thresholds", fr "Seuils")
        (en "Where the answers would change", fr "À quels seuils les réponses changeraient")
        (en "Every yes and no depends on a threshold. The table says between which values of it the answer would stay the same.",
         fr "Chaque oui et chaque non dépend d’un seuil. Le tableau indique entre quelles valeurs de ce seuil la réponse \
             demeurerait la même.");
}

sentences! {
    /// Caption.
    pub const SENSITIVITY_CAPTION =
        en "The threshold of each answered question, and those at which its answer would be another. Between the two, this \
            footage does not settle the question.",
        fr "Le seuil de chaque question à laquelle il est répondu, et ceux auxquels la réponse serait autre. Entre les deux, les \
            présents enregistrements ne permettent pas de trancher la question.";
    /// Columns.
    pub const SENSITIVITY_COLUMNS[5] =
        ("Question") (en "Answer", fr "Réponse") (en "Threshold", fr "Seuil") (en "Yes with a threshold", fr "Oui avec un seuil")
        (en "No with a threshold", fr "Non avec un seuil");
    /// `up to 52 %`.
    pub fn up_to(value: &str) = en "up to {value}", fr "d’au plus {value}";
    /// `from 52 %`.
    pub fn from(value: &str) = en "of {value} or more", fr "d’au moins {value}";
    /// `above 52 %`.
    pub fn above(value: &str) = en "above {value}", fr "supérieur à {value}";
    /// `below 52 %`.
    pub fn below(value: &str) = en "below {value}", fr "inférieur à {value}";
    /// No threshold would do.
    pub const NO_THRESHOLD = en "none", fr "aucun";
    /// No question was answered with a number that may be shown.
    pub const NOTHING_DECIDED =
        en "No question was decided by a number that may be shown, so that there is no threshold to vary.",
        fr "Il n’a été répondu à aucune question par un nombre qui puisse être communiqué : il n’y a donc aucun seuil à faire \
            varier.";
    /// Heading of the counts at other score thresholds.
    pub const SWEEP_HEADING = en "What other score thresholds would give", fr "Ce que donneraient d’autres seuils de score";
    /// What was done.
    pub const SWEEP_LEAD =
        en "A detector gives each box a score, and only boxes at or above a threshold are counted. The same boxes were counted \
            again at other thresholds. Nothing else in this report was computed again at them: people were followed, and \
            everything that follows from that was measured, at the threshold in use.",
        fr "Un détecteur attribue un score à chaque cadre, et seuls les cadres dont le score atteint un seuil sont comptés. Les \
            mêmes cadres ont été comptés de nouveau à partir d’autres seuils. Rien d’autre n’a été recalculé pour ces seuils \
            dans le présent rapport : le suivi des personnes, et tout ce qui en découle, a été établi au seuil employé.";
}

/// Of people: the chart and its table. `rows`: every rung in words.
pub fn sweep(what: Swept, model: &str, rows: &str, cut_off: f64, frames: u64) -> ChartText {
    let (title, counted, axis) = match what {
        Swept::People => (
            words! { en "People", fr "Personnes comptées" },
            words! { en "people", fr "personnes" },
            words! { en "people per frame", fr "personnes par image" },
        ),
        Swept::Faces => (
            words! { en "Faces", fr "Visages comptés" },
            words! { en "faces", fr "visages" },
            words! { en "faces per frame", fr "visages par image" },
        ),
    };
    ChartText {
        title: text! { en "{title} counted, by score threshold of {model}",
                       fr "{title} selon le seuil de score de {model}" },
        description: text! { en "Mean number of {counted} in a frame, by score threshold. {rows}",
                             fr "Nombre moyen de {counted} par image, selon le seuil de score. {rows}" },
        caption: text! {
            en "Mean over {} with its 95\u{202f}% interval, by score threshold; the threshold in use is marked. Boxes \
                with a score below {} are dropped before they are counted: nothing is known about lower thresholds.",
            fr "Moyenne sur {} avec son intervalle de confiance à 95\u{202f}%, selon le seuil de score ; le seuil \
                employé est signalé. Les cadres d’un score inférieur à {} sont écartés avant d’être comptés : rien n’est connu de \
                ce que donneraient des seuils plus bas."; super::frames(frames), formats::plain(cut_off) },
        value_axis: axis.to_owned(),
        other_axis: String::new(),
    }
}

/// The threshold of a row.
pub fn rung(threshold: f64, in_use: bool) -> String {
    let number = formats::plain(threshold);
    if in_use { text! { en "{number} (in use)", fr "{number} (employé)" } } else { number }
}

/// What the chart means. `low` and `high`: thresholds with their counts.
pub fn sweep_meaning(what: Swept, own: (&str, &str), low: (&str, &str), high: (&str, &str)) -> String {
    let counted = match what {
        Swept::People => words! { en "people", fr "de personnes" },
        Swept::Faces => words! { en "faces", fr "de visages" },
    };
    text! {
        en "With the threshold in use, {}, the mean number of {counted} in a frame is {}. With {} it would be {}, with {} it would \
            be {}. That is how much this answer depends on one setting. Only labels can tell which threshold comes nearest to the \
            truth.",
        fr "Au seuil employé, {}, le nombre moyen {counted} par image est de {}. À {}, il serait de {} ; à {}, de {}. C’est dans \
            cette mesure que la réponse tient à un seul réglage. Seule une confrontation à des annotations permettrait de dire \
            quel seuil approche le plus de la vérité."; own.0, own.1, low.0, low.1, high.0, high.1 }
}

/// It was not measured.
pub fn no_sweep(what: Swept, missing: &str) -> String {
    match what {
        Swept::People => text! { en "Not measured for people: {missing}.",
                                 fr "Non mesuré pour les personnes : {missing}." },
        Swept::Faces => text! { en "Not measured for faces: {missing}.",
                                fr "Non mesuré pour les visages : {missing}." },
    }
}

/// Caption of the table of the comparison.
pub fn second_caption(what: Swept, second: &SecondDetector) -> String {
    let counted = match what {
        Swept::People => words! { en "People", fr "Personnes" },
        Swept::Faces => words! { en "Faces", fr "Visages" },
    };
    text! {
        en "{counted}: {} (score threshold {}) and {} (score threshold {}) over {}, which is all that the first looked at. \
            Two boxes are taken for the same from an overlap (intersection over union) of {}, one to one.",
        fr "{counted} : {} (seuil de score {}) et {} (seuil de score {}) sur {}, soit tout ce que le premier a examiné. \
            Deux cadres sont tenus pour identiques à partir d’un recouvrement (intersection sur union) de {}, \
            un à un.";
        second.first,
        formats::plain(second.first_threshold),
        second.second,
        formats::plain(second.second_threshold),
        super::frames(second.frames),
        formats::plain(second.overlap) }
}

sentences! {
    /// Head of the column of thresholds.
    pub const RUNG = en "Score threshold", fr "Seuil de score";
    /// Heading of the comparison with a second detector.
    pub const SECOND_HEADING = en "What a second detector finds", fr "Ce que trouve un second détecteur";
    /// What agreement is.
    pub const SECOND_LEAD =
        en "Another model looked at the same frames, with its own score threshold. This is agreement between two \
            programs, not truth: both may overlook the same person, or draw a box around nobody. Where they differ, at \
            least one of them is wrong; nothing here tells which.",
        fr "Un autre modèle a examiné les mêmes images, avec son propre seuil de score. Il s’agit de l’accord entre \
            deux programmes, non de la vérité : l’un et l’autre peuvent manquer la même personne, ou tracer un cadre \
            où il n’y a personne. Là où ils divergent, l’un des deux au moins se trompe ; rien ici n’indique lequel.";
    /// Heads of its columns.
    pub const SECOND_COLUMNS[4] =
        (en "Quantity", fr "Grandeur") (en "Value", fr "Valeur")
        (en "95\u{202f}% interval", fr "Intervalle de confiance à 95\u{202f}%") (en "Counted", fr "Effectif");
}

/// Its rows.
pub fn second_rows(first: &str, second: &str) -> [String; 8] {
    [
        text! { en "Mean in a frame, {first}", fr "Nombre moyen par image, {first}" },
        text! { en "Mean in a frame, {second}", fr "Nombre moyen par image, {second}" },
        text! { en "Difference, {second} less {first}, frame by frame",
                fr "Différence image par image, {second} moins {first}" },
        text! { en "Boxes of {first} that {second} drew too", fr "Cadres de {first} tracés aussi par {second}" },
        text! { en "Boxes of {second} that {first} drew too", fr "Cadres de {second} tracés aussi par {first}" },
        text! { en "Boxes drawn by {first}", fr "Cadres tracés par {first}" },
        text! { en "Boxes drawn by {second}", fr "Cadres tracés par {second}" },
        words! { en "Boxes drawn by both", fr "Cadres tracés par les deux" }.to_owned(),
    ]
}

/// A second detector for one of both only.
pub fn no_second(what: Swept) -> (&'static str, &'static str) {
    let not_run = match what {
        Swept::People => words! { en "No second detector was run for people.",
                                  fr "Aucun second détecteur n’a été employé pour les personnes." },
        Swept::Faces => words! { en "No second detector was run for faces.",
                                 fr "Aucun second détecteur n’a été employé pour les visages." },
    };
    (not_run, words! { en "With --second-detector NAME one looks at the same frames.",
                       fr "Avec --second-detector NOM, un second examine les mêmes images." })
}

sentences! {
    /// No second detector.
    pub const SECOND_DETECTOR =
        (en "No second detector was run.", fr "Aucun second détecteur n’a été employé.")
        (en "Another model finds others. With --second-detector NAME one looks at the same frames, and the report \
             tells how far the two agree; `vsa-audit models list` names those there are.",
         fr "Un autre modèle en trouve d’autres. Avec --second-detector NOM, un second examine les mêmes images, et le \
             rapport indique dans quelle mesure les deux s’accordent ; `vsa-audit models list` nomme ceux qui \
             existent.");
    /// Worse pictures were tried.
    pub const DEGRADED =
        (en "Worse pictures were tried.", fr "Des images dégradées ont été éprouvées.")
        (en "The tables above say how each quantity changes when the footage is degraded.",
         fr "Les tableaux qui précèdent indiquent comment chaque grandeur change lorsque les enregistrements sont dégradés.");
    /// Worse pictures were not tried.
    pub const DEGRADED_NOT =
        (en "Worse pictures were not tried.", fr "Aucune image dégradée n’a été éprouvée.")
        (en "With --robustness the same footage is examined again, degraded in declared ways.",
         fr "Avec --robustness, les mêmes enregistrements sont examinés de nouveau, dégradés selon des procédés déclarés.");
}
