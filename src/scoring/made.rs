//! Detections that were made in memory and not read from files, scored like any: labels in, then a system's boxes, scores out.
//! Deliberately not here: making them, which is the room's, and how they are scored (see `score`).

use super::digests;
use super::error::EvaluateError;
use super::ground_truth::{self, Side};
use super::labels::Labels;
use super::request::EvaluateRequest;
use super::score::{Evaluation, check_options, evaluate_found, read_options};
use std::path::PathBuf;
use vsa_record::facts::ModelFacts;

/// The labels of a request, once its options are found to be sound; for detections that are made and not read.
///
/// # Errors
/// As [`evaluate`](crate::evaluate).
pub fn read_truth(request: &EvaluateRequest) -> Result<Labels, EvaluateError> {
    check_options(request)?;
    ground_truth::read(&request.truth, Side::Truth, &read_options(request, Side::Truth))
}

/// Scores detections that were made in memory, against the labels of [`read_truth`]. `request.detections` is not read.
///
/// # Errors
/// As [`evaluate`](crate::evaluate).
pub fn evaluate_made(
    truth: &Labels,
    found: &Found,
    request: &EvaluateRequest,
) -> Result<Evaluation, EvaluateError> {
    let request = EvaluateRequest {
        score_threshold: request.score_threshold.or(found.counted_from),
        ..request.clone()
    };
    evaluate_found(truth, digests::of(&request.truth)?, found, &request)
}

/// What a system says, and where it comes from.
pub struct Found {
    /// Its boxes.
    pub labels: Labels,
    /// For messages.
    pub path: PathBuf,
    /// Digest of what it was made from.
    pub sha256: String,
    /// The models, where they are ours.
    pub models: Vec<ModelFacts>,
    /// The score from which a detection of our own counts; those below it are candidates.
    pub counted_from: Option<f64>,
}
