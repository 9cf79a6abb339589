//! Frames that were drawn for a wanted precision.

use super::formats;
use vsa_record::drawn::{DrawnFacts, DrawnName, PrecisionFacts};

/// How many frames were looked at, why these, and whether it was enough.
pub fn drawn(drawn: &DrawnFacts, precision: PrecisionFacts) -> String {
    let named = |reached: bool| -> Vec<&str> {
        let quantities = drawn.quantities.iter().filter(|it| it.reached == reached);
        quantities.map(|it| name(it.name)).collect()
    };
    let mut text = text! {
        en "{} of {}, drawn at random until intervals were within {} (half their width; seed {}): {} draws of every {}th frame, \
            each from a random start, in {} passes over the footage",
        fr "{} sur {}, tirées au sort jusqu’à ce que les intervalles ne dépassent pas ±{} (la moitié de leur largeur\u{202f}; \
            graine {})\u{a0}: {} tirages d’une image sur {}, chacun à partir d’un départ aléatoire, en {} passages sur les \
            enregistrements";
        formats::count(drawn.looked_at),
        formats::count(drawn.frames),
        formats::percent(precision.target),
        precision.seed,
        drawn.draws,
        drawn.spacing,
        drawn.passes };
    let (reached, missed) = (named(true), named(false));
    if !reached.is_empty() {
        text.push_str(&text! { en "; reached for {}", fr "\u{202f}; précision atteinte pour {}"; reached.join(", ") });
    }
    if !missed.is_empty() {
        text.push_str(&text! { en "; not reached for {}", fr "\u{202f}; précision non atteinte pour {}"; missed.join(", ") });
    }
    text
}

each! {
    fn name(DrawnName);
    PeoplePerFrame => en "people in a frame", fr "le nombre de personnes par image";
    OccupiedShare => en "share of frames with anybody", fr "la proportion d’images avec au moins une personne";
    FacesPerFrame => en "faces in a frame", fr "le nombre de visages par image";
}
