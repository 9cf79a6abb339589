//! In: a package of the Python index. Out: its wheel, which `pip download` fetches. Nothing is installed
//! and no code of the package runs: only wheels are accepted. On a Debian without pip, pip itself is fetched with
//! `apt-get download`, unpacked into our own folder and run from there, without root.

use super::apt::{self, Apt};
use super::child::{Watch, run};
use super::{Desk, Failure, items, only_file, words};
use crate::entry::PypiSource;
use std::ffi::OsString;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

pub(super) fn fetch(wheel: &PypiSource, desk: &mut Desk<'_>) -> Result<PathBuf, Failure> {
    let pip = find(desk)?;
    let folder = desk.work.join("pip");
    let (wheels, scratch) = (folder.join("wheels"), folder.join("scratch"));
    std::fs::create_dir_all(&wheels)?;
    std::fs::create_dir_all(&scratch)?;
    let wanted = folder.join("wanted.txt");
    let mut line = format!("{}=={}", wheel.package, wheel.version);
    if let Some(digest) = &wheel.wheel_sha256 {
        line.push_str(&format!(" --hash=sha256:{digest}"));
    }
    writeln!(File::create_new(&wanted)?, "{line}")?;
    let mut command = pip.command();
    command
        .args(words(
            "download --no-deps --only-binary :all: --no-input --no-cache-dir",
        ))
        .args(words("--disable-pip-version-check --progress-bar off --quiet"))
        .args(words("--timeout 8 --retries 1"));
    if wheel.wheel_sha256.is_some() {
        command.arg("--require-hashes");
    }
    if let Some(which) = &wheel.wheel_for {
        command
            .args([
                "--implementation",
                "cp",
                "--python-version",
                which.python.as_str(),
            ])
            .args(["--platform", which.platform.as_str()]);
    }
    command
        .arg("--dest")
        .arg(&wheels)
        .arg("--requirement")
        .arg(&wanted);
    command.current_dir(&folder).env("TMPDIR", &scratch);
    run(command, &Watch::package(&folder, desk), desk)?;
    only_file(&wheels, ".whl")
}

