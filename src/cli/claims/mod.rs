//! `vsa-audit claims`: what a vendor says, checked before footage is run, and tested.

mod check;

use super::error::CommandError;
use super::exit_code::Outcome;
use super::terminal::Terminal;
use clap::{Args, Subcommand};

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
}

pub(super) fn run(arguments: &ClaimsArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    match &arguments.command {
        ClaimsCommand::Check(arguments) => check::run(arguments, terminal),
    }
}
