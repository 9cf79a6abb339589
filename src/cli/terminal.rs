//! The only place that prints. In: lines. Out: data on standard output, talk on standard error. No colour unless
//! somebody sees it and `NO_COLOR` is unset; whoever stops reading our output ends it without a panic.
//!
//! Lines hold names and messages from outside. Whatever they hold, one line given is one line shown, and nothing in it steers
//! the terminal: control characters, marks of direction and ends of lines are spelled out here, for everything.

use super::exit_code::Outcome;
use clap::error::ContextValue;
use std::borrow::Cow;
use std::io::{IsTerminal, Write};
#[cfg(test)]
use std::sync::{Arc, Mutex, PoisonError};
use vsa_base::outside;

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

    /// Data: a line on standard output, and one line only.
    pub(super) fn data(&mut self, line: &str) {
        self.print(&outside::one_line(line));
    }

    /// Data: a text of several lines whose ends of lines are ours, such as a table or a card.
    pub(super) fn text(&mut self, text: &str) {
        self.print(&outside::lines(text.trim_end()));
    }

    /// Data: JSON, which means the same as before.
    pub(super) fn json(&mut self, text: &[u8]) {
        self.print(&outside::in_json(String::from_utf8_lossy(text).trim_end()));
    }

    fn print(&mut self, shown: &str) {
        if self.reader_left {
            return;
        }
        // `head` that has read enough is no error of ours, and no other failure could be told to anyone there.
        self.reader_left = writeln!(self.out, "{shown}")
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
            self.talk(&outside::one_line(line));
        }
    }

    /// Talk that may hold what another program said, on lines of its own, unless quiet.
    pub(super) fn tell(&mut self, message: &str) {
        if !self.quiet {
            self.talk(&indented(message));
        }
    }

    /// A warning, quiet or not.
    pub(super) fn warn(&mut self, message: &str) {
        let label = self.coloured("warning:", "33");
        self.talk(&format!("{label} {}", indented(message)));
    }

    /// An error, quiet or not.
    pub(super) fn error(&mut self, message: &str) {
        let label = self.coloured("error:", "31");
        self.talk(&format!("{label} {}", indented(message)));
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

/// Messages may point at a place in a file, which takes several lines; what is quoted in them may hold ends of lines too. All
/// but the first stand back, so that none passes for a line of the program.
fn indented(message: &str) -> String {
    outside::lines(message).replace('\n', "\n  ")
}

/// A help page that was asked for, on standard output; a command line that is not understood, on standard error, with what was
/// typed there as safe to show as all else.
pub(super) fn help_or_usage(error: clap::Error) -> Outcome {
    if !error.use_stderr() {
        // Nobody is left to tell when it cannot be written.
        drop(error.print());
        return Outcome::Done;
    }
    let mut safe = error;
    let typed: Vec<_> = safe
        .context()
        .filter_map(|(kind, value)| Some((kind, safe_to_show(value)?)))
        .collect();
    for (kind, value) in typed {
        safe.insert(kind, value);
    }
    // What is left is quoted by one of our own readers of values.
    let shown = safe.render().to_string();
    match outside::lines(&shown) {
        Cow::Borrowed(_) => drop(safe.print()),
        Cow::Owned(shown) => drop(std::io::stderr().write_all(shown.as_bytes())),
    }
    Outcome::Usage
}

/// A value in a message of clap's, where it has to be shown otherwise than it was typed.
fn safe_to_show(value: &ContextValue) -> Option<ContextValue> {
    let one = |text: &String| outside::one_line(text).into_owned();
    let safe = match value {
        ContextValue::String(text) => ContextValue::String(one(text)),
        ContextValue::Strings(texts) => ContextValue::Strings(texts.iter().map(one).collect()),
        _ => return None,
    };
    (safe != *value).then_some(safe)
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
    fn one_line_given_is_one_line_shown_whatever_is_in_it() {
        let (mut terminal, out, err) = Terminal::captured(false);
        let name = "a\u{1b}[1A\u{1b}[2K\r\nVERIFIED\u{202e}";
        terminal.data(&format!("added: {name}"));
        terminal.say(&format!("looking at {name}"));
        terminal.error(&format!("cannot read {name}"));
        terminal.warn(&format!("{name} is short"));
        terminal.tell(&format!("curl: {name}"));
        let shown = "a\\u{1b}[1A\\u{1b}[2K\\r\\nVERIFIED\\u{202e}";
        assert_eq!(out.text(), format!("added: {shown}\n"));
        let within = "a\\u{1b}[1A\\u{1b}[2K\\r\n  VERIFIED\\u{202e}";
        assert_eq!(
            err.text(),
            format!(
                "looking at {shown}\nerror: cannot read {within}\nwarning: {within} is short\ncurl: {within}\n"
            )
        );
    }

    #[test]
    fn json_and_texts_keep_their_lines_and_nothing_else_that_could_steer_a_terminal() {
        let (mut terminal, out, _) = Terminal::captured(false);
        terminal.json("{\n  \"name\": \"\u{9b}1A\u{202e}\"\n}\n".as_bytes());
        terminal.text("one\ntwo\u{1b}[2J\n");
        assert_eq!(
            out.text(),
            "{\n  \"name\": \"\\u009b1A\\u202e\"\n}\none\ntwo\\u{1b}[2J\n"
        );
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
