//! In: what a registry states of a file's content. Out: whether a file has it. Most entries state SHA-256; publishers who state
//! SHA-384 alone are held to that. Deliberately not here: what a record says of the files that ran (always SHA-256).

use super::checked::{Digest, LongDigest};
use std::fmt;
use std::io;
use std::path::Path;
use vsa_base::{Reason, digest};

/// The digest that a file must have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Checksum {
    /// SHA-256.
    Sha256(Digest),
    /// SHA-384, where its publisher states no other.
    Sha384(LongDigest),
}

impl Checksum {
    /// From the two fields of a registry, of which one is filled.
    pub(super) fn of_fields(sha256: Option<Digest>, sha384: Option<LongDigest>) -> Result<Self, Reason> {
        match (sha256, sha384) {
            (Some(digest), None) => Ok(Self::Sha256(digest)),
            (None, Some(digest)) => Ok(Self::Sha384(digest)),
            (None, None) => Err("a file has no digest: say `sha256`, or `sha384`".into()),
            (Some(_), Some(_)) => Err("a file has two digests: say `sha256`, or `sha384`".into()),
        }
    }

    /// As registries and lists name the algorithm.
    #[must_use]
    pub const fn algorithm(&self) -> &'static str {
        match self {
            Self::Sha256(_) => "sha256",
            Self::Sha384(_) => "sha384",
        }
    }

    /// Its hexadecimal digits.
    #[must_use]
    pub fn digits(&self) -> &str {
        match self {
            Self::Sha256(digest) => digest.as_str(),
            Self::Sha384(digest) => digest.as_str(),
        }
    }

    /// The SHA-256, where it is one.
    #[must_use]
    pub const fn sha256(&self) -> Option<&Digest> {
        match self {
            Self::Sha256(digest) => Some(digest),
            Self::Sha384(_) => None,
        }
    }

    /// The SHA-384, where it is one.
    #[must_use]
    pub const fn sha384(&self) -> Option<&LongDigest> {
        match self {
            Self::Sha256(_) => None,
            Self::Sha384(digest) => Some(digest),
        }
    }

    /// The digest that a file has, by the algorithm of this one.
    pub(super) fn found_in(&self, path: &Path) -> io::Result<String> {
        match self {
            Self::Sha256(_) => digest::of_file(path).map(|(found, _)| found),
            Self::Sha384(_) => digest::sha384_of_file(path),
        }
    }

    /// The SHA-256 of a file that has this digest: read again where that is not what is stated.
    pub(super) fn sha256_of(&self, path: &Path) -> io::Result<String> {
        match self {
            Self::Sha256(digest) => Ok(digest.to_string()),
            Self::Sha384(_) => digest::of_file(path).map(|(found, _)| found),
        }
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let algorithm = match self {
            Self::Sha256(_) => "SHA-256",
            Self::Sha384(_) => "SHA-384",
        };
        write!(formatter, "{algorithm} {}", self.digits())
    }
}
