//! The words of the redacted stills in a report.

use super::sections::section;
use crate::formats::english as formats;
use crate::wording::SectionText;
use vsa_record::redaction::RedactWhat;

/// The part of the report that shows them.
#[must_use]
pub fn section_stills(what: RedactWhat) -> SectionText {
    section(
        "stills",
        "Stills",
        "What the view looks like, without its people",
        match what {
            RedactWhat::People => {
                "At the reader's request a few frames are shown, evenly spread over the footage. Everybody whom the person \
                 model found near these moments is covered by a black box. Somebody whom it overlooked would still be seen."
            }
            RedactWhat::Faces | RedactWhat::Heads => {
                "At the reader's request a few frames are shown, evenly spread over the footage. Every face that the face \
                 model found near these moments is covered by a black box. Somebody whom it overlooked would still be seen."
            }
        },
    )
}

/// Where a still is from.
#[must_use]
pub fn still_caption(label: &str, seconds: f64, is_black: bool) -> String {
    let place = format!("{label}, {} from its beginning", formats::seconds(seconds));
    if is_black {
        format!("{place}: black, because the frame could not be read soundly")
    } else {
        place
    }
}
