//! What every crate of the house needs and none owns: digests, folders that are whole or absent, the clock and the machine,
//! the languages, what comes from outside made safe to show, the name of the program. In: bytes, names, the process. Out: digests, folders, an environment that is
//! handed down. Deliberately not here: anything that knows what the bytes mean.

pub mod digest;
pub mod environment;
pub mod folder;
pub mod host;
pub mod language;
pub mod outside;
mod reason;
pub mod sealed;

pub use reason::Reason;

/// The program's name, as records, manifests and reports write it.
pub const PROGRAM: &str = "vsa-audit";

/// The variable that holds the passphrase of a secret key. No program that is started by this one is handed it.
pub const PASSPHRASE: &str = "VSA_AUDIT_PASSPHRASE";

/// The program's version. All crates of the house have the same.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Name and version, as manifests and PDFs write them.
#[must_use]
pub fn program() -> String {
    format!("{PROGRAM} {VERSION}")
}
