//! Files in, frames out.

pub(in crate::observe) mod frame;
pub(in crate::observe) mod source;

use std::path::PathBuf;

/// Why footage could not be read at all. Whatever was decoded before a fault is kept and counted instead.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FootageError {
    /// There is no such file.
    #[error("cannot open {path}: {source}")]
    Open {
        /// The file.
        path: PathBuf,
        /// As the system says.
        source: std::io::Error,
    },
}
