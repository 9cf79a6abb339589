//! Detections of successive frames in, tracks out.

pub(in crate::observe) mod track;
