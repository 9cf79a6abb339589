//! Runs the program as a user does: arguments in, exit code, stdout, stderr and files out.

use crate::shipped;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// The program, as it ships, without the settings of whoever runs the tests.
pub(crate) fn program() -> Command {
    let mut command = Command::new(shipped::program());
    command
        .env_remove("NO_COLOR")
        .env_remove("VSA_AUDIT_OFFLINE")
        .stdin(Stdio::null());
    command
}

/// What a run left.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Run {
    pub(crate) fn of(command: &mut Command) -> Self {
        Self::from(&command.output().expect("the program can be started"))
    }

    pub(crate) fn from(output: &Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            stdout: String::from_utf8(output.stdout.clone()).expect("stdout is text"),
            stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// Ends the test unless the run ended with `code`.
    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Self {
        assert_eq!(
            self.code, code,
            "stdout:\n{}\nstderr:\n{}",
            self.stdout, self.stderr
        );
        self
    }
}

/// The PETS sample, fetched by the program itself where it is not here yet.
pub(crate) fn pets_clip() -> PathBuf {
    let run = Run::of(program().args(["samples", "pull", "pets09-s2l1"])).expect(0);
    let line = run.stdout.lines().last().expect("name and path of the sample");
    let path = line.rsplit('\t').next().unwrap_or_default().to_owned();
    assert!(Path::new(&path).is_file(), "{path}");
    PathBuf::from(path)
}

/// `frames` frames of the sample from `first` on, without loss, as a file of its own.
pub(crate) fn pets_piece(folder: &Path, first: u64, frames: u64) -> PathBuf {
    let piece = folder.join(format!("piece-{first}-{frames}.mkv"));
    let select = format!("select=gte(n\\,{first}),setpts=PTS-STARTPTS");
    ffmpeg(|command| {
        command
            .arg("-i")
            .arg(pets_clip())
            .args(["-vf", &select, "-frames:v", &frames.to_string()]);
        command.args(["-an", "-c:v", "ffv1"]).arg(&piece);
    });
    piece
}

/// Runs ffmpeg, which `./scripts/test` has installed.
pub(crate) fn ffmpeg(arguments: impl FnOnce(&mut Command)) {
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-y"]);
    arguments(&mut command);
    let output = command.output().expect("ffmpeg is installed: run ./scripts/test");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// Names of what lies in a folder, sorted; hidden files too.
pub(crate) fn names_in(folder: &Path) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<_> = entries
        .map(|entry| {
            entry
                .expect("a readable folder")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

/// An audit of `piece` into `out`, of data declared public.
pub(crate) fn audit(piece: &Path, out: &Path, more: &[&str]) -> Command {
    let mut command = program();
    command.args(["audit", "--data-basis", "public"]).args(more);
    command.arg(piece).arg("--out").arg(out);
    command
}
