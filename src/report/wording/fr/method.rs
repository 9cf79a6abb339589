//! Not written in French yet.

pub use crate::report::wording::en::{
    LATER_STEPS, STANDARD_COLUMNS, STANDARDS, STANDARDS_CAPTION, section_method, step_decoding,
    step_detection,
};
