//! What a folder of results keeps. In: its [`Bundle`]. Out: the record, and what stood beside it, each checked as far as it can
//! be: by the digest that the manifest lists, where there is one, and the record by its canonical form.

use super::beside::CLAIMS_FILE;
use vsa_base::digest;
use vsa_claims::ClaimsReport;
use vsa_claims::examined;
use vsa_custody::bundle::Bundle;
use vsa_custody::case::{self, Case};
use vsa_custody::manifest;
use vsa_record::Record;
use vsa_record::bench::{self, BenchFacts};
use vsa_record::json::{FromJson as _, JsonError, read_record};
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

/// That `bytes`, called `name`, are those that the manifest beside them lists. Nothing else is known of a folder that has none.
///
/// # Errors
/// [`KeptError::Unreadable`].
pub fn listed(manifest: Option<&[u8]>, name: &str, bytes: &[u8]) -> Result<(), KeptError> {
    let Some(manifest) = manifest else {
        return Ok(());
    };
    let manifest = manifest::read(manifest).map_err(|error| unreadable(manifest::FILE, error))?;
    let because = match manifest.outputs().find(|entry| entry.name == name) {
        Some(entry) if entry.sha256 == digest::of_bytes(bytes) => return Ok(()),
        Some(_) => "was changed: its SHA-256 is not the one that the manifest beside it lists; restore it",
        None => "is not listed by the manifest beside it: it was put there later; take it away",
    };
    Err(unreadable(name, because))
}

/// A file as the manifest lists it; none: it is not there.
fn kept<'b>(bundle: &'b Bundle, name: &str) -> Result<Option<&'b [u8]>, KeptError> {
    let found = bundle.get(name);
    if let Some(bytes) = found {
        listed(bundle.get(manifest::FILE), name, bytes)?;
    }
    Ok(found)
}

/// The record.
///
/// # Errors
/// [`KeptError::NoRecord`], [`KeptError::Record`]; [`KeptError::Unreadable`], where it was changed.
pub fn record(bundle: &Bundle) -> Result<Record, KeptError> {
    let bytes = kept(bundle, "record.json")?.ok_or(KeptError::NoRecord)?;
    Ok(read_record(bytes)?)
}

/// The case; an empty one, where the folder keeps none.
///
/// # Errors
/// [`KeptError::Unreadable`].
pub fn case(bundle: &Bundle) -> Result<Case, KeptError> {
    let Some(bytes) = kept(bundle, case::FILE)? else {
        return Ok(Case::default());
    };
    Case::from_json(bytes).map_err(|error| unreadable(case::FILE, format!("cannot be read: {error}")))
}

/// The benchmark beside the record; none: the folder keeps none.
///
/// # Errors
/// [`KeptError::Unreadable`].
pub fn bench(bundle: &Bundle) -> Result<Option<BenchFacts>, KeptError> {
    kept(bundle, bench::FILE)?.map(bench_of).transpose()
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

/// The examined claims beside the record; none: the folder keeps none.
///
/// # Errors
/// [`KeptError::Unreadable`].
pub fn claims(bundle: &Bundle) -> Result<Option<ClaimsReport>, KeptError> {
    let bytes = kept(bundle, CLAIMS_FILE)?;
    bytes.map(|bytes| claims_of(bytes, CLAIMS_FILE)).transpose()
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

/// The stills, held to the digests that the manifest lists; none: the folder keeps none.
///
/// # Errors
/// [`KeptError`], where one is missing, is not listed, or was changed.
pub fn stills(bundle: &Bundle) -> Result<Option<Stills>, KeptError> {
    let Some(bytes) = bundle.get(STILLS) else {
        return no_stills(bundle);
    };
    let refused = |because: &dyn std::fmt::Display| unreadable(&format!("{STILLS}:"), because);
    let manifest = bundle.get(manifest::FILE).ok_or_else(|| {
        refused(&"the folder has no manifest.json, by which stills are told from other pictures")
    })?;
    let manifest = manifest::read(manifest).map_err(|error| refused(&error))?;
    let listed = |name: &str| {
        let found = manifest.outputs().find(|entry| entry.name == name);
        found.map(|entry| entry.sha256.as_str())
    };
    if listed(STILLS) != Some(digest::of_bytes(bytes).as_str()) {
        return Err(refused(
            &"it was changed: its SHA-256 is not the one that the manifest lists; restore it from the sealed folder",
        ));
    }
    let facts = StillsFacts::from_json(bytes).map_err(|error| refused(&error))?;
    Ok(Some(Stills::of_bundle(&facts, |name| {
        (bundle.get(name), listed(name))
    })?))
}

/// There is no list: then the manifest lists none, either.
fn no_stills(bundle: &Bundle) -> Result<Option<Stills>, KeptError> {
    let lists = |bytes: &[u8]| {
        manifest::read(bytes).is_ok_and(|manifest| manifest.outputs().any(|entry| entry.name == STILLS))
    };
    if bundle.get(manifest::FILE).is_some_and(lists) {
        return Err(unreadable(
            STILLS,
            "is missing from the folder, and its manifest lists it: restore it from the sealed folder",
        ));
    }
    Ok(None)
}
