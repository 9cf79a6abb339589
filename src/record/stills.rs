//! Where the redacted stills of a report are from: `stills.json`, beside the pictures in the folder of an audit. With it a
//! report can be drawn anew with its pictures, in another language too. The pictures themselves are not in here.

use super::redaction::RedactWhat;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of this format.
pub const SCHEMA: &str = "vsa-audit/stills/1";
/// The file that holds it.
pub const FILE: &str = "stills.json";

/// The stills of one report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StillsFacts {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// Who is masked in them.
    pub what: RedactWhat,
    /// In the order of the footage.
    pub stills: Vec<StillFacts>,
}

crate::passport!(StillsFacts);
crate::from_json!(StillsFacts);

/// One still.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StillFacts {
    /// Name of its file, such as `still-1.png`.
    pub file: String,
    /// SHA-256 of that file.
    pub sha256: String,
    /// Label of the piece of footage.
    pub item: String,
    /// Seconds from its beginning.
    pub seconds: f64,
    /// The frame could not be trusted and was blacked.
    pub black: bool,
}