/// A pip that answers.
struct Pip {
    program: PathBuf,
    arguments: Vec<&'static str>,
    variables: Vec<(&'static str, OsString)>,
}

impl Pip {
    fn command(&self) -> Command {
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    fn answers(&self, desk: &mut Desk<'_>) -> Result<bool, Failure> {
        let mut command = self.command();
        command.arg("--version").current_dir(desk.work);
        let watch = Watch::aside(desk.work, desk);
        match run(command, &watch, desk) {
            Ok(_) => Ok(true),
            Err(Failure::Source(_)) => Ok(false),
            Err(other) => Err(other),
        }
    }
}

fn find(desk: &mut Desk<'_>) -> Result<Pip, Failure> {
    for (name, arguments) in [("python3", vec!["-m", "pip"]), ("pip3", vec![]), ("pip", vec![])] {
        let Some(program) = desk.program(name) else {
            continue;
        };
        let pip = Pip {
            program,
            arguments,
            variables: Vec::new(),
        };
        if pip.answers(desk)? {
            return Ok(pip);
        }
    }
    let missing = |why: &str| {
        Failure::Source(format!(
            "pip is not installed (Debian: apt-get install python3-pip){why}"
        ))
    };
    match from_debian(desk) {
        Err(Failure::Source(why)) => Err(missing(&format!(", and could not be fetched:\n  {why}"))),
        other => other,
    }
}

/// pip as Debian packages it, unpacked into a folder of ours.
fn from_debian(desk: &mut Desk<'_>) -> Result<Pip, Failure> {
    let root = desk.clients.join("debian-pip");
    if root.join("usr").is_dir() {
        let pip = unpacked(&root, desk)?;
        if pip.answers(desk)? {
            return Ok(pip);
        }
        // From before an upgrade of the system's Python, say: fetched anew.
        std::fs::remove_dir_all(&root)?;
    }
    desk.progress
        .note("pip is not installed here: fetching Debian's, for this program alone");
    let staging = desk.work.join("debian-pip");
    std::fs::create_dir_all(&staging)?;
    for package in packages(desk)? {
        apt::unpack(&package, &staging, desk)?;
    }
    certificates(&staging)?;
    if let Err(error) = std::fs::rename(&staging, &root)
        && !root.join("usr").is_dir()
    {
        return Err(error.into());
    }
    let pip = unpacked(&root, desk)?;
    if pip.answers(desk)? {
        Ok(pip)
    } else {
        Err(Failure::Source("Debian's pip does not start".to_owned()))
    }
}

/// The Debian packages that pip needs and this machine lacks.
fn packages(desk: &mut Desk<'_>) -> Result<Vec<PathBuf>, Failure> {
    let apt = Apt::open(desk)?;
    let folder = desk.work.join("debian");
    let archives = folder.join("archives");
    let unresolved = match apt.download_missing("python3-pip", &folder, desk) {
        Ok(()) => None,
        Err(Failure::Source(why)) => Some(why),
        Err(other) => return Err(other),
    };
    let mut found = debs(&archives)?;
    if !found
        .iter()
        .any(|path| path.to_string_lossy().contains("/python3-pip_"))
    {
        // apt believes that pip is there although it does not answer, or cannot resolve on this machine: the packages
        // that pip consists of are fetched by name. That is enough where there is a Python.
        if desk.program("python3").is_none() {
            let why = unresolved.unwrap_or_else(|| "apt says that it is installed".to_owned());
            return Err(Failure::Source(format!(
                "Python is not installed, and apt does not fetch it: {why}"
            )));
        }
        for package in ["python3-pip", "python3-setuptools", "python3-wheel"] {
            apt.download(package, &archives, desk)?;
        }
        found = debs(&archives)?;
    }
    Ok(found)
}

fn debs(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    items(folder, |path| {
        path.extension().is_some_and(|ending| ending == "deb")
    })
}

/// How to start what was unpacked below `root`: with the machine's Python if it has one, else with the unpacked one.
fn unpacked(root: &Path, desk: &Desk<'_>) -> Result<Pip, Failure> {
    let usr = root.join("usr");
    let mut variables = vec![(
        "PYTHONPATH",
        usr.join("lib/python3/dist-packages").into_os_string(),
    )];
    let bundle = root.join("certificates.pem");
    if bundle.is_file() && std::env::var_os("PIP_CERT").is_none() {
        variables.push(("PIP_CERT", bundle.into_os_string()));
    }
    let program = if let Some(program) = desk.program("python3") {
        program
    } else {
        variables.push(("PYTHONHOME", usr.clone().into_os_string()));
        let mut libraries = folders_like(&usr.join("lib"), "-linux-gnu")?;
        libraries.extend(folders_like(&root.join("lib"), "-linux-gnu").unwrap_or_default());
        let joined = std::env::join_paths(libraries).map_err(|error| error.to_string())?;
        variables.push(("LD_LIBRARY_PATH", joined));
        let programs = items(&usr.join("bin"), |path| minor_version(path).is_some())?;
        newest(programs).ok_or_else(|| "Debian's packages brought no Python".to_owned())?
    };
    Ok(Pip {
        program,
        arguments: vec!["-m", "pip"],
        variables,
    })
}

/// Of several Pythons the newest, by number: 3.11 is newer than 3.9.
fn newest(pythons: Vec<PathBuf>) -> Option<PathBuf> {
    pythons.into_iter().max_by_key(|program| minor_version(program))
}

/// The 11 of `python3.11`. None: it is no such program.
fn minor_version(program: &Path) -> Option<u32> {
    let name = program.file_name()?.to_str()?;
    name.strip_prefix("python3.")?.parse().ok()
}

fn folders_like(parent: &Path, part: &str) -> Result<Vec<PathBuf>, Failure> {
    items(parent, |path| {
        path.is_dir() && path.to_string_lossy().contains(part)
    })
}

/// Debian puts its certificates together when ca-certificates is configured; unpacked alone, they must be joined.
fn certificates(root: &Path) -> Result<(), Failure> {
    let folder = root.join("usr/share/ca-certificates/mozilla");
    if Path::new("/etc/ssl/certs/ca-certificates.crt").is_file() || !folder.is_dir() {
        return Ok(());
    }
    let files = items(&folder, |_| true)?;
    let mut bundle = File::create_new(root.join("certificates.pem"))?;
    for file in files {
        bundle.write_all(&std::fs::read(file)?)?;
        bundle.write_all(b"\n")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_pythons_the_one_of_the_highest_version_is_taken() {
        let programs = |names: [&str; 2]| names.map(|name| Path::new("bin").join(name)).to_vec();
        for names in [["python3.9", "python3.11"], ["python3.11", "python3.9"]] {
            assert_eq!(newest(programs(names)), Some(PathBuf::from("bin/python3.11")));
        }
        for other in ["python3", "python3.", "python3.11-config", "python2.7", "pip3.11"] {
            assert_eq!(minor_version(Path::new(other)), None, "{other}");
        }
    }
}
