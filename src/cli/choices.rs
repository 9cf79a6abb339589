//! Names of models and decoders in, files on this machine out: fetched where they are not here yet.

use super::error::CommandError;
use super::interrupt;
use super::progress::DownloadProgress;
use super::terminal::Terminal;
use crate::environment::Environment;
use crate::observe::identify_model;
#[cfg(feature = "onnxruntime")]
use crate::observe::plan::Family;
use crate::observe::plan::{EngineChoice, ModelChoice, VideoDecoder};
use crate::record::facts::EngineFacts;
#[cfg(feature = "onnxruntime")]
use crate::supply::Stored;
use crate::supply::{
    Identified, ModelEntry, ModelRegistry, OwnModels, Store, StoreOptions, SupplyError, ToolEntry,
    ToolRegistry, find_or_pull_ffmpeg,
};
use clap::ValueEnum;
use std::num::NonZeroUsize;
use std::path::Path;

/// A video decoder, as an option's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum DecoderName {
    /// An ffmpeg child process; fetched once, if the machine has none
    Ffmpeg,
    /// OpenCV's videoio
    #[cfg(feature = "opencv")]
    Opencv,
}

/// An engine, as an option's value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum EngineName {
    /// ONNX Runtime, where this program was built with it, its library is on this machine and all models are ONNX;
    /// otherwise tract. Never another precision; the record names the engine
    Auto,
    /// The embedded engine: nothing to fetch, runs every supported model
    #[default]
    Tract,
    /// ONNX Runtime; its library is fetched once, or is the one that `VSA_AUDIT_ONNXRUNTIME` names
    #[cfg(feature = "onnxruntime")]
    Onnxruntime,
}

impl EngineName {
    /// The engine that a record was made with.
    pub(super) fn recorded(engine: &EngineFacts) -> Result<Self, CommandError> {
        Self::from_str(&engine.name, true).map_err(|_unknown| {
            CommandError::Usage(format!(
                "the record was made with the engine `{}`, which this build of the program does not have",
                engine.name
            ))
        })
    }
}

/// The variable that names a library of the user's own.
#[cfg(feature = "onnxruntime")]
const OWN_LIBRARY: &str = "VSA_AUDIT_ONNXRUNTIME";

/// The environment of a run, ended by signals, and the store as the user's variables say.
pub(super) fn begin(jobs: Option<NonZeroUsize>, offline: bool) -> Result<(Environment, Store), CommandError> {
    let environment = Environment::new(jobs);
    interrupt::listen(&environment);
    let options = StoreOptions::from_variables(offline, environment.stop_flag())?;
    Ok((environment, Store::open(&options)))
}

/// What a model file is, as `models add` asks.
pub(super) fn identify(path: &Path) -> Result<Identified, String> {
    let found = identify_model(path).map_err(|error| error.to_string())?;
    Ok(Identified {
        family: found.family,
        subject: found.subject,
        input_size: found.input_size,
        person_class: found.person_class,
        note: found.note.unwrap_or_default(),
    })
}

/// The models of these names, the user's own among them. One name may be that of a set.
pub(super) fn models(
    names: &[String],
    store: &Store,
    terminal: &mut Terminal,
) -> Result<Vec<ModelChoice>, CommandError> {
    let registry = ModelRegistry::builtin()?.with_own(OwnModels::at(&store.options().data).read()?)?;
    let mut entries: Vec<&ModelEntry> = Vec::new();
    for name in names {
        match registry.find(name) {
            Some(entry) => entries.push(entry),
            None => entries.extend(
                registry
                    .set(name)
                    .map_err(|_not_a_set| unknown(name, &registry))?,
            ),
        }
    }
    let mut choices = Vec::with_capacity(entries.len());
    for entry in entries {
        let path = store.obtain(&entry.entry, &mut DownloadProgress::new(terminal))?;
        choices.push(entry.choice(path));
    }
    Ok(choices)
}

fn unknown(name: &str, registry: &ModelRegistry) -> CommandError {
    let models: Vec<_> = registry
        .all()
        .iter()
        .map(|model| model.entry.name.as_str())
        .collect();
    let sets: Vec<_> = registry.set_names().collect();
    CommandError::Usage(format!(
        "there is no model and no set of models named `{name}`; models: {}; sets: {} (see `vsa-audit models list`)",
        models.join(", "),
        sets.join(", ")
    ))
}

/// The decoder of this name, ready to start.
pub(super) fn decoder(
    name: DecoderName,
    store: &Store,
    terminal: &mut Terminal,
) -> Result<VideoDecoder, CommandError> {
    match name {
        DecoderName::Ffmpeg => Ok(VideoDecoder::Ffmpeg(find_or_pull_ffmpeg(
            store,
            &mut DownloadProgress::new(terminal),
        )?)),
        #[cfg(feature = "opencv")]
        DecoderName::Opencv => Ok(VideoDecoder::Opencv),
    }
}

/// The registered library of an engine.
pub(super) fn library<'r>(name: &str, registry: &'r ToolRegistry) -> Result<&'r ToolEntry, SupplyError> {
    let known = ["onnxruntime"];
    let found = if known.contains(&name) {
        registry.find(name)
    } else {
        None
    };
    found.ok_or_else(|| SupplyError::Unknown {
        what: "engine with a library for this platform",
        name: name.to_owned(),
        known: known.join(", "),
    })
}

/// The engine of this name, with its library on this machine.
pub(super) fn engine(
    name: EngineName,
    models: &[ModelChoice],
    store: &Store,
    terminal: &mut Terminal,
) -> Result<EngineChoice, CommandError> {
    match name {
        EngineName::Tract => Ok(EngineChoice::Tract),
        #[cfg(feature = "onnxruntime")]
        EngineName::Onnxruntime => {
            let library = match std::env::var_os(OWN_LIBRARY) {
                Some(own) => own.into(),
                None => {
                    let registry = ToolRegistry::builtin()?;
                    let entry = &library("onnxruntime", &registry)?.entry;
                    store.obtain(entry, &mut DownloadProgress::new(terminal))?
                }
            };
            Ok(EngineChoice::OnnxRuntime { library })
        }
        EngineName::Auto => automatic(models, store, terminal),
    }
}

/// See [`EngineName::Auto`]. Nothing is fetched for it.
#[cfg(feature = "onnxruntime")]
fn automatic(
    models: &[ModelChoice],
    store: &Store,
    terminal: &mut Terminal,
) -> Result<EngineChoice, CommandError> {
    let all_onnx = models.iter().all(|model| model.family != Family::Ssdlite);
    let own = std::env::var_os(OWN_LIBRARY).map(std::path::PathBuf::from);
    let here = match own {
        Some(own) => Some(own),
        None => {
            let registry = ToolRegistry::builtin()?;
            let stored = registry.find("onnxruntime").map(|tool| store.stored(&tool.entry));
            match stored {
                Some(Stored::Good(path)) => Some(path),
                _ => None,
            }
        }
    };
    let chosen = match here {
        Some(library) if all_onnx => EngineChoice::OnnxRuntime { library },
        _ => EngineChoice::Tract,
    };
    let name = if chosen == EngineChoice::Tract {
        "tract"
    } else {
        "onnxruntime"
    };
    terminal.say(&format!("--engine auto: {name}"));
    Ok(chosen)
}

/// See [`EngineName::Auto`].
#[cfg(not(feature = "onnxruntime"))]
fn automatic(
    _models: &[ModelChoice],
    _store: &Store,
    terminal: &mut Terminal,
) -> Result<EngineChoice, CommandError> {
    terminal.say("--engine auto: tract");
    Ok(EngineChoice::Tract)
}
