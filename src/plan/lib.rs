//! What to run. [`WrittenPlan`] is what a user wrote (TOML and options, unchecked); [`Plan`] is what was checked.
//! Only a [`Plan`] can be observed, and only a check makes one.

mod family;
mod fusion;
mod input_size;
pub mod scene;
mod second_detectors;
mod wanted_precision;
mod written;

pub use family::Family;
pub use fusion::{Fusion, WrittenFusion};
pub use input_size::{InputSize, NoInputSize, set_inputs};
pub use written::{PlanError, RobustnessExtent, WrittenFootage, WrittenPlan, WrittenSearch};

use crate::scene::Scene;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::PathBuf;
use vsa_record::disclosure::DisclosurePolicy;
use vsa_record::drawn::PrecisionFacts;
use vsa_record::robustness::Perturbation;

vsa_record::named! {
    /// What a detector looks for.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
    pub enum Subject {
        /// A whole person.
        Person = "person",
        /// A face.
        Face = "face",
    }
}

vsa_record::named! {
    /// What a model does with its subject.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
    pub enum Role {
        /// Finds it in a frame.
        #[default]
        Find = "find",
        /// Turns a found body into numbers that tell bodies apart.
        BodyEmbedding = "body_embedding",
        /// Turns a found face into numbers that tell faces apart.
        FaceEmbedding = "face_embedding",
        /// Assigns an age to a found face.
        Age = "age",
        /// Assigns a gender to a found face.
        Gender = "gender",
        /// Assigns an emotion to a found face.
        Emotion = "emotion",
        /// Says whether a found face wears a mask.
        Mask = "mask",
        /// Finds the joints of a found body.
        Pose = "pose",
    }
}

impl Role {
    /// What it looks at.
    #[must_use]
    pub const fn subject(self) -> Option<Subject> {
        match self {
            Self::Find => None,
            Self::BodyEmbedding | Self::Pose => Some(Subject::Person),
            Self::FaceEmbedding | Self::Age | Self::Gender | Self::Emotion | Self::Mask => {
                Some(Subject::Face)
            }
        }
    }
}

/// A file, and the digest that is checked before it is used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedFile {
    /// Where it is.
    pub path: PathBuf,
    /// SHA-256 that it must have.
    pub sha256: String,
}

/// One model to run: its files and how to use it.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelChoice {
    /// Name in the registry, or given by the user.
    pub name: String,
    /// The file; of a model in two files, the one with the graph.
    pub path: PathBuf,
    /// Digest of the file, checked before it is loaded.
    pub sha256: String,
    /// The other file, where the model's weights are in one of their own.
    pub weights: Option<CheckedFile>,
    /// Its family.
    pub family: Family,
    /// What it looks for, or at.
    pub subject: Subject,
    /// What it does with it.
    pub role: Role,
    /// Width and height of its input in pixels, as it was made.
    pub input_size: (u32, u32),
    /// At which size it looks.
    pub input: InputSize,
    /// Colour order that it was trained with, where it is not its family's.
    pub colour: Option<ColourOrder>,
    /// What is subtracted from a channel, where it is not its family's.
    pub mean: Option<[f32; 3]>,
    /// What a channel is divided by, where it is not its family's.
    pub std: Option<[f32; 3]>,
    /// Index of the class `person`, for models of several classes.
    pub person_class: u32,
    /// Detections below this score are not counted; they may continue a track.
    pub score_threshold: f32,
    /// Overlap above which the lesser of two boxes is dropped.
    pub nms_iou: f32,
    /// SPDX expression, or `unknown`.
    pub licence: String,
    /// What it was trained on, as declared.
    pub training_data: String,
    /// What its publishers measured, in their words and with the data; none where it is not of the built-in registry.
    pub published_figure: Option<String>,
}

/// Order of the colour channels of a model's input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ColourOrder {
    /// Red first.
    Rgb,
    /// Blue first.
    Bgr,
}

/// How a frame is cut into overlapping tiles.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tiling {
    /// Tiles from left to right.
    pub columns: u32,
    /// Tiles from top to bottom.
    pub rows: u32,
    /// Share of a tile's side that it has in common with its neighbour.
    pub overlap: f32,
    /// Whether the whole frame is looked at as well.
    pub whole_frame: bool,
}

impl Tiling {
    /// Tiles share a quarter of their side: a person as wide as that is whole in at least one of them.
    pub const DEFAULT_OVERLAP: f32 = 0.25;

    /// The whole frame once.
    pub const NONE: Self = Self {
        columns: 1,
        rows: 1,
        overlap: 0.0,
        whole_frame: true,
    };
}

