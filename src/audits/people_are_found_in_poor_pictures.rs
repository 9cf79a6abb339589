//! **What it asks.** Are most of the people who are found in the clean picture found again when the picture is worse: by
//! night, in rain, out of focus, compressed?
//!
//! **Why it matters.** Accuracy is claimed for good pictures; cameras hang in bad ones. A system that fails in some of
//! them fails the people in them.
//!
//! **How it decides.** By the degradation in which the fewest are found again: that share must be half or more, with its
//! whole interval.
//!
//! **What it cannot tell.** Who is missed already in the clean picture; what real rain and fog would do.
//!
//! **Source.** Method of Dooley et al. 2022 (arXiv 2211.15937); half is this tool's convention. Measure:
//! `room::robustness`.

use super::evidence::Evidence;
use super::finding::{AuditId, Group, Limit};
use super::meta::Audit;
use super::thresholds::MOST;

pub(super) const META: Audit = Audit {
    id: AuditId::PeopleAreFoundInPoorPictures,
    group: Group::Reliable,
    evidence: Evidence::FoundAgainAtWorst,
    threshold: MOST,
    limits: &[Limit::MissedPeopleAreNotCounted, Limit::OneModelOnly],
};
