//! The trait that every decoder implements, and the choice of the decoder for an input.

use super::frame::FrameBuffer;
use crate::record::facts::ItemFacts;

/// A piece of footage, read from its first frame to its last.
pub(in crate::observe) trait Source: Send {
    /// Decodes the next frame into `buffer`. `Ok(false)`: there are no more. A fault in the footage is counted, not
    /// returned: an error means that this item cannot be read on at all and nothing was decoded.
    fn next(&mut self, buffer: &mut FrameBuffer) -> Result<bool, super::FootageError>;
    /// The number of frames, as far as the file tells; for progress.
    fn expected_frames(&self) -> Option<u64>;
    /// What the footage was, once it has been read.
    fn finish(self: Box<Self>) -> ItemFacts;
}
