//! `vsa-audit claims test`: claims and evidence in; verdicts as text and JSON, and a report for people, out.

use super::beside::GivenClaims;
use super::input;
use crate::cli::choices::LanguageName;
use crate::cli::error::{CommandError, usage};
use crate::cli::exit_code::Outcome;
use crate::cli::models::Format;
use crate::cli::terminal::Terminal;
use crate::verbs::kept;
use clap::Args;
use std::path::{Path, PathBuf};
use vsa_base::folder::OutputFolder;
use vsa_claims::ClaimsReport;
use vsa_claims::alerts;
use vsa_claims::alerts::Only;
use vsa_claims::decide::{Monitoring, Verdict};
use vsa_claims::examine::{Material, examine, only};
use vsa_claims::examined::{Answer, Examined};
use vsa_claims::sampling::sampled::Labelled;
use vsa_custody::manifest;
use vsa_record::Record;
use vsa_record::facts::ToolFacts;
use vsa_record::json::{self, FromJson as _};
use vsa_record::scores::Scores;
use vsa_report as report;
use vsa_report::wording::en::claims as words;

const AFTER: &str = "\
What is written to the output folder:
  claims.json   claims, evidence and verdicts; the same inputs give the same bytes
  claims.html   the same for people

Evidence:
  --record                       numbers and promises about data protection, from an audit's record.json
  --scores                       figures of a detector, from scores.json of `evaluate -o`
  --alerts, --events, --rules    what the vendor's system said, what happened, and when an alert tells of an event
  --sample, --labels             moments that `sample draw` drew, and what the auditor saw in them
  none of these                  counts that others published, where the claims file has them

Exit codes:
  0  the claims were examined; verdicts, also bad ones, are no errors
  2  a file cannot be read or understood; file and line are shown
  6  the output folder was refused or cannot be written
  9  with --strict: a claim is not supported

Examples:
  vsa-audit claims test --claims claims.toml --alerts alerts.csv --events events.csv --rules rules.toml --out verdicts
  vsa-audit claims test --claims promises.toml --record report/record.json";

#[derive(Args, Debug)]
#[command(after_long_help = AFTER)]
pub(super) struct TestArguments {
    /// Files of claims (TOML)
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    claims: Vec<PathBuf>,
    /// record.json of an audit
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
    /// scores.json of `evaluate -o`: for claims about a detector's figures (`figure = "recall"`, for instance)
    #[arg(long, value_name = "FILE")]
    scores: Option<PathBuf>,
    /// The vendor's alert log (CSV)
    #[arg(long, value_name = "FILE", requires_all = ["events", "rules"])]
    alerts: Option<PathBuf>,
    /// The events that happened (CSV), written down without looking at the alerts
    #[arg(long, value_name = "FILE", requires = "alerts")]
    events: Option<PathBuf>,
    /// Columns of both, the recordings, and when an alert tells of an event (TOML)
    #[arg(long, value_name = "FILE", requires = "alerts")]
    rules: Option<PathBuf>,
    /// sample.json of `sample draw`, where nobody wrote down the events
    #[arg(long, value_name = "FILE", requires = "labels", conflicts_with = "alerts")]
    sample: Option<PathBuf>,
    /// The labels, as the sheet gives them (CSV)
    #[arg(long, value_name = "FILE", requires = "sample")]
    labels: Option<PathBuf>,
    /// Accepted chance that any of the verdicts is wrong
    #[arg(long, default_value_t = 0.05, value_name = "SHARE")]
    error: f64,
    /// The evidence is looked at again and again while it grows, and the test may stop at any look
    #[arg(long)]
    repeated_looks: bool,
    /// Folder for claims.json and claims.html
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Language of claims.html
    #[arg(long, value_name = "LANG", default_value = "en")]
    lang: LanguageName,
    /// Replace the files of an earlier test in the folder
    #[arg(long, requires = "out")]
    overwrite: bool,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// End with exit code 9 unless every claim is supported
    #[arg(long)]
    strict: bool,
}

