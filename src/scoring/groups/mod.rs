//! Bias between groups. In: cases, each with its group, whether it was a hit, and in which stratum of size it is. Out:
//! [`GroupTable`](vsa_record::groups::GroupTable)s. `attributes` says which label is in which group, `confounders` what else differs between them,
//! `precision` gives average precision by group, `outcomes` reads tables that need no boxes.
//!
//! Small cells are withheld, and so that none follows from the total, a withheld group takes the next smallest with it
//! (complementary suppression). Whatever is derived from a withheld cell is left out.

pub(crate) mod attributes;
pub(crate) mod confounders;
mod drawn;
pub(crate) mod outcomes;
pub(crate) mod precision;
mod strata;
mod table;
#[cfg(test)]
mod tests;
mod utkface;

pub(crate) use drawn::Draws;
pub(crate) use table::{Case, Tables};
