//! The ffmpeg child process: what is asked of it, how it is watched, and what its words mean.

pub(super) mod child;
pub(super) mod command;
pub(crate) mod health;
pub(super) mod messages;
pub(super) mod probe;
