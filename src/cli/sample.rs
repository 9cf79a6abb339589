//! `vsa-audit sample`: a labelled sample where nobody wrote down the events. In: an alert log. Out: a sheet to label,
//! and from the labels precision, recall and false alarms with limits.

use super::error::CommandError;
use super::exit_code::Outcome;
use super::models::Format;
use super::terminal::Terminal;
use crate::claims::alerts;
use crate::claims::sampling::draw::{self, Draw, Wanted};
use crate::claims::sampling::estimate::{Limited, SampleEstimate, estimate};
use crate::claims::sampling::labels;
use crate::custody::folder::OutputFolder;
use crate::record::json;
use crate::report::{formats, sheet};
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};

/// `vsa-audit sample …`
#[derive(Args, Debug)]
pub(super) struct SampleArguments {
    /// What to do.
    #[command(subcommand)]
    command: SampleCommand,
}

#[derive(Debug, Subcommand)]
enum SampleCommand {
    /// Draw random moments, with and without alerts, and make a page to label them in a browser
    Draw(DrawArguments),
    /// Estimate precision, recall and false alarms from the labels
    Estimate(EstimateArguments),
}

const AFTER_DRAW: &str = "\
What is written to the output folder:
  sheet.html    the page to label: times and cameras to look up, in random order; no pictures, since this version cannot
                redact them; nothing on it tells where there was an alert
  sample.json   what was drawn, with the strata: keep it from whoever labels

Example:
  vsa-audit sample draw --alerts alerts.csv --rules rules.toml --event 'a person inside the fence' --out sample";

#[derive(Args, Debug)]
#[command(after_long_help = AFTER_DRAW)]
struct DrawArguments {
    /// The vendor's alert log (CSV)
    #[arg(long, value_name = "FILE")]
    alerts: PathBuf,
    /// Columns of the log and the recordings (TOML); see samples/claims/alerts/rules.toml
    #[arg(long, value_name = "FILE")]
    rules: PathBuf,
    /// What the labeller shall look for
    #[arg(long, value_name = "TEXT")]
    event: String,
    /// Length of a moment in seconds
    #[arg(long, default_value_t = 30.0, value_name = "S")]
    moment: f64,
    /// Moments with an alert
    #[arg(long, default_value_t = 100, value_name = "N")]
    with_alert: u64,
    /// Moments without an alert
    #[arg(long, default_value_t = 300, value_name = "N")]
    without_alert: u64,
    /// Any number that the vendor cannot know before; the same number draws the same moments
    #[arg(long, value_name = "N")]
    seed: u64,
    /// Folder for sheet.html and sample.json
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Replace the files of an earlier draw in the folder
    #[arg(long)]
    overwrite: bool,
}

#[derive(Args, Debug)]
struct EstimateArguments {
    /// sample.json of `sample draw`
    #[arg(long, value_name = "FILE")]
    sample: PathBuf,
    /// The labels, as the sheet gives them (CSV)
    #[arg(long, value_name = "FILE")]
    labels: PathBuf,
    /// Accepted chance that the limits of one number are wrong
    #[arg(long, default_value_t = 0.05, value_name = "SHARE")]
    error: f64,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

pub(super) fn run(arguments: &SampleArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    match &arguments.command {
        SampleCommand::Draw(arguments) => draw_moments(arguments, terminal),
        SampleCommand::Estimate(arguments) => estimate_from(arguments, terminal),
    }
}

fn draw_moments(arguments: &DrawArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    if !(arguments.moment.is_finite() && arguments.moment >= 1.0) {
        let got = arguments.moment;
        return Err(CommandError::Usage(format!(
            "--moment is {got}, but has to be 1 second or more"
        )));
    }
    let folder = OutputFolder::prepare(&arguments.out, arguments.overwrite)?;
    let (rules, alerts) = alerts::read_alerts(&arguments.alerts, &arguments.rules)?;
    let wanted = Wanted {
        moment_seconds: arguments.moment,
        with_alert: arguments.with_alert,
        without_alert: arguments.without_alert,
        seed: arguments.seed,
    };
    let drawn = draw::draw(&alerts, &rules, &wanted)?;
    let bytes = json::to_bytes(&drawn)?;
    let page = sheet::render(&drawn, &rules, &arguments.event);
    folder.publish(&[("sheet.html", page.as_bytes()), ("sample.json", &bytes)])?;
    terminal.say(&format!(
        "drew {} of {} moments with an alert and {} of {} without",
        drawn.with_alert.drawn, drawn.with_alert.size, drawn.without_alert.drawn, drawn.without_alert.size
    ));
    terminal.say(
        "the sheet shows no pictures: this version cannot redact them; look the moments up in the footage",
    );
    terminal.data(&format!("sheet: {}", folder.path().join("sheet.html").display()));
    Ok(Outcome::Done)
}

fn read(path: &Path) -> Result<String, CommandError> {
    std::fs::read_to_string(path)
        .map_err(|error| CommandError::Usage(format!("cannot read {}: {error}", path.display())))
}

fn estimate_from(arguments: &EstimateArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    super::claims::check_share("--error", arguments.error, 0.5)?;
    let path = arguments.sample.display();
    let drawn: Draw = serde_json::from_str(&read(&arguments.sample)?)
        .map_err(|error| CommandError::Usage(format!("{path} is no sample of this format: {error}")))?;
    if drawn.schema != draw::SCHEMA {
        let found = &drawn.schema;
        return Err(CommandError::Usage(format!(
            "{path} has the format {found}, not {}",
            draw::SCHEMA
        )));
    }
    let labels = labels::parse(&read(&arguments.labels)?, &drawn)
        .map_err(|what| CommandError::Usage(format!("{}: {what}", arguments.labels.display())))?;
    let found = estimate(&drawn, &labels, arguments.error);
    if arguments.format == Format::Json {
        terminal.data(String::from_utf8_lossy(&json::to_bytes(&found)?).trim_end());
    } else {
        tell(&found, terminal);
    }
    Ok(Outcome::Done)
}

fn tell(found: &SampleEstimate, terminal: &mut Terminal) {
    let share = |value: f64| format!("{} %", formats::decimal(value * 100.0, 1));
    let rate = |value: f64| formats::decimal(value, 3);
    line(
        "moments with an alert in which there was an event",
        found.precision.as_ref(),
        share,
        terminal,
    );
    line(
        "moments with an event in which there was an alert",
        found.recall.as_ref(),
        share,
        terminal,
    );
    let per_hour = found.false_alarms_per_camera_hour.as_ref();
    line(
        "moments with an alert and no event, per camera-hour",
        per_hour,
        rate,
        terminal,
    );
    for (name, counts) in [("with", &found.with_alert), ("without", &found.without_alert)] {
        terminal.data(&format!(
            "labels of moments {name} an alert: {} event, {} nothing, {} unclear, of {} moments",
            counts.event, counts.nothing, counts.unclear, counts.size
        ));
    }
}

fn line(what: &str, found: Option<&Limited>, number: impl Fn(f64) -> String, terminal: &mut Terminal) {
    match found {
        Some(found) => terminal.data(&format!(
            "{what}: {} (limits {} to {})",
            number(found.value),
            number(found.low),
            number(found.high)
        )),
        None => terminal.data(&format!("{what}: nothing could be told from these labels")),
    }
}
