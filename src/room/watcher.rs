//! How far a run has come, for whoever waits. Numbers of frames only: a watcher learns nothing about what is in them.

/// Told of every item of footage that begins.
pub trait Watcher {
    /// An item begins; `frames` as far as its file tells.
    fn item(&mut self, label: &str, frames: Option<u64>) -> Box<dyn FramesDone + '_>;
}

/// Told how far one item has come. Called from one thread.
pub trait FramesDone {
    /// So many frames have been looked at.
    fn done(&mut self, frames: u64);
    /// The item was read to its end.
    fn finish(self: Box<Self>);
}

/// Watches nothing.
#[derive(Debug, Default)]
pub struct Unwatched;

impl Watcher for Unwatched {
    fn item(&mut self, _label: &str, _frames: Option<u64>) -> Box<dyn FramesDone + '_> {
        Box::new(Self)
    }
}

impl FramesDone for Unwatched {
    fn done(&mut self, _frames: u64) {}
    fn finish(self: Box<Self>) {}
}
