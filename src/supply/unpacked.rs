//! In: a stored archive and the list of its files that are used. Out: a folder with these files, each with the digest
//! that the registry says, and nothing else. Deliberately not here: how the archive is fetched (`store`).

use super::entry::{Entry, ToolEntry, UnpackedMember};
use super::error::SupplyError;
use super::member;
use super::progress::Progress;
use super::store::{Store, Stored};
use super::workplace::Workplace;
use std::fs::File;
use std::path::{Path, PathBuf};
use vsa_base::digest;

impl Store {
    /// The file of a tool that is to be used, if it is here: the file itself, or, of an archive, the first one that the
    /// registry lists, with the others beside it. Every digest is computed. Nothing is fetched.
    #[must_use]
    pub fn ready(&self, tool: &ToolEntry) -> Option<PathBuf> {
        let Stored::Good(file) = self.stored(&tool.entry) else {
            return None;
        };
        let Some(first) = tool.unpacked.first() else {
            return Some(file);
        };
        let folder = folder(&file);
        let complete = tool.unpacked.iter().all(|part| is_good(&folder, part));
        complete.then(|| folder.join(first.file.as_str()))
    }

    /// The same, fetched and unpacked where it is not here yet.
    ///
    /// # Errors
    /// As [`Store::obtain`], and when the archive does not hold what the registry says.
    pub fn make_ready(&self, tool: &ToolEntry, progress: &mut dyn Progress) -> Result<PathBuf, SupplyError> {
        if let Some(path) = self.ready(tool) {
            return Ok(path);
        }
        let archive = self.obtain(&tool.entry, progress)?;
        let Some(first) = tool.unpacked.first() else {
            return Ok(archive);
        };
        let workplace = Workplace::open(&self.options().cache)?;
        let made = workplace.path().join("unpacked");
        std::fs::create_dir(&made).map_err(SupplyError::io("create", &made))?;
        for part in &tool.unpacked {
            unpack(&tool.entry, &archive, &made, part)?;
        }
        let folder = folder(&archive);
        // What is there is not what it should be: it goes as a whole, and the new folder comes as a whole.
        if folder.exists() {
            std::fs::rename(&folder, workplace.path().join("old"))
                .map_err(SupplyError::io("replace", &folder))?;
        }
        std::fs::rename(&made, &folder).map_err(SupplyError::io("name", &folder))?;
        Ok(folder.join(first.file.as_str()))
    }
}

/// Beside the archive, below its digest.
fn folder(archive: &Path) -> PathBuf {
    archive.with_file_name("unpacked")
}

fn is_good(folder: &Path, part: &UnpackedMember) -> bool {
    digest::of_file(&folder.join(part.file.as_str()))
        .is_ok_and(|(sha256, bytes)| sha256 == part.sha256.as_str() && bytes == part.bytes)
}

fn unpack(entry: &Entry, archive: &Path, folder: &Path, part: &UnpackedMember) -> Result<(), SupplyError> {
    let refusal = |why: String| SupplyError::Archive {
        name: entry.name.to_string(),
        member: part.member.to_string(),
        why,
    };
    let file = File::open(archive).map_err(SupplyError::io("read", archive))?;
    let target = folder.join(part.file.as_str());
    member::from_zip(file, part.member.as_str(), part.bytes, &target)
        .map_err(|error| refusal(error.to_string()))?;
    if is_good(folder, part) {
        Ok(())
    } else {
        Err(refusal(format!("its digest is not {}", part.sha256)))
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a test makes its own inputs")]

    use super::*;
    use crate::progress::Unwatched;
    use crate::{FileName, StoreOptions};
    use std::io::Write as _;
    use std::sync::Arc;

    fn checked<T: TryFrom<String, Error = vsa_base::Reason>>(text: &str) -> T {
        T::try_from(text.to_owned()).unwrap()
    }

    /// A store whose archive lies in a folder of the user's, and the tool that it is.
    fn machine(content: &[u8], registered: &[u8]) -> (tempfile::TempDir, Store, ToolEntry) {
        let root = tempfile::tempdir().unwrap();
        let mut wheel = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in [("pack/first.so", content), ("pack/other.so", b"other")] {
            wheel
                .start_file(name, zip::write::SimpleFileOptions::default())
                .unwrap();
            wheel.write_all(bytes).unwrap();
        }
        let wheel = wheel.finish().unwrap().into_inner();
        let local = root.path().join("local");
        std::fs::create_dir(&local).unwrap();
        std::fs::write(local.join("any.whl"), &wheel).unwrap();
        let options = StoreOptions {
            cache: root.path().join("cache"),
            data: root.path().join("data"),
            local: vec![local],
            offline: true,
            search_path: std::ffi::OsString::new(),
            dpkg_status: root.path().join("status"),
            patience: crate::Patience::default(),
            stop: Arc::default(),
        };
        let part = |file: &str, bytes: &[u8]| UnpackedMember {
            member: checked(&format!("pack/{file}")),
            file: checked::<FileName>(file),
            sha256: checked(&digest::of_bytes(bytes)),
            bytes: bytes.len() as u64,
        };
        let tool = ToolEntry {
            entry: Entry {
                name: checked("thing"),
                title: "A thing".to_owned(),
                file: checked("thing.whl"),
                checksum: crate::Checksum::Sha256(checked(&digest::of_bytes(&wheel))),
                bytes: wheel.len() as u64,
                licence: "MIT".to_owned(),
                sources: vec![crate::Source::Page(crate::PageSource {
                    url: checked("https://example.org/thing"),
                })],
                executable: false,
            },
            platform: "any".to_owned(),
            unpacked: vec![part("first.so", registered), part("other.so", b"other")],
        };
        (root, Store::open(&options), tool)
    }

    #[test]
    fn the_listed_files_lie_side_by_side_and_a_changed_one_is_replaced() {
        let (_root, store, tool) = machine(b"first", b"first");
        assert_eq!(store.ready(&tool), None);
        let path = store.make_ready(&tool, &mut Unwatched).unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"first");
        assert_eq!(std::fs::read(path.with_file_name("other.so")).unwrap(), b"other");
        assert_eq!(store.ready(&tool).as_ref(), Some(&path));
        std::fs::write(path.with_file_name("other.so"), b"0ther").unwrap();
        assert_eq!(store.ready(&tool), None);
        assert_eq!(store.make_ready(&tool, &mut Unwatched).unwrap(), path);
        assert_eq!(std::fs::read(path.with_file_name("other.so")).unwrap(), b"other");
    }

    #[test]
    fn an_archive_that_holds_something_else_is_refused_and_leaves_nothing() {
        for registered in [&b"f1rst"[..], b"longer than first"] {
            let (_root, store, tool) = machine(b"first", registered);
            let refusal = store.make_ready(&tool, &mut Unwatched).unwrap_err().to_string();
            assert!(refusal.contains("pack/first.so"), "{refusal}");
            assert_eq!(store.ready(&tool), None);
        }
    }
}