pub(super) fn run(arguments: &TestArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    super::check_share("--error", arguments.error, 0.5)?;
    let folder = arguments
        .out
        .as_ref()
        .map(|path| OutputFolder::prepare(path, arguments.overwrite))
        .transpose()?;
    let report = examined(arguments)?;
    let bytes = json::to_bytes(&report)?;
    if let Some(folder) = folder {
        let page = report::html::render(&report::claims_document(arguments.lang.into(), &report));
        folder.publish(&[("claims.json", &bytes), ("claims.html", page.as_bytes())])?;
        let page = folder.path().join("claims.html");
        terminal.say(&format!("report: {}", page.display()));
    }
    if arguments.format == Format::Json {
        terminal.json(&bytes);
    } else {
        for one in &report.claims {
            tell(one, terminal);
        }
    }
    let supported = |one: &Examined| {
        let verdict = Verdict::Supported;
        one.answer == Answer::Decided { verdict }
    };
    Ok(if arguments.strict && !report.claims.iter().all(supported) {
        Outcome::ClaimsNotHeld
    } else {
        Outcome::Done
    })
}

fn examined(arguments: &TestArguments) -> Result<ClaimsReport, CommandError> {
    let GivenClaims { claims, mut inputs } = GivenClaims::read(&arguments.claims)?;
    let record = arguments.record.as_deref().map(read_record).transpose()?;
    let scores = arguments.scores.as_deref().map(read_scores).transpose()?;
    let mut material = Material {
        record: record.as_ref(),
        tallies: Vec::new(),
        labelled: None,
        scores: scores.as_ref(),
    };
    if let (Some(sample), Some(labels)) = (&arguments.sample, &arguments.labels) {
        let (drawn, read_labels) = crate::cli::sample::read_labelled(sample, labels)?;
        material.labelled = Some(Labelled::of(&drawn, &read_labels));
    }
    if let (Some(alerts), Some(events), Some(rules)) =
        (&arguments.alerts, &arguments.events, &arguments.rules)
    {
        let (read_rules, read_alerts, read_events) = alerts::read(alerts, events, rules)?;
        let mut wanted = vec![Only::default()];
        for claim in &claims {
            let of = only(claim);
            if !wanted.contains(&of) {
                wanted.push(of);
            }
        }
        for of in wanted {
            let tally = alerts::tally(&read_alerts, &read_events, &read_rules, &of)?;
            material.tallies.push((of, tally));
        }
    }
    for (role, path) in [
        ("record", &arguments.record),
        ("scores", &arguments.scores),
        ("sample", &arguments.sample),
        ("labels", &arguments.labels),
        ("alerts", &arguments.alerts),
        ("events", &arguments.events),
        ("rules", &arguments.rules),
    ] {
        inputs.extend(path.as_deref().map(|path| input(role, path)).transpose()?);
    }
    let looks = if arguments.repeated_looks {
        Monitoring::Repeated
    } else {
        Monitoring::Once
    };
    Ok(examine(
        &claims,
        &material,
        arguments.error,
        looks,
        ToolFacts::this(),
        inputs,
    ))
}

fn read_scores(path: &Path) -> Result<Scores, CommandError> {
    let bytes = std::fs::read(path).map_err(CommandError::reading("read the scores", path))?;
    Scores::from_json(&bytes).map_err(|error| usage!("cannot read the scores {}: {error}", path.display()))
}

fn read_record(path: &Path) -> Result<Record, CommandError> {
    let bytes = std::fs::read(path).map_err(CommandError::reading("read the record", path))?;
    // Beside it, where it still lies in the folder of its run.
    let manifest = path.with_file_name(manifest::FILE);
    if manifest.is_file()
        && let Some(name) = path.file_name()
    {
        let read = std::fs::read(&manifest).map_err(CommandError::reading("read the manifest", &manifest))?;
        kept::as_listed(&read, &name.to_string_lossy(), &bytes)?;
    }
    json::read_record(&bytes).map_err(|error| usage!("the record {}: {error}", path.display()))
}

