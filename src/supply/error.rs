//! What can go wrong with the supply of files, by whose fault it is.

use std::path::PathBuf;

/// Why a file could not be supplied.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SupplyError {
    /// A registry that cannot be read.
    #[error("{file}:{line}:{column}: {message}")]
    Registry {
        /// Which registry.
        file: String,
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// What is wrong.
        message: String,
    },
    /// A name that no registry has.
    #[error("there is no {what} named \"{name}\"; there are: {known}")]
    Unknown {
        /// Model, set or sample.
        what: &'static str,
        /// What was asked for.
        name: String,
        /// What there is.
        known: String,
    },
    /// Neither a cache folder nor a home is known.
    #[error("no folder to keep files in: set VSA_AUDIT_CACHE (or HOME)")]
    NoFolder,
    /// Not on this machine, and the network may not be asked.
    #[error(
        "\"{name}\" is not on this machine and fetching is switched off (--offline or VSA_AUDIT_OFFLINE): \
         bring a file with {digest} and name its folder in VSA_AUDIT_MODELS_DIR"
    )]
    Offline {
        /// Which entry.
        name: String,
        /// What it must be.
        digest: String,
    },
    /// Every source failed.
    #[error(
        "\"{name}\" could not be had from any of its {} sources:\n{}\nbring the file ({digest}) by other means and name its folder in VSA_AUDIT_MODELS_DIR, or try again later",
        attempts.len(),
        attempts.join("\n")
    )]
    Unobtainable {
        /// Which entry.
        name: String,
        /// What it must be.
        digest: String,
        /// One paragraph per source: which, and why not.
        attempts: Vec<String>,
    },
    /// A user's own model that is no longer in the store.
    #[error(
        "\"{name}\" was added by hand and its file is no longer in the store: add it again \
         (vsa-audit models add FILE --name {name}), or name a folder that holds it in VSA_AUDIT_MODELS_DIR"
    )]
    OwnModelGone {
        /// Which entry.
        name: String,
    },
    /// No room left.
    #[error("the disk is full: {needed} bytes are needed in {}; make room or set VSA_AUDIT_CACHE to a larger disk", folder.display())]
    DiskFull {
        /// Where.
        folder: PathBuf,
        /// How much, at least.
        needed: u64,
    },
    /// An archive with the right digest that does not hold what the registry says.
    #[error(
        "\"{name}\" does not hold {member} as registered: {why}; this is a fault of the registry, please report it"
    )]
    Archive {
        /// Which entry.
        name: String,
        /// Which of its files.
        member: String,
        /// What is wrong.
        why: String,
    },
    /// The operating system refused.
    #[error("cannot {action} {}: {source}", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// Somebody asked the run to end.
    #[error("stopped before \"{name}\" was complete; nothing partial was kept")]
    Stopped {
        /// Which entry.
        name: String,
    },
    /// A user's model under a built-in name.
    #[error("\"{name}\" is the name of a built-in model or set: choose another with --name")]
    ShadowsBuiltin {
        /// The name.
        name: String,
    },
    /// A user's model under a name that has another file.
    #[error(
        "\"{name}\" is already a model of yours with another file (SHA-256 {sha256}): choose another --name"
    )]
    NameTaken {
        /// The name.
        name: String,
        /// Digest of the file that has it.
        sha256: String,
    },
    /// A model that cannot be added.
    #[error("cannot add {}: {why}", file.display())]
    NotAModel {
        /// The file.
        file: PathBuf,
        /// Why.
        why: String,
    },
}

impl SupplyError {
    pub(super) fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| {
            if source.kind() == std::io::ErrorKind::StorageFull {
                Self::DiskFull {
                    folder: path,
                    needed: 0,
                }
            } else {
                Self::Io { action, path, source }
            }
        }
    }
}
