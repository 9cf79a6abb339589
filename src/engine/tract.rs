//! tract, the embedded engine: pure Rust, ONNX and TensorFlow frozen graphs. In: the bytes of a model file and what its
//! input is made of. Out: an [`Engine`] whose sessions share one optimised plan.
//! Deliberately not here: reading files and checking digests (see `load.rs`), and what the tensors mean.
//!
//! tract is written for models that it can trust and panics on some that are malformed. Every call into it runs
//! under `guarded`, so that a hostile or broken file becomes an error that names it.

mod activation;
mod assemble;
mod bfloat;
mod blend;
mod block;
mod convolution;
mod dense;
mod depthwise;
mod focus;
mod fused;
mod gather;
mod heads;
mod lanes;
mod moved;
#[cfg(all(test, target_arch = "x86_64"))]
mod paired;
#[cfg(test)]
mod parity;
#[cfg(test)]
mod parity_bfloat;
#[cfg(test)]
mod parity_network;
#[cfg(test)]
mod parity_picture;
#[cfg(test)]
mod parity_registers;
mod probe;
mod rewrite;
mod scratch;
mod spread;
mod windowed;
#[cfg(target_arch = "x86_64")]
mod x86;

use super::outputs::Outputs;
use super::{Engine, EngineError, OutputInfo, Session};
use crate::normalise::Normalise;
use crate::variables;
use ndarray::ArrayD;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;
use tract_onnx::prelude::{
    Datum, DatumExt, DatumType, Framework, InferenceFact, InferenceModel, InferenceModelExt, IntoRunnable,
    TValue, Tensor, TractResult, TypedModel, TypedRunnableModel, tvec,
};
use tract_onnx::tract_core::plan::SimpleState;
use tract_onnx::tract_hir::internal::{DimLike as _, Factoid as _};
use vsa_base::Reason;
use vsa_plan::Precision;
use vsa_record::facts::{CONVOLUTIONS_BY, EngineFacts};
use zeroize::Zeroize;

/// Kept equal to the locked version by a test below.
const VERSION: &str = "0.23.9";

type TypedState =
    SimpleState<tract_onnx::tract_core::model::TypedFact, Box<dyn tract_onnx::tract_core::ops::TypedOp>>;

/// The engine as the record names it.
fn facts(precision: Precision) -> EngineFacts {
    EngineFacts {
        name: "tract".to_owned(),
        // The convolutions that the models spend their time in are ours: a report names both.
        version: format!("{VERSION}{CONVOLUTIONS_BY}vsa-audit {}", vsa_base::VERSION),
        libraries: Vec::new(),
        precision: precision.name().to_owned(),
        // What its loops used, and not what the processor could do besides.
        cpu: lanes::instruction_sets(precision),
        scripted: false,
    }
}

/// Types of an input that can hold normalised channels.
const FLOATS: [DatumType; 2] = [DatumType::F32, DatumType::F16];

/// Types of an input that can hold channel values of 0 to 255 alone.
const WHOLE_NUMBERS: [DatumType; 2] = [DatumType::I32, DatumType::U8];

/// Who computes the convolutions.
#[derive(Clone, Copy)]
enum Convolutions {
    /// Our own layers, where they understand the model (see `rewrite.rs`), in this precision, and tract elsewhere.
    Fused(Precision),
    /// tract alone, which the tests hold the other to.
    #[cfg(test)]
    Plain,
}

/// What the plan takes.
#[derive(Clone, Copy)]
enum Reads {
    /// The bytes of a picture, where nothing but convolutions reads them.
    Picture,
    /// A tensor of numbers of this type: it lies in memory of ours, which is wiped.
    Numbers(DatumType),
}

/// One optimised model.
pub struct TractEngine {
    plan: Arc<TypedRunnableModel>,
    reads: Reads,
    normalise: Arc<Normalise>,
    outputs: Vec<OutputInfo>,
    precision: Precision,
}

