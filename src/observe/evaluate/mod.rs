//! AGAINST labels: what trackers (later: detectors) say and what is the case in, counts out. Ratios come
//! last.
//!
//! Not here yet: anything that a user can call. For now the tests measure the tracker with it.

pub(in crate::observe) mod clear_mot;
pub(in crate::observe) mod identity;
pub(in crate::observe) mod known_answers;
pub(in crate::observe) mod sequence;
