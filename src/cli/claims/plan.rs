//! `vsa-audit claims plan`: how much has to be watched before a claim can be decided. In: claims. Out: a table each.

use crate::cli::error::CommandError;
use crate::cli::exit_code::Outcome;
use crate::cli::models::{Format, json};
use crate::cli::terminal::Terminal;
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use vsa_claims::claim::{ClaimedQuantity, Scale};
use vsa_claims::decide::{Hypothesis, side_error};
use vsa_claims::parse;
use vsa_claims::power::{cases_needed, hours_needed};
use vsa_claims::testable::wording;
use vsa_report::formats;
use vsa_report::wording::en::claims as words;

const AFTER: &str = "\
How it is reckoned:
  Exactly, for events that happen each for itself and one planned look at the end. Events of one recording that resemble
  each other need more; so do repeated looks. With several claims, the error is shared out among them at its strictest.

Examples:
  vsa-audit claims plan samples/claims/full.toml
  vsa-audit claims plan samples/claims/full.toml --truth 0.98 --power 0.9";

#[derive(Args, Debug)]
#[command(after_long_help = AFTER)]
pub(super) struct PlanArguments {
    /// Files of claims (TOML)
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Accepted chance that any of the verdicts is wrong
    #[arg(long, default_value_t = 0.05, value_name = "SHARE")]
    error: f64,
    /// Wanted chance that a claim is decided
    #[arg(long, default_value_t = 0.8, value_name = "SHARE")]
    power: f64,
    /// Assumed true value, in the scale of the claim (a share, or a rate per camera-hour) [default: several]
    #[arg(long, value_name = "VALUE")]
    truth: Option<f64>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Serialize)]
struct Planned {
    id: String,
    testable_as_worded: bool,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    /// The assumed truth.
    truth: f64,
    /// Whether the claim would then be supported; otherwise refuted.
    supported: bool,
    cases: Option<u64>,
    camera_hours: Option<f64>,
}

pub(super) fn run(arguments: &PlanArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    super::check_share("--error", arguments.error, 0.5)?;
    super::check_share("--power", arguments.power, 1.0)?;
    let mut claims = Vec::new();
    for file in &arguments.files {
        claims.extend(parse::read(file)?);
    }
    let testable = |claim: &_| wording(claim, &claims).is_testable();
    let together = claims
        .iter()
        .filter(|claim| testable(claim) && Hypothesis::of(claim).is_some())
        .count();
    let strictest = side_error(together, arguments.error) / together.max(1) as f64;
    let mut planned = Vec::new();
    for claim in &claims {
        let hypothesis = Hypothesis::of(claim).filter(|_| testable(claim));
        let is_rate = claim.quantity == Some(ClaimedQuantity::FalseAlarmRate);
        let rows = match hypothesis {
            Some(hypothesis) if claim.quantity != Some(ClaimedQuantity::Figure) => {
                let truths = arguments
                    .truth
                    .map_or_else(|| truths(&hypothesis, is_rate), |truth| vec![truth]);
                truths
                    .into_iter()
                    .filter(|truth| truth.is_finite() && *truth >= 0.0 && (is_rate || *truth <= 1.0))
                    .map(|truth| row(&hypothesis, truth, is_rate, strictest, arguments.power))
                    .collect()
            }
            _ => Vec::new(),
        };
        planned.push(Planned {
            id: claim.id.clone(),
            testable_as_worded: testable(claim),
            rows,
        });
    }
    if arguments.format == Format::Json {
        terminal.json(json(&planned).as_bytes());
    } else {
        for (one, claim) in planned.iter().zip(&claims) {
            terminal.data(&format!("{}: {}", one.id, words::claim_as_read(claim)));
            if !one.testable_as_worded {
                terminal.data("  untestable as worded: see `claims check`");
            } else if one.rows.is_empty() {
                terminal.data("  held against a record: no events to plan for");
            }
            let scale = match claim.scale {
                Some(Scale::PerCameraHour) => Some(Scale::PerCameraHour),
                _ => Some(Scale::Share),
            };
            for row in &one.rows {
                tell(row, scale, terminal);
            }
        }
        terminal.say(&format!(
            "chance of a wrong verdict {}, of a decided claim {}; {together} claims share the error",
            formats::percent(arguments.error),
            formats::percent(arguments.power)
        ));
    }
    Ok(Outcome::Done)
}

/// Truths on both sides: for a share, by parts of what is left to none and to all; for a rate, by factors.
fn truths(hypothesis: &Hypothesis, is_rate: bool) -> Vec<f64> {
    let at = hypothesis.centre();
    if is_rate {
        return [0.0, 0.25, 0.5, 1.5, 2.0, 4.0].map(|factor| factor * at).into();
    }
    let beyond = [0.8, 0.5, 0.25].map(|part| at + part * (1.0 - at));
    let below = [1.0, 2.0, 4.0].map(|times| at - times * (1.0 - at).min(at / 4.0));
    beyond.into_iter().chain(below).collect()
}

fn row(hypothesis: &Hypothesis, truth: f64, is_rate: bool, error: f64, power: f64) -> Row {
    Row {
        truth,
        supported: hypothesis.holds(truth),
        cases: (!is_rate)
            .then(|| cases_needed(hypothesis, truth, error, power))
            .flatten(),
        camera_hours: is_rate
            .then(|| hours_needed(hypothesis, truth, error, power))
            .flatten(),
    }
}

fn tell(row: &Row, scale: Option<Scale>, terminal: &mut Terminal) {
    let ends = if row.supported { "supported" } else { "refuted" };
    let needs = match (row.cases, row.camera_hours) {
        (Some(n), _) => format!("{ends} after {} cases", formats::count(n)),
        (_, Some(hours)) => format!(
            "{ends} after {} camera-hours",
            formats::count(hours.ceil() as u64)
        ),
        (None, None) => "decided by no number that could be watched".to_owned(),
    };
    terminal.data(&format!(
        "  if the truth is {}: {needs}",
        words::claimed_value(row.truth, scale)
    ));
}
