//! The words of claims: what was claimed, what is missing in a sentence, what the evidence decides.

mod asked;

pub use asked::*;
