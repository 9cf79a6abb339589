//! One person (or face) through time, as far as the tracker could tell. Never leaves the room.

use crate::describe::descriptions::Descriptions;
use crate::detect::overlap::Rect;

/// One place on a track.
pub(crate) struct TrackPoint {
    /// Number of the frame in its item.
    pub(crate) frame: u64,
    /// Time in seconds from the item's first frame.
    pub(crate) seconds: f64,
    pub(crate) rect: Rect,
    /// Score of the detection; for a bridged point that of the lower neighbour.
    pub(crate) score: f32,
    /// False: the person was not detected here; the place is interpolated between two sightings.
    pub(crate) seen: bool,
}

/// A finished track. Points are in order of time, the first and the last are seen.
pub(crate) struct Track {
    pub(crate) points: Vec<TrackPoint>,
    /// How many fragments the tracker had before they were joined to this track (1: none was joined).
    pub(crate) fragments: u32,
}

impl Track {
    /// Where somebody was detected, not only taken to be.
    pub(crate) fn seen(&self) -> impl Iterator<Item = &TrackPoint> {
        self.points.iter().filter(|point| point.seen)
    }

    /// Of somebody who was detected at each of these frames, seconds and places.
    #[cfg(test)]
    pub(crate) fn through(places: impl IntoIterator<Item = (u64, f64, Rect)>) -> Self {
        let point = |(frame, seconds, rect)| TrackPoint {
            frame,
            seconds,
            rect,
            score: 0.9,
            seen: true,
        };
        Self {
            points: places.into_iter().map(point).collect(),
            fragments: 1,
        }
    }
}

/// A finished track, and what its person looked like.
pub(crate) struct DescribedTrack {
    pub(crate) track: Track,
    /// Empty where nothing was described.
    pub(crate) descriptions: Descriptions,
}
