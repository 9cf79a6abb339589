//! How far a run has come, for whoever waits. Numbers of frames only: a watcher learns nothing about what is in them.

/// Told of progress. Called from one thread.
pub trait Watcher {
    /// An item begins; `frames` as far as its file tells.
    fn item_begins(&mut self, label: &str, frames: Option<u64>);
    /// One more frame has been looked at.
    fn frame_done(&mut self);
    /// The item has ended.
    fn item_ends(&mut self);
}

/// Watches nothing.
#[derive(Debug, Default)]
pub struct Unwatched;

impl Watcher for Unwatched {
    fn item_begins(&mut self, _label: &str, _frames: Option<u64>) {}
    fn frame_done(&mut self) {}
    fn item_ends(&mut self) {}
}
