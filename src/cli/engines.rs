//! `vsa-audit engines`: what can run the models, and having it here.

use super::choices;
use super::engine::{LINKED, Linked, library};
use super::error::CommandError;
use super::exit_code::Outcome;
use super::models::{Format, json};
use super::progress::{DownloadProgress, megabytes};
use super::terminal::Terminal;
use clap::{Args, Subcommand};
use serde::Serialize;
use vsa_supply::{Store, ToolRegistry};

/// `vsa-audit engines …`
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct EnginesArgs {
    /// What to do.
    #[command(subcommand)]
    command: EnginesCommand,
    /// Never fetch: only the store and the folders in `VSA_AUDIT_MODELS_DIR` are asked [also: `VSA_AUDIT_OFFLINE=1`]
    #[arg(long, global = true)]
    offline: bool,
}

const EXAMPLES: &str = "\
Examples:
  vsa-audit engines list
      Every engine, whether this program was built with it, and whether its library is here.
  vsa-audit engines pull onnxruntime
      Fetch the library by the name of its Python package, verify its digest and print its path.
  vsa-audit engines pull openvino
      The same for OpenVINO's libraries; the path is that of its C library.

A library of your own is used where VSA_AUDIT_ONNXRUNTIME names its file, or VSA_AUDIT_OPENVINO OpenVINO's C library
(libopenvino_c.so…); the record then tells its digest.";

/// What can be done with engines.
#[derive(Subcommand, Debug)]
pub(super) enum EnginesCommand {
    /// List the engines there are
    List {
        /// How to print
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Fetch the library of an engine and verify it
    Pull {
        /// Name of the engine
        name: String,
    },
}

#[derive(Serialize)]
struct Listed {
    name: &'static str,
    title: String,
    bytes: u64,
    sha256: Option<String>,
    state: &'static str,
}

/// Carries out what was asked for.
///
/// # Errors
/// When there is no such engine, or its library cannot be had.
pub(super) fn run(arguments: &EnginesArgs, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let (_, store) = &choices::begin(None, arguments.offline)?;
    match &arguments.command {
        EnginesCommand::List { format } => list(store, *format, terminal)?,
        EnginesCommand::Pull { name } => {
            let registry = ToolRegistry::builtin()?;
            let tool = library(name, &registry)?;
            let path = store.make_ready(tool, &mut DownloadProgress::new(terminal))?;
            terminal.data(&format!("{name}\t{}", path.display()));
        }
    }
    Ok(Outcome::Done)
}

fn list(store: &Store, format: Format, terminal: &mut Terminal) -> Result<(), CommandError> {
    let registry = ToolRegistry::builtin()?;
    let mut listed = vec![Listed {
        name: "tract",
        title: "part of this program: nothing to fetch, every supported model".to_owned(),
        bytes: 0,
        sha256: None,
        state: "here",
    }];
    for Linked { name, .. } in LINKED {
        let tool = registry.find(name);
        listed.push(Listed {
            name,
            title: tool.map_or_else(
                || "no library for this platform is registered".to_owned(),
                |tool| tool.entry.title.clone(),
            ),
            bytes: tool.map_or(0, |tool| tool.entry.bytes),
            sha256: tool.map(|tool| tool.entry.checksum.digits().to_owned()),
            state: match tool {
                Some(tool) if store.ready(tool).is_some() => "here",
                _ => "absent",
            },
        });
    }
    if format == Format::Json {
        terminal.json(json(&listed).as_bytes());
        return Ok(());
    }
    for engine in &listed {
        let size = if engine.bytes > 0 {
            format!(", {}", megabytes(engine.bytes))
        } else {
            String::new()
        };
        terminal.data(&format!(
            "{}: {} ({}{size})",
            engine.name, engine.title, engine.state
        ));
    }
    Ok(())
}
