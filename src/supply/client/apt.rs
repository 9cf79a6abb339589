//! In: a Debian package. Out: the package, and its members. `apt-get` runs as the ordinary user, with its lists, its cache and
//! its state in our own folder, so that no root is needed and nothing of the system changes.

use super::child::{Watch, run};
use super::{Desk, Failure, only_file, words};
use crate::entry::DebianSource;
use crate::member;
use std::ffi::OsString;
use std::fs::OpenOptions;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use vsa_base::PASSPHRASE;

pub(super) fn fetch(deb: &DebianSource, desk: &mut Desk<'_>) -> Result<PathBuf, Failure> {
    let folder = desk.work.join("apt");
    std::fs::create_dir_all(&folder)?;
    let apt = Apt::open(desk)?;
    apt.download(deb.package.as_str(), &folder, desk)?;
    only_file(&folder, ".deb")
}

/// `apt-get` with folders of its own.
pub(super) struct Apt {
    program: PathBuf,
    root: PathBuf,
}

impl Apt {
    pub(super) fn open(desk: &Desk<'_>) -> Result<Self, Failure> {
        let program = desk.needed("apt-get", "apt-get is not installed (not a Debian?)")?;
        let root = desk.clients.join("apt");
        for folder in ["state/lists/partial", "cache/archives/partial"] {
            std::fs::create_dir_all(root.join(folder))?;
        }
        OpenOptions::new()
            .append(true)
            .create(true)
            .open(root.join("state/status"))?;
        Ok(Self { program, root })
    }

    /// `apt-get` with our folders; `status` says what counts as installed.
    fn command(&self, status: &Path) -> Command {
        let mut command = Command::new(&self.program);
        for (key, folder) in [
            ("Dir::State", self.root.join("state")),
            ("Dir::State::Lists", self.root.join("state/lists")),
            ("Dir::State::status", status.to_owned()),
            ("Dir::Cache", self.root.join("cache")),
        ] {
            command.arg("-o").arg(placed(key, &folder));
        }
        for option in [
            // The system's locks are not ours to take, and the folders are our own.
            "Debug::NoLocking=1",
            // As root, apt would download as the user _apt, who cannot enter a private cache folder.
            "APT::Sandbox::User=root",
            "Acquire::Languages=none",
            "Acquire::Retries=1",
            "Acquire::http::Timeout=10",
            "Acquire::https::Timeout=10",
        ] {
            command.args(["-o", option]);
        }
        command.arg("-q").env("DEBIAN_FRONTEND", "noninteractive");
        command
    }

    fn update(&self, desk: &mut Desk<'_>) -> Result<(), Failure> {
        let mut command = self.command(&self.root.join("state/status"));
        command.arg("update");
        desk.progress
            .note("reading the lists of Debian packages (kept for the next time)");
        let watch = Watch::aside(&self.root.join("state/lists"), desk);
        run(command, &watch, desk).map(drop)
    }

    /// Runs `attempt`; if it fails, brings the lists up to date and runs it again.
    fn with_lists(
        &self,
        desk: &mut Desk<'_>,
        mut attempt: impl FnMut(&Self, &mut Desk<'_>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let lists = self.root.join("state/lists");
        let known = std::fs::read_dir(&lists)?
            .flatten()
            .any(|item| item.path().is_file());
        if known {
            match attempt(self, desk) {
                Err(Failure::Source(_)) => {}
                done => return done,
            }
        }
        // One broken list among the user's sources is no reason to give up: the download decides.
        let updated = self.update(desk);
        match (attempt(self, desk), updated) {
            (Err(Failure::Source(why)), Err(Failure::Source(before))) => {
                Err(Failure::Source(format!("{before}\n  {why}")))
            }
            (_, Err(Failure::Stopped)) => Err(Failure::Stopped),
            (_, Err(Failure::DiskFull)) => Err(Failure::DiskFull),
            (result, _) => result,
        }
    }

    /// Downloads one package into `folder`.
    pub(super) fn download(&self, package: &str, folder: &Path, desk: &mut Desk<'_>) -> Result<(), Failure> {
        self.with_lists(desk, |apt, desk| {
            let mut command = apt.command(&apt.root.join("state/status"));
            command.arg("download").arg(package).current_dir(folder);
            run(command, &Watch::package(folder, desk), desk).map(drop)
        })
    }

    /// Downloads a package and what it needs that the machine lacks into `folder/archives`, installing nothing.
    pub(super) fn download_missing(
        &self,
        package: &str,
        folder: &Path,
        desk: &mut Desk<'_>,
    ) -> Result<(), Failure> {
        let archives = folder.join("archives");
        std::fs::create_dir_all(archives.join("partial"))?;
        self.with_lists(desk, |apt, desk| {
            let mut command = apt.command(desk.dpkg_status);
            command.arg("-o").arg(placed("Dir::Cache::archives", &archives));
            command.args(words("--yes --download-only --no-install-recommends install"));
            command.arg(package);
            run(command, &Watch::package(folder, desk), desk).map(drop)
        })
    }
}

/// An option of apt that names a place.
fn placed(key: &str, path: &Path) -> OsString {
    let mut option = OsString::from(format!("{key}="));
    option.push(path);
    option
}

/// Unpacks a whole package of Debian's below `root`, running none of its scripts.
pub(super) fn unpack(archive: &Path, root: &Path, desk: &mut Desk<'_>) -> Result<(), Failure> {
    let mut command = Command::new(dpkg_deb(desk)?);
    command.arg("-x").arg(archive).arg(root);
    run(command, &Watch::aside(root, desk), desk).map(drop)
}

fn dpkg_deb(desk: &Desk<'_>) -> Result<PathBuf, Failure> {
    desk.needed("dpkg-deb", "dpkg-deb is not installed")
}

/// Streams a package through `dpkg-deb` and keeps one member.
pub(super) fn extract(
    archive: &Path,
    wanted: &str,
    bytes: u64,
    target: &Path,
    desk: &Desk<'_>,
) -> Result<(), Failure> {
    let mut child = Command::new(dpkg_deb(desk)?)
        .arg("--fsys-tarfile")
        .arg(archive)
        .env("PATH", desk.search_path)
        .env_remove(PASSPHRASE)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let stream = child.stdout.take().expect("the output of dpkg-deb is piped");
    let result = member::from_tar(stream, wanted, bytes, target);
    // The member is found before the archive ends: the rest is not waited for.
    drop(child.kill());
    drop(child.wait());
    Ok(result?)
}
