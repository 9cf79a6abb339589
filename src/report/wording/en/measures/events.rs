//! Words for the measures of what happens: falls, crowds, left objects, and how much of the time nothing does.

use super::{DistributionText, FigureText, MeasureText};
use crate::record::reading::{Capability, DistributionName, Figure};

pub(super) fn figure(_figure: &Figure) -> Option<FigureText> {
    None
}

pub(super) fn distribution(_name: DistributionName) -> Option<DistributionText> {
    None
}

pub(super) fn measure(_capability: Capability) -> Option<MeasureText> {
    None
}
