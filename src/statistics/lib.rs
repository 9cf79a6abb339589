//! What can be said from counts and samples. In: numbers. Out: intervals, p-values, sample sizes, draws and assignments, the
//! same to the last digit on every machine. It depends on nothing, knows nothing of footage, and writes nothing down.
//!
//! | module | what comes out |
//! |---|---|
//! | [`chance`] | tails, limits and quantiles of the binomial, Poisson, normal and Student's distributions |
//! | [`interval`] | intervals in closed form, and the type of every interval |
//! | [`proportion`] | shares of independent cases: two against each other, over strata, and how many would settle it |
//! | [`holm`] | several tests together |
//! | [`median`] | the middle value, by either convention |
//! | [`generator`] | pseudo-random numbers that follow from a seed |
//! | [`streams`] | who draws from which of them: the register |
//! | [`resample`] | bootstraps over time and over clusters |
//! | [`survival`] | lengths that were not all watched to their end |
//! | [`assignment`], [`rectangular`] | one-to-one assignments: the cheapest, and scipy's greatest |

pub mod assignment;
pub mod chance;
pub mod generator;
pub mod holm;
pub mod interval;
pub mod median;
pub mod proportion;
pub mod rectangular;
pub mod resample;
pub mod streams;
pub mod survival;

#[cfg(test)]
mod coverage;
#[cfg(test)]
mod parity;