impl TractEngine {
    /// An ONNX model, run at the shape of `normalise` whatever shape the file declares. `path` only names it in errors.
    pub fn from_onnx(
        bytes: &[u8],
        path: &Path,
        normalise: Normalise,
        precision: Precision,
    ) -> Result<Self, EngineError> {
        check(precision)?;
        Self::from_onnx_as(bytes, path, normalise, Convolutions::Fused(precision))
    }

    fn from_onnx_as(
        bytes: &[u8],
        path: &Path,
        normalise: Normalise,
        how: Convolutions,
    ) -> Result<Self, EngineError> {
        guarded(|| {
            // The shapes that a file declares for its inner and output tensors hold for the input size that it was
            // exported with; ours may differ, and tract derives them anyway.
            let importer = tract_onnx::onnx()
                .with_ignore_output_shapes(true)
                .with_ignore_value_info(true);
            Self::finish(importer.model_for_read(&mut &*bytes)?, normalise, how)
        })
        .map_err(EngineError::load(path))
    }

    /// A TensorFlow frozen graph, cut out between the node `input` and the nodes `outputs`.
    pub fn from_tensorflow(
        bytes: &[u8],
        path: &Path,
        normalise: Normalise,
        input: &str,
        outputs: &[&str],
        precision: Precision,
    ) -> Result<Self, EngineError> {
        check(precision)?;
        let how = Convolutions::Fused(precision);
        Self::from_tensorflow_as(bytes, path, normalise, input, outputs, how)
    }

    fn from_tensorflow_as(
        bytes: &[u8],
        path: &Path,
        normalise: Normalise,
        input: &str,
        outputs: &[&str],
        how: Convolutions,
    ) -> Result<Self, EngineError> {
        guarded(|| {
            let mut model = tract_tensorflow::tensorflow().model_for_read(&mut &*bytes)?;
            model.set_input_names([input])?;
            model.set_input_fact(0, f32::fact(normalise.shape()).into())?;
            model.select_outputs_by_name(outputs)?;
            // Pre- and post-processing nodes hold control flow that tract does not run: drop them before analysis.
            model.compact()?;
            Self::finish(model, normalise, how)
        })
        .map_err(EngineError::load(path))
    }

    fn finish(mut model: InferenceModel, normalise: Normalise, how: Convolutions) -> TractResult<Self> {
        let inputs = model.input_outlets()?.len();
        if inputs != 1 {
            return Err(refusal(format!("it has {inputs} inputs, and a detector has one")));
        }
        let declared = model
            .input_fact(0)?
            .datum_type
            .concretize()
            .unwrap_or(DatumType::F32);
        if !FLOATS.contains(&declared) && !WHOLE_NUMBERS.contains(&declared) {
            return Err(refusal(format!(
                "its input is {declared:?}; export the model with a float32, float16, int32 or uint8 input"
            )));
        }
        model.set_input_fact(0, InferenceFact::dt_shape(declared, normalise.shape()))?;
        let names: Vec<String> = output_names(&model)?;
        let normalise = Arc::new(normalise);
        let (model, reads) = match how {
            Convolutions::Fused(precision) => {
                let model = model.into_typed()?;
                let fused = |picture| -> TractResult<TypedModel> {
                    rewrite::fuse_convolutions(model.clone(), precision, picture)?.into_optimized()
                };
                let reads_picture = match declared {
                    DatumType::F32 => Some(fused(Some(&normalise))?).filter(fused::reads_bytes),
                    _ => None,
                };
                match reads_picture {
                    Some(model) => (model, Reads::Picture),
                    None => (fused(None)?, Reads::Numbers(declared)),
                }
            }
            #[cfg(test)]
            Convolutions::Plain => (model.into_optimized()?, Reads::Numbers(declared)),
        };
        let mut outputs = Vec::with_capacity(names.len());
        for (index, name) in names.into_iter().enumerate() {
            let fact = model.output_fact(index)?;
            let shape = fact
                .shape
                .iter()
                .map(|dimension| dimension.to_usize().ok())
                .collect();
            outputs.push(OutputInfo { name, shape });
        }
        Ok(Self {
            plan: model.into_runnable()?,
            reads,
            normalise,
            outputs,
            precision: match how {
                Convolutions::Fused(precision) => precision,
                #[cfg(test)]
                Convolutions::Plain => Precision::F32,
            },
        })
    }
}

