//! `vsa-audit render`: a record in, its reports out, without the footage.

use super::choices::LanguageName;
use super::claims::beside;
use super::error::CommandError;
use super::exit_code::Outcome;
use super::terminal::Terminal;
use super::{seal, stills};
use clap::Args;
use same_file::is_same_file;
use std::path::{Path, PathBuf};
use vsa_audits as audits;
use vsa_base::folder::OutputFolder;
use vsa_base::language::Language;
use vsa_custody::bundle::Bundle;
use vsa_custody::case::Case;
use vsa_record::{Record, bench, json};
use vsa_report as report;
use vsa_report::Document;

/// Draw the reports anew from the record of an earlier run. The footage is not needed.
///
/// The same version of this program draws the same bytes from the same record and case file.
#[derive(Debug, Args)]
pub(super) struct RenderArguments {
    /// The folder that `audit` wrote: its record.json is read, and its case.json where there is one
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Folder for the reports: never the sealed one. It must not exist or be empty, unless --overwrite is given [default:
    /// beside DIR, named DIR-en or DIR-fr after the language]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Another case file in place of the bundle's
    #[arg(long, value_name = "FILE")]
    case: Option<PathBuf>,
    /// Language of the reports [default: the case file's, else en]
    #[arg(long, value_name = "LANG")]
    lang: Option<LanguageName>,
    /// claims.json of `claims test`, in place of the bundle's, where it has one
    #[arg(long, value_name = "FILE")]
    claims: Option<PathBuf>,
    /// What `vsa-audit bench` wrote, in place of the bundle's, where it has one
    #[arg(long, value_name = "FILE")]
    bench: Option<PathBuf>,
    /// Replace the files of an earlier run in the folder for the reports
    #[arg(long)]
    overwrite: bool,
}

pub(super) fn run(arguments: &RenderArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let bundle = seal::read(&arguments.folder)?;
    let record = record_of(&bundle)?;
    let case = match &arguments.case {
        Some(path) => Case::read(path)?,
        None => seal::case_of(&bundle)?,
    };
    let case = case.in_language(arguments.lang.map(Into::into));
    let language = case.language.unwrap_or_default();
    let out = match &arguments.out {
        Some(out) => out.clone(),
        None => beside(&arguments.folder, language)?,
    };
    if is_same_file(&arguments.folder, &out).unwrap_or(false) {
        return Err(CommandError::Usage(
            "the reports of a run stay as they are, since its manifest lists them: choose another folder with --out"
                .to_owned(),
        ));
    }
    let stills = stills::of_bundle(&bundle)?;
    let output = OutputFolder::prepare(&out, arguments.overwrite)?;
    let findings = audits::run_all(&record);
    let mut document = Document::in_language(language, &record, &findings).for_case(&case);
    if let Some(stills) = &stills {
        document = document.with_stills(stills);
    }
    let bench = match &arguments.bench {
        Some(path) => Some(super::bench::read(path)?),
        None => bundle.get(bench::FILE).map(super::bench::parse).transpose()?,
    };
    if let Some(bench) = &bench {
        document = document.for_bench(bench);
    }
    let claims = match &arguments.claims {
        Some(path) => Some(beside::read(path)?),
        None => bundle
            .get(beside::FILE)
            .map(|bytes| beside::parsed(bytes, beside::FILE))
            .transpose()?,
    };
    if let Some(claims) = &claims {
        document = document.with_claims(claims);
    }
    let report = json::to_bytes(&document)?;
    let shown = stills.as_ref().map_or(&[][..], |stills| &stills.stills);
    let page = report::html::render_with(&document, shown);
    // The bundle's own bytes are attached: they are what the manifest lists, whichever version wrote them.
    let recorded = bundle.get("record.json").unwrap_or_default();
    let attached = [("record.json", recorded), ("report.json", &report)];
    let pdf = report::pdf::render_with(&document, &attached, shown)?;
    output.publish(&[
        ("report.json", &report),
        ("report.html", page.as_bytes()),
        ("report.pdf", &pdf),
    ])?;
    let place = output.path().join("report.html");
    terminal.data(&format!("report: {}", place.display()));
    Ok(Outcome::Done)
}

/// `report` → `report-fr`.
fn beside(folder: &Path, language: Language) -> Result<PathBuf, CommandError> {
    // `.` and `..` have names, too.
    let whole = folder.canonicalize().ok();
    let named = whole
        .as_deref()
        .and_then(|whole| Some((whole, whole.file_name()?)));
    let Some((whole, name)) = named else {
        return Err(CommandError::Usage(format!(
            "{} has no name to which a language could be added: name a folder with --out",
            folder.display()
        )));
    };
    let mut named = name.to_owned();
    named.push(format!("-{language}"));
    Ok(whole.with_file_name(named))
}

/// The record of a bundle.
pub(super) fn record_of(bundle: &Bundle) -> Result<Record, CommandError> {
    let bytes = bundle.get("record.json").ok_or_else(|| {
        CommandError::Usage("the folder holds no record.json: name a folder that `audit` wrote".to_owned())
    })?;
    json::read_record(bytes).map_err(|error| CommandError::Usage(format!("record.json: {error}")))
}
