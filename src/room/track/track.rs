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
    /// Of faces: five landmarks say that it looks towards the camera here.
    pub(crate) frontal: bool,
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

    /// What of it rests on detections of at least this score: the others count as bridged, and it begins and ends with one that
    /// counts. None: there is none.
    pub(crate) fn accepted(mut self, least_score: f32) -> Option<Self> {
        for point in &mut self.points {
            point.seen &= point.score >= least_score;
        }
        let last = self.points.iter().rposition(|point| point.seen)?;
        let first = self.points.iter().position(|point| point.seen)?;
        self.points.truncate(last + 1);
        self.points.drain(..first);
        Some(self)
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
            frontal: false,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_accepted_of_a_track_begins_and_ends_with_a_detection_that_counts() {
        let track = |scores: &[f32]| {
            let places = (0u64..)
                .zip(scores)
                .map(|(frame, _)| (frame, frame as f64, Rect::sized(0.0, 0.0, 9.0, 9.0)));
            let mut track = Track::through(places);
            let scored = track.points.iter_mut().zip(scores);
            scored.for_each(|(point, score)| point.score = *score);
            track
        };
        let accepted = track(&[0.2, 0.6, 0.3, 0.5, 0.9, 0.4]).accepted(0.5).unwrap();
        let left: Vec<(u64, bool)> = accepted
            .points
            .iter()
            .map(|point| (point.frame, point.seen))
            .collect();
        assert_eq!(left, [(1, true), (2, false), (3, true), (4, true)]);
        assert!(track(&[0.2, 0.4]).accepted(0.5).is_none());
        assert!(track(&[]).accepted(0.5).is_none());
    }
}
