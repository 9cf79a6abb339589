//! A bundle and a secret key in; the files of its seal out: the log with one line more, the manifest over it, minisign's
//! signature of the manifest, and the envelope. Refuses to sign what is not as its manifest says.
//! Deliberately not here: verification, which shares only the formats with this (see `verify`).

use super::bundle::{Bundle, SIGNATURE_FILE, seal_files};
use super::envelope::{self, EnvelopeError, Statement};
use super::log::{self, Action, Log, LogError};
use super::manifest::{self, Entry, Manifest, ManifestError};
use super::secret_key::SecretKey;
use vsa_record::json::JsonError;

/// Address in the log's last line: the key that sealed, by the SHA-256 of its 32 bytes.
pub const KEY_ADDRESS: &str = "key/ed25519";
/// Address in the log's last line: the manifest's root before that line was written.
pub const TREE_ADDRESS: &str = "tree/before-sealing";

/// Why a bundle was not sealed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SealError {
    /// A file that every bundle has is not there.
    #[error("the folder holds no {name}: seal the folder that `audit` wrote")]
    Missing {
        /// Which.
        name: &'static str,
    },
    /// The manifest cannot be read.
    #[error("manifest.json: {0}")]
    Manifest(#[from] ManifestError),
    /// The log cannot be read.
    #[error("custody.jsonl: {0}")]
    Log(#[from] LogError),
    /// The folder is not as its manifest says.
    #[error("the folder is not as its manifest says, so it is not sealed: {}", .problems.join("; "))]
    Differs {
        /// Each difference.
        problems: Vec<String>,
    },
    /// The clock stands before the log's last line.
    #[error("the clock says {now}, but the log was last written at {last}: set the clock right")]
    Clock {
        /// What it says.
        now: String,
        /// Time of the last line.
        last: String,
    },
    /// Could not be written. Ours.
    #[error(transparent)]
    Json(#[from] JsonError),
    /// Could not be written. Ours.
    #[error(transparent)]
    Envelope(#[from] EnvelopeError),
}

/// The files that seal `bundle` at `now` (RFC 3339, UTC, whole seconds), to be written into its folder.
///
/// # Errors
/// [`SealError`].
pub fn seal(
    bundle: &Bundle,
    key: &SecretKey,
    now: jiff::Timestamp,
    actor: &str,
) -> Result<Vec<(String, Vec<u8>)>, SealError> {
    let manifest = manifest::read(
        bundle
            .get(manifest::FILE)
            .ok_or(SealError::Missing { name: manifest::FILE })?,
    )?;
    let old_log = bundle
        .get(log::FILE)
        .ok_or(SealError::Missing { name: log::FILE })?;
    let problems = differences(bundle, &manifest);
    if !problems.is_empty() {
        return Err(SealError::Differs { problems });
    }
    if let Some(last) = log::read(old_log)?.last()
        && last.time.parse::<jiff::Timestamp>().is_ok_and(|last| last > now)
    {
        return Err(SealError::Clock {
            now: now.to_string(),
            last: last.time.clone(),
        });
    }
    let public = key.public(None);
    let mut log = Log::after(old_log)?;
    let before = manifest::root(&manifest.entries);
    let digests = [
        (KEY_ADDRESS.to_owned(), public.fingerprint()),
        (TREE_ADDRESS.to_owned(), before),
    ];
    log.add(Action::Sealed, &now.to_string(), actor, digests)?;
    let manifest = manifest.with_output(Entry::output(log::FILE, log.as_bytes()));
    let manifest_bytes = manifest.to_bytes()?;
    let comment = format!("timestamp:{}\tfile:{}\thashed", now.as_second(), manifest::FILE);
    let signature = key.sign(&manifest_bytes, &comment);
    let statement = Statement::of(&manifest, &manifest_bytes, &now.to_string());
    let envelope = key.envelop(&statement)?.to_bytes()?;
    Ok(vec![
        (log::FILE.to_owned(), log.as_bytes().to_vec()),
        (manifest::FILE.to_owned(), manifest_bytes),
        (SIGNATURE_FILE.to_owned(), signature.to_text().into_bytes()),
        (envelope::FILE.to_owned(), envelope),
    ])
}

/// What in the folder is not as the manifest says.
fn differences(bundle: &Bundle, manifest: &Manifest) -> Vec<String> {
    let mut problems: Vec<String> = bundle
        .others
        .iter()
        .map(|name| format!("{name} is no plain file"))
        .collect();
    for entry in manifest.outputs() {
        match bundle.get(&entry.name) {
            None => problems.push(format!("{} is missing", entry.name)),
            Some(bytes) if Entry::output(&entry.name, bytes) != *entry => {
                problems.push(format!("{} was changed", entry.name));
            }
            Some(_) => {}
        }
    }
    let sealing = seal_files();
    for name in bundle.files.keys() {
        if !sealing.contains(name) && !manifest.outputs().any(|entry| entry.name == *name) {
            problems.push(format!("{name} is not part of the bundle: move it elsewhere"));
        }
    }
    problems
}
