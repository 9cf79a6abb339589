//! Everything that limits the numbers. A caveat that is not in the record did not happen.
//! Codes are public names: a test holds their list still.

use super::disclosure::Cell;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A limit of the numbers in a record. Data, not sentences: `report::wording` turns it into words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "code", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Caveat {
    /// There were no labels: how many people the detector missed is unknown here.
    NoGroundTruth,
    /// Pixel density is estimated from assumed body and face sizes.
    AssumedSizes {
        /// Assumed face width in metres.
        face_width_metres: f64,
        /// Assumed body height in metres.
        body_height_metres: f64,
    },
    /// Frames were sampled.
    FramesSampled {
        /// Looked at.
        looked_at: u64,
        /// Of so many decoded.
        decoded: u64,
    },
    /// The file was damaged.
    FaultyFootage {
        /// Label of the item.
        item: String,
        /// Frames that could not be decoded cleanly.
        faulty: u64,
    },
    /// Frames are missing by their time stamps.
    MissingFrames {
        /// Label of the item.
        item: String,
        /// How many.
        missing: u64,
    },
    /// The frame rate varies.
    VariableFrameRate {
        /// Label of the item.
        item: String,
    },
    /// Few tracks: intervals are wide and their coverage approximate. The number is not given: it may be withheld.
    FewTracks {
        /// There were fewer than this.
        fewer_than: u64,
    },
    /// Faces were smaller than the smallest that the model's published figures speak about.
    SmallFaces {
        /// Share of face sightings under `pixels` high.
        share: Cell<f64>,
        /// The limit in pixels.
        pixels: f64,
    },
    /// Stills were given: nobody was followed from one to the next.
    StillsNotTracked {
        /// Label of the item.
        item: String,
    },
    /// Footage of less than a minute speaks for little.
    ShortFootage {
        /// Seconds.
        seconds: f64,
    },
    /// Cells were withheld.
    CellsWithheld {
        /// How many.
        cells: u64,
    },
    /// People are counted by tracks: one person who leaves and comes back is counted again, two who are taken for one
    /// are counted once. Between cameras and items nobody is recognised.
    PeopleCountedByTracks,
    /// The levels of pixel density were taken from secondary sources, not from the standards' own texts.
    LevelsFromSecondarySources,
    /// Intervals say how much these numbers would vary over other footage of the same camera, place, hour and crowd.
    /// They do not cover what the detector misses, nor another place.
    IntervalsSpeakOfThisScene,
    /// The fake engine ran: nothing was looked at.
    ScriptedEngine,
}
