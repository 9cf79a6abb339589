//! What is enforced of this process now, as far as the kernel tells. In: its answers. Out: [`Enforced`].

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

/// How far the files of a process are limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
pub enum FileRules {
    /// Any file may be opened.
    NotEnforced = 0,
    /// The kernel knows some of the rules.
    Partly = 1,
    /// No other file can be opened.
    Enforced = 2,
}

impl FileRules {
    fn of(number: u8) -> Self {
        match number {
            2 => Self::Enforced,
            1 => Self::Partly,
            _ => Self::NotEnforced,
        }
    }
}

/// Of this process; and the least of all decoders that it has started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Enforced {
    /// No core file is written when it ends by a fault.
    pub no_core_file: bool,
    /// Other processes of the same user cannot look into its memory.
    pub not_inspectable: bool,
    /// Nothing that it starts gets more rights than it has.
    pub no_new_privileges: bool,
    /// Files that it may open.
    pub files: FileRules,
    /// Threads that ran before, and that the kernel does not hold to those files.
    pub threads_outside: u64,
    /// It can make no sockets, trace nothing, mount nothing.
    pub calls: bool,
    /// Decoders' files.
    pub decoder_files: FileRules,
    /// Decoders' calls.
    pub decoder_calls: bool,
    /// Decoders' memory, time and sizes of files.
    pub decoder_limits: bool,
}

impl Enforced {
    /// Whether nothing is left out.
    #[must_use]
    pub fn whole(&self) -> bool {
        self.missing().is_empty()
    }

    /// What is not enforced, in words.
    #[must_use]
    pub fn missing(&self) -> Vec<&'static str> {
        let wanted = [
            (self.no_core_file, "no core file"),
            (self.not_inspectable, "no look into its memory by other processes"),
            (self.no_new_privileges, "no new privileges"),
            (self.files == FileRules::Enforced, "no other files (Landlock)"),
            (
                self.threads_outside == 0,
                "no other files for threads that ran before",
            ),
            (self.calls, "no sockets, tracing, keyrings and mounts (seccomp)"),
            (
                self.decoder_files == FileRules::Enforced,
                "no other files for the decoder (Landlock)",
            ),
            (
                self.decoder_calls,
                "no sockets and writes by the decoder (seccomp)",
            ),
            (self.decoder_limits, "limits of the decoder's memory and time"),
        ];
        wanted
            .into_iter()
            .filter(|(held, _)| !held)
            .map(|(_, words)| words)
            .collect()
    }
}

/// Of this process, which the kernel does not tell afterwards.
pub(crate) static FILES: AtomicU8 = AtomicU8::new(0);
/// Threads that run, and are not held to [`FILES`].
pub(crate) static THREADS_OUTSIDE: AtomicU64 = AtomicU64::new(0);
/// Threads that have no files at all.
pub(crate) static WITHOUT_FILES: AtomicU64 = AtomicU64::new(0);
/// Of decoders, the least: as long as none was started, what the kernel can do.
pub(crate) static DECODER_FILES: AtomicU8 = AtomicU8::new(2);
/// Decoders that run with all calls.
pub(crate) static DECODERS_WITH_CALLS: AtomicU64 = AtomicU64::new(0);
/// Decoders that run without limits.
pub(crate) static DECODERS_WITHOUT_LIMITS: AtomicU64 = AtomicU64::new(0);

/// What is enforced of this process now.
#[must_use]
pub fn enforced() -> Enforced {
    #[cfg(target_os = "linux")]
    let (no_core_file, not_inspectable, no_new_privileges, calls) = super::linux::attributes();
    #[cfg(not(target_os = "linux"))]
    let (no_core_file, not_inspectable, no_new_privileges, calls) = (false, false, false, false);
    let none = |count: &AtomicU64| count.load(Ordering::SeqCst) == 0;
    let linux = cfg!(target_os = "linux");
    Enforced {
        no_core_file,
        not_inspectable,
        no_new_privileges,
        files: FileRules::of(FILES.load(Ordering::SeqCst)),
        threads_outside: THREADS_OUTSIDE.load(Ordering::SeqCst),
        calls,
        decoder_files: if linux {
            FileRules::of(DECODER_FILES.load(Ordering::SeqCst))
        } else {
            FileRules::NotEnforced
        },
        decoder_calls: linux && none(&DECODERS_WITH_CALLS),
        decoder_limits: linux && none(&DECODERS_WITHOUT_LIMITS),
    }
}
