//! Names and meanings of the estimates, for the table that holds them all.

use super::measures;
use super::terms::level;
use crate::formats::french as formats;
use vsa_record::measurements::Level;
use vsa_record::quantity::Quantity;

/// The name of a quantity.
#[must_use]
pub fn quantity(quantity: &Quantity) -> String {
    match quantity {
        Quantity::PeoplePerFrame => "Personnes par image, moyenne".into(),
        Quantity::OccupiedShare => "Images comptant au moins une personne".into(),
        Quantity::FacesPerFrame => "Visages par image, moyenne".into(),
        Quantity::PeopleWithFace => "Pistes ayant au moins une fois un visage".into(),
        Quantity::FaceHeight { at } => format!("Hauteur des visages, {}", quantile(*at)),
        Quantity::BodyDensity { at } => format!("Densité de pixels des corps, {}", quantile(*at)),
        Quantity::Followed { at } => format!("Durée de suivi, {}", quantile(*at)),
        Quantity::SeenShare => "Part de la durée de suivi où la personne était vue".into(),
        Quantity::EdgeToEdge => "Pistes allant d’un bord à un autre".into(),
        Quantity::Unbroken => "Pistes sans lacune".into(),
        Quantity::Fragments => "Fragments par piste".into(),
        Quantity::Stay { at } => format!("Durée de présence, {}", quantile(*at)),
        Quantity::LongerThan { seconds } => {
            format!("Présences de plus de {}", formats::seconds(*seconds))
        }
        Quantity::LevelOfFaces { level, of_people } => level_share("les visages", *level, *of_people),
        Quantity::LevelOfBodies { level, of_people } => level_share("les corps", *level, *of_people),
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

/// A name that has no words yet. A test holds that there is none in a release.
fn unworded(name: &impl std::fmt::Debug) -> String {
    format!("grandeur sans nom français ({name:?})")
}

/// What a quantity means.
#[must_use]
pub fn quantity_meaning(quantity: &Quantity) -> String {
    match quantity {
        Quantity::PeoplePerFrame => "Combien de personnes un système signale à la fois.".into(),
        Quantity::OccupiedShare => "Combien de fois il y a quelqu’un à observer.".into(),
        Quantity::FacesPerFrame => {
            "Combien de visages un système signale à la fois ; certains peuvent n’en être pas.".into()
        }
        Quantity::PeopleWithFace => {
            "Sur combien de pistes le détecteur de visages signale un visage ; certains peuvent n’en être pas.".into()
        }
        Quantity::FaceHeight { at } => {
            format!(
                "{} des visages mesurés ont cette hauteur ou moins.",
                formats::percent(*at)
            )
        }
        Quantity::BodyDensity { at } => {
            format!(
                "{} des apparitions ont ce nombre de pixels par mètre de corps, ou moins.",
                formats::percent(*at)
            )
        }
        Quantity::Followed { at } => {
            format!("{} des pistes durent autant ou moins.", formats::percent(*at))
        }
        Quantity::SeenShare => {
            "Le reste a été comblé : l’algorithme de suivi a supposé où se trouvait la personne.".into()
        }
        Quantity::EdgeToEdge => {
            "Combien de pistes vont de l’entrée à la sortie, parmi celles que l’enregistrement n’interrompt pas.".into()
        }
        Quantity::Unbroken => "Sur combien de pistes la personne est signalée dans chaque image.".into(),
        Quantity::Fragments => "Au-dessus de un, des personnes ont été perdues puis raccordées.".into(),
        Quantity::Stay { at } => {
            format!(
                "{} des pistes durent autant ou moins, compte tenu de celles qui sont interrompues.",
                formats::percent(*at)
            )
        }
        Quantity::LongerThan { .. } => {
            "Proportion estimée des pistes, compte tenu de celles qui sont interrompues.".into()
        }
        Quantity::LevelOfFaces { level, .. } | Quantity::LevelOfBodies { level, .. } => {
            format!(
                "À {} ou au-dessus.",
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
        "pistes, au mieux"
    } else {
        "apparitions"
    };
    format!(
        "« {} », {}, d’après {what} : {of}",
        level(at),
        formats::pixels_per_metre(at.pixels_per_metre())
    )
}

/// A quantile's name.
#[must_use]
pub fn quantile(at: f64) -> String {
    if (at - 0.5).abs() < 1e-9 {
        "médiane".into()
    } else {
        format!("quantile à {}", formats::percent(at))
    }
}
