//! Les mots des vues masquées d'un rapport.

use super::sections::section;
use crate::formats::french as formats;
use crate::wording::SectionText;
use vsa_record::redaction::RedactWhat;

/// La partie du rapport qui les montre.
#[must_use]
pub fn section_stills(what: RedactWhat) -> SectionText {
    section(
        "stills",
        "Vues",
        "Ce que montre le champ de la caméra, sans les personnes",
        match what {
            RedactWhat::People => {
                "À la demande du lecteur, quelques images sont montrées, réparties régulièrement dans les enregistrements. \
                 Quiconque a été trouvé par le modèle de personnes autour de ces moments est couvert d’un rectangle noir. Une \
                 personne qui lui aurait échappé resterait visible."
            }
            RedactWhat::Faces | RedactWhat::Heads => {
                "À la demande du lecteur, quelques images sont montrées, réparties régulièrement dans les enregistrements. Tout \
                 visage trouvé par le modèle de visages autour de ces moments est couvert d’un rectangle noir. Une personne qui \
                 lui aurait échappé resterait visible."
            }
        },
    )
}

/// D'où vient une vue.
#[must_use]
pub fn still_caption(label: &str, seconds: f64, is_black: bool) -> String {
    let place = format!("{label}, {} après le début", formats::seconds(seconds));
    if is_black {
        format!("{place}\u{a0}: noire, parce que l’image n’a pas pu être lue sans dommage")
    } else {
        place
    }
}
