//! THE ROOM. Pixels, boxes, landmarks, embeddings, and tracks exist only in this crate.
//! In: a checked [`Plan`](vsa_plan::Plan) and an [`Environment`](vsa_base::environment::Environment).
//! Out, by the one ordinary door, [`observe`]: a [`Record`](vsa_record::Record).
//!
//! A picture of the place without people leaves by `preview`, for whoever draws zones on it. Pictures in which everybody
//! found is masked leave by `redact`, as [`RedactedFrame`] and [`RedactedStill`](vsa_record::redacted_still::RedactedStill) and in no other shape.
//! The second door, `export`, lets boxes out of datasets that the plan declares public or consented; the record says so.

mod adaptive_sampling;
#[cfg(test)]
mod allocations;
#[cfg(test)]
mod canary;
mod describe;
mod detect;
mod export;
#[cfg(test)]
mod failing_worker;
mod follow;
mod footage;
mod measure;
mod opening;
mod own_detectors;
mod pipeline;
mod prepare;
mod preview;
mod redact;
mod robustness;
mod run;
#[cfg(test)]
mod scripted_run;
#[cfg(test)]
mod second_opinion;
#[cfg(feature = "stages")]
pub mod stages;
#[cfg(test)]
mod synthetic;
#[cfg(test)]
mod test_data;
mod track;
mod trial;
mod watcher;

pub use detect::identify::{ModelDescription, identify_model};
pub use export::ExportedFile;
pub use footage::FootageError;
pub use own_detectors::{EvaluateFootageError, Scored, evaluate_footage};
pub use prepare::prepare_model;
pub use preview::{Drawn, Preview, PreviewError, PreviewPlan, preview};
pub use redact::{
    DEFAULT_HOLD_SECONDS, Film, FinishedFilm, RedactError, RedactPlan, RedactedFrame, RedactedSink, redact,
    redacted_stills,
};
pub use run::{Observation, ObserveError, observe};
pub use trial::{Open, TRIAL_SAMPLE, Trial, TrialError, TrialPictures, TrialPlan, Tried, try_model};
pub use watcher::{FramesDone, Unwatched, Watcher};
