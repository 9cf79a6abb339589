//! What a network expects at its input: its size, the order of its axes and channels, what a channel value becomes, and how
//! a frame of another shape is brought to it. In: the choice of a model. Out: a checked contract.
//! Deliberately not here: the way back from the output to the frame, which is the room's.

use crate::EngineError;
use vsa_base::Reason;
use vsa_plan::{ColourOrder, ModelChoice};

/// The input contract of one model. A channel value `v` (0 to 255) becomes `(v - mean) / std`.
#[derive(Clone, Debug, PartialEq)]
pub struct InputContract {
    /// Width of the input in pixels.
    pub width: u32,
    /// Height of the input in pixels.
    pub height: u32,
    /// Order of its channels.
    pub colour: ColourOrder,
    /// Subtracted from each channel, in the order of the channels.
    pub mean: [f32; 3],
    /// Each channel is divided by it afterwards.
    pub std: [f32; 3],
    /// Order of its axes.
    pub layout: Layout,
    /// How a frame of another shape is brought to it.
    pub fit: Fit,
    /// How pixels are averaged on the way.
    pub filter: Filter,
}

/// The largest side of an input. Above it a model would need gigabytes for one frame.
const LARGEST_SIDE: u32 = 4096;

impl InputContract {
    /// Channel values as the picture has them, red first.
    pub fn plain(width: u32, height: u32, layout: Layout) -> Self {
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
    pub fn is_plain(&self) -> bool {
        let all =
            |values: [f32; 3], wanted: f32| values.iter().all(|value| value.to_bits() == wanted.to_bits());
        all(self.mean, 0.0) && all(self.std, 1.0)
    }

    /// A family's contract with what the choice of a model says otherwise, checked. Means and deviations are in the
    /// order of the tensor's channels; those of the family follow its channels where only the colour order differs.
    pub fn chosen(mut self, choice: &ModelChoice) -> Result<Self, EngineError> {
        if let Some(colour) = choice.colour.filter(|colour| *colour != self.colour) {
            self.colour = colour;
            self.mean.reverse();
            self.std.reverse();
        }
        self.mean = choice.mean.unwrap_or(self.mean);
        self.std = choice.std.unwrap_or(self.std);
        let refuse = EngineError::load(&choice.path);
        let divisible = |value: &f32| value.is_finite() && *value != 0.0;
        if !self.std.iter().all(divisible) || !self.mean.iter().all(|value| value.is_finite()) {
            return Err(refuse(Reason(format!(
                "mean {:?} and std {:?} cannot normalise a channel: give finite numbers, and no 0 in std",
                self.mean, self.std
            ))));
        }
        let sides = 1..=LARGEST_SIDE;
        if !sides.contains(&self.width) || !sides.contains(&self.height) {
            return Err(refuse(Reason(format!(
                "an input of {}x{} pixels is not possible: sides go from 1 to {LARGEST_SIDE}",
                self.width, self.height
            ))));
        }
        Ok(self)
    }
}

/// How pixels are averaged when a frame is made smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Filter {
    /// Every source pixel counts (Pillow's bilinear).
    Antialiased,
    /// Four neighbours, however much smaller the frame becomes (OpenCV's and TensorFlow's bilinear).
    Plain,
}

/// Order of the axes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// Batch, channels, rows, columns.
    Nchw,
    /// Batch, rows, columns, channels.
    Nhwc,
}

/// How a frame of another shape is brought to the input's shape.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fit {
    /// Width and height are scaled each by their own factor.
    Stretch,
    /// One factor for both; the picture sits at the top left, the rest is filled with this grey.
    Letterbox {
        /// Channel value of the filling, 0 to 255, before normalisation.
        pad: u8,
    },
}
