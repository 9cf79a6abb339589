//! AGAINST labels: what detectors and trackers say and what is the case in, counts out. Ratios come last.
//!
//! Not here yet: anything that a user can call. For now the tests measure detectors and tracker with it.

pub(in crate::observe) mod average_precision;
pub(in crate::observe) mod clear_mot;
pub(in crate::observe) mod identity;
#[cfg(test)]
mod known_answers;
pub(in crate::observe) mod sequence;
