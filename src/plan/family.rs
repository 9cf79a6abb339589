//! The table of model families: what each is called, does, looks at, and which scores count where nothing else is said. In: a
//! family. Out: a row. Deliberately not here: how a family's network is fed and its tensors are read (`vsa_room`).

use super::{Role, Subject};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One row a family: documentation, variant, name, role (none: it has to be declared), subject, the usual score threshold
/// and overlap of suppression, and the stride of a network that takes pictures of any size (0: it has one size). Names are public: they stand in registries, options and plans.
macro_rules! families {
    ($($(#[doc = $doc:literal])+ $variant:ident: $name:literal, $role:expr, $subject:ident, $thresholds:expr, $stride:literal;)+) => {
        /// A model family: one input contract and one way to decode outputs.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
        pub enum Family {
            $($(#[doc = $doc])+ #[serde(rename = $name)] $variant,)+
        }

        impl Family {
            /// Every family, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// As registries and options write it.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// What models of this family do; none: it has to be declared.
            #[must_use]
            pub const fn role(self) -> Option<Role> {
                match self { $(Self::$variant => $role),+ }
            }

            /// What they look for, or at.
            #[must_use]
            pub const fn subject(self) -> Subject {
                match self { $(Self::$variant => Subject::$subject),+ }
            }

            /// Score below which a detection is not counted, and overlap above which the lesser of two boxes is dropped, where
            /// nothing is said: those of the built-in models.
            #[must_use]
            pub const fn thresholds(self) -> (f32, f32) {
                match self { $(Self::$variant => $thresholds),+ }
            }

            /// Both sides of an input are multiples of this, for networks that take pictures of any size; none: they have the
            /// one size that they were made with.
            #[must_use]
            pub const fn stride(self) -> Option<u32> {
                let stride = match self { $(Self::$variant => $stride),+ };
                if stride == 0 { None } else { Some(stride) }
            }
        }
    };
}

/// Of families that find nothing, so that nothing is dropped.
const NONE: (f32, f32) = (0.0, 0.0);

families! {
    /// CenterFace (faces, landmarks).
    Centerface: "centerface", Some(Role::Find), Face, (0.35, 0.3), 32;
    /// YuNet (faces, landmarks).
    Yunet: "yunet", Some(Role::Find), Face, (0.6, 0.3), 32;
    /// Ultra-Light-Fast-Generic-Face-Detector (faces).
    Ultraface: "ultraface", Some(Role::Find), Face, (0.6, 0.3), 0;
    /// RetinaFace with priors of 16 to 512 pixels (faces, landmarks).
    Retinaface: "retinaface", Some(Role::Find), Face, (0.6, 0.4), 32;
    /// SSDLite as the TensorFlow Object Detection API exports it, one class (people).
    Ssdlite: "ssdlite", Some(Role::Find), Person, (0.3, 0.5), 0;
    /// YOLOX, raw cells or decoded (people among its classes).
    Yolox: "yolox", Some(Role::Find), Person, (0.3, 0.45), 32;
    /// `NanoDet` and `NanoDet`-Plus (people among its classes).
    Nanodet: "nanodet", Some(Role::Find), Person, (0.35, 0.5), 32;
    /// ATSS as the Open Model Zoo exports it, suppressed within the network (people).
    Atss: "atss", Some(Role::Find), Person, (0.2, 0.6), 0;
    /// SSD that ends in a layer `DetectionOutput`, suppressed within the network (people).
    DetectionOutput: "detection_output", Some(Role::Find), Person, (0.3, 0.45), 0;
    /// YOLOv5 and YOLOv7, decoded: three boxes a cell, with objectness (people among its classes).
    Yolov5: "yolov5", Some(Role::Find), Person, (0.25, 0.45), 32;
    /// YOLOv8, YOLOv9 and YOLO11, decoded: one box a cell, without objectness (people among its classes).
    Yolov8: "yolov8", Some(Role::Find), Person, (0.25, 0.7), 32;
    /// YOLOv10 and other YOLOs that end in a list of boxes (people among its classes). The overlap is for tiles: the list
    /// itself holds everybody once.
    Yolov10: "yolov10", Some(Role::Find), Person, (0.25, 0.7), 32;
    /// RT-DETR and D-FINE: queries, pictures without statistics (people among its classes). The overlap is for tiles.
    Rtdetr: "rtdetr", Some(Role::Find), Person, (0.5, 0.7), 0;
    /// RF-DETR: queries, pictures by the statistics of `ImageNet` (people among its classes). The overlap is for tiles.
    Rfdetr: "rfdetr", Some(Role::Find), Person, (0.5, 0.7), 0;
    /// `PicoDet` without its suppression (people among its classes).
    Picodet: "picodet", Some(Role::Find), Person, (0.5, 0.6), 0;
    /// `RTMDet`, raw maps (people among its classes).
    Rtmdet: "rtmdet", Some(Role::Find), Person, (0.3, 0.65), 32;
    /// OSNet and other re-identification networks of torchreid: a body in, an embedding out.
    Osnet: "osnet", Some(Role::BodyEmbedding), Person, NONE, 0;
    /// MobileFaceNet and other face networks of the ArcFace line: an aligned face in, an embedding out.
    Mobilefacenet: "mobilefacenet", Some(Role::FaceEmbedding), Face, NONE, 0;
    /// `HSE_FaceRec_tf` (Savchenko 2019): an aligned face in, the 1024 numbers before its heads for age and gender out.
    Faceres: "faceres", Some(Role::FaceEmbedding), Face, NONE, 0;
    /// dlib's age predictor: a face in, probabilities of 81 ages out.
    DlibAge: "dlib_age", Some(Role::Age), Face, NONE, 0;
    /// dlib's gender classifier: a face in, two probabilities out.
    DlibGender: "dlib_gender", Some(Role::Gender), Face, NONE, 0;
    /// Any other classifier of faces: a face in, one score for each label out.
    Classifier: "classifier", None, Face, NONE, 0;
    /// `MoveNet` for one person: a body in, 17 joints out.
    Movenet: "movenet", Some(Role::Pose), Person, NONE, 0;
    /// `RTMPose` and other networks that classify places along each axis: a body in, 17 joints out.
    PoseSimcc: "pose_simcc", Some(Role::Pose), Person, NONE, 0;
    /// HRNet, `ViTPose` and other networks of heat maps: a body in, 17 joints out.
    PoseHeatmaps: "pose_heatmaps", Some(Role::Pose), Person, NONE, 0;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_that_describes_looks_at_what_its_role_looks_at() {
        assert_eq!(Family::ALL.len(), 25);
        for family in Family::ALL {
            if let Some(subject) = family.role().and_then(Role::subject) {
                assert_eq!(subject, family.subject(), "{family:?}");
            }
        }
    }

    #[test]
    fn the_readme_names_every_family_that_finds() {
        let text = include_str!("../../README.md");
        let list = text
            .lines()
            .find_map(|line| line.strip_prefix("Families: "))
            .unwrap();
        let list = list.split(". ").next().unwrap().to_lowercase().replace('-', "");
        let finds = Family::ALL
            .iter()
            .filter(|family| family.role() == Some(Role::Find));
        let names: Vec<_> = finds.map(|family| family.name().replace('_', "")).collect();
        let listed = list.split([',', ';']).count();
        assert_eq!(listed, names.len(), "{list}");
        assert!(
            names.iter().all(|name| list.contains(name)),
            "{names:?} in {list}"
        );
    }

    #[test]
    fn only_families_that_find_drop_anything() {
        for family in Family::ALL {
            let finds = family.role() == Some(Role::Find);
            assert_eq!(family.thresholds() != NONE, finds, "{family:?}");
        }
    }
}
