//! Frames in, detections out.

pub(crate) mod anchors;
pub(crate) mod cells;
pub(crate) mod centerface;
pub(crate) mod detection;
pub(crate) mod detector;
pub(crate) mod family;
pub(crate) mod identify;
pub(crate) mod load;
pub(crate) mod model_detector;
pub(crate) mod nanodet;
pub(crate) mod overlap;
pub(crate) mod preprocess;
pub(crate) mod probe;
pub(crate) mod retinaface;
#[cfg(test)]
pub(crate) mod scripted;
pub(crate) mod ssdlite;
#[cfg(test)]
mod steady;
pub(crate) mod suppress;
pub(crate) mod table;
pub(crate) mod tiling;
pub(crate) mod ultraface;
pub(crate) mod yolox;
pub(crate) mod yunet;

pub(crate) use load::load;

#[cfg(all(feature = "onnxruntime", feature = "openvino"))]
#[cfg(test)]
mod agreement;
#[cfg(test)]
mod face_parity;
#[cfg(test)]
mod people_accuracy;
#[cfg(test)]
mod people_parity;
