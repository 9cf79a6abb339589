//! What ffmpeg writes to its standard error in, counts and clean messages out.
//!
//! Read with `-loglevel repeat+level+info`: every line bears its level, and none is folded into "repeated n times". A
//! message is kept once, without addresses, paths and control characters; numbers do not make it another message.
//! Metadata (titles, places, authors) is printed by ffmpeg as well: it is at level `info` and never kept.

use std::collections::BTreeMap;
use std::io::{BufRead, Read};

/// A longer line is cut: metadata can be of any length.
const LONGEST_LINE: u64 = 2048;
/// A longer message is cut in the record.
const LONGEST_MESSAGE: usize = 160;
/// A file can make ffmpeg complain in many words: this many different messages are remembered, …
const MOST_REMEMBERED: usize = 256;
/// … and this many are shown.
const MOST_SHOWN: usize = 12;
/// Lines that describe the input: a container has few streams, a hostile one many.
const MOST_DESCRIBED: usize = 512;

/// Warnings that speak of damaged footage. Others speak of conventions and options.
const DAMAGE: [&str; 12] = [
    "corrupt",
    "truncat",
    "partial file",
    "premature",
    "damaged",
    "missing",
    "invalid",
    "overread",
    "packet mismatch",
    "error",
    "non-existing",
    "incomplete",
];

/// What was said.
#[derive(Default)]
pub(crate) struct Messages {
    /// The first line of all, such as `ffmpeg version 5.1.9-0+deb12u1 Copyright …`, if the banner was not hidden.
    pub(crate) version: Option<String>,
    /// First message of each pattern (its digits replaced).
    faults: BTreeMap<String, String>,
    /// The description of the input, with its indentation.
    pub(crate) input: Vec<String>,
    in_input: bool,
    /// The last few errors, to tell why nothing came.
    pub(crate) last_errors: Vec<String>,
    /// Frames that were put out with errors in them.
    pub(crate) corrupt_frames: u64,
    /// Frames in which damage was painted over.
    pub(crate) concealed_frames: u64,
    /// Packets from which no frame could be made.
    pub(crate) failed_packets: u64,
    /// ffmpeg guesses how long the file is.
    pub(crate) guesses_duration: bool,
    /// Whether anything spoke of damage.
    pub(crate) damaged: bool,
}

impl Messages {
    /// Reads to the end, without ever holding more than one cut line.
    pub(crate) fn read(mut input: impl BufRead, path: &str) -> Self {
        let mut messages = Self::default();
        let mut line = Vec::new();
        let mut within = false;
        loop {
            line.clear();
            match (&mut input).take(LONGEST_LINE).read_until(b'\n', &mut line) {
                Ok(0) => return messages,
                Ok(_) => {
                    // The rest of a cut line is no line: metadata could place words of its own there.
                    if !within {
                        messages.line(String::from_utf8_lossy(&line).trim_end(), path);
                    }
                    within = line.last() != Some(&b'\n');
                }
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(_) => return messages,
            }
        }
    }

    fn line(&mut self, line: &str, path: &str) {
        let (context, rest) = context(line);
        let Some((level, text)) = rest.strip_prefix('[').and_then(|rest| rest.split_once("] ")) else {
            return;
        };
        match level {
            "info" if context.is_empty() => self.describe(text),
            "info" if text.starts_with("concealing ") => {
                self.concealed_frames += 1;
                self.damaged = true;
            }
            "warning" => self.fault(context, text, path, false),
            "error" | "fatal" | "panic" => self.fault(context, text, path, true),
            _ => {}
        }
    }

    /// ffmpeg describes the input from `Input #0` to `Stream mapping` or `Output #0`.
    fn describe(&mut self, text: &str) {
        // What follows the input's first line may be metadata.
        if self.version.is_none() && self.input.is_empty() && text.starts_with("ffmpeg version ") {
            self.version = Some(text.to_owned());
        }
        if text.starts_with("Input #0, ") {
            self.in_input = true;
        } else if text.starts_with("Output #") || text.starts_with("Stream mapping") {
            self.in_input = false;
        }
        if self.in_input && self.input.len() < MOST_DESCRIBED {
            self.input.push(text.to_owned());
        }
    }

