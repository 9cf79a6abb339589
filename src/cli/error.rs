//! Every way in which a command can fail, and the exit code that goes with it.

use super::exit_code::Outcome;
use crate::verbs::{self, MakeStillsError};
use std::path::{Path, PathBuf};
use vsa_base::Reason;
use vsa_base::folder::FolderError;
use vsa_claims::alerts::LogError;
use vsa_claims::parse::ClaimError;
use vsa_custody::case::CaseError;
use vsa_custody::chain::ChainError;
use vsa_custody::key::FormatError;
use vsa_custody::proof::ProofError;
use vsa_custody::seal::SealError;
use vsa_custody::secret_key::SecretKeyError;
use vsa_custody::timestamp::TimestampError;
use vsa_plan::PlanError;
use vsa_record::disclosure::DisclosureError;
use vsa_record::json::JsonError;
use vsa_report::pdf::PdfError;
use vsa_room::{EvaluateFootageError, ObserveError};
use vsa_scoring::EvaluateError;
use vsa_supply::SupplyError;

/// A [`CommandError::Usage`] in words: `usage!("{name} is no name")`.
macro_rules! usage {
    ($($words:tt)+) => {
        $crate::cli::error::CommandError::Usage(format!($($words)+))
    };
}
pub(super) use usage;

