//! Memory that a layer needs while it runs. It is kept by each thread from one layer and one frame to the next, so that
//! nothing is asked of the system for every frame; it starts where registers are loaded fastest. It is wiped when the thread
//! ends (unless the process ends first): windows of pictures lie in it.

use std::cell::RefCell;
use zeroize::Zeroize;

/// Numbers of four bytes in a cache line: a register that lies across two of them takes twice as long to load.
const LINE: usize = 16;

thread_local! {
    /// Grows to what the largest layer needs, about a megabyte.
    static HELD: RefCell<Held> = const { RefCell::new(Held(Vec::new())) };
}

struct Held(Vec<f32>);

impl Held {
    fn room_for(&mut self, floats: usize) {
        if self.0.len() < floats {
            // Taken anew, so that nothing stays behind where it was.
            self.0.zeroize();
            self.0.resize(floats, 0.0);
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// Numbers of four bytes that start at a cache line.
#[derive(Debug)]
pub(super) struct Aligned<T> {
    numbers: Vec<T>,
    start: usize,
}

impl<T: Copy + Default> Aligned<T> {
    pub(super) fn new(values: impl ExactSizeIterator<Item = T>) -> Self {
        #[cfg(test)]
        if apart() {
            let mut numbers = Vec::with_capacity(values.len());
            numbers.extend(values);
            return Self { numbers, start: 0 };
        }
        let mut numbers = Vec::with_capacity(values.len() + LINE);
        let start = to_next_line(&numbers);
        numbers.resize(start, T::default());
        numbers.extend(values);
        Self { numbers, start }
    }
}

impl<T> std::ops::Deref for Aligned<T> {
    type Target = [T];

    fn deref(&self) -> &[T] {
        &self.numbers[self.start..]
    }
}

/// Gives `work` buffers of these lengths, whose contents are whatever was left in them.
pub(super) fn with_scratch<R, const COUNT: usize>(
    lengths: [usize; COUNT],
    work: impl FnOnce([&mut [f32]; COUNT]) -> R,
) -> R {
    #[cfg(test)]
    if apart() {
        let mut buffers = lengths.map(|length| vec![f32::NAN; length].into_boxed_slice());
        return work(buffers.each_mut().map(|buffer| &mut **buffer));
    }
    HELD.with_borrow_mut(|held| {
        let needed: usize = lengths.iter().map(|length| length.next_multiple_of(LINE)).sum();
        held.room_for(needed + LINE);
        let start = to_next_line(&held.0);
        let mut left = &mut held.0[start..];
        work(lengths.map(|length| {
            let (buffer, after) = std::mem::take(&mut left).split_at_mut(length.next_multiple_of(LINE));
            left = after;
            &mut buffer[..length]
        }))
    })
}

/// Whether each buffer lies in memory of its own, exactly as long as it is, in which nothing useful was left: then a tool that
/// watches memory sees a step beyond it, which otherwise leads into the buffer beside it or into what aligns them.
#[cfg(test)]
pub(super) fn apart() -> bool {
    std::env::var_os("VSA_AUDIT_MEMORY_CHECK").is_some()
}

/// Numbers up to the next cache line; none where the machine cannot say.
fn to_next_line<T>(numbers: &[T]) -> usize {
    let skip = numbers.as_ptr().align_offset(LINE * size_of::<T>());
    if skip < LINE { skip } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_aligned(floats: &[f32]) -> bool {
        floats.as_ptr().addr().is_multiple_of(64)
    }

    #[test]
    fn buffers_start_at_cache_lines_and_do_not_overlap() {
        for lengths in [[0, 1, 17], [40, 5, 16], [1000, 0, 3], [2, 2, 2]] {
            with_scratch(lengths, |buffers| {
                for (buffer, (length, value)) in buffers.into_iter().zip(lengths.iter().zip([1.0, 2.0, 3.0]))
                {
                    assert_eq!(buffer.len(), *length);
                    assert!(is_aligned(buffer));
                    assert!(!buffer.contains(&(value + 10.0)));
                    buffer.fill(value + 10.0);
                }
            });
            with_scratch([1], |[buffer]| buffer[0] = 0.0);
            HELD.with_borrow_mut(|held| held.0.fill(0.0));
        }
    }

    #[test]
    fn memory_that_grows_leaves_nothing_behind() {
        let mut held = Held(vec![1.0; 8]);
        held.room_for(1000);
        assert_eq!(held.0, [0.0; 1000]);
        held.0[3] = 2.0;
        held.room_for(10);
        assert_eq!(held.0[3], 2.0);
    }

    #[test]
    fn what_is_kept_starts_at_a_cache_line() {
        for length in [0u8, 1, 15, 16, 33] {
            let values: Vec<f32> = (0..length).map(f32::from).collect();
            let kept = Aligned::new(values.iter().copied());
            assert_eq!(*kept, values[..]);
            assert!(is_aligned(&kept));
        }
    }
}
