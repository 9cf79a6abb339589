//! A bundle and a secret key in; the files of its seal out: the log with one line more, the manifest over it, minisign's
//! signature of the manifest, and the envelope. Refuses to sign what is not as its manifest says.
//! Deliberately not here: verification, which shares only the formats with this (see `verify`).

use super::bundle::{Bundle, SIGNATURE_FILE, seal_files};
use super::envelope::{self, EnvelopeError, Statement};
use super::log::{self, Action, Log, LogError};
use super::manifest::{self, Entry, Manifest, ManifestError};
use super::secret_key::SecretKey;
use vsa_base::outside;
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
        .map(|name| format!("{} is no plain file", outside::quoted(name)))
        .collect();
    for entry in manifest.outputs() {
        match bundle.get(&entry.name) {
            None => problems.push(format!("{} is missing", outside::quoted(&entry.name))),
            Some(bytes) if Entry::output(&entry.name, bytes) != *entry => {
                problems.push(format!("{} was changed", outside::quoted(&entry.name)));
            }
            Some(_) => {}
        }
    }
    let sealing = seal_files();
    for name in bundle.files.keys() {
        if !sealing.contains(name) && !manifest.outputs().any(|entry| entry.name == *name) {
            problems.push(format!(
                "{} is not part of the bundle: move it elsewhere",
                outside::quoted(name)
            ));
        }
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::signature::Detached;

    /// Time of the log's last line.
    const LAST: &str = "2026-01-01T00:00:05Z";

    fn key() -> SecretKey {
        SecretKey::from_random([3; 40])
    }

    fn manifest_of(bundle: &Bundle) -> Manifest {
        manifest::read(bundle.get(manifest::FILE).unwrap()).unwrap()
    }

    /// A record, a page and the log, listed.
    fn unsealed() -> Bundle {
        let mut log = Log::default();
        log.add(Action::Rendered, LAST, "vsa-audit", []).unwrap();
        let mut bundle = Bundle::default();
        for (name, bytes) in [
            ("record.json", &b"{}\n"[..]),
            ("report.html", b"<!DOCTYPE html>\n"),
            (log::FILE, log.as_bytes()),
        ] {
            bundle.files.insert(name.to_owned(), bytes.to_vec());
        }
        let entries = bundle
            .files
            .iter()
            .map(|(name, bytes)| Entry::output(name, bytes));
        let manifest = Manifest::new(entries.collect()).to_bytes().unwrap();
        bundle.files.insert(manifest::FILE.to_owned(), manifest);
        bundle
    }

    fn sealed_at(bundle: &Bundle, now: &str) -> Result<Vec<(String, Vec<u8>)>, SealError> {
        seal(bundle, &key(), now.parse().unwrap(), "M. Expert")
    }

    #[test]
    fn a_seal_is_a_line_of_the_log_the_manifest_over_it_and_two_signatures_of_that() {
        let now = "2026-01-02T00:00:00Z";
        let mut bundle = unsealed();
        let before = manifest_of(&bundle);
        let files = sealed_at(&bundle, now).unwrap();
        let names: Vec<_> = files.iter().map(|(name, _)| name.as_str()).collect();
        let expected = [
            "custody.jsonl",
            "manifest.json",
            "manifest.json.minisig",
            "manifest.dsse.json",
        ];
        assert_eq!(names, expected);
        bundle.files.extend(files);
        let file = |name: &str| bundle.get(name).unwrap();
        let public = key().public(None);

        let line = log::read(file(log::FILE)).unwrap().pop().unwrap();
        assert_eq!(
            (line.action, &*line.time, &*line.actor),
            (Action::Sealed, now, "M. Expert")
        );
        let digests = [
            (KEY_ADDRESS.to_owned(), public.fingerprint()),
            (TREE_ADDRESS.to_owned(), before.merkle_root.clone()),
        ];
        assert_eq!(line.digests, digests.into());
        let after = before.with_output(Entry::output(log::FILE, file(log::FILE)));
        assert_eq!(manifest_of(&bundle), after);
        assert!(differences(&bundle, &after).is_empty());

        let signature = std::str::from_utf8(file(SIGNATURE_FILE)).unwrap();
        let signature = Detached::parse(signature).unwrap();
        signature.check(&public, file(manifest::FILE)).unwrap();
        // date -u -d 2026-01-02 +%s
        assert_eq!(
            signature.comment,
            "timestamp:1767312000\tfile:manifest.json\thashed"
        );
        let statement = envelope::open(file(envelope::FILE), &public).unwrap();
        assert_eq!(statement, Statement::of(&after, file(manifest::FILE), now));

        // Again, over its own seal.
        let files = sealed_at(&bundle, now).unwrap();
        assert_eq!(log::read(&files[0].1).unwrap().len(), 3);
    }

    #[test]
    fn nothing_is_sealed_before_it_was_made_by_the_clock_that_seals() {
        let bundle = unsealed();
        assert!(sealed_at(&bundle, LAST).is_ok());
        let found = sealed_at(&bundle, "2026-01-01T00:00:04Z").unwrap_err();
        assert!(matches!(found, SealError::Clock { .. }), "{found}");
    }

    #[test]
    fn what_is_not_as_its_manifest_says_is_not_sealed() {
        let mut bundle = unsealed();
        let manifest = manifest_of(&bundle);
        assert_eq!(differences(&bundle, &manifest), [""; 0]);
        bundle.files.insert("annex.pdf".to_owned(), b"%PDF".to_vec());
        bundle.files.insert("record.json".to_owned(), b"[]\n".to_vec());
        bundle.files.remove("report.html");
        bundle.others.push("stills".to_owned());
        let found = sealed_at(&bundle, LAST).unwrap_err().to_string();
        let expected = "the folder is not as its manifest says, so it is not sealed: stills is no plain file; \
                        record.json was changed; report.html is missing; \
                        annex.pdf is not part of the bundle: move it elsewhere";
        assert_eq!(found, expected);
        for name in [log::FILE, manifest::FILE] {
            let mut bundle = unsealed();
            bundle.files.remove(name);
            let found = sealed_at(&bundle, LAST).unwrap_err();
            assert!(matches!(found, SealError::Missing { name: missing } if missing == name));
        }
    }
}