/// Why a command failed. The message says what happened, to which input, and what to do next.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub(super) enum CommandError {
    #[error(transparent)]
    Plan(#[from] PlanError),
    #[error(transparent)]
    Supply(#[from] SupplyError),
    #[error(transparent)]
    Observe(#[from] ObserveError),
    #[error(transparent)]
    Evaluate(#[from] EvaluateError),
    #[error(transparent)]
    Output(#[from] FolderError),
    #[error("the result cannot be written as JSON: {0}; this is an error of vsa-audit, please report it")]
    Json(#[from] JsonError),
    #[error(transparent)]
    Pdf(#[from] PdfError),
    #[error(transparent)]
    Claims(#[from] ClaimError),
    #[error(transparent)]
    Log(#[from] LogError),
    #[error("{0}")]
    Usage(String),
    #[error(transparent)]
    Kept(#[from] verbs::kept::KeptError),
    #[error(transparent)]
    Disclosure(#[from] DisclosureError),
    #[error("in your own list of models: {0}")]
    OwnModels(SupplyError),
    #[error("damaged in the store: {}; pull again to replace", .0.join(", "))]
    Damaged(Vec<String>),
    #[error(transparent)]
    Chain(#[from] ChainError),
    #[error("cannot write the redacted video: {0}")]
    Encoder(Reason),
    #[error("--require-sandbox: this machine's kernel does not enforce: {0}; no footage was opened")]
    Sandbox(String),
    #[error("cannot {doing} {path}: {source}")]
    Read {
        doing: &'static str,
        path: PathBuf,
        source: std::io::Error,
    },
    #[error(transparent)]
    Case(#[from] CaseError),
    #[error(transparent)]
    Seal(#[from] SealError),
    #[error("{0}")]
    NotAsRendered(String),
    #[error("the proof: {0}")]
    Proof(#[from] ProofError),
    #[error(transparent)]
    SecretKey(#[from] SecretKeyError),
    #[error("{path}: {source}")]
    PublicKey { path: PathBuf, source: FormatError },
    #[error("the time stamp: {0}")]
    Timestamp(#[from] TimestampError),
}

impl From<verbs::ObserveError> for CommandError {
    fn from(error: verbs::ObserveError) -> Self {
        match error {
            verbs::ObserveError::Room(error) => Self::Observe(error),
            verbs::ObserveError::Chain(error) => Self::Chain(error),
        }
    }
}

impl From<verbs::RenderError> for CommandError {
    fn from(error: verbs::RenderError) -> Self {
        match error {
            verbs::RenderError::Json(error) => Self::Json(error),
            verbs::RenderError::Pdf(error) => Self::Pdf(error),
        }
    }
}

impl From<verbs::PublishError> for CommandError {
    fn from(error: verbs::PublishError) -> Self {
        match error {
            verbs::PublishError::Render(error) => error.into(),
            verbs::PublishError::Chain(error) => Self::Chain(error),
            verbs::PublishError::Json(error) => Self::Json(error),
            verbs::PublishError::Folder(error) => Self::Output(error),
        }
    }
}

impl From<verbs::SealError> for CommandError {
    fn from(error: verbs::SealError) -> Self {
        match error {
            verbs::SealError::Read { path, source } => Self::Read {
                doing: "read the folder",
                path,
                source,
            },
            verbs::SealError::Refused(error) => Self::Seal(error),
            verbs::SealError::Timestamp(error) => Self::Timestamp(error),
            verbs::SealError::Folder(error) => Self::Output(error),
            verbs::SealError::NotAsRendered { .. } => Self::NotAsRendered(error.to_string()),
            verbs::SealError::Render(error) => error.into(),
            verbs::SealError::Kept(_)
            | verbs::SealError::NotSealed
            | verbs::SealError::NotRequested
            | verbs::SealError::NoRandom(_) => Self::Usage(error.to_string()),
        }
    }
}

impl From<MakeStillsError> for CommandError {
    fn from(error: MakeStillsError) -> Self {
        match error {
            MakeStillsError::Decoder => Self::Usage(error.to_string()),
            MakeStillsError::Redact(error) => super::redact::command_error(error),
        }
    }
}

impl From<EvaluateFootageError> for CommandError {
    fn from(error: EvaluateFootageError) -> Self {
        match error {
            EvaluateFootageError::Observe(error) => Self::Observe(*error),
            EvaluateFootageError::Evaluate(error) => Self::Evaluate(error),
            other => Self::Usage(other.to_string()),
        }
    }
}

impl CommandError {
    /// Of a file or a folder that cannot be read. `doing`: what was tried, such as "read the record".
    pub(super) fn reading(doing: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::Read { doing, path, source }
    }

    pub(super) fn outcome(&self) -> Outcome {
        match self {
            Self::Plan(_) | Self::Usage(_) | Self::Claims(_) | Self::Log(_) => Outcome::Usage,
            Self::Kept(_) | Self::Disclosure(_) => Outcome::Usage,
            Self::Supply(SupplyError::Stopped { .. }) | Self::Observe(ObserveError::Interrupted) => {
                Outcome::Interrupted
            }
            Self::Supply(
                SupplyError::Unknown { .. }
                | SupplyError::ShadowsBuiltin { .. }
                | SupplyError::NameTaken { .. },
            ) => Outcome::Usage,
            Self::Supply(SupplyError::NotAModel { .. }) => Outcome::Model,
            Self::Supply(_) | Self::OwnModels(_) => Outcome::Supply,
            Self::Observe(ObserveError::Footage { .. }) => Outcome::Footage,
            Self::Observe(ObserveError::Engine(_)) => Outcome::Model,
            Self::Observe(_) | Self::Sandbox(_) => Outcome::Environment,
            Self::Evaluate(EvaluateError::Options(_)) => Outcome::Usage,
            // Labels and detections are what this command looks at, as audit looks at footage.
            Self::Evaluate(_) => Outcome::Footage,
            Self::Output(_) | Self::Encoder(_) => Outcome::Output,
            Self::Json(_) | Self::Pdf(_) => Outcome::Internal,
            Self::Chain(ChainError::OwnProgram(_)) => Outcome::Environment,
            Self::Chain(ChainError::FootageChanged { .. }) => Outcome::Footage,
            Self::Chain(_) => Outcome::Internal,
            Self::Case(_) | Self::SecretKey(_) | Self::PublicKey { .. } | Self::Read { .. } => Outcome::Usage,
            Self::Damaged(_)
            | Self::Seal(_)
            | Self::NotAsRendered(_)
            | Self::Proof(_)
            | Self::Timestamp(_) => Outcome::NotVerified,
        }
    }
}
