//! The heads of the sections: anchor, short name, heading and lead.

use super::formats;
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
        words! { en "Answers", fr "Réponses" },
        &text! { en "{} questions, and what this footage answers",
                 fr "{} questions, et ce que ces enregistrements y répondent"; formats::count(n as u64) },
        words! {
            en "Yes and no are given only where the whole interval lies on one side of a stated threshold. There is no overall \
                score. Each answer is explained, with its limits, in the sections that follow.",
            fr "Il n’est répondu par oui ou par non que si l’intervalle entier se trouve d’un seul côté d’un seuil énoncé. Il n’y \
                a pas de note globale. Chaque réponse est expliquée, avec ses limites, dans les parties qui suivent." },
    )
}

/// Caption of the questions.
pub const QUESTIONS_CAPTION: &str = words! { en "Questions, answers and the evidence that decides.",
                                             fr "Questions, réponses et éléments qui les déterminent." };

/// Columns of the questions.
pub const QUESTION_COLUMNS: [&str; 3] = [
    "Question",
    words! { en "Answer", fr "Réponse" },
    words! { en "Evidence", fr "Éléments" },
];

/// Who is seen.
#[must_use]
pub fn section_seen() -> SectionText {
    section(
        "seen",
        words! { en "Seen", fr "Vues" },
        words! { en "How many people a system could count", fr "Combien de personnes un système pourrait compter" },
        words! {
            en "People as the person detector reports them, frame by frame. Those it misses are not in these numbers; things that \
                it takes for people are.",
            fr "Les personnes telles que le détecteur de personnes les signale, image par image. Celles qu’il manque ne figurent \
                pas dans ces nombres ; les choses qu’il prend pour des personnes y figurent." },
    )
}

/// Who could be recognised.
#[must_use]
pub fn section_recognisable() -> SectionText {
    section(
        "recognisable",
        words! { en "Recognisable", fr "Reconnaissables" },
        words! { en "How large people and faces appear",
                 fr "À quelle taille apparaissent les personnes et les visages" },
        words! {
            en "Recognition needs enough pixels. What follows says how many there are, not whether anyone would be recognised.",
            fr "Reconnaître exige assez de pixels. Ce qui suit dit combien il y en a, non si quelqu’un serait reconnu." },
    )
}

/// Who could be followed.
#[must_use]
pub fn section_followed() -> SectionText {
    section(
        "followed",
        words! { en "Followed", fr "Suivies" },
        words! { en "How far one person can be followed", fr "Jusqu’où une même personne peut être suivie" },
        words! {
            en "Within this camera's view, from one frame to the next, by place and movement alone. Nobody is followed to another \
                camera. What is counted are tracks: one person may be several.",
            fr "Dans le champ de cette caméra, d’une image à la suivante, par la seule position et le seul mouvement. Nul n’est \
                suivi d’une caméra à une autre. Ce sont des pistes qui sont dénombrées : une même personne peut en former \
                plusieurs." },
    )
}

/// Whose behaviour could be judged.
#[must_use]
pub fn section_judged() -> SectionText {
    section(
        "judged",
        words! { en "Judged", fr "Jugées" },
        words! { en "How long people are seen to stay", fr "Combien de temps les personnes sont vues sur place" },
        words! {
            en "Software that reports loitering compares the length of a stay with a set time. This says how many tracks exceed \
                such times, not what that means. A stay is cut short where the tracker loses the person.",
            fr "Un logiciel qui signale le stationnement prolongé compare une durée de présence à une durée fixée. Est indiqué ici \
                combien de pistes dépassent de telles durées, non ce que cela signifie. Une durée est abrégée lorsque l’algorithme \
                de suivi perd la personne." },
    )
}

/// Whether the evidence carries the answers.
#[must_use]
pub fn section_reliable() -> SectionText {
    section(
        "reliable",
        words! { en "Reliable?", fr "Fiabilité" },
        words! { en "Whether the footage supports these answers",
                 fr "Si les enregistrements permettent de telles réponses" },
        words! { en "Damaged, missing and repeated frames are counted, not hidden.",
                 fr "Les images endommagées, manquantes ou répétées sont dénombrées, non dissimulées." },
    )
}

/// How sure.
#[must_use]
pub fn section_sure() -> SectionText {
    section(
        "sure",
        words! { en "How sure", fr "Incertitude" },
        words! { en "How sure these numbers are", fr "Quelle confiance accorder à ces nombres" },
        words! {
            en "Every estimate with its interval, its method and what was counted. The intervals cover chance. They do not cover \
                the detectors' own errors.",
            fr "Chaque estimation avec son intervalle, sa méthode et ce qui a été dénombré. Les intervalles rendent compte du \
                hasard. Ils ne rendent pas compte des erreurs propres aux détecteurs." },
    )
}

/// Limits.
#[must_use]
pub fn section_limits() -> SectionText {
    section(
        "limits",
        words! { en "Limits", fr "Limites" },
        words! { en "What this report cannot tell", fr "Ce que ce rapport ne peut dire" },
        words! { en "These limits hold for everything above.", fr "Ces limites valent pour tout ce qui précède." },
    )
}

/// What was not done.
#[must_use]
pub fn section_not_done() -> SectionText {
    section(
        "not-done",
        words! { en "Not done", fr "Non fait" },
        words! { en "What was not done", fr "Ce qui n’a pas été fait" },
        words! { en "Some things the program leaves out on purpose, and some it cannot do.",
                 fr "Certaines choses que le programme s’interdit, et d’autres qu’il ne sait pas faire." },
    )
}

/// The footage.
#[must_use]
pub fn section_items() -> SectionText {
    section(
        "items",
        words! { en "Footage", fr "Enregistrements" },
        words! { en "What was examined", fr "Ce qui a été examiné" },
        words! { en "Each piece of footage, with the digest by which it can be told from any other file.",
                 fr "Chaque enregistrement, avec l’empreinte numérique qui le distingue de tout autre fichier." },
    )
}

/// The models.
#[must_use]
pub fn section_models() -> SectionText {
    section(
        "models",
        words! { en "Models", fr "Modèles" },
        words! { en "What it was examined with", fr "Avec quoi l’examen a été fait" },
        words! { en "The models and their settings. Another model, or another setting, gives other numbers.",
                 fr "Les modèles et leurs réglages. Un autre modèle, ou un autre réglage, donne d’autres nombres." },
    )
}

/// Repetition.
#[must_use]
pub fn section_again() -> SectionText {
    section(
        "again",
        words! { en "Run again", fr "Réitérer" },
        words! { en "How to repeat this examination", fr "Comment répéter cet examen" },
        words! {
            en "The same footage, models, settings and version of the program give the same record, byte for byte, whatever the \
                number of threads.",
            fr "Les mêmes enregistrements, modèles, réglages et version du programme donnent le même relevé, à l’octet près, quel \
                que soit le nombre de fils d’exécution." },
    )
}

/// Words.
#[must_use]
pub fn section_glossary() -> SectionText {
    section(
        "glossary",
        words! { en "Words", fr "Glossaire" },
        words! { en "Words as they are used here", fr "Les termes tels qu’ils sont employés ici" },
        words! { en "In alphabetical order.", fr "Par ordre alphabétique." },
    )
}
