//! `vsa-audit compare`: two systems' detections on the same labels in, their figures side by side out.

use super::error::{CommandError, usage};
use super::evaluate_words as words;
use super::exit_code::Outcome;
use super::scoring_options::{OutputFormat, ScoringOptions, on_threads};
use super::terminal::Terminal;
use clap::Args;
use std::path::PathBuf;
use vsa_record::json;
use vsa_scoring::{CompareRequest, compare};

/// Compare two systems on the same labels, with intervals for the differences
#[derive(Debug, Args)]
pub(super) struct CompareArguments {
    /// Detections or tracks of the one system
    #[arg(value_name = "A")]
    one: PathBuf,
    /// Those of the other
    #[arg(value_name = "B")]
    other: PathBuf,
    /// Labels
    #[arg(long, value_name = "PATH")]
    truth: PathBuf,
    #[command(flatten)]
    options: ScoringOptions,
}

pub(super) fn run(arguments: &CompareArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let options = &arguments.options;
    let folder = options.folder()?;
    let request = CompareRequest {
        one: options.request(arguments.truth.clone(), arguments.one.clone())?,
        other: arguments.other.clone(),
    };
    let comparison = on_threads(options.jobs, || compare(&request))??;
    let bytes = json::to_bytes(&comparison)?;
    if let Some(folder) = folder {
        folder.publish(&[("comparison.json", &bytes)])?;
    }
    for (name, checks) in [
        ("A", &comparison.checks_of_one),
        ("B", &comparison.checks_of_other),
    ] {
        for check in checks {
            terminal.warn(&format!("{name}: {}", words::check(check)));
        }
    }
    match options.format {
        OutputFormat::Csv | OutputFormat::Parquet => {
            return Err(usage!("compare prints text or json"));
        }
        OutputFormat::Json => terminal.json(&bytes),
        OutputFormat::Text => terminal.lines(words::comparison(&comparison)),
    }
    Ok(Outcome::Done)
}
