//! Who did what to the evidence, when: one JSON object a line, each naming the digest of the line before. In: actions,
//! or the bytes of a `custody.jsonl`. Out: its bytes, or the entries with the proof that they form one unbroken chain.
//!
//! A line is canonical: keys sorted, no spaces. `previous` is the SHA-256 of the line before without its line feed; the
//! first names 64 zeros. So no line can be changed, taken out or put elsewhere without changing all that follow, and the
//! last line's place in the manifest holds the chain.

use super::manifest;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use vsa_base::digest;
use vsa_record::json::{JsonError, to_line};

/// The name of this format.
pub const SCHEMA: &str = "vsa-audit/custody/1";
/// The file that holds it.
pub const FILE: &str = "custody.jsonl";
/// What the first line names as the digest of the line before.
pub const BEGINNING: &str = "0000000000000000000000000000000000000000000000000000000000000000";

vsa_record::named! {
    /// What was done. The order is that of a run.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
    pub enum Action {
        /// The digests of the footage were taken, before any frame was decoded.
        Acquired = "acquired",
        /// Models, decoder and program were digested, and the models held to the digests of their registry.
        Verified = "verified",
        /// The footage was looked at, and the record made; video files still had the digests that were acquired.
        Processed = "processed",
        /// The reports were drawn from the record.
        Rendered = "rendered",
        /// The bundle was signed.
        Sealed = "sealed",
    }
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogEntry {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// 1, 2, 3, …
    pub sequence: u64,
    /// When it was done (RFC 3339, UTC, whole seconds), by the clock of the machine.
    pub time: String,
    /// Who did it: the operator as the case file names them, and the program.
    pub actor: String,
    /// What was done.
    pub action: Action,
    /// SHA-256 of what it was done to, by `role/name` as in the manifest.
    pub digests: BTreeMap<String, String>,
    /// SHA-256 of the line before.
    pub previous: String,
}

vsa_record::passport!(LogEntry);

/// A log that grows.
#[derive(Clone, Debug, Default)]
pub struct Log {
    text: String,
    lines: u64,
    last: Option<String>,
}

impl Log {
    /// One that goes on where `text` ends.
    ///
    /// # Errors
    /// [`LogError`], where `text` is no unbroken log.
    pub fn after(text: &[u8]) -> Result<Self, LogError> {
        let entries = read(text)?;
        let text = String::from_utf8_lossy(text).into_owned();
        let last = text.lines().last().map(|line| digest::of_bytes(line.as_bytes()));
        Ok(Self {
            text,
            lines: entries.len() as u64,
            last,
        })
    }

    /// Writes that `actor` did `action` at `time` to things of these addresses and digests.
    ///
    /// # Errors
    /// Never, for entries of a log.
    pub fn add(
        &mut self,
        action: Action,
        time: &str,
        actor: &str,
        digests: impl IntoIterator<Item = (String, String)>,
    ) -> Result<(), JsonError> {
        let entry = LogEntry {
            schema: SCHEMA.to_owned(),
            sequence: self.lines + 1,
            time: time.to_owned(),
            actor: manifest::without_control(actor),
            action,
            digests: digests.into_iter().collect(),
            previous: self.last.clone().unwrap_or_else(|| BEGINNING.to_owned()),
        };
        let line = to_line(&entry)?;
        self.last = Some(digest::of_bytes(line.as_bytes()));
        self.lines += 1;
        self.text.push_str(&line);
        self.text.push('\n');
        Ok(())
    }

    /// What `custody.jsonl` holds.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.text.as_bytes()
    }
}

/// Why bytes are no unbroken log.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LogError {
    /// It says nothing, or ends in the middle of a line.
    #[error("the log is empty or its last line is not ended: it was cut")]
    Cut,
    /// A line is no entry; doubled keys are refused too.
    #[error("line {line} is no entry of this format: {reason}")]
    Malformed {
        /// Which.
        line: usize,
        /// Why.
        reason: String,
    },
    /// The chain is broken.
    #[error("line {line} does not follow the line before it: {reason}")]
    Broken {
        /// Which.
        line: usize,
        /// Why.
        reason: String,
    },
}

