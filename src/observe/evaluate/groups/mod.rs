//! Bias between groups. In: cases, each with its group, whether it was a hit, and in which stratum of size it is. Out:
//! [`GroupTable`](crate::record::groups::GroupTable)s. `attributes` says which label is in which group, `confounders` what else differs between them,
//! `precision` gives average precision by group, `outcomes` reads tables that need no boxes.
//!
//! Small cells are withheld, and so that none follows from the total, a withheld group takes the next smallest with it
//! (complementary suppression). Whatever is derived from a withheld cell is left out.

pub(in crate::observe) mod attributes;
pub(in crate::observe) mod confounders;
mod drawn;
pub(in crate::observe) mod outcomes;
pub(in crate::observe) mod precision;
mod strata;
mod table;
#[cfg(test)]
mod tests;
mod utkface;

pub(in crate::observe) use drawn::Draws;
pub(in crate::observe) use table::{Case, Tables};
