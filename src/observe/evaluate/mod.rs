//! AGAINST labels: what detectors and trackers say and what is the case in, [`Scores`](crate::record::scores::Scores) out.
//! Counts first; ratios and intervals last.
//!
//! | module | what comes in → what goes out |
//! |---|---|
//! | `ground_truth` | files of any format → labels |
//! | `pair`, `classes` | both sides → pictures with the boxes of both |
//! | `distractors` | pictures → pictures as `MOTChallenge` scores them |
//! | `checks` | pictures → what looks wrong with the files |
//! | `ranking`, `coco`, `voc`, `at_threshold` | pictures → counts of a detector |
//! | `track_counts`, `track_figures` | pictures → counts and ratios of a tracker |
//! | `groups` | labels, each with its group → shares, gaps, confounders |
//! | `clusters` | pictures → units to resample, intervals |
//! | `score` | all of it, in order |
//! | `compare` | two systems on the same labels, resampled together |

mod at_threshold;
#[cfg(test)]
pub(in crate::observe) mod average_precision;
mod checks;
mod classes;
#[cfg(test)]
pub(in crate::observe) mod clear_mot;
mod clusters;
mod coco;
mod compare;
mod detection_figures;
mod digests;
mod distractors;
mod error;
mod figure;
mod ground_truth;
mod groups;
#[cfg(test)]
pub(in crate::observe) mod identity;
#[cfg(test)]
mod known_answers;
mod labels;
mod pair;
#[cfg(test)]
mod parity;
mod people;
mod ranking;
mod rectangular;
mod region;
mod request;
mod score;
#[cfg(test)]
pub(in crate::observe) mod sequence;
mod track_counts;
mod track_figures;
mod tracking_figures;
mod voc;
#[cfg(test)]
mod worked_examples;

pub use compare::{CompareRequest, compare};
pub use error::EvaluateError;
pub use groups::outcomes::{OutcomeColumns, OutcomesRequest, evaluate_outcomes};
pub use request::{Benchmark, DEFAULT_RESAMPLES, EvaluateRequest, GroupRequest};
pub use score::evaluate;
