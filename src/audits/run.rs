//! Runs the audits. In: a record. Out: one finding per audit, in the order of the groups.

use super::decide::by_interval;
use super::finding::{AuditId, Finding, Verdict};
use super::meta::Audit;
use super::{
    attribute_labels_flip, bodies_reach_observation, clothing_singles_people_out,
    counter_flow_would_be_reported, crowd_movements_would_be_reported, crowds_are_dense,
    everyone_unrecognisable, faces_can_be_told_apart, faces_reach_identification, faces_reach_recognition,
    falls_would_be_reported, footage_is_intact, gait_is_usable, left_objects_would_be_reported,
    loitering_is_observable, people_are_found_in_poor_pictures, people_are_seen_in_groups,
    people_can_be_followed_through_the_view, people_can_be_found_again,
    people_can_be_found_again_without_faces, running_is_observable, somebody_is_usually_in_view,
    zone_entries_would_be_reported,
};
use vsa_record::Record;
use vsa_record::disclosure::CellState;

/// Every audit, in the order of the report.
const AUDITS: [&Audit; 23] = [
    &somebody_is_usually_in_view::META,
    &crowds_are_dense::META,
    &faces_reach_recognition::META,
    &faces_reach_identification::META,
    &bodies_reach_observation::META,
    &everyone_unrecognisable::META,
    &faces_can_be_told_apart::META,
    &clothing_singles_people_out::META,
    &people_can_be_followed_through_the_view::META,
    &people_can_be_found_again::META,
    &people_can_be_found_again_without_faces::META,
    &gait_is_usable::META,
    &loitering_is_observable::META,
    &running_is_observable::META,
    &people_are_seen_in_groups::META,
    &attribute_labels_flip::META,
    &left_objects_would_be_reported::META,
    &counter_flow_would_be_reported::META,
    &zone_entries_would_be_reported::META,
    &falls_would_be_reported::META,
    &crowd_movements_would_be_reported::META,
    &people_are_found_in_poor_pictures::META,
    &footage_is_intact::META,
];

/// Answers every question that is asked of a record. No evidence is never a pass.
#[must_use]
pub fn run_all(record: &Record) -> Vec<Finding> {
    AUDITS.iter().map(|audit| run(audit, record)).collect()
}

fn run(audit: &Audit, record: &Record) -> Finding {
    let threshold = audit.threshold_for(record);
    let evidence = audit.evidence.of(record);
    let verdict = match &evidence {
        Err(missing) => Verdict::NotMeasured { missing: *missing },
        Ok(cell) => match cell.state() {
            CellState::Withheld { .. } => Verdict::Withheld,
            CellState::Shown { value, .. } => by_interval(value, &threshold),
        },
    };
    Finding {
        id: audit.id,
        group: audit.group,
        verdict,
        threshold,
        evidence: evidence.ok(),
        limits: audit.limits.to_vec(),
    }
}

/// The names of all audits, in the order of the report.
#[must_use]
pub fn ids() -> Vec<AuditId> {
    AUDITS.iter().map(|audit| audit.id).collect()
}
