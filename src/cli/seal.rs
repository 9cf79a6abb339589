//! `vsa-audit seal`: signs a folder of results, writes time-stamp requests, takes in time-stamp responses.

use super::error::CommandError;
use super::exit_code::Outcome;
use super::key;
use super::terminal::Terminal;
use crate::verbs::{self, EarlierAnswer};
use clap::Args;
use std::path::{Path, PathBuf};
use vsa_custody::bundle::Bundle;
use vsa_custody::timestamp::{self, certificate};

/// Seal a folder of results: sign its manifest, so that nothing in it can be changed unnoticed.
///
/// Writes manifest.json.minisig, which `minisign -V` checks, and manifest.dsse.json, an in-toto statement in a DSSE
/// envelope. Nothing is sent anywhere: a time stamp is asked for with a file (--timestamp-request) that you send to an
/// authority by any means, and its answer is taken in with --timestamp-response.
#[derive(Debug, Args)]
pub(super) struct SealArguments {
    /// The folder that `audit` wrote
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// The secret key
    #[arg(long, value_name = "FILE", required_unless_present_any = ["timestamp_request", "timestamp_response"])]
    key: Option<PathBuf>,
    /// Write manifest.dsse.json.tsq, a request for a time stamp (RFC 3161) over the seal
    #[arg(long)]
    timestamp_request: bool,
    /// Check an authority's answer to that request, and keep it as manifest.dsse.json.tsr
    #[arg(long, value_name = "FILE", conflicts_with_all = ["key", "timestamp_request"])]
    timestamp_response: Option<PathBuf>,
    /// Root certificates (PEM) of authorities that you trust
    #[arg(long, value_name = "FILE", requires = "timestamp_response")]
    timestamp_roots: Option<PathBuf>,
}

pub(super) fn run(arguments: &SealArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let folder = &arguments.folder;
    if let Some(path) = &arguments.key {
        sign(folder, path, terminal)?;
    }
    if arguments.timestamp_request {
        ask(folder, terminal)?;
    }
    if let Some(path) = &arguments.timestamp_response {
        take_in(folder, path, arguments.timestamp_roots.as_deref(), terminal)?;
    }
    Ok(Outcome::Done)
}

pub(super) fn read(folder: &Path) -> Result<Bundle, CommandError> {
    Bundle::read(folder).map_err(CommandError::reading("read the folder", folder))
}

/// The certificates in a PEM file, or none.
pub(super) fn roots(path: Option<&Path>) -> Result<Vec<Vec<u8>>, CommandError> {
    match path {
        Some(path) => Ok(certificate::from_pem(&key::read_text(path)?)?),
        None => Ok(Vec::new()),
    }
}

fn sign(folder: &Path, key: &Path, terminal: &mut Terminal) -> Result<(), CommandError> {
    let secret = key::read_secret(key)?;
    let sealed = verbs::seal(folder, &secret)?;
    warn_of(sealed.earlier, "seal", terminal);
    if let Some(why) = &sealed.not_rendered {
        terminal.warn(&format!(
            "the reports were sealed as they are: whether they are what the record gives was not looked at, since {why}"
        ));
    }
    let public = secret.public(None);
    terminal.data(&format!("sealed: {}", folder.display()));
    terminal.data(&format!("key: {}  {}", public.number(), public.fingerprint()));
    Ok(())
}

fn ask(folder: &Path, terminal: &mut Terminal) -> Result<(), CommandError> {
    let (request, earlier) = verbs::request_time_stamp(folder)?;
    warn_of(earlier, "request", terminal);
    terminal.data(&format!("time-stamp request: {}", request.display()));
    terminal.say(
        "Send it to a time-stamping authority (content type application/timestamp-query), and take in its answer with \
         --timestamp-response.",
    );
    Ok(())
}

fn warn_of(earlier: EarlierAnswer, what: &str, terminal: &mut Terminal) {
    if earlier == EarlierAnswer::Removed {
        terminal.warn(&format!(
            "the time stamp that was there ({}) belonged to the earlier {what} and was removed: it says nothing about the new one",
            timestamp::response_file()
        ));
    }
}

fn take_in(
    folder: &Path,
    path: &Path,
    roots: Option<&Path>,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    let stamp = verbs::take_in_time_stamp(folder, &key::read_bytes(path)?, &self::roots(roots)?)?;
    terminal.data(&format!("time stamp: {} by {}", stamp.time, stamp.authority));
    terminal.data(&format!("certificate: {}", stamp.certificate));
    if !stamp.chain_checked {
        terminal.warn("no root certificate was named, so the authority's certificate was not held to one (--timestamp-roots)");
    }
    Ok(())
}
