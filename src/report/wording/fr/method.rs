//! How the examination was made, step by step, and which published practice each step follows.

use super::sections::section;
use crate::formats::french as formats;
use crate::wording::SectionText;

/// The method.
#[must_use]
pub fn section_method() -> SectionText {
    section(
        "method",
        "Méthode",
        "Comment l’examen a été conduit, et selon quelles normes",
        "Les étapes, dans leur ordre. Une norme est nommée lorsqu’une étape la suit. Il s’agit de la déclaration du programme \
         lui-même : nul ne l’a certifiée.",
    )
}

/// Decoding: which decoder, and how many frames.
#[must_use]
pub fn step_decoding(decoders: &str, looked_at: u64, decoded: u64) -> (String, String) {
    (
        "Les enregistrements ont été ouverts en lecture, et leur empreinte numérique calculée.".to_owned(),
        format!(
            "Décodés par {decoders} : images décodées, {} ; images analysées par les modèles, {}. Les images manquantes, \
             endommagées ou répétées ont été dénombrées.",
            formats::count(decoded),
            formats::count(looked_at)
        ),
    )
}
/// Detection: which models.
#[must_use]
pub fn step_detection(models: &str) -> (String, String) {
    (
        "Des modèles ont recherché les personnes et les visages dans chacune de ces images.".to_owned(),
        format!(
            "Modèles : {models}. Un modèle signale des cadres, chacun avec un score ; les cadres dont le score est inférieur au \
             seuil ne sont pas comptés. Les fichiers, les réglages et les licences sont indiqués avec les modèles."
        ),
    )
}
/// What follows detection in every run.
pub const LATER_STEPS: [(&str, &str); 4] = [
    (
        "Les apparitions ont été réunies en pistes.",
        "D’après la position et le mouvement, d’une image à la suivante. Pour les réunir, nul n’a été reconnu, ni au visage ni aux \
         vêtements.",
    ),
    (
        "Ce qu’un système de surveillance pourrait extraire a été dénombré, et chaque estimation assortie d’un intervalle.",
        "Sauf indication contraire donnée à côté d’eux, les intervalles de confiance sont au niveau de 95 %. Les tableaux \
         d’estimations indiquent par quelle méthode chaque intervalle a été établi, et sur combien d’éléments.",
    ),
    (
        "Les nombres relatifs à peu de personnes ont été occultés, comme l’indique la première page.",
        "Ils l’ont été avant l’écriture du relevé : ce qui est occulté ne figure dans aucun fichier.",
    ),
    (
        "Il a été répondu à chaque question d’après l’intervalle entier, au regard d’un seuil fixé au préalable.",
        "Lorsque l’intervalle contient le seuil, la réponse est que les enregistrements ne permettent pas de trancher.",
    ),
];

/// Caption of the table of standards.
pub const STANDARDS_CAPTION: &str = "Pratiques publiées, et ce qui les suit ici.";
/// Its columns.
pub const STANDARD_COLUMNS: [&str; 2] = ["Document", "Ce qui le suit"];
/// Document, and what follows it.
pub const STANDARDS: [(&str, &str); 7] = [
    (
        "EN/IEC 62676-4, systèmes de vidéosurveillance : lignes directrices d’application",
        "Les niveaux de densité de pixels (DORI, OODPCVS). Les valeurs proviennent de sources secondaires, comme l’indiquent les \
         limites ; le texte de la norme n’a pas été consulté.",
    ),
    (
        "ISO/IEC 27037:2012, traitement des preuves numériques",
        "Ses objectifs, non ses procédures de saisie : chaque étape peut être contrôlée (custody.jsonl), répétée sur la même machine \
         et reproduite sur une autre (voir « Reproductibilité »).",
    ),
    (
        "SWGDE 17-I-001, version 1.1, intégrité des images",
        "L’original n’est pas modifié ; son empreinte numérique est calculée avant le décodage et comparée à celle de ce qui a été \
         analysé.",
    ),
    (
        "ENFSI-BPM-DI-01 (2018), comparaison d’images faciales",
        "Uniquement son exigence que la validation, l’incertitude et les limites soient indiquées. Aucun visage n’a été comparé à un \
         visage d’une autre provenance, et aucun avis n’est donné sur l’identité de quiconque.",
    ),
    (
        "Wilson 1927 ; Kaplan et Meier 1958 ; Politis et Romano 1992 (bootstrap circulaire par blocs)",
        "Intervalles des proportions, des durées de présence interrompues par les limites de l’enregistrement, et des moyennes sur \
         des images qui ressemblent à leurs voisines.",
    ),
    (
        "Dooley et al. 2022 (arXiv 2211.15937) ; Hendrycks et Dietterich 2019",
        "Manière dont les enregistrements sont dégradés, et dont les résultats obtenus sont comparés à ceux des enregistrements \
         d’origine.",
    ),
    (
        "RFC 6962, RFC 3161, minisign, déclaration in-toto v1 dans une enveloppe DSSE",
        "L’arbre établi sur tous les fichiers, l’horodatage par une autorité, et les signatures.",
    ),
];
