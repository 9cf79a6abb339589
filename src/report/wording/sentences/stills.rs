//! The words of the redacted stills in a report.

use super::formats;
use crate::document::Section;
use vsa_record::redaction::RedactWhat;

/// The part of the report that shows them.
pub fn section_stills(what: RedactWhat) -> Section {
    Section::headed(
        "stills",
        words! { en "Stills", fr "Vues" },
        words! { en "What the view looks like, without its people",
                 fr "Ce que montre le champ de la caméra, sans les personnes" },
        match what {
            RedactWhat::People => words! {
                en "At the request of whoever ran the audit a few frames are shown, evenly spread over the footage. Everybody whom the \
                    person model found near these moments is covered by a black box. Somebody whom it overlooked would still be \
                    seen.",
                fr "À la demande de la personne qui a conduit l’analyse, quelques images sont montrées, réparties régulièrement dans \
                    les enregistrements. Quiconque a été trouvé par le modèle de personnes autour de ces moments est couvert d’un \
                    rectangle noir. Une personne qui lui aurait échappé resterait visible." },
            RedactWhat::Faces | RedactWhat::Heads => words! {
                en "At the request of whoever ran the audit a few frames are shown, evenly spread over the footage. Every face that the \
                    face model found near these moments is covered by a black box. Somebody whom it overlooked would still be \
                    seen.",
                fr "À la demande de la personne qui a conduit l’analyse, quelques images sont montrées, réparties régulièrement dans \
                    les enregistrements. Tout visage trouvé par le modèle de visages autour de ces moments est couvert d’un rectangle \
                    noir. Une personne qui lui aurait échappé resterait visible." },
        },
    )
}

/// Where a still is from.
pub fn still_caption(label: &str, seconds: f64, is_black: bool) -> String {
    let place = text! { en "{label}, {} from its beginning",
                        fr "{label}, {} après le début"; formats::seconds(seconds) };
    if is_black { text! { en "{place}: black, because the frame could not be read soundly",
                          fr "{place}\u{a0}: noire, parce que l’image n’a pas pu être lue sans dommage" } } else { place }
}
