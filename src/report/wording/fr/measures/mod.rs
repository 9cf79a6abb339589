//! Words for what the measures read: one file for each room of measures. In: names. Out: titles and explanations.
//! Deliberately not here: numbers (see `formats`).

mod appearance;
mod events;
mod ground;

use crate::wording::{DistributionText, FigureText, MeasureText};
use vsa_record::reading::{Capability, DistributionName, Figure};

/// Words for a figure; none: it has no words yet.
#[must_use]
pub fn figure(figure: &Figure) -> Option<FigureText> {
    ground::figure(figure)
        .or_else(|| appearance::figure(figure))
        .or_else(|| events::figure(figure))
}

/// Words for a distribution; none: it has no words yet.
#[must_use]
pub fn distribution(name: DistributionName) -> Option<DistributionText> {
    ground::distribution(name)
        .or_else(|| appearance::distribution(name))
        .or_else(|| events::distribution(name))
}

/// Words for a measure; none: it has no words yet.
#[must_use]
pub fn measure(capability: Capability) -> Option<MeasureText> {
    ground::measure(capability)
        .or_else(|| appearance::measure(capability))
        .or_else(|| events::measure(capability))
}

/// What a label is about: the record names it in English.
#[must_use]
pub(super) fn attribute(name: &str) -> &str {
    match name {
        "age" => "âge",
        "gender" => "genre",
        "emotion" => "émotion",
        "mask" => "masque",
        "label" => "étiquette",
        other => other,
    }
}
