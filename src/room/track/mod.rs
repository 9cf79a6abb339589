//! Detections of successive frames in, tracks out.
//!
//! Why our own and not a crate: `similari` 0.26 makes `PyO3` 0.18 part of every build and spreads one camera
//! over threads; `trackforge` 0.5 is light (MIT, `nalgebra` alone), but counts in frames, not in seconds,
//! cannot join fragments afterwards, and promises no order of results. What an audit needs is about as much
//! code as an adapter would be.

mod appearance;
mod association;
mod credible;
mod fragment;
#[cfg(test)]
pub(crate) mod harness;
mod link;
mod motion;
pub(crate) mod settings;
mod smooth;
#[cfg(test)]
mod tests;
#[expect(
    clippy::module_inception,
    reason = "it is named for its one type, as every file here"
)]
pub(crate) mod track;
pub(crate) mod tracker;
