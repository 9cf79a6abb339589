//! `vsa-audit claims`: what a vendor says, checked before footage is run, planned for, and tested.

pub(super) mod beside;
mod check;
mod plan;
mod verdicts;

use super::error::{CommandError, usage};
use super::exit_code::Outcome;
use super::terminal::Terminal;
use clap::{Args, Subcommand};
use std::path::Path;
use vsa_base::digest;
use vsa_claims::Claim;
use vsa_claims::examined::Input;

/// `vsa-audit claims …`
#[derive(Args, Debug)]
pub(super) struct ClaimsArguments {
    /// What to do.
    #[command(subcommand)]
    command: ClaimsCommand,
}

#[derive(Debug, Subcommand)]
enum ClaimsCommand {
    /// Say, before any footage is run, which claims are untestable as worded and which words are missing
    Check(check::CheckArguments),
    /// Say how many events or camera-hours a claim needs before it can be decided
    Plan(plan::PlanArguments),
    /// Hold claims against a record, or against alerts and events: supported, refuted, inconclusive or untestable
    Test(Box<verdicts::TestArguments>),
}

pub(super) fn run(arguments: &ClaimsArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    match &arguments.command {
        ClaimsCommand::Check(arguments) => check::run(arguments, terminal),
        ClaimsCommand::Plan(arguments) => plan::run(arguments, terminal),
        ClaimsCommand::Test(arguments) => verdicts::run(arguments, terminal),
    }
}

/// A share that means something: above 0 and below `most`.
pub(super) fn check_share(option: &str, share: f64, most: f64) -> Result<(), CommandError> {
    if share > 0.0 && share < most {
        Ok(())
    } else {
        Err(usage!(
            "{option} is {share}, but must be above 0 and below {most}"
        ))
    }
}

/// No two claims have one id.
fn check_unique(claims: &[Claim]) -> Result<(), CommandError> {
    let twice = (1..claims.len()).find(|&at| claims[..at].iter().any(|c| c.id == claims[at].id));
    match twice.map(|at| &claims[at].id) {
        None => Ok(()),
        Some(id) => Err(usage!("two claims have the id `{id}`: give each its own")),
    }
}

/// A file that went in.
fn input(role: &str, path: &Path) -> Result<Input, CommandError> {
    let (sha256, _) = digest::of_file(path).map_err(CommandError::reading("read", path))?;
    Ok(Input {
        role: role.to_owned(),
        sha256,
    })
}
