//! Events found and true in, precision and recall out. A measure tells how many events there were, not when, so a scene
//! is scored by its counts: what is found beyond the truth is false, what is short of it is missed.

use crate::test_data;
use vsa_record::measurements::Outcome;
use vsa_record::reading::{FigureName, Reading};
use vsa_statistics::interval::wilson;

/// Counts over many scenes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Score {
    right: u64,
    false_alarms: u64,
    missed: u64,
    scenes: u64,
}

impl Score {
    pub(super) fn add(&mut self, found: u64, truth: u64) {
        self.right += found.min(truth);
        self.false_alarms += found.saturating_sub(truth);
        self.missed += truth.saturating_sub(found);
        self.scenes += 1;
    }

    /// Prints the row, and holds it to its floors.
    pub(super) fn hold(&self, what: &str, least_precision: f64, least_recall: f64) {
        let (right, found) = (self.right as f64, (self.right + self.false_alarms) as f64);
        let truth = (self.right + self.missed) as f64;
        let interval = |n: f64| wilson(right, n).expect("there are events");
        let (p, r) = (interval(found), interval(truth));
        test_data::measured(&format!(
            "SYNTHETIC {what}: {} scenes, {truth} events; precision {:.2} ({:.2} to {:.2}), recall {:.2} ({:.2} to {:.2})",
            self.scenes,
            right / found,
            p.low,
            p.high,
            right / truth,
            r.low,
            r.high,
        ));
        assert!(truth >= 5.0, "too few events to score: {self:?}");
        assert!(right / found >= least_precision, "precision of {what}: {self:?}");
        assert!(right / truth >= least_recall, "recall of {what}: {self:?}");
    }
}

/// How many events a rate was made from, by the name of its figure; a capability that could not be measured found none.
pub(super) fn events_of(outcome: Option<&Outcome<Reading>>, name: FigureName) -> u64 {
    let Some(reading) = outcome.and_then(Outcome::measured) else {
        return 0;
    };
    let figure = reading.figures.iter().find(|figure| figure.name == name);
    let estimate = figure.and_then(|figure| figure.estimate.as_ref()?.shown());
    estimate.expect("an open rule withholds nothing").sample.n
}

/// How many events a capability's rate was made from.
pub(super) fn events(outcome: Option<&Outcome<Reading>>) -> u64 {
    let reading = outcome.and_then(Outcome::measured).expect("it was measured");
    let estimate = reading.figures[0].estimate.as_ref().and_then(|cell| cell.shown());
    estimate.expect("an open rule withholds nothing").sample.n
}
