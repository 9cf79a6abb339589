//! Not written in French yet.

pub use crate::report::wording::en::{
    DEGRADED, DEGRADED_NOT, NO_THRESHOLD, NOTHING_DECIDED, SCORES_NOT_VARIED, SECOND_DETECTOR,
    SENSITIVITY_CAPTION, SENSITIVITY_COLUMNS, above, below, from, scores_used, section_sensitivity, up_to,
};
