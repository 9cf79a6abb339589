//! Names of everything that a report estimates: stable in every language.
//! Deliberately not here: the words for them (see `wording`).

use crate::measurements::Level;
use crate::reading::{Capability, DistributionName, Figure};

/// Something that is estimated.
#[derive(Clone, Debug, PartialEq)]
pub enum Quantity {
    /// Mean people per frame.
    PeoplePerFrame,
    /// Share of frames with somebody.
    OccupiedShare,
    /// Mean faces per frame.
    FacesPerFrame,
    /// Share of tracks with a face.
    PeopleWithFace,
    /// A quantile of the face height.
    FaceHeight {
        /// Between 0 and 1.
        at: f64,
    },
    /// A quantile of the pixel density of bodies.
    BodyDensity {
        /// Between 0 and 1.
        at: f64,
    },
    /// A quantile of the time followed.
    Followed {
        /// Between 0 and 1.
        at: f64,
    },
    /// Share of the followed time in which the person was seen.
    SeenShare,
    /// Share of tracks from edge to edge.
    EdgeToEdge,
    /// Share of tracks without a gap.
    Unbroken,
    /// Fragments per track.
    Fragments,
    /// A quantile of the stay.
    Stay {
        /// Between 0 and 1.
        at: f64,
    },
    /// Share of people who stay longer.
    LongerThan {
        /// Than this.
        seconds: f64,
    },
    /// Share of faces at a level.
    LevelOfFaces {
        /// The level.
        level: Level,
        /// Of tracks at their best; otherwise of sightings.
        of_people: bool,
    },
    /// Share of bodies at a level.
    LevelOfBodies {
        /// The level.
        level: Level,
        /// Of tracks at their best; otherwise of sightings.
        of_people: bool,
    },
    /// A figure that a measure read.
    Figure {
        /// Of which capability.
        capability: Capability,
        /// The figure.
        figure: Figure,
    },
    /// A quantile of a distribution that a measure read.
    Spread {
        /// Of which capability.
        capability: Capability,
        /// What is spread.
        name: DistributionName,
        /// Of which zone, line or attribute.
        of: Option<String>,
        /// Between 0 and 1.
        at: f64,
    },
}

impl Quantity {
    /// Stable name, in every language.
    #[must_use]
    pub fn name(&self) -> String {
        let of = |of_people: &bool| if *of_people { "people" } else { "sightings" };
        match self {
            Self::PeoplePerFrame => "presence.people_per_frame".into(),
            Self::OccupiedShare => "presence.occupied_share".into(),
            Self::FacesPerFrame => "face_exposure.faces_per_frame".into(),
            Self::PeopleWithFace => "face_exposure.people_with_face".into(),
            Self::FaceHeight { at } => format!("face_exposure.face_height.{at}"),
            Self::BodyDensity { at } => format!("face_exposure.body_density.{at}"),
            Self::Followed { at } => format!("followability.followed_seconds.{at}"),
            Self::SeenShare => "followability.seen_share".into(),
            Self::EdgeToEdge => "followability.edge_to_edge_share".into(),
            Self::Unbroken => "followability.unbroken_share".into(),
            Self::Fragments => "followability.fragments_per_person".into(),
            Self::Stay { at } => format!("dwell.stay.{at}"),
            Self::LongerThan { seconds } => format!("dwell.longer_than.{seconds}"),
            Self::LevelOfFaces { level, of_people } => {
                format!("face_exposure.faces_at.{level}.{}", of(of_people))
            }
            Self::LevelOfBodies { level, of_people } => {
                format!("face_exposure.bodies_at.{level}.{}", of(of_people))
            }
            Self::Figure { capability, figure } => {
                let at = figure.at.map(|at| at.to_string());
                let parts = [figure.of.clone(), at].into_iter().flatten();
                dotted([capability.name(), figure.name.name()], parts)
            }
            Self::Spread {
                capability,
                name,
                of,
                at,
            } => {
                let parts = of.clone().into_iter().chain([at.to_string()]);
                dotted([capability.name(), name.name()], parts)
            }
        }
    }

    /// Whether it is a share at a level of pixel density.
    #[must_use]
    pub fn is_level(&self) -> bool {
        matches!(self, Self::LevelOfFaces { .. } | Self::LevelOfBodies { .. })
    }
}

/// `pace.faster_than_share.2.5`.
fn dotted(names: [&str; 2], rest: impl Iterator<Item = String>) -> String {
    let parts: Vec<String> = names.map(str::to_owned).into_iter().chain(rest).collect();
    parts.join(".")
}
