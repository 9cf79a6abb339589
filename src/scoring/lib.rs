//! AGAINST labels: what detectors and trackers say and what is the case in, [`Scores`](vsa_record::scores::Scores) out.
//! Counts first; ratios and intervals last.
//!
//! | module | what comes in → what goes out |
//! |---|---|
//! | `ground_truth` | files of any format → labels |
//! | `pair`, `classes` | both sides → pictures with the boxes of both |
//! | `distractors` | pictures → pictures as `MOTChallenge` scores them |
//! | `checks` | pictures → what looks wrong with the files |
//! | `judged`, `tally` | pictures → detections in order, ready to be summed under any drawing |
//! | `ranking`, `coco`, `voc`, `wider_face`, `at_threshold` | pictures → counts of a detector |
//! | `detection_curves`, `distance_curves` | counts → curves, each point with its interval |
//! | `track_counts`, `track_figures` | pictures → counts and ratios of a tracker |
//! | `groups` | labels, each with its group → shares, gaps, confounders |
//! | `clusters` | pictures → units to resample, intervals |
//! | `matches` | rankings → one row for each box, for public and consented data alone |
//! | `score` | all of it, in order |
//! | `compare` | two systems on the same labels, resampled together |

mod at_threshold;
mod checks;
mod classes;
mod clusters;
mod coco;
mod compare;
mod detection_curves;
mod detection_figures;
mod digests;
mod distance_curves;
mod distractors;
mod ellipse;
mod error;
mod fddb_curves;
mod figure;
mod ground_truth;
mod groups;
mod judged;
mod labels;
mod made;
mod matches;
mod pair;
#[cfg(test)]
mod parity;
mod people;
mod ranking;
mod region;
mod request;
mod score;
pub mod scored_boxes;
mod tally;
mod track_counts;
mod track_figures;
mod tracking_figures;
mod voc;
mod wider_face;
#[cfg(test)]
mod wider_parity;
#[cfg(test)]
mod worked_examples;

pub use compare::{CompareRequest, compare};
pub use error::EvaluateError;
pub use ground_truth::{OwnBoxes, stem};
pub use groups::outcomes::{OutcomeColumns, OutcomesRequest, evaluate_outcomes};
pub use labels::Labels;
pub use made::{Found, evaluate_made, read_truth};
pub use request::{Benchmark, DEFAULT_RESAMPLES, EvaluateRequest, GroupRequest, GroupSource, Part};
pub use score::{Evaluation, evaluate, evaluate_fully};
