//! In: an archive from a stranger. Out: one member, as one file that we name. No path of the archive is ever used as a
//! path, links are refused, and nothing beyond the registered size is written.

use std::fs::File;
use std::io::{Read, Seek};
use std::path::Path;

/// Why a member could not be taken out.
#[derive(Debug, thiserror::Error)]
pub(super) enum MemberError {
    #[error("the archive has no member \"{0}\"")]
    Missing(String),
    #[error("the member \"{0}\" is not an ordinary file")]
    NotAFile(String),
    #[error("the member \"{name}\" has {found} bytes, {expected} are registered")]
    Size { name: String, found: u64, expected: u64 },
    #[error("the archive is damaged: {0}")]
    Zip(#[from] zip::result::ZipError),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl From<MemberError> for super::client::Failure {
    fn from(error: MemberError) -> Self {
        match error {
            MemberError::Io(error) if error.kind() == std::io::ErrorKind::StorageFull => Self::DiskFull,
            error => Self::Source(error.to_string()),
        }
    }
}

/// Takes `wanted`, which must have exactly `bytes`, out of a zip archive.
pub(super) fn from_zip(
    archive: impl Read + Seek,
    wanted: &str,
    bytes: u64,
    target: &Path,
) -> Result<(), MemberError> {
    let mut archive = zip::ZipArchive::new(archive)?;
    let member = match archive.by_name(wanted) {
        Err(zip::result::ZipError::FileNotFound) => return Err(MemberError::Missing(wanted.to_owned())),
        other => other?,
    };
    if !member.is_file() || member.is_symlink() {
        return Err(MemberError::NotAFile(wanted.to_owned()));
    }
    // What the header says is a claim; the copy below holds it to it.
    expect_size(wanted, member.size(), bytes)?;
    copy(member, wanted, bytes, target)
}

/// The most that a tree may hold: npm's own has some 20 MB.
const LARGEST_TREE: u64 = 256 << 20;

/// Takes one member, and all members below a prefix, out of a zip archive whose digest is known. The names below the prefix
/// become paths below the second target as far as they have ordinary parts alone; links are left out.
pub(super) fn one_and_tree_from_zip(
    archive: impl Read + Seek,
    (wanted, target): (&str, &Path),
    (prefix, folder): (&str, &Path),
) -> Result<(), MemberError> {
    let mut archive = zip::ZipArchive::new(archive)?;
    let (mut one, mut left) = (false, LARGEST_TREE);
    for at in 0..archive.len() {
        let member = archive.by_index(at)?;
        if !member.is_file() || member.is_symlink() {
            continue;
        }
        let Some(path) = member.enclosed_name() else {
            continue;
        };
        let (name, bytes) = (member.name()?.into_owned(), member.size());
        let place = if name == wanted {
            one = true;
            target.to_owned()
        } else if let Ok(below) = path.strip_prefix(prefix) {
            folder.join(below)
        } else {
            continue;
        };
        if let Some(parent) = place.parent() {
            std::fs::create_dir_all(parent)?;
        }
        left = left.checked_sub(bytes).ok_or_else(|| MemberError::Size {
            name: name.clone(),
            found: bytes,
            expected: left,
        })?;
        copy(member, &name, bytes, &place)?;
    }
    if one {
        Ok(())
    } else {
        Err(MemberError::Missing(wanted.to_owned()))
    }
}

/// Takes `wanted`, which must have exactly `bytes`, out of a tar stream.
pub(super) fn from_tar(
    stream: impl Read,
    wanted: &str,
    bytes: u64,
    target: &Path,
) -> Result<(), MemberError> {
    let mut archive = tar::Archive::new(stream);
    for member in archive.entries()? {
        let member = member?;
        let name = member.path_bytes();
        let name = name.strip_prefix(b"./").unwrap_or(&name);
        if name != wanted.as_bytes() {
            continue;
        }
        if !member.header().entry_type().is_file() {
            return Err(MemberError::NotAFile(wanted.to_owned()));
        }
        expect_size(wanted, member.size(), bytes)?;
        return copy(member, wanted, bytes, target);
    }
    Err(MemberError::Missing(wanted.to_owned()))
}

fn expect_size(name: &str, found: u64, expected: u64) -> Result<(), MemberError> {
    if found == expected {
        Ok(())
    } else {
        Err(MemberError::Size {
            name: name.to_owned(),
            found,
            expected,
        })
    }
}

/// One byte more than registered is read, never written to the end of a bomb.
fn copy(member: impl Read, name: &str, bytes: u64, target: &Path) -> Result<(), MemberError> {
    let mut file = File::create_new(target)?;
    let found = std::io::copy(&mut member.take(bytes.saturating_add(1)), &mut file)?;
    expect_size(name, found, bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Cursor, Write};
    use zip::write::SimpleFileOptions;

    fn zip_of(build: impl FnOnce(&mut zip::ZipWriter<Cursor<Vec<u8>>>)) -> Cursor<Vec<u8>> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        build(&mut writer);
        let mut bytes = writer.finish().unwrap();
        bytes.set_position(0);
        bytes
    }

