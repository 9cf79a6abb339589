//! The page: header, section heads and leads, tables, notices, labels.

use super::terms::data_basis;
use crate::document::Labels;
use crate::formats::english as formats;
use vsa_record::disclosure::{DataBasis, LoweredBecause};
use vsa_record::measurements::Missing;

/// The kind of document.
pub const KICKER: &str = "Audit of video footage";
/// What this is.
pub const INTRODUCTION: &str = "This report measures what a system for algorithmic video surveillance could extract from \
    the footage named below: how many people are seen, how large faces appear, how long people can be followed and timed. It was made \
    by running open models over the footage on one machine. It identifies nobody.";

/// The page's title.
#[must_use]
pub fn title(items: usize, first: &str) -> String {
    match items {
        0 => "No footage was examined".to_owned(),
        1 => format!("What surveillance software could extract from {first}"),
        n => format!(
            "What surveillance software could extract from {} pieces of footage",
            formats::count(n as u64)
        ),
    }
}

/// Words of the header's facts.
pub const FOOTAGE: &str = "Footage";
/// Length of all footage.
pub const LENGTH: &str = "Length";
/// Frames looked at.
pub const FRAMES_LOOKED_AT: &str = "Frames looked at";
/// Models.
pub const MODELS: &str = "Models";
/// Data basis.
pub const DATA_BASIS: &str = "Data basis";
/// Single images have no length.
pub const NO_LENGTH: &str = "single images";

/// `795 of 795`.
#[must_use]
pub fn of_frames(looked_at: u64, decoded: u64) -> String {
    format!(
        "{} of {} decoded",
        formats::count(looked_at),
        formats::count(decoded)
    )
}

/// `pets09-s2l1, video, 768 × 576`.
#[must_use]
pub fn item_summary(label: &str, kind: &str, width: u32, height: u32) -> String {
    format!("{label}, {kind}, {}", frame_size(width, height))
}

/// `768 × 576 px`.
#[must_use]
pub fn frame_size(width: u32, height: u32) -> String {
    format!("{width}\u{202f}×\u{202f}{height}\u{202f}px")
}

/// In place of a list of footage too long for the first page.
#[must_use]
pub fn many_items(n: usize) -> String {
    format!(
        "{} pieces, listed below under “Footage”",
        formats::count(n as u64)
    )
}

/// Why small numbers are shown or withheld: title and text of the notice on the first page.
#[must_use]
pub fn disclosure_notice(
    basis: DataBasis,
    min_cell: u32,
    lowered: Option<&LoweredBecause>,
) -> (String, String) {
    let ground = match basis {
        DataBasis::Undeclared => {
            "Nobody declared on what ground this footage may be examined, so the strictest rule holds."
                .to_owned()
        }
        _ => format!("Data basis: {}.", data_basis(basis)),
    };
    let declared = "This is the word of whoever ran the audit; the program cannot check it.";
    if min_cell <= 1 {
        let because = lowered_words(lowered);
        (
            "Numbers about single people are shown.".into(),
            format!(
                "Ordinarily, a number with 1 to 10 people behind it is withheld. Here nothing is withheld, so that a number \
                 may speak of one person alone. The ground: {because}. {declared}"
            ),
        )
    } else {
        let most = formats::count(u64::from(min_cell) - 1);
        let rule = format!(
            "A number with 1 to {most} people behind it is withheld, and so is any number from which it could be derived."
        );
        match lowered {
            None => (
                "Numbers about few people are withheld.".into(),
                format!("{rule} {ground}"),
            ),
            Some(_) => (
                "Numbers about few people are withheld, by a weaker rule than the ordinary one.".into(),
                format!(
                    "{rule} Ordinarily this holds for 1 to 10 people. It was lowered: {}. {declared}",
                    lowered_words(lowered)
                ),
            ),
        }
    }
}

fn lowered_words(lowered: Option<&LoweredBecause>) -> String {
    match lowered {
        Some(LoweredBecause::PublicDataset) => "the footage was declared a public dataset".into(),
        Some(LoweredBecause::Consent) => "everyone in view was declared to have consented".into(),
        Some(LoweredBecause::Stated { reason }) => format!("the reason given is “{reason}”"),
        None => "no reason is on record".into(),
    }
}

