//! Times and host facts of one run. They differ from run to run, so they are kept out of the record, in a file of
//! their own (`run.json`). Deliberately not here: paths, host and user names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use vsa_base::host::HostFacts;

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
    /// How many cameras this machine would have kept up with at the speed of this one run, for usual frame rates. One run
    /// under whatever else the machine did: no benchmark. Empty: nothing was looked at.
    pub cameras: Vec<CamerasKeptUp>,
    /// Frames worked on side by side.
    pub jobs: u64,
    /// The machine.
    pub host: HostFacts,
    /// SHA-256 of the record that this run wrote.
    pub record_sha256: String,
}

crate::passport!(RunFacts);
crate::from_json!(RunFacts);

/// Cameras that one machine keeps up with: frames looked at in a second, divided by those that a camera delivers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CamerasKeptUp {
    /// Frames that each camera delivers in a second.
    pub frames_per_second: f64,
    /// Cameras.
    pub cameras: f64,
}

/// Frame rates for which the cameras are told: analytics at their usual, and full video.
pub const CAMERA_RATES: [f64; 3] = [5.0, 10.0, 25.0];
