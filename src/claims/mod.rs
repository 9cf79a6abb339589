//! A vendor's sentence in, a verdict that stands up out: supported, refuted, inconclusive, or untestable as worded.
//!
//! | module | what comes in → what goes out |
//! |---|---|
//! | [`parse`] | a file that an auditor wrote → checked claims, or the faulty place |
//! | [`claim`] | the checked claim |
//! | [`testable`] | a claim → the words that are missing before anything can be tested |
//!
//! Deliberately not here: pixels and persons (see `observe`), and words (see `report::wording`).

pub mod claim;
pub mod parse;
pub mod testable;

pub use claim::Claim;
