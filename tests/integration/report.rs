//! The document and its formats: what is said, what is withheld, what is escaped.
