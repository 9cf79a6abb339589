//! `OpenVINO`, linked while the program runs to libraries that the user has or that `engines pull` fetched. In: the bytes
//! of an ONNX model, or of graph and weights in `OpenVINO`'s own format, the shape of the input, the C library, a precision. Out: an [`Engine`] whose sessions run one frame
//! each on one thread: frames side by side beat threads within a frame (see `benches/README.md`).
//!
//! Left alone, `OpenVINO` computes in bfloat16 where the processor has instructions for it; here it is told, and asked
//! afterwards, since it overrides what a processor cannot do without a word. Deliberately not here: where the libraries
//! come from (see `supply`).

use super::library::{self, Loaded};
use super::outputs::Outputs;
use super::pool::{InstancePool, PoolGuard};
use super::{Engine, EngineError, OutputInfo, Session, onnx_file};
use crate::model_bytes::{ModelBytes, Written};
use crate::normalise::Normalise;
use crate::variables;
use ndarray::{ArrayD, ArrayViewD};
use openvino::prepostprocess::Pipeline;
use openvino::{
    CompiledModel, Core, DeviceType, ElementType, InferRequest, Model, RwPropertyKey, Shape, Tensor,
};
use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;
use vsa_base::Reason;
use vsa_plan::Precision;
use vsa_record::facts::{EngineFacts, LibraryFacts};
use zeroize::Zeroize as _;

/// The libraries of this process: they can be loaded once.
static LIBRARY: Loaded<Library> = Loaded::new();

/// What of the folder of the C library a run can load: the core, the plugin for processors, the readers of ONNX
/// files and of its own format, the threads. Names go on with versions.
const PARTS: [&str; 6] = [
    "libopenvino_c.so",
    "libopenvino.so",
    "libopenvino_intel_cpu_plugin.so",
    "libopenvino_arm_cpu_plugin.so",
    "libopenvino_onnx_frontend.so",
    IR_READER,
];
/// The reader of `OpenVINO`'s own format.
const IR_READER: &str = "libopenvino_ir_frontend.so";
/// The library of threads, where the folder has one of its own.
const THREADS: &str = "libtbb.so";

struct Library {
    files: Vec<LibraryFacts>,
    version: String,
}

fn load(path: &Path) -> Result<Library, Reason> {
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .and_then(|items| {
            items
                .map(|item| Ok(item?.file_name()))
                .collect::<Result<Vec<_>, _>>()
        })
        .map_err(Reason::of)?
        .into_iter()
        .filter_map(|name| name.into_string().ok())
        .filter(|name| PARTS.iter().chain([&THREADS]).any(|part| name.starts_with(part)))
        .collect();
    names.sort();
    let files = names
        .iter()
        .map(|name| library::facts(&folder.join(name)))
        .collect::<Result<Vec<_>, _>>()
        .map_err(Reason::of)?;
    openvino_sys::library::load_from(path).map_err(Reason)?;
    // Asked now: what else it needs is loaded by it, or missing.
    Core::new().map_err(Reason::of)?;
    Ok(Library {
        files,
        version: openvino::version().build_number,
    })
}

/// One model, compiled for each worker, and run on the worker's own thread. Compiled once for all it would run on threads of
/// `OpenVINO`'s own, and handing every frame over to them leaves a tenth of the processors idle (`benches/README.md`).
pub struct OpenVinoEngine {
    model: ModelBytes,
    library: &'static Library,
    precision: Precision,
    normalise: Arc<Normalise>,
    outputs: Vec<OutputInfo>,
    /// How the numbers of each output are written.
    numbers: Vec<Numbers>,
    requests: InstancePool<Request>,
}

struct Request {
    /// Dropped before the model that it runs.
    infer: InferRequest,
    compiled: CompiledModel,
}

impl OpenVinoEngine {
    /// An ONNX model, run at the shape of `normalise` whatever shape the file declares. `path` only names it in errors.
    pub fn from_onnx(
        bytes: &[u8],
        path: &Path,
        normalise: Normalise,
        library_path: &Path,
        precision: Precision,
    ) -> Result<Self, EngineError> {
        let library = library::loaded(&LIBRARY, &variables::OF_OPENVINO, library_path, load)?;
        let model = onnx_file::with_input_shape(bytes, normalise.shape()).map_err(EngineError::load(path))?;
        Self::prepared(ModelBytes::whole(model), path, normalise, library, precision)
    }

    /// A model in `OpenVINO`'s own format: graph and weights. It has the one size that it was made with; `path` only names it in
    /// errors.
    pub fn from_ir(
        model: ModelBytes,
        path: &Path,
        normalise: Normalise,
        library_path: &Path,
        precision: Precision,
    ) -> Result<Self, EngineError> {
        let library = library::loaded(&LIBRARY, &variables::OF_OPENVINO, library_path, load)?;
        let reads = |file: &LibraryFacts| file.name.starts_with(IR_READER);
        if !library.files.iter().any(reads) {
            return Err(EngineError::Library {
                engine: "openvino",
                path: library_path.to_owned(),
                reason: format!("{IR_READER}, which reads models in OpenVINO's own format, is not beside it"),
            });
        }
        Self::prepared(model, path, normalise, library, precision)
    }

