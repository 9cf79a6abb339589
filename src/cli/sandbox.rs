//! The step before the first byte of footage: what a command reads and writes in, a process that can open nothing else out. What
//! the kernel does not enforce is told on standard error, or ends the command where `--require-sandbox` is given.

use super::error::CommandError;
use super::terminal::Terminal;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use vsa_plan::{EngineChoice, ModelChoice, Plan, VideoDecoder};
use vsa_sandbox::Rules;
use vsa_supply::StoreOptions;

/// `--require-sandbox`, which is given once for the whole process, as a sandbox is.
static REQUIRED: AtomicBool = AtomicBool::new(false);

/// What has to hold from the first line on; `required`: nothing may be left out.
pub(super) fn begin(required: bool) {
    REQUIRED.store(required, Ordering::SeqCst);
    vsa_sandbox::harden();
}

/// All that a command reads after this point, beside the system's own files.
#[derive(Default)]
pub(super) struct Reads(Vec<PathBuf>);

impl Reads {
    /// Files of the store and of the user's own list of models.
    pub(super) fn of_store(options: &StoreOptions) -> Self {
        let mut reads = Self(vec![options.cache.clone(), options.data.clone()]);
        reads.0.extend(options.local.iter().cloned());
        // Its digest is part of the chain of custody.
        reads.0.extend(std::env::current_exe());
        reads
    }

    /// All that a plan names.
    #[must_use]
    pub(super) fn and_plan(mut self, plan: &Plan) -> Self {
        for item in &plan.footage {
            self = self.and_footage(&item.path);
        }
        for model in plan.models.iter().chain(&plan.second_detectors) {
            self = self.and_model(model);
        }
        if let VideoDecoder::Ffmpeg(program) = &plan.decoder {
            self = self.and_beside(program);
        }
        match &plan.engine {
            EngineChoice::OnnxRuntime { library } | EngineChoice::OpenVino { library, .. } => {
                self.and_beside(library)
            }
            _ => self,
        }
    }

    /// A model's files.
    #[must_use]
    pub(super) fn and_model(mut self, model: &ModelChoice) -> Self {
        self.0.push(model.path.clone());
        self.0
            .extend(model.weights.as_ref().map(|file| file.path.clone()));
        self
    }

    /// A video, a picture, or a folder of pictures, which may be links.
    #[must_use]
    pub(super) fn and_footage(mut self, path: &Path) -> Self {
        self.0.push(path.to_owned());
        let entries = std::fs::read_dir(path).into_iter().flatten().flatten();
        let links = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_symlink()));
        self.0
            .extend(links.filter_map(|link| link.path().canonicalize().ok()));
        self
    }

    /// What lies beside a program or a library, by the name that was given and by its own: other libraries.
    #[must_use]
    pub(super) fn and_beside(mut self, file: &Path) -> Self {
        let real = file.canonicalize().ok();
        for name in [Some(file.to_owned()), real].into_iter().flatten() {
            self.0.extend(name.parent().map(Path::to_owned));
        }
        self
    }

    /// A file or folder as it is.
    #[must_use]
    pub(super) fn and(mut self, path: &Path) -> Self {
        self.0.push(path.to_owned());
        self
    }
}

/// From here on the process opens `reads` and writes into `writes`, and does nothing else outside of its memory.
///
/// # Errors
/// [`CommandError::Sandbox`], where something is not enforced and `--require-sandbox` was given.
pub(super) fn enter(
    reads: Reads,
    writes: Option<&Path>,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    vsa_sandbox::confine(&Rules {
        read: reads.0,
        write: writes.map(Path::to_owned).into_iter().collect(),
    });
    let missing = vsa_sandbox::enforced().missing();
    if missing.is_empty() {
        return Ok(());
    }
    if REQUIRED.load(Ordering::SeqCst) {
        return Err(CommandError::Sandbox(missing.join("; ")));
    }
    terminal.warn(&format!(
        "this machine's kernel does not enforce all of the sandbox; left out: {}",
        missing.join("; ")
    ));
    Ok(())
}
