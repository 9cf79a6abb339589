//! `vsa-audit samples`: what public footage there is, and having it here.

use super::choices;
use super::error::CommandError;
use super::exit_code::Outcome;
use super::models::{Format, json, pull, state, verify};
use super::progress::megabytes;
use super::terminal::Terminal;
use clap::{Args, Subcommand};
use serde::Serialize;
use vsa_supply::{DataBasis, Entry, SampleRegistry, Store};

/// `vsa-audit samples …`
#[derive(Args, Debug)]
#[command(after_long_help = EXAMPLES)]
pub(super) struct SamplesArgs {
    /// What to do.
    #[command(subcommand)]
    command: SamplesCommand,
    /// Never fetch: only the store and the folders in `VSA_AUDIT_MODELS_DIR` are asked [also: `VSA_AUDIT_OFFLINE=1`]
    #[arg(long, global = true)]
    offline: bool,
}

const EXAMPLES: &str = "\
Examples:
  vsa-audit samples list
      Every sample, why the people in it may be shown, and whether its file is here.
  vsa-audit samples pull pets09-s2l1
      Fetch it, verify its digest and print its path.";

/// What can be done with samples.
#[derive(Subcommand, Debug)]
pub(super) enum SamplesCommand {
    /// List the samples there are and whether their files are here
    List {
        /// How to print
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Fetch samples and verify them; without a name, all
    Pull {
        /// Names of samples
        names: Vec<String>,
    },
    /// Compute the digest of every file in the store again
    Verify,
}

#[derive(Serialize)]
struct Listed<'s> {
    name: &'s str,
    title: &'s str,
    description: &'s str,
    bytes: u64,
    sha256: &'s str,
    licence: &'s str,
    basis: DataBasis,
    basis_note: &'s str,
    state: &'static str,
}

/// Carries out what was asked for.
///
/// # Errors
/// When a sample cannot be had, is not there or is damaged; the text says which.
pub(super) fn run(arguments: &SamplesArgs, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let (_, store) = &choices::begin(None, arguments.offline)?;
    let registry = SampleRegistry::builtin()?;
    match &arguments.command {
        SamplesCommand::List { format } => list(&registry, store, *format, terminal),
        SamplesCommand::Pull { names } => {
            let chosen: Vec<&Entry> = if names.is_empty() {
                registry.all().iter().map(|sample| &sample.entry).collect()
            } else {
                let found: Result<Vec<_>, _> = names.iter().map(|name| registry.get(name)).collect();
                found?.into_iter().map(|sample| &sample.entry).collect()
            };
            pull(&chosen, store, terminal)?;
        }
        SamplesCommand::Verify => {
            let entries: Vec<&Entry> = registry.all().iter().map(|sample| &sample.entry).collect();
            verify(&entries, store, terminal)?;
        }
    }
    Ok(Outcome::Done)
}

fn list(registry: &SampleRegistry, store: &Store, format: Format, terminal: &mut Terminal) {
    let listed: Vec<Listed<'_>> = registry
        .all()
        .iter()
        .map(|sample| Listed {
            name: sample.entry.name.as_str(),
            title: &sample.entry.title,
            description: &sample.description,
            bytes: sample.entry.bytes,
            sha256: sample.entry.checksum.digits(),
            licence: &sample.entry.licence,
            basis: sample.basis,
            basis_note: &sample.basis_note,
            state: state(store, &sample.entry),
        })
        .collect();
    if format == Format::Json {
        terminal.json(json(&listed).as_bytes());
        return;
    }
    for sample in &listed {
        let size = megabytes(sample.bytes);
        terminal.data(&format!(
            "{}: {} ({size}, {})",
            sample.name, sample.title, sample.state
        ));
        terminal.data(&format!("  shows    {}", sample.description));
        terminal.data(&format!("  licence  {}", sample.licence));
        terminal.data(&format!(
            "  basis    {}: {}",
            sample.basis.name().replace('_', " "),
            sample.basis_note
        ));
    }
}
