//! Files in, frames out: `source::open` reads one piece of footage, `pool::spawn` hands its frames to the workers.
//! Deliberately not here: what is seen on the frames, and any file written.

mod error;
pub(in crate::observe) mod ffmpeg;
pub(in crate::observe) mod fingerprint;
pub(in crate::observe) mod frame;
pub(in crate::observe) mod grey;
pub(in crate::observe) mod image_folder;
mod integrity;
pub(in crate::observe) mod limits;
mod nut;
#[cfg(feature = "opencv")]
mod opencv_container;
#[cfg(feature = "opencv")]
mod opencv_settings;
#[cfg(feature = "opencv")]
mod opencv_video;
pub(in crate::observe) mod perturb;
mod planes;
pub(in crate::observe) mod pool;
pub(in crate::observe) mod retimed;
pub(in crate::observe) mod sampling;
mod sniff;
pub(in crate::observe) mod source;
mod still;
mod video;

#[cfg(test)]
mod tests;

pub use error::FootageError;