    fn fault(&mut self, context: &str, text: &str, path: &str, is_error: bool) {
        let lower = text.to_lowercase();
        self.guesses_duration |= lower.contains("estimating duration from bitrate");
        if lower.contains("corrupt decoded frame") {
            self.corrupt_frames += 1;
        }
        // Words of ffmpeg to 5.1, and from 6.0 on.
        if lower.starts_with("error while decoding stream")
            || lower.contains("error submitting packet to decoder")
        {
            self.failed_packets += 1;
        }
        if !is_error && !DAMAGE.iter().any(|word| lower.contains(word)) {
            return;
        }
        let message = clean(context, text, path);
        if is_error {
            self.last_errors.push(message.clone());
            if self.last_errors.len() > 4 {
                self.last_errors.remove(0);
            }
        }
        if lower.starts_with("conversion failed") || lower.contains("nothing was written into output") {
            return;
        }
        self.damaged = true;
        self.add(message);
    }

    /// Keeps a message of our own among them.
    pub(crate) fn add(&mut self, message: String) {
        if self.faults.len() < MOST_REMEMBERED {
            self.faults.entry(pattern(&message)).or_insert(message);
        }
    }

    /// Takes over what another run of ffmpeg said about the same file.
    pub(crate) fn absorb(&mut self, other: Self) {
        for (pattern, message) in other.faults {
            self.faults.entry(pattern).or_insert(message);
        }
        self.damaged |= other.damaged;
    }

    /// Each message once, sorted, so that threads of ffmpeg that speak in turns make no difference.
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut shown: Vec<String> = self.faults.values().take(MOST_SHOWN).cloned().collect();
        if self.faults.len() > MOST_SHOWN {
            shown.push(format!(
                "and {} other messages of the decoder",
                self.faults.len() - MOST_SHOWN
            ));
        }
        shown
    }

    /// The last error in the decoder's words, for a file of which nothing could be read.
    pub(crate) fn reason(&self) -> String {
        self.last_errors
            .iter()
            .rev()
            .find(|error| !error.to_lowercase().starts_with("conversion failed"))
            .cloned()
            .unwrap_or_else(|| "the decoder gave no reason".to_owned())
    }

    /// Whether an error or the description holds these words.
    pub(crate) fn mentions(&self, words: &str) -> bool {
        self.faults
            .values()
            .chain(&self.last_errors)
            .any(|message| message.contains(words))
    }
}

/// `[h264 @ 0x55d0] [error] …` → (`h264`, `[error] …`); parts may be nested.
fn context(line: &str) -> (&str, &str) {
    let mut name = "";
    let mut rest = line;
    while let Some((inside, after)) = rest.strip_prefix('[').and_then(|inner| inner.split_once("] ")) {
        let Some((who, _)) = inside.split_once(" @ 0x") else {
            break;
        };
        name = who;
        rest = after;
    }
    (name, rest)
}

/// A message that may be recorded: no path, no address, no control character, not too long.
fn clean(context: &str, text: &str, path: &str) -> String {
    let mut text = text.replace(&format!("file:{path}"), "the file");
    if !path.is_empty() {
        text = text.replace(path, "the file");
    }
    let words: Vec<&str> = text
        .split_whitespace()
        .map(|word| {
            if is_path(word) {
                "…"
            } else if word.contains("0x") && word.len() > 9 {
                "0x…"
            } else {
                word
            }
        })
        .collect();
    let mut message = words.join(" ");
    if !context.is_empty() {
        message = format!("{}: {message}", context.split(',').next().unwrap_or(context));
    }
    message
        .chars()
        .filter(|c| !c.is_control())
        .take(LONGEST_MESSAGE)
        .collect()
}

