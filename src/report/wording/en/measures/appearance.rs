//! Words for the measures of who looks: re-identification, faces, attributes, clothing, gait.

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
