//! The words of claims: what was claimed, what is missing in a sentence, what the evidence decides.

mod answered;
mod asked;
mod page;

pub use answered::*;
pub use asked::*;
pub use page::*;
