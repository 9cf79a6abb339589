//! A source in, its frames out to any number of workers, through a bounded pool: `depth` buffers exist, no more, and are
//! used again and again. One thread decodes ahead; it rests when all buffers are with the workers.

use super::error::FootageError;
use super::frame::FrameBuffer;
use super::sampling::Sampler;
use super::source::Source;
use crate::describe::{POSES_PER_SECOND, SIGHTINGS_PER_SECOND};
use std::collections::{BTreeMap, VecDeque};
use std::ops::{Deref, DerefMut};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use vsa_record::facts::{ItemFacts, ItemKind};

/// How long a waiting thread sleeps before it asks for the stop flag again: a signal handler cannot wake it.
const ASK: Duration = Duration::from_millis(50);

/// The frames of one item, in order, decoded ahead by a thread of their own. Shared by the workers.
pub(crate) struct FrameQueue {
    shared: Arc<Shared>,
    decoder: Option<JoinHandle<Outcome>>,
}

type Outcome = Result<ItemFacts, FootageError>;

struct Shared {
    state: Mutex<State>,
    changed: Condvar,
    stop: Arc<AtomicBool>,
}

#[derive(Default)]
struct State {
    free: Vec<FrameBuffer>,
    ready: VecDeque<(Turn, FrameBuffer)>,
    decoded: u64,
    /// The decoder's thread has ended.
    ended: bool,
    /// Nobody will take frames any more.
    closed: bool,
}

/// Where a frame stands among those that are looked at.
#[derive(Clone, Copy)]
struct Turn {
    sequence: u64,
    closer: Closer,
}

/// What is asked of a frame besides who is in it.
#[derive(Clone, Copy, Default)]
pub(crate) struct Closer {
    /// The people in it are described.
    pub(crate) described: bool,
    /// Their poses are looked for.
    pub(crate) posed: bool,
}

/// A frame on loan. Its buffer goes back to the pool when it is dropped.
pub(crate) struct PooledFrame {
    buffer: Option<FrameBuffer>,
    turn: Turn,
    shared: Arc<Shared>,
}

/// Starts to decode. `sampler` chooses among frames that follow each other in time; stills are all looked at. `depth`
/// is the number of buffers, at least one more than there are workers, or they wait for each other.
pub(crate) fn spawn(
    source: Box<dyn Source>,
    sampler: Option<Sampler>,
    depth: usize,
    stop: Arc<AtomicBool>,
) -> FrameQueue {
    let mut state = State::default();
    state.free.resize_with(depth.max(2), FrameBuffer::default);
    let shared = Arc::new(Shared {
        state: Mutex::new(state),
        changed: Condvar::new(),
        stop,
    });
    // Stills have no rate.
    let sampler = sampler.filter(|sampler| source.kind() != ItemKind::Stills || !sampler.is_rate());
    let thread = Arc::clone(&shared);
    let decoder = std::thread::spawn(move || {
        // Dropped however this thread ends, so that no worker waits for a thread that panicked.
        let _end = MarkEnded(Arc::clone(&thread));
        thread.decode(source, sampler)
    });
    FrameQueue {
        shared,
        decoder: Some(decoder),
    }
}

