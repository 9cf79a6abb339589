//! The only place that prints. In: lines. Out: data on standard output, talk on standard error. No colour unless
//! somebody sees it and `NO_COLOR` is unset; whoever stops reading our output ends it without a panic.

use super::exit_code::Outcome;
use std::io::{IsTerminal, Write};
#[cfg(test)]
use std::sync::{Arc, Mutex, PoisonError};

/// Where the program speaks.
pub(super) struct Terminal {
    out: Box<dyn Write + Send>,
    err: Box<dyn Write + Send>,
    quiet: bool,
    bars: bool,
    colour: bool,
    reader_left: bool,
}

/// What a captured terminal was told.
#[cfg(test)]
#[derive(Clone, Debug, Default)]
pub(super) struct Captured(Arc<Mutex<Vec<u8>>>);

#[cfg(test)]
impl Captured {
    /// The text so far.
    #[must_use]
    pub(super) fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

#[cfg(test)]
impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Terminal {
    /// The process's own. `quiet` silences everything on standard error but warnings and errors.
    #[must_use]
    pub(super) fn new(quiet: bool) -> Self {
        let seen = std::io::stderr().is_terminal();
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
        Self {
            out: Box::new(std::io::stdout()),
            err: Box::new(std::io::stderr()),
            quiet,
            bars: seen && !quiet && !dumb,
            colour: seen && !no_colour && !dumb,
            reader_left: false,
        }
    }

    #[cfg(test)]
    /// One that keeps what it is told (standard output, standard error); plain, as when nobody watches.
    #[must_use]
    pub(super) fn captured(quiet: bool) -> (Self, Captured, Captured) {
        let (out, err) = (Captured::default(), Captured::default());
        let terminal = Self {
            out: Box::new(out.clone()),
            err: Box::new(err.clone()),
            quiet,
            bars: false,
            colour: false,
            reader_left: false,
        };
        (terminal, out, err)
    }

    /// Whether moving bars may be drawn on standard error.
    #[must_use]
    pub(super) fn draws_bars(&self) -> bool {
        self.bars
    }

    /// Data: a line on standard output.
    pub(super) fn data(&mut self, line: &str) {
        if self.reader_left {
            return;
        }
        // `head` that has read enough is no error of ours, and no other failure could be told to anyone there.
        self.reader_left = writeln!(self.out, "{line}")
            .and_then(|()| self.out.flush())
            .is_err();
    }

    /// Data: several lines.
    pub(super) fn lines(&mut self, lines: impl IntoIterator<Item = String>) {
        for line in lines {
            self.data(&line);
        }
    }

    /// Talk: a line on standard error, unless quiet.
    pub(super) fn say(&mut self, line: &str) {
        if !self.quiet {
            self.talk(line);
        }
    }

    /// A warning, quiet or not.
    pub(super) fn warn(&mut self, line: &str) {
        let label = self.coloured("warning:", "33");
        self.talk(&format!("{label} {line}"));
    }

    /// An error, quiet or not.
    pub(super) fn error(&mut self, line: &str) {
        let label = self.coloured("error:", "31");
        self.talk(&format!("{label} {line}"));
    }

    fn talk(&mut self, line: &str) {
        // When standard error is closed there is nobody left to tell.
        drop(writeln!(self.err, "{line}").and_then(|()| self.err.flush()));
    }

    fn coloured(&self, label: &str, code: &str) -> String {
        if self.colour {
            format!("\u{1b}[1;{code}m{label}\u{1b}[0m")
        } else {
            label.to_owned()
        }
    }
}

/// A help page that was asked for, on standard output; a command line that is not understood, on standard error.
pub(super) fn help_or_usage(error: &clap::Error) -> Outcome {
    // Nobody is left to tell when neither can be written.
    drop(error.print());
    if error.use_stderr() {
        Outcome::Usage
    } else {
        Outcome::Done
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            Err(std::io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_reader_who_leaves_is_no_panic() {
        let (mut terminal, _, _) = Terminal::captured(false);
        terminal.out = Box::new(Closed);
        terminal.err = Box::new(Closed);
        terminal.data("one");
        terminal.say("two");
        assert!(terminal.reader_left);
    }

    #[test]
    fn data_and_talk_do_not_mix_and_quiet_keeps_warnings() {
        let (mut terminal, out, err) = Terminal::captured(true);
        terminal.data("data");
        terminal.say("talk");
        terminal.warn("careful");
        assert_eq!(out.text(), "data\n");
        assert_eq!(err.text(), "warning: careful\n");
    }
}
