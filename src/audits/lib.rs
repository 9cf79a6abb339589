//! A record in, findings out: one question per file, grouped as *seen, recognisable, followed, judged, reliable*.
//!
//! [`run_all`] hands every audit nothing but the evidence that it declares, and answers itself where there is none.
//! Deliberately not here: words (`report::wording`), an overall score (there is none), footage.

mod attribute_labels_flip;
mod bodies_reach_observation;
mod clothing_singles_people_out;
mod counter_flow_would_be_reported;
mod crowd_movements_would_be_reported;
mod crowds_are_dense;
mod decide;
mod everyone_unrecognisable;
mod evidence;
mod faces_can_be_told_apart;
mod faces_reach_identification;
mod faces_reach_recognition;
mod falls_would_be_reported;
pub mod finding;
mod footage_is_intact;
mod gait_is_usable;
mod left_objects_would_be_reported;
mod loitering_is_observable;
mod meta;
#[cfg(test)]
mod names;
mod people_are_found_in_poor_pictures;
mod people_are_seen_in_groups;
mod people_can_be_followed_through_the_view;
mod people_can_be_found_again;
mod people_can_be_found_again_without_faces;
mod run;
mod running_is_observable;
mod somebody_is_usually_in_view;
mod thresholds;
mod zone_entries_would_be_reported;

pub use finding::{AuditId, Finding, Group, Limit, Side, Threshold, ThresholdSource, Verdict};
pub use run::{ids, run_all};
// Printed beside the finding that uses it.
pub use thresholds::LOITERING_SECONDS;
