//! In: a package of the npm registry. Out: the archive that `npm pack` fetches, and its members. No script of the package is run.

use super::child::{Watch, run};
use super::{Desk, Failure, node, only_file, words};
use crate::entry::NpmSource;
use crate::member;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(super) fn fetch(npm: &NpmSource, desk: &mut Desk<'_>) -> Result<PathBuf, Failure> {
    let npm_itself = node::find(desk)?;
    let folder = desk.work.join("npm");
    let packed = folder.join("packed");
    std::fs::create_dir_all(&packed)?;
    let mut command = Command::new(npm_itself.program);
    command
        .args(npm_itself.script)
        .args(words("pack --ignore-scripts --loglevel=error"))
        .args(words("--fetch-retries=1 --fetch-timeout=10000"))
        .arg("--cache")
        .arg(folder.join("cache"))
        .arg("--pack-destination")
        .arg(&packed)
        .arg(format!("{}@{}", npm.package, npm.version))
        .current_dir(&folder)
        .env("TMPDIR", &folder);
    run(command, &Watch::package(&folder, desk), desk)?;
    only_file(&packed, ".tgz")
}

/// Takes one member, of so many bytes, out of the archive.
pub(super) fn extract(archive: &Path, npm: &NpmSource, bytes: u64, target: &Path) -> Result<(), Failure> {
    let reader = flate2::read::GzDecoder::new(std::fs::File::open(archive)?);
    let member = format!("package/{}", npm.member);
    Ok(member::from_tar(reader, &member, bytes, target)?)
}
