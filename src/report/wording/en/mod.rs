//! English. Each file holds the words of one part of the report.
//! Rules: a title states what is the case; the limit of a statement stands beside it; no number without its interval
//! or the remark that it was counted in full; likelihoods are never put into words.

mod answer;
mod audit_texts;
mod caveats;
mod chart_texts;
pub mod claims;
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
