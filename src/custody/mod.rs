//! Bytes in; digests, finished folders, the log, the manifest, the seal, and their verification out.
//!
//! | module | what comes in → what goes out |
//! |---|---|
//! | [`digest`] | bytes → SHA-256 |
//! | [`folder`] | names and bytes → a folder that is whole or absent |
//! | [`merkle`] | leaves → tree hash and proofs (RFC 6962) |
//! | [`manifest`] | entries → `manifest.json`: what the bundle holds and came from |
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
pub mod digest;
pub mod envelope;
pub mod folder;
pub mod key;
pub mod log;
pub mod manifest;
pub mod merkle;
pub mod proof;
pub mod seal;
pub mod secret_key;
pub mod signature;
pub mod timestamp;
pub mod verification;
pub mod verify;
