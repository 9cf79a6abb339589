//! Talk with the user: one file per subcommand; `terminal` prints every byte.

pub mod models;
pub mod progress;
pub mod samples;
pub mod terminal;

use crate::environment::Environment;
use crate::supply::{Store, StoreOptions};
use clap::{Parser, Subcommand};

/// The command line.
#[derive(Parser, Debug)]
#[command(name = "vsa-audit", version)]
pub struct Cli {
    /// Say nothing but warnings and errors
    #[arg(long, short, global = true)]
    pub quiet: bool,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The subcommands.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Models: list, fetch, verify, add
    Models(models::ModelsArgs),
    /// Samples of public footage: list, fetch, verify
    Samples(samples::SamplesArgs),
}

/// Runs the command line; true when all went well.
#[must_use]
pub fn run() -> bool {
    let cli = Cli::parse();
    let mut terminal = terminal::Terminal::new(cli.quiet);
    let stop = Environment::new(None).stop_flag();
    let raised = std::sync::Arc::clone(&stop);
    let caught = ctrlc::set_handler(move || raised.store(true, std::sync::atomic::Ordering::Relaxed));
    if let Err(error) = caught {
        terminal.warn(&format!("an interrupt will not be caught: {error}"));
    }
    let offline = match &cli.command {
        Command::Models(args) => args.offline,
        Command::Samples(args) => args.offline,
    };
    let outcome = StoreOptions::from_variables(offline, stop)
        .map_err(anyhow::Error::from)
        .map(|options| Store::open(&options))
        .and_then(|store| match &cli.command {
            Command::Models(args) => models::run(&args.command, &store, &mut terminal, |_| {
                Err("models cannot be recognised yet".to_owned())
            }),
            Command::Samples(args) => samples::run(&args.command, &store, &mut terminal),
        });
    if let Err(error) = &outcome {
        terminal.error(&format!("{error:#}"));
    }
    outcome.is_ok()
}
