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

/// The processor as far as the last bits of floating-point numbers depend on it: `x86_64 (avx, avx2, fma)`. Of the instruction
/// sets by which engines choose how to compute, those that it offers to this program, as Linux names them.
#[must_use]
pub fn instruction_sets() -> String {
    with_instruction_sets(&offered())
}

/// The same of an engine that uses no more of them than those named.
#[must_use]
pub fn instruction_sets_among(used: &[&str]) -> String {
    let mut sets = offered();
    sets.retain(|name| used.contains(name));
    with_instruction_sets(&sets)
}

fn with_instruction_sets(sets: &[&str]) -> String {
    if sets.is_empty() {
        std::env::consts::ARCH.to_owned()
    } else {
        format!("{} ({})", std::env::consts::ARCH, sets.join(", "))
    }
}

/// By the processor's own word and not by `/proc/cpuinfo`: the engines ask the processor too, and under an emulator the file
/// still tells of the one beneath.
#[cfg(target_arch = "x86_64")]
fn offered() -> Vec<&'static str> {
    let has_bfloat = is_x86_feature_detected!("avx512bf16");
    found(&[
        ("avx", is_x86_feature_detected!("avx")),
        ("avx2", is_x86_feature_detected!("avx2")),
        ("fma", is_x86_feature_detected!("fma")),
        ("avx512f", is_x86_feature_detected!("avx512f")),
        ("avx512_vnni", is_x86_feature_detected!("avx512vnni")),
        ("avx512_bf16", has_bfloat),
        // Rust's check is not stable yet. Linux lists it where it also lends the registers; all that have it have AVX512-BF16.
        ("amx_bf16", has_bfloat && flags_say("amx_bf16")),
    ])
}

#[cfg(target_arch = "aarch64")]
fn offered() -> Vec<&'static str> {
    use std::arch::is_aarch64_feature_detected;
    found(&[
        ("asimd", is_aarch64_feature_detected!("asimd")),
        ("sve", is_aarch64_feature_detected!("sve")),
        ("bf16", is_aarch64_feature_detected!("bf16")),
        ("i8mm", is_aarch64_feature_detected!("i8mm")),
    ])
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn offered() -> Vec<&'static str> {
    Vec::new()
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
fn found(sets: &[(&'static str, bool)]) -> Vec<&'static str> {
    sets.iter()
        .filter(|(_, is_there)| *is_there)
        .map(|(name, _)| *name)
        .collect()
}

#[cfg(target_arch = "x86_64")]
fn flags_say(name: &str) -> bool {
    cpu_says("flags").is_some_and(|flags| flags.split_whitespace().any(|flag| flag == name))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_engine_is_said_to_use_nothing_that_the_processor_lacks_or_that_it_leaves_unused() {
        let all = instruction_sets();
        assert!(all.starts_with(std::env::consts::ARCH));
        assert_eq!(instruction_sets_among(&[]), std::env::consts::ARCH);
        assert_eq!(instruction_sets_among(&["no such set"]), std::env::consts::ARCH);
        assert_eq!(instruction_sets_among(&offered()), all);
        for name in offered() {
            assert_eq!(
                instruction_sets_among(&["no such set", name]),
                format!("{} ({name})", std::env::consts::ARCH)
            );
        }
    }

    #[test]
    #[cfg(all(target_os = "linux", target_arch = "x86_64"))]
    fn what_the_processor_says_is_what_linux_says_of_it() {
        // No emulator runs the tests; one that did could offer more than the machine beneath.
        for name in offered() {
            assert!(flags_say(name), "{name}");
        }
        assert_eq!(offered().contains(&"avx2"), flags_say("avx2"));
        assert_eq!(offered().contains(&"fma"), flags_say("fma"));
        assert_eq!(offered().contains(&"avx512f"), flags_say("avx512f"));
    }
}