fn tell(one: &Examined, terminal: &mut Terminal) {
    terminal.data(&format!(
        "{}: “{}” ({})",
        one.claim.id, one.claim.says, one.claim.vendor
    ));
    terminal.data(&format!("  verdict   {}", words::answer_title(&one.answer)));
    terminal.data(&format!("  read as   {}", words::claim_as_read(&one.claim)));
    if let Some(tested) = &one.tested {
        terminal.data(&format!("  evidence  {}", words::evidence_of_claim(tested)));
    }
    for part in &one.parts {
        terminal.data(&format!("  part      {}", words::part_in_words(part)));
    }
    terminal.data(&format!("  next      {}", words::what_would_change(one)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        arguments: TestArguments,
    }

    fn sample(name: &str) -> String {
        format!("{}/samples/claims/{name}", env!("CARGO_MANIFEST_DIR"))
    }

    fn told(words: &[&str]) -> (Outcome, String) {
        let line = Line::parse_from(std::iter::once("test").chain(words.iter().copied()));
        let (mut terminal, out, _) = Terminal::captured(false);
        let outcome = run(&line.arguments, &mut terminal).unwrap_or_else(|error| panic!("{error}"));
        (outcome, out.text())
    }

    fn logs() -> Vec<String> {
        [
            "full.toml",
            "alerts/alerts.csv",
            "alerts/events.csv",
            "alerts/rules.toml",
        ]
        .map(sample)
        .into()
    }

    #[test]
    fn the_sample_logs_come_to_what_was_counted_by_hand() {
        let [claims, alerts, events, rules] = &logs()[..] else {
            unreachable!()
        };
        let words = [
            "--claims", claims, "--alerts", alerts, "--events", events, "--rules", rules, "--format", "json",
        ];
        let (outcome, text) = told(&words);
        assert_eq!(outcome, Outcome::Done);
        let report: ClaimsReport = serde_json::from_str(&text).unwrap();
        let totals = report.totals.unwrap();
        // PERIM alerts: 20:14:07 right, 20:14:12 the same again, 21:40 false, 23:05 right, 01:12 false, 02:47 right,
        // 04:30 false, 06:10 after the recording. Events: four, the one at 00:20 not told.
        assert_eq!(
            (totals.events, totals.told, totals.alerts, totals.false_alerts),
            (4, 3, 6, 3)
        );
        assert_eq!(
            (totals.debounced, totals.alerts_outside, totals.events_outside),
            (1, 1, 0)
        );
        assert!((totals.camera_hours - 20.0).abs() < 1e-9);
        let counts: Vec<_> = report
            .claims
            .iter()
            .map(|c| c.tested.unwrap())
            .map(|t| (t.count, t.size))
            .collect();
        // Recall, false alarms, delays of 2, 3 and 7 s within ten, recall again.
        assert_eq!(counts, [(3.0, 4.0), (3.0, 20.0), (3.0, 3.0), (3.0, 4.0)]);
        assert!(report.claims.iter().all(|c| matches!(
            c.answer,
            Answer::Decided {
                verdict: Verdict::Inconclusive { .. }
            }
        )));
        // P(X >= 3) of a Poisson variable of mean 20/24: 5.2 %.
        assert!((report.claims[1].tested.unwrap().strength.if_true - 0.0524).abs() < 2e-4);
        assert_eq!(text, told(&words).1, "the same files, the same bytes");
    }

    #[test]
    fn nothing_of_a_single_alert_is_written() {
        let [claims, alerts, events, rules] = &logs()[..] else {
            unreachable!()
        };
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        let out = out.to_str().unwrap();
        told(&[
            "--claims", claims, "--alerts", alerts, "--events", events, "--rules", rules, "--out", out,
        ]);
        let mut looked_at = 0;
        for name in ["claims.json", "claims.html"] {
            let text = std::fs::read_to_string(Path::new(out).join(name)).unwrap();
            for canary in ["PERIM", "2026-03-0", "north", "south", "20:14", "23:05"] {
                assert!(!text.contains(canary), "{canary} in {name}");
            }
            looked_at += 1;
        }
        assert_eq!(looked_at, 2);
    }

    #[test]
    fn strict_is_told_by_the_exit_code() {
        let claims = sample("french-experiment-2024.toml");
        assert_eq!(told(&["--claims", &claims, "--strict"]).0, Outcome::ClaimsNotHeld);
        assert_eq!(told(&["--claims", &claims]).0, Outcome::Done);
    }

    #[test]
    fn figures_that_are_only_remembered_are_not_printed() {
        let (_, text) = told(&["--claims", &sample("french-experiment-2024.toml")]);
        assert!(
            text.contains("62 %") && text.contains("Untestable as worded"),
            "{text}"
        );
        for unsourced in ["270", "21 relevant"] {
            assert!(!text.contains(unsourced), "{unsourced}");
        }
    }
}