    /// A tar header written by hand: the crate refuses to write the hostile names that we want to read.
    fn tar_of(name: &str, kind: u8, link: &str, content: &[u8]) -> Vec<u8> {
        let mut header = tar::Header::new_ustar();
        header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
        header.as_mut_bytes()[157..157 + link.len()].copy_from_slice(link.as_bytes());
        header.set_entry_type(tar::EntryType::new(kind));
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        let mut bytes = header.as_bytes().to_vec();
        bytes.extend_from_slice(content);
        bytes.resize(bytes.len().next_multiple_of(512) + 1024, 0);
        bytes
    }

    fn files_below(folder: &Path) -> Vec<String> {
        let items = std::fs::read_dir(folder).unwrap();
        items
            .map(|item| item.unwrap().file_name().to_string_lossy().into_owned())
            .collect()
    }

    #[test]
    fn hostile_names_in_a_tar_never_become_paths() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        for name in ["../escaped", "/escaped", "a/../../escaped", "./wanted", "wanted"] {
            let archive = tar_of(name, b'0', "", b"12345");
            let target = inner.join("target");
            drop(std::fs::remove_file(&target));
            let result = from_tar(&archive[..], "wanted", 5, &target);
            assert_eq!(result.is_ok(), name.ends_with("wanted"), "{name}");
            assert_eq!(files_below(folder.path()), ["inner"], "{name}");
        }
        assert!(!Path::new("/escaped").exists());
    }

    #[test]
    fn links_and_devices_in_a_tar_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        for kind in *b"12346" {
            let archive = tar_of("wanted", kind, "/etc/passwd", b"");
            let result = from_tar(&archive[..], "wanted", 0, &folder.path().join("target"));
            assert!(
                matches!(result, Err(MemberError::NotAFile(_))),
                "kind {}",
                char::from(kind)
            );
            assert!(files_below(folder.path()).is_empty());
        }
    }

    #[test]
    fn a_tar_cut_at_any_length_is_an_error_and_never_a_panic() {
        let archive = tar_of("wanted", b'0', "", b"12345");
        for length in 0..517 {
            let folder = tempfile::tempdir().unwrap();
            let result = from_tar(&archive[..length], "wanted", 5, &folder.path().join("target"));
            assert!(result.is_err(), "{length}");
        }
    }

    #[test]
    fn hostile_members_of_a_zip_never_become_paths() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("inner");
        std::fs::create_dir(&inner).unwrap();
        let archive = zip_of(|zip| {
            for name in ["../escaped", "/escaped", "wanted"] {
                zip.start_file(name, SimpleFileOptions::default()).unwrap();
                zip.write_all(b"12345").unwrap();
            }
        });
        from_zip(archive, "wanted", 5, &inner.join("target")).unwrap();
        assert_eq!(files_below(folder.path()), ["inner"]);
        assert_eq!(files_below(&inner), ["target"]);
    }

    #[test]
    fn a_link_in_a_zip_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let archive = zip_of(|zip| {
            zip.add_symlink("wanted", "/etc/passwd", SimpleFileOptions::default())
                .unwrap();
        });
        let result = from_zip(archive, "wanted", 11, &folder.path().join("target"));
        assert!(matches!(result, Err(MemberError::NotAFile(_))));
    }

    #[test]
    fn a_bomb_is_refused_by_its_header_and_limited_when_the_header_lies() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        let honest = zip_of(|zip| {
            zip.start_file("wanted", SimpleFileOptions::default()).unwrap();
            zip.write_all(&vec![0; 10_000_000]).unwrap();
        });
        assert!(honest.get_ref().len() < 100_000, "it is a bomb");
        let refused = from_zip(honest.clone(), "wanted", 1000, &target);
        assert!(matches!(
            refused,
            Err(MemberError::Size {
                found: 10_000_000,
                ..
            })
        ));
        assert!(!target.exists());

        // The header in the directory claims 1000 bytes; what is packed still unpacks to ten million.
        let mut lying = honest.into_inner();
        let size = 10_000_000_u32.to_le_bytes();
        let places: Vec<usize> = (0..lying.len() - 4)
            .filter(|at| lying[*at..*at + 4] == size)
            .collect();
        assert!(!places.is_empty());
        for at in places {
            lying[at..at + 4].copy_from_slice(&1000_u32.to_le_bytes());
        }
        let result = from_zip(Cursor::new(lying), "wanted", 1000, &target);
        assert!(result.is_err());
        assert!(target.metadata().map_or(0, |meta| meta.len()) <= 1001);
    }

    #[test]
    fn a_missing_member_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let archive = zip_of(|zip| zip.start_file("other", SimpleFileOptions::default()).unwrap());
        let error = from_zip(archive, "wanted", 5, &folder.path().join("target")).unwrap_err();
        assert_eq!(error.to_string(), "the archive has no member \"wanted\"");
    }
}
