//! Work on frames side by side, results in the order of the frames. In: a queue of frames, one worker for each thread.
//! Out: each result, handed over in order, so that the number of threads changes nothing.
//!
//! Every result brings its frame along: the pool's buffers bound how far ahead a quick worker can run.

use crate::footage::pool::{FrameQueue, PooledFrame, in_turn};
use std::sync::mpsc;

/// Runs until the queue is empty, or `each` fails.
pub(super) fn ordered<W, T, E>(
    threads: &rayon::ThreadPool,
    queue: &FrameQueue,
    workers: Vec<W>,
    each: impl FnMut(T) -> Result<(), E>,
) -> Result<(), E>
where
    W: FnMut(PooledFrame) -> T + Send,
    T: Send,
{
    let (sender, results) = mpsc::sync_channel(workers.len().max(1) * 2);
    threads.in_place_scope(|scope| {
        for mut work in workers {
            let sender = sender.clone();
            scope.spawn(move |_| {
                while let Some(frame) = queue.pull() {
                    let turn = frame.sequence();
                    if sender.send((turn, work(frame))).is_err() {
                        break;
                    }
                }
            });
        }
        drop(sender);
        // Moved in, and gone before the workers are waited for: those that wait for room see that nobody listens.
        in_turn(results.into_iter().map(Ok), each)
    })
}
