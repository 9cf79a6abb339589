//! What a verification says: every check that was made of a bundle, and how it ended. Written by `verify`, read by people and
//! programs. Deliberately not here: the checks themselves.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of this format.
pub const SCHEMA: &str = "vsa-audit/verification/1";
/// One question to a bundle. The names are public and never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CheckId {
    /// The folder holds plain files and nothing else.
    PlainFiles,
    /// `manifest.json` is in canonical form and says nothing misleading.
    ManifestIsSound,
    /// Its Merkle root is that of its entries.
    MerkleRoot,
    /// minisign's signature of the manifest holds for the key.
    ManifestSignature,
    /// The envelope's signature holds for the key.
    EnvelopeSignature,
    /// The statement in the envelope is about this manifest and its files.
    StatementAgrees,
    /// Every file is there, unchanged, and no other.
    FilesAreThoseListed,
    /// The log is one unbroken chain.
    LogIsUnbroken,
    /// What the log and `run.json` name has the digests of the manifest.
    LogAgrees,
    /// The log's last line says that this key sealed what was there before.
    SealingIsLogged,
    /// Times follow each other: key, log, seal, date of verification.
    TimesFollow,
    /// The time stamp of an authority holds.
    TimeStamp,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CheckOutcome {
    /// As it has to be.
    Holds,
    /// Not so.
    Fails,
    /// There is nothing to check; only a time stamp may be absent.
    Absent,
    /// It fits, and nobody named a root that would show whose it is; only of a time stamp.
    NotShown,
    /// Could not be made, because another check failed.
    NotMade,
}

/// One check.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Check {
    /// Which.
    pub check: CheckId,
    /// How it ended.
    pub outcome: CheckOutcome,
    /// What was found.
    pub found: String,
}

/// All of them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Verification {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Whether the bundle is what the key's owner sealed, as far as this program can tell.
    pub holds: bool,
    /// Number of the key.
    pub key: String,
    /// SHA-256 of the key.
    pub key_fingerprint: String,
    /// The date as of which times were judged.
    pub date: String,
    /// The checks, in order.
    pub checks: Vec<Check>,
}

vsa_record::passport!(Verification);
