//! The pool between the decoder and the workers.

use super::super::pool;
use super::super::sampling::Sampler;
use super::super::source::Source;
use super::*;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use vsa_record::facts::{FrameCounts, ItemKind};

/// Counts up; notes which memory it was given.
struct Counting {
    frames: u64,
    at: u64,
    memory: Arc<Mutex<BTreeSet<usize>>>,
    panics: bool,
}

impl Source for Counting {
    fn kind(&self) -> ItemKind {
        ItemKind::Video
    }

    fn read(&mut self, buffer: &mut FrameBuffer) -> Result<bool, FootageError> {
        assert!(!self.panics, "as asked");
        if self.at == self.frames {
            return Ok(false);
        }
        buffer.reshape(16, 16).fill(self.at as u8);
        self.memory.lock().unwrap().insert(buffer.rgb.as_ptr() as usize);
        buffer.index = self.at;
        buffer.seconds = self.at as f64 / 10.0;
        self.at += 1;
        Ok(true)
    }

    fn expected_frames(&self) -> Option<u64> {
        Some(self.frames)
    }

    fn finish(self: Box<Self>) -> ItemFacts {
        ItemFacts {
            label: String::new(),
            kind: ItemKind::Video,
            sha256: String::new(),
            bytes: 0,
            container: String::new(),
            codec: String::new(),
            width: 16,
            height: 16,
            duration_seconds: 0.0,
            declared_frame_rate: None,
            variable_frame_rate: false,
            decoder: String::new(),
            frames: FrameCounts {
                decoded: self.at,
                ..FrameCounts::default()
            },
            faults: Vec::new(),
        }
    }
}

fn counting(frames: u64) -> (Box<Counting>, Arc<Mutex<BTreeSet<usize>>>) {
    let memory = Arc::new(Mutex::new(BTreeSet::new()));
    (
        Box::new(Counting {
            frames,
            at: 0,
            memory: Arc::clone(&memory),
            panics: false,
        }),
        memory,
    )
}

#[test]
fn every_frame_reaches_exactly_one_worker_in_no_more_memory_than_the_pool_has() {
    let (source, memory) = counting(500);
    let queue = pool::spawn(source, None, 4, Arc::new(AtomicBool::new(false)));
    let seen = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                while let Some(frame) = queue.pull() {
                    assert_eq!(frame.sequence(), frame.index);
                    assert!(frame.frame().rgb.iter().all(|&value| value == frame.index as u8));
                    seen.lock().unwrap().push(frame.sequence());
                }
            });
        }
    });
    let mut seen = seen.into_inner().unwrap();
    seen.sort_unstable();
    assert_eq!(seen, (0..500).collect::<Vec<_>>());
    assert!(memory.lock().unwrap().len() <= 4);
    let facts = queue.finish().unwrap();
    assert_eq!((facts.frames.decoded, facts.frames.looked_at), (500, 500));
}

#[test]
fn sampled_frames_are_numbered_on_their_own_and_all_are_counted() {
    let queue = pool::spawn(
        counting(100).0,
        Sampler::new(2.0),
        3,
        Arc::new(AtomicBool::new(false)),
    );
    let mut taken = Vec::new();
    while let Some(frame) = queue.pull() {
        taken.push((frame.sequence(), frame.index));
    }
    assert_eq!(taken.len(), 20);
    assert_eq!(taken[3], (3, 15));
    let facts = queue.finish().unwrap();
    assert_eq!((facts.frames.decoded, facts.frames.looked_at), (100, 20));
}

#[test]
fn the_stop_flag_ends_decoder_and_workers() {
    let stop = Arc::new(AtomicBool::new(false));
    let queue = pool::spawn(counting(u64::MAX).0, None, 3, Arc::clone(&stop));
    let pulled = AtomicUsize::new(0);
    while let Some(frame) = queue.pull() {
        if pulled.fetch_add(1, Ordering::Relaxed) == 9 {
            stop.store(true, Ordering::Relaxed);
        }
        drop(frame);
    }
    assert_eq!(pulled.into_inner(), 10);
    assert!(queue.finish().unwrap().frames.decoded < 20);
}

#[test]
fn a_queue_that_is_dropped_early_ends_its_thread() {
    let queue = pool::spawn(counting(u64::MAX).0, None, 3, Arc::new(AtomicBool::new(false)));
    let frame = queue.pull();
    drop(queue);
    assert!(
        frame.is_some_and(|frame| frame.rgb.len() == 3 * 16 * 16),
        "a frame on loan outlives the queue"
    );
}

#[test]
fn a_decoder_that_panics_lets_the_workers_go_and_is_not_silent() {
    let (mut source, _) = counting(5);
    source.panics = true;
    let queue = pool::spawn(source, None, 3, Arc::new(AtomicBool::new(false)));
    assert!(queue.pull().is_none());
    assert!(std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| queue.finish())).is_err());
}
