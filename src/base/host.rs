//! The machine, as a record and the file beside it name it. Written in `environment`; deliberately not here: host and user names.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
