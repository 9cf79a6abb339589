//! In: a file, or the user's own folders. Out: whether it is what an entry says; the first file in them that is.

use super::entry::Entry;
use std::path::{Path, PathBuf};

/// How deep local folders are searched: a folder of folders, one per project.
const DEPTH: u32 = 3;

/// Whether a file is what an entry says. The size is compared first: it costs nothing.
pub(super) fn is_content_of(path: &Path, entry: &Entry) -> bool {
    path.metadata()
        .is_ok_and(|meta| meta.is_file() && meta.len() == entry.bytes)
        && entry
            .checksum
            .found_in(path)
            .is_ok_and(|found| found == entry.checksum.digits())
}

/// The first file in `folders`, in the order of their names, that is what an entry says.
pub(super) fn find(entry: &Entry, folders: &[PathBuf]) -> Option<PathBuf> {
    folders.iter().find_map(|folder| search(entry, folder, DEPTH))
}

fn search(entry: &Entry, folder: &Path, depth: u32) -> Option<PathBuf> {
    let mut items: Vec<PathBuf> = std::fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|item| item.path())
        .collect();
    items.sort();
    items
        .iter()
        .find(|path| is_content_of(path, entry))
        .cloned()
        .or_else(|| {
            let deeper = depth.checked_sub(1)?;
            items
                .iter()
                .filter(|path| path.is_dir())
                .find_map(|path| search(entry, path, deeper))
        })
}
