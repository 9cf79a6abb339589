//! Times and host facts of one run. They differ from run to run, so they are kept out of the record, in a file of
//! their own (`run.json`). Deliberately not here: paths, host and user names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of this format.
pub const SCHEMA: &str = "vsa-audit/run/1";

/// One run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RunFacts {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// When it began (RFC 3339, UTC).
    pub started: String,
    /// When it ended.
    pub ended: String,
    /// Seconds between the two, by a clock that cannot be set back.
    pub seconds: f64,
    /// Of these, seconds spent looking at footage.
    pub observing_seconds: f64,
    /// Frames looked at in each second of that time.
    pub frames_per_second: Option<f64>,
    /// Frames worked on side by side.
    pub jobs: u64,
    /// The machine.
    pub host: HostFacts,
    /// SHA-256 of the record that this run wrote.
    pub record_sha256: String,
}

/// The machine, as far as it bears on speed and on the last bits of floating-point numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HostFacts {
    /// Operating system, such as `linux`.
    pub os: String,
    /// Processor family, such as `x86_64`.
    pub arch: String,
    /// Processor as it names itself, where it does.
    pub cpu: Option<String>,
    /// Threads that the machine offers.
    pub threads: u64,
}
