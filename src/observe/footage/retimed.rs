//! A source whose frame rate the user knows better than its file. In: any source. Out: the same frames, each at its
//! number divided by the rate. Stills have no time and stay as they are.

use super::error::FootageError;
use super::frame::FrameBuffer;
use super::source::Source;
use crate::record::facts::{ItemFacts, ItemKind};

struct Retimed {
    inner: Box<dyn Source>,
    per_second: f64,
}

/// `per_second`: frames in a second; none: as the file says.
pub(in crate::observe) fn retimed(inner: Box<dyn Source>, per_second: Option<f64>) -> Box<dyn Source> {
    match per_second {
        Some(per_second) if inner.kind() != ItemKind::Stills => Box::new(Retimed { inner, per_second }),
        _ => inner,
    }
}

impl Source for Retimed {
    fn kind(&self) -> ItemKind {
        self.inner.kind()
    }

    fn next(&mut self, buffer: &mut FrameBuffer) -> Result<bool, FootageError> {
        let more = self.inner.next(buffer)?;
        buffer.seconds = buffer.index as f64 / self.per_second;
        Ok(more)
    }

    fn expected_frames(&self) -> Option<u64> {
        self.inner.expected_frames()
    }

    /// The declared rate stays that of the file: the record says beside it which one was used.
    fn finish(self: Box<Self>) -> ItemFacts {
        let mut facts = self.inner.finish();
        facts.duration_seconds = facts.frames.decoded as f64 / self.per_second;
        facts.variable_frame_rate = false;
        facts
    }
}
