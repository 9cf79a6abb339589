//! The words of the labelling sheet.

use crate::report::formats::french as formats;

/// The kind of document.
pub const KICKER: &str = "Feuille d’annotation";
/// Its title.
pub const TITLE: &str = "Que se passe-t-il à chacun de ces moments ?";
/// That there is no picture.
pub const NO_STILLS: (&str, &str) = (
    "Cette feuille ne comporte pas d’images.",
    "La présente version ne sait pas anonymiser les personnes sur des images fixes, et les images de personnes ne doivent pas sortir \
     de l’audit. Rechercher les moments dans les enregistrements, là où ils sont conservés.",
);
/// What can be chosen, as it is written to the file, and in words.
pub const LABELS: [(&str, &str); 3] = [
    ("event", "événement"),
    ("nothing", "rien"),
    ("unclear", "indécidable"),
];
/// Heading above the labels.
pub const SAVE: &str = "Vos annotations";
/// How they are saved.
pub const SAVE_HOW: &str = "Lorsque tous les moments sont annotés, copier le texte ci-dessous dans un fichier labels.csv. Rien n’est \
    envoyé nulle part, et fermer cette page fait perdre ce qui n’a pas été copié.";

/// What to do.
#[must_use]
pub fn introduction(event: &str, seconds: f64) -> String {
    format!(
        "Regarder chaque moment de {} pour y rechercher : {event}. Choisir « événement » si cela se produit à un instant quelconque du \
         moment. Les moments sont dans un ordre aléatoire, avec et sans alerte du système ; il n’est pas dit lesquels, afin que ce \
         que le système a signalé ne puisse influencer ce que vous voyez.",
        formats::seconds(seconds)
    )
}

/// Where and when to look.
#[must_use]
pub fn moment(camera: &str, when: &str) -> String {
    if camera.is_empty() {
        format!("à partir de {when}")
    } else {
        format!("{camera}, à partir de {when}")
    }
}
