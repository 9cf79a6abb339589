//! An output folder that is either whole or absent. In: names and bytes. Out: files under their final names, all of
//! them or none: every file is first written and synced under a temporary name, and only then are all renamed.

use crate::sealed;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why an output folder was refused or could not be written.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// It holds something already.
    #[error(
        "the folder {path} is not empty: choose another with --out, or pass --overwrite to replace the files of an earlier run in it"
    )]
    NotEmpty {
        /// The folder.
        path: PathBuf,
    },
    /// A file bears its name.
    #[error("{path} is not a folder: choose another name with --out")]
    NotAFolder {
        /// The path.
        path: PathBuf,
    },
    /// It is part of a sealed folder.
    #[error(
        "nothing was written to {path}: the folder {sealed} is sealed, and a file added to it or changed in it would break \
         its seal; name a place outside it"
    )]
    Sealed {
        /// What was to be written.
        path: PathBuf,
        /// The sealed folder.
        sealed: PathBuf,
    },
    /// The system refused.
    #[error("cannot {doing} {path}: {source}")]
    Io {
        /// What was being done.
        doing: &'static str,
        /// With what.
        path: PathBuf,
        /// As the system says.
        source: io::Error,
    },
}

/// A folder that was found fit to receive a run's outputs.
#[derive(Debug)]
pub struct OutputFolder {
    path: PathBuf,
    /// For a seal itself, or a time stamp over it.
    for_seal: bool,
    /// Nothing but what is published here may lie in it.
    empty: std::cell::Cell<bool>,
    /// Made here and still empty: a run that fails takes it away again.
    made: std::cell::Cell<bool>,
}

impl OutputFolder {
    /// Checks `path` before any long work: absent or empty, or anything but a sealed folder if `overwrite`. Creates it, and
    /// proves that a file can be written there.
    ///
    /// # Errors
    /// [`FolderError`], when it is not fit.
    pub fn prepare(path: &Path, overwrite: bool) -> Result<Self, FolderError> {
        refuse_sealed(path)?;
        Self::open(path, overwrite)
    }

    /// A folder of results, for whoever writes its seal, or a time stamp over it: all that a sealed folder takes in.
    ///
    /// # Errors
    /// [`FolderError`], when nothing can be written there.
    pub fn for_seal(path: &Path) -> Result<Self, FolderError> {
        let mut folder = Self::open(path, true)?;
        folder.for_seal = true;
        Ok(folder)
    }

