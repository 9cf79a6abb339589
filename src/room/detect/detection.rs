//! One box that a detector drew. It never leaves the room: no `Clone`, no `Debug`, no `Serialize`.

use super::overlap::Rect;
use crate::describe::face_quality::FaceQuality;

/// Five points of a face, in pixels of the frame: eyes, nose, corners of the mouth, as the model orders them.
pub(crate) struct Landmarks(pub(crate) [(f32, f32); 5]);

/// One box.
pub(crate) struct Detection {
    /// Where, in pixels of the frame; may reach beyond its edges.
    pub(crate) rect: Rect,
    /// Between 0 and 1.
    pub(crate) score: f32,
    /// For faces, where the model gives them.
    pub(crate) landmarks: Option<Landmarks>,
    /// Of faces that count, where it can be told.
    pub(crate) quality: Option<FaceQuality>,
}

#[cfg(any(test, feature = "stages"))]
impl Detection {
    /// A box alone.
    pub(crate) fn plain(rect: Rect, score: f32) -> Self {
        Self {
            rect,
            score,
            landmarks: None,
            quality: None,
        }
    }
}
