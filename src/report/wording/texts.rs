//! What sentences come in: texts of a heading, a chart, a measure. Every language fills the same forms.
//! Deliberately not here: any word (see the folders of the languages).

use crate::document::Section;
use vsa_record::estimate::Estimate;

impl Section {
    /// The section with this anchor, of which only the head is there.
    pub(super) fn headed(id: &str, name: &str, title: &str, lead: &str) -> Self {
        let [id, name, title, lead] = [id, name, title, lead].map(str::to_owned);
        Self {
            id,
            name,
            title,
            lead,
            blocks: Vec::new(),
        }
    }
}

/// The words of a chart.
pub struct ChartText {
    /// States what is the case.
    pub title: String,
    /// The chart in words.
    pub description: String,
    /// The limit of what it shows.
    pub caption: String,
    /// Name of the value axis.
    pub value_axis: String,
    /// Name of the other axis.
    pub other_axis: String,
}

/// What a detector counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Swept {
    /// People.
    People,
    /// Faces.
    Faces,
}

/// The words of a chart without axes.
pub struct PlacesText {
    /// States what is the case.
    pub title: String,
    /// The chart in words.
    pub description: String,
    /// The limit of what it shows.
    pub caption: String,
}

/// Words for one figure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FigureText {
    /// What it is, with its threshold and zone where it has them: `People faster than 2.5 m/s`.
    pub title: String,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

/// Words for one distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DistributionText {
    /// States what is spread: `How fast people walk`.
    pub title: &'static str,
    /// Name of the axis, without its unit.
    pub axis: &'static str,
    /// What is counted in the columns: `people`.
    pub counted: &'static str,
    /// The limit of what it shows.
    pub limit: &'static str,
}

/// What a reader has to know of a measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MeasureText {
    /// What is measured, and how, in plain words.
    pub definition: &'static str,
    /// Where the definition and its thresholds come from.
    pub source: &'static str,
    /// What a higher or a lower detection threshold does to it.
    pub sensitivity: &'static str,
    /// What it cannot tell.
    pub cannot_tell: &'static str,
}

/// The words of one audit.
pub struct AuditText {
    /// The question.
    pub question: &'static str,
    /// What is the case, if the claim holds.
    pub meets: &'static str,
    /// What is the case, if it does not.
    pub falls_short: &'static str,
    /// The question as a clause.
    pub whether: &'static str,
    /// What the number is.
    pub evidence: String,
}

/// What the answer says about a level, by the faces found.
pub struct FacesAtLevel<'record> {
    /// None: withheld.
    pub share: Option<&'record Estimate>,
    /// Only those count that look towards the camera.
    pub frontal: bool,
}

/// What the answer says about faces.
pub struct FacesSeen<'record> {
    /// Frames in which faces were looked for.
    pub frames: u64,
    /// Faces reported in them; none: withheld.
    pub sightings: Option<u64>,
    /// Of these, those that were measured; none: withheld.
    pub sized: Option<u64>,
    /// Share of tracks of people with a face at least once.
    pub with_face: Option<&'record Estimate>,
    /// Median height of the measured faces.
    pub median_height: Option<&'record Estimate>,
}

/// Words of a curve.
#[derive(Clone, Copy, Debug)]
pub struct CurveText {
    /// Anchor.
    pub id: &'static str,
    /// Heading.
    pub title: &'static str,
    /// The limit of what it shows.
    pub caption: &'static str,
    /// Upright axis.
    pub value_axis: &'static str,
    /// Level axis.
    pub level_axis: &'static str,
}
