//! Folders that a seal closes. In: a path that somebody wants to write to. Out: the sealed folder in which that would be, if
//! any: one file more in it, or another one, and its seal holds no longer. Deliberately not here: seals (see `vsa-custody`);
//! only the names of the files by which a sealed folder is told.

use std::path::{Component, Path, PathBuf};

/// What a seal signs: the list of a folder's files.
pub const MANIFEST_FILE: &str = "manifest.json";

/// minisign's signature of the manifest: the name that minisign itself looks for.
pub const SIGNATURE_FILE: &str = "manifest.json.minisig";

/// The signed statement about the manifest.
pub const ENVELOPE_FILE: &str = "manifest.dsse.json";

/// The innermost sealed folder that `path` is or lies in. What is not there yet is looked for where it would be made.
#[must_use]
pub fn around(path: &Path) -> Option<PathBuf> {
    let place = resolved(path)?;
    place
        .ancestors()
        .find(|folder| is_sealed(folder))
        .map(Path::to_owned)
}

/// A signature that lies there by itself, as of some other `manifest.json`, closes nothing.
fn is_sealed(folder: &Path) -> bool {
    let is_there = |name: &str| folder.join(name).is_file();
    is_there(MANIFEST_FILE) && [SIGNATURE_FILE, ENVELOPE_FILE].into_iter().any(is_there)
}

/// Without links, as far as the path is there. `Path::canonicalize` alone refuses a path whose end is not.
fn resolved(path: &Path) -> Option<PathBuf> {
    let mut place = PathBuf::new();
    for component in std::path::absolute(path).ok()?.components() {
        match component {
            Component::ParentDir => {
                place.pop();
            }
            Component::Normal(name) => {
                place.push(name);
                if let Ok(real) = place.canonicalize() {
                    place = real;
                }
            }
            Component::Prefix(_) | Component::RootDir | Component::CurDir => place.push(component),
        }
    }
    Some(place)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::folder::{FolderError, OutputFolder, write_new, write_private};
    use std::fs;

    /// A folder with a sealed one in it, and a free one beside that; the real paths.
    fn sealed_and_free() -> (tempfile::TempDir, PathBuf, PathBuf) {
        let parent = tempfile::tempdir().unwrap();
        let here = parent.path().canonicalize().unwrap();
        let [sealed, free] = ["sealed", "free"].map(|name| here.join(name));
        fs::create_dir_all(sealed.join("below")).unwrap();
        fs::create_dir(&free).unwrap();
        write_new(&sealed.join("record.json"), b"{}").unwrap();
        write_new(&sealed.join(MANIFEST_FILE), b"{}").unwrap();
        write_new(&sealed.join(ENVELOPE_FILE), b"{}").unwrap();
        (parent, sealed, free)
    }

    #[test]
    fn a_sealed_folder_is_found_from_every_place_in_it_by_every_way_there() {
        let (_parent, sealed, free) = sealed_and_free();
        for inside in [
            sealed.clone(),
            sealed.join("new.json"),
            sealed.join("below"),
            sealed.join("below/not/yet/there"),
            free.join("../sealed/new.json"),
            free.join("not/there/../../../sealed"),
            sealed.join("not-there/../new.json"),
        ] {
            assert_eq!(around(&inside), Some(sealed.clone()), "{}", inside.display());
        }
        for outside in [
            free.clone(),
            free.join("new.json"),
            sealed.join("../free/new"),
            sealed.with_file_name("sealed-fr"),
        ] {
            assert_eq!(around(&outside), None, "{}", outside.display());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_link_into_a_sealed_folder_is_a_way_there() {
        let (_parent, sealed, free) = sealed_and_free();
        let link = free.join("link");
        std::os::unix::fs::symlink(&sealed, &link).unwrap();
        assert_eq!(around(&link.join("new")), Some(sealed));
        assert_eq!(around(&link.join("../free")), None, "as the system reads `..`");
    }

    #[test]
    fn either_file_of_a_seal_closes_the_folder_of_a_manifest_and_no_other() {
        for name in [SIGNATURE_FILE, ENVELOPE_FILE] {
            let [alone, folder] = [(); 2].map(|()| tempfile::tempdir().unwrap());
            write_new(&alone.path().join(name), b"").unwrap();
            assert_eq!(around(alone.path()), None, "{name} by itself");
            write_new(&folder.path().join(MANIFEST_FILE), b"").unwrap();
            assert_eq!(around(folder.path()), None, "a manifest without a seal");
            write_new(&folder.path().join(name), b"").unwrap();
            assert!(around(folder.path()).is_some(), "{name}");
        }
    }

    #[test]
    fn nothing_writes_into_a_sealed_folder_but_the_seal() {
        let (_parent, sealed, _free) = sealed_and_free();
        let before = fs::read_dir(&sealed).unwrap().count();
        for place in [sealed.clone(), sealed.join("new"), sealed.join("below")] {
            let refused = OutputFolder::prepare(&place, true);
            assert!(
                matches!(&refused, Err(FolderError::Sealed { path, sealed: by }) if *path == place && *by == sealed),
                "{refused:?}"
            );
        }
        for write in [write_new, write_private] {
            let refused = write(&sealed.join("new"), b"");
            assert!(matches!(refused, Err(FolderError::Sealed { .. })), "{refused:?}");
        }
        assert_eq!(fs::read_dir(&sealed).unwrap().count(), before);
        let folder = OutputFolder::for_seal(&sealed).unwrap();
        folder.publish(&[(SIGNATURE_FILE, b"")]).unwrap();
    }
}
