//! `vsa-audit render`: a record in, its reports out, without the footage.

use super::error::CommandError;
use super::exit_code::Outcome;
use super::seal;
use super::terminal::Terminal;
use crate::audits;
use crate::custody::bundle::Bundle;
use crate::custody::case::{Case, CaseLanguage};
use crate::custody::folder::OutputFolder;
use crate::record::{Record, json};
use crate::report::{self, Document};
use clap::Args;
use std::path::{Path, PathBuf};

/// Draw the reports anew from the record of an earlier run. The footage is not needed.
///
/// The same version of this program draws the same bytes from the same record and case file.
#[derive(Debug, Args)]
pub(super) struct RenderArguments {
    /// The folder that `audit` wrote: its record.json is read, and its case.json where there is one
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Folder for the reports: never the sealed one. It must not exist or be empty, unless --overwrite is given.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Another case file in place of the bundle's
    #[arg(long, value_name = "FILE")]
    case: Option<PathBuf>,
    /// Replace the files of an earlier run in the folder for the reports
    #[arg(long)]
    overwrite: bool,
}

pub(super) fn run(arguments: &RenderArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let bundle = seal::read(&arguments.folder)?;
    let record = record_of(&bundle)?;
    let case = match &arguments.case {
        Some(path) => case_from(path, terminal)?,
        None => seal::case_of(&bundle)?,
    };
    let same = |a: &PathBuf, b: &PathBuf| {
        a.canonicalize()
            .is_ok_and(|a| b.canonicalize().is_ok_and(|b| a == b))
    };
    if same(&arguments.folder, &arguments.out) {
        return Err(CommandError::Usage(
            "the reports of a run stay as they are, since its manifest lists them: choose another folder with --out"
                .to_owned(),
        ));
    }
    let output = OutputFolder::prepare(&arguments.out, arguments.overwrite)?;
    let document = Document::new(&record, &audits::run_all(&record)).for_case(&case);
    let report = json::to_bytes(&document)?;
    let page = report::html::render(&document);
    // The bundle's own bytes are attached: they are what the manifest lists, whichever version wrote them.
    let recorded = bundle.get("record.json").unwrap_or_default();
    let pdf = report::pdf::render(&document, &[("record.json", recorded), ("report.json", &report)])?;
    output.publish(&[
        ("report.json", &report),
        ("report.html", page.as_bytes()),
        ("report.pdf", &pdf),
    ])?;
    let place = output.path().join("report.html");
    terminal.data(&format!("report: {}", place.display()));
    Ok(Outcome::Done)
}

/// A case file. A language that reports are not written in is said, not passed over.
pub(super) fn case_from(path: &Path, terminal: &mut Terminal) -> Result<Case, CommandError> {
    let case = Case::read(path)?;
    if case.language == Some(CaseLanguage::Fr) {
        terminal.warn("the case file asks for French; this version writes its reports in English");
    }
    Ok(case)
}

/// The record of a bundle.
pub(super) fn record_of(bundle: &Bundle) -> Result<Record, CommandError> {
    let bytes = bundle.get("record.json").ok_or_else(|| {
        CommandError::Usage("the folder holds no record.json: name a folder that `audit` wrote".to_owned())
    })?;
    json::read_record(bytes).map_err(|error| CommandError::Usage(format!("record.json: {error}")))
}
