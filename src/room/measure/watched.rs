//! What a measure was shown: frames, seconds, what was looked for. In: items and frames. Out: why nothing can be said, or
//! the hours over which events are counted.
//! Deliberately not here: what an event is.

use super::{EndedTrack, ItemStart, Measured, Missing, Seen, Subject, axis::Support};
use std::collections::BTreeMap;
use vsa_record::estimate::{Estimate, Interval, IntervalMethod, SampleSize, SampledThing, Unit};
use vsa_statistics::interval::poisson;

const SECONDS_PER_HOUR: f64 = 3600.0;

/// At most this share of the time may lie in gaps that are twice as long as a measure can do with: a few frames are always lost.
const RARELY: f64 = 0.05;

/// A stay this close to an end of the item was cut off by it: a tracker needs a few frames to start.
const CUT_OFF_SECONDS: f64 = 0.5;

/// Frames and seconds of the items that a measure can use.
#[derive(Default)]
pub(crate) struct Watched {
    frames: u64,
    person_model: bool,
    face_model: bool,
    /// People were told apart in some of the items, not only counted in stills.
    pub(super) any_sequence: bool,
    any_usable: bool,
    anybody: bool,
    /// The present item is one that the measure can use.
    usable: bool,
    first: Option<f64>,
    last: f64,
    frames_of_item: u64,
    seconds: f64,
    /// The same of the frames in which people were looked for, without what the last frame lasts.
    exposed: Option<(f64, f64)>,
    exposed_frames: u64,
    exposed_seconds: f64,
    /// Mean time from one of these frames to the next, in the item that has the longest.
    longest_step: f64,
    /// Seconds between one of these frames and the next, in milliseconds, and how many seconds of the footage lie in such gaps.
    gaps: BTreeMap<u64, f64>,
}

impl Watched {
    /// `fits`: what the measure needs of the scene holds for this item.
    pub(super) fn start_item(&mut self, item: &ItemStart<'_>, fits: bool) {
        self.usable = fits;
        self.any_sequence |= item.in_sequence;
        self.any_usable |= fits;
        (self.first, self.last, self.frames_of_item, self.exposed) = (None, 0.0, 0, None);
        self.exposed_frames = 0;
    }

    pub(super) fn frame(&mut self, seen: &Seen<'_>) {
        self.frames += 1;
        self.person_model |= seen.people.is_some();
        self.face_model |= seen.faces.is_some();
        self.frames_of_item += 1;
        self.first.get_or_insert(seen.seconds);
        self.last = self.last.max(seen.seconds);
        if seen.people.is_some() && seen.seconds.is_finite() {
            let (first, last) = self.exposed.unwrap_or((seen.seconds, 0.0));
            let gap = seen.seconds - last;
            if self.usable && self.exposed.is_some() && gap > 0.0 {
                *self.gaps.entry((gap * 1000.0).round() as u64).or_default() += gap;
            }
            self.exposed = Some((first, last.max(seen.seconds).max(first)));
            self.exposed_frames += 1;
        }
    }

    /// The measure was shown a track.
    pub(super) fn track(&mut self) {
        self.anybody = true;
    }

    pub(super) fn end_item(&mut self) {
        if !self.usable {
            return;
        }
        // The last frame lasts as long as the others did on average.
        if let (Some(first), 2..) = (self.first, self.frames_of_item) {
            let frames = self.frames_of_item as f64;
            self.seconds += (self.last - first) * frames / (frames - 1.0);
        }
        self.exposed_seconds += self.exposed_of_item();
        if self.exposed_frames >= 2 {
            let step = self.exposed_of_item() / (self.exposed_frames - 1) as f64;
            self.longest_step = self.longest_step.max(step);
        }
    }

    /// Whether the present item counts.
    pub(super) fn usable(&self) -> bool {
        self.usable
    }

    /// From the first frame of the present item in which people were looked for to the last, in seconds.
    pub(super) fn exposed_of_item(&self) -> f64 {
        self.exposed.map_or(0.0, |(first, last)| last - first)
    }

    /// The same of all items.
    pub(super) fn exposed_seconds(&self) -> f64 {
        self.exposed_seconds
    }

    /// Whether neither the start nor the end of the item cut this stay off.
    pub(super) fn holds_whole(&self, stay: &InView) -> bool {
        stay.first - self.first.unwrap_or(0.0) > CUT_OFF_SECONDS && self.last - stay.last > CUT_OFF_SECONDS
    }

