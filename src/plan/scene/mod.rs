//! The scene: what the user knows of the place and the software cannot. In: a scene file (TOML, see [`WrittenScene`]).
//! Out: a checked [`Scene`], which the measures ask where people are, and [`SceneFacts`] for the record.
//! All of it is optional; what is missing becomes a caveat or the reason why something was not measured.

mod camera;
mod check;
mod error;
mod homography;
mod plane;
pub mod polygon;
mod written;

pub use error::SceneError;
pub use written::{SceneChoice, WrittenScene};

pub use homography::Homography;
pub use plane::GroundPlane;

use polygon::Place;
use std::path::Path;
use vsa_record::caveat::Caveat;
use vsa_record::measurements::Outcome;
use vsa_record::reading::{Capability, CapabilityRow};
use vsa_record::scene::SceneFacts;

/// A standing person's height in metres where the scene gives none, as `face_exposure` assumes it.
pub(crate) const BODY_HEIGHT_METRES: f64 = 1.7;

/// A checked scene.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scene {
    facts: SceneFacts,
    plane: Option<GroundPlane>,
}

impl Scene {
    /// Reads and checks a scene file.
    ///
    /// # Errors
    /// [`SceneError`], which points at the fault.
    pub fn read(path: &Path) -> Result<Self, SceneError> {
        WrittenScene::read(path)?.check()
    }

    /// What the record says of it. None: nothing was described.
    #[must_use]
    pub fn facts(&self) -> Option<&SceneFacts> {
        (self.facts != SceneFacts::default()).then_some(&self.facts)
    }

    /// Frames per second, where the user knows better than the file.
    #[must_use]
    pub fn frame_rate(&self) -> Option<f64> {
        self.facts.frame_rate
    }

    /// Everything that was described, also where it is nothing.
    pub fn described(&self) -> &SceneFacts {
        &self.facts
    }

    /// Whether what was drawn can be laid over pictures of this size.
    pub fn fits(&self, width: u32, height: u32) -> bool {
        self.facts.frame_size.is_none_or(|size| size == [width, height])
    }

    /// How places in the picture are laid on the ground, where the scene is calibrated.
    #[must_use]
    pub fn plane(&self) -> Option<&GroundPlane> {
        self.plane.as_ref()
    }

    /// Height of a standing person in metres: given, or assumed.
    pub fn body_height(&self) -> f64 {
        self.facts.body_height_metres.unwrap_or(BODY_HEIGHT_METRES)
    }

    /// The common direction that the user gave, as a step in the picture or, where the scene is calibrated, on the
    /// ground.
    pub fn common_direction(&self) -> Option<Place> {
        let arrow = self.facts.common_direction?;
        let step = match &self.plane {
            Some(plane) => polygon::minus(plane.to_ground(arrow.to)?, plane.to_ground(arrow.from)?),
            None => polygon::minus(arrow.to, arrow.from),
        };
        Some(step)
    }

    /// The limits that follow from the scene, or from its absence, for what was read.
    pub fn caveats(&self, rows: &[CapabilityRow]) -> Vec<Caveat> {
        let mut caveats = Vec::new();
        if let Some(rate) = self.facts.frame_rate {
            caveats.push(Caveat::FrameRateGiven { rate });
        }
        match &self.facts.calibration {
            None if rows.iter().any(in_body_heights) => caveats.push(Caveat::NotCalibrated {
                body_height_metres: self.body_height(),
            }),
            None => {}
            Some(calibration) if calibration.residual.is_none() => {
                caveats.push(Caveat::CalibrationUnchecked);
            }
            Some(_) => {}
        }
        caveats
    }
}

/// Whether a capability was measured that speaks of metres where there is a calibration.
fn in_body_heights(row: &CapabilityRow) -> bool {
    let grounded = matches!(
        row.capability,
        Capability::Pace | Capability::Direction | Capability::Groups
    );
    grounded && matches!(row.outcome, Outcome::Measured(_))
}

#[cfg(test)]
mod tests;
