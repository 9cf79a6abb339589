//! What a folder of results keeps. In: its [`Bundle`]. Out: the record, and what stood beside it, each checked as far as it can
//! be: by the digest that the manifest lists, where there is one, and the record by its canonical form.

use super::beside::CLAIMS_FILE;
use vsa_base::digest;
use vsa_claims::ClaimsReport;
use vsa_claims::examined;
use vsa_custody::bundle::Bundle;
use vsa_custody::case::{self, Case};
use vsa_custody::manifest::{self, Manifest};
use vsa_record::Record;
use vsa_record::bench::{self, BenchFacts};
use vsa_record::json::{FromJson as _, JsonError, read_record};
use vsa_record::run::{self, ConfinementFacts, RunFacts};
use vsa_record::stills::{FILE as STILLS, StillsFacts};
use vsa_report::stills::{Stills, StillsError};

/// Why something in a folder cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeptError {
    /// It is no folder of results.
    #[error("the folder holds no record.json: name a folder that `audit` wrote")]
    NoRecord,
    /// The record cannot be read; [`JsonError::OtherSchema`] says which version reads it.
    #[error("record.json: {0}")]
    Record(#[from] JsonError),
    /// Another file is not what this program writes.
    #[error("{file} {because}")]
    Unreadable {
        /// Its name.
        file: String,
        /// What is wrong with it.
        because: String,
    },
    /// A still is not the one that was made.
    #[error(transparent)]
    Stills(#[from] StillsError),
}

fn unreadable(file: &str, because: impl std::fmt::Display) -> KeptError {
    KeptError::Unreadable {
        file: file.to_owned(),
        because: because.to_string(),
    }
}

/// A folder of results, with its manifest read once. Where it has none, nothing is known of its files beyond what they say.
#[derive(Debug)]
pub struct Kept<'b> {
    bundle: &'b Bundle,
    manifest: Option<Manifest>,
}

impl<'b> Kept<'b> {
    /// What `bundle` keeps.
    ///
    /// # Errors
    /// [`KeptError::Unreadable`], where its manifest is none.
    pub fn of(bundle: &'b Bundle) -> Result<Self, KeptError> {
        let manifest = bundle.get(manifest::FILE).map(read_manifest).transpose()?;
        Ok(Self { bundle, manifest })
    }

    /// A file as the manifest lists it; none: it is not there.
    fn file(&self, name: &str) -> Result<Option<&'b [u8]>, KeptError> {
        let found = self.bundle.get(name);
        if let (Some(bytes), Some(manifest)) = (found, &self.manifest) {
            listed(manifest, name, bytes)?;
        }
        Ok(found)
    }

    /// The record.
    ///
    /// # Errors
    /// [`KeptError::NoRecord`], [`KeptError::Record`]; [`KeptError::Unreadable`], where it was changed.
    pub fn record(&self) -> Result<Record, KeptError> {
        let bytes = self.file("record.json")?.ok_or(KeptError::NoRecord)?;
        Ok(read_record(bytes)?)
    }

    /// The case; an empty one, where the folder keeps none.
    ///
    /// # Errors
    /// [`KeptError::Unreadable`].
    pub fn case(&self) -> Result<Case, KeptError> {
        let Some(bytes) = self.file(case::FILE)? else {
            return Ok(Case::default());
        };
        Case::from_json(bytes).map_err(|error| unreadable(case::FILE, format!("cannot be read: {error}")))
    }

    /// The benchmark beside the record; none: the folder keeps none.
    ///
    /// # Errors
    /// [`KeptError::Unreadable`].
    pub fn bench(&self) -> Result<Option<BenchFacts>, KeptError> {
        self.file(bench::FILE)?.map(bench_of).transpose()
    }

    /// What the kernel held the run to; none: the folder keeps no `run.json`, or it was written before that was told.
    ///
    /// # Errors
    /// [`KeptError::Unreadable`], where it is not of this record, too.
    pub fn confinement(&self) -> Result<Option<ConfinementFacts>, KeptError> {
        let Some(bytes) = self.file(run::FILE)? else {
            return Ok(None);
        };
        let facts = RunFacts::from_json(bytes)
            .map_err(|error| unreadable(run::FILE, format!("cannot be read: {error}")))?;
        let record = self.file("record.json")?.ok_or(KeptError::NoRecord)?;
        if facts.record_sha256 != digest::of_bytes(record) {
            let because = "is of another run: the record that it names is not the one beside it; restore it, or take it away";
            return Err(unreadable(run::FILE, because));
        }
        Ok(facts.confinement)
    }

    /// The examined claims beside the record; none: the folder keeps none.
    ///
    /// # Errors
    /// [`KeptError::Unreadable`].
    pub fn claims(&self) -> Result<Option<ClaimsReport>, KeptError> {
        let bytes = self.file(CLAIMS_FILE)?;
        bytes.map(|bytes| claims_of(bytes, CLAIMS_FILE)).transpose()
    }

    /// The stills, held to the digests that the manifest lists; none: the folder keeps none.
    ///
    /// # Errors
    /// [`KeptError`], where one is missing, is not listed, or was changed.
    pub fn stills(&self) -> Result<Option<Stills>, KeptError> {
        let digest = |name: &str| {
            self.manifest
                .as_ref()
                .and_then(|manifest| digest_of(manifest, name))
        };
        let Some(bytes) = self.file(STILLS)? else {
            if digest(STILLS).is_none() {
                return Ok(None);
            }
            let because =
                "is missing from the folder, and its manifest lists it: restore it from the sealed folder";
            return Err(unreadable(STILLS, because));
        };
        if self.manifest.is_none() {
            let because =
                "is in a folder without manifest.json, by which stills are told from other pictures";
            return Err(unreadable(STILLS, because));
        }
        let facts = StillsFacts::from_json(bytes)
            .map_err(|error| unreadable(STILLS, format!("cannot be read: {error}")))?;
        Ok(Some(Stills::of_bundle(&facts, |name| {
            (self.bundle.get(name), digest(name))
        })?))
    }
}

