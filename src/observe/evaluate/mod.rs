//! How good the detections are, AGAINST labels. In: boxes that models drew and boxes that people drew. Out: scores.

pub(in crate::observe) mod average_precision;