    fn prepared(
        model: ModelBytes,
        path: &Path,
        normalise: Normalise,
        library: &'static Library,
        precision: Precision,
    ) -> Result<Self, EngineError> {
        let failure = EngineError::load(path);
        let request = request(&model, precision).map_err(failure)?;
        let compiled = &request.compiled;
        check_precision(compiled, precision, path)?;
        let input = compiled.get_input().map_err(Reason::of).map_err(failure)?;
        if input.get_element_type().map_err(Reason::of).map_err(failure)? != ElementType::F32 {
            let reason = "its input is not float32, which is all that this engine is given: export it so, or go on with \
                          --engine tract";
            return Err(failure(Reason::of(reason)));
        }
        let shape = sides(&input).map_err(Reason::of).map_err(failure)?;
        let wanted = normalise.shape().map(Some);
        if shape != wanted {
            let reason = format!(
                "its input is {} and not {}: a model in OpenVINO's own format runs at the size that it was made with",
                in_words(&shape),
                in_words(&wanted)
            );
            return Err(failure(Reason(reason)));
        }
        let outputs = described(compiled).map_err(Reason::of).map_err(failure)?;
        let numbers = numbers(compiled).map_err(failure)?;
        Ok(Self {
            model,
            library,
            precision,
            normalise: Arc::new(normalise),
            outputs,
            numbers,
            requests: InstancePool::with(request),
        })
    }
}

/// Sides as a reader knows them.
fn in_words(sides: &[Option<usize>]) -> String {
    let info = OutputInfo {
        name: String::new(),
        shape: sides.to_vec(),
    };
    super::describe(std::slice::from_ref(&info)).trim().to_owned()
}

/// How numbers are written in an output.
#[derive(Clone, Copy)]
enum Numbers {
    Single,
    Whole32,
    Whole64,
}

impl Numbers {
    fn of(written: ElementType) -> Option<Self> {
        match written {
            ElementType::F32 => Some(Self::Single),
            ElementType::I32 => Some(Self::Whole32),
            ElementType::I64 => Some(Self::Whole64),
            _ => None,
        }
    }

    /// The numbers of a tensor that is not empty. Whole ones are numbers of labels, which single precision holds exactly.
    #[expect(clippy::cast_precision_loss, reason = "labels are small")]
    fn read(self, tensor: &Tensor) -> Result<Cow<'_, [f32]>, openvino::InferenceError> {
        Ok(match self {
            Self::Single => Cow::Borrowed(tensor.get_data::<f32>()?),
            Self::Whole32 => tensor
                .get_data::<i32>()?
                .iter()
                .map(|value| *value as f32)
                .collect(),
            Self::Whole64 => tensor
                .get_data::<i64>()?
                .iter()
                .map(|value| *value as f32)
                .collect(),
        })
    }
}

/// How the numbers of each output are written.
fn numbers(compiled: &CompiledModel) -> Result<Vec<Numbers>, Reason> {
    (0..compiled.get_output_size().map_err(Reason::of)?)
        .map(|index| {
            let output = compiled.get_output_by_index(index).map_err(Reason::of)?;
            let written = output.get_element_type().map_err(Reason::of)?;
            Numbers::of(written).ok_or_else(|| {
                let name = output.get_name().unwrap_or_default();
                Reason(format!(
                    "its output {name} is neither float32 nor whole numbers of 32 or 64 bits: export it so"
                ))
            })
        })
        .collect()
}

/// The model as it is read. `OpenVINO`'s own files may want their pictures in half precision: they are given single precision, and
/// turn it into the other themselves.
fn read(core: &mut Core, model: &ModelBytes) -> Result<Model, openvino::InferenceError> {
    let weights = match &model.weights {
        Some(bytes) => {
            let length = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
            let mut tensor = Tensor::new(ElementType::U8, &Shape::new(&[length])?)?;
            tensor.get_raw_data_mut()?.copy_from_slice(bytes);
            Some(tensor)
        }
        None => None,
    };
    let read = core.read_model_from_buffer(&model.graph, weights.as_ref())?;
    if model.written() != Written::Xml {
        return Ok(read);
    }
    let input = read.get_input_by_index(0)?;
    if input.get_element_type()? != ElementType::F16 {
        return Ok(read);
    }
    let single = Tensor::new(ElementType::F32, &input.get_shape()?)?;
    let pipeline = Pipeline::new(&read)?;
    pipeline
        .get_input_info_by_index(0)?
        .get_tensor_info()?
        .set_from(&single)?;
    pipeline.build_new_model()
}

