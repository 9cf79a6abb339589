//! Names and meanings of the estimates, for the table that holds them all.

use super::measures;
use super::terms::level;
use crate::formats::english as formats;
use vsa_record::measurements::Level;
use vsa_record::quantity::Quantity;

/// The name of a quantity.
#[must_use]
pub fn quantity(quantity: &Quantity) -> String {
    match quantity {
        Quantity::PeoplePerFrame => "People per frame, mean".into(),
        Quantity::OccupiedShare => "Frames with at least one person".into(),
        Quantity::FacesPerFrame => "Faces per frame, mean".into(),
        Quantity::PeopleWithFace => "Tracks with a face at least once".into(),
        Quantity::FaceHeight { at } => format!("Face height, {}", quantile(*at)),
        Quantity::BodyDensity { at } => format!("Pixel density of bodies, {}", quantile(*at)),
        Quantity::Followed { at } => format!("Time followed, {}", quantile(*at)),
        Quantity::SeenShare => "Followed time in which the person was seen".into(),
        Quantity::EdgeToEdge => "Tracks from edge to edge".into(),
        Quantity::Unbroken => "Tracks without a gap".into(),
        Quantity::Fragments => "Fragments per track".into(),
        Quantity::Stay { at } => format!("Stay, {}", quantile(*at)),
        Quantity::LongerThan { seconds } => format!("Stays longer than {}", formats::seconds(*seconds)),
        Quantity::LevelOfFaces { level, of_people } => level_share("faces", *level, *of_people),
        Quantity::LevelOfBodies { level, of_people } => level_share("bodies", *level, *of_people),
        Quantity::Figure { figure, .. } => {
            measures::figure(figure).map_or_else(|| unworded(&figure.name), |text| text.title)
        }
        Quantity::Spread { name, of, at, .. } => {
            let title =
                measures::distribution(*name).map_or_else(|| unworded(name), |text| text.title.to_owned());
            let of = of.as_ref().map_or_else(String::new, |of| format!(" ({of})"));
            format!("{title}{of}, {}", quantile(*at))
        }
    }
}

/// A name that has no words yet, readable: `faster than share`. A test holds that there is none in a release.
fn unworded(name: &impl std::fmt::Debug) -> String {
    let mut out = String::new();
    for letter in format!("{name:?}").chars() {
        if letter.is_uppercase() && !out.is_empty() {
            out.push(' ');
        }
        out.extend(letter.to_lowercase());
    }
    out
}

/// What a quantity means.
#[must_use]
pub fn quantity_meaning(quantity: &Quantity) -> String {
    match quantity {
        Quantity::PeoplePerFrame => "How many people a system reports at a time.".into(),
        Quantity::OccupiedShare => "How often there is somebody to watch.".into(),
        Quantity::FacesPerFrame => "How many faces a system reports at a time; some may be none.".into(),
        Quantity::PeopleWithFace => {
            "On how many tracks the face detector reports a face; some may be none.".into()
        }
        Quantity::FaceHeight { at } => {
            format!(
                "{} of the measured faces are so high or lower.",
                formats::percent(*at)
            )
        }
        Quantity::BodyDensity { at } => {
            format!(
                "{} of the sightings have so many pixels per metre of body, or fewer.",
                formats::percent(*at)
            )
        }
        Quantity::Followed { at } => {
            format!("{} of the tracks last so long or shorter.", formats::percent(*at))
        }
        Quantity::SeenShare => "The rest was bridged: the tracker guessed where the person was.".into(),
        Quantity::EdgeToEdge => {
            "How many tracks run from entry to exit, among those that the footage does not cut off.".into()
        }
        Quantity::Unbroken => "How many tracks have the person reported in every frame.".into(),
        Quantity::Fragments => "Above one, people were lost and joined again.".into(),
        Quantity::Stay { at } => {
            format!(
                "{} of the tracks last so long or shorter, cut-off ones taken into account.",
                formats::percent(*at)
            )
        }
        Quantity::LongerThan { .. } => "Estimated share of tracks, cut-off ones taken into account.".into(),
        Quantity::LevelOfFaces { level, .. } | Quantity::LevelOfBodies { level, .. } => {
            format!(
                "At or above {}.",
                formats::pixels_per_metre(level.pixels_per_metre())
            )
        }
        Quantity::Figure { figure, .. } => {
            measures::figure(figure).map_or_else(String::new, |text| text.meaning.to_owned())
        }
        Quantity::Spread { name, .. } => {
            measures::distribution(*name).map_or_else(String::new, |text| text.limit.to_owned())
        }
    }
}

fn level_share(what: &str, at: Level, of_people: bool) -> String {
    let of = if of_people {
        "tracks at their best"
    } else {
        "sightings"
    };
    format!(
        "“{}”, {}, by {what}: {of}",
        level(at),
        formats::pixels_per_metre(at.pixels_per_metre())
    )
}

/// A quantile's name.
#[must_use]
pub fn quantile(at: f64) -> String {
    if (at - 0.5).abs() < 1e-9 {
        "median".into()
    } else {
        format!("{} quantile", formats::percent(at))
    }
}
