//! A few frames spread over footage of any length. In: a source. Out: frames of one size, evenly spread, no more than
//! fit into memory.

use super::PreviewError;
use crate::footage::frame::FrameBuffer;
use crate::footage::source::Source;
use crate::watcher::Watcher;
use vsa_base::environment::Environment;

/// Keeps every n-th frame; n doubles, and every other kept frame is dropped, whenever there are too many.
pub(super) fn spread(
    mut source: Box<dyn Source>,
    most: usize,
    bytes: usize,
    environment: &Environment,
    watcher: &mut dyn Watcher,
) -> Result<Vec<FrameBuffer>, PreviewError> {
    let mut counter = watcher.item("footage", source.expected_frames());
    let mut kept: Vec<FrameBuffer> = Vec::new();
    let mut buffer = FrameBuffer::default();
    let (mut number, mut stride) = (0usize, 1usize);
    let room = |kept: &[FrameBuffer]| {
        kept.first()
            .map_or(most, |first| (bytes / first.bytes().max(1)).clamp(16, most))
    };
    while source.next(&mut buffer)? {
        if environment.is_stopping() {
            return Err(PreviewError::Interrupted);
        }
        let same_size = kept
            .first()
            .is_none_or(|first| (first.width, first.height) == (buffer.width, buffer.height));
        if number.is_multiple_of(stride) && same_size {
            kept.push(std::mem::take(&mut buffer));
        }
        number += 1;
        counter.done(number as u64);
        if kept.len() > 2 * room(&kept) {
            keep_every(2, &mut kept);
            stride *= 2;
        }
    }
    counter.finish();
    // Twice too many at most: an even choice of them.
    let step = kept.len().div_ceil(room(&kept)).max(1);
    keep_every(step, &mut kept);
    Ok(kept)
}

/// Keeps the first of every `step`.
fn keep_every(step: usize, kept: &mut Vec<FrameBuffer>) {
    let mut places = 0..;
    kept.retain(|_| places.next().is_some_and(|at: usize| at.is_multiple_of(step)));
}
