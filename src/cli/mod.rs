//! Talk with the user: one file per subcommand; `terminal.rs` prints every byte.
//! In: the command line. Out: an [`exit_code::Outcome`].

mod audit;
mod choices;
mod demo;
mod error;
pub mod exit_code;
mod frames;
mod help;
mod interrupt;
mod models;
mod outputs;
mod progress;
mod samples;
mod schema;
mod terminal;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};
use exit_code::Outcome;
use std::ffi::OsString;
use terminal::Terminal;

/// Measures what an algorithmic video-surveillance system could extract from camera footage, and keeps nobody's
/// identity.
///
/// Everything runs on this machine; nothing is sent anywhere. Pixels, boxes, face crops, embeddings and tracks of single
/// people never leave memory: what is written are counts, shares and distributions, each with its interval, and cells
/// with 1 to 10 people behind them are withheld.
#[derive(Debug, Parser)]
#[command(name = "vsa-audit", version, max_term_width = 100, after_long_help = help::AFTER_ALL.as_str())]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Say nothing but results and errors.
    #[arg(long, short, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Fetch the core models and a public sample, audit it, and leave the report in vsa-audit-demo/.
    Demo(demo::DemoArguments),
    /// Audit footage: videos, images, folders of images.
    Audit(Box<audit::AuditArguments>),
    /// List, show, fetch, verify and add detection models.
    Models(models::ModelsArguments),
    /// List, fetch and verify public sample footage.
    Samples(samples::SamplesArguments),
    /// Print the JSON Schema of an output file.
    Schema(schema::SchemaArguments),
}

/// Parses, runs, and says how it ended.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let parsed = Cli::command()
        .try_get_matches_from(arguments)
        .and_then(|matches| Cli::from_arg_matches(&matches));
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) => return terminal::usage(&error),
    };
    let mut terminal = Terminal::new(cli.quiet);
    let ended = match cli.command {
        Command::Demo(arguments) => demo::run(&arguments, &mut terminal),
        Command::Audit(arguments) => audit::run(&arguments, &mut terminal),
        Command::Models(arguments) => models::run(&arguments, &mut terminal),
        Command::Samples(arguments) => samples::run(&arguments, &mut terminal),
        Command::Schema(arguments) => schema::run(&arguments, &mut terminal),
    };
    ended.unwrap_or_else(|error| {
        terminal.error(&error);
        error.outcome()
    })
}
