//! Why something cannot be used, where nothing but a person will read it. In: what somebody said. Out: an error.
//! Deliberately not here: errors of which a program has to tell one from another; those have variants, and live in their crate.

/// A sentence for a person. No program branches on it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Reason(pub String);

impl Reason {
    /// In the words of whoever said it.
    pub fn of(said: impl std::fmt::Display) -> Self {
        Self(said.to_string())
    }
}

impl<T: Into<String>> From<T> for Reason {
    fn from(said: T) -> Self {
        Self(said.into())
    }
}
