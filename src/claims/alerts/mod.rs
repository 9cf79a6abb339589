//! What a vendor's system said, held against what happened. In: an alert log and a list of events, both CSV with a
//! declared mapping of columns, and rules for when an alert tells of an event. Out: [`Tally`]: counts by recording.
//!
//! An alert log is the operator's own file: it is read outside the room, and nothing of a single alert or event leaves
//! here, no time, no place, no number that a system gave to a person. What leaves are counts over all the footage.
//! Deliberately not here: detections and tracks of the vendor's system, which `evaluate` reads inside the room.

mod csv;
mod log;
mod matching;
mod rules;
mod tally;
mod times;

pub use log::{LogError, LoggedInterval};
pub use matching::{Matched, match_alerts};
pub use rules::{Mapping, Repeats, Rules, Watched};
pub use tally::{Only, Recording, Tally, Totals, tally};

use std::path::Path;

/// Reads the rules, and with them alerts and events, and counts.
///
/// # Errors
/// [`LogError`], with file and line.
pub fn read(
    alerts: &Path,
    events: &Path,
    rules: &Path,
) -> Result<(Rules, Vec<LoggedInterval>, Vec<LoggedInterval>), LogError> {
    let (rules, alerts) = read_alerts(alerts, rules)?;
    let events = log::read(events, &rules.events)?;
    Ok((rules, alerts, events))
}

/// Whether the alerts tell their times on the scale of the rules.
///
/// # Errors
/// [`LogError::Clocks`].
pub fn whether_one_clock(rules: &Rules, alerts: &[LoggedInterval]) -> Result<(), LogError> {
    log::one_clock(rules, &[alerts])
}

/// Alerts from text, for tests of what is made from them.
#[cfg(test)]
pub(crate) fn alerts_from_text(text: &str, rules: &Rules) -> Vec<LoggedInterval> {
    log::parse(text, &rules.alerts).expect("a sound log")
}

/// Reads the rules and the alerts alone.
///
/// # Errors
/// [`LogError`], with file and line.
pub fn read_alerts(alerts: &Path, rules: &Path) -> Result<(Rules, Vec<LoggedInterval>), LogError> {
    let rules = Rules::read(rules)?;
    let alerts = log::read(alerts, &rules.alerts)?;
    Ok((rules, alerts))
}
