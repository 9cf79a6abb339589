//! Every capability has a row in the record. In: what the measures read. Out: all rows, in the order of the report; a
//! capability that no measure spoke of has the reason why. Nothing is left out in silence.

use super::Results;
use vsa_record::measurements::{Missing, Outcome};
use vsa_record::reading::{Capability, CapabilityRow};

/// The rows.
pub(super) fn rows(results: &mut Results) -> Vec<CapabilityRow> {
    Capability::ALL
        .iter()
        .map(|&capability| CapabilityRow {
            capability,
            outcome: results
                .readings
                .remove(&capability)
                .unwrap_or(Outcome::NotMeasured {
                    missing: why_not(capability),
                }),
        })
        .collect()
}

/// Why a capability that no measure spoke of was not measured.
fn why_not(capability: Capability) -> Missing {
    match capability {
        Capability::Weapons | Capability::FireStart | Capability::Begging | Capability::Tagging => {
            Missing::NoOpenModel
        }
        Capability::Reidentification
        | Capability::FaceMatching
        | Capability::Attributes
        | Capability::Emotion
        | Capability::Mask => Missing::NoModelGiven,
        Capability::Voice | Capability::Temperature => Missing::NotInFootage,
        Capability::GroupParity => Missing::NeedsLabels,
        Capability::Cost => Missing::DependsOnTheMachine,
        _ => Missing::NotImplementedYet,
    }
}
