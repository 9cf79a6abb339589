//! A vendor's sentence in, a verdict that stands up out: supported, refuted, inconclusive, or untestable as worded.
//!
//! | module | what comes in → what goes out |
//! |---|---|
//! | [`parse`] | a file that an auditor wrote → checked claims, or the faulty place |
//! | [`claim`] | the checked claim |
//! | `figures` | the name of a figure → the nearest ones, where there is none of that name |
//! | [`testable`] | a claim → the words that are missing before anything can be tested |
//! | [`alerts`] | a vendor's alerts and the events that happened → counts by recording |
//! | [`evidence`] | counts and how they came about → limits and p-values; [`chance`](vsa_statistics::chance) holds the distributions |
//! | [`decide`] | evidence → verdicts, many claims together; [`sequential`] for repeated looks |
//! | [`power`] | a claim → how much is needed to decide it |
//! | [`promises`] | a promise about data protection → what of it can be measured |
//! | [`sampling`] | an alert log → random moments to label; labels → precision and recall |
//! | [`examine`] | claims and evidence → the report of claims, whose types are in [`examined`] |
//!
//! Deliberately not here: pixels and persons (see `observe`), and words (see `report::wording`).

pub mod alerts;
pub mod claim;
pub mod decide;
pub mod evidence;
pub mod examine;
pub mod examined;
mod figures;
pub mod parse;
pub mod power;
pub mod promises;
pub mod sampling;
pub mod sequential;
pub mod testable;

pub use claim::Claim;
pub use examined::ClaimsReport;
