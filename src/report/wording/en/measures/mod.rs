//! Words for what the measures read: one file for each room of measures. In: names. Out: titles and explanations.
//! Deliberately not here: numbers (see `formats`).

mod appearance;
mod events;
mod ground;

use crate::record::reading::{Capability, DistributionName, Figure};

/// Words for one figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureText {
    /// What it is, with its threshold and zone where it has them: `People faster than 2.5 m/s`.
    pub title: String,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

/// Words for one distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DistributionText {
    /// States what is spread: `How fast people walk`.
    pub title: &'static str,
    /// Name of the axis, without its unit.
    pub axis: &'static str,
    /// What is counted in the columns: `people`.
    pub counted: &'static str,
    /// The limit of what it shows.
    pub limit: &'static str,
}

/// What a reader has to know of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasureText {
    /// What is measured, and how, in plain words.
    pub definition: &'static str,
    /// Where the definition and its thresholds come from.
    pub source: &'static str,
    /// What a higher or a lower detection threshold does to it.
    pub sensitivity: &'static str,
    /// What it cannot tell.
    pub cannot_tell: &'static str,
}

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