/// Boxes of single people were exported.
pub const OBJECTS_EXPORTED: (&str, &str) = (
    "Boxes around single people were exported.",
    "A file beside this report holds the place of every reported person in every frame. This is possible only for \
     footage declared public or consented to.",
);

/// The fake engine ran.
pub const SCRIPTED: (&str, &str) = (
    "This report is a test: no model looked at any footage.",
    "Its numbers were written by a script and say nothing about anybody or any place.",
);

/// In place of charts where nothing was measured.
#[must_use]
pub fn not_measured(why: Missing) -> String {
    format!(
        "Not measured: {}. The absence of a number is not a result.",
        super::missing(why)
    )
}
/// In place of a chart of which nothing may be shown.
#[must_use]
pub fn chart_withheld(title: &str) -> String {
    format!("{title}: withheld throughout, because too few people stand behind every part of it.")
}
/// In place of a chart of which nothing could be estimated.
#[must_use]
pub fn chart_not_estimated(title: &str) -> String {
    format!("{title}: not estimated, because too little was counted.")
}
/// In place of a chart in whose every part nothing was counted.
#[must_use]
pub fn chart_of_nothing(title: &str) -> String {
    format!("{title}: nothing was counted.")
}

/// Caption of the tables of counts.
pub const COUNTS_CAPTION: &str = "What was counted. Counted in full: no interval.";
/// Their columns.
pub const COUNT_COLUMNS: [&str; 2] = ["Counted", "Number"];
/// In place of a number of tracks where there are only single images.
pub const NOT_FOLLOWED: &str = "none: nobody was followed";
/// Counts of presence: frames, sightings, tracks, peak.
pub const PRESENCE_COUNTS: [&str; 4] = [
    "Frames in which people were looked for",
    "Sightings of people in all these frames",
    "Tracks of people (one person may be several)",
    "People reported in the fullest frame",
];
/// Counts of faces: frames, sightings, measured ones, tracks.
pub const FACE_COUNTS: [&str; 4] = [
    "Frames in which faces were looked for",
    "Sightings of faces in all these frames",
    "Of these, measured (followed over time, or in single images)",
    "Tracks of faces (one face may be several)",
];
/// Count of people followed.
pub const FOLLOWED_COUNT: &str = "Tracks of people, after fragments were joined";
/// Counts of stays: timed, cut off.
pub const STAY_COUNTS: [&str; 2] = [
    "Tracks whose length was timed",
    "Of these, there already at the start or still at the end of the footage",
];

/// Limits that hold for every report.
pub const FIXED_LIMITS: &[(&str, &str)] = &[
    (
        "It speaks of what software could extract, not of what anybody did.",
        "Whether any system was connected to this camera, and what it was set to report, is not in the footage.",
    ),
    (
        "It speaks of these models.",
        "A product on the market may find more people and faces than these open models, or fewer.",
    ),
    (
        "Enough pixels are not recognition.",
        "Whether a face could be matched depends also on light, angle, blur, compression, the matching software and the list it searches.",
    ),
    (
        "It does not say who is seen well and who badly.",
        "Detectors can differ in how often they miss people by skin tone, age, clothing or posture. Without labels this report cannot measure it.",
    ),
    (
        "It is not a legal opinion.",
        "Whether a use is lawful depends on purpose, place and law, none of which is in the footage.",
    ),
];

/// What became of pictures and boxes: usually nothing is kept; where boxes were exported, that is said.
#[must_use]
pub fn kept(objects_exported: bool) -> (&'static str, &'static str) {
    if objects_exported {
        (
            "No picture was kept, but boxes were.",
            "Boxes around reported people were written to a file, as the first page says. Pictures existed only in the \
             program's memory.",
        )
    } else {
        (
            "Nothing that shows a person was kept.",
            "Pictures, boxes, tracks and the times of single people existed only in the program's memory. The record and \
             this report hold counts, shares, intervals and digests.",
        )
    }
}

