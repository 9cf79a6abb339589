//! Bytes in, digests and finished folders out. Later: manifest, seal and verification.
//! Deliberately not here: what the bytes mean.

pub mod digest;
pub mod folder;
