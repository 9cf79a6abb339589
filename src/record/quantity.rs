//! Names of everything that a report estimates: stable in every language.
//! Deliberately not here: the words for them (see `wording`).

use crate::measurements::Level;
use crate::reading::{Capability, DistributionName, Figure, FigureName};

/// One of each kind that no measure of [`Capability`] gives.
const OTHERS: [Quantity; 17] = {
    let (at, seconds) = (0.5, 30.0);
    let (level, of_people) = (Level::Detect, true);
    [
        Quantity::PeoplePerFrame,
        Quantity::OccupiedShare,
        Quantity::FacesPerFrame,
        Quantity::PeopleWithFace,
        Quantity::FaceHeight { at },
        Quantity::BodyDensity { at },
        Quantity::LevelOfFaces { level, of_people },
        Quantity::LevelOfBodies { level, of_people },
        Quantity::FrontalFaces { of_people },
        Quantity::LevelOfFrontalFaces { level, of_people },
        Quantity::Followed { at },
        Quantity::SeenShare,
        Quantity::EdgeToEdge,
        Quantity::Unbroken,
        Quantity::Fragments,
        Quantity::Stay { at },
        Quantity::LongerThan { seconds },
    ]
};

/// The first two parts of their names, and whether a quantile, a limit or a level follows.
fn others() -> impl Iterator<Item = (String, bool)> {
    OTHERS.iter().map(|quantity| {
        let name = quantity.name();
        let parts: Vec<&str> = name.splitn(3, '.').collect();
        (parts[..2].join("."), parts.len() > 2)
    })
}

/// Whether [`Quantity::name`] can be this. What follows its beginning is not looked at: zones are named by the user, and
/// limits differ from record to record.
#[must_use]
pub fn is_name(name: &str) -> bool {
    let follows = |beginning: &str| match name.strip_prefix(beginning)? {
        "" => Some(false),
        rest => rest.starts_with('.').then_some(true),
    };
    others().any(|(beginning, more)| follows(&beginning) == Some(more))
        || figures().any(|beginning| follows(&beginning).is_some())
        || spreads().any(|beginning| follows(&beginning) == Some(true))
}

/// Every beginning that [`is_name`] knows: without zones, quantiles and limits.
pub fn beginnings() -> impl Iterator<Item = String> {
    let others = others().map(|(beginning, _)| beginning);
    others.chain(figures()).chain(spreads())
}

/// Of the figures of measures.
fn figures() -> impl Iterator<Item = String> {
    FigureName::ALL
        .into_iter()
        .flat_map(|name| of_capabilities(name.capabilities(), name.name()))
}

/// Of their distributions.
fn spreads() -> impl Iterator<Item = String> {
    DistributionName::ALL
        .into_iter()
        .flat_map(|name| of_capabilities(name.capabilities(), name.name()))
}

fn of_capabilities(capabilities: &'static [Capability], name: &'static str) -> impl Iterator<Item = String> {
    let named = move |capability: &Capability| format!("{capability}.{name}");
    capabilities.iter().map(named)
}

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
    /// Share of faces that look towards the camera.
    FrontalFaces {
        /// Of tracks, at least once; otherwise of sightings.
        of_people: bool,
    },
    /// Share of faces that look towards the camera at a level.
    LevelOfFrontalFaces {
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
            Self::FrontalFaces { of_people } => format!("face_exposure.frontal.{}", of(of_people)),
            Self::LevelOfFrontalFaces { level, of_people } => {
                format!("face_exposure.frontal_faces_at.{level}.{}", of(of_people))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::catalogue;
    use crate::json::read_record;

    #[test]
    fn every_name_of_a_record_is_known_as_one() {
        let record = read_record(include_bytes!("../../samples/record.json")).unwrap();
        let mut names: Vec<String> = catalogue(&record.measurements)
            .iter()
            .map(|(quantity, _)| quantity.name())
            .collect();
        let at = 0.5;
        names.extend(OTHERS.iter().map(Quantity::name));
        names.extend(
            [
                Quantity::Figure {
                    capability: Capability::Intrusion,
                    figure: Figure {
                        name: FigureName::ZoneEntryRate,
                        of: Some("a zone. With a dot".to_owned()),
                        at: None,
                        estimate: None,
                    },
                },
                Quantity::Spread {
                    capability: Capability::Pace,
                    name: DistributionName::Speed,
                    of: None,
                    at,
                },
            ]
            .map(|quantity| quantity.name()),
        );
        for name in &names {
            assert!(is_name(name), "{name}");
            // Up to its second dot: every name begins with nothing, too.
            let two: Vec<&str> = name.splitn(3, '.').take(2).collect();
            assert!(beginnings().any(|one| one == two.join(".")), "{name}");
        }
        assert!(names.len() > OTHERS.len() + 2, "the sample has none");
    }

    #[test]
    fn a_name_that_no_record_has_is_known_as_none() {
        for name in [
            "",
            "nonsense",
            "presence",
            "presence.people_per_frames",
            "presence.people_per_frame.0.5",
            "dwell.stay",
            "dwell.stays.0.5",
            "pace",
            "pace.nonsense",
            "pace.speed",
            "pace.rank_one",
            "face_matching.rank_one_redacted",
            "nonsense.faster_than_share",
        ] {
            assert!(!is_name(name), "{name}");
        }
    }

    #[test]
    fn the_levels_of_pixel_density_are_levels_and_nothing_else_is() {
        let levels: Vec<String> = OTHERS
            .iter()
            .filter(|one| one.is_level())
            .map(Quantity::name)
            .collect();
        let wanted = [
            "face_exposure.faces_at.detect.people",
            "face_exposure.bodies_at.detect.people",
        ];
        assert_eq!(levels, wanted);
    }
}
