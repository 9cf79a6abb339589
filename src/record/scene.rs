//! The scene as the user described it: zones, lines, the common direction, the calibration. Facts about a place, given
//! by the user; no persons. Told in the record, so that a run can be repeated from it.
//! Deliberately not here: how the description is checked and used (`observe::scene`).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A place in the picture: pixels from its left and from its top.
pub type PixelPlace = [f64; 2];

/// What the user said about the scene. Every part may be missing.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SceneFacts {
    /// Width and height of the picture that everything below was drawn on.
    pub frame_size: Option<[u32; 2]>,
    /// Frames per second, where the user knows better than the file.
    pub frame_rate: Option<f64>,
    /// Height of a standing person in metres, where the user gave one.
    pub body_height_metres: Option<f64>,
    /// An arrow in the picture along which people commonly move.
    pub common_direction: Option<ArrowFacts>,
    /// Areas in the picture.
    pub zones: Vec<ZoneFacts>,
    /// Lines in the picture.
    pub lines: Vec<LineFacts>,
    /// How places in the picture are turned into metres on the ground.
    pub calibration: Option<CalibrationFacts>,
}

/// An arrow in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ArrowFacts {
    /// Where it begins.
    pub from: PixelPlace,
    /// Where it points.
    pub to: PixelPlace,
}

/// An area in the picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ZoneFacts {
    /// The user's name for it.
    pub name: String,
    /// Its corners in order.
    pub polygon: Vec<PixelPlace>,
    /// Its area on the ground, where the scene is calibrated and the whole of it lies on the ground.
    pub square_metres: Option<f64>,
}

/// A line in the picture. Its left and its right are those of somebody who looks from `from` towards `to`, in the
/// picture.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LineFacts {
    /// The user's name for it.
    pub name: String,
    /// One end.
    pub from: PixelPlace,
    /// The other end.
    pub to: PixelPlace,
}

/// How places in the picture are turned into metres on the ground.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CalibrationFacts {
    /// By what.
    pub model: CalibrationModel,
    /// Known points: they made the homography, or they check the camera.
    pub points: Vec<PointPair>,
    /// The part of the picture that shows ground on which people can stand; empty: not said.
    pub ground: Vec<PixelPlace>,
    /// Area of that part.
    pub ground_square_metres: Option<f64>,
    /// How far the known points are from where the calibration puts them. None: no point was left to check it.
    pub residual: Option<ResidualFacts>,
}

/// By what the picture is turned into metres.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum CalibrationModel {
    /// A homography fitted to the known points.
    Homography {
        /// From pixels to metres, row by row.
        pixels_to_metres: [[f64; 3]; 3],
    },
    /// A camera after Tsai (1987).
    Tsai(TsaiFacts),
}

/// A camera after Tsai (1987, "A versatile camera calibration technique"), as camera files of PETS 2009 give it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TsaiFacts {
    /// Effective size of a pixel from left to right, in the file's unit of the sensor.
    pub dpx: f64,
    /// Effective size of a pixel from top to bottom.
    pub dpy: f64,
    /// Focal length, in the unit of the sensor.
    pub focal: f64,
    /// Radial distortion of the first order.
    pub kappa1: f64,
    /// Centre of the distortion, in pixels from the left.
    pub cx: f64,
    /// In pixels from the top.
    pub cy: f64,
    /// Uncertainty of the horizontal scale.
    pub sx: f64,
    /// Translation, in units of the world.
    pub tx: f64,
    /// Translation.
    pub ty: f64,
    /// Translation.
    pub tz: f64,
    /// Rotation about the x axis, in radians.
    pub rx: f64,
    /// Rotation about the y axis.
    pub ry: f64,
    /// Rotation about the z axis.
    pub rz: f64,
    /// Units of the world in one metre: 1000 for millimetres.
    pub units_per_metre: f64,
}

/// A point whose place is known in the picture and on the ground.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PointPair {
    /// In the picture.
    pub pixel: PixelPlace,
    /// On the ground.
    pub metres: [f64; 2],
}

/// Errors of a calibration at points that it was not made from (each point left out once, or points beside a camera
/// file).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResidualFacts {
    /// Number of points.
    pub points: u64,
    /// Root of the mean squared distance, in metres.
    pub root_mean_square_metres: f64,
    /// The largest distance, in metres.
    pub largest_metres: f64,
}
