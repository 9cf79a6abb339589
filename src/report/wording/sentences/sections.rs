//! The heads of the sections: anchor, short name, heading and lead.

use super::formats;
use crate::document::Section;

/// The questions and their answers.
pub fn section_questions(n: usize) -> Section {
    Section::headed(
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

sentences! {
    /// Caption of the questions.
    pub const QUESTIONS_CAPTION = en "Questions, answers and the evidence that decides.",
                                  fr "Questions, réponses et éléments qui les déterminent.";
    /// Columns of the questions.
    pub const QUESTION_COLUMNS[3] = ("Question") (en "Answer", fr "Réponse") (en "Evidence", fr "Éléments");
}

sections! {
    /// Who is seen.
    section_seen => ("seen") (en "Seen", fr "Vues")
        (en "How many people a system could count", fr "Combien de personnes un système pourrait compter")
        (en "People as the person detector reports them, frame by frame. Those it misses are not in these numbers; things that \
             it takes for people are.",
         fr "Les personnes telles que le détecteur de personnes les signale, image par image. Celles qu’il manque ne figurent \
             pas dans ces nombres ; les choses qu’il prend pour des personnes y figurent.");
    /// Who could be recognised.
    section_recognisable => ("recognisable") (en "Recognisable", fr "Reconnaissables")
        (en "How large people and faces appear", fr "À quelle taille apparaissent les personnes et les visages")
        (en "Recognition needs enough pixels. What follows says how many there are, not whether anyone would be recognised.",
         fr "Reconnaître exige assez de pixels. Ce qui suit dit combien il y en a, non si quelqu’un serait reconnu.");
    /// Who could be followed.
    section_followed => ("followed") (en "Followed", fr "Suivies")
        (en "How far one person can be followed", fr "Jusqu’où une même personne peut être suivie")
        (en "Within this camera's view, from one frame to the next, by place and movement alone. Nobody is followed to another \
             camera. What is counted are tracks: one person may be several.",
         fr "Dans le champ de cette caméra, d’une image à la suivante, par la seule position et le seul mouvement. Nul n’est \
             suivi d’une caméra à une autre. Ce sont des pistes qui sont dénombrées : une même personne peut en former \
             plusieurs.");
    /// Whose behaviour could be judged.
    section_judged => ("judged") (en "Judged", fr "Jugées")
        (en "How long people are seen to stay", fr "Combien de temps les personnes sont vues sur place")
        (en "Software that reports loitering compares the length of a stay with a set time. This says how many tracks exceed \
             such times, not what that means. A stay is cut short where the tracker loses the person.",
         fr "Un logiciel qui signale le stationnement prolongé compare une durée de présence à une durée fixée. Est indiqué ici \
             combien de pistes dépassent de telles durées, non ce que cela signifie. Une durée est abrégée lorsque l’algorithme \
             de suivi perd la personne.");
    /// Whether the evidence carries the answers.
    section_reliable => ("reliable") (en "Reliable?", fr "Fiabilité")
        (en "Whether the footage supports these answers", fr "Si les enregistrements permettent de telles réponses")
        (en "Damaged, missing and repeated frames are counted, not hidden.",
         fr "Les images endommagées, manquantes ou répétées sont dénombrées, non dissimulées.");
    /// How sure.
    section_sure => ("sure") (en "How sure", fr "Incertitude")
        (en "How sure these numbers are", fr "Quelle confiance accorder à ces nombres")
        (en "Every estimate with its interval, its method and what was counted. The intervals cover chance. They do not cover \
             the detectors' own errors.",
         fr "Chaque estimation avec son intervalle, sa méthode et ce qui a été dénombré. Les intervalles rendent compte du \
             hasard. Ils ne rendent pas compte des erreurs propres aux détecteurs.");
    /// Limits.
    section_limits => ("limits") (en "Limits", fr "Limites")
        (en "What this report cannot tell", fr "Ce que ce rapport ne peut dire")
        (en "These limits hold for everything above.", fr "Ces limites valent pour tout ce qui précède.");
    /// What was not done.
    section_not_done => ("not-done") (en "Not done", fr "Non fait") (en "What was not done", fr "Ce qui n’a pas été fait")
        (en "Some things the program leaves out on purpose, and some it cannot do.",
         fr "Certaines choses que le programme s’interdit, et d’autres qu’il ne sait pas faire.");
    /// The footage.
    section_items => ("items") (en "Footage", fr "Enregistrements") (en "What was examined", fr "Ce qui a été examiné")
        (en "Each piece of footage, with the digest by which it can be told from any other file.",
         fr "Chaque enregistrement, avec l’empreinte numérique qui le distingue de tout autre fichier.");
    /// The models.
    section_models => ("models") (en "Models", fr "Modèles") (en "What it was examined with", fr "Avec quoi l’examen a été fait")
        (en "The models and their settings. Another model, or another setting, gives other numbers.",
         fr "Les modèles et leurs réglages. Un autre modèle, ou un autre réglage, donne d’autres nombres.");
    /// Repetition.
    section_again => ("again") (en "Run again", fr "Réitérer")
        (en "How to repeat this examination", fr "Comment répéter cet examen")
        (en "The same footage, models, settings and version of the program give the same record, byte for byte, whatever the \
             number of threads.",
         fr "Les mêmes enregistrements, modèles, réglages et version du programme donnent le même relevé, à l’octet près, quel \
             que soit le nombre de fils d’exécution.");
    /// Words.
    section_glossary => ("glossary") (en "Words", fr "Glossaire")
        (en "Words as they are used here", fr "Les termes tels qu’ils sont employés ici")
        (en "In alphabetical order.", fr "Par ordre alphabétique.");
}
