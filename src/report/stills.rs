//! Redacted stills for a report: where each is from, and under which name it lies in the folder. In: [`RedactedStill`]s, the
//! only pictures that a report takes. Out: what `compose` says of them and `html` shows.

use crate::custody::digest;
use crate::observe::RedactedStill;
use crate::record::redaction::RedactWhat;

/// A report shows so many at most: it is about numbers, and every picture is a risk.
pub const MOST: usize = 3;

/// Anchor of the part of the report that shows them.
pub(super) const SECTION: &str = "stills";

/// The stills of a report.
#[derive(Debug)]
pub struct Stills {
    /// Who is masked in them.
    pub what: RedactWhat,
    /// In the order of the footage.
    pub stills: Vec<Still>,
}

/// A still and where it is from.
#[derive(Debug)]
pub struct Still {
    /// Label of the piece of footage.
    pub label: String,
    /// Seconds from its beginning.
    pub seconds: f64,
    /// The picture.
    pub picture: RedactedStill,
}

impl Stills {
    /// The name of the file of each, with its bytes.
    pub fn files(&self) -> impl Iterator<Item = (String, &[u8])> {
        let numbered = (1..).zip(&self.stills);
        numbered.map(|(number, still)| (file_name(number), still.picture.bytes()))
    }
}

impl Still {
    pub(super) fn sha256(&self) -> String {
        digest::of_bytes(self.picture.bytes())
    }
}

/// Such as `still-1.png`.
pub(super) fn file_name(number: usize) -> String {
    format!("still-{number}.png")
}
