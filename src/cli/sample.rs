//! `vsa-audit sample`: a labelled sample where nobody wrote down the events. In: an alert log. Out: a sheet to label,
//! and from the labels precision, recall and false alarms with limits.

use super::choices::{self, LanguageName};
use super::error::{CommandError, usage};
use super::exit_code::Outcome;
use super::frames::Frames;
use super::key::read_text;
use super::models::Format;
use super::redact::{MaskChoice, Style, What, command_error};
use super::sandbox;
use super::terminal::Terminal;
use clap::{Args, Subcommand};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use vsa_base::folder::OutputFolder;
use vsa_claims::alerts;
use vsa_claims::sampling::draw;
use vsa_claims::sampling::draw::{Draw, Wanted};
use vsa_claims::sampling::estimate::{Limited, SampleEstimate, estimate};
use vsa_claims::sampling::labels;
use vsa_claims::sampling::labels::Label;
use vsa_record::json::{self, FromJson as _};
use vsa_record::redacted_still::StillFormat;
use vsa_report::sheet::MomentStills;
use vsa_report::{formats, sheet};
use vsa_room::redacted_stills;

/// Three stills side by side on a wide screen.
const STILL_WIDTH: u32 = 480;

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
  sheet.html    the page to label: times and cameras to look up, in random order; with --footage also stills, in which
                faces (or, with --what people, everybody) are masked; nothing on it tells where there was an alert
  sample.json   what was drawn, with the strata: keep it from whoever labels

Example:
  vsa-audit sample draw --alerts alerts.csv --rules rules.toml --event 'a person inside the fence' --out sample
  vsa-audit sample draw --alerts alerts.csv --rules rules.toml --event 'a fall' --out sample \\
    --footage monday.mp4,tuesday.mp4 --what people --style silhouette";

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
    /// Language of the sheet
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: LanguageName,
    /// The recordings, one for each `[[watched]]` of the rules, in their order, separated by commas: the sheet then shows
    /// redacted stills of every moment. A recording begins where its file begins
    #[arg(long, value_name = "FILE,…", value_delimiter = ',')]
    footage: Option<Vec<PathBuf>>,
    /// Stills of each moment, evenly spread over it
    #[arg(long, default_value_t = 3, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=20))]
    stills_each: u32,
    #[command(flatten)]
    mask: MaskChoice,
    /// Fetch nothing: use only what is on this machine
    #[arg(long)]
    offline: bool,
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
        return Err(usage!("--moment is {got}, but must be 1 second or more"));
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
    let stills = stills(arguments, &drawn, rules.watched.len(), terminal)?;
    let page = sheet::render(
        arguments.lang.into(),
        &drawn,
        &rules,
        &arguments.event,
        stills.as_ref(),
    );
    folder.publish(&[("sheet.html", page.as_bytes()), ("sample.json", &bytes)])?;
    terminal.say(&format!(
        "drew {} of {} moments with an alert and {} of {} without",
        drawn.with_alert.drawn, drawn.with_alert.size, drawn.without_alert.drawn, drawn.without_alert.size
    ));
    if stills.is_none() {
        terminal
            .say("the sheet shows no pictures: look the moments up, or give the recordings with --footage");
    }
    terminal.data(&format!("sheet: {}", folder.path().join("sheet.html").display()));
    Ok(Outcome::Done)
}

/// The redacted stills of every moment, by its number.
fn stills(
    arguments: &DrawArguments,
    drawn: &Draw,
    recordings: usize,
    terminal: &mut Terminal,
) -> Result<Option<MomentStills>, CommandError> {
    let Some(footage) = &arguments.footage else {
        return Ok(None);
    };
    if footage.len() != recordings {
        return Err(usage!(
            "{} pieces of footage for {recordings} recordings: give one for each `[[watched]]` of the rules, in their order",
            footage.len()
        ));
    }
    let (environment, store) = choices::begin(None, arguments.offline)?;
    // Whoever labels has to see that somebody falls or climbs: a black box shows neither.
    let style = if arguments.mask.what == What::People {
        Style::Silhouette
    } else {
        Style::Solid
    };
    let mut of_moments = BTreeMap::new();
    let mut mask = None;
    for (recording, path) in (1..).zip(footage) {
        let here: Vec<_> = drawn
            .moments
            .iter()
            .filter(|moment| moment.recording == recording)
            .collect();
        let each = f64::from(arguments.stills_each);
        let times: Vec<f64> = here
            .iter()
            .flat_map(|moment| {
                let part = drawn.moment_seconds / each;
                (0..arguments.stills_each).map(move |at| moment.from_seconds + (f64::from(at) + 0.5) * part)
            })
            .collect();
        if times.is_empty() {
            continue;
        }
        let plan = arguments.mask.plan(path, style, &store, terminal)?;
        if mask.is_none() {
            let reads = footage
                .iter()
                .fold(super::redact::reads_of(&plan, &store), |reads, path| {
                    reads.and_footage(path)
                });
            sandbox::enter(reads, Some(&arguments.out), terminal)?;
        }
        mask = Some((plan.what, plan.style));
        let mut made = redacted_stills(
            &plan,
            &times,
            StillFormat::Jpeg,
            STILL_WIDTH,
            &environment,
            &mut Frames::on(terminal),
        )
        .map_err(command_error)?
        .into_iter();
        for moment in here {
            let own: Vec<_> = made.by_ref().take(arguments.stills_each as usize).collect();
            of_moments.insert(moment.number, own);
        }
    }
    Ok(mask.map(|(what, style)| MomentStills {
        of_moments,
        what,
        style,
    }))
}

/// What was drawn, and the labels of it.
pub(super) fn read_labelled(sample: &Path, labels: &Path) -> Result<(Draw, Vec<Label>), CommandError> {
    let path = sample.display();
    let drawn = Draw::from_json(read_text(sample)?.as_bytes())
        .map_err(|error| usage!("{path} is no sample of this format: {error}"))?;
    if drawn.schema != draw::SCHEMA {
        let found = &drawn.schema;
        return Err(usage!("{path} has the format {found}, not {}", draw::SCHEMA));
    }
    let read_labels =
        labels::parse(&read_text(labels)?, &drawn).map_err(|what| usage!("{}: {what}", labels.display()))?;
    Ok((drawn, read_labels))
}

fn estimate_from(arguments: &EstimateArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    super::claims::check_share("--error", arguments.error, 0.5)?;
    let (drawn, labels) = read_labelled(&arguments.sample, &arguments.labels)?;
    let found = estimate(&drawn, &labels, arguments.error);
    if arguments.format == Format::Json {
        terminal.json(&json::to_bytes(&found)?);
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
