//! Frames that were drawn for a wanted precision.

use super::formats;
use vsa_record::drawn::{DrawnFacts, DrawnName, PrecisionFacts};

/// How many frames were looked at, why these, and whether it was enough.
#[must_use]
pub fn drawn(drawn: &DrawnFacts, precision: PrecisionFacts) -> String {
    words! {
        en {
            let reached: Vec<&str> = drawn
                .quantities
                .iter()
                .filter(|it| it.reached)
                .map(|it| name(it.name))
                .collect();
            let missed: Vec<&str> = drawn
                .quantities
                .iter()
                .filter(|it| !it.reached)
                .map(|it| name(it.name))
                .collect();
            let mut text = format!(
                "{} of {}, drawn at random until intervals were within {} (half their width; seed {}): {} draws of every {}th \
                 frame, each from a random start, in {} passes over the footage",
                formats::count(drawn.looked_at),
                formats::count(drawn.frames),
                formats::percent(precision.target),
                precision.seed,
                drawn.draws,
                drawn.spacing,
                drawn.passes
            );
            if !reached.is_empty() {
                text.push_str(&format!("; reached for {}", reached.join(", ")));
            }
            if !missed.is_empty() {
                text.push_str(&format!("; not reached for {}", missed.join(", ")));
            }
            text
        },
        fr {
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
        },
    }
}

fn name(name: DrawnName) -> &'static str {
    match name {
        DrawnName::PeoplePerFrame => words! { en "people in a frame", fr "le nombre de personnes par image" },
        DrawnName::OccupiedShare => words! { en "share of frames with anybody",
                                             fr "la proportion d’images avec au moins une personne" },
        DrawnName::FacesPerFrame => words! { en "faces in a frame", fr "le nombre de visages par image" },
    }
}
