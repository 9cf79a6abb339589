//! How the supply of files tells how far it is. Implemented with bars and lines in `cli::progress`.

/// Somebody who watches one transfer after another.
pub trait Progress {
    /// A transfer begins; `total` bytes are expected.
    fn start(&mut self, name: &str, total: u64);
    /// So many bytes have arrived since the start (not since the last call).
    fn advance(&mut self, arrived: u64);
    /// The transfer ended; `complete` when the file is good.
    fn finish(&mut self, complete: bool);
    /// Something that the user should know.
    fn note(&mut self, message: &str);
}

/// Nobody watches.
#[derive(Debug)]
pub struct Unwatched;

impl Progress for Unwatched {
    fn start(&mut self, _name: &str, _total: u64) {}
    fn advance(&mut self, _arrived: u64) {}
    fn finish(&mut self, _complete: bool) {}
    fn note(&mut self, _message: &str) {}
}
