//! The words of the page of scores about files and limits. In: nothing. Out: fixed sentences.

sections! {
    /// The files.
    section_files => ("files") (en "Files", fr "Fichiers") (en "What was read", fr "Ce qui a été lu")
        (en "Files are named by their digests; their names may name people.",
         fr "Les fichiers sont désignés par leur empreinte numérique ; leurs noms pourraient nommer des personnes.");
    /// Limits.
    section_limits => ("limits") (en "Limits", fr "Limites")
        (en "What these figures cannot tell", fr "Ce que ces résultats ne peuvent dire")
        (en "Each limit holds for every figure above.", fr "Chacune de ces limites vaut pour tous les résultats qui précèdent.");
}

sentences! {
    /// Terms of a side's facts.
    pub const FILE_TERMS[4] =
        (en "Format", fr "Format de fichier") (en "Files", fr "Fichiers") (en "Pictures", fr "Nombre d’images")
        (en "Boxes", fr "Cadres");
    /// Fact.
    pub const DIGEST = en "SHA-256", fr "Empreinte SHA-256";
    /// Fact.
    pub const SKIPPED = en "Rows left out", fr "Lignes écartées";
    /// Heading.
    pub const CHECKS = en "What was noticed", fr "Ce qui a été constaté";
    /// Nothing was.
    pub const NO_CHECKS =
        en "Nothing that bears on the figures: scales, frames, classes and scores of both sides fit each other.",
        fr "Rien qui affecte les résultats : les échelles, les images, les classes et les scores des deux côtés concordent.";
}

/// Title and text.
pub const LIMITS: [(&str, &str); 3] = pairs! {
    (en "Labels are taken for true.", fr "Les annotations sont tenues pour vraies.")
        (en "Whoever is not labelled counts as nobody: finding them is a false positive.",
         fr "Quiconque n’est pas annoté ne compte pour personne : le trouver est un faux positif.");
    (en "Other footage may differ more than the intervals say.",
     fr "D’autres enregistrements peuvent différer davantage que ne le disent les intervalles.")
        (en "They reflect how pictures of these files differ from each other. Another camera, city or season is another question.",
         fr "Ceux-ci rendent compte de ce qui distingue entre elles les images de ces fichiers. Une autre caméra, une autre \
             ville ou une autre saison est une autre question.");
    (en "Average precision belongs to no operating point.", fr "La précision moyenne ne vaut pour aucun point de fonctionnement.")
        (en "A camera in use has one threshold; precision, recall and false alarms at that threshold say what happens.",
         fr "Une caméra en service a un seul seuil ; la précision, le rappel et les fausses alarmes à ce seuil disent ce qui se \
             produit.");
};

/// Title and text.
pub const LIMITS_OF_GROUPS: [(&str, &str); 2] = pairs! {
    (en "Groups are as somebody labelled them.", fr "Les groupes sont tels que quelqu’un les a annotés.")
        (en "An annotator’s impression of age, gender or skin is no fact about a person; errors of annotation make gaps smaller \
             or larger.",
         fr "L’impression d’un annotateur quant à l’âge, au genre ou à la peau n’établit rien sur une personne ; les erreurs \
             d’annotation réduisent ou accroissent les écarts.");
    (en "The best and the worst group were chosen because they lie apart.",
     fr "Les deux groupes extrêmes ont été retenus parce qu’ils sont éloignés l’un de l’autre.")
        (en "Of many groups some lie apart by chance: the test for all pairs together allows for that, the interval of the widest \
             gap does not.",
         fr "Parmi de nombreux groupes, certains s’écartent par hasard : le test portant sur toutes les paires ensemble en tient \
             compte, l’intervalle du plus grand écart non.");
};