    /// Why nothing can be said of `subject` in single frames, if so.
    pub(super) fn looked_for(&self, subject: Subject) -> Measured<()> {
        let (model, missing) = match subject {
            Subject::Person => (self.person_model, Missing::NoPersonModel),
            Subject::Face => (self.face_model, Missing::NoFaceModel),
        };
        if self.frames == 0 {
            return Err(Missing::NoFrames);
        }
        model.then_some(()).ok_or(missing)
    }

    /// Why nothing can be said over time, if so.
    pub(super) fn followed(&self, subject: Subject) -> Measured<()> {
        self.looked_for(subject)?;
        if !self.any_sequence {
            Err(Missing::NoSequence)
        } else if !self.any_usable {
            Err(Missing::SceneDoesNotFit)
        } else {
            Ok(())
        }
    }

    /// Why nothing can be said of people (faces) who were followed, if so.
    pub(super) fn somebody(&self, subject: Subject) -> Measured<()> {
        self.followed(subject)?;
        self.anybody.then_some(()).ok_or(Missing::NobodyFound)
    }

    /// Why nothing can be said of what takes a frame every `step` seconds, if so: what was looked at more rarely, in any item,
    /// does not show it, whether it was there or not.
    pub(super) fn often_enough(&self, step: f64) -> Measured<()> {
        // Rates such as 29.97 frames a second are no round parts of a second.
        let often = self.longest_step <= step * 1.01;
        // Where the rate varies, the mean says nothing of the stretches that were looked at rarely.
        let all: f64 = self.gaps.values().sum();
        let long = (2000.0 * step) as u64 + 1;
        let rarely: f64 = self.gaps.range(long..).map(|(_, seconds)| seconds).sum();
        let steadily = rarely <= RARELY * all;
        (often && steadily).then_some(()).ok_or(Missing::TooFewFrames)
    }

    /// Events per hour, with the exact interval of a Poisson rate. None: no time was watched.
    pub(super) fn per_hour(&self, events: u64) -> Option<Estimate> {
        per_hour(events, self.seconds)
    }
}

/// From when to when somebody was in view in the present item. Whether the item cut it off is known at its end.
pub(super) struct InView {
    pub(super) first: f64,
    pub(super) last: f64,
    pub(super) support: Support,
}

impl InView {
    /// None: a track without points.
    pub(super) fn of(ended: &EndedTrack<'_>) -> Option<Self> {
        let points = &ended.track.points;
        Some(Self {
            first: points.first()?.seconds,
            last: points.last()?.seconds,
            support: ended.support,
        })
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
        interval: Interval::between(low, high, IntervalMethod::Poisson).per(hours),
        sample: SampleSize::new(events, SampledThing::Events),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn watched(frames: u64, in_sequence: bool, fits: bool) -> Watched {
        let mut watched = Watched::default();
        watched.start_item(
            &ItemStart {
                label: "item-1",
                width: 4,
                height: 4,
                in_sequence,
            },
            in_sequence && fits,
        );
        for frame in 0..frames {
            watched.frame(&Seen {
                frame,
                seconds: frame as f64 / 10.0,
                people: Some(&[]),
                faces: None,
            });
        }
        watched.end_item();
        watched
    }

    #[test]
    fn events_are_divided_by_the_hours_watched_the_last_frame_included() {
        // 9,000 frames at 10 a second are 900 s, a quarter of an hour; the last frame starts at 899.9 s.
        let rate = watched(9000, true, true).per_hour(2).unwrap();
        assert!((rate.value - 8.0).abs() < 1e-9, "{}", rate.value);
        assert!(
            (rate.interval.low - 4.0 * 0.2422).abs() < 1e-3
                && (rate.interval.high - 4.0 * 7.2247).abs() < 1e-3
        );
        let none = watched(9000, true, true).per_hour(0).unwrap();
        assert!(none.interval.low.abs() < 1e-12 && (none.interval.high - 4.0 * 3.6889).abs() < 1e-3);
    }

    #[test]
    fn what_was_not_watched_has_no_rate() {
        assert!(
            watched(9000, true, false).per_hour(2).is_none(),
            "the scene does not fit"
        );
        assert!(
            watched(1, true, true).per_hour(2).is_none(),
            "one frame lasts no time"
        );
        let missing =
            |frames, in_sequence, fits| watched(frames, in_sequence, fits).somebody(Subject::Person);
        assert_eq!(missing(5, false, true), Err(Missing::NoSequence));
        assert_eq!(missing(0, true, true), Err(Missing::NoFrames));
        assert_eq!(missing(5, true, true), Err(Missing::NobodyFound));
        assert_eq!(missing(5, true, false), Err(Missing::SceneDoesNotFit));
        let mut somebody = watched(5, true, true);
        somebody.track();
        assert_eq!(somebody.somebody(Subject::Person), Ok(()));
    }

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
