//! What found people and faces look like: pixels and boxes in, [`description`]s out, which stay in the room.
//!
//! A sparse schedule (see [`SIGHTINGS_PER_SECOND`]) and a bound per frame and per track keep cost and memory low. All of
//! it is a function of one frame alone, so that the number of threads changes nothing.

pub(crate) mod align;
pub(crate) mod clothing;
pub(crate) mod colour;
pub(crate) mod describer;
pub(crate) mod description;
pub(crate) mod descriptions;
pub(crate) mod face_quality;
pub(crate) mod head_pose;
pub(crate) mod network;
#[cfg(test)]
mod parity;
pub(crate) mod pose;

/// Frames that are described in each second of footage, at most. Sightings half a second apart still resemble each
/// other, so that more of them would cost time and tell little.
pub(crate) const SIGHTINGS_PER_SECOND: f64 = 2.0;

/// Frames in which poses are looked for in each second of footage, at most: gait needs four, see `measure/gait.rs`.
pub(crate) const POSES_PER_SECOND: f64 = 5.0;

/// People (and faces) that are described in one frame, the surest first: a crowd must not stop the run.
pub(crate) const MOST_IN_A_FRAME: usize = 32;
