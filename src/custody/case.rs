//! A case file (`case.toml`) in, what the report's header says about the exhibit out: its number, who asked, who
//! operated, which question, in which language. Written once, by people; the program checks its form, not its truth.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use vsa_base::Reason;
use vsa_base::language::Language;

/// The file of the bundle that keeps it.
pub const FILE: &str = "case.json";

/// What is said about the exhibit. Every part is optional.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Number under which the report is filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exhibit: Option<String>,
    /// Who asked for the audit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requester: Option<String>,
    /// Who ran it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    /// The question put, in the requester's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    /// Language of the report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
}

vsa_record::passport!(Case);
vsa_record::from_json!(Case);

/// Why a case file was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CaseError {
    /// It cannot be read.
    #[error("cannot read the case file {path}: {source}")]
    Read {
        /// The file.
        path: PathBuf,
        /// As the system says.
        source: std::io::Error,
    },
    /// It is not as it should be.
    #[error("cannot understand the case file {path}: {reason}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// Line, column and cause.
        reason: String,
    },
}

/// Longer than this, a text belongs in an annex.
const LONGEST: usize = 2000;

impl Case {
    /// From a file that a person wrote.
    ///
    /// # Errors
    /// [`CaseError`].
    pub fn read(path: &Path) -> Result<Self, CaseError> {
        let text = std::fs::read_to_string(path).map_err(|source| CaseError::Read {
            path: path.to_owned(),
            source,
        })?;
        Self::parse(&text).map_err(|Reason(reason)| CaseError::Parse {
            path: path.to_owned(),
            reason,
        })
    }

    fn parse(text: &str) -> Result<Self, Reason> {
        let case: Self = toml::from_str(text).map_err(Reason::of)?;
        for (name, value) in case.texts() {
            if value.trim().is_empty() {
                return Err(format!("`{name}` is empty: leave it out or say something").into());
            }
            if value.chars().count() > LONGEST {
                return Err(
                    format!("`{name}` is longer than {LONGEST} letters: put the rest in an annex").into(),
                );
            }
            if value.chars().any(|letter| letter.is_control() && letter != '\n') {
                return Err(format!("`{name}` holds control characters").into());
            }
        }
        Ok(case)
    }

    fn texts(&self) -> impl Iterator<Item = (&'static str, &String)> {
        [
            ("exhibit", &self.exhibit),
            ("requester", &self.requester),
            ("operator", &self.operator),
            ("question", &self.question),
        ]
        .into_iter()
        .filter_map(|(name, value)| Some((name, value.as_ref()?)))
    }

    /// Who acts, as the log says it.
    #[must_use]
    pub fn actor(&self) -> String {
        let program = vsa_base::program();
        match &self.operator {
            Some(operator) => format!("{operator}, with {program}"),
            None => format!("{program}, operator not named"),
        }
    }

    /// The same in another language, if one is given: the bundle then keeps which, so that its reports can be drawn again.
    #[must_use]
    pub fn in_language(mut self, language: Option<Language>) -> Self {
        self.language = language.or(self.language);
        self
    }
}

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "a case file is read from a folder")]

    use super::*;

    #[test]
    fn a_case_file_reads_back_from_the_bundle() {
        let text = "exhibit = \"A-17\"\nrequester = \"Tribunal administratif\"\noperator = \"M. Expert\"\n\
                    question = \"\"\"Two\nlines\"\"\"\nlanguage = \"fr\"\n";
        let case = Case::parse(text).unwrap();
        assert_eq!(case.language, Some(Language::French));
        assert!(case.actor().starts_with("M. Expert, with vsa-audit "));
        let bytes = vsa_record::json::to_bytes(&case).unwrap();
        assert_eq!(serde_json::from_slice::<Case>(&bytes).unwrap(), case);
        assert!(Case::default().actor().contains("operator not named"));
    }

    #[test]
    fn what_a_case_file_cannot_say_is_refused_with_its_line() {
        for (text, why) in [
            ("exhibit = \"A\"\njudge = \"B\"", "judge"),
            ("exhibit = \" \"", "empty"),
            ("question = \"a\\u0007b\"", "control"),
            ("language = \"xx\"", "line 1"),
        ] {
            let error = Case::parse(text).unwrap_err();
            assert!(error.0.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn a_text_has_two_thousand_letters_at_most_however_many_bytes_they_take() {
        let question = |letters: usize| Case::parse(&format!("question = \"{}\"", "é".repeat(letters)));
        assert_eq!(question(2000).unwrap().question.unwrap().len(), 4000);
        assert!(question(2001).unwrap_err().0.contains("annex"));
    }

    #[test]
    fn a_case_file_that_cannot_be_used_is_named_with_its_path() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("case.toml");
        let absent = Case::read(&path).unwrap_err().to_string();
        assert!(absent.starts_with("cannot read the case file "), "{absent}");
        std::fs::write(&path, "exhibit = \"\"").unwrap();
        let found = Case::read(&path).unwrap_err().to_string();
        let said = format!(
            "cannot understand the case file {}: `exhibit` is empty: leave it out or say something",
            path.display()
        );
        assert_eq!(found, said);
        std::fs::write(&path, "exhibit = \"A-17\"").unwrap();
        assert_eq!(Case::read(&path).unwrap().exhibit.as_deref(), Some("A-17"));
    }

    #[test]
    fn a_language_that_is_asked_for_comes_before_that_of_the_case_file() {
        let case = Case::parse("exhibit = \"A\"\nlanguage = \"fr\"").unwrap();
        assert_eq!(case.clone().in_language(None), case);
        let asked = case.clone().in_language(Some(Language::English));
        let expected = Case {
            language: Some(Language::English),
            ..case
        };
        assert_eq!(asked, expected);
    }
}
