//! Redacted frames in, an MP4 out that is either whole or absent. An ffmpeg child encodes (H.264, libx264) into a file
//! under a temporary name; only [`FinishedFilm::publish`] gives it its own.
//!
//! It takes [`RedactedFrame`]s and no other pixels. No sound, no subtitles, no metadata, no encoder's name: nothing comes
//! from the source but what was painted. A fixed number of threads, so that the same frames give the same bytes on every
//! machine with the same ffmpeg.

use crate::{RedactedFrame, RedactedSink};
use std::fs::{File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, Command, Stdio};
use std::thread::JoinHandle;
use vsa_base::folder::{FolderError, OutputFolder};
use vsa_base::{Reason, digest};
use vsa_sandbox::ChildRules;

/// Threads of the encoder: x264 divides the work by them, and another number gives other bytes.
const THREADS: &str = "2";

/// x264's scale of loss: 18 is called visually lossless. The loss is after the masks.
const QUALITY: &str = "18";

/// Messages of the encoder are cut to so many characters.
const LONGEST_MESSAGE: usize = 300;

/// A film that is being written.
pub struct Film<'folder> {
    folder: &'folder OutputFolder,
    target: PathBuf,
    program: PathBuf,
    running: Option<Running>,
    frames: u64,
    frame_rate: f64,
}

struct Running {
    child: Child,
    input: ChildStdin,
    said: JoinHandle<String>,
    file: tempfile::TempPath,
}

impl Running {
    /// Ends it. Out: what it said.
    fn stop(mut self) -> String {
        drop(self.input);
        // An error means that it has ended already. The temporary file goes with its path.
        drop(self.child.kill());
        drop(self.child.wait());
        self.said.join().unwrap_or_default()
    }
}

/// A film that was written, under a temporary name.
pub struct FinishedFilm<'folder> {
    folder: &'folder OutputFolder,
    file: tempfile::TempPath,
    /// SHA-256 of its bytes.
    pub sha256: String,
    /// Its size.
    pub bytes: u64,
    /// Its frames.
    pub frames: u64,
    /// Frames in a second.
    pub frame_rate: f64,
    /// What encoded it.
    pub encoder: String,
}

impl<'folder> Film<'folder> {
    /// Will write `name` in `folder`, with the ffmpeg `program`.
    #[must_use]
    pub fn new(folder: &'folder OutputFolder, name: &str, program: &Path) -> Self {
        Self {
            folder,
            target: folder.path().join(name),
            program: program.to_owned(),
            running: None,
            frames: 0,
            frame_rate: 0.0,
        }
    }

    /// All frames were taken.
    ///
    /// # Errors
    /// Where the encoder failed or there was no frame.
    pub fn finish(mut self) -> Result<FinishedFilm<'folder>, Reason> {
        let Some(mut running) = self.running.take() else {
            return Err("there was no frame to write".into());
        };
        drop(running.input);
        let status = running.child.wait().map_err(Reason::of)?;
        let said = running.said.join().unwrap_or_default();
        if !status.success() {
            return Err(failed(&said));
        }
        let (sha256, bytes) = digest::of_file(&running.file).map_err(Reason::of)?;
        let encoder = encoder(&self.program);
        Ok(FinishedFilm {
            folder: self.folder,
            file: running.file,
            sha256,
            bytes,
            frames: self.frames,
            frame_rate: self.frame_rate,
            encoder,
        })
    }
}

impl FinishedFilm<'_> {
    /// Gives the film its name, and writes `others` beside it.
    ///
    /// # Errors
    /// [`FolderError`].
    pub fn publish(self, name: &str, others: &[(&str, &[u8])]) -> Result<(), FolderError> {
        self.folder.publish_with(name, self.file, others)
    }
}

