//! Times and host facts of one run. They differ from run to run, so they are kept out of the record, in a file of
//! their own (`run.json`). Deliberately not here: paths, host and user names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use vsa_base::host::HostFacts;

/// The name of this format.
pub const SCHEMA: &str = "vsa-audit/run/1";

/// Its file in a folder of results.
pub const FILE: &str = "run.json";

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
    /// What the machine's kernel held this run to while it looked at footage; none: the run was made before that was told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confinement: Option<ConfinementFacts>,
}

crate::passport!(RunFacts);
crate::from_json!(RunFacts);

/// What the kernel enforced of the process that saw footage, and of the decoders that it started: as the kernel said, not as it
/// was hoped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfinementFacts {
    /// No core file is written where the process ends by a fault.
    pub no_core_file: bool,
    /// Other processes of the same user cannot look into its memory.
    pub not_inspectable: bool,
    /// Nothing that it starts gets more rights than it has.
    pub no_new_privileges: bool,
    /// It opens the footage, the models and the system's programs and libraries to read, its folder of results to write, and no
    /// other file.
    pub files: FilesHeldTo,
    /// Threads that ran before, and that are not held to these files.
    pub threads_outside: u64,
    /// It can make no sockets, trace no process, use no keyring, mount nothing.
    pub calls_refused: bool,
    /// A decoder opens the one file that it was handed, and the system's programs and libraries.
    pub decoder_files: FilesHeldTo,
    /// Nor can a decoder write, rename or remove any file.
    pub decoder_calls_refused: bool,
    /// A decoder's memory, processor time and written bytes are limited.
    pub decoder_limited: bool,
}

/// How far a process is held to the files that it needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FilesHeldTo {
    /// It can open no other.
    Enforced,
    /// The kernel knows some of the rules.
    Partly,
    /// It can open any.
    NotEnforced,
}

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
