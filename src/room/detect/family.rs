//! How a network's output becomes boxes, and how these find their way back to the frame. In: tensors of an engine. Out: boxes
//! in pixels of the frame. Deliberately not here: what goes into the network (see `vsa_engine::contract`).

use vsa_engine::contract::InputContract;

/// The way back from input pixels to frame pixels: `frame = input * scale + offset`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Placement {
    pub(crate) scale_x: f32,
    pub(crate) scale_y: f32,
    pub(crate) offset_x: f32,
    pub(crate) offset_y: f32,
}

impl Placement {
    /// Moves a box from input pixels to frame pixels.
    pub(crate) fn to_frame(self, mut found: InputBox) -> InputBox {
        let x = |value: f32| value * self.scale_x + self.offset_x;
        let y = |value: f32| value * self.scale_y + self.offset_y;
        found.rect = super::overlap::Rect {
            left: x(found.rect.left),
            top: y(found.rect.top),
            right: x(found.rect.right),
            bottom: y(found.rect.bottom),
        };
        for point in found.landmarks.iter_mut().flatten() {
            *point = (x(point.0), y(point.1));
        }
        found
    }
}

/// A box in input pixels, as decoded from a network's outputs, before suppression; in frame pixels once a
/// [`Placement`] has moved it. Never leaves the room.
pub(crate) struct InputBox {
    pub(crate) rect: super::overlap::Rect,
    pub(crate) score: f32,
    pub(crate) landmarks: Option<[(f32, f32); 5]>,
}

impl InputBox {
    /// A box alone.
    pub(crate) fn plain(rect: super::overlap::Rect, score: f32) -> Self {
        Self {
            rect,
            score,
            landmarks: None,
        }
    }
}

/// One model family, for one model: its input contract, and how its outputs are decoded. Shared by all workers.
pub(crate) trait ModelFamily: Send + Sync {
    /// What goes in.
    fn contract(&self) -> &InputContract;
    /// Appends every candidate with a score of at least `threshold` (no suppression). `outputs` come in the order of
    /// [`vsa_engine::Engine::outputs`]. Never panics on a shape that it did not expect: that is an error, best
    /// found when the family is built from the engine's output list.
    fn decode(
        &self,
        outputs: &[ndarray::ArrayD<f32>],
        threshold: f32,
        out: &mut Vec<InputBox>,
    ) -> Result<(), vsa_engine::EngineError>;
}