/// Hands over what was made of the frames in their order, in which it need not come, or ends with the first failure.
pub(crate) fn in_turn<T, E>(
    results: impl IntoIterator<Item = Result<(u64, T), E>>,
    mut each: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E> {
    let mut early = BTreeMap::new();
    let mut next = 0;
    for result in results {
        let (turn, result) = result?;
        early.insert(turn, result);
        while let Some(result) = early.remove(&next) {
            each(result)?;
            next += 1;
        }
    }
    Ok(())
}

struct MarkEnded(Arc<Shared>);

impl Drop for MarkEnded {
    fn drop(&mut self) {
        self.0.lock().ended = true;
        self.0.changed.notify_all();
    }
}

impl FrameQueue {
    /// The next frame, for any worker; none at the end, or once somebody asked the run to stop.
    pub(crate) fn pull(&self) -> Option<PooledFrame> {
        let mut state = self.shared.lock();
        loop {
            if self.shared.stop.load(Ordering::Relaxed) {
                return None;
            }
            if let Some((turn, mut buffer)) = state.ready.pop_front() {
                drop(state);
                buffer.develop();
                let shared = Arc::clone(&self.shared);
                return Some(PooledFrame {
                    buffer: Some(buffer),
                    turn,
                    shared,
                });
            }
            if state.ended {
                return None;
            }
            state = self.shared.wait(state);
        }
    }

    /// What the item was, once [`FrameQueue::pull`] has given none; before, it stops the decoder. `looked_at` is the
    /// number of frames that were put into the queue.
    pub(crate) fn finish(mut self) -> Result<ItemFacts, FootageError> {
        self.shared.close();
        let decoder = self
            .decoder
            .take()
            .expect("the thread is joined here alone, or by drop");
        decoder
            .join()
            .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

impl Drop for FrameQueue {
    fn drop(&mut self) {
        self.shared.close();
        if let Some(decoder) = self.decoder.take() {
            // Its outcome is not asked for: the queue was abandoned.
            drop(decoder.join());
        }
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // A worker that panicked holds no half-changed state: each change is one push or pop.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.changed
            .wait_timeout(state, ASK)
            .unwrap_or_else(PoisonError::into_inner)
            .0
    }

    fn close(&self) {
        self.lock().closed = true;
        self.changed.notify_all();
    }

    fn decode(&self, mut source: Box<dyn Source>, mut sampler: Option<Sampler>) -> Outcome {
        let mut sequence = 0;
        // Here alone, one thread sees the frames in their order, so that the schedule is the same for any number.
        let mut describing = Sampler::new(SIGHTINGS_PER_SECOND);
        let mut posing = Sampler::new(POSES_PER_SECOND);
        while let Some(mut buffer) = self.free_buffer() {
            let more = source.read(&mut buffer);
            let taken = matches!(more, Ok(true))
                && sampler
                    .as_mut()
                    .is_none_or(|s| s.takes(buffer.index, buffer.seconds));
            let mut state = self.lock();
            state.decoded += u64::from(matches!(more, Ok(true)));
            if taken {
                let (index, seconds) = (buffer.index, buffer.seconds);
                let described = describing.as_mut().is_some_and(|s| s.takes(index, seconds));
                let posed = posing.as_mut().is_some_and(|s| s.takes(index, seconds));
                let closer = Closer { described, posed };
                let turn = Turn { sequence, closer };
                state.ready.push_back((turn, buffer));
                sequence += 1;
            } else {
                state.free.push(buffer);
            }
            drop(state);
            self.changed.notify_all();
            if !more? {
                break;
            }
        }
        let mut facts = source.finish();
        facts.frames.looked_at = sequence;
        Ok(facts)
    }

    /// None: stop.
    fn free_buffer(&self) -> Option<FrameBuffer> {
        let mut state = self.lock();
        loop {
            if state.closed || self.stop.load(Ordering::Relaxed) {
                return None;
            }
            if let Some(buffer) = state.free.pop() {
                return Some(buffer);
            }
            state = self.wait(state);
        }
    }
}

impl PooledFrame {
    /// Number of the frame among those that are looked at, from 0. Results are joined in this order.
    pub(crate) fn sequence(&self) -> u64 {
        self.turn.sequence
    }

    /// What is asked of it where its people are followed.
    pub(crate) fn closer(&self) -> Closer {
        self.turn.closer
    }
}

impl Deref for PooledFrame {
    type Target = FrameBuffer;

    fn deref(&self) -> &FrameBuffer {
        self.buffer.as_ref().expect("the buffer is there until drop")
    }
}

/// Redaction paints over the frame where it lies.
impl DerefMut for PooledFrame {
    fn deref_mut(&mut self) -> &mut FrameBuffer {
        self.buffer.as_mut().expect("the buffer is there until drop")
    }
}

impl Drop for PooledFrame {
    fn drop(&mut self) {
        if let Some(buffer) = self.buffer.take() {
            self.shared.lock().free.push(buffer);
            self.shared.changed.notify_all();
        }
    }
}
