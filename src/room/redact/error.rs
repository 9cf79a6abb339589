//! Why nothing was redacted: by whose fault, and what to do next.

use crate::ObserveError;
use crate::footage::FootageError;
use vsa_base::Reason;
use vsa_engine::EngineError;

/// Why nothing was redacted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RedactError {
    /// The footage cannot be read.
    #[error("cannot read the footage: {0}")]
    Footage(#[from] FootageError),
    /// A model cannot be loaded, or fails on every frame.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// Images without a rate.
    #[error(
        "images that do not follow each other cannot become a video: say with --sequence-fps how many there are in a \
         second"
    )]
    Stills,
    /// Images of several sizes.
    #[error(
        "the images have several sizes, and a video has one: put images of one size into a folder of their own"
    )]
    Sizes,
    /// The footage is not what it was.
    #[error(
        "the footage was changed while it was redacted, so that masks and pictures may not fit: nothing was written; keep \
         it still and run again"
    )]
    Changed,
    /// No model finds what is to be masked.
    #[error("none of these models finds {wanted}: name one that does with --models")]
    NoModel {
        /// Such as `faces`.
        wanted: &'static str,
    },
    /// Whoever takes the frames cannot.
    #[error(transparent)]
    Sink(#[from] Reason),
    /// Somebody asked to stop.
    #[error("interrupted: nothing was written")]
    Interrupted,
    /// The machine would not give threads.
    #[error("cannot start {jobs} worker threads: {reason}; try a smaller --jobs")]
    Threads {
        /// How many were asked for.
        jobs: usize,
        /// As the system says.
        reason: String,
    },
}

impl RedactError {
    /// The same failure as a run would report it.
    ///
    /// # Errors
    /// The failure itself, where a run has none like it.
    pub fn into_observe_error(self) -> Result<ObserveError, Self> {
        match self {
            Self::Footage(source) => Ok(ObserveError::Footage {
                label: "footage".to_owned(),
                source,
            }),
            Self::Engine(error) => Ok(ObserveError::Engine(error)),
            Self::Interrupted => Ok(ObserveError::Interrupted),
            Self::Threads { jobs, reason } => Ok(ObserveError::Threads { jobs, reason }),
            other => Err(other),
        }
    }
}
