//! The ground plane: from places in the picture to metres. In: a checked calibration. Out: metres, or none where a
//! place does not lie on the ground.

use super::camera;
use super::homography::Homography;
use super::polygon::{self, Place, edges};
use vsa_record::scene::{CalibrationModel, TsaiFacts};

/// Every edge is cut into so many pieces before it is laid on the ground: a distorted camera bends it.
const PIECES: u32 = 32;

/// The ground plane.
#[derive(Clone, Debug, PartialEq)]
pub enum GroundPlane {
    /// Fitted to known points.
    Homography(Homography),
    /// Of a calibrated camera.
    Tsai(TsaiFacts),
}

impl GroundPlane {
    /// Where a pixel lies on the ground, in metres. None: at or above the horizon.
    pub fn to_ground(&self, pixel: Place) -> Option<Place> {
        match self {
            Self::Homography(homography) => homography.to_ground(pixel),
            Self::Tsai(camera) => camera::to_ground(camera, pixel),
        }
    }

    /// The area in square metres of what a polygon in the picture shows. None: part of it lies at or above the horizon.
    pub fn area(&self, picture: &[Place]) -> Option<f64> {
        let mut laid = Vec::new();
        for (a, b) in edges(picture) {
            for piece in 0..PIECES {
                let at = f64::from(piece) / f64::from(PIECES);
                laid.push(self.to_ground([a[0] + at * (b[0] - a[0]), a[1] + at * (b[1] - a[1])])?);
            }
        }
        Some(polygon::area(&laid)).filter(|area| area.is_finite() && *area > 0.0)
    }

    pub(super) fn facts(&self) -> CalibrationModel {
        match self {
            Self::Homography(homography) => CalibrationModel::Homography {
                pixels_to_metres: homography.rows,
            },
            Self::Tsai(camera) => CalibrationModel::Tsai(*camera),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::camera::tests::{own_camera, seen};

    #[test]
    fn the_area_on_the_ground_is_that_of_the_square_that_is_seen_also_through_distortion() {
        let camera = own_camera();
        let square = [[-2.0, 8.0], [2.0, 8.0], [2.0, 12.0], [-2.0, 12.0]];
        let picture = square.map(|metres| seen(&camera, metres));
        let area = GroundPlane::Tsai(camera).area(&picture).unwrap();
        // Edges that are straight on the ground are bent in the picture by a pixel or so, the drawn ones are not.
        assert!((area - 16.0).abs() < 0.3, "{area}");
        assert!(
            GroundPlane::Tsai(camera)
                .area(&[[0.0, -900.0], [10.0, 0.0], [0.0, 300.0]])
                .is_none()
        );
    }
}
