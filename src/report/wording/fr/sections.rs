//! The heads of the sections: anchor, short name, heading and lead.

use crate::formats::french as formats;
use crate::wording::SectionText;

pub(super) fn section(id: &'static str, name: &'static str, title: &str, lead: &str) -> SectionText {
    SectionText {
        id,
        name,
        title: title.to_owned(),
        lead: lead.to_owned(),
    }
}

/// The questions and their answers.
#[must_use]
pub fn section_questions(n: usize) -> SectionText {
    section(
        "questions",
        "Réponses",
        &format!(
            "{} questions, et ce que ces enregistrements y répondent",
            formats::count(n as u64)
        ),
        "Il n’est répondu par oui ou par non que si l’intervalle entier se trouve d’un seul côté d’un seuil énoncé. Il n’y a pas de \
         note globale. Chaque réponse est expliquée, avec ses limites, dans les parties qui suivent.",
    )
}
/// Caption of the questions.
pub const QUESTIONS_CAPTION: &str = "Questions, réponses et éléments qui les déterminent.";
/// Columns of the questions.
pub const QUESTION_COLUMNS: [&str; 3] = ["Question", "Réponse", "Éléments"];
/// Who is seen.
#[must_use]
pub fn section_seen() -> SectionText {
    section(
        "seen",
        "Vues",
        "Combien de personnes un système pourrait compter",
        "Les personnes telles que le détecteur de personnes les signale, image par image. Celles qu’il manque ne figurent pas dans \
         ces nombres ; les choses qu’il prend pour des personnes y figurent.",
    )
}
/// Who could be recognised.
#[must_use]
pub fn section_recognisable() -> SectionText {
    section(
        "recognisable",
        "Reconnaissables",
        "À quelle taille apparaissent les personnes et les visages",
        "Reconnaître exige assez de pixels. Ce qui suit dit combien il y en a, non si quelqu’un serait reconnu.",
    )
}
/// Who could be followed.
#[must_use]
pub fn section_followed() -> SectionText {
    section(
        "followed",
        "Suivies",
        "Jusqu’où une même personne peut être suivie",
        "Dans le champ de cette caméra, d’une image à la suivante, par la seule position et le seul mouvement. Nul n’est suivi \
         d’une caméra à une autre. Ce sont des pistes qui sont dénombrées : une même personne peut en former plusieurs.",
    )
}
/// Whose behaviour could be judged.
#[must_use]
pub fn section_judged() -> SectionText {
    section(
        "judged",
        "Jugées",
        "Combien de temps les personnes sont vues sur place",
        "Un logiciel qui signale le stationnement prolongé compare une durée de présence à une durée fixée. Est indiqué ici combien \
         de pistes dépassent de telles durées, non ce que cela signifie. Une durée est abrégée lorsque l’algorithme de suivi perd \
         la personne.",
    )
}
/// Whether the evidence carries the answers.
#[must_use]
pub fn section_reliable() -> SectionText {
    section(
        "reliable",
        "Fiabilité",
        "Si les enregistrements permettent de telles réponses",
        "Les images endommagées, manquantes ou répétées sont dénombrées, non dissimulées.",
    )
}
/// How sure.
#[must_use]
pub fn section_sure() -> SectionText {
    section(
        "sure",
        "Incertitude",
        "Quelle confiance accorder à ces nombres",
        "Chaque estimation avec son intervalle, sa méthode et ce qui a été dénombré. Les intervalles rendent compte du hasard. Ils \
         ne rendent pas compte des erreurs propres aux détecteurs.",
    )
}
/// Limits.
#[must_use]
pub fn section_limits() -> SectionText {
    section(
        "limits",
        "Limites",
        "Ce que ce rapport ne peut dire",
        "Ces limites valent pour tout ce qui précède.",
    )
}
/// What was not done.
#[must_use]
pub fn section_not_done() -> SectionText {
    section(
        "not-done",
        "Non fait",
        "Ce qui n’a pas été fait",
        "Certaines choses que le programme s’interdit, et d’autres qu’il ne sait pas faire.",
    )
}
/// The footage.
#[must_use]
pub fn section_items() -> SectionText {
    section(
        "items",
        "Enregistrements",
        "Ce qui a été examiné",
        "Chaque enregistrement, avec l’empreinte numérique qui le distingue de tout autre fichier.",
    )
}
/// The models.
#[must_use]
pub fn section_models() -> SectionText {
    section(
        "models",
        "Modèles",
        "Avec quoi l’examen a été fait",
        "Les modèles et leurs réglages. Un autre modèle, ou un autre réglage, donne d’autres nombres.",
    )
}
/// Repetition.
#[must_use]
pub fn section_again() -> SectionText {
    section(
        "again",
        "Réitérer",
        "Comment répéter cet examen",
        "Les mêmes enregistrements, modèles, réglages et version du programme donnent le même relevé, à l’octet près, quel que soit \
         le nombre de fils d’exécution.",
    )
}
/// Words.
#[must_use]
pub fn section_glossary() -> SectionText {
    section(
        "glossary",
        "Glossaire",
        "Les termes tels qu’ils sont employés ici",
        "Par ordre alphabétique.",
    )
}
