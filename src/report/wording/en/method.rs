//! How the examination was made, step by step, and which published practice each step follows.

use super::sections::section;
use crate::formats::english as formats;
use crate::wording::SectionText;

/// The method.
#[must_use]
pub fn section_method() -> SectionText {
    section(
        "method",
        "Method",
        "How it was examined, and by which standards",
        "The steps in their order. A standard is named where a step follows it. That is this program's own statement: nobody \
         has certified it.",
    )
}

/// Decoding: which decoder, and how many frames.
#[must_use]
pub fn step_decoding(decoders: &str, looked_at: u64, decoded: u64) -> (String, String) {
    (
        "The footage was opened for reading, and its digest taken.".to_owned(),
        format!(
            "Decoded by {decoders}: {} frames, of which the models looked at {}. Frames that were missing, damaged or repeated \
             were counted.",
            formats::count(decoded),
            formats::count(looked_at)
        ),
    )
}
/// Detection: which models.
#[must_use]
pub fn step_detection(models: &str) -> (String, String) {
    (
        "Models looked for people and faces in each of these frames.".to_owned(),
        format!(
            "Models: {models}. A model reports boxes with scores; boxes below its score threshold are not counted. Files, \
             settings and licences are listed with the models."
        ),
    )
}
/// What follows detection in every run.
pub const LATER_STEPS: [(&str, &str); 4] = [
    (
        "Sightings were joined into tracks.",
        "By place and movement from one frame to the next. Nobody was recognised, neither by face nor by clothing, to join them.",
    ),
    (
        "What a surveillance system could extract was counted, and an interval put around every estimate.",
        "Intervals have a level of 95\u{202f}% unless something else is said beside them. Which method made an interval, and from \
         how many of what, stands in the tables of estimates.",
    ),
    (
        "Numbers about few people were withheld, as the first page says.",
        "This happened before the record was written: what is withheld is in no file.",
    ),
    (
        "Each question was decided by the whole interval, against a threshold set beforehand.",
        "Where the interval holds the threshold, the answer is that the footage does not settle it.",
    ),
];

/// Caption of the table of standards.
pub const STANDARDS_CAPTION: &str = "Published practice, and what here follows it.";
/// Its columns.
pub const STANDARD_COLUMNS: [&str; 2] = ["Document", "What follows it"];
/// Document, and what follows it.
pub const STANDARDS: [(&str, &str); 7] = [
    (
        "EN/IEC 62676-4, video surveillance: application guidelines",
        "The levels of pixel density (DORI, OODPCVS). The values come from secondary sources, as the limits say; the text of the standard was not consulted.",
    ),
    (
        "ISO/IEC 27037:2012, handling of digital evidence",
        "Its aims, not its procedures for seizure: every step can be audited (custody.jsonl), repeated on the same machine and reproduced on another (see Reproducibility).",
    ),
    (
        "SWGDE 17-I-001, version 1.1, integrity of imagery",
        "The original is not changed; its digest is taken before it is decoded, and compared with that of what was looked at.",
    ),
    (
        "ENFSI-BPM-DI-01 (2018), facial image comparison",
        "Only its demand that validation, uncertainty and limits be reported. No faces of different origin were compared, and no opinion on identity is given.",
    ),
    (
        "Wilson 1927; Kaplan and Meier 1958; Politis and Romano 1992 (circular block bootstrap)",
        "Intervals for shares, for lengths of stay that the footage cuts off, and for means over frames that resemble their neighbours.",
    ),
    (
        "Dooley et al. 2022 (arXiv 2211.15937); Hendrycks and Dietterich 2019",
        "How footage is degraded, and how results on it are compared with those on the clean footage.",
    ),
    (
        "RFC 6962, RFC 3161, minisign, in-toto Statement v1 in a DSSE envelope",
        "The tree over all files, the time stamp of an authority, and the signatures.",
    ),
];
