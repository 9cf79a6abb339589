//! Why a scene cannot be used. Where the fault lies in a file, the message points at line and column.

use std::ops::Range;
use std::path::PathBuf;

/// Why a scene cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SceneError {
    /// A file cannot be read.
    #[error("cannot read {what} {path}: {reason}")]
    Read {
        /// The scene, or the camera file that it names.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// As the system says.
        reason: String,
    },
    /// It is not a scene.
    #[error("the scene {path} is not understood:\n{reason}")]
    Parse {
        /// The scene file.
        path: PathBuf,
        /// With line, column and the line itself.
        reason: String,
    },
    /// Something in it cannot be.
    #[error("{place}{what}")]
    Meaning {
        /// The file, with line, column and the line itself; empty where the scene came from no file.
        place: String,
        /// What is wrong and what would do.
        what: String,
    },
}

/// Where a scene was written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Origin {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

impl Origin {
    /// The start of a message about a stretch of the file.
    pub(super) fn at(&self, span: &Range<usize>) -> String {
        let Some(before) = self.text.get(..span.start).filter(|_| !self.text.is_empty()) else {
            return String::new();
        };
        let number = before.matches('\n').count() + 1;
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let column = before[start..].chars().count() + 1;
        let line = self.text[start..].lines().next().unwrap_or_default();
        let marked = line
            .get(span.start - start..(span.end - start).min(line.len()))
            .map_or(1, |marked| marked.chars().count().max(1));
        let gutter = " ".repeat(number.to_string().len());
        format!(
            "the scene {} cannot be used: line {number}, column {column}\n{gutter} |\n{number} | {line}\n{gutter} | {}{}\n",
            self.path.display(),
            " ".repeat(column - 1),
            "^".repeat(marked)
        )
    }
}
