//! A record in, findings out: one question per file.
