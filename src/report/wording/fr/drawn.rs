//! Frames that were drawn for a wanted precision.

use crate::formats::french as formats;
use vsa_record::drawn::{DrawnFacts, DrawnName, PrecisionFacts};

/// How many frames were looked at, why these, and whether it was enough.
#[must_use]
pub fn drawn(drawn: &DrawnFacts, precision: PrecisionFacts) -> String {
    let named = |reached: bool| -> Vec<&str> {
        let quantities = drawn.quantities.iter();
        quantities
            .filter(|it| it.reached == reached)
            .map(|it| name(it.name))
            .collect()
    };
    let mut text = format!(
        "{} sur {}, tirées au sort jusqu’à ce que les intervalles ne dépassent pas ±{} (la moitié de leur largeur\u{202f}; graine \
         {})\u{a0}: {} tirages d’une image sur {}, chacun à partir d’un départ aléatoire, en {} passages sur les enregistrements",
        formats::count(drawn.looked_at),
        formats::count(drawn.frames),
        formats::percent(precision.target),
        precision.seed,
        drawn.draws,
        drawn.spacing,
        drawn.passes
    );
    let (reached, missed) = (named(true), named(false));
    if !reached.is_empty() {
        text.push_str(&format!(
            "\u{202f}; précision atteinte pour {}",
            reached.join(", ")
        ));
    }
    if !missed.is_empty() {
        text.push_str(&format!(
            "\u{202f}; précision non atteinte pour {}",
            missed.join(", ")
        ));
    }
    text
}

fn name(name: DrawnName) -> &'static str {
    match name {
        DrawnName::PeoplePerFrame => "le nombre de personnes par image",
        DrawnName::OccupiedShare => "la proportion d’images avec au moins une personne",
        DrawnName::FacesPerFrame => "le nombre de visages par image",
    }
}
