//! `vsa-audit prove`: a sealed folder and the name of one file in, a proof for that file out, so that it can be handed over
//! alone; and the check of such a proof.

use super::error::CommandError;
use super::exit_code::Outcome;
use super::terminal::Terminal;
use super::{key, seal};
use clap::Args;
use std::path::{Path, PathBuf};
use vsa_base::folder::write_new;
use vsa_base::outside;
use vsa_custody::proof;
use vsa_record::json;

/// Write a proof that one file belongs to a sealed folder, so that it can be handed over without the others.
///
/// `vsa-audit verify FILE --proof PROOF --key KEY.pub` checks it.
#[derive(Debug, Args)]
pub(super) struct ProveArguments {
    /// The sealed folder
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    /// Name of a file in it
    #[arg(value_name = "NAME")]
    name: String,
    /// Where to write the proof. Nothing is overwritten.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

pub(super) fn run(arguments: &ProveArguments, terminal: &mut Terminal) -> Result<Outcome, CommandError> {
    let bundle = seal::read(&arguments.folder)?;
    let proof = proof::prove(&bundle, &arguments.name)?;
    write_new(&arguments.out, &json::to_bytes(&proof)?)?;
    terminal.data(&format!("proof: {}", arguments.out.display()));
    Ok(Outcome::Done)
}

/// Checks the proof of one file.
pub(super) fn check(
    file: &Path,
    proof: &Path,
    key: &Path,
    terminal: &mut Terminal,
) -> Result<Outcome, CommandError> {
    let public = key::read_public(key)?;
    let (entry, statement) = proof::check(&key::read_bytes(proof)?, &key::read_bytes(file)?, &public)?;
    terminal.data(&format!("key {}  {}", public.number(), public.fingerprint()));
    terminal.data(&format!(
        "VERIFIED: the file is {} of the folder that the owner of this key sealed, as the envelope says at {}",
        outside::quoted(&entry.name),
        statement.predicate.sealed_at
    ));
    terminal.warn("a proof for one file says nothing about the others, nor about the log of custody");
    Ok(Outcome::Done)
}