impl TractEngine {
    /// Whether the input takes channel values of 0 to 255 and nothing between them.
    pub fn takes_whole_numbers(&self) -> bool {
        matches!(self.reads, Reads::Numbers(kind) if WHOLE_NUMBERS.contains(&kind))
    }
}

impl Engine for TractEngine {
    fn session(&self) -> Result<Box<dyn Session>, EngineError> {
        guarded(|| self.plan.spawn())
            .map(|state| {
                Box::new(TractSession {
                    state,
                    reads: self.reads,
                    normalise: Arc::clone(&self.normalise),
                    input: Arc::default(),
                    outputs: Outputs::default(),
                }) as Box<dyn Session>
            })
            .map_err(EngineError::run)
    }

    fn outputs(&self) -> &[OutputInfo] {
        &self.outputs
    }

    fn facts(&self) -> EngineFacts {
        facts(self.precision)
    }
}

/// Whether this machine can compute so.
pub(crate) fn computes(precision: Precision) -> bool {
    match precision {
        Precision::F32 => true,
        Precision::Bf16 => lanes::has_bfloat(),
    }
}

fn check(precision: Precision) -> Result<(), EngineError> {
    variables::refuse(&variables::OF_TRACT)?;
    if computes(precision) {
        return Ok(());
    }
    Err(EngineError::Precision {
        engine: "tract",
        wanted: precision.name(),
        found: Precision::F32.name().to_owned(),
    })
}

/// One worker's scratch memory of one model.
struct TractSession {
    state: TypedState,
    reads: Reads,
    normalise: Arc<Normalise>,
    /// Kept from run to run, and wiped at the end: it holds pixels.
    input: Arc<Tensor>,
    outputs: Outputs,
}

impl TractSession {
    fn infer(&mut self, picture: &[u8]) -> TractResult<()> {
        let (columns, rows) = (self.normalise.columns, self.normalise.rows);
        let tensor = match self.reads {
            Reads::Picture => {
                let held = self.held::<u8>(&[1, rows, columns, 3])?;
                held.try_as_plain_ram_mut()?
                    .as_slice_mut()?
                    .copy_from_slice(picture);
                Arc::clone(&self.input)
            }
            Reads::Numbers(wanted) => {
                let normalise = Arc::clone(&self.normalise);
                let held = self.held::<f32>(&normalise.shape())?;
                normalise.lay_out(picture, held.try_as_plain_ram_mut()?.as_slice_mut()?);
                if wanted == DatumType::F32 {
                    Arc::clone(&self.input)
                } else {
                    self.input.cast_to_dt(wanted)?.into_owned().into()
                }
            }
        };
        let values = self.state.run(tvec![TValue::from_const(tensor)])?;
        for (index, value) in values.into_iter().enumerate() {
            let floats = value.cast_to_dt(DatumType::F32)?;
            self.outputs.put(index, &floats.to_plain_array_view::<f32>()?);
        }
        Ok(())
    }

    /// The memory of the input, that of the run before where nobody reads it any more.
    fn held<T: Datum>(&mut self, shape: &[usize]) -> TractResult<&mut Tensor> {
        if self.input.shape() != shape || Arc::get_mut(&mut self.input).is_none() {
            self.wipe();
            self.input = Arc::new(Tensor::zero_dt(T::datum_type(), shape)?);
        }
        Ok(Arc::get_mut(&mut self.input).expect("it is nobody else's now"))
    }

    fn wipe(&mut self) {
        // A run that failed holds on to its input. One that never ran has nothing to give back, and may not be asked.
        if Arc::get_mut(&mut self.input).is_none() {
            drop(self.state.reset_turn());
        }
        let held = Arc::get_mut(&mut self.input);
        let Some(Ok(mut pixels)) = held.map(Tensor::try_as_plain_ram_mut) else {
            return;
        };
        // Memory that was never used has another type, and holds nothing.
        match self.reads {
            Reads::Picture => pixels.as_slice_mut::<u8>().map(Zeroize::zeroize).ok(),
            Reads::Numbers(_) => pixels.as_slice_mut::<f32>().map(Zeroize::zeroize).ok(),
        };
    }
}

