//! Bytes in; digests, finished folders, the log, the manifest, the seal, and their verification out.
//!
//! | module | what comes in → what goes out |
//! |---|---|
//! | [`merkle`] | leaves → tree hash and proofs (RFC 6962) |
//! | [`manifest`] | entries → `manifest.json`: what the bundle holds and came from |
//! | [`chain`] | a plan, a record, outputs → log and manifest of a run |
//! | [`log`] | actions → `custody.jsonl`: who did what, when, in a chain of digests |
//! | [`case`] | `case.toml` → exhibit number, requester, operator, question |
//! | [`key`], [`secret_key`] | minisign's key files |
//! | [`signature`] | minisign's detached signature |
//! | [`envelope`] | an in-toto statement in a DSSE envelope |
//! | [`timestamp`] | RFC 3161: a request to send, a response to check |
//! | [`bundle`] | a folder → its files in memory |
//! | [`seal`] | a bundle and a secret key → the seal |
//! | [`proof`] | a bundle and the name of a file → a proof for that file alone |
//! | [`verification`] | every check and its outcome, as it is written |
//! | [`verify`] | a bundle, a public key, a date → every check and its outcome. Shares only the formats with `seal` |
//!
//! Deliberately not here: what the bytes mean, and any connection to anywhere.

pub mod bundle;
pub mod case;
pub mod chain;
pub mod envelope;
pub mod key;
pub mod log;
pub mod manifest;
pub mod merkle;
pub mod proof;
pub mod seal;
pub mod secret_key;
pub mod signature;
pub mod timestamp;
#[cfg(test)]
mod vectors;
pub mod verification;
pub mod verify;
