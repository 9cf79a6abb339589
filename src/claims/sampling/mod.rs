//! Where nobody wrote down the events: a labelled sample in their place.
//!
//! | module | what comes in → what goes out |
//! |---|---|
//! | [`draw`] | an alert log and the recordings → random moments, by alert and no alert, in an order that tells nothing |
//! | [`labels`] | what a person wrote beside the moments → labels, checked |
//! | [`estimate`] | moments and labels → precision, recall and false alarms, with the design's weights and limits |
//!
//! Deliberately not here: stills. This version cannot redact, so that its sheet shows times to look up, and no picture.

pub mod draw;
pub mod estimate;
pub mod labels;
