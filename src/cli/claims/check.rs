//! `vsa-audit claims check`: files of claims in; which can be tested as worded, and what has to be asked, out.

use crate::cli::error::CommandError;
use crate::cli::exit_code::Outcome;
use crate::cli::models::{Format, json};
use crate::cli::terminal::Terminal;
use clap::Args;
use serde::Serialize;
use std::path::PathBuf;
use vsa_claims::Claim;
use vsa_claims::parse;
use vsa_claims::testable::{Wording, wording};
use vsa_report::wording::en::claims as words;

const AFTER: &str = "\
Exit codes:
  0  every file was understood; that a claim is untestable as worded is a result and no error
  2  a file cannot be read or understood; line and column are shown
  9  with --strict: a claim is untestable as worded

Examples:
  vsa-audit claims check samples/claims/minimal.toml
  vsa-audit claims check samples/claims/shapes.toml --format json";

#[derive(Args, Debug)]
#[command(after_long_help = AFTER)]
pub(super) struct CheckArguments {
    /// Files of claims (TOML); see samples/claims
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// End with exit code 9 if a claim is untestable as worded
    #[arg(long)]
    strict: bool,
}

#[derive(Serialize)]
struct Checked {
    #[serde(flatten)]
    claim: Claim,
    testable_as_worded: bool,
    #[serde(flatten)]
    wording: Wording,
}

pub(super) fn run(arguments: &CheckArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let mut checked = Vec::new();
    for file in &arguments.files {
        let claims = parse::read(file)?;
        for claim in &claims {
            let wording = wording(claim, &claims);
            checked.push(Checked {
                testable_as_worded: wording.is_testable(),
                claim: claim.clone(),
                wording,
            });
        }
    }
    let untestable = checked.iter().filter(|c| !c.testable_as_worded).count();
    if arguments.format == Format::Json {
        terminal.json(json(&checked).as_bytes());
    } else {
        for one in &checked {
            tell(one, terminal);
        }
        let all = checked.len();
        terminal.say(&format!(
            "{} of {all} claims can be tested as worded, {untestable} cannot",
            all - untestable
        ));
    }
    Ok(if arguments.strict && untestable > 0 {
        Outcome::ClaimsNotHeld
    } else {
        Outcome::Done
    })
}

fn tell(checked: &Checked, terminal: &mut Terminal) {
    let claim = &checked.claim;
    terminal.data(&format!("{}: “{}” ({})", claim.id, claim.says, claim.vendor));
    terminal.data(&format!("  read as   {}", words::claim_as_read(claim)));
    if checked.testable_as_worded {
        terminal.data("  testable as worded");
    } else {
        terminal.data("  untestable as worded; missing:");
        for word in &checked.wording.missing {
            terminal.data(&format!("    - {}", words::missing_word(*word)));
        }
    }
    for remark in &checked.wording.remarks {
        terminal.data(&format!("  note      {}", words::claim_remark(*remark)));
    }
}
