//! In: a command and the folder that it fills. Out: what it printed; or why it was ended: it failed, fell silent, grew
//! beyond its size, or somebody asked us to stop. Deliberately not here: which command.

use super::{Desk, Failure};
use std::fs::File;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;
use vsa_base::PASSPHRASE;
use vsa_base::environment::Stopwatch;

/// Between two looks at a child. Short enough for a smooth bar, long enough to cost nothing.
const POLL: Duration = Duration::from_millis(40);
/// Of what a client said, this much is shown when it fails.
const SHOWN_LINES: usize = 4;

/// What to hold a child to.
pub(super) struct Watch {
    /// Its growth is the progress.
    pub(super) folder: PathBuf,
    /// Silence after which it is ended.
    pub(super) silence: Duration,
    /// Size of `folder` at which it is ended.
    pub(super) limit: Option<u64>,
    /// Whether growth is shown as the progress of the transfer.
    pub(super) shown: bool,
}

impl Watch {
    /// Of a package client that fills `folder`.
    pub(super) fn package(folder: &Path, desk: &Desk<'_>) -> Self {
        Self {
            folder: folder.to_owned(),
            silence: desk.patience.package,
            limit: None,
            shown: true,
        }
    }

    /// The same, where what grows is not what is waited for.
    pub(super) fn aside(folder: &Path, desk: &Desk<'_>) -> Self {
        Self {
            shown: false,
            ..Self::package(folder, desk)
        }
    }
}

/// Runs `command` to its end and returns its standard output.
pub(super) fn run(mut command: Command, watch: &Watch, desk: &mut Desk<'_>) -> Result<String, Failure> {
    let log = tempfile::Builder::new().prefix("log-").tempdir_in(desk.work)?;
    let (out, err) = (log.path().join("out"), log.path().join("err"));
    command
        .stdin(Stdio::null())
        .stdout(File::create_new(&out)?)
        .stderr(File::create_new(&err)?)
        .env("PATH", desk.search_path)
        .env("LC_ALL", "C.UTF-8")
        .env_remove(PASSPHRASE)
        // Its own group, so that a client's own children end with it.
        .process_group(0);
    let name = program_name(&command);
    let child = command
        .spawn()
        .map_err(|error| format!("{name} cannot be started: {error}"))?;
    let mut group = Group(Some(child));
    let base = folder_size(&watch.folder);
    let mut size = base;
    let mut silent = Stopwatch::start();
    let status = loop {
        if let Some(status) = group.poll()? {
            break status;
        }
        if desk.is_stopping() {
            return Err(Failure::Stopped);
        }
        let now = folder_size(&watch.folder);
        if now != size {
            size = now;
            silent = Stopwatch::start();
            if watch.shown {
                desk.progress.advance(size.saturating_sub(base));
            }
        }
        if watch.limit.is_some_and(|limit| size > limit) {
            return Err(Failure::Source(format!(
                "{name} was ended: more bytes arrived than the registry allows"
            )));
        }
        if silent.elapsed() > watch.silence {
            let seconds = watch.silence.as_secs_f32();
            let said = last_lines(&err);
            return Err(Failure::Source(format!(
                "{name} was ended: nothing arrived for {seconds} s{said}"
            )));
        }
        std::thread::sleep(POLL);
    };
    group.0 = None;
    if desk.is_stopping() {
        return Err(Failure::Stopped);
    }
    if status.success() {
        return Ok(read_lossy(&out));
    }
    let said = last_lines(&err);
    if read_lossy(&err).contains("No space left on device") {
        return Err(Failure::DiskFull);
    }
    Err(Failure::Source(format!("{name} failed ({status}){said}")))
}

/// A child that does not outlive its watcher, whatever the reason.
struct Group(Option<Child>);

impl Group {
    fn poll(&mut self) -> Result<Option<std::process::ExitStatus>, Failure> {
        match &mut self.0 {
            Some(child) => Ok(child.try_wait()?),
            None => Ok(None),
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(mut child) = self.0.take() {
            // The shell's own `kill`, for the standard library can only reach the child itself, not its group.
            let group = child.id().to_string();
            let signal = ["-c", "kill -s KILL -- \"-$1\"", "sh", &group];
            let quiet = Command::new("/bin/sh")
                .args(signal)
                .stderr(Stdio::null())
                .status();
            if !quiet.is_ok_and(|status| status.success()) {
                drop(child.kill());
            }
            drop(child.wait());
        }
    }
}

fn program_name(command: &Command) -> String {
    let path = Path::new(command.get_program());
    path.file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy()
        .into_owned()
}

fn read_lossy(path: &Path) -> String {
    std::fs::read(path)
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}

fn last_lines(path: &Path) -> String {
    let text = read_lossy(path);
    let lines: Vec<&str> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect();
    let shown = &lines[lines.len().saturating_sub(SHOWN_LINES)..];
    shown
        .iter()
        .map(|line| format!("\n    {}", printable(line)))
        .collect()
}

/// A client's words without terminal control, and not endless.
fn printable(line: &str) -> String {
    line.chars().filter(|c| !c.is_control()).take(300).collect()
}

/// Bytes in all files below a folder. Files come and go while it looks; what cannot be read counts nothing.
pub(super) fn folder_size(folder: &Path) -> u64 {
    let Ok(items) = std::fs::read_dir(folder) else {
        return 0;
    };
    items
        .flatten()
        .map(|item| match item.file_type() {
            Ok(kind) if kind.is_dir() => folder_size(&item.path()),
            Ok(kind) if kind.is_file() => item.metadata().map_or(0, |meta| meta.len()),
            _ => 0,
        })
        .sum()
}
