//! `ONNX Runtime`, linked while the program runs to a library that the user has or that `engines pull` fetched. In: the
//! bytes of an ONNX model, the shape of its input, the library. Out: an [`Engine`] whose sessions run one frame each on
//! one thread: frames side by side beat threads within a frame (see `benches/README.md`).
//!
//! The library is code of somebody else in this process. Its digest is checked before it is loaded, it is loaded once,
//! and it is told to send no telemetry. Deliberately not here: where it comes from (see `supply`).

use super::library::{self, Loaded};
use super::outputs::Outputs;
use super::pool::{InstancePool, PoolGuard};
use super::{Engine, EngineError, OutputInfo, Session, onnx_file};
use crate::normalise::Normalise;
use crate::variables;
use ndarray::{Array4, ArrayD};
use ort::environment::Environment;
use ort::session::builder::GraphOptimizationLevel;
use ort::value::{TensorRef, ValueType};
use std::path::Path;
use std::sync::Arc;
use vsa_base::Reason;
use vsa_plan::Precision;
use vsa_record::facts::{EngineFacts, LibraryFacts};
use zeroize::Zeroize as _;

/// The library of this process: it can be loaded once.
static LIBRARY: Loaded<Library> = Loaded::new();

struct Library {
    file: LibraryFacts,
    version: String,
    environment: Environment,
}

fn load(path: &Path) -> Result<Library, Reason> {
    let file = library::facts(path).map_err(Reason::of)?;
    let environment = ort::init_from(path)
        .map_err(Reason::of)?
        .with_telemetry(false)
        .build()
        .map_err(Reason::of)?;
    Ok(Library {
        file,
        version: version(path).map_err(Reason::of)?,
        environment,
    })
}

/// What its linker script calls the version of its symbols, `VERS_1.31.1`: the one place where the file tells it that can be
/// read without calling into it. Its build information, where the file has no such name.
fn version(path: &Path) -> std::io::Result<String> {
    let bytes = std::fs::read(path)?;
    Ok(named_version(&bytes).unwrap_or_else(|| ort::info().trim().to_owned()))
}

fn named_version(library: &[u8]) -> Option<String> {
    const NAME: &[u8] = b"\0VERS_";
    let places = library.windows(NAME.len()).enumerate();
    places.filter(|(_, bytes)| *bytes == NAME).find_map(|(at, _)| {
        let rest = library.get(at + NAME.len()..)?;
        let end = rest.iter().take(32).position(|byte| *byte == 0)?;
        let text = std::str::from_utf8(&rest[..end]).ok()?;
        let plain = |c: char| c.is_ascii_digit() || c == '.';
        (text.contains('.') && text.chars().all(plain)).then(|| text.to_owned())
    })
}

/// One model, ready to be loaded by every worker.
pub struct OnnxRuntimeEngine {
    model: Vec<u8>,
    normalise: Arc<Normalise>,
    library: &'static Library,
    outputs: Vec<OutputInfo>,
    sessions: InstancePool<ort::session::Session>,
}

impl OnnxRuntimeEngine {
    /// An ONNX model, run at the shape of `normalise` whatever shape the file declares. `path` only names it in errors.
    pub fn from_onnx(
        bytes: &[u8],
        path: &Path,
        normalise: Normalise,
        library_path: &Path,
    ) -> Result<Self, EngineError> {
        let failure = EngineError::load(path);
        let library = library::loaded(&LIBRARY, &variables::OF_ONNX_RUNTIME, library_path, load)?;
        let model = onnx_file::with_input_shape(bytes, normalise.shape()).map_err(failure)?;
        let session = start(&model, library).map_err(Reason::of).map_err(failure)?;
        Ok(Self {
            model,
            normalise: Arc::new(normalise),
            library,
            outputs: session.outputs().iter().map(described).collect(),
            sessions: InstancePool::with(session),
        })
    }
}

fn start(model: &[u8], library: &Library) -> ort::Result<ort::session::Session> {
    ort::session::Session::builder(&library.environment)?
        .with_intra_threads(1)?
        .with_inter_threads(1)?
        .with_optimization_level(GraphOptimizationLevel::Level3)?
        .commit_from_memory(model)
}

fn described(output: &ort::value::Outlet) -> OutputInfo {
    let shape = match output.dtype() {
        // A dimension that depends on the input is -1.
        ValueType::Tensor { shape, .. } => shape.iter().map(|&size| usize::try_from(size).ok()).collect(),
        _ => Vec::new(),
    };
    OutputInfo {
        name: output.name().to_owned(),
        shape,
    }
}

impl Engine for OnnxRuntimeEngine {
    fn session(&self) -> Result<Box<dyn Session>, EngineError> {
        let session = self
            .sessions
            .lend(|| start(&self.model, self.library))
            .map_err(Reason::of)
            .map_err(EngineError::run)?;
        let names = self.outputs.iter().map(|output| output.name.clone()).collect();
        Ok(Box::new(OnnxRuntimeSession {
            session,
            names,
            input: Array4::zeros(self.normalise.shape()),
            normalise: Arc::clone(&self.normalise),
            outputs: Outputs::default(),
        }))
    }

    fn outputs(&self) -> &[OutputInfo] {
        &self.outputs
    }

    fn facts(&self) -> EngineFacts {
        EngineFacts {
            name: "onnxruntime".to_owned(),
            version: self.library.version.clone(),
            libraries: vec![self.library.file.clone()],
            precision: Precision::F32.name().to_owned(),
            cpu: vsa_base::environment::instruction_sets(),
            scripted: false,
        }
    }
}

struct OnnxRuntimeSession {
    session: PoolGuard<ort::session::Session>,
    names: Vec<String>,
    normalise: Arc<Normalise>,
    /// Kept from run to run, and wiped at the end: it holds pixels.
    input: Array4<f32>,
    outputs: Outputs,
}

impl Session for OnnxRuntimeSession {
    fn run(&mut self, picture: &[u8]) -> Result<&mut [ArrayD<f32>], EngineError> {
        let failure = |error: ort::Error| EngineError::run(Reason::of(error));
        self.normalise.check(picture)?;
        let floats = self.input.as_slice_mut().expect("it was never transposed");
        self.normalise.lay_out(picture, floats);
        let tensor = TensorRef::from_array_view(self.input.view()).map_err(failure)?;
        let values = self.session.run(ort::inputs![tensor]).map_err(failure)?;
        for (index, name) in self.names.iter().enumerate() {
            let value = values.get(name).ok_or_else(|| EngineError::Run {
                reason: format!("there is no output `{name}`"),
            })?;
            let floats = value.try_extract_array::<f32>().map_err(failure)?;
            self.outputs.put(index, &floats);
        }
        Ok(self.outputs.all())
    }
}

impl Drop for OnnxRuntimeSession {
    fn drop(&mut self) {
        if let Some(pixels) = self.input.as_slice_mut() {
            pixels.zeroize();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_that_of_the_symbols() {
        let named = |text: &str| named_version(text.as_bytes());
        assert_eq!(named("..\0VERS_1.31.1\0.."), Some("1.31.1".to_owned()));
        assert_eq!(named("\0VERS_X\0\0VERS_1.23.0\0"), Some("1.23.0".to_owned()));
        for text in ["", "\0VERS_1.31.1", "VERS_1.31.1\0", "\0VERS_12\0"] {
            assert_eq!(named(text), None, "{text:?}");
        }
    }
}
