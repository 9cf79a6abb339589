//! Not written in French yet.

pub use crate::report::wording::en::{
    ERROR_COLUMNS, ERRORS_BY_GROUP, ERRORS_CAPTION, ERRORS_HERE, LIKENESS_COLUMNS, LIKENESS_HEADING,
    LIKENESS_ROWS, NOT_IN_REGISTRY, NOT_MEASURED_BY_US, NOTHING_MEASURED, OTHER_CLIP, PETS_SCENE, SAME_CLIP,
    SCENE_NOT_DESCRIBED, labelled_per_frame, likeness_caption, measured_detector, reported_per_frame,
    section_validation,
};
