//! Frames in, detections out.

pub(in crate::observe) mod anchors;
pub(in crate::observe) mod centerface;
pub(in crate::observe) mod contract;
pub(in crate::observe) mod detection;
pub(in crate::observe) mod detector;
pub mod engine;
pub(in crate::observe) mod overlap;
pub(in crate::observe) mod retinaface;
pub(in crate::observe) mod table;
pub(in crate::observe) mod ultraface;
pub(in crate::observe) mod yunet;
