//! The words of the labelling sheet.

use crate::formats::french as formats;
use vsa_record::redaction::{RedactStyle, RedactWhat};

/// The kind of document.
pub const KICKER: &str = "Feuille d’annotation";
/// Its title.
pub const TITLE: &str = "Que se passe-t-il à chacun de ces moments ?";
/// That there is no picture.
pub const NO_STILLS: (&str, &str) = (
    "Cette feuille ne comporte pas d’images.",
    "Les images de personnes ne doivent pas sortir de l’audit, et aucune vue masquée n’a été demandée. Rechercher les moments dans \
     les enregistrements, là où ils sont conservés.",
);

/// Que les vues sont masquées, et ce que cela vaut.
#[must_use]
pub fn stills(what: RedactWhat, style: RedactStyle) -> (String, String) {
    let who = match what {
        RedactWhat::Faces => "Les visages trouvés",
        RedactWhat::Heads => "Les visages et les têtes trouvés",
        RedactWhat::People => "Les personnes trouvées",
    };
    let (masked, how) = match (what, style) {
        (RedactWhat::People, RedactStyle::Solid) => ("masquées", "des rectangles noirs"),
        (RedactWhat::People, RedactStyle::Silhouette) => ("masquées", "des silhouettes d’une seule couleur"),
        (RedactWhat::People, RedactStyle::Mosaic) => ("masquées", "une mosaïque grossière"),
        (_, RedactStyle::Solid) => ("masqués", "des rectangles noirs"),
        (_, RedactStyle::Silhouette) => ("masqués", "des silhouettes d’une seule couleur"),
        (_, RedactStyle::Mosaic) => ("masqués", "une mosaïque grossière"),
    };
    (
        format!("{who} sont {masked} dans les vues par {how}."),
        "Une personne peut avoir échappé à la détection\u{a0}: ne pas transmettre cette page. Une vue noire est celle d’une image qui \
         n’a pas pu être lue sans dommage. Lorsque les vues ne suffisent pas, rechercher le moment dans les enregistrements."
            .to_owned(),
    )
}

/// Une vue, pour qui ne la voit pas.
#[must_use]
pub fn still(at: usize, of: usize, is_black: bool) -> String {
    if is_black {
        format!("Vue {at} sur {of}\u{a0}: noire, l’image n’a pas pu être lue sans dommage")
    } else {
        format!("Vue {at} sur {of}")
    }
}

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
