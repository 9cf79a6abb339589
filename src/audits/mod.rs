//! A record in, findings out: one question per file, grouped as *seen, recognisable, followed, judged, reliable*.
//!
//! [`run_all`] hands every audit nothing but the evidence that it declares, and answers itself where there is none.
//! Deliberately not here: words (`report::wording`), an overall score (there is none), footage.

mod bodies_reach_observation;
mod decide;
mod everyone_unrecognisable;
mod evidence;
mod faces_reach_identification;
mod faces_reach_recognition;
pub mod finding;
mod footage_is_intact;
mod loitering_is_observable;
mod meta;
#[cfg(test)]
mod names;
mod people_can_be_followed_through_the_view;
mod run;
mod somebody_is_usually_in_view;
mod thresholds;

pub use finding::{AuditId, Finding, Group, Limit, Side, Threshold, ThresholdSource, Verdict};
pub use run::run_all;
#[cfg(test)]
use run::run_order;
// Printed beside the finding that uses it.
pub(crate) use thresholds::LOITERING_SECONDS;
