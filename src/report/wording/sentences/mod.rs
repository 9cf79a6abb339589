//! Every sentence in both languages, side by side. Each file holds the words of one part of the report. This tree is
//! compiled once for each language: `words!` and `text!` keep the words of that one (see `wording`).
//! Rules: a title states what is the case; the limit of a statement stands beside it; no number without its interval
//! or the remark that it was counted in full; likelihoods are never put into words.
//! French as an expert appointed by a French court would write it: the words of the field (piste, apparition, fausse
//! alarme, intervalle de confiance, empreinte numérique) are always the same; numerals where English has numerals.
//! Spaces before `; ! ? %` are U+202F, before `:` and within « » U+00A0, apostrophes are ’: a test finds the others.

use super::formats;

mod answer;
mod audit_texts;
mod caveats;
mod chart_texts;
pub mod claims;
mod confinement;
mod cost;
mod decree;
mod drawn;
mod engine;
mod exhibit;
mod findings;
mod glossary;
pub mod measures;
mod method;
mod page;
mod provenance;
mod quantities;
mod readings;
mod robustness;
pub mod score_checks;
mod score_groups;
pub mod score_names;
mod score_sources;
pub mod scores;
mod seal;
mod sections;
mod sensitivity;
pub mod sheet;
mod stills;
mod terms;
mod validation;

pub use answer::*;
pub use caveats::*;
pub use chart_texts::*;
pub use confinement::*;
pub use cost::*;
pub use decree::*;
pub use drawn::*;
pub use engine::*;
pub use exhibit::*;
pub use findings::*;
pub use glossary::*;
pub use method::*;
pub use page::*;
pub use provenance::*;
pub use quantities::*;
pub use readings::*;
pub use robustness::*;
pub use seal::*;
pub use sections::*;
pub use sensitivity::*;
pub use stills::*;
pub use terms::*;
pub use validation::*;
