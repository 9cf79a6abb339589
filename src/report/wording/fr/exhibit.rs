//! Not written in French yet.

pub use crate::report::wording::en::{
    ATTACHMENTS, DATE, DATE_ELSEWHERE, NO_EXHIBIT_NUMBER, NOT_STATED, PAGE_DIGEST, PAGE_NUMBER, PARTS,
    REPRODUCE_CAPTION, exhibit_number, reproduce_command,
};
