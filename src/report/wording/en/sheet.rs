//! The words of the labelling sheet.

use crate::formats::english as formats;
use vsa_record::redaction::{RedactStyle, RedactWhat};

/// The kind of document.
pub const KICKER: &str = "Labelling sheet";
/// Its title.
pub const TITLE: &str = "What happens in each of these moments?";
/// That there is no picture.
pub const NO_STILLS: (&str, &str) = (
    "There are no pictures on this sheet.",
    "Pictures of people may not leave the audit, and redacted ones were not asked for. Look the moments up in the footage, \
     where it is kept.",
);

/// That pictures are redacted, and what that is worth.
#[must_use]
pub fn stills(what: RedactWhat, style: RedactStyle) -> (String, String) {
    let who = match what {
        RedactWhat::Faces => "Faces that were found",
        RedactWhat::Heads => "Faces and heads that were found",
        RedactWhat::People => "People who were found",
    };
    let how = match style {
        RedactStyle::Solid => "black boxes",
        RedactStyle::Silhouette => "shapes in one colour",
        RedactStyle::Mosaic => "a coarse mosaic",
    };
    (
        format!("{who} are masked in the stills, by {how}."),
        "Somebody may have been overlooked: do not hand this page on. A black still is of a frame that could not be read \
         soundly. Where the stills do not tell, look the moment up in the footage."
            .to_owned(),
    )
}

/// A still, for those who do not see it.
#[must_use]
pub fn still(at: usize, of: usize, is_black: bool) -> String {
    if is_black {
        format!("Still {at} of {of}: black, the frame could not be read soundly")
    } else {
        format!("Still {at} of {of}")
    }
}
/// What can be chosen, as it is written to the file, and in words.
pub const LABELS: [(&str, &str); 3] = [
    ("event", "event"),
    ("nothing", "nothing"),
    ("unclear", "cannot be told"),
];
/// Heading above the labels.
pub const SAVE: &str = "Your labels";
/// How they are saved.
pub const SAVE_HOW: &str = "When all moments are labelled, copy the text below into a file labels.csv. Nothing is sent anywhere, and closing this page loses what was not copied.";

/// What to do.
#[must_use]
pub fn introduction(event: &str, seconds: f64) -> String {
    format!(
        "Look at each moment of {} for: {event}. Choose “event” if it happens at any time within the moment. The moments are \
         in random order, with and without alerts of the system; which is which is not told, so that what the system said \
         cannot sway what you see.",
        formats::seconds(seconds)
    )
}

/// Where and when to look.
#[must_use]
pub fn moment(camera: &str, when: &str) -> String {
    if camera.is_empty() {
        format!("from {when}")
    } else {
        format!("{camera}, from {when}")
    }
}
