//! `vsa-audit evaluate`: labels and detections in, scores out: a table or JSON on standard output, and a folder if asked for.

use super::error::CommandError;
use super::evaluate_words as words;
use super::exit_code::Outcome;
use super::help;
use super::scoring_options::{OutputFormat, ScoringOptions, on_threads};
use super::terminal::Terminal;
use crate::custody::folder::OutputFolder;
use crate::observe::{
    EvaluateRequest, GroupRequest, OutcomeColumns, OutcomesRequest, evaluate, evaluate_outcomes,
};
use crate::record::json;
use clap::Args;
use std::path::{Path, PathBuf};

/// Score detections or tracks against labels
#[derive(Debug, Args)]
#[command(after_long_help = help::AFTER_EVALUATE)]
pub(super) struct EvaluateArguments {
    /// Labels: a file, a sequence's folder, or a folder of sequences or of label files
    #[arg(long, value_name = "PATH", required_unless_present = "outcomes")]
    truth: Option<PathBuf>,
    /// Detections or tracks, in any of the formats
    #[arg(long, value_name = "PATH", required_unless_present = "outcomes")]
    detections: Option<PathBuf>,
    /// Compare groups: a CSV with a column annotation_id, id (of a person) or image, and one column for each attribute
    #[arg(long, value_name = "CSV")]
    groups: Option<PathBuf>,
    /// Which attributes to group by: columns of --groups or --outcomes, or, without either, attributes of the labels
    #[arg(long, value_name = "ATTRIBUTE,…", value_delimiter = ',')]
    by: Vec<String>,
    /// Give the groups' shares at these score thresholds too (public or consented data alone)
    #[arg(
        long,
        value_name = "SCORE,…",
        value_delimiter = ',',
        allow_negative_numbers = true
    )]
    thresholds: Vec<f64>,
    /// Instead of boxes, a CSV of outcomes: one row per case (--columns truth=…,said=…) or per group (--columns
    /// hits=…,cases=…)
    #[arg(long, value_name = "CSV", conflicts_with_all = ["truth", "detections", "groups"])]
    outcomes: Option<PathBuf>,
    #[command(flatten)]
    options: ScoringOptions,
}

pub(super) fn run(arguments: &EvaluateArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let folder = match &arguments.options.out {
        Some(path) => Some(OutputFolder::prepare(path, arguments.options.overwrite)?),
        None => None,
    };
    if let Some(table) = &arguments.outcomes {
        return run_outcomes(arguments, table, folder.as_ref(), terminal);
    }
    let request = arguments.request()?;
    let scores = on_threads(arguments.options.jobs, || evaluate(&request))??;
    let bytes = json::to_bytes(&scores)?;
    if let Some(folder) = folder {
        folder.publish(&[("scores.json", &bytes)])?;
    }
    for check in &scores.checks {
        terminal.warn(&words::check(check));
    }
    match arguments.options.format {
        OutputFormat::Json => terminal.data(String::from_utf8_lossy(&bytes).trim_end()),
        OutputFormat::Text => {
            for line in words::table(&scores)
                .into_iter()
                .chain(words::groups(&scores.groups))
            {
                terminal.data(&line);
            }
            for again in &scores.groups_at_thresholds {
                terminal.data("");
                terminal.data(&format!("at a threshold of {}:", again.threshold));
                for line in words::groups(&again.tables) {
                    terminal.data(&line);
                }
            }
        }
    }
    if words::withheld(&scores) > 0 {
        terminal.warn(&format!(
            "{} figures are withheld, because 1 to {} people stand behind them: declare a published dataset with \
             --data-basis public",
            words::withheld(&scores),
            scores.disclosure.min_cell().saturating_sub(1)
        ));
    }
    Ok(Outcome::Done)
}

/// A table of outcomes, without boxes.
fn run_outcomes(
    arguments: &EvaluateArguments,
    table: &Path,
    folder: Option<&OutputFolder>,
    terminal: &mut Terminal,
) -> Result<Outcome, CommandError> {
    let columns = arguments.options.columns();
    let named = |what: &str| columns.get(what).cloned();
    let outcome = match (named("truth"), named("said"), named("hits"), named("cases")) {
        (Some(truth), Some(said), None, None) => OutcomeColumns::Compared { truth, said },
        (None, None, Some(hits), Some(cases)) => OutcomeColumns::Counted { hits, cases },
        _ => {
            return Err(CommandError::Usage(
                "say which columns hold the outcome: --columns truth=COLUMN,said=COLUMN, or hits=COLUMN,cases=COLUMN".to_owned(),
            ));
        }
    };
    let scores = evaluate_outcomes(&OutcomesRequest {
        table: table.to_owned(),
        by: arguments.by.clone(),
        outcome,
        skip_bad_rows: arguments.options.skip_bad_rows,
        disclosure: arguments.options.disclosure()?,
    })?;
    let bytes = json::to_bytes(&scores)?;
    if let Some(folder) = folder {
        folder.publish(&[("groups.json", &bytes)])?;
    }
    if scores.rows_skipped > 0 {
        terminal.warn(&format!(
            "{} rows were wrong and were left out, as asked",
            scores.rows_skipped
        ));
    }
    match arguments.options.format {
        OutputFormat::Json => terminal.data(String::from_utf8_lossy(&bytes).trim_end()),
        OutputFormat::Text => {
            for line in words::groups(&scores.tables) {
                terminal.data(&line);
            }
        }
    }
    Ok(Outcome::Done)
}

impl EvaluateArguments {
    fn request(&self) -> Result<EvaluateRequest, CommandError> {
        let (Some(truth), Some(detections)) = (self.truth.clone(), self.detections.clone()) else {
            return Err(CommandError::Usage(
                "give --truth and --detections, or --outcomes".to_owned(),
            ));
        };
        let wanted = self.groups.is_some() || !self.by.is_empty();
        let groups = wanted.then(|| GroupRequest {
            table: self.groups.clone(),
            by: self.by.clone(),
            thresholds: self.thresholds.clone(),
        });
        Ok(EvaluateRequest {
            groups,
            ..self.options.request(truth, detections)?
        })
    }
}
