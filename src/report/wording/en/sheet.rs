//! The words of the labelling sheet.

use crate::report::formats;

/// The kind of document.
pub const KICKER: &str = "Labelling sheet";
/// Its title.
pub const TITLE: &str = "What happens in each of these moments?";
/// That there is no picture.
pub const NO_STILLS: (&str, &str) = (
    "There are no pictures on this sheet.",
    "This version cannot redact people in stills, and pictures of people may not leave the audit. Look the moments up in the \
     footage, where it is kept.",
);
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
