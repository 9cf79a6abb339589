//! The words of the labelling sheet.

use super::formats;
use vsa_record::redaction::{RedactStyle, RedactWhat};

sentences! {
    /// The kind of document.
    pub const KICKER = en "Labelling sheet", fr "Feuille d’annotation";
    /// Its title.
    pub const TITLE = en "What happens in each of these moments?", fr "Que se passe-t-il à chacun de ces moments ?";
    /// That there is no picture.
    pub const NO_STILLS =
        (en "There are no pictures on this sheet.", fr "Cette feuille ne comporte pas d’images.")
        (en "Pictures of people may not leave the audit, and redacted ones were not asked for. Look the moments up in the \
             footage, where it is kept.",
         fr "Les images de personnes ne doivent pas sortir de l’audit, et aucune vue masquée n’a été demandée. Rechercher les \
             moments dans les enregistrements, là où ils sont conservés.");
}

/// That pictures are redacted, and what that is worth.
pub fn stills(what: RedactWhat, style: RedactStyle) -> (String, String) {
    let who = match what {
        RedactWhat::Faces => words! { en "Faces that were found", fr "Les visages trouvés" },
        RedactWhat::Heads => words! { en "Faces and heads that were found", fr "Les visages et les têtes trouvés" },
        RedactWhat::People => words! { en "People who were found", fr "Les personnes trouvées" },
    };
    let masked = match what {
        RedactWhat::People => words! { en "masked", fr "masquées" },
        RedactWhat::Faces | RedactWhat::Heads => words! { en "masked", fr "masqués" },
    };
    let how = match style {
        RedactStyle::Solid => words! { en "black boxes", fr "des rectangles noirs" },
        RedactStyle::Silhouette => words! { en "shapes in one colour", fr "des silhouettes d’une seule couleur" },
        RedactStyle::Mosaic => words! { en "a coarse mosaic", fr "une mosaïque grossière" },
    };
    let masking = text! { en "{who} are {masked} in the stills, by {how}.",
                          fr "{who} sont {masked} dans les vues par {how}." };
    let limit = words! {
        en "Somebody may have been overlooked: do not hand this page on. A black still is of a frame that could not be \
            read soundly. Where the stills do not tell, look the moment up in the footage.",
        fr "Une personne peut avoir échappé à la détection\u{a0}: ne pas transmettre cette page. Une vue noire est \
            celle d’une image qui n’a pas pu être lue sans dommage. Lorsque les vues ne suffisent pas, rechercher le \
            moment dans les enregistrements." };
    (masking, limit.to_owned())
}

/// A still, for those who do not see it.
pub fn still(at: usize, of: usize, is_black: bool) -> String {
    if is_black { text! { en "Still {at} of {of}: black, the frame could not be read soundly",
                          fr "Vue {at} sur {of}\u{a0}: noire, l’image n’a pas pu être lue sans dommage" } } else { text! {
                              en "Still {at} of {of}",
                              fr "Vue {at} sur {of}" } }
}

/// What can be chosen, as it is written to the file, and in words.
pub const LABELS: [(&str, &str); 3] = pairs! {
    ("event") (en "event", fr "événement");
    ("nothing") (en "nothing", fr "rien");
    ("unclear") (en "cannot be told", fr "indécidable");
};

sentences! {
    /// Heading above the labels.
    pub const SAVE = en "Your labels", fr "Vos annotations";
    /// How they are saved.
    pub const SAVE_HOW =
        en "When all moments are labelled, copy the text below into a file labels.csv. Nothing is sent anywhere, and closing \
            this page loses what was not copied.",
        fr "Lorsque tous les moments sont annotés, copier le texte ci-dessous dans un fichier labels.csv. Rien n’est envoyé \
            nulle part, et fermer cette page fait perdre ce qui n’a pas été copié.";
    /// What to do.
    pub fn introduction(event: &str, seconds: f64) =
        en "Look at each moment of {} for: {event}. Choose “event” if it happens at any time within the moment. The moments are \
            in random order, with and without alerts of the system; which is which is not told, so that what the system said \
            cannot sway what you see.",
        fr "Regarder chaque moment de {} pour y rechercher : {event}. Choisir « événement » si cela se produit à un instant \
            quelconque du moment. Les moments sont dans un ordre aléatoire, avec et sans alerte du système ; il n’est pas dit \
            lesquels, afin que ce que le système a signalé ne puisse influencer ce que vous voyez." (formats::seconds(seconds));
}

/// Where and when to look.
pub fn moment(camera: &str, when: &str) -> String {
    if camera.is_empty() { text! { en "from {when}", fr "à partir de {when}" } } else { text! {
        en "{camera}, from {when}",
        fr "{camera}, à partir de {when}" } }
}
