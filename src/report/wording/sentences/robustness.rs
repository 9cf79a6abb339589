//! Words for what changes when the picture gets worse.

use super::terms::capitalised;
use super::{measures, quantity};
use crate::wording::ChartText;
use vsa_record::quantity::Quantity;
use vsa_record::reading::Figure;
use vsa_record::robustness::{ComparedQuantity, Corruption, Perturbation};

sentences! {
    /// Heading.
    pub const ROBUSTNESS_HEADING = en "What changes when the picture gets worse", fr "Ce qui change lorsque l’image se dégrade";
    /// What was done.
    pub const ROBUSTNESS_LEAD =
        en "Every frame was degraded in each of these ways and looked at again by the same models. The clean run is the \
            reference: the shares below compare the program with itself, not with what was there.",
        fr "Chaque image a été dégradée de chacune de ces manières, puis analysée de nouveau par les mêmes modèles. Le \
            traitement des images d’origine sert de référence : les proportions ci-dessous comparent le programme à lui-même, \
            non à ce qui était présent.";
    /// Nothing was done.
    pub const NOT_DEGRADED =
        en "Not measured: the footage was not degraded and looked at again in this run (see `--robustness`). How the numbers \
            would change by night, in rain or with a worse camera is not known from this report.",
        fr "Non mesuré : les enregistrements n’ont pas été dégradés puis analysés de nouveau lors de ce traitement (voir \
            `--robustness`). Comment les nombres changeraient de nuit, sous la pluie ou avec une caméra moins bonne, le présent \
            rapport ne permet pas de le dire.";
    /// Head of the column of degradations.
    pub const DEGRADATION = en "Degradation", fr "Dégradation";
    /// Head of the column of quantities.
    pub const QUANTITY = en "Quantity", fr "Grandeur";
    /// Head of the column of the clean run.
    pub const CLEAN = en "Clean", fr "Origine";
}

/// How to read it.
pub const ROBUSTNESS_NOTES: &[(&str, &str)] = &pairs! {
    ("Source.")
        (en "Method of Dooley et al. 2022 (arXiv 2211.15937), who take what is found in the clean picture for the truth; \
             degradations and severities after ImageNet-C (Hendrycks and Dietterich 2019).",
         fr "Méthode de Dooley et al. 2022 (arXiv 2211.15937), qui tiennent pour vrai ce qui est trouvé dans l’image d’origine ; \
             dégradations et degrés d’après ImageNet-C (Hendrycks et Dietterich 2019).");
    (en "What it cannot tell.", fr "Ce que cela ne dit pas.")
        (en "Computed rain and fog are not rain and fog. Where the clean run is wrong, agreeing with it is wrong too.",
         fr "Une pluie et un brouillard calculés ne sont pas la pluie et le brouillard. Lorsque le traitement d’origine se \
             trompe, concorder avec lui est aussi se tromper.");
};

/// Caption of a table; none: all degradations in one.
pub fn robustness_caption(corruption: Option<Corruption>) -> String {
    let which = match corruption {
        None => words! { en "Every quantity, clean and degraded",
                         fr "Toutes les grandeurs, d’origine et dégradées" }.to_owned(),
        Some(one) => text! { en "Every quantity, clean and with {}",
                             fr "Toutes les grandeurs, d’origine et dégradées ({})"; self::corruption(one) },
    };
    text! { en "{which}. In brackets the 95\u{202f}% interval.",
            fr "{which}. Entre parenthèses, l’intervalle de confiance à 95 %." }
}

each! {
    fn corruption(Corruption);
    Blur => en "blur", fr "flou";
    Noise => en "noise", fr "bruit";
    LowLight => en "low light", fr "faible éclairage";
    Compression => "compression";
    Fog => en "fog", fr "brouillard";
    Rain => en "rain", fr "pluie";
    Resolution => en "fewer pixels", fr "moins de pixels";
    FrameDrop => en "lost frames", fr "images perdues";
}

/// A degradation: `Low light, severity 3 of 5`.
pub fn perturbation(way: Perturbation) -> String {
    let name = capitalised(corruption(way.corruption));
    text! { en "{name}, severity {} of 5", fr "{name}, degré {} sur 5"; way.severity }
}

/// A compared quantity.
pub fn compared(of: &ComparedQuantity, part: Option<&str>) -> String {
    match of {
        ComparedQuantity::PeopleFoundAgain => words! { en "People of the clean frames who are found again",
                                                       fr "Personnes des images d’origine qui sont retrouvées" }.into(),
        ComparedQuantity::PeopleAlsoFoundClean => words! {
            en "People of the degraded frames who were found in the clean ones",
            fr "Personnes des images dégradées trouvées aussi dans les images d’origine" }.into(),
        ComparedQuantity::FacesFoundAgain => words! { en "Faces of the clean frames that are found again",
                                                      fr "Visages des images d’origine qui sont retrouvés" }.into(),
        ComparedQuantity::FacesAlsoFoundClean => words! {
            en "Faces of the degraded frames that were found in the clean ones",
            fr "Visages des images dégradées trouvés aussi dans les images d’origine" }.into(),
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
pub fn found_again(summary: &str) -> ChartText {
    ChartText {
        title: words! { en "Of the people found in the clean picture, so many are found again",
                        fr "Parmi les personnes trouvées dans l’image d’origine, combien sont retrouvées" }.into(),
        description: text! {
            en "Share of the people found in the clean frames that the same model finds at the same place in degraded ones. \
                {summary}",
            fr "Proportion des personnes trouvées dans les images d’origine que le même modèle trouve au même endroit dans les \
                images dégradées. {summary}" },
        caption: words! {
            en "The bar is the 95\u{202f}% interval. People whom the detector missed already in the clean frames are not counted.",
            fr "La barre est l’intervalle de confiance à 95 %. Les personnes que le détecteur a manquées dès les images d’origine \
                ne sont pas comptées." }.into(),
        value_axis: words! { en "Share found again", fr "Proportion retrouvée" }.into(),
        other_axis: String::new(),
    }
}