fn request(model: &ModelBytes, precision: Precision) -> Result<Request, Reason> {
    let cpu = DeviceType::CPU;
    let settings = [
        (RwPropertyKey::HintInferencePrecision, hint(precision)),
        // No stream: on the thread that asks.
        (RwPropertyKey::NumStreams, "0"),
        (RwPropertyKey::InferenceNumThreads, "1"),
        // Other programs run on this machine, and our own decoder.
        (RwPropertyKey::HintEnableCpuPinning, "NO"),
    ];
    // Settings are the core's: with one of its own nobody waits for another model.
    let mut core = Core::new().map_err(Reason::of)?;
    core.set_properties(&cpu, settings).map_err(Reason::of)?;
    let model = read(&mut core, model).map_err(Reason::of)?;
    let mut compiled = core.compile_model(&model, cpu).map_err(Reason::of)?;
    let infer = compiled.create_infer_request().map_err(Reason::of)?;
    Ok(Request { infer, compiled })
}

/// Whether the arithmetic is the one asked for.
fn check_precision(compiled: &CompiledModel, precision: Precision, path: &Path) -> Result<(), EngineError> {
    let key = RwPropertyKey::HintInferencePrecision.into();
    let found = compiled.get_property(&key).map_err(Reason::of);
    let found = found.map_err(EngineError::load(path))?;
    if found == hint(precision) {
        Ok(())
    } else {
        Err(EngineError::Precision {
            engine: "openvino",
            wanted: precision.name(),
            found: found.into_owned(),
        })
    }
}

/// As `OpenVINO` calls it.
fn hint(precision: Precision) -> &'static str {
    match precision {
        Precision::F32 => "f32",
        Precision::Bf16 => "bf16",
    }
}

fn described(compiled: &CompiledModel) -> Result<Vec<OutputInfo>, openvino::InferenceError> {
    (0..compiled.get_output_size()?)
        .map(|index| {
            let node = compiled.get_output_by_index(index)?;
            Ok(OutputInfo {
                name: node.get_name()?,
                shape: sides(&node)?,
            })
        })
        .collect()
}

/// The sides of an input or output. One that depends on the input has no one length.
fn sides(node: &openvino::Node) -> Result<Vec<Option<usize>>, openvino::InferenceError> {
    let shape = node.get_partial_shape()?;
    let sides = shape.get_dimensions().iter();
    Ok(sides
        .map(|side| (side.get_min() == side.get_max()).then_some(side.get_min()))
        .map(|side| side.and_then(|side| usize::try_from(side).ok()))
        .collect())
}

impl Engine for OpenVinoEngine {
    fn session(&self) -> Result<Box<dyn Session>, EngineError> {
        let request = self
            .requests
            .lend(|| request(&self.model, self.precision))
            .map_err(EngineError::run)?;
        Ok(Box::new(OpenVinoSession {
            request,
            numbers: self.numbers.clone(),
            normalise: Arc::clone(&self.normalise),
            outputs: Outputs::default(),
        }))
    }

    fn outputs(&self) -> &[OutputInfo] {
        &self.outputs
    }

    fn facts(&self) -> EngineFacts {
        EngineFacts {
            name: "openvino".to_owned(),
            version: self.library.version.clone(),
            libraries: self.library.files.clone(),
            precision: self.precision.name().to_owned(),
            cpu: vsa_base::environment::instruction_sets(),
            scripted: false,
        }
    }
}

struct OpenVinoSession {
    request: PoolGuard<Request>,
    numbers: Vec<Numbers>,
    normalise: Arc<Normalise>,
    outputs: Outputs,
}

impl OpenVinoSession {
    fn infer(&mut self, picture: &[u8]) -> Result<(), openvino::InferenceError> {
        let mut tensor = self.request.infer.get_input_tensor()?;
        self.normalise.lay_out(picture, tensor.get_data_mut::<f32>()?);
        self.request.infer.infer()?;
        for (index, numbers) in self.numbers.iter().enumerate() {
            let tensor = self.request.infer.get_output_tensor_by_index(index)?;
            let shape = tensor.get_shape()?;
            let sides: Vec<usize> = shape
                .get_dimensions()
                .iter()
                .map(|&side| usize::try_from(side).unwrap_or(0))
                .collect();
            // Where nothing was found there is no memory to look at.
            let values = if sides.contains(&0) {
                Cow::Borrowed(&[][..])
            } else {
                numbers.read(&tensor)?
            };
            let values = ArrayViewD::from_shape(sides, &values)
                .expect("a tensor has as many values as its shape says");
            self.outputs.put(index, &values);
        }
        Ok(())
    }
}

impl Session for OpenVinoSession {
    fn run(&mut self, picture: &[u8]) -> Result<&mut [ArrayD<f32>], EngineError> {
        self.normalise.check(picture)?;
        let ran = self.infer(picture).map_err(Reason::of);
        ran.map_err(EngineError::run)?;
        Ok(self.outputs.all())
    }
}

impl Drop for OpenVinoSession {
    fn drop(&mut self) {
        // It holds pixels. Without it there is nothing to wipe.
        if let Ok(mut tensor) = self.request.infer.get_input_tensor()
            && let Ok(pixels) = tensor.get_data_mut::<f32>()
        {
            pixels.zeroize();
        }
    }
}
