//! Frames in, detections out. One file a family; [`FAMILIES`] is the table of them.

pub(crate) mod anchors;
pub(crate) mod cells;
pub(crate) mod centerface;
pub(crate) mod detection;
pub(crate) mod detector;
pub(crate) mod family;
pub(crate) mod identify;
pub(crate) mod load;
pub(crate) mod model_detector;
pub(crate) mod nanodet;
pub(crate) mod overlap;
pub(crate) mod preprocess;
pub(crate) mod probe;
pub(crate) mod retinaface;
#[cfg(test)]
pub(crate) mod scripted;
pub(crate) mod ssdlite;
#[cfg(test)]
mod steady;
pub(crate) mod suppress;
pub(crate) mod table;
pub(crate) mod tiling;
pub(crate) mod ultraface;
pub(crate) mod yolox;
pub(crate) mod yunet;

pub(crate) use load::load;

use identify::{Recognised, Shapes};
use load::Prepared;
use vsa_engine::EngineError;
use vsa_plan::{EngineChoice, Family, ModelChoice};

/// A family that finds people or faces.
pub(crate) struct FamilyRow {
    pub(crate) family: Family,
    /// As its publisher calls it, for whoever's file was not recognised.
    pub(crate) called: &'static str,
    /// From a choice, the bytes of its file and an engine: what runs, and what its tensors mean.
    pub(crate) prepare: fn(&ModelChoice, &[u8], &EngineChoice) -> Result<Prepared, EngineError>,
    /// Whether a network with these outputs is of this family. No two families recognise the same.
    pub(crate) recognise: fn(&Shapes<'_>) -> Option<Recognised>,
}

/// Every family that finds: a new one gets its `mod` above and its row here.
pub(crate) const FAMILIES: &[FamilyRow] = &[
    FamilyRow {
        family: Family::Centerface,
        called: "CenterFace",
        prepare: centerface::prepare,
        recognise: centerface::recognise,
    },
    FamilyRow {
        family: Family::Yunet,
        called: "YuNet (2023 and later)",
        prepare: yunet::prepare,
        recognise: yunet::recognise,
    },
    FamilyRow {
        family: Family::Ultraface,
        called: "UltraFace",
        prepare: ultraface::prepare,
        recognise: ultraface::recognise,
    },
    FamilyRow {
        family: Family::Retinaface,
        called: "RetinaFace",
        prepare: retinaface::prepare,
        recognise: retinaface::recognise,
    },
    FamilyRow {
        family: Family::Ssdlite,
        called: "SSDLite (TensorFlow frozen graph)",
        prepare: ssdlite::prepare,
        // A TensorFlow graph is recognised by its nodes (`identify.rs`), before its outputs are known.
        recognise: |_| None,
    },
    FamilyRow {
        family: Family::Yolox,
        called: "YOLOX",
        prepare: yolox::prepare,
        recognise: yolox::recognise,
    },
    FamilyRow {
        family: Family::Nanodet,
        called: "NanoDet and NanoDet-Plus",
        prepare: nanodet::prepare,
        recognise: nanodet::recognise,
    },
];

#[cfg(all(feature = "onnxruntime", feature = "openvino"))]
#[cfg(test)]
mod agreement;
#[cfg(test)]
mod face_parity;
#[cfg(test)]
mod people_accuracy;
#[cfg(test)]
mod people_parity;

#[cfg(test)]
mod tests {
    use super::FAMILIES;
    use vsa_plan::{Family, Role};

    #[test]
    fn every_family_that_finds_has_one_row_and_no_other_has_any() {
        for family in Family::ALL {
            let rows = FAMILIES.iter().filter(|row| row.family == *family).count();
            let finds = family.role() == Some(Role::Find);
            assert_eq!(rows, usize::from(finds), "{family:?}");
        }
    }
}
