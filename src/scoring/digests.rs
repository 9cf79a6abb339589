//! SHA-256 of what was scored. In: a path. Out: the digest of the file, or, of a folder, of the list of its files' digests
//! with their places in it.

use super::error::EvaluateError;
use super::ground_truth::rows::unreadable;
use std::path::{Path, PathBuf};
use vsa_base::digest;

pub(super) fn of(path: &Path) -> Result<String, EvaluateError> {
    if path.is_file() {
        return of_file(path);
    }
    let mut files = Vec::new();
    gather(path, &mut files)?;
    files.sort();
    let mut list = String::new();
    for file in files {
        let inside = file
            .strip_prefix(path)
            .unwrap_or(&file)
            .to_string_lossy()
            .replace('\\', "/");
        list.push_str(&format!("{}  {inside}\n", of_file(&file)?));
    }
    Ok(digest::of_bytes(list.as_bytes()))
}

fn of_file(path: &Path) -> Result<String, EvaluateError> {
    let (digest, _) = digest::of_file(path).map_err(unreadable(path))?;
    Ok(digest)
}

fn gather(folder: &Path, files: &mut Vec<PathBuf>) -> Result<(), EvaluateError> {
    for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
        let entry = entry.map_err(unreadable(folder))?;
        let kind = entry.file_type().map_err(unreadable(folder))?;
        // Links are not followed into other folders: they could lead round in a circle.
        if kind.is_dir() {
            gather(&entry.path(), files)?;
        } else if is_label_file(&entry.path()) {
            files.push(entry.path());
        }
    }
    Ok(())
}

/// Pictures beside the labels are not scored, so that they do not belong to the digest.
fn is_label_file(path: &Path) -> bool {
    let endings = ["txt", "xml", "json", "csv", "ini", "yaml", "mat"];
    path.is_file()
        && path
            .extension()
            .is_some_and(|found| endings.iter().any(|ending| found.eq_ignore_ascii_case(ending)))
}
