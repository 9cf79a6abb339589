//! Where nobody wrote down the events: a labelled sample in their place.
//!
//! | module | what comes in → what goes out |
//! |---|---|
//! | [`draw`] | an alert log and the recordings → random moments, by alert and no alert, in an order that tells nothing |
//! | [`labels`] | what a person wrote beside the moments → labels, checked |
//! | [`estimate`] | moments and labels → precision, recall and false alarms, with the design's weights and limits |
//! | [`sampled`] | the same → evidence for a claim |
//!
//! Deliberately not here: stills. They come redacted from `observe`, and `report::sheet` shows them.

pub mod draw;
pub mod estimate;
pub mod labels;
pub mod sampled;
