//! Frames in, detections out.

pub(in crate::observe) mod anchors;
pub(in crate::observe) mod centerface;
pub(in crate::observe) mod contract;
pub(in crate::observe) mod detection;
pub(in crate::observe) mod detector;
pub mod engine;
#[cfg(test)]
mod face_parity;
pub mod identify;
pub(in crate::observe) mod load;
pub(in crate::observe) mod model_detector;
pub(in crate::observe) mod overlap;
pub(in crate::observe) mod preprocess;
pub(in crate::observe) mod retinaface;
pub(in crate::observe) mod signature;
pub(in crate::observe) mod suppress;
pub(in crate::observe) mod table;
#[cfg(test)]
mod test_files;
pub(in crate::observe) mod tiling;
pub(in crate::observe) mod ultraface;
pub(in crate::observe) mod yunet;

pub(in crate::observe) use load::load;
