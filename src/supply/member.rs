//! In: an archive from a stranger. Out: one member, as one file that we name. No path of the archive is ever used as a
//! path, links are refused, and nothing beyond the registered size is written.

use std::fs::OpenOptions;
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
    let mut file = OpenOptions::new().write(true).create_new(true).open(target)?;
    let found = std::io::copy(&mut member.take(bytes.saturating_add(1)), &mut file)?;
    expect_size(name, found, bytes)
}
