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
    pub(in crate::observe) filter: Filter,
}

/// How pixels are averaged when a frame is made smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::observe) enum Filter {
    /// Every source pixel counts (Pillow's bilinear).
    Antialiased,
    /// Four neighbours, however much smaller the frame becomes (OpenCV's and TensorFlow's bilinear).
    Plain,
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

impl Placement {
    /// Moves a box from input pixels to frame pixels.
    pub(in crate::observe) fn to_frame(self, mut found: InputBox) -> InputBox {
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
