//! A picture in, tensors out. One file per engine; each takes the bytes of a picture that has the size of a model's input
//! contract, makes the numbers that the contract asks for, and lends the outputs until its next run.
//! Deliberately not here: what the numbers mean, and any box (see the room).

use ndarray::ArrayD;
use std::path::{Path, PathBuf};
use vsa_base::Reason;
use vsa_plan::{EngineChoice, Precision};
use vsa_record::facts::EngineFacts;

pub mod contract;
pub mod ir_file;
mod library;
pub mod model_bytes;
pub mod normalise;
mod onnx_file;
pub mod onnxruntime;
pub mod openvino;
pub mod outputs;
mod pool;
pub mod signature;
pub mod simd;
pub mod tfjs;
pub mod tract;
mod variables;

/// Why a model did not load or run.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The file is not a model that this engine can run.
    #[error("cannot load the model {path}: {reason}")]
    Load {
        /// The file.
        path: PathBuf,
        /// In the engine's words.
        reason: String,
    },
    /// The file is not the one that was asked for.
    #[error(
        "the model {path} has sha256 {found} and not {expected}: it was changed or is another file; pull it again"
    )]
    Digest {
        /// The file.
        path: PathBuf,
        /// What was asked for.
        expected: String,
        /// What is there.
        found: String,
    },
    /// The model does not have the outputs of its family.
    #[error("the model {model} does not look like {family}: {reason}")]
    Shape {
        /// Its name.
        model: String,
        /// The family it was taken for.
        family: String,
        /// What differs.
        reason: String,
    },
    /// The model cannot look at pictures of another size than its own.
    #[error(
        "the model {model} cannot be used at an input of {width}x{height} ({because}): its file may hold its own size; use that \
         with `input_size = \"model\"` in the plan (--input-size model)"
    )]
    Size {
        /// Its name.
        model: String,
        /// Width that was asked for.
        width: u32,
        /// Height that was asked for.
        height: u32,
        /// In the engine's words.
        because: String,
    },
    /// An engine's library cannot be used.
    #[error(
        "cannot use the {engine} library {path}: {reason}; fetch the one that this program was tested with by \
         `vsa-audit engines pull {engine}`, or go on with --engine tract"
    )]
    Library {
        /// Name of the engine.
        engine: &'static str,
        /// The library.
        path: PathBuf,
        /// Why not.
        reason: String,
    },
    /// The processor, or the library, cannot compute as asked.
    #[error(
        "{engine} cannot compute in {wanted} here (it would in {found}): the processor may lack the instructions; go on \
         with --precision f32"
    )]
    Precision {
        /// Name of the engine.
        engine: &'static str,
        /// As asked for.
        wanted: &'static str,
        /// What it would do.
        found: String,
    },
    /// A variable of the environment changes how the engine computes.
    #[error(
        "the environment variable {name} changes how {engine} computes, and the record would not tell: unset it (nothing that \
         it asks for is needed here)"
    )]
    Variable {
        /// Name of the engine.
        engine: &'static str,
        /// Name of the variable.
        name: String,
    },
    /// The engine cannot run this kind of model.
    #[error("{engine} cannot run the model {model}, which is {format}: {instead}, or choose an ONNX model")]
    Format {
        /// Name of the engine.
        engine: &'static str,
        /// Name of the model.
        model: String,
        /// What it is.
        format: &'static str,
        /// What can be done about it.
        instead: &'static str,
    },
    /// It failed while running.
    #[error("the model failed while running: {reason}")]
    Run {
        /// In the engine's words.
        reason: String,
    },
}

impl EngineError {
    /// Why the file at `path` does not load.
    pub fn load(path: &Path) -> impl Fn(Reason) -> Self + Copy {
        move |Reason(reason)| Self::Load {
            path: path.to_owned(),
            reason,
        }
    }

    /// Why a run failed.
    pub(crate) fn run(Reason(reason): Reason) -> Self {
        Self::Run { reason }
    }
}

/// The choice of the embedded engine, where this machine's processor can compute so.
#[must_use]
pub fn embedded(precision: Precision) -> Option<EngineChoice> {
    tract::computes(precision).then_some(EngineChoice::Tract { precision })
}

/// One loaded model, shared by all workers.
pub trait Engine: Send + Sync {
    /// A runner of its own for one worker.
    fn session(&self) -> Result<Box<dyn Session>, EngineError>;
    /// Names and shapes of the outputs, in the order in which sessions return them.
    fn outputs(&self) -> &[OutputInfo];
    /// As the record names it.
    fn facts(&self) -> EngineFacts;
}

/// Name and shape of one output. A dimension that depends on the input is `None`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputInfo {
    /// Its name in the model.
    pub name: String,
    /// Its dimensions.
    pub shape: Vec<Option<usize>>,
}

/// Runs one input at a time.
pub trait Session: Send {
    /// `picture` is RGB of the size in the model's input contract; the engine makes of it the numbers that the contract says.
    /// The outputs stay in the session's memory until its next run; whoever has read what must not stay anywhere wipes it
    /// there.
    fn run(&mut self, picture: &[u8]) -> Result<&mut [ArrayD<f32>], EngineError>;
}

/// The outputs in words, for messages.
#[must_use]
pub fn describe(outputs: &[OutputInfo]) -> String {
    let mut words = Vec::with_capacity(outputs.len());
    for output in outputs {
        let dims: Vec<String> = output
            .shape
            .iter()
            .map(|dim| dim.map_or_else(|| "?".to_owned(), |d| d.to_string()))
            .collect();
        words.push(format!("{} [{}]", output.name, dims.join(",")));
    }
    if words.is_empty() {
        "no outputs".to_owned()
    } else {
        words.join(", ")
    }
}
