//! What was looked at, with what, under which plan. No paths: footage is named by label and digest.

use super::disclosure::DataBasis;
use super::scene::SceneFacts;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ToolFacts {
    /// `vsa-audit`.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl ToolFacts {
    /// This program.
    #[must_use]
    pub fn this() -> Self {
        Self {
            name: vsa_base::PROGRAM.to_owned(),
            version: vsa_base::VERSION.to_owned(),
        }
    }
}

/// What the footage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ItemKind {
    /// A video file.
    Video,
    /// A folder of images that follow each other in time.
    ImageSequence,
    /// Images without an order in time: nobody is followed from one to the next.
    Stills,
}

/// One piece of footage. Frames are counted, never hidden: `expected`, `decoded` and `missing` are facts about the file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemFacts {
    /// The user's label, or `item-1`, `item-2`, …: never a path.
    pub label: String,
    /// Its kind.
    pub kind: ItemKind,
    /// SHA-256 of the file; for a folder, of the sorted list of its files' digests.
    pub sha256: String,
    /// Size in bytes (a folder's files summed).
    pub bytes: u64,
    /// Container format as the decoder names it, or the image formats met.
    pub container: String,
    /// Video codec, or the image formats met.
    pub codec: String,
    /// Width of a frame after rotation, in pixels (the largest, where images differ).
    pub width: u32,
    /// Height of a frame after rotation, in pixels.
    pub height: u32,
    /// Seconds from the first frame's time stamp to the end of the last frame.
    pub duration_seconds: f64,
    /// Frames per second as declared by the file, where it does.
    pub declared_frame_rate: Option<f64>,
    /// Whether time between frames varies by more than half a frame.
    pub variable_frame_rate: bool,
    /// Which decoder read it, with its version.
    pub decoder: String,
    /// How many frames there were.
    pub frames: FrameCounts,
    /// Messages of the decoder, each once, without paths.
    pub faults: Vec<String>,
}

/// How many frames were expected, met and lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FrameCounts {
    /// As the container declares, where it does.
    pub expected: Option<u64>,
    /// Decoded.
    pub decoded: u64,
    /// There, and not decoded: frames were drawn, and these lead to none of them. Whether one is faulty, or repeats the one
    /// before, was not seen; of such an item `repeated` is not counted. Absent: none.
    #[serde(default, skip_serializing_if = "is_none_of_them")]
    pub passed_over: u64,
    /// Looked at by the models (fewer than decoded where frames were sampled).
    pub looked_at: u64,
    /// Byte for byte the same as the frame before.
    pub repeated: u64,
    /// Time stamps that were skipped, counted in frames.
    pub missing: u64,
    /// Could not be decoded, or only with errors.
    pub faulty: u64,
    /// Whether the decoder tells of damage within frames. Where it conceals it, `faulty` is a lower bound.
    pub damage_told: bool,
}

impl FrameCounts {
    /// Frames that the file holds, decoded or not.
    #[must_use]
    pub fn there(&self) -> u64 {
        self.decoded + self.passed_over
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_none_of_them(count: &u64) -> bool {
    *count == 0
}

/// What was asked for, after validation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanFacts {
    /// On what ground the footage is processed.
    pub data_basis: DataBasis,
    /// Names of the models, in the order in which they ran.
    pub models: Vec<String>,
    /// Names of second detectors, which were only compared with the first where `fusions` does not name them.
    pub second_detectors: Vec<String>,
    /// Where boxes of the first and the second detector were joined: people, faces. Absent: nowhere.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fusions: Vec<FusionFacts>,
    /// Frames looked at in each second of footage; none: every frame.
    pub sample_fps: Option<f64>,
    /// Frames are drawn until the wanted precision is reached; none: frames are not drawn.
    pub precision: Option<super::drawn::PrecisionFacts>,
    /// Tiling of the person detector.
    pub person_tiles: TilingFacts,
    /// Tiling of the face detector.
    pub face_tiles: TilingFacts,
    /// Face detectors look at every n-th looked-at frame.
    pub face_stride: u32,
    /// Thresholds of audits that the plan sets in place of the tool's own, by the audit's name.
    pub thresholds: BTreeMap<String, f64>,
    /// The decoder for videos: `ffmpeg` or `opencv`. Which version read an item is said there.
    pub decoder: String,
    /// What the user said about the scene; none: nothing.
    pub scene: Option<SceneFacts>,
}

/// How the boxes of two detectors were joined (weighted boxes fusion, Solovyev et al. 2021), after each one's own suppression. All that
/// is told of the subject was counted from joined boxes, but for the comparison of the two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FusionFacts {
    /// What both look for: `person` or `face`.
    pub subject: String,
    /// Names of the two models, the one that leads first.
    pub models: Vec<String>,
    /// How much the scores of each weigh.
    pub weights: Vec<f64>,
    /// Where each model's own threshold was brought to, by a scale in two straight pieces from 0 over it to 1, before scores were
    /// joined.
    pub common_threshold: f64,
    /// From this overlap (IoU) on, boxes were joined.
    pub overlap: f64,
    /// Joined boxes below this score were not counted.
    pub score_threshold: f64,
}

