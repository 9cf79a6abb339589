//! What a network expects at its input, and how its output finds its way back to the frame.

use crate::observe::plan::ColourOrder;

/// The input contract of one model. A channel value `v` (0 to 255) becomes `(v - mean) / std`.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::observe) struct InputContract {
    pub(in crate::observe) width: u32,
    pub(in crate::observe) height: u32,
    pub(in crate::observe) colour: ColourOrder,
    pub(in crate::observe) mean: [f32; 3],
    pub(in crate::observe) std: [f32; 3],
    pub(in crate::observe) layout: Layout,
    pub(in crate::observe) fit: Fit,
}

/// Order of the axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::observe) enum Layout {
    /// Batch, channels, rows, columns.
    Nchw,
    /// Batch, rows, columns, channels.
    Nhwc,
}

/// How a frame of another shape is brought to the input's shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::observe) enum Fit {
    /// Width and height are scaled each by their own factor.
    Stretch,
    /// One factor for both; the picture sits at the top left, the rest is filled with this grey.
    Letterbox {
        /// Channel value of the filling, 0 to 255, before normalisation.
        pad: u8,
    },
}

/// The way back from input pixels to frame pixels: `frame = input * scale + offset`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::observe) struct Placement {
    pub(in crate::observe) scale_x: f32,
    pub(in crate::observe) scale_y: f32,
    pub(in crate::observe) offset_x: f32,
    pub(in crate::observe) offset_y: f32,
}

/// A box in input pixels, as decoded from a network's outputs, before suppression. Never leaves the room.
pub(in crate::observe) struct InputBox {
    pub(in crate::observe) rect: super::overlap::Rect,
    pub(in crate::observe) score: f32,
    pub(in crate::observe) landmarks: Option<[(f32, f32); 5]>,
}

/// One model family, for one model: its input contract, and how its outputs are decoded. Shared by all workers.
pub(in crate::observe) trait ModelFamily: Send + Sync {
    /// What goes in.
    fn contract(&self) -> &InputContract;
    /// Appends every candidate with a score of at least `threshold` (no suppression). `outputs` come in the order of
    /// [`super::engine::Engine::outputs`]. Never panics on a shape that it did not expect: that is an error, best
    /// found when the family is built from the engine's output list.
    fn decode(
        &self,
        outputs: &[ndarray::ArrayD<f32>],
        threshold: f32,
        out: &mut Vec<InputBox>,
    ) -> Result<(), super::engine::EngineError>;
}
