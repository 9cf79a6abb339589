//! One person (or face) through time, as far as the tracker could tell. Never leaves the room.

use crate::observe::describe::descriptions::Descriptions;
use crate::observe::detect::overlap::Rect;

/// One place on a track.
pub(in crate::observe) struct TrackPoint {
    /// Number of the frame in its item.
    pub(in crate::observe) frame: u64,
    /// Time in seconds from the item's first frame.
    pub(in crate::observe) seconds: f64,
    pub(in crate::observe) rect: Rect,
    /// Score of the detection; for a bridged point that of the lower neighbour.
    pub(in crate::observe) score: f32,
    /// False: the person was not detected here; the place is interpolated between two sightings.
    pub(in crate::observe) seen: bool,
}

/// A finished track. Points are in order of time, the first and the last are seen.
pub(in crate::observe) struct Track {
    pub(in crate::observe) points: Vec<TrackPoint>,
    /// How many fragments the tracker had before they were joined to this track (1: none was joined).
    pub(in crate::observe) fragments: u32,
}

/// A finished track, and what its person looked like.
pub(in crate::observe) struct DescribedTrack {
    pub(in crate::observe) track: Track,
    /// Empty where nothing was described.
    pub(in crate::observe) descriptions: Descriptions,
}