/// How a frame was cut into tiles.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TilingFacts {
    /// Tiles from left to right; 1 and 1: none.
    pub columns: u32,
    /// Tiles from top to bottom.
    pub rows: u32,
    /// Share of a tile's side that it has in common with its neighbour.
    pub overlap: f64,
    /// Whether the whole frame was looked at as well.
    pub whole_frame: bool,
}

/// One model that ran.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ModelFacts {
    /// Its name in the registry.
    pub name: String,
    /// Model family, such as `yolox`.
    pub family: String,
    /// What it looks for (`person`, `face`; as a second detector `second_person`, `second_face`, and where
    /// its boxes were joined with those of the first `fused_person`, `fused_face`), or tells of those found
    /// (`body_embedding`, `face_embedding`, `age`, `gender`, `emotion`, `mask`).
    pub subject: String,
    /// SHA-256 of its file; of a model in two files, of the one with the graph.
    pub sha256: String,
    /// SHA-256 of the file with its weights. Absent: the model is one file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub weights_sha256: Option<String>,
    /// SPDX expression, or `unknown`.
    pub licence: String,
    /// Input width in pixels; of the largest input, where it followed the footage.
    pub input_width: u32,
    /// Input height in pixels; of the same input.
    pub input_height: u32,
    /// Why the input has this size. Absent: it is the one that the model was made with.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<InputFacts>,
    /// Detections below this score were not counted.
    pub score_threshold: f64,
    /// Detections below this score were dropped; those between the two could only continue a track.
    pub candidate_score: f64,
    /// Overlap (IoU) above which the lesser of two boxes was dropped.
    pub nms_iou: f64,
    /// What it was trained on, as its publisher declares.
    pub training_data: String,
    /// What its publishers measured, in their words and with the data, as the registry had it when the record was made. Absent:
    /// the model was none of the registry, or the record is older than this field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published_figure: Option<String>,
}

/// Why the input of a model has the size that it has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "chosen_by", rename_all = "snake_case", deny_unknown_fields)]
pub enum InputFacts {
    /// The plan names it.
    Plan,
    /// It is that of the pictures, in whole cells of the network: of frames, or of tiles. Smaller pictures are enlarged to the size
    /// that the model was made with.
    Footage {
        /// The long side is at most this.
        longest: u32,
        /// How many sizes there were: frames, tiles and pictures may differ.
        sizes: u32,
    },
}

/// A library that was loaded while the program ran.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LibraryFacts {
    /// Name of its file.
    pub name: String,
    /// SHA-256 of its file.
    pub sha256: String,
    /// Size of its file.
    pub bytes: u64,
}

/// In the version of an engine that computes convolutions with another program's code: what stands before that program's name.
pub const CONVOLUTIONS_BY: &str = ", convolutions by ";

/// The engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EngineFacts {
    /// Such as `tract`.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Libraries that were loaded while the program ran; none: the engine is part of the program.
    pub libraries: Vec<LibraryFacts>,
    /// Number format of the arithmetic: `float32` or `bfloat16`.
    pub precision: String,
    /// The processor: its architecture and those of its instruction sets by which engines choose how to compute. Its name
    /// is told in `run.json`: machines that differ in nothing but that make the same record.
    pub cpu: String,
    /// True only for the fake engine of the tests: nothing was looked at, and the record says so.
    pub scripted: bool,
}
