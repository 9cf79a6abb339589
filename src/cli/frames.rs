//! The bar, or the lines, that show how far a piece of footage has been looked at.

use super::progress::FrameProgress;
use super::terminal::Terminal;
use vsa_room::{FramesDone, Watcher};

/// Shows the progress of a run on a terminal.
pub(super) struct Frames<'terminal> {
    terminal: &'terminal mut Terminal,
}

impl<'terminal> Frames<'terminal> {
    pub(super) fn on(terminal: &'terminal mut Terminal) -> Self {
        Self { terminal }
    }
}

impl Watcher for Frames<'_> {
    fn item(&mut self, label: &str, frames: Option<u64>) -> Box<dyn FramesDone + '_> {
        self.terminal.say(&format!("looking at {label}"));
        Box::new(Shown {
            progress: FrameProgress::start(self.terminal, frames),
            total: frames,
        })
    }
}

struct Shown<'terminal> {
    progress: FrameProgress<'terminal>,
    total: Option<u64>,
}

impl FramesDone for Shown<'_> {
    fn done(&mut self, frames: u64) {
        self.progress.advance(frames, self.total);
    }

    fn finish(self: Box<Self>) {
        self.progress.finish();
    }
}
