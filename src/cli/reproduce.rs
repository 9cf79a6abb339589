//! `vsa-audit reproduce`: runs an audit again as its record says, and compares. Out: identical, or a table of what differs
//! with the likely cause of each difference.

use super::audit::resolve;
use super::choices::{self, DecoderName};
use super::engine::EngineOptions;
use super::error::{CommandError, usage};
use super::exit_code::Outcome;
use super::frames::Frames;
use super::sandbox::{self, Reads};
use super::seal;
use super::terminal::Terminal;
use crate::verbs;
use crate::verbs::kept::Kept;
use clap::{Args, ValueEnum as _};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use vsa_base::digest;
use vsa_base::environment;
use vsa_plan::{WrittenFootage, WrittenPlan};
use vsa_record::Record;
use vsa_record::json::{self, FromJson as _};
use vsa_record::run::RunFacts;
use vsa_report as report;

mod differences;

/// Run an audit again as its record says, and compare the new record with the old one, byte for byte.
///
/// Models, settings and decoder are those of the record. The exit code is 0 only if the records are identical.
#[derive(Debug, Args)]
pub(super) struct ReproduceArguments {
    /// The folder that `audit` wrote
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The same footage, in the order of the report
    #[arg(long, value_name = "FOOTAGE", required = true, num_args = 1..)]
    footage: Vec<PathBuf>,
    /// Frames looked at side by side [default: the machine's threads]. The result does not depend on it.
    #[arg(long, value_name = "N")]
    jobs: Option<NonZeroUsize>,
    /// Fetch nothing: use only what is on this machine.
    #[arg(long)]
    offline: bool,
}

pub(super) fn run(arguments: &ReproduceArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let (environment, store) = choices::begin(arguments.jobs, arguments.offline)?;
    let bundle = seal::read(&arguments.folder)?;
    let kept = Kept::of(&bundle)?;
    let recorded = kept.record()?;
    // Checked before the long part, so that a changed picture is told at once.
    if let Some(stills) = kept.stills()? {
        terminal.say(&format!(
            "stills: {}, each as the manifest lists it",
            stills.stills.len()
        ));
    }
    let host = bundle
        .get("run.json")
        .and_then(|bytes| RunFacts::from_json(bytes).ok())
        .map(|run| run.host);
    let written = plan_of(&recorded, &arguments.footage)?;
    let decoder = DecoderName::from_str(&recorded.plan.decoder, true).map_err(|_unknown| {
        usage!(
            "the record was made with the decoder `{}`, which this build of the program does not have",
            recorded.plan.decoder
        )
    })?;
    let engine = EngineOptions::recorded(&recorded.engine)?;
    let plan = resolve(written, decoder, engine, &store, terminal)?;
    let reads = Reads::of_store(store.options()).and_plan(&plan);
    sandbox::enter(reads, None, terminal)?;
    let again = verbs::observe(&plan, &environment, &mut Frames::on(terminal))?.record;
    let [old, new] = [json::to_bytes(&recorded)?, json::to_bytes(&again)?];
    terminal.data(&format!("recorded: {}", digest::of_bytes(&old)));
    terminal.data(&format!("again:    {}", digest::of_bytes(&new)));
    if old == new {
        terminal.data("IDENTICAL: the same record, byte for byte");
        return Ok(Outcome::Done);
    }
    terminal.data("DIFFERENT:");
    terminal.lines(differences::table(
        &recorded,
        &again,
        host.as_ref(),
        &environment::host(),
    )?);
    Ok(Outcome::NotVerified)
}

/// The plan that the report prints, with the places of the footage filled in.
fn plan_of(record: &Record, footage: &[PathBuf]) -> Result<WrittenPlan, CommandError> {
    if footage.len() != record.items.len() {
        return Err(usage!(
            "the record speaks of {} of footage, and {} given: name all, in the order of the report",
            match record.items.len() {
                1 => "1 piece".to_owned(),
                items => format!("{items} pieces"),
            },
            match footage.len() {
                1 => "1 is".to_owned(),
                given => format!("{given} are"),
            }
        ));
    }
    let text = report::plan_text(record);
    let mut written = WrittenPlan::parse(&text)
        .map_err(|error| usage!("the plan in the record cannot be run by this version: {error}"))?;
    let items = written.footage.iter_mut().zip(footage);
    for (WrittenFootage { path, .. }, given) in items {
        *path = given.clone();
    }
    Ok(written)
}
