//! Words around what the measures read, section by section.

/// Heading of what was not measured in a section.
pub const NOT_MEASURED_HERE: &str = "Not measured here";
/// Before the source of a measure.
pub const SOURCE_POINT: &str = "Source.";
/// Before what the threshold of detection does to a measure.
pub const SENSITIVITY_POINT: &str = "What the detector's threshold does to it.";
/// Before what a measure cannot tell.
pub const CANNOT_TELL_POINT: &str = "What it cannot tell.";
/// Caption of what one measure read.
#[must_use]
pub fn read_caption(capability: &str) -> String {
    format!("{capability}: what was read.")
}

/// Heading of the capabilities that were not measured.
pub const NOT_MEASURED_HEADING: &str = "Capabilities that were not measured";
/// Caption of their table.
pub const NOT_MEASURED_CAPTION: &str = "Systems on the market offer more than was measured here. A capability in this table is neither shown nor excluded by this report.";
/// Columns of their table.
pub const NOT_MEASURED_COLUMNS: [&str; 2] = ["Capability", "Why not"];
