//! The kernel's help. In: the files that may be read and the folder that may be written. Out: a process, and child processes,
//! that can open nothing else, reach no network, look into no other process and leave no picture of their memory; and what
//! of that the kernel really enforces, as it says itself, not as it was hoped.
//! Deliberately not here: what is looked at, and what follows where something is not enforced.
//!
//! | of | this process | its decoders |
//! |---|---|---|
//! | core files, other processes' looks | [`harden`] | limits |
//! | privileges by set-uid programs | [`harden`] | inherited |
//! | files (Landlock) | [`confine`] | [`spawn`]: one file |
//! | sockets, tracing, keyrings, mounts (seccomp) | [`confine`] | [`spawn`] |
//! | memory, processor time, sizes of files | | [`spawn`] |
//! | environment | | [`spawn`]: none but where programs and libraries lie |

#[cfg(target_os = "linux")]
mod calls;
mod child;
#[cfg(target_os = "linux")]
mod files;
#[cfg(target_os = "linux")]
mod linux;
mod state;

pub use child::{ChildRules, spawn};
pub use state::{Enforced, FileRules, enforced};

use std::path::PathBuf;

/// What this process may open from now on.
#[derive(Clone, Debug, Default)]
pub struct Rules {
    /// Files, or folders with all that is below them, to be read.
    pub read: Vec<PathBuf>,
    /// Folders in which files may be made, written, renamed and removed.
    pub write: Vec<PathBuf>,
}

/// Takes core files, looks of other processes and new privileges from this process, for good. To be called first, while there
/// is one thread. What did not succeed is told by [`enforced`].
pub fn harden() {
    #[cfg(target_os = "linux")]
    linux::harden();
}

/// Takes all files but those of the `rules`, and the system calls that nobody here needs, from this process and whatever it
/// starts, for good. To be called when all is fetched and before footage is opened. What did not succeed is told by
/// [`enforced`].
#[cfg_attr(
    not(target_os = "linux"),
    expect(unused_variables, reason = "nothing is enforced")
)]
pub fn confine(rules: &Rules) {
    #[cfg(target_os = "linux")]
    {
        files::confine(rules);
        calls::confine();
    }
}

/// Starts threads that need no file at all, such as one that waits for a signal: in `start`, which is called on a thread that
/// has none any more. [`confine`] reaches threads that run already on new kernels alone.
///
/// # Errors
/// When no thread can be started.
pub fn without_files<T: Send>(start: impl FnOnce() -> T + Send) -> std::io::Result<T> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().spawn_scoped(scope, || {
            #[cfg(target_os = "linux")]
            files::take_all();
            start()
        })?;
        thread
            .join()
            .map_err(|_panicked| std::io::Error::other("the thread failed"))
    })
}
