//! `OpenVINO`, linked while the program runs to libraries that the user has or that `engines pull` fetched. In: the bytes
//! of an ONNX model, the shape of its input, the C library, a precision. Out: an [`Engine`] whose sessions run one frame
//! each on one thread: frames side by side beat threads within a frame (see `benches/README.md`).
//!
//! Left alone, `OpenVINO` computes in bfloat16 where the processor has instructions for it; here it is told, and asked
//! afterwards, since it overrides what a processor cannot do without a word. Deliberately not here: where the libraries
//! come from (see `supply`).

use super::library::{self, Loaded};
use super::outputs::Outputs;
use super::pool::{InstancePool, PoolGuard};
use super::{Engine, EngineError, OutputInfo, Session, onnx_file};
use crate::normalise::Normalise;
use crate::variables;
use ndarray::{ArrayD, ArrayViewD};
use openvino::{CompiledModel, Core, DeviceType, ElementType, InferRequest, RwPropertyKey};
use std::path::Path;
use std::sync::Arc;
use vsa_base::Reason;
use vsa_plan::Precision;
use vsa_record::facts::{EngineFacts, LibraryFacts};
use zeroize::Zeroize as _;

/// The libraries of this process: they can be loaded once.
static LIBRARY: Loaded<Library> = Loaded::new();

/// What of the folder of the C library a run can load: the core, the plugin for processors, the reader of ONNX files, the
/// threads. Names go on with versions.
const PARTS: [&str; 5] = [
    "libopenvino_c.so",
    "libopenvino.so",
    "libopenvino_intel_cpu_plugin.so",
    "libopenvino_arm_cpu_plugin.so",
    "libopenvino_onnx_frontend.so",
];
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
    model: Vec<u8>,
    library: &'static Library,
    precision: Precision,
    normalise: Arc<Normalise>,
    outputs: Vec<OutputInfo>,
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
        let failure = EngineError::load(path);
        let library = library::loaded(&LIBRARY, &variables::OF_OPENVINO, library_path, load)?;
        let model = onnx_file::with_input_shape(bytes, normalise.shape()).map_err(failure)?;
        let request = request(&model, precision).map_err(failure)?;
        let compiled = &request.compiled;
        check_precision(compiled, precision, path)?;
        let input = compiled.get_input().and_then(|input| input.get_element_type());
        if input.map_err(Reason::of).map_err(failure)? != ElementType::F32 {
            let reason = "its input is not float32, which is all that this engine is given: export it so, or go on with \
                          --engine tract";
            return Err(failure(Reason::of(reason)));
        }
        let outputs = described(compiled).map_err(Reason::of).map_err(failure)?;
        Ok(Self {
            model,
            library,
            precision,
            normalise: Arc::new(normalise),
            outputs,
            requests: InstancePool::with(request),
        })
    }
}

fn request(model: &[u8], precision: Precision) -> Result<Request, Reason> {
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
    let model = core.read_model_from_buffer(model, None).map_err(Reason::of)?;
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
            let shape = node.get_partial_shape()?;
            let sides = shape.get_dimensions().iter();
            Ok(OutputInfo {
                name: node.get_name()?,
                // A side that depends on the input has no one length.
                shape: sides
                    .map(|side| (side.get_min() == side.get_max()).then_some(side.get_min()))
                    .map(|side| side.and_then(|side| usize::try_from(side).ok()))
                    .collect(),
            })
        })
        .collect()
}

impl Engine for OpenVinoEngine {
    fn session(&self) -> Result<Box<dyn Session>, EngineError> {
        let request = self
            .requests
            .lend(|| request(&self.model, self.precision))
            .map_err(EngineError::run)?;
        Ok(Box::new(OpenVinoSession {
            request,
            count: self.outputs.len(),
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
    count: usize,
    normalise: Arc<Normalise>,
    outputs: Outputs,
}

impl OpenVinoSession {
    fn infer(&mut self, picture: &[u8]) -> Result<(), openvino::InferenceError> {
        let mut tensor = self.request.infer.get_input_tensor()?;
        self.normalise.lay_out(picture, tensor.get_data_mut::<f32>()?);
        self.request.infer.infer()?;
        for index in 0..self.count {
            let tensor = self.request.infer.get_output_tensor_by_index(index)?;
            let shape = tensor.get_shape()?;
            let sides: Vec<usize> = shape
                .get_dimensions()
                .iter()
                .map(|&side| usize::try_from(side).unwrap_or(0))
                .collect();
            let values = ArrayViewD::from_shape(sides, tensor.get_data::<f32>()?)
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