    fn open(path: &Path, overwrite: bool) -> Result<Self, FolderError> {
        let mut made = false;
        match fs::metadata(path) {
            Ok(found) if !found.is_dir() => {
                return Err(FolderError::NotAFolder {
                    path: path.to_owned(),
                });
            }
            Ok(_) => {
                if !overwrite {
                    refuse_occupied(path)?;
                }
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                fs::create_dir_all(path).map_err(|source| io_error("create", path, source))?;
                made = true;
            }
            Err(source) => return Err(io_error("look at", path, source)),
        }
        let probe = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempfile_in(path)
            .map_err(|source| io_error("write in", path, source))?;
        drop(probe);
        Ok(Self {
            path: path.to_owned(),
            for_seal: false,
            empty: std::cell::Cell::new(!overwrite),
            made: std::cell::Cell::new(made),
        })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Removes these files, where they are.
    ///
    /// # Errors
    /// [`FolderError::Io`].
    pub fn remove(&self, names: &[String]) -> Result<(), FolderError> {
        for name in names {
            let path = self.path.join(name);
            match fs::remove_file(&path) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => {
                    return Err(io_error("remove", &path, error));
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Writes all `files` (name, bytes) or none. Files of other names that lie in the folder are left alone.
    ///
    /// # Errors
    /// [`FolderError::Io`]; then no file has appeared or changed under its final name, unless the system failed in the
    /// middle of the renames.
    pub fn publish(&self, files: &[(&str, &[u8])]) -> Result<(), FolderError> {
        self.publish_beside(None, files)
    }

    /// As [`OutputFolder::publish`], with one more file that lies under a temporary name already, as `name`.
    pub fn publish_with(
        &self,
        name: &str,
        file: tempfile::TempPath,
        others: &[(&str, &[u8])],
    ) -> Result<(), FolderError> {
        self.publish_beside(Some((file, self.path.join(name))), others)
    }

    /// `first`: a file that is written already, and what it is to become.
    fn publish_beside(
        &self,
        first: Option<(tempfile::TempPath, PathBuf)>,
        files: &[(&str, &[u8])],
    ) -> Result<(), FolderError> {
        // Somebody may have sealed it while a long run was under way, or another run may have put its results there.
        if !self.for_seal {
            refuse_sealed(&self.path)?;
        }
        if self.empty.get()
            && let Err(occupied @ FolderError::NotEmpty { .. }) = refuse_occupied(&self.path)
        {
            return Err(occupied);
        }
        let mut staged = Vec::from_iter(first);
        for (name, bytes) in files {
            let target = self.path.join(name);
            let mut file = self.temporary(&target)?;
            written(file.as_file_mut(), &target, bytes)?;
            staged.push((file.into_temp_path(), target));
        }
        for (file, target) in staged {
            file.persist(&target)
                .map_err(|error| io_error("write", &target, error.error))?;
        }
        self.made.set(false);
        self.empty.set(false);
        // The renames themselves have to reach the disk; a system that cannot sync folders has done its best.
        if let Ok(folder) = File::open(&self.path) {
            let _unsupported_on_some_systems = folder.sync_all();
        }
        Ok(())
    }

    /// An empty file under a temporary name, beside what it is to become; gone when it is dropped.
    pub fn temporary(&self, target: &Path) -> Result<tempfile::NamedTempFile, FolderError> {
        tempfile::Builder::new()
            .prefix(PREFIX)
            .permissions_like_any_new_file()
            .tempfile_in(&self.path)
            .map_err(|source| io_error("write", target, source))
    }
}

impl Drop for OutputFolder {
    fn drop(&mut self) {
        if self.made.get() {
            // Fails where something lies in it after all, and then it has to stay.
            drop(fs::remove_dir(&self.path));
        }
    }
}

/// Writes a new file that only its owner can read (on Unix): for secret keys. A file that is there is never replaced.
///
/// # Errors
/// [`FolderError::Io`], also where the file exists; [`FolderError::Sealed`].
pub fn write_private(path: &Path, bytes: &[u8]) -> Result<(), FolderError> {
    // Temporary files are private.
    whole_or_absent(path, bytes, tempfile::Builder::new().prefix(PREFIX))
}

/// Writes a new file. One that is there is never replaced.
///
/// # Errors
/// [`FolderError::Io`], also where the file exists; [`FolderError::Sealed`].
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), FolderError> {
    let mut ordinary = tempfile::Builder::new();
    whole_or_absent(
        path,
        bytes,
        ordinary.prefix(PREFIX).permissions_like_any_new_file(),
    )
}

/// Under a temporary name first, so that a full disk leaves nothing under the final one.
fn whole_or_absent(path: &Path, bytes: &[u8], made: &tempfile::Builder<'_, '_>) -> Result<(), FolderError> {
    refuse_sealed(path)?;
    let refused = |source| io_error("write", path, source);
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let mut file = made
        .tempfile_in(folder.unwrap_or(Path::new(".")))
        .map_err(refused)?;
    written(file.as_file_mut(), path, bytes)?;
    file.persist_noclobber(path)
        .map_err(|error| refused(error.error))?;
    Ok(())
}

/// Fills a file that is to be `path`, and syncs it.
fn written(file: &mut File, path: &Path, bytes: &[u8]) -> Result<(), FolderError> {
    file.write_all(bytes)
        .and_then(|()| file.sync_all())
        .map_err(|source| io_error("write", path, source))
}

fn refuse_sealed(path: &Path) -> Result<(), FolderError> {
    match sealed::around(path) {
        Some(sealed) => Err(FolderError::Sealed {
            path: path.to_owned(),
            sealed,
        }),
        None => Ok(()),
    }
}

fn refuse_occupied(path: &Path) -> Result<(), FolderError> {
    let mut entries = fs::read_dir(path).map_err(|source| io_error("list", path, source))?;
    if entries.any(|entry| entry.map_or(true, |entry| !is_leftover(&entry.file_name()))) {
        return Err(FolderError::NotEmpty {
            path: path.to_owned(),
        });
    }
    Ok(())
}

/// Temporary names begin so; an interrupted run can leave them behind, and they do not count as contents.
const PREFIX: &str = ".vsa-audit-partial-";

fn is_leftover(name: &std::ffi::OsStr) -> bool {
    name.to_string_lossy().starts_with(PREFIX)
}

fn io_error(doing: &'static str, path: &Path, source: io::Error) -> FolderError {
    FolderError::Io {
        doing,
        path: path.to_owned(),
        source,
    }
}

/// Temporary files are private by default; a report is an ordinary file.
trait OrdinaryPermissions {
    fn permissions_like_any_new_file(&mut self) -> &mut Self;
}

impl OrdinaryPermissions for tempfile::Builder<'_, '_> {
    #[cfg(unix)]
    fn permissions_like_any_new_file(&mut self) -> &mut Self {
        use std::os::unix::fs::PermissionsExt;
        // The process's umask still applies.
        self.permissions(fs::Permissions::from_mode(0o666))
    }

    #[cfg(not(unix))]
    fn permissions_like_any_new_file(&mut self) -> &mut Self {
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_with_something_in_it_is_refused_unless_told() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join("mine")).expect("made");
        let refused = OutputFolder::prepare(folder.path(), false);
        assert!(
            matches!(refused, Err(FolderError::NotEmpty { .. })),
            "{refused:?}"
        );
        OutputFolder::prepare(folder.path(), true).expect("told to");
    }

    #[test]
    fn a_file_in_the_place_of_the_folder_is_refused_even_when_told() {
        let file = tempfile::NamedTempFile::new().expect("a temporary file");
        let refused = OutputFolder::prepare(file.path(), true);
        assert!(
            matches!(refused, Err(FolderError::NotAFolder { .. })),
            "{refused:?}"
        );
    }

    #[test]
    fn all_files_appear_and_nothing_temporary_stays() {
        let parent = tempfile::tempdir().expect("a temporary folder");
        let folder = OutputFolder::prepare(&parent.path().join("a/b"), false).expect("created");
        folder
            .publish(&[("one.json", b"1"), ("two.json", b"2")])
            .expect("written");
        let mut names: Vec<_> = fs::read_dir(folder.path())
            .expect("listed")
            .map(|entry| entry.expect("read").file_name().into_string().expect("text"))
            .collect();
        names.sort();
        assert_eq!(names, ["one.json", "two.json"]);
        assert_eq!(fs::read(folder.path().join("two.json")).expect("read"), b"2");
    }

    #[test]
    fn when_the_folder_vanishes_during_a_run_the_error_names_the_file() {
        let parent = tempfile::tempdir().expect("a temporary folder");
        let folder = OutputFolder::prepare(&parent.path().join("out"), false).expect("created");
        fs::remove_dir_all(folder.path()).expect("removed");
        let error = folder
            .publish(&[("one.json", b"1")])
            .expect_err("there is no folder");
        assert!(error.to_string().contains("one.json"), "{error}");
        assert!(!folder.path().exists());
    }

    #[test]
    fn a_folder_made_for_a_run_that_fails_is_taken_away_again_and_one_that_was_there_is_not() {
        let parent = tempfile::tempdir().expect("a temporary folder");
        let new = parent.path().join("new");
        drop(OutputFolder::prepare(&new, false).expect("created"));
        assert!(!new.exists());
        let old = parent.path().join("old");
        fs::create_dir(&old).expect("made");
        drop(OutputFolder::prepare(&old, false).expect("empty"));
        assert!(old.exists());
    }

    #[test]
    fn of_two_runs_into_one_folder_the_second_to_end_is_refused_and_can_write_more_than_once() {
        let parent = tempfile::tempdir().expect("a temporary folder");
        let [first, second] =
            [(); 2].map(|()| OutputFolder::prepare(&parent.path().join("out"), false).expect("empty"));
        first.publish(&[("one.json", b"1")]).expect("written");
        let refused = second.publish(&[("one.json", b"2")]);
        assert!(
            matches!(refused, Err(FolderError::NotEmpty { .. })),
            "{refused:?}"
        );
        drop(second);
        first.publish(&[("two.json", b"2")]).expect("its own folder");
        assert_eq!(fs::read(first.path().join("one.json")).expect("read"), b"1");
    }

    #[test]
    fn a_new_file_replaces_nothing_and_leaves_nothing_beside_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("key");
        for (write, mode) in [
            (
                write_private as fn(&Path, &[u8]) -> Result<(), FolderError>,
                0o600,
            ),
            (write_new, 0o644),
        ] {
            write(&path, b"first").expect("written");
            assert!(write(&path, b"second").is_err(), "it was there");
            assert_eq!(fs::read(&path).expect("read"), b"first");
            assert_eq!(fs::read_dir(folder.path()).expect("listed").count(), 1);
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                let found = fs::metadata(&path).expect("read").permissions().mode() & 0o777;
                // What the umask takes away may be missing.
                assert_eq!(found & !mode, 0, "{found:o}");
                assert_eq!(found & 0o600, 0o600, "{found:o}");
            }
            fs::remove_file(&path).expect("removed");
        }
    }

    #[test]
    fn what_an_interrupted_run_left_behind_does_not_count_as_contents() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(folder.path().join(format!("{PREFIX}abc"))).expect("made");
        OutputFolder::prepare(folder.path(), false).expect("as good as empty");
    }
}
