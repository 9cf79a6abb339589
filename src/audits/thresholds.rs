//! Every threshold of every audit, in one place. In: nothing. Out: what evidence is held against.
//!
//! No standard says which share of people makes a camera dangerous, or harmless. These are conventions of this tool,
//! plain enough to be disagreed with, and printed with each finding. The levels of pixel density that the shares speak
//! of do come from standards: see [`Level`](vsa_record::measurements::Level).

use super::audit::{Side, Threshold, ThresholdSource};
use vsa_record::estimate::Unit;

/// "Most": half or more.
pub(super) const MOST: Threshold = Threshold {
    value: 0.5,
    unit: Unit::Ratio,
    side: Side::AtLeast,
    source: ThresholdSource::MajorityConvention,
};

/// "Nearly nobody": one in twenty or fewer.
pub(super) const NEARLY_NOBODY: Threshold = Threshold {
    value: 0.05,
    unit: Unit::Ratio,
    side: Side::AtMost,
    source: ThresholdSource::OneInTwentyConvention,
};

/// "Some": one in twenty or more.
pub(super) const SOME: Threshold = Threshold {
    side: Side::AtLeast,
    ..NEARLY_NOBODY
};

/// "Nearly none go wrong": an error rate of one in twenty or less.
pub(super) const NEARLY_NONE: Threshold = NEARLY_NOBODY;

/// "Once a day": in events per hour.
pub(super) const DAILY: Threshold = Threshold {
    value: 1.0 / 24.0,
    unit: Unit::PerHour,
    side: Side::AtLeast,
    source: ThresholdSource::OnceADayConvention,
};

/// "Nearly no frame": one in a hundred or fewer.
pub(super) const NEARLY_NO_FRAME: Threshold = Threshold {
    value: 0.01,
    unit: Unit::Ratio,
    side: Side::AtMost,
    source: ThresholdSource::OneInHundredConvention,
};

/// A stay that a loitering alarm would speak of, in seconds. A convention: vendors let their customers set it.
pub const LOITERING_SECONDS: f64 = 60.0;
