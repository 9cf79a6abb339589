//! `vsa-audit render`: a record in, its reports out, without the footage.

use super::choices::LanguageName;
use super::claims::beside as claims_file;
use super::error::{CommandError, usage};
use super::exit_code::Outcome;
use super::seal;
use super::terminal::Terminal;
use crate::verbs::kept::Kept;
use crate::verbs::{self, Beside};
use clap::Args;
use same_file::is_same_file;
use std::path::{Path, PathBuf};
use vsa_base::folder::OutputFolder;
use vsa_base::language::Language;
use vsa_custody::case::Case;

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
    let kept = Kept::of(&bundle)?;
    let record = kept.record()?;
    let case = match &arguments.case {
        Some(path) => Case::read(path)?,
        None => kept.case()?,
    };
    let case = case.in_language(arguments.lang.map(Into::into));
    let language = case.language.unwrap_or_default();
    let out = match &arguments.out {
        Some(out) => out.clone(),
        None => named_after(&arguments.folder, language)?,
    };
    if is_same_file(&arguments.folder, &out).unwrap_or(false) {
        return Err(usage!(
            "the reports of a run stay as they are, since its manifest lists them: choose another folder with --out"
        ));
    }
    let stills = kept.stills()?;
    let output = OutputFolder::prepare(&out, arguments.overwrite)?;
    let bench = match &arguments.bench {
        Some(path) => Some(super::bench::read(path)?),
        None => kept.bench()?,
    };
    let claims = match &arguments.claims {
        Some(path) => Some(claims_file::read(path)?),
        None => kept.claims()?,
    };
    let beside = Beside {
        case,
        stills,
        claims,
        bench,
        confinement: kept.confinement()?,
    };
    let rendered = verbs::render(&record, &verbs::audit(&record), &beside)?;
    // The record stays where it is: in the folder whose manifest lists it.
    let reports: Vec<(&str, &[u8])> = rendered
        .files
        .iter()
        .filter(|file| file.name != "record.json")
        .map(|file| (file.name, file.bytes.as_slice()))
        .collect();
    output.publish(&reports)?;
    let place = output.path().join("report.html");
    terminal.data(&format!("report: {}", place.display()));
    Ok(Outcome::Done)
}

/// `report` → `report-fr`.
fn named_after(folder: &Path, language: Language) -> Result<PathBuf, CommandError> {
    // `.` and `..` have names, too.
    let whole = folder.canonicalize().ok();
    let named = whole
        .as_deref()
        .and_then(|whole| Some((whole, whole.file_name()?)));
    let Some((whole, name)) = named else {
        return Err(usage!(
            "{} has no name to which a language could be added: name a folder with --out",
            folder.display()
        ));
    };
    let mut named = name.to_owned();
    named.push(format!("-{language}"));
    Ok(whole.with_file_name(named))
}
