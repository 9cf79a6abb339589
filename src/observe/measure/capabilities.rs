//! What the field says a VSA can extract and this version does not measure. Out: a row with a reason for each, so that
//! nothing is left out in silence. Source of the list: the eight events of the French decree 2023-828, and what five
//! public French texts on mass biometric surveillance name.

use crate::record::measurements::{Missing, NotMeasuredCapability};

/// Name and reason, in the order of the design's table, then what only a missing model or the footage forbids.
const CAPABILITIES: [(&str, Missing); 23] = [
    ("pace", Missing::NotImplementedYet),
    ("direction", Missing::NotImplementedYet),
    ("intrusion", Missing::NotImplementedYet),
    ("fall", Missing::NotImplementedYet),
    ("crowd_movement", Missing::NotImplementedYet),
    ("density", Missing::NotImplementedYet),
    ("left_object", Missing::NotImplementedYet),
    ("groups", Missing::NotImplementedYet),
    ("reidentification", Missing::NotImplementedYet),
    ("face_matching", Missing::NotImplementedYet),
    ("attributes", Missing::NotImplementedYet),
    ("singling_out", Missing::NotImplementedYet),
    ("gait", Missing::NotImplementedYet),
    ("synopsis", Missing::NotImplementedYet),
    ("cost", Missing::NotImplementedYet),
    ("group_parity", Missing::NotImplementedYet),
    ("weapons", Missing::NoOpenModel),
    ("fire_start", Missing::NoOpenModel),
    ("begging", Missing::NoOpenModel),
    ("tagging", Missing::NoOpenModel),
    ("mask", Missing::NoOpenModel),
    ("voice", Missing::NotInFootage),
    ("temperature", Missing::NotInFootage),
];

/// The rows.
pub(super) fn not_measured() -> Vec<NotMeasuredCapability> {
    CAPABILITIES
        .iter()
        .map(|&(capability, missing)| NotMeasuredCapability {
            capability: capability.to_owned(),
            missing,
        })
        .collect()
}
