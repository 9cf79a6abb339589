//! **What it asks.** Is a person's nearest look-alike still that same person most of the time, after faces were
//! blacked out?
//!
//! **Why it matters.** "Faces are blurred" is offered as a safeguard. In the literature it costs re-identification
//! by the body very little.
//!
//! **How it decides.** As `people_can_be_found_again`, on the same sightings with the face region filled.
//!
//! **What it cannot tell.** As `people_can_be_found_again`.
//!
//! **Source.** Half is this tool's convention. Measure: `room::measure::reidentification`.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::MOST;
use vsa_record::reading::{Capability, FigureName};

pub(super) const META: Audit = Audit {
    id: AuditId::PeopleCanBeFoundAgainWithoutFaces,
    group: Group::Followed,
    evidence: Evidence::Figure(Capability::Reidentification, FigureName::RankOneRedacted),
    threshold: MOST,
    limits: &[
        Limit::MissedPeopleAreNotCounted,
        Limit::ScoredOnTracks,
        Limit::OneModelOnly,
        Limit::OneViewOnly,
    ],
};
