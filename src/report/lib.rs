//! Record and findings in, one [`Document`] out, and from it every format. A format computes nothing.
//!
//! | module | what comes in → what goes out |
//! |---|---|
//! | `compose` | a record and its findings → the document: what is said, in which order |
//! | [`wording`] | a typed statement → a sentence: the only place with words |
//! | [`formats`] | a number → text, no finer than its interval allows |
//! | [`document`] | the one object |
//! | `charts` | a chart's data → SVG |
//! | [`json`], [`html`], [`pdf`] | the document → bytes |
//!
//! Deliberately not here: judgement (see `audits`), and writing into folders (see `cli`).
#![expect(
    clippy::duplicate_mod,
    reason = "the sentences are compiled once for each language, so that both stand side by side"
)]

mod charts;
mod compose;
pub mod document;
pub mod formats;
pub mod html;
pub mod json;
pub mod pdf;
pub mod sheet;
pub mod stills;
pub mod wording;

pub use compose::claims::document as claims_document;
pub use compose::scores::document as scores_document;
pub use document::Document;

/// The plan that would make `record` again, as the report prints it (TOML).
#[must_use]
pub fn plan_text(record: &vsa_record::Record) -> String {
    compose::plan_text(record)
}