impl RedactedSink for Film<'_> {
    fn begin(&mut self, width: u32, height: u32, frame_rate: f64) -> Result<(), Reason> {
        let file = self
            .folder
            .temporary(&self.target)
            .map_err(Reason::of)?
            .into_temp_path();
        let mut command = command(&self.program, (width, height), frame_rate, &file);
        // It reads its pictures from a pipe, and may write this one file.
        let rules = ChildRules {
            output: Some(writable(&file).map_err(Reason::of)?),
            ..ChildRules::default()
        };
        command.stdin(Stdio::piped()).stderr(Stdio::piped());
        let mut child = vsa_sandbox::spawn(command, rules).map_err(|error| {
            format!(
                "cannot start the encoder {}: {error}; install ffmpeg",
                self.program.display()
            )
        })?;
        let (Some(input), Some(messages)) = (child.stdin.take(), child.stderr.take()) else {
            return Err("the encoder has no pipes".into());
        };
        self.frame_rate = frame_rate;
        self.running = Some(Running {
            child,
            input,
            said: std::thread::spawn(move || said(messages)),
            file,
        });
        Ok(())
    }

    fn frame(&mut self, frame: &RedactedFrame) -> Result<(), Reason> {
        let Some(running) = &mut self.running else {
            return Err("the film was not begun".into());
        };
        if let Err(error) = running.input.write_all(frame.rgb()) {
            // It ended by itself, or it is of no use any more.
            let said = self.running.take().map(Running::stop).unwrap_or_default();
            return Err(if said.is_empty() {
                Reason(format!("the encoder ended early: {error}"))
            } else {
                failed(&said)
            });
        }
        self.frames += 1;
        Ok(())
    }
}

impl Drop for Film<'_> {
    fn drop(&mut self) {
        drop(self.running.take().map(Running::stop));
    }
}

fn command(program: &Path, (width, height): (u32, u32), frame_rate: f64, file: &Path) -> Command {
    let mut command = Command::new(program);
    command.env("AV_LOG_FORCE_NOCOLOR", "1");
    // Ctrl-C goes to every process of the group: the encoder shall end when we say so, not before.
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        command.process_group(0);
    }
    command.args(["-hide_banner", "-nostats", "-loglevel", "error", "-y"]);
    command.args(["-f", "rawvideo", "-pix_fmt", "rgb24"]);
    command.args(["-video_size", &format!("{width}x{height}")]);
    command.args(["-framerate", &frame_rate.to_string(), "-i", "pipe:0"]);
    command.args(["-map", "0:v:0", "-an", "-sn", "-dn"]);
    command.args(["-map_metadata", "-1", "-map_chapters", "-1"]);
    // Chroma is shared by 2x2 pixels: an odd side gets a black line.
    command.args(["-vf", "pad=ceil(iw/2)*2:ceil(ih/2)*2"]);
    command.args(["-sws_flags", "bicubic+bitexact+accurate_rnd+full_chroma_int"]);
    command.args(["-c:v", "libx264", "-preset", "veryfast", "-crf", QUALITY]);
    command.args(["-threads", THREADS, "-pix_fmt", "yuv420p"]);
    // x264 writes its settings into the stream; nothing needs them there.
    command.args(["-bsf:v", "filter_units=remove_types=6"]);
    command.args(["-fflags", "+bitexact", "-flags:v", "+bitexact"]);
    // A name has to be there; without one it would be the encoder's.
    command.args(["-metadata:s:v:0", "encoder=H.264"]);
    command.args(["-movflags", "+faststart", "-f", "mp4"]);
    let mut name = std::ffi::OsString::from("file:");
    name.push(name_of(file));
    command.arg(name);
    command
}

/// By which name it opens what it writes: its own standard output, which is a file that it can seek in. No name of the user's
/// stands on a command line.
#[cfg(target_os = "linux")]
fn name_of(_file: &Path) -> &Path {
    Path::new("/dev/fd/1")
}
#[cfg(not(target_os = "linux"))]
fn name_of(file: &Path) -> &Path {
    file
}

fn writable(file: &Path) -> std::io::Result<File> {
    OpenOptions::new().read(true).write(true).open(file)
}

/// The end of what it said.
fn said(mut messages: ChildStderr) -> String {
    let mut bytes = Vec::new();
    // What cannot be read is not told.
    drop(messages.read_to_end(&mut bytes));
    let text = String::from_utf8_lossy(&bytes);
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let clean: String = words.chars().filter(|c| !c.is_control()).collect();
    clean.chars().take(LONGEST_MESSAGE).collect()
}

fn failed(said: &str) -> Reason {
    if said.contains("Unknown encoder") {
        return Reason::of(
            "this ffmpeg has no H.264 encoder (libx264): install one that has, such as your distribution's",
        );
    }
    Reason(format!("the encoder failed: {said}"))
}

/// Such as `ffmpeg 5.1.9-0+deb12u1, libx264`.
fn encoder(program: &Path) -> String {
    let mut command = Command::new(program);
    command
        .arg("-version")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let output = vsa_sandbox::spawn(command, ChildRules::default()).and_then(Child::wait_with_output);
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned());
    let text = text.unwrap_or_default();
    let version = text
        .strip_prefix("ffmpeg version ")
        .and_then(|rest| rest.split_whitespace().next());
    format!("ffmpeg {}, libx264", version.unwrap_or("of unknown version"))
}
