//! Every way in which labels and detections can be unfit to be scored. The message says which file, which line, what is
//! wrong and what to do next. Deliberately not here: findings about the scored system, which are never errors.

use std::path::PathBuf;

/// Why nothing could be scored.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EvaluateError {
    /// A file that cannot be opened or read.
    #[error("cannot read {path}: {source}", path = path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A file larger than is read into memory.
    #[error("{path} has {bytes} bytes, more than the {limit} that are read: cut it into sequences", path = path.display())]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size.
        bytes: u64,
        /// The limit.
        limit: u64,
    },
    /// No reader knows it.
    #[error("cannot tell the format of {path}: {why}; name it with {option}", path = path.display())]
    UnknownFormat {
        /// The file.
        path: PathBuf,
        /// What was seen.
        why: String,
        /// The option that names the format.
        option: &'static str,
    },
    /// The file as a whole is not what its format asks for.
    #[error("{path}, line {line}: {reason}", path = path.display())]
    Malformed {
        /// The file.
        path: PathBuf,
        /// Where, counted from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// One row is wrong.
    #[error("{path}, line {line}: {reason}; mend the row, or have such rows counted and left out with --skip-bad-rows", path = path.display())]
    BadRow {
        /// The file.
        path: PathBuf,
        /// Where, counted from 1.
        line: u64,
        /// What is wrong.
        reason: String,
    },
    /// The two sides do not speak about the same thing.
    #[error("{0}")]
    Unrelated(String),
    /// The options contradict each other or the files.
    #[error("{0}")]
    Options(String),
}
