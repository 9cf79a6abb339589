//! The only source of clock, host facts, thread count, the wish to stop, and of random bytes for keys and nonces.
//! In: the process. Out: an [`Environment`] that is handed down explicitly.
//! Deliberately not here: randomness for measuring. Resampling is seeded by constants, so that a run can be repeated.

use crate::host::HostFacts;
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
        Self {
            jobs: jobs.unwrap_or_else(threads),
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
pub fn now_rfc3339() -> String {
    now().to_string()
}

/// The time now, in whole seconds; for `custody.jsonl`, seals and verification.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "this is the one place that reads the clock"
)]
pub fn now() -> jiff::Timestamp {
    let now = jiff::Timestamp::now();
    jiff::Timestamp::from_second(now.as_second()).unwrap_or(now)
}

/// Random bytes of the operating system, for keys, salts and nonces; never for anything that is measured.
///
/// # Errors
/// Where the system has none to give.
pub fn random<const N: usize>() -> std::io::Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(bytes)
}

/// SHA-256 and size of the program that is running.
///
/// # Errors
/// Where the system does not say which file that is, or does not let it be read.
pub fn own_program() -> std::io::Result<(String, u64)> {
    crate::digest::of_file(&std::env::current_exe()?)
}

/// Threads that this machine runs at once.
#[must_use]
pub fn threads() -> NonZeroUsize {
    std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// The machine that this runs on.
#[must_use]
pub fn host() -> HostFacts {
    HostFacts {
        os: std::env::consts::OS.to_owned(),
        arch: std::env::consts::ARCH.to_owned(),
        cpu: cpu_name(),
        threads: threads().get() as u64,
    }
}

/// Instruction sets by which the engines choose how to compute, as Linux names them.
const INSTRUCTION_SETS: [&str; 11] = [
    "avx",
    "avx2",
    "fma",
    "avx512f",
    "avx512_vnni",
    "avx512_bf16",
    "amx_bf16",
    "asimd",
    "sve",
    "bf16",
    "i8mm",
];

/// The processor as far as the last bits of floating-point numbers depend on it: `x86_64 (avx, avx2, fma)`.
#[must_use]
pub fn instruction_sets() -> String {
    let said = cpu_says("flags")
        .or_else(|| cpu_says("Features"))
        .unwrap_or_default();
    let has = |name: &&&str| said.split_whitespace().any(|flag| flag == **name);
    let sets: Vec<&str> = INSTRUCTION_SETS.iter().filter(has).copied().collect();
    if sets.is_empty() {
        std::env::consts::ARCH.to_owned()
    } else {
        format!("{} ({})", std::env::consts::ARCH, sets.join(", "))
    }
}

/// Linux tells; elsewhere it stays unknown.
fn cpu_name() -> Option<String> {
    cpu_says("model name")
}

fn cpu_says(what: &str) -> Option<String> {
    let text = std::fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = text.lines().find(|line| line.starts_with(what))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
