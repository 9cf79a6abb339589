//! What found people and faces look like: pixels and boxes in, [`description`]s out, which stay in the room.
//!
//! A sparse schedule (see [`SIGHTINGS_PER_SECOND`]) and a bound per frame and per track keep cost and memory low. All of
//! it is a function of one frame alone, so that the number of threads changes nothing.

pub(in crate::observe) mod align;
pub(in crate::observe) mod clothing;
pub(in crate::observe) mod colour;
pub(in crate::observe) mod describer;
pub(in crate::observe) mod description;
pub(in crate::observe) mod descriptions;
pub(in crate::observe) mod network;
#[cfg(test)]
mod parity;

/// Frames that are described in each second of footage, at most. Sightings half a second apart still resemble each
/// other, so that more of them would cost time and tell little.
pub(in crate::observe) const SIGHTINGS_PER_SECOND: f64 = 2.0;

/// People (and faces) that are described in one frame, the surest first: a crowd must not stop the run.
pub(in crate::observe) const MOST_IN_A_FRAME: usize = 32;
