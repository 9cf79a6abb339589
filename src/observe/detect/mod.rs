//! Frames in, detections out.

pub(in crate::observe) mod contract;
pub(in crate::observe) mod detection;
pub(in crate::observe) mod detector;
pub mod engine;
pub(in crate::observe) mod overlap;
