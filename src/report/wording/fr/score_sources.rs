//! The words of the page of scores about files and limits. In: nothing. Out: fixed sentences.

/// Short name in the contents.
pub const FILES_NAME: &str = "Fichiers";
/// Heading.
pub const FILES_TITLE: &str = "Ce qui a été lu";
/// Leads in.
pub const FILES_LEAD: &str =
    "Les fichiers sont désignés par leur empreinte numérique ; leurs noms pourraient nommer des personnes.";
/// Fact.
pub const FORMAT: &str = "Format de fichier";
/// Fact.
pub const FILES: &str = "Fichiers";
/// Fact.
pub const PICTURES: &str = "Nombre d’images";
/// Fact.
pub const BOXES: &str = "Cadres";
/// Fact.
pub const DIGEST: &str = "Empreinte SHA-256";
/// Fact.
pub const SKIPPED: &str = "Lignes écartées";
/// Heading.
pub const CHECKS: &str = "Ce qui a été constaté";
/// Nothing was.
pub const NO_CHECKS: &str = "Rien qui affecte les résultats : les échelles, les images, les classes et les scores des deux côtés \
    concordent.";

/// Short name in the contents.
pub const LIMITS_NAME: &str = "Limites";
/// Heading.
pub const LIMITS_TITLE: &str = "Ce que ces résultats ne peuvent dire";
/// Leads in.
pub const LIMITS_LEAD: &str = "Chacune de ces limites vaut pour tous les résultats qui précèdent.";
/// Title and text.
pub const LIMITS: [(&str, &str); 3] = [
    (
        "Les annotations sont tenues pour vraies.",
        "Quiconque n’est pas annoté ne compte pour personne : le trouver est un faux positif.",
    ),
    (
        "D’autres enregistrements peuvent différer davantage que ne le disent les intervalles.",
        "Ceux-ci rendent compte de ce qui distingue entre elles les images de ces fichiers. Une autre caméra, une autre ville ou une \
         autre saison est une autre question.",
    ),
    (
        "La précision moyenne ne vaut pour aucun point de fonctionnement.",
        "Une caméra en service a un seul seuil ; la précision, le rappel et les fausses alarmes à ce seuil disent ce qui se produit.",
    ),
];
/// Title and text.
pub const LIMITS_OF_GROUPS: [(&str, &str); 2] = [
    (
        "Les groupes sont tels que quelqu’un les a annotés.",
        "L’impression d’un annotateur quant à l’âge, au genre ou à la peau n’établit rien sur une personne ; les erreurs d’annotation \
         réduisent ou accroissent les écarts.",
    ),
    (
        "Les deux groupes extrêmes ont été retenus parce qu’ils sont éloignés l’un de l’autre.",
        "Parmi de nombreux groupes, certains s’écartent par hasard : le test portant sur toutes les paires ensemble en tient compte, \
         l’intervalle du plus grand écart non.",
    ),
];
