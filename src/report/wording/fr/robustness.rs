//! Words for what changes when the picture gets worse.

use super::{measures, quantity};
use crate::wording::ChartText;
use vsa_record::quantity::Quantity;
use vsa_record::reading::Figure;
use vsa_record::robustness::{ComparedQuantity, Corruption, Perturbation};

/// Heading.
pub const ROBUSTNESS_HEADING: &str = "Ce qui change lorsque l’image se dégrade";
/// What was done.
pub const ROBUSTNESS_LEAD: &str = "Chaque image a été dégradée de chacune de ces manières, puis analysée de nouveau par les mêmes \
    modèles. Le traitement des images d’origine sert de référence : les proportions ci-dessous comparent le programme à lui-même, \
    non à ce qui était présent.";
/// Nothing was done.
pub const NOT_DEGRADED: &str = "Non mesuré : les enregistrements n’ont pas été dégradés puis analysés de nouveau lors de ce \
    traitement (voir `--robustness`). Comment les nombres changeraient de nuit, sous la pluie ou avec une caméra moins bonne, le \
    présent rapport ne permet pas de le dire.";
/// How to read it.
pub const ROBUSTNESS_NOTES: &[(&str, &str)] = &[
    (
        "Source.",
        "Méthode de Dooley et al. 2022 (arXiv 2211.15937), qui tiennent pour vrai ce qui est trouvé dans l’image d’origine ; \
         dégradations et degrés d’après ImageNet-C (Hendrycks et Dietterich 2019).",
    ),
    (
        "Ce que cela ne dit pas.",
        "Une pluie et un brouillard calculés ne sont pas la pluie et le brouillard. Lorsque le traitement d’origine se trompe, \
         concorder avec lui est aussi se tromper.",
    ),
];
/// Head of the column of degradations.
pub const DEGRADATION: &str = "Dégradation";
/// Head of the column of quantities.
pub const QUANTITY: &str = "Grandeur";
/// Head of the column of the clean run.
pub const CLEAN: &str = "Origine";

/// Caption of a table; none: all degradations in one.
#[must_use]
pub fn robustness_caption(corruption: Option<Corruption>) -> String {
    let which = corruption.map_or_else(
        || "Toutes les grandeurs, d’origine et dégradées".to_owned(),
        |corruption| {
            format!(
                "Toutes les grandeurs, d’origine et dégradées ({})",
                self::corruption(corruption)
            )
        },
    );
    format!("{which}. Entre parenthèses, l’intervalle de confiance à 95 %.")
}

fn corruption(corruption: Corruption) -> &'static str {
    match corruption {
        Corruption::Blur => "flou",
        Corruption::Noise => "bruit",
        Corruption::LowLight => "faible éclairage",
        Corruption::Compression => "compression",
        Corruption::Fog => "brouillard",
        Corruption::Rain => "pluie",
        Corruption::Resolution => "moins de pixels",
        Corruption::FrameDrop => "images perdues",
    }
}

/// A degradation: `Low light, severity 3 of 5`.
#[must_use]
pub fn perturbation(way: Perturbation) -> String {
    let name = corruption(way.corruption);
    let (first, rest) = name.split_at(1);
    format!("{}{rest}, degré {} sur 5", first.to_uppercase(), way.severity)
}

/// A compared quantity.
#[must_use]
pub fn compared(of: &ComparedQuantity, part: Option<&str>) -> String {
    match of {
        ComparedQuantity::PeopleFoundAgain => "Personnes des images d’origine qui sont retrouvées".into(),
        ComparedQuantity::PeopleAlsoFoundClean => {
            "Personnes des images dégradées trouvées aussi dans les images d’origine".into()
        }
        ComparedQuantity::FacesFoundAgain => "Visages des images d’origine qui sont retrouvés".into(),
        ComparedQuantity::FacesAlsoFoundClean => {
            "Visages des images dégradées trouvés aussi dans les images d’origine".into()
        }
        ComparedQuantity::PeoplePerFrame => quantity(&Quantity::PeoplePerFrame),
        ComparedQuantity::OccupiedShare => quantity(&Quantity::OccupiedShare),
        ComparedQuantity::FacesPerFrame => quantity(&Quantity::FacesPerFrame),
        ComparedQuantity::PeopleWithFace => quantity(&Quantity::PeopleWithFace),
        ComparedQuantity::MedianStay => quantity(&Quantity::Stay { at: 0.5 }),
        ComparedQuantity::FragmentsPerPerson => quantity(&Quantity::Fragments),
        ComparedQuantity::SeenShare => quantity(&Quantity::SeenShare),
        ComparedQuantity::Figure { capability, name, at } => {
            let figure = Figure {
                name: *name,
                of: part.map(str::to_owned),
                at: *at,
                estimate: None,
            };
            measures::figure(&figure)
                .map_or_else(|| super::capability(*capability).to_owned(), |text| text.title)
        }
    }
}

/// The chart of who is still found.
#[must_use]
pub fn found_again(summary: &str) -> ChartText {
    ChartText {
        title: "Parmi les personnes trouvées dans l’image d’origine, combien sont retrouvées".into(),
        description: format!(
            "Proportion des personnes trouvées dans les images d’origine que le même modèle trouve au même endroit dans les images \
             dégradées. {summary}"
        ),
        caption: "La barre est l’intervalle de confiance à 95 %. Les personnes que le détecteur a manquées dès les images d’origine ne \
                  sont pas comptées."
            .into(),
        value_axis: "Proportion retrouvée".into(),
        other_axis: String::new(),
    }
}
