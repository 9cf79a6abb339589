//! In: a file. Out: its SHA-256; or the file of a given content among the user's own folders.

use super::entry::Entry;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{Read, Result};
use std::path::{Path, PathBuf};

/// How deep local folders are searched: a folder of folders, one per project.
const DEPTH: u32 = 3;

/// SHA-256 of a file, as lower-case hexadecimal digits.
pub(super) fn sha256(path: &Path) -> Result<String> {
    let mut file = File::open(path)?;
    let mut state = Sha256::new();
    let mut buffer = vec![0_u8; 1 << 16];
    loop {
        let count = file.read(&mut buffer)?;
        if count == 0 {
            break;
        }
        state.update(&buffer[..count]);
    }
    Ok(state
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect())
}

/// Whether a file is what an entry says. The size is compared first: it costs nothing.
pub(super) fn is_content_of(path: &Path, entry: &Entry) -> bool {
    path.metadata()
        .is_ok_and(|meta| meta.is_file() && meta.len() == entry.bytes)
        && sha256(path).is_ok_and(|found| found == entry.sha256.as_str())
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