/// The entries of an unbroken chain.
///
/// # Errors
/// [`LogError`], at the first line that is not as [`Log`] writes it, or does not follow the one before.
pub fn read(bytes: &[u8]) -> Result<Vec<LogEntry>, LogError> {
    let text = std::str::from_utf8(bytes).map_err(|error| LogError::Malformed {
        line: 1,
        reason: error.to_string(),
    })?;
    let lines: Vec<&str> = text
        .strip_suffix('\n')
        .ok_or(LogError::Cut)?
        .split('\n')
        .collect();
    let mut entries: Vec<LogEntry> = Vec::with_capacity(lines.len());
    let mut previous = BEGINNING.to_owned();
    for (line, raw) in (1..).zip(lines) {
        let malformed = |reason: String| LogError::Malformed { line, reason };
        let entry: LogEntry = serde_json::from_str(raw).map_err(|error| malformed(error.to_string()))?;
        if entry.schema != SCHEMA {
            return Err(malformed(format!("its format is {:?}", entry.schema)));
        }
        if to_line(&entry).map_or(true, |canonical| canonical != raw) {
            return Err(malformed("it is not in canonical form".to_owned()));
        }
        let broken = |reason: String| LogError::Broken { line, reason };
        if entry.sequence != line as u64 {
            return Err(broken(format!("it is number {}", entry.sequence)));
        }
        if entry.previous != previous {
            return Err(broken("it names another digest than that line has".to_owned()));
        }
        if let Some(before) = entries.last()
            && before.action > entry.action
        {
            return Err(broken(format!(
                "{} cannot come after {}",
                entry.action, before.action
            )));
        }
        previous = digest::of_bytes(raw.as_bytes());
        entries.push(entry);
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log() -> Log {
        let mut log = Log::default();
        for (action, second) in [
            (Action::Acquired, 1),
            (Action::Processed, 5),
            (Action::Rendered, 5),
        ] {
            let what = [("output/x".to_owned(), digest::of_bytes(&[second]))];
            log.add(action, &format!("2026-01-01T00:00:0{second}Z"), "vsa-audit", what)
                .unwrap();
        }
        log
    }

    #[test]
    fn a_log_reads_back_and_can_be_continued() {
        let mut log = log();
        assert_eq!(read(log.as_bytes()).unwrap().len(), 3);
        log = Log::after(log.as_bytes()).unwrap();
        log.add(Action::Sealed, "2026-01-02T00:00:00Z", "a\nb", [])
            .unwrap();
        let entries = read(log.as_bytes()).unwrap();
        assert_eq!((entries.len(), entries[3].sequence), (4, 4));
        assert_eq!(entries[3].actor, "a\\nb");
    }

    #[test]
    fn no_line_can_be_changed_taken_out_moved_or_cut() {
        let log = log();
        let text = String::from_utf8(log.as_bytes().to_vec()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let join = |lines: &[&str]| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
        let changed = lines[0].replace("00:00:01", "00:00:02");
        for (broken, why) in [
            (join(&[&changed, lines[1], lines[2]]), "line 2"),
            (join(&[lines[1], lines[2]]), "line 1"),
            (join(&[lines[0], lines[2]]), "line 2"),
            (join(&[lines[0], lines[2], lines[1]]), "line 2"),
            (join(&[lines[0], lines[0]]), "line 2"),
            (text[..text.len() - 1].to_owned(), "cut"),
            (String::new(), "cut"),
            ("\n".to_owned(), "line 1"),
            (text.replacen('{', "{ ", 1), "canonical"),
            (
                text.replacen("\"actor\":", "\"actor\":\"x\",\"actor\":", 1),
                "duplicate",
            ),
        ] {
            let error = read(broken.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(why), "{why}: {error}");
        }
    }

    #[test]
    fn no_step_comes_after_a_later_one_but_it_may_be_done_again() {
        let read_after = |before, after| {
            let mut log = Log::default();
            for action in [before, after] {
                log.add(action, "2026-01-01T00:00:00Z", "x", []).unwrap();
            }
            read(log.as_bytes()).map(|entries| entries.len())
        };
        let all = [
            Action::Acquired,
            Action::Verified,
            Action::Processed,
            Action::Rendered,
            Action::Sealed,
        ];
        for (at, before) in (0..).zip(all) {
            for (place, after) in (0..).zip(all) {
                let found = read_after(before, after);
                assert_eq!(found.is_ok(), at <= place, "{after} after {before}");
            }
        }
        let found = read_after(Action::Sealed, Action::Rendered)
            .unwrap_err()
            .to_string();
        let said = "line 2 does not follow the line before it: rendered cannot come after sealed";
        assert_eq!(found, said);
    }
}
