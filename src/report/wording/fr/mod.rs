//! French, not yet written: English stands in.
pub use super::en::*;
