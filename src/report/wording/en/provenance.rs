//! What was examined, with what, and how to do it again.

use crate::formats::english as formats;
use vsa_record::Record;

/// Terms of an item's facts.
pub const ITEM_TERMS: [&str; 13] = [
    "Kind",
    "SHA-256",
    "Size",
    "Container and codec",
    "Frame size",
    "Length",
    "Declared frame rate",
    "Decoder",
    "Frames expected",
    "Frames decoded",
    "Frames looked at",
    "Repeated, missing, faulty frames",
    "Decoder's messages",
];
/// `0 repeated, 0 missing, 0 faulty`; `damage_told`: whether the decoder tells of damage within frames.
#[must_use]
pub fn frame_faults(repeated: u64, missing: u64, faulty: u64, damage_told: bool) -> String {
    let concealed = if damage_told {
        ""
    } else {
        " or more (this decoder conceals damage within frames)"
    };
    format!(
        "{} repeated, {} missing by time stamp, {} faulty{concealed}",
        formats::count(repeated),
        formats::count(missing),
        formats::count(faulty)
    )
}
/// `10 frames per second`, and whether it varies.
#[must_use]
pub fn frame_rate(rate: Option<f64>, varies: bool) -> String {
    let rate = rate.map_or_else(
        || "not declared".to_owned(),
        |r| format!("{} frames per second", formats::plain(r)),
    );
    if varies {
        format!("{rate}; the time between frames varies")
    } else {
        rate
    }
}
/// What is said where a file does not declare its number of frames.
pub const NOT_DECLARED: &str = "not declared by the file";
/// `avi, mpeg4`.
#[must_use]
pub fn container_and_codec(container: &str, codec: &str) -> String {
    format!("{container}, {codec}")
}
/// Shown where a decoder had nothing to say.
pub const NO_MESSAGES: &str = "none";

/// Terms of a model's facts.
pub const MODEL_TERMS: [&str; 7] = [
    "Looks for",
    "Family",
    "SHA-256",
    "Licence",
    "Training data, as declared",
    "Input",
    "Thresholds",
];
/// What a model looks for.
#[must_use]
pub fn subject(subject: &str) -> String {
    match subject {
        "person" => "people".to_owned(),
        "face" => "faces".to_owned(),
        "second_person" => {
            "people, as a second detector (compared with the first, used for nothing else)".to_owned()
        }
        "second_face" => {
            "faces, as a second detector (compared with the first, used for nothing else)".to_owned()
        }
        "body_embedding" => "describes bodies (re-identification)".to_owned(),
        "face_embedding" => "describes faces (face matching)".to_owned(),
        "age" | "gender" | "emotion" | "mask" => format!("assigns labels to faces ({subject})"),
        other => other.to_owned(),
    }
}
/// Thresholds of a model.
#[must_use]
pub fn thresholds(score: f64, iou: f64) -> String {
    if score <= 0.0 && iou <= 0.0 {
        return "none: it finds nothing itself".to_owned();
    }
    format!(
        "score at least {}; of two boxes that overlap by more than {} (IoU) the lesser is dropped",
        formats::plain(score),
        formats::plain(iou)
    )
}

/// Heading of the settings.
pub const SETTINGS_HEADING: &str = "Settings";
/// Terms of the settings.
pub const SETTING_TERMS: [&str; 7] = [
    "Program",
    "Engine",
    "Frames looked at",
    "Tiles for people",
    "Tiles for faces",
    "Faces looked for",
    "Smallest cell shown",
];
/// `vsa-audit 0.1.0`.
#[must_use]
pub fn program(name: &str, version: &str) -> String {
    format!("{name} {version}")
}
/// `tract 0.23.9, f32`.
#[must_use]
pub fn engine(name: &str, version: &str, precision: &str) -> String {
    format!("{name} {version}, {precision}")
}
/// Sampling.
#[must_use]
pub fn sampling(fps: Option<f64>) -> String {
    fps.map_or_else(
        || "every frame".to_owned(),
        |f| format!("{} in each second", formats::plain(f)),
    )
}
/// Tiling.
#[must_use]
pub fn tiling(columns: u32, rows: u32, overlap: f64, whole: bool) -> String {
    if columns <= 1 && rows <= 1 {
        return "none: the whole frame at once".to_owned();
    }
    let extra = if whole { ", and the whole frame" } else { "" };
    format!(
        "{columns}\u{202f}×\u{202f}{rows}, overlapping by {}{extra}",
        formats::percent(overlap)
    )
}
/// Stride of the face detector.
#[must_use]
pub fn face_stride(stride: u32) -> String {
    if stride <= 1 {
        "in every frame looked at".to_owned()
    } else {
        format!("in one of {stride} frames looked at")
    }
}
/// The smallest cell.
#[must_use]
pub fn min_cell(min_cell: u32) -> String {
    if min_cell <= 1 {
        "1 person: nothing is withheld".to_owned()
    } else {
        format!("{min_cell} people")
    }
}

/// In a plan, for the place of a file that the reader has to write.
pub const PLACEHOLDER: &str = "FOOTAGE";
/// Above the plan.
pub const PLAN_CAPTION: &str = "1. Save this as plan.toml. In place of FOOTAGE (FOOTAGE-1, FOOTAGE-2 and so on) write where \
    the file with the given digest lies.";
/// In a plan without sampling.
pub const PLAN_EVERY_FRAME: &str = "sample_fps is not set: every frame is looked at.";

/// Comments at the head of the plan: with what the record was made.
#[must_use]
pub fn plan_comments(record: &Record) -> Vec<String> {
    let (tool, engine) = (&record.tool, &record.engine);
    let mut lines = vec![format!(
        "Made by {}, engine {}.",
        program(&tool.name, &tool.version),
        self::engine(&engine.name, &engine.version, &engine.precision)
    )];
    let mut decoders: Vec<&str> = record.items.iter().map(|item| item.decoder.as_str()).collect();
    decoders.sort_unstable();
    decoders.dedup();
    lines.extend(
        decoders
            .into_iter()
            .map(|decoder| format!("Decoded by {decoder}.")),
    );
    lines.extend(
        record
            .models
            .iter()
            .map(|model| format!("Model {}: SHA-256 {}", model.name, model.sha256)),
    );
    lines
}

/// A comment that ties a piece of footage to its digest.
#[must_use]
pub fn plan_footage(sha256: &str, bytes: u64) -> String {
    format!("SHA-256 {sha256}, {}", formats::bytes(bytes))
}

/// Above the command.
pub const COMMAND_CAPTION: &str = "2. In the same folder, run:";
/// The command that runs the plan. ffmpeg is what the program takes by itself.
#[must_use]
pub fn again_command(program: &str, decoder: &str, engine: &str) -> String {
    let decoder = if decoder == "opencv" {
        " --decoder opencv"
    } else {
        ""
    };
    format!("{program} audit --plan plan.toml --out DIR{decoder}{engine}")
}
/// The digest of the record that this report speaks about.
pub const RECORD_DIGEST: &str = "SHA-256 of record.json";
/// How to check a repetition.
pub const CHECK_AGAIN: &str = "3. To check: the SHA-256 of the new DIR/record.json is the one above. The date and the machine are \
    in run.json, which may differ. Another version of the decoder may give other pixels, and another processor family may \
    round differently in the last digits.";
