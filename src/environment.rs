//! The only source of clock, host facts, thread count and the wish to stop.
//! In: the process. Out: an [`Environment`] that is handed down explicitly.
//! Deliberately not here: randomness. Resampling is seeded by constants, so that a run can be repeated.

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// What the outside world lends to one run.
#[derive(Clone, Debug)]
pub struct Environment {
    jobs: NonZeroUsize,
    stop: Arc<AtomicBool>,
}

impl Environment {
    /// An environment with `jobs` worker threads, or as many as the machine offers.
    #[must_use]
    pub fn new(jobs: Option<NonZeroUsize>) -> Self {
        let available = std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN);
        Self {
            jobs: jobs.unwrap_or(available),
            stop: Arc::new(AtomicBool::new(false)),
        }
    }

    /// Number of frames worked on at the same time.
    #[must_use]
    pub fn jobs(&self) -> NonZeroUsize {
        self.jobs
    }

    /// The flag that a signal handler raises.
    #[must_use]
    pub fn stop_flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.stop)
    }

    /// Whether somebody asked the run to end. Long loops ask this at every frame.
    #[must_use]
    pub fn is_stopping(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }
}

/// A running clock, for progress and for `run.json`; never for the record.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Instant);

impl Stopwatch {
    /// Starts now.
    #[must_use]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that reads the clock"
    )]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    /// Time since the start.
    #[must_use]
    pub fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }
}

/// The time now, in UTC, as RFC 3339 with whole seconds; for `run.json` only.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the clock"
)]
pub fn now_rfc3339() -> String {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).map_or_else(|_| now.to_string(), |t| t.to_string())
}
