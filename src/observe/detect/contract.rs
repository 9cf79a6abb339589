//! What a network expects at its input, and how its output finds its way back to the frame.

use super::engine::EngineError;
use crate::observe::plan::{ColourOrder, ModelChoice};

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

/// The largest side of an input. Above it a model would need gigabytes for one frame.
const LARGEST_SIDE: u32 = 4096;

impl InputContract {
    /// Channel values as the picture has them, red first.
    pub(in crate::observe) fn plain(width: u32, height: u32, layout: Layout) -> Self {
        Self {
            width,
            height,
            colour: ColourOrder::Rgb,
            mean: [0.0; 3],
            std: [1.0; 3],
            layout,
            fit: Fit::Stretch,
            filter: Filter::Antialiased,
        }
    }

    /// Whether the network gets channel values as the picture has them, 0 to 255.
    pub(in crate::observe) fn is_plain(&self) -> bool {
        let all =
            |values: [f32; 3], wanted: f32| values.iter().all(|value| value.to_bits() == wanted.to_bits());
        all(self.mean, 0.0) && all(self.std, 1.0)
    }

    /// A family's contract with what the choice of a model says otherwise, checked. Means and deviations are in the
    /// order of the tensor's channels; those of the family follow its channels where only the colour order differs.
    pub(in crate::observe) fn chosen(mut self, choice: &ModelChoice) -> Result<Self, EngineError> {
        if let Some(colour) = choice.colour.filter(|colour| *colour != self.colour) {
            self.colour = colour;
            self.mean.reverse();
            self.std.reverse();
        }
        self.mean = choice.mean.unwrap_or(self.mean);
        self.std = choice.std.unwrap_or(self.std);
        let refuse = |reason: String| EngineError::Load {
            path: choice.path.clone(),
            reason,
        };
        let divisible = |value: &f32| value.is_finite() && *value != 0.0;
        if !self.std.iter().all(divisible) || !self.mean.iter().all(|value| value.is_finite()) {
            return Err(refuse(format!(
                "mean {:?} and std {:?} cannot normalise a channel: give finite numbers, and no 0 in std",
                self.mean, self.std
            )));
        }
        let sides = 1..=LARGEST_SIDE;
        if !sides.contains(&self.width) || !sides.contains(&self.height) {
            return Err(refuse(format!(
                "an input of {}x{} pixels is not possible: sides go from 1 to {LARGEST_SIDE}",
                self.width, self.height
            )));
        }
        Ok(self)
    }
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