/// Errs on the side of taking something for a path: `a/b`, but not `I/O` or `1/25`.
fn is_path(word: &str) -> bool {
    word.contains('\\')
        || word.match_indices('/').any(|(at, _)| {
            let (before, after) = (&word[..at], &word[at + 1..]);
            let number =
                |part: &str| !part.is_empty() && part.chars().all(|c| c.is_ascii_digit() || c == ':');
            !(word == "I/O"
                || (number(before.trim_start_matches('(')) && number(after.trim_end_matches([')', ',']))))
        })
}

/// The message with every number as one `#`: 9 and 10 are the same pattern.
fn pattern(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    for c in message.chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        if c != '#' || !out.ends_with('#') {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(lines: &str) -> Messages {
        Messages::read(lines.as_bytes(), "/home/anna meyer/door 3.mp4")
    }

    #[test]
    fn a_message_is_kept_once_without_address_path_or_count() {
        let got = said(
            "[h264 @ 0x5581a] [error] error while decoding MB 7 12, bytestream -5\n\
             [h264 @ 0x5581b] [error] error while decoding MB 44 3, bytestream -17\n\
             [error] file:/home/anna meyer/door 3.mp4: Input/output error in /home/anna\n",
        );
        assert_eq!(
            got.faults(),
            [
                "h264: error while decoding MB 7 12, bytestream -5",
                "the file: … error in …"
            ]
        );
        assert!(got.damaged);
    }

    #[test]
    fn metadata_and_harmless_warnings_are_not_kept() {
        let got = said(
            "[info] Input #0, avi, from 'file:/home/anna meyer/door 3.mp4':\n\
             [info]     title           : error: corrupt Anna\n\
             [swscaler @ 0x12] [warning] deprecated pixel format used, make sure you did set range correctly\n",
        );
        assert_eq!(got.faults(), Vec::<String>::new());
        assert!(!got.damaged);
    }

    #[test]
    fn the_version_is_what_the_banner_says_and_not_metadata() {
        let title = "[info] Input #0, avi, from 'a.avi':\n[info] ffmpeg version of a title\n";
        let banner = "[info] ffmpeg version 5.1.9 Copyright (c)\n[info]   built with gcc 12\n";
        let version = |lines: &str| said(lines).version;
        let found = Some("ffmpeg version 5.1.9 Copyright (c)".to_owned());
        assert_eq!(version(&format!("{banner}{title}")), found);
        assert_eq!(version(title), None);
    }

    #[test]
    fn frames_with_errors_are_counted_in_the_words_of_old_and_new_versions() {
        let got = said(
            "[warning] file:/x.mp4: corrupt decoded frame in stream 0\n\
             [vist#0:0/h264 @ 0x1] [dec:h264 @ 0x2] [warning] corrupt decoded frame\n\
             [h264 @ 0x3] [info] concealing 120 DC, 120 AC, 120 MV errors in P frame\n\
             [error] Error while decoding stream #0:0: Invalid data found when processing input\n\
             [vist#0:0/h264 @ 0x1] [dec:h264 @ 0x2] [error] Error submitting packet to decoder: Invalid data\n",
        );
        assert_eq!(
            (got.corrupt_frames, got.concealed_frames, got.failed_packets),
            (2, 1, 2)
        );
    }

    #[test]
    fn a_flood_of_different_messages_is_cut_and_the_cut_is_said() {
        let lines: String = (0..5000u32)
            .map(|n| format!("[error] trouble {}\n", char::from_u32(0x4E00 + n).unwrap()))
            .collect();
        let got = said(&lines);
        assert_eq!(got.faults().len(), MOST_SHOWN + 1);
        assert_eq!(
            got.faults().last().unwrap(),
            "and 244 other messages of the decoder"
        );
    }

    #[test]
    fn a_line_without_end_and_bytes_that_are_no_text_do_no_harm() {
        let mut bytes = b"[error] ".to_vec();
        bytes.extend(std::iter::repeat_n(0xFFu8, 1 << 20));
        let got = Messages::read(&bytes[..], "");
        assert!(
            got.faults()
                .iter()
                .all(|message| message.chars().count() <= LONGEST_MESSAGE)
        );
        assert_eq!(got.faults().len(), 1);
    }
}
