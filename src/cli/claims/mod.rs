//! `vsa-audit claims`: what a vendor says, checked before footage is run, planned for, and tested.

mod check;
mod plan;
mod test;

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
    /// Say how many events or camera-hours a claim needs before it can be decided
    Plan(plan::PlanArguments),
    /// Hold claims against a record, or against alerts and events: supported, refuted, inconclusive or untestable
    Test(Box<test::TestArguments>),
}

pub(super) fn run(arguments: &ClaimsArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    match &arguments.command {
        ClaimsCommand::Check(arguments) => check::run(arguments, terminal),
        ClaimsCommand::Plan(arguments) => plan::run(arguments, terminal),
        ClaimsCommand::Test(arguments) => test::run(arguments, terminal),
    }
}

/// A share that means something: above 0 and below `most`.
pub(super) fn check_share(option: &str, share: f64, most: f64) -> Result<(), CommandError> {
    if share > 0.0 && share < most {
        Ok(())
    } else {
        Err(CommandError::Usage(format!(
            "{option} is {share}, but has to be above 0 and below {most}"
        )))
    }
}
