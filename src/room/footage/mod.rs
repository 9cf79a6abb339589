//! Files in, frames out: `source::open` reads one piece of footage, `pool::spawn` hands its frames to the workers.
//! Deliberately not here: what is seen on the frames, and any file written.

mod error;
pub(crate) mod ffmpeg;
pub(crate) mod fingerprint;
pub(crate) mod frame;
pub(crate) mod grey;
pub(crate) mod image_folder;
mod integrity;
pub(crate) mod limits;
mod nut;
#[cfg(feature = "opencv")]
mod opencv_container;
#[cfg(feature = "opencv")]
mod opencv_settings;
#[cfg(feature = "opencv")]
mod opencv_video;
pub(crate) mod partial;
pub(crate) mod perturb;
mod planes;
pub(crate) mod pool;
pub(crate) mod retimed;
pub(crate) mod sampling;
mod sniff;
pub(crate) mod source;
mod still;
mod video;

#[cfg(test)]
mod tests;

pub use error::FootageError;