/// What the program did not do.
pub const NOT_DONE: &[(&str, &str)] = &[
    (
        "Nobody was identified.",
        "Nobody was looked up in a list, and nothing was compared with another file. Where looks or faces of this footage \
         were compared with each other, that happened in memory, and only how alike they are as a whole was kept.",
    ),
    (
        "The footage was sent nowhere.",
        "The program holds no network code: where a model had to be fetched, the machine's own package tools fetched it. \
         This page asks no other computer for anything.",
    ),
    ("No sound was read.", "Sound tracks were not decoded."),
    (
        "The footage was not changed.",
        "It was opened for reading only. Whether it had been edited before was not examined.",
    ),
];

/// Heading of caveats.
pub const CAVEATS_HEADING: &str = "For this footage in particular";
/// Heading of the fixed limits.
pub const FIXED_LIMITS_HEADING: &str = "Always";
/// Heading of the methods.
pub const METHODS_HEADING: &str = "How the intervals were made";
/// Caption of the table of estimates.
pub const ESTIMATES_CAPTION: &str =
    "Every estimate of this report, except the shares by level, which follow.";
/// Caption of a table of levels.
#[must_use]
pub fn levels_caption(bodies: bool, samples: &str, methods: &str) -> String {
    let whom = if bodies {
        "by the height of bodies: everybody reported"
    } else {
        "by the width of faces: reported faces only"
    };
    let behind = if samples.is_empty() {
        String::new()
    } else {
        format!(" Counted: {samples}. Method: {methods}.")
    };
    format!(
        "Shares at or above each level of pixel density, {whom}; in brackets the 95\u{202f}% interval. “At their best” \
         takes the sharpest moment of each track.{behind}"
    )
}
/// Columns of a table of levels.
pub const LEVEL_COLUMNS: [&str; 3] = ["Level", "Tracks at their best", "Sightings"];
/// Columns of the table of estimates.
pub const ESTIMATE_COLUMNS: [&str; 6] = [
    "Quantity",
    "Value",
    "95\u{202f}% interval",
    "Counted",
    "Method",
    "What it means",
];
/// Columns of a chart's data.
pub const RANGE_COLUMNS: [&str; 4] = ["", "Value", "95\u{202f}% interval", "Counted"];
/// Head of the first column of charts of levels.
pub const LEVEL: &str = "Level";
/// Head of the first column of quantiles.
pub const QUANTILE: &str = "Quantile";
/// Head of the first column of stays.
pub const STAY: &str = "Stay";
/// Column heads of charts of columns.
pub const TIME_COLUMNS: [&str; 3] = ["Seconds from the start", "People per frame", "Frames"];
/// Footage too short for a chart of its own.
pub const SINGLE_STRETCHES_CAPTION: &str = "Footage that is a single stretch of time: people per frame, mean, counted in \
    full (no interval).";
/// Its columns.
pub const SINGLE_STRETCH_COLUMNS: [&str; 4] =
    ["Footage", "Seconds from the start", "People per frame", "Frames"];
/// Column heads of frames by people.
pub const PEOPLE_COLUMNS: [&str; 2] = ["People in the frame", "Frames"];
/// Column heads of stays by length.
pub const STAY_BIN_COLUMNS: [&str; 2] = ["Length in seconds", "Tracks"];
/// Column heads of face heights.
pub const HEIGHT_COLUMNS: [&str; 2] = ["Height in pixels", "Face sightings"];
/// Table of data under a chart.
#[must_use]
pub fn data_caption(title: &str) -> String {
    format!("{title}: the data of the chart.")
}

/// Fixed words of the page.
#[must_use]
pub fn labels(name: &str, version: &str) -> Labels {
    Labels {
        skip: "Skip to the answer".into(),
        contents: "In this report".into(),
        show_data: "Show the data as a table".into(),
        limit: "What it cannot tell".into(),
        evidence: "Evidence".into(),
        decision: "How it was decided".into(),
        audit: "Audit".into(),
        colophon: format!(
            "Made by {name} {version}. This page asks no other computer for anything and identifies nobody. Its one script checks the seal when you ask it to."
        ),
        verifier: super::seal::verifier(),
    }
}
