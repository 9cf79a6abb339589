//! A child process in, its output as a reader out, and its messages at the end. It is watched: one that gives nothing
//! for too long while it is waited for is killed, and so is one that is no longer wanted. None outlives its reader.

use super::command;
use super::messages::Messages;
use crate::footage::error::{FootageError, no_decoder};
use crate::footage::source::cannot_open;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, ExitStatus, Stdio};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;
use vsa_sandbox::ChildRules;

/// How often the watch looks.
const LOOK: Duration = Duration::from_millis(50);

/// Room for a frame of standard size between the child and us, where the system's default is a tenth of that: what Linux grants to
/// anybody unless it is told otherwise.
#[cfg(target_os = "linux")]
const PIPE_BYTES: usize = 1 << 20;

/// A running child, read from its standard output.
pub(crate) struct WatchedChild {
    stdout: Option<ChildStdout>,
    watched: Arc<Watched>,
    watch: Option<JoinHandle<()>>,
    messages: Option<JoinHandle<Messages>>,
}

struct Watched {
    child: Mutex<Child>,
    /// Somebody waits for output now. A child that waits for us is not silent.
    waiting: AtomicBool,
    progress: AtomicU64,
    silent: AtomicBool,
    ended: Mutex<bool>,
    end: Condvar,
}

/// How a child ended.
pub(crate) struct Ending {
    pub(crate) messages: Messages,
    /// It was killed because it gave nothing for too long.
    pub(crate) silent: bool,
    /// None: it was killed.
    pub(crate) status: Option<ExitStatus>,
}

impl WatchedChild {
    /// Starts `command`, which may read `path` and no other file. Its name is taken out of the messages.
    pub(crate) fn start(command: Command, path: &Path, silence: Duration) -> Result<Self, FootageError> {
        let rules = command::rules(path).map_err(|source| cannot_open(path, source))?;
        Ok(Self::start_by(command, rules, path, silence)?.0)
    }

    /// The same of a command that reads what is in `path` from a pipe, whose other end comes out, and no file.
    pub(crate) fn start_piped(
        command: Command,
        path: &Path,
        silence: Duration,
    ) -> Result<(Self, ChildStdin), FootageError> {
        let rules = command::rules_of_piped(path).map_err(|source| cannot_open(path, source))?;
        let program = PathBuf::from(command.get_program());
        let (child, input) = Self::start_by(command, rules, path, silence)?;
        let input = input.ok_or_else(|| io::Error::other("it has no standard input"));
        Ok((child, input.map_err(no_decoder(&program))?))
    }

    fn start_by(
        mut command: Command,
        rules: ChildRules,
        path: &Path,
        silence: Duration,
    ) -> Result<(Self, Option<ChildStdin>), FootageError> {
        let program = PathBuf::from(command.get_program());
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = vsa_sandbox::spawn(command, rules).map_err(no_decoder(&program))?;
        let stdout = child.stdout.take();
        // A system that grants no more gives frames in more pieces.
        #[cfg(target_os = "linux")]
        if let Some(stdout) = &stdout {
            let _granted = rustix::pipe::fcntl_setpipe_size(stdout, PIPE_BYTES);
        }
        let (stdin, stderr) = (child.stdin.take(), child.stderr.take());
        let path = command::name_of(path).to_string_lossy().into_owned();
        // Read all the time: a full pipe would stop the child, and we would wait for it.
        let messages = std::thread::spawn(move || {
            stderr.map_or_else(Messages::default, |stderr| {
                Messages::read(BufReader::new(stderr), &path)
            })
        });
        let watched = Arc::new(Watched {
            child: Mutex::new(child),
            waiting: AtomicBool::new(false),
            progress: AtomicU64::new(0),
            silent: AtomicBool::new(false),
            ended: Mutex::new(false),
            end: Condvar::new(),
        });
        let shared = Arc::clone(&watched);
        let watch = std::thread::spawn(move || shared.watch(silence));
        let child = Self {
            stdout,
            watched,
            watch: Some(watch),
            messages: Some(messages),
        };
        Ok((child, stdin))
    }

    /// Waits for the end, or makes it.
    pub(crate) fn finish(mut self, kill: bool) -> Ending {
        let status = self.end(kill);
        let messages = self
            .messages
            .take()
            .and_then(|thread| thread.join().ok())
            .unwrap_or_default();
        Ending {
            messages,
            silent: self.watched.silent.load(Ordering::SeqCst),
            status,
        }
    }

    fn end(&mut self, kill: bool) -> Option<ExitStatus> {
        drop(self.stdout.take());
        if kill {
            self.watched.kill();
        }
        let status = self.watched.reap();
        *self.watched.ended.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.watched.end.notify_all();
        if let Some(watch) = self.watch.take() {
            // The watch only counts; it has nothing to report if it failed.
            drop(watch.join());
        }
        if kill { None } else { status }
    }
}

impl Watched {
    /// Counts looks, not clock time: a machine that slept does not make its child silent.
    fn watch(&self, silence: Duration) {
        let most = (silence.as_millis() / LOOK.as_millis()).max(1);
        let (mut idle, mut seen) = (0, self.progress.load(Ordering::SeqCst));
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        while !*ended {
            (ended, _) = self
                .end
                .wait_timeout(ended, LOOK)
                .unwrap_or_else(PoisonError::into_inner);
            let progress = self.progress.load(Ordering::SeqCst);
            if !self.waiting.load(Ordering::SeqCst) || progress != seen {
                (idle, seen) = (0, progress);
                continue;
            }
            idle += 1;
            if idle >= most {
                self.silent.store(true, Ordering::SeqCst);
                self.kill();
                return;
            }
        }
    }

    fn kill(&self) {
        // An error means that it has already ended.
        drop(self.child.lock().unwrap_or_else(PoisonError::into_inner).kill());
    }

    /// Polls, because a blocking wait would hold the lock that the watch needs to kill.
    fn reap(&self) -> Option<ExitStatus> {
        self.waiting.store(true, Ordering::SeqCst);
        let status = loop {
            match self
                .child
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .try_wait()
            {
                Ok(Some(status)) => break Some(status),
                Ok(None) => {}
                Err(_) => break None,
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        self.waiting.store(false, Ordering::SeqCst);
        status
    }
}

impl Read for WatchedChild {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let Some(stdout) = self.stdout.as_mut() else {
            return Ok(0);
        };
        self.watched.waiting.store(true, Ordering::SeqCst);
        let read = stdout.read(buffer);
        self.watched.progress.fetch_add(1, Ordering::SeqCst);
        self.watched.waiting.store(false, Ordering::SeqCst);
        read
    }
}

impl Drop for WatchedChild {
    fn drop(&mut self) {
        if self.watch.is_some() {
            self.end(true);
        }
    }
}
