//! `vsa-audit seal`: signs a folder of results, writes time-stamp requests, takes in time-stamp responses.

use super::error::CommandError;
use super::exit_code::Outcome;
use super::key;
use super::terminal::Terminal;
use clap::Args;
use std::path::{Path, PathBuf};
use vsa_base::environment;
use vsa_base::folder::OutputFolder;
use vsa_custody::bundle::Bundle;
use vsa_custody::case;
use vsa_custody::case::Case;
use vsa_custody::timestamp;
use vsa_custody::timestamp::request::Request;
use vsa_custody::timestamp::{certificate, response};
use vsa_custody::{envelope, seal};

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
    Bundle::read(folder).map_err(|source| CommandError::Read {
        doing: "read the folder",
        path: folder.to_owned(),
        source,
    })
}

/// The certificates in a PEM file, or none.
pub(super) fn roots(path: Option<&Path>) -> Result<Vec<Vec<u8>>, CommandError> {
    match path {
        Some(path) => Ok(certificate::from_pem(&key::read_text(path)?)?),
        None => Ok(Vec::new()),
    }
}

/// The case that a bundle keeps, or an empty one.
pub(super) fn case_of(bundle: &Bundle) -> Result<Case, CommandError> {
    match bundle.get(case::FILE) {
        Some(bytes) => Case::from_bytes(bytes)
            .map_err(|error| CommandError::Usage(format!("{} cannot be read: {error}", case::FILE))),
        None => Ok(Case::default()),
    }
}

fn sign(folder: &Path, key: &Path, terminal: &mut Terminal) -> Result<(), CommandError> {
    let bundle = read(folder)?;
    let actor = case_of(&bundle)?.actor();
    let secret = key::read_secret(key)?;
    let files = seal::seal(&bundle, &secret, environment::now(), &actor)?;
    let output = OutputFolder::prepare(folder, true)?;
    // A time stamp over an earlier seal says nothing about this one.
    output.remove(&[timestamp::request_file(), timestamp::response_file()])?;
    let borrowed: Vec<(&str, &[u8])> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    output.publish(&borrowed)?;
    let public = secret.public(None);
    terminal.data(&format!("sealed: {}", folder.display()));
    terminal.data(&format!("key: {}  {}", public.number(), public.fingerprint()));
    Ok(())
}

/// The envelope of a sealed bundle.
fn sealed(bundle: &Bundle) -> Result<&[u8], CommandError> {
    bundle.get(envelope::FILE).ok_or_else(|| {
        CommandError::Usage("the folder is not sealed yet: seal it with --key first".to_owned())
    })
}

fn ask(folder: &Path, terminal: &mut Terminal) -> Result<(), CommandError> {
    let bundle = read(folder)?;
    let request = Request::new(sealed(&bundle)?, environment::random().map_err(key::no_random)?);
    let name = timestamp::request_file();
    let output = OutputFolder::prepare(folder, true)?;
    // An answer to an earlier request.
    output.remove(&[timestamp::response_file()])?;
    output.publish(&[(&name, &request.to_bytes())])?;
    terminal.data(&format!("time-stamp request: {}", folder.join(&name).display()));
    terminal.say(
        "Send it to a time-stamping authority (content type application/timestamp-query), and take in its answer with \
         --timestamp-response.",
    );
    Ok(())
}

fn take_in(
    folder: &Path,
    path: &Path,
    roots: Option<&Path>,
    terminal: &mut Terminal,
) -> Result<(), CommandError> {
    let bundle = read(folder)?;
    let envelope = sealed(&bundle)?;
    let Some(request) = bundle.get(&timestamp::request_file()) else {
        return Err(CommandError::Usage(
            "the folder holds no time-stamp request: make one with --timestamp-request".to_owned(),
        ));
    };
    let request = Request::parse(request)?;
    let bytes = key::read_bytes(path)?;
    let stamp = response::check(&bytes, envelope, Some(&request), &self::roots(roots)?)?;
    let name = timestamp::response_file();
    OutputFolder::prepare(folder, true)?.publish(&[(&name, &bytes)])?;
    terminal.data(&format!("time stamp: {} by {}", stamp.time, stamp.authority));
    terminal.data(&format!("certificate: {}", stamp.certificate));
    if !stamp.chain_checked {
        terminal.warn("no root certificate was named, so the authority's certificate was not held to one (--timestamp-roots)");
    }
    Ok(())
}
