//! Folders that belong to one transfer, and locks between processes. In: the cache folder. Out: an empty folder that
//! disappears with its owner; one whose owner was killed is swept by the next process that comes.

use super::error::SupplyError;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Between two attempts at a lock.
const POLL: Duration = Duration::from_millis(50);

/// A lock that ends with its holder, however that one ends.
#[derive(Debug)]
pub(super) struct Lock(
    #[expect(dead_code, reason = "held, not read: the lock ends when the file is closed")] File,
);

impl Lock {
    /// Waits for the lock on `path`, asking `go_on` in between.
    pub(super) fn wait(
        path: &Path,
        mut go_on: impl FnMut() -> Result<(), SupplyError>,
    ) -> Result<Self, SupplyError> {
        let file = open(path)?;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self(file)),
                Err(TryLockError::WouldBlock) => {
                    go_on()?;
                    std::thread::sleep(POLL);
                }
                // A file system without locks: renaming is still atomic, at worst a file is fetched twice.
                Err(TryLockError::Error(_)) => return Ok(Self(file)),
            }
        }
    }

    /// The lock, if nobody holds it.
    fn take(path: &Path) -> Option<Self> {
        let file = open(path).ok()?;
        matches!(file.try_lock(), Ok(())).then_some(Self(file))
    }
}

fn open(path: &Path) -> Result<File, SupplyError> {
    OpenOptions::new()
        .append(true)
        .create(true)
        .open(path)
        .map_err(SupplyError::io("open", path))
}

/// An empty folder on the file system of the store.
#[derive(Debug)]
pub(super) struct Workplace {
    folder: tempfile::TempDir,
    _owner: Lock,
}

impl Workplace {
    /// A new one, after sweeping those whose owner is gone.
    pub(super) fn open(cache: &Path) -> Result<Self, SupplyError> {
        let all = cache.join("work");
        std::fs::create_dir_all(&all).map_err(SupplyError::io("create", &all))?;
        // While this is held nobody sweeps: a folder that is made is locked before it can be taken for an orphan.
        let _making = Lock::wait(&cache.join("work.lock"), || Ok(()))?;
        sweep(&all);
        let make = tempfile::Builder::new().prefix("partial-").tempdir_in(&all);
        let folder = make.map_err(SupplyError::io("create a folder in", &all))?;
        let owner = Lock::wait(&owner_file(folder.path()), || Ok(()))?;
        Ok(Self {
            folder,
            _owner: owner,
        })
    }

    pub(super) fn path(&self) -> &Path {
        self.folder.path()
    }
}

fn owner_file(folder: &Path) -> PathBuf {
    folder.join(".owner")
}

fn sweep(all: &Path) {
    let Ok(items) = std::fs::read_dir(all) else { return };
    for item in items.flatten() {
        let folder = item.path();
        if folder.is_dir() && Lock::take(&owner_file(&folder)).is_some() {
            // What cannot be removed now is tried again next time; it bears no final name.
            drop(std::fs::remove_dir_all(&folder));
        }
    }
}
