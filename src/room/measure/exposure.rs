//! How long was watched for events, and rates over that time. In: items and frames. Out: seconds, and an [`Estimate`] per
//! hour with its exact interval, or why there is none.
//! Deliberately not here: what an event is.

use super::{ItemStart, Seen};
use vsa_record::estimate::{Estimate, Interval, IntervalMethod, SampleSize, SampledThing, Unit};
use vsa_record::measurements::Missing;
use vsa_statistics::interval::{LEVEL, poisson};

const SECONDS_PER_HOUR: f64 = 3600.0;

/// Sums up the time in which people were looked for.
#[derive(Default)]
pub(super) struct Exposure {
    in_sequence: bool,
    any_sequence: bool,
    person_model: bool,
    frames: u64,
    first: Option<f64>,
    last: f64,
    finished: f64,
}

impl Exposure {
    pub(super) fn start_item(&mut self, item: &ItemStart<'_>) {
        self.in_sequence = item.in_sequence;
        self.any_sequence |= item.in_sequence;
        (self.first, self.last) = (None, 0.0);
    }

    pub(super) fn frame(&mut self, seen: &Seen<'_>) {
        self.frames += 1;
        if seen.people.is_none() {
            return;
        }
        self.person_model = true;
        if self.in_sequence && seen.seconds.is_finite() {
            let first = *self.first.get_or_insert(seen.seconds);
            self.last = self.last.max(seen.seconds).max(first);
        }
    }

    /// Ends the item. Out: its seconds.
    pub(super) fn end_item(&mut self) -> f64 {
        let seconds = self.first.take().map_or(0.0, |first| self.last - first);
        self.finished += seconds;
        seconds
    }

    /// Seconds of all finished items.
    pub(super) fn seconds(&self) -> f64 {
        self.finished
    }

    /// Whether the present item's frames follow each other in time.
    pub(super) fn in_sequence(&self) -> bool {
        self.in_sequence
    }

    /// Why nothing can be said about events, if so.
    pub(super) fn missing(&self) -> Option<Missing> {
        if self.frames == 0 {
            Some(Missing::NoFrames)
        } else if !self.person_model {
            Some(Missing::NoPersonModel)
        } else if !self.any_sequence {
            Some(Missing::NoSequence)
        } else {
            None
        }
    }
}

/// `events` in `seconds`, per hour, with Garwood's exact interval. None: no time was watched.
pub(super) fn per_hour(events: u64, seconds: f64) -> Option<Estimate> {
    let hours = seconds / SECONDS_PER_HOUR;
    if hours.is_nan() || hours <= 0.0 {
        return None;
    }
    let (low, high) = poisson(events);
    Some(Estimate {
        value: events as f64 / hours,
        unit: Unit::PerHour,
        interval: Interval {
            low: low / hours,
            high: high / hours,
            level: LEVEL,
            method: IntervalMethod::Poisson,
            block: None,
        },
        sample: SampleSize {
            n: events,
            of: SampledThing::Events,
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_events_over_hours_with_garwoods_interval() {
        // 2 events in half an hour. Garwood for 2: 0.2422 to 7.2247 (tables of Ulm 1990).
        let rate = per_hour(2, 1800.0).unwrap();
        assert!((rate.value - 4.0).abs() < 1e-12);
        assert!((rate.interval.low - 2.0 * 0.2422).abs() < 1e-3);
        assert!((rate.interval.high - 2.0 * 7.2247).abs() < 1e-3);
        let none = per_hour(0, 3600.0).unwrap();
        assert!(none.value.abs() < 1e-12 && (none.interval.high - 3.6889).abs() < 1e-3);
        assert!(per_hour(0, 0.0).is_none() && per_hour(1, f64::NAN).is_none());
    }
}
