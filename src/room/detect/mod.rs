//! Frames in, detections out. One file a family; [`FAMILIES`] is the table of them.

pub(crate) mod anchors;
pub(crate) mod atss;
pub(crate) mod cells;
pub(crate) mod centerface;
pub(crate) mod detection;
pub(crate) mod detection_output;
pub(crate) mod detector;
pub(crate) mod family;
pub(crate) mod fuse;
pub(crate) mod fused;
pub(crate) mod identify;
pub(crate) mod load;
pub(crate) mod merge;
pub(crate) mod model_detector;
pub(crate) mod nanodet;
pub(crate) mod networks;
pub(crate) mod overlap;
pub(crate) mod picodet;
pub(crate) mod preprocess;
pub(crate) mod probe;
pub(crate) mod retinaface;
pub(crate) mod rfdetr;
pub(crate) mod rtdetr;
pub(crate) mod rtmdet;
#[cfg(test)]
pub(crate) mod scripted;
pub(crate) mod ssdlite;
#[cfg(test)]
mod steady;
pub(crate) mod suppress;
pub(crate) mod table;
pub(crate) mod tiling;
pub(crate) mod ultraface;
pub(crate) mod whole;
pub(crate) mod yolov10;
pub(crate) mod yolov5;
pub(crate) mod yolov8;
pub(crate) mod yolox;
pub(crate) mod yunet;

pub(crate) use load::load;

use family::FamilyRow;
use vsa_plan::Family;

/// Every family that finds: a new one gets its `mod` above and its row here.
pub(crate) const FAMILIES: &[FamilyRow] = &[
    FamilyRow::of::<centerface::CenterFace>(Family::Centerface, "CenterFace"),
    FamilyRow::of::<yunet::YuNet>(Family::Yunet, "YuNet (2023 and later)"),
    FamilyRow::of::<ultraface::UltraFace>(Family::Ultraface, "UltraFace"),
    FamilyRow::of::<retinaface::RetinaFace>(Family::Retinaface, "RetinaFace"),
    FamilyRow::of::<ssdlite::Ssdlite>(Family::Ssdlite, "SSDLite (TensorFlow frozen graph)"),
    FamilyRow::of::<yolox::Yolox>(Family::Yolox, "YOLOX"),
    FamilyRow::of::<nanodet::Nanodet>(Family::Nanodet, "NanoDet and NanoDet-Plus"),
    FamilyRow::of::<atss::Atss>(Family::Atss, "ATSS of Intel's Open Model Zoo"),
    FamilyRow::of::<detection_output::DetectionOutput>(
        Family::DetectionOutput,
        "SSD with a DetectionOutput layer",
    ),
    FamilyRow::of::<yolov5::Yolov5>(Family::Yolov5, "YOLOv5 and YOLOv7 (decoded)"),
    FamilyRow::of::<yolov8::Yolov8>(Family::Yolov8, "YOLOv8, YOLOv9 and YOLO11"),
    FamilyRow::of::<yolov10::Yolov10>(Family::Yolov10, "YOLOv10 (a list of boxes)"),
    FamilyRow::of::<rtdetr::RtDetr>(Family::Rtdetr, "RT-DETR and D-FINE (logits and boxes)"),
    FamilyRow::of::<rfdetr::RfDetr>(Family::Rfdetr, "RF-DETR"),
    FamilyRow::of::<picodet::PicoDet>(Family::Picodet, "PicoDet (without suppression)"),
    FamilyRow::of::<rtmdet::RtmDet>(Family::Rtmdet, "RTMDet (raw maps)"),
];

#[cfg(test)]
mod agreement;
#[cfg(test)]
mod face_parity;
#[cfg(test)]
mod heads_parity;
#[cfg(test)]
mod open_model_zoo_parity;
#[cfg(test)]
mod people_accuracy;
#[cfg(test)]
mod people_parity;

/// A family, the size of an input and the shapes of the outputs that belong to it.
#[cfg(test)]
type NetworkShapes = (Family, (u32, u32), Vec<Vec<usize>>);

#[cfg(test)]
mod tests {
    use super::identify::Shapes;
    use super::{FAMILIES, face_parity, heads_parity, open_model_zoo_parity, people_parity};
    use std::collections::BTreeSet;
    use vsa_engine::OutputInfo;
    use vsa_plan::{Family, Role};

    #[test]
    fn every_family_that_finds_has_one_row_and_no_other_has_any() {
        for family in Family::ALL {
            let rows = FAMILIES.iter().filter(|row| row.family == *family).count();
            let finds = family.role() == Some(Role::Find);
            assert_eq!(rows, usize::from(finds), "{family:?}");
        }
    }

    /// The families that recognise a network with these outputs.
    fn recognised(outputs: &[Vec<usize>], (width, height): (u32, u32), input: &str) -> Vec<Family> {
        let info = |shape: &Vec<usize>| OutputInfo {
            name: String::new(),
            shape: shape.iter().copied().map(Some).collect(),
        };
        let outputs: Vec<_> = outputs.iter().map(info).collect();
        let shapes = Shapes {
            outputs: &outputs,
            width,
            height,
            input,
        };
        let rows = FAMILIES.iter();
        rows.filter(|row| (row.recognise)(&shapes).is_some())
            .map(|row| row.family)
            .collect()
    }

    #[test]
    fn no_family_recognises_the_outputs_of_another() {
        let mut seen = BTreeSet::new();
        let shapes = face_parity::shapes()
            .into_iter()
            .chain(people_parity::shapes())
            .chain(open_model_zoo_parity::shapes())
            .chain(heads_parity::shapes());
        for (family, size, outputs) in shapes {
            seen.insert(family);
            // By its nodes, not by its outputs: nobody may take it for an ONNX file.
            let own = (family != Family::Ssdlite).then_some(family);
            let found = recognised(&outputs, size, "input");
            assert_eq!(found, Vec::from_iter(own), "{outputs:?} at {size:?}");
        }
        assert_eq!(
            seen.len(),
            FAMILIES.len(),
            "each has its outputs in a test of decoding"
        );
    }

    #[test]
    fn rows_for_cells_in_one_output_are_of_the_family_that_their_number_of_columns_says() {
        // At 416x416, three strides have 3549 cells and four 3598; at 320x320, 2100 and 2125.
        for (side, cells, columns, input, family) in [
            (416, 3549, 85, "images", Family::Yolox),
            (416, 3598, 85, "images", Family::Yolox),
            (416, 3549, 6, "images", Family::Yolox),
            (416, 3549, 33, "images", Family::Yolox),
            (320, 2100, 33, "input", Family::Nanodet),
            (320, 2100, 112, "input", Family::Nanodet),
            (416, 3598, 112, "data", Family::Nanodet),
            (320, 2125, 34, "data", Family::Nanodet),
            (416, 3549, 84, "images", Family::Yolov8),
            (416, 3549, 5, "images", Family::Yolov8),
            (416, 3 * 3549, 85, "images", Family::Yolov5),
            (416, 3 * 3598, 6, "images", Family::Yolov5),
            (416, 300, 6, "images", Family::Yolov10),
        ] {
            let found = recognised(&[vec![1, cells, columns]], (side, side), input);
            assert_eq!(found, [family], "{columns} columns, input {input}");
        }
        for outputs in [
            vec![],
            vec![vec![1, 3549, 4]],
            vec![vec![1, 3548, 85]],
            vec![vec![1, 3 * 3549, 5]],
            vec![vec![1, 3000, 6]],
        ] {
            assert_eq!(recognised(&outputs, (416, 416), "images"), [], "{outputs:?}");
        }
    }
}
