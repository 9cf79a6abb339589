//! What a measure was shown: frames, seconds, whether people were looked for. In: items and frames. Out: why nothing
//! can be said, or the hours over which events are counted.

use super::exposure::per_hour;
use super::{ItemStart, Seen};
use vsa_record::estimate::Estimate;
use vsa_record::measurements::Missing;

/// Frames and seconds of the items that a measure can use.
#[derive(Default)]
pub(super) struct Watched {
    frames: u64,
    person_model: bool,
    any_sequence: bool,
    any_usable: bool,
    /// The present item is a sequence that the measure can use.
    usable: bool,
    first: Option<f64>,
    last: f64,
    frames_of_item: u64,
    seconds: f64,
}

impl Watched {
    /// `fits`: what the measure needs of the scene holds for this item.
    pub(super) fn start_item(&mut self, item: &ItemStart<'_>, fits: bool) {
        self.usable = item.in_sequence && fits;
        self.any_sequence |= item.in_sequence;
        self.any_usable |= self.usable;
        (self.first, self.last, self.frames_of_item) = (None, 0.0, 0);
    }

    pub(super) fn frame(&mut self, seen: &Seen<'_>) {
        self.frames += 1;
        self.person_model |= seen.people.is_some();
        self.frames_of_item += 1;
        self.first.get_or_insert(seen.seconds);
        self.last = self.last.max(seen.seconds);
    }

    pub(super) fn end_item(&mut self) {
        // The last frame lasts as long as the others did on average.
        if let (true, Some(first), 2..) = (self.usable, self.first, self.frames_of_item) {
            let frames = self.frames_of_item as f64;
            self.seconds += (self.last - first) * frames / (frames - 1.0);
        }
        self.usable = false;
    }

    /// Whether the present item counts.
    pub(super) fn usable(&self) -> bool {
        self.usable
    }

    /// Why nothing can be said, if so. `anybody`: somebody was followed, or seen where that is enough.
    pub(super) fn missing(&self, anybody: bool) -> Option<Missing> {
        if self.frames == 0 {
            Some(Missing::NoFrames)
        } else if !self.person_model {
            Some(Missing::NoPersonModel)
        } else if !self.any_sequence {
            Some(Missing::NoSequence)
        } else if !self.any_usable {
            Some(Missing::SceneDoesNotFit)
        } else if !anybody {
            Some(Missing::NobodyFound)
        } else {
            None
        }
    }

    /// Events per hour, with the exact interval of a Poisson rate. None: no time was watched.
    pub(super) fn per_hour(&self, events: u64) -> Option<Estimate> {
        per_hour(events, self.seconds)
    }
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
            fits,
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
        assert_eq!(watched(5, false, true).missing(true), Some(Missing::NoSequence));
        assert_eq!(watched(0, true, true).missing(true), Some(Missing::NoFrames));
        assert_eq!(watched(5, true, true).missing(false), Some(Missing::NobodyFound));
        assert_eq!(
            watched(5, true, false).missing(true),
            Some(Missing::SceneDoesNotFit)
        );
    }
}
