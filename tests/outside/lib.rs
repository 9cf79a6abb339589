//! Where the program is that is judged from outside, and what it wrote on the way to the court. Both are made before these
//! tests run, by `./scripts/test` or by hand; nothing is judged in their absence.

use std::path::PathBuf;

/// The root of the repository, where the program is run.
#[must_use]
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// The program, built by `cargo build` and not beside the tests.
///
/// # Panics
/// If the variable `VSA_AUDIT_TEST_PROGRAM` names none.
#[must_use]
pub fn program() -> PathBuf {
    named(
        "VSA_AUDIT_TEST_PROGRAM",
        "the program: run `cargo build`, and name target/debug/vsa-audit",
    )
}

/// The folder of documents that `./scripts/court PROGRAM FOLDER` kept.
///
/// # Panics
/// If the variable `VSA_AUDIT_TEST_DOCUMENTS` names none.
#[must_use]
pub fn documents() -> PathBuf {
    named(
        "VSA_AUDIT_TEST_DOCUMENTS",
        "documents: run `./scripts/court PROGRAM FOLDER`, and name FOLDER",
    )
}

fn named(variable: &str, what: &str) -> PathBuf {
    let given = std::env::var_os(variable).unwrap_or_else(|| panic!("{variable} has to name {what}"));
    root()
        .join(&given)
        .canonicalize()
        .unwrap_or_else(|error| panic!("{variable} has to name {what}; {}: {error}", given.display()))
}
