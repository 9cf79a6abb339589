//! In: the store. Out: an ffmpeg that runs: the machine's own, else the one of the tool registry.

use super::client::is_program;
use super::entry::ToolEntry;
use super::error::SupplyError;
use super::progress::Progress;
use super::registry::ToolRegistry;
use super::store::Store;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use vsa_base::PASSPHRASE;

/// The program to start for decoding. The machine's own comes first: it is kept up to date by whoever keeps the machine.
///
/// # Errors
/// When the machine has none and none can be had.
pub fn find_or_pull_ffmpeg(store: &Store, progress: &mut dyn Progress) -> Result<PathBuf, SupplyError> {
    match found(store) {
        Some(own) => Ok(own),
        None => store.obtain(&registered()?.entry, progress),
    }
}

/// The one of the tool registry, where the machine has none.
///
/// # Errors
/// When there is none for this platform either.
pub fn ffmpeg_to_pull(store: &Store) -> Result<Option<ToolEntry>, SupplyError> {
    match found(store) {
        Some(_) => Ok(None),
        None => registered().map(Some),
    }
}

/// The machine's own.
fn found(store: &Store) -> Option<PathBuf> {
    let folders = std::env::split_paths(&store.options().search_path);
    let mut candidates = folders
        .map(|folder| folder.join("ffmpeg"))
        .filter(|path| is_program(path));
    candidates.find(|path| runs(path))
}

fn registered() -> Result<ToolEntry, SupplyError> {
    let tools = ToolRegistry::builtin()?;
    let tool = tools.find("ffmpeg").ok_or_else(|| SupplyError::Unknown {
        what: "program for this platform",
        name: "ffmpeg".to_owned(),
        known: "none (install ffmpeg with your system's package manager)".to_owned(),
    })?;
    Ok(tool.clone())
}

fn runs(program: &Path) -> bool {
    let mut command = Command::new(program);
    command
        .arg("-version")
        .env_remove(PASSPHRASE)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
