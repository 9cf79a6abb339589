//! Error rates: what is known of each model's, on which data, and how like this footage those data are.

use super::sections::section;
use crate::formats::french as formats;
use crate::wording::SectionText;

/// Validation.
#[must_use]
pub fn section_validation() -> SectionText {
    section(
        "validation",
        "Vérification",
        "À quelle fréquence les modèles se trompent, pour autant que cela soit connu",
        "Un taux d’erreur vaut pour les données sur lesquelles il a été mesuré. Qu’il vaille pour les présents enregistrements dépend \
         de leur ressemblance avec ces données.",
    )
}
/// What is not known.
pub const ERRORS_HERE: (&str, &str) = (
    "Aucun taux d’erreur n’a été mesuré sur les présents enregistrements.",
    "Il faudrait pour cela que des personnes annotent chaque personne et chaque visage d’une partie d’entre eux. À partir de telles \
     annotations, « vsa-audit evaluate » mesure combien les détecteurs en ont manqué et combien ils en ont signalé à tort, avec des \
     intervalles, par taille et par groupe.",
);
/// By group.
pub const ERRORS_BY_GROUP: (&str, &str) = (
    "Aucun taux d’erreur selon l’âge, le genre ou la couleur de peau n’est connu de ces modèles sur des enregistrements comme ceux-ci.",
    "Cela ne signifie pas que ce taux soit nul. Des études publiées ont constaté que les détecteurs de visages manquent certains \
     groupes plus souvent que d’autres, surtout sous un faible éclairage (Dooley et al., arXiv 2211.15937).",
);
/// Caption of the table of models.
pub const ERRORS_CAPTION: &str = "Ce qui est connu des erreurs des modèles. Chaque chiffre indique sur quelles données il repose. Les \
    chiffres publiés ne sont assortis d’aucun intervalle.";
/// Its columns.
pub const ERROR_COLUMNS: [&str; 4] = [
    "Modèle",
    "Données d’entraînement (déclarées)",
    "Chiffre publié",
    "Mesuré par le présent projet",
];
/// Where the registry does not know a model.
pub const NOT_IN_REGISTRY: &str = "inconnu : le modèle ne figure pas au registre du programme";
/// Where this project has measured nothing.
pub const NOT_MEASURED_BY_US: &str =
    "rien qui soit confronté à des annotations, au seuil et avec le découpage employés ici";

/// `PETS 2009 S2.L1, 795 frames with 4,476 labelled boxes of people, …`. `figures`: share of the labels found, share of the boxes
/// that were people, false boxes per frame, each with its interval.
#[must_use]
pub fn measured_detector(
    data: &str,
    frames: u64,
    people: u64,
    score: f64,
    overlap: f64,
    [found, right, wrong]: &[String; 3],
    version: &str,
) -> String {
    format!(
        "{data}, {} images comportant {} cadres annotés de personnes, scores d’au moins {} : {found} d’entre eux trouvés ; {right} \
         des cadres signalés étaient des personnes ; faux positifs : {wrong} (recouvrement d’au moins {}, intervalles à 95 % par \
         bootstrap sur des passages de l’enregistrement, version {version})",
        formats::count(frames),
        formats::count(people),
        formats::decimal(score, 2),
        formats::decimal(overlap, 1),
    )
}

/// Heading above the comparison.
pub const LIKENESS_HEADING: &str = "Ressemblance entre ces données et les présents enregistrements";
/// Caption of the comparison.
#[must_use]
pub fn likeness_caption(data: &str, sha256: &str, labels_sha256: &str) -> String {
    format!(
        "{data}, données sur lesquelles le présent projet a mesuré les détecteurs de personnes, en regard des enregistrements examinés \
         ici. SHA-256 de cet enregistrement : {sha256} ; de ses annotations : {labels_sha256}."
    )
}
/// Its columns.
pub const LIKENESS_COLUMNS: [&str; 3] = ["", "Données de la mesure", "Présents enregistrements"];
/// Its rows.
pub const LIKENESS_ROWS: [&str; 4] = ["Image", "Images analysées", "Personnes par image", "Scène"];
/// The data's scene.
pub const PETS_SCENE: &str = "une caméra en extérieur, de jour, des piétons à moyenne distance";
/// This footage's.
pub const SCENE_NOT_DESCRIBED: &str = "à apprécier en la regardant";
/// People who were labelled, per frame.
#[must_use]
pub fn labelled_per_frame(mean: f64) -> String {
    format!("{} (annotées)", formats::decimal(mean, 1))
}
/// People who were reported, per frame.
#[must_use]
pub fn reported_per_frame(text: &str) -> String {
    format!("{text}, signalées")
}
/// The footage is the one that was measured on.
pub const SAME_CLIP: &str = "L’enregistrement examiné ici est celui-là même dont proviennent ces chiffres. Les réglages du programme, \
    dont ses seuils, ont été choisis après que cet enregistrement eut été vu. Ces chiffres ne constituent donc pas une épreuve sur un \
    enregistrement inconnu, et les modèles peuvent faire mieux ou moins bien ailleurs.";
/// It is another.
pub const OTHER_CLIP: &str = "Les réglages du programme ont été choisis après que l’enregistrement de cette mesure eut été vu : ces \
    chiffres ne constituent donc pas une épreuve sur un enregistrement inconnu. Nul n’a mesuré s’ils valent pour les \
    enregistrements examinés ici.";
/// Nothing was measured for the models of this run.
pub const NOTHING_MEASURED: &str = "Pour les modèles employés ici, le présent projet n’a rien mesuré à partir d’annotations. Les chiffres \
    publiés proviennent de collections de photographies ; nul n’a mesuré dans quelle mesure elles ressemblent aux présents \
    enregistrements.";
