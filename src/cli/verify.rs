//! `vsa-audit verify`: a sealed folder, a public key and a date in, every check and its outcome out.

use super::error::{CommandError, usage};
use super::exit_code::Outcome;
use super::terminal::Terminal;
use super::{key, prove, seal};
use crate::verbs;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use vsa_base::environment;
use vsa_custody::verification::{CheckId, CheckOutcome};
use vsa_record::json;

/// Verify a sealed folder: every check and its outcome. The exit code is 0 only if all hold.
///
/// Needs the folder, the public key and a date, nothing else. Get the key from its owner, not from the folder, and compare
/// its fingerprint (`vsa-audit key fingerprint`) with what the owner says.
#[derive(Debug, Args)]
pub(super) struct VerifyArguments {
    /// The sealed folder; with --proof, a single file of one
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The public key of whoever sealed it
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
    /// Judge times as of this date, such as 2026-01-31 (the end of that day, UTC) or 2026-01-31T12:00:00Z [default: now]
    #[arg(long, value_name = "DATE")]
    date: Option<String>,
    /// Root certificates (PEM) of time-stamping authorities that you trust
    #[arg(long, value_name = "FILE")]
    timestamp_roots: Option<PathBuf>,
    /// Check one file with the proof that `vsa-audit prove` wrote for it
    #[arg(long, value_name = "FILE", conflicts_with_all = ["date", "timestamp_roots", "format"])]
    proof: Option<PathBuf>,
    /// In which form to answer
    #[arg(long, default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// A line for each check
    Text,
    /// One JSON object
    Json,
}

pub(super) fn run(arguments: &VerifyArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    if let Some(proof) = &arguments.proof {
        return prove::check(&arguments.folder, proof, &arguments.key, terminal);
    }
    let date = match &arguments.date {
        Some(text) => read_date(text)
            .ok_or_else(|| usage!("{text:?} is no date: write 2026-01-31 or 2026-01-31T12:00:00Z"))?,
        None => environment::now(),
    };
    let public = key::read_public(&arguments.key)?;
    let roots = seal::roots(arguments.timestamp_roots.as_deref())?;
    let bundle = seal::read(&arguments.folder)?;
    let verification = verbs::verify(&bundle, &public, date, &roots);
    if arguments.format == Format::Json {
        let bytes = json::to_bytes(&verification)?;
        terminal.json(&bytes);
    } else {
        for check in &verification.checks {
            let outcome = match check.outcome {
                CheckOutcome::Holds => "holds",
                CheckOutcome::Fails => "FAILS",
                CheckOutcome::Absent => "absent",
                CheckOutcome::NotShown => "not shown",
                CheckOutcome::NotMade => "not made",
            };
            terminal.data(&format!(
                "{outcome:<9} {}: {}",
                question(check.check),
                check.found
            ));
        }
        terminal.data(&format!(
            "key {}  {}, as of {}",
            verification.key, verification.key_fingerprint, verification.date
        ));
        // The last line, and the number of those before it: whoever scrolls up knows whether all of them are there.
        let verdict = if verification.holds {
            "VERIFIED: the folder is what the owner of this key sealed"
        } else {
            "NOT VERIFIED: at least one check failed"
        };
        let before = verification.checks.len() + 1;
        terminal.data(&format!("{verdict} ({before} lines come before this one)"));
    }
    Ok(if verification.holds {
        Outcome::Done
    } else {
        Outcome::NotVerified
    })
}

/// A day means its end, so that what was sealed on that day is not in the future.
fn read_date(text: &str) -> Option<jiff::Timestamp> {
    if text.len() == 10 {
        format!("{text}T23:59:59Z").parse().ok()
    } else {
        text.parse().ok()
    }
}

fn question(check: CheckId) -> &'static str {
    match check {
        CheckId::PlainFiles => "the folder holds plain files only",
        CheckId::ManifestIsSound => "manifest.json is sound",
        CheckId::MerkleRoot => "its Merkle root is that of its entries",
        CheckId::ManifestSignature => "the key signed manifest.json (minisign)",
        CheckId::EnvelopeSignature => "the key signed manifest.dsse.json (DSSE)",
        CheckId::StatementAgrees => "what it signed there is this manifest",
        CheckId::FilesAreThoseListed => "every listed file is there and unchanged, and no other",
        CheckId::LogIsUnbroken => "custody.jsonl is one unbroken chain",
        CheckId::LogAgrees => "what it names is what the manifest lists",
        CheckId::SealingIsLogged => "it says that this key sealed what was there",
        CheckId::TimesFollow => "times follow each other",
        CheckId::TimeStamp => "the time stamp of an authority",
    }
}

#[cfg(test)]
mod tests {
    use super::read_date;

    #[test]
    fn a_day_is_read_as_its_end_and_a_time_as_itself() {
        assert_eq!(
            read_date("2026-01-31").unwrap().to_string(),
            "2026-01-31T23:59:59Z"
        );
        assert_eq!(
            read_date("2026-01-31T12:00:00+01:00").unwrap().to_string(),
            "2026-01-31T11:00:00Z"
        );
        for wrong in ["", "yesterday", "2026-02-30", "2026-13-01"] {
            assert_eq!(read_date(wrong), None, "{wrong}");
        }
    }
}
