//! How frames were drawn for a wanted precision, how many were looked at, and what came of it.
//!
//! **Design.** Systematic sampling with several random starts (Gautschi 1957; Wolter, *Introduction to Variance
//! Estimation*, 8.2): one draw is every k-th frame of all the footage from a random start on, so that each draw spreads
//! evenly over the whole length; starts are drawn without replacement by a seeded generator. Draws are clusters of
//! frames: intervals resample whole draws, so that likeness between neighbouring frames, of whatever reach, is in them.
//! What is estimated is the value that looking at every frame would give.
//!
//! **Which frames are decoded** is no part of the design: any frame can be drawn, and not the key frames alone, which an encoder
//! places where the picture changes or at steps of its own, and codes better or worse than the others. From a drawn frame decoding
//! goes back to the key frame before it and no further, so that what leads to no drawn frame is passed over undecoded.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrecisionFacts {
    /// Half the width that an interval may have at most: of a share as it is, of a mean as a share of the mean (of 0.1
    /// where it is less).
    pub target: f64,
    /// Seed of the random starts.
    pub seed: u64,
}

/// What was drawn, and what came of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawnFacts {
    /// Frames of all the footage together, as its files declare: those that could be drawn.
    pub frames: u64,
    /// Frames looked at.
    pub looked_at: u64,
    /// Frames from one of a draw to its next: k.
    pub spacing: u64,
    /// Draws made, of `spacing` that there are.
    pub draws: u64,
    /// How often the footage was gone through from its start.
    pub passes: u64,
    /// Each quantity that was to be known so precisely.
    pub quantities: Vec<DrawnQuantity>,
    /// Pieces of footage that were decoded whole, and not only what leads to the drawn frames. Absent: none, or the record was made
    /// when all footage was.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub decoded_whole: Vec<DecodedWhole>,
}

/// A piece of footage that was decoded whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DecodedWhole {
    /// Its label.
    pub item: String,
    /// Why.
    pub reason: WhyWhole,
}

/// Why footage was decoded whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhyWhole {
    /// It is pictures, each by itself.
    Pictures,
    /// Its decoder reads from the start to the end.
    Decoder,
    /// Parts are decoded of H.264, H.265 and Motion JPEG alone.
    Codec,
    /// It is damaged, or cut short.
    Damaged,
    /// Its time stamps do not tell in which order its frames come.
    TimeStamps,
    /// Its key frames (those that stand by themselves and that nothing looks back beyond) lie so far apart, or so many frames were
    /// drawn, that little could be passed over.
    FewKeyFrames,
    /// Decoded in part, it does not give byte for byte what it gives when all of it is decoded.
    NotTheSame,
}

/// A quantity whose precision decides when looking ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DrawnName {
    /// People in a frame, on average.
    PeoplePerFrame,
    /// Share of frames with anybody.
    OccupiedShare,
    /// Faces in a frame, on average.
    FacesPerFrame,
}

/// Whether a quantity became known as precisely as was asked for. Its value stands among the measurements.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawnQuantity {
    /// Which.
    pub name: DrawnName,
    /// Whether its interval became narrow enough. All frames looked at is narrow enough.
    pub reached: bool,
}