impl Session for TractSession {
    fn run(&mut self, picture: &[u8]) -> Result<&mut [ArrayD<f32>], EngineError> {
        self.normalise.check(picture)?;
        guarded(|| self.infer(picture)).map_err(EngineError::run)?;
        Ok(self.outputs.all())
    }
}

impl Drop for TractSession {
    fn drop(&mut self) {
        self.wipe();
    }
}

/// Names in the order in which the file declares the outputs.
fn output_names(model: &InferenceModel) -> TractResult<Vec<String>> {
    let outlets = model.output_outlets()?;
    Ok(outlets
        .iter()
        .map(|outlet| {
            model
                .outlet_label(*outlet)
                .map_or_else(|| model.node(outlet.node).name.clone(), str::to_owned)
        })
        .collect())
}

fn refusal(reason: String) -> tract_onnx::prelude::TractError {
    tract_onnx::prelude::TractError::msg(reason)
}

/// Runs `work` and turns both its error and its panic into one line.
pub(crate) fn guarded<T>(work: impl FnOnce() -> TractResult<T>) -> Result<T, Reason> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(value)) => Ok(value),
        Ok(Err(error)) => Err(one_line(&format!("{error:#}"))),
        Err(panic) => {
            let words = panic
                .downcast_ref::<String>()
                .cloned()
                .or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()));
            Err(one_line(&words.unwrap_or_else(|| {
                "the engine stopped without a reason".to_owned()
            })))
        }
    }
}

/// Engine messages can quote whole graphs: the first 300 characters, on one line.
fn one_line(text: &str) -> Reason {
    let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Reason(match flat.char_indices().nth(300) {
        Some((end, _)) => format!("{}…", &flat[..end]),
        None => flat,
    })
}

/// Why a model without a byte is refused.
#[cfg(test)]
pub(crate) fn refusal_of_nothing() -> Option<EngineError> {
    let contract = crate::contract::InputContract::plain(8, 8, crate::contract::Layout::Nchw);
    let normalise = Normalise::new(&contract);
    TractEngine::from_onnx(&[], Path::new("nothing.onnx"), normalise, Precision::F32).err()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{InputContract, Layout};

    #[test]
    fn the_recorded_version_is_the_locked_one() {
        let lock = include_str!("../../Cargo.lock");
        for package in ["tract-onnx", "tract-tensorflow", "tract-core"] {
            let entry = format!("name = \"{package}\"\nversion = \"{VERSION}\"");
            assert!(lock.contains(&entry), "{package} is not locked at {VERSION}");
        }
    }

    #[test]
    fn a_panic_inside_the_engine_becomes_an_error() {
        let got: Result<(), Reason> = guarded(|| panic!("index out of bounds"));
        assert_eq!(got, Err(Reason::of("index out of bounds")));
    }

    #[test]
    fn bytes_that_are_no_model_are_refused_with_the_name_of_the_file() {
        for bytes in [&b""[..], b"not a model", &[0xff; 4096], &[0x0a; 100_000]] {
            for tensorflow in [false, true] {
                let path = Path::new("models/broken.onnx");
                let layout = if tensorflow { Layout::Nhwc } else { Layout::Nchw };
                let normalise = Normalise::new(&InputContract::plain(8, 8, layout));
                let result = if tensorflow {
                    TractEngine::from_tensorflow(bytes, path, normalise, "input", &["output"], Precision::F32)
                } else {
                    TractEngine::from_onnx(bytes, path, normalise, Precision::F32)
                };
                let Err(error) = result else {
                    panic!("{} bytes were taken for a model", bytes.len());
                };
                assert!(error.to_string().contains("models/broken.onnx"), "{error}");
            }
        }
    }
}
