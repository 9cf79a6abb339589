//! Frames in, detections out.

pub(in crate::observe) mod anchors;
pub(in crate::observe) mod cells;
pub(in crate::observe) mod centerface;
pub(in crate::observe) mod contract;
pub(in crate::observe) mod detection;
pub(in crate::observe) mod detector;
pub(in crate::observe) mod engine;
pub(in crate::observe) mod identify;
pub(in crate::observe) mod load;
pub(in crate::observe) mod model_detector;
pub(in crate::observe) mod nanodet;
pub(in crate::observe) mod normalise;
pub(in crate::observe) mod overlap;
pub(in crate::observe) mod preprocess;
pub(in crate::observe) mod probe;
pub(in crate::observe) mod retinaface;
pub(in crate::observe) mod signature;
pub(in crate::observe) mod ssdlite;
#[cfg(test)]
mod steady;
pub(in crate::observe) mod suppress;
pub(in crate::observe) mod table;
pub(in crate::observe) mod tiling;
pub(in crate::observe) mod ultraface;
pub(in crate::observe) mod yolox;
pub(in crate::observe) mod yunet;

pub(in crate::observe) use engine::tract::computes as embedded_computes;
pub(in crate::observe) use load::load;

#[cfg(test)]
mod face_parity;
#[cfg(test)]
mod people_accuracy;
#[cfg(test)]
mod people_parity;
