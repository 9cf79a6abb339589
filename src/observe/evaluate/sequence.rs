//! The frames of one labelled sequence, as every tracking metric reads them.

use crate::observe::detect::overlap::Rect;

/// A box with the number of the person in it, as labelled or as tracked.
pub(in crate::observe) struct Labelled {
    /// Unique within its frame.
    pub(in crate::observe) id: u32,
    pub(in crate::observe) rect: Rect,
}

/// What is the case in one frame, and what was tracked there.
#[derive(Default)]
pub(in crate::observe) struct LabelledFrame {
    pub(in crate::observe) truth: Vec<Labelled>,
    pub(in crate::observe) tracked: Vec<Labelled>,
}
