//! THE ROOM. Pixels, boxes, landmarks, embeddings, tracks and labels exist only below this module.
//! In: a checked [`plan::Plan`] and an [`Environment`](crate::environment::Environment).
//! Out, by the one ordinary door, [`observe`]: a [`Record`](crate::record::Record).
//!
//! A picture of the place without people leaves by `preview`, for whoever draws zones on it. Pictures in which everybody
//! found is masked leave by `redact`, as [`RedactedFrame`] and [`RedactedStill`] and in no other shape.
//! The second door, `export`, lets boxes out of datasets that the plan declares public or consented; the record says so.

#[cfg(test)]
mod canary;
mod describe;
mod detect;
mod door;
mod evaluate;
mod export;
#[cfg(test)]
mod failing_worker;
mod follow;
mod footage;
mod measure;
mod opening;
mod pipeline;
pub mod plan;
mod precise;
mod preview;
mod redact;
mod robustness;
pub mod scene;
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
mod watcher;
mod wide;

pub use detect::engine::EngineError;
pub use detect::identify::{ModelDescription, identify_model};
pub use door::{Observation, ObserveError, observe};
pub use evaluate::{
    Benchmark, CompareRequest, DEFAULT_RESAMPLES, EvaluateError, EvaluateRequest, Evaluation, GroupRequest,
    GroupSource, OutcomeColumns, OutcomesRequest, Part, Scored, compare, evaluate, evaluate_footage,
    evaluate_fully, evaluate_outcomes,
};
pub use export::ExportedFile;
pub use footage::FootageError;
pub use preview::{Drawn, Preview, PreviewError, PreviewPlan, preview};
pub use redact::{
    DEFAULT_HOLD_SECONDS, RedactError, RedactPlan, RedactedFrame, RedactedSink, RedactedStill, StillFormat,
    redact, redacted_stills,
};
pub use watcher::{FramesDone, Unwatched, Watcher};
