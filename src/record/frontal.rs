//! Faces that look towards the camera, of all that were found: data alone. In: what the room measured. Out: a part of
//! [`FaceExposure`](super::measurements::FaceExposure).

use super::disclosure::Cell;
use super::estimate::Estimate;
use super::measurements::LevelShare;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Faces that look towards the camera: those of which recognition could make something. Every other face counts among all.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FrontalFaces {
    /// Largest yaw of a face that counts, in degrees to either side, by five landmarks.
    pub largest_yaw_degrees: f64,
    /// Largest pitch, in degrees upwards or downwards.
    pub largest_pitch_degrees: f64,
    /// Share of the measured sightings of faces in which the face looks towards the camera.
    pub share_of_sightings: Cell<Estimate>,
    /// Share of tracks of faces with such a sighting. None: stills only, nobody is followed.
    pub share_of_people: Option<Cell<Estimate>>,
    /// Of all faces, those that reach the density for recognition and for identification while they look towards the camera.
    pub levels: Vec<LevelShare>,
}