fn read_manifest(bytes: &[u8]) -> Result<Manifest, KeptError> {
    manifest::read(bytes).map_err(|error| unreadable(manifest::FILE, error))
}

/// The digest that the manifest lists for an output.
fn digest_of<'m>(manifest: &'m Manifest, name: &str) -> Option<&'m str> {
    let entry = manifest.outputs().find(|entry| entry.name == name)?;
    Some(entry.sha256.as_str())
}

fn listed(manifest: &Manifest, name: &str, bytes: &[u8]) -> Result<(), KeptError> {
    let because = match digest_of(manifest, name) {
        Some(sha256) if sha256 == digest::of_bytes(bytes) => return Ok(()),
        Some(_) => "was changed: its SHA-256 is not the one that the manifest beside it lists; restore it",
        None => "is not listed by the manifest beside it: it was put there later; take it away",
    };
    Err(unreadable(name, because))
}

/// That `bytes`, called `name`, are those that the manifest beside them lists, for a file that is given by itself.
///
/// # Errors
/// [`KeptError::Unreadable`].
pub fn as_listed(manifest: &[u8], name: &str, bytes: &[u8]) -> Result<(), KeptError> {
    listed(&read_manifest(manifest)?, name, bytes)
}

/// A benchmark from the bytes of `bench.json`.
///
/// # Errors
/// [`KeptError::Unreadable`].
pub fn bench_of(bytes: &[u8]) -> Result<BenchFacts, KeptError> {
    let facts = BenchFacts::from_json(bytes)
        .map_err(|error| unreadable(bench::FILE, format!("cannot be read: {error}")))?;
    if facts.schema == bench::SCHEMA {
        return Ok(facts);
    }
    let because = format!(
        "is of the format `{}`, and this version reads `{}`",
        facts.schema,
        bench::SCHEMA
    );
    Err(unreadable(bench::FILE, because))
}

/// Examined claims from the bytes of `claims.json`. `from`: what to call them in an error.
///
/// # Errors
/// [`KeptError::Unreadable`].
pub fn claims_of(bytes: &[u8], from: &str) -> Result<ClaimsReport, KeptError> {
    let report = ClaimsReport::from_json(bytes)
        .map_err(|error| unreadable(from, format!("holds no examined claims: {error}")))?;
    if report.schema == examined::SCHEMA {
        return Ok(report);
    }
    let because = format!("has the format {}, not {}", report.schema, examined::SCHEMA);
    Err(unreadable(from, because))
}

#[cfg(test)]
mod tests {
    use super::*;
    use vsa_base::environment;
    use vsa_record::json;
    use vsa_record::run::FilesHeldTo;

    const RECORD: &[u8] = include_bytes!("../../samples/record.json");

    fn run(record_sha256: String, confinement: Option<ConfinementFacts>) -> Vec<u8> {
        let time = "2026-01-02T12:00:00Z".to_owned();
        let facts = RunFacts {
            schema: run::SCHEMA.to_owned(),
            started: time.clone(),
            ended: time,
            seconds: 1.5,
            observing_seconds: 1.0,
            frames_per_second: None,
            cameras: Vec::new(),
            jobs: 1,
            host: environment::host(),
            record_sha256,
            confinement,
        };
        json::to_bytes(&facts).unwrap()
    }

    /// What a folder of a record and this `run.json`, without a manifest, keeps.
    fn kept(run: Option<Vec<u8>>) -> Result<Option<ConfinementFacts>, String> {
        let mut bundle = Bundle {
            files: [("record.json".to_owned(), RECORD.to_vec())].into(),
            others: Vec::new(),
        };
        bundle
            .files
            .extend(run.map(|bytes| (run::FILE.to_owned(), bytes)));
        let kept = Kept::of(&bundle).unwrap();
        kept.confinement().map_err(|error| error.to_string())
    }

    #[test]
    fn what_the_kernel_held_a_run_to_is_what_run_json_says_or_not_known() {
        let held = ConfinementFacts {
            no_core_file: true,
            not_inspectable: true,
            no_new_privileges: true,
            files: FilesHeldTo::Partly,
            threads_outside: 2,
            calls_refused: false,
            decoder_files: FilesHeldTo::NotEnforced,
            decoder_calls_refused: true,
            decoder_limited: true,
        };
        let own = || digest::of_bytes(RECORD);
        assert_eq!(kept(None), Ok(None));
        assert_eq!(kept(Some(run(own(), None))), Ok(None));
        assert_eq!(kept(Some(run(own(), Some(held.clone())))), Ok(Some(held.clone())));
        let of_another = kept(Some(run("00".repeat(32), Some(held)))).unwrap_err();
        assert!(
            of_another.starts_with("run.json is of another run"),
            "{of_another}"
        );
        let junk = kept(Some(b"{}".to_vec())).unwrap_err();
        assert!(junk.starts_with("run.json cannot be read"), "{junk}");
    }
}