/// One piece of footage to read.
#[derive(Clone, Debug, PartialEq)]
pub struct FootageItem {
    /// How the record names it.
    pub label: String,
    /// A video, an image or a folder of images.
    pub path: PathBuf,
    /// For a folder: images per second, if they follow each other in time.
    pub sequence_fps: Option<f64>,
}

/// Which decoder reads videos.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VideoDecoder {
    /// An ffmpeg child process, with the program to start.
    Ffmpeg(PathBuf),
    /// `OpenCV`'s videoio.
    Opencv,
}

/// Number format of an engine's arithmetic.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Precision {
    /// Single precision.
    #[default]
    F32,
    /// bfloat16, where engine and processor have it: faster, and other detections near the threshold.
    Bf16,
}

impl Precision {
    /// As the record writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::F32 => "float32",
            Self::Bf16 => "bfloat16",
        }
    }
}

/// Which engine runs the models.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EngineChoice {
    /// The embedded one.
    Tract {
        /// Number format of its convolutions.
        precision: Precision,
    },
    /// `ONNX Runtime`.
    OnnxRuntime {
        /// Its library.
        library: PathBuf,
    },
    /// `OpenVINO`.
    OpenVino {
        /// Its C library; the others lie beside it.
        library: PathBuf,
        /// Number format of its arithmetic.
        precision: Precision,
    },
}

impl Default for EngineChoice {
    fn default() -> Self {
        Self::EMBEDDED
    }
}

impl EngineChoice {
    /// The embedded one, in single precision.
    pub const EMBEDDED: Self = Self::Tract {
        precision: Precision::F32,
    };

    /// As the option `--engine` and the record name it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Tract { .. } => "tract",
            Self::OnnxRuntime { .. } => "onnxruntime",
            Self::OpenVino { .. } => "openvino",
        }
    }
}

/// What the names in a written plan were resolved to, all of it: a plan that was checked has no hole left that somebody could
/// fill afterwards.
#[derive(Clone, Debug)]
pub struct Means {
    /// The models, in the order given.
    pub models: Vec<ModelChoice>,
    /// The second detectors.
    pub second_detectors: Vec<ModelChoice>,
    /// The decoder for videos.
    pub decoder: VideoDecoder,
    /// The engine for all models.
    pub engine: EngineChoice,
}

impl Means {
    /// These models on the embedded engine, without second detectors.
    #[must_use]
    pub fn new(models: Vec<ModelChoice>, decoder: VideoDecoder) -> Self {
        Self {
            models,
            second_detectors: Vec::new(),
            decoder,
            engine: EngineChoice::EMBEDDED,
        }
    }
}

/// A checked plan. It is made by [`WrittenPlan::check`] and by nothing else, and can be read but not changed.
#[derive(Clone, Debug)]
pub struct Plan(Checked);

impl std::ops::Deref for Plan {
    type Target = Checked;

    fn deref(&self) -> &Checked {
        &self.0
    }
}

impl Plan {
    /// The same plan, looked at again under these perturbations, where [`RobustnessExtent`] has not the right ones.
    ///
    /// # Errors
    /// [`PlanError::Value`], where frames are drawn for a wanted precision: they show nobody's way.
    pub fn degraded_by(mut self, perturbations: Vec<Perturbation>) -> Result<Self, PlanError> {
        written::require(
            self.precision.is_none() || perturbations.is_empty(),
            "robustness",
            "asked for",
            "left out where there is a precision_target",
        )?;
        self.0.robustness = perturbations;
        Ok(self)
    }
}

/// What a checked plan says.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Checked {
    /// The footage, in the order given.
    pub footage: Vec<FootageItem>,
    /// The models, in the order given.
    pub models: Vec<ModelChoice>,
    /// Second detectors: compared with the first of their subject, and used for nothing else where no fusion names them.
    pub second_detectors: Vec<ModelChoice>,
    /// Where the first and the second are joined: one for each subject at most.
    pub fusions: Vec<Fusion>,
    /// The decoder for videos.
    pub decoder: VideoDecoder,
    /// The engine for the models.
    pub engine: EngineChoice,
    /// Frames looked at in each second of footage; none: every frame.
    pub sample_fps: Option<f64>,
    /// Frames are drawn until this is reached; none: frames are not drawn.
    pub precision: Option<PrecisionFacts>,
    /// For the person detectors.
    pub person_tiles: Tiling,
    /// For the face detectors.
    pub face_tiles: Tiling,
    /// Face detectors look at every n-th looked-at frame.
    pub face_stride: u32,
    /// What the user said about the place.
    pub scene: Scene,
    /// How the footage is degraded and looked at again; empty: not at all.
    pub robustness: Vec<Perturbation>,
    /// The rule for small cells.
    pub disclosure: DisclosurePolicy,
    /// Thresholds of audits, by the audit's name, in place of the tool's own. `observe` only hands them on.
    pub thresholds: BTreeMap<String, f64>,
}
