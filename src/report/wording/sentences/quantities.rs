//! Names and meanings of the estimates, for the table that holds them all.

use super::formats;
use super::measures;
use super::terms::level;
use vsa_record::measurements::Level;
use vsa_record::quantity::Quantity;

/// The name of a quantity.
pub fn quantity(quantity: &Quantity) -> String {
    match quantity {
        Quantity::PeoplePerFrame => words! { en "People per frame, mean", fr "Personnes par image, moyenne" }.into(),
        Quantity::OccupiedShare => words! { en "Frames with at least one person",
                                            fr "Images comptant au moins une personne" }.into(),
        Quantity::FacesPerFrame => words! { en "Faces per frame, mean", fr "Visages par image, moyenne" }.into(),
        Quantity::PeopleWithFace => words! { en "Tracks with a face at least once",
                                             fr "Pistes ayant au moins une fois un visage" }.into(),
        Quantity::FaceHeight { at } => text! { en "Face height, {}",
                                               fr "Hauteur des visages, {}"; quantile(*at) },
        Quantity::BodyDensity { at } => text! { en "Pixel density of bodies, {}",
                                                fr "Densité de pixels des corps, {}"; quantile(*at) },
        Quantity::Followed { at } => text! { en "Time followed, {}", fr "Durée de suivi, {}"; quantile(*at) },
        Quantity::SeenShare => words! { en "Followed time in which the person was seen",
                                        fr "Part de la durée de suivi où la personne était vue" }.into(),
        Quantity::EdgeToEdge => words! { en "Tracks from edge to edge",
                                         fr "Pistes allant d’un bord à un autre" }.into(),
        Quantity::Unbroken => words! { en "Tracks without a gap", fr "Pistes sans lacune" }.into(),
        Quantity::Fragments => words! { en "Fragments per track", fr "Fragments par piste" }.into(),
        Quantity::Stay { at } => text! { en "Stay, {}", fr "Durée de présence, {}"; quantile(*at) },
        Quantity::LongerThan { seconds } => text! { en "Stays longer than {}",
                                                    fr "Présences de plus de {}"; formats::seconds(*seconds) },
        Quantity::LevelOfFaces { level, of_people } => {
            level_share(words! { en "faces", fr "les visages" }, *level, *of_people)
        }
        Quantity::FrontalFaces { of_people: true } => words! {
            en "Tracks of faces with one turned to the camera",
            fr "Pistes de visages dont un est tourné vers la caméra" }.into(),
        Quantity::FrontalFaces { of_people: false } => words! {
            en "Sightings of faces turned to the camera",
            fr "Apparitions de visages tournés vers la caméra" }.into(),
        Quantity::LevelOfFrontalFaces { level, of_people } => {
            level_share(words! { en "faces turned to the camera", fr "les visages tournés vers la caméra" }, *level, *of_people)
        }
        Quantity::LevelOfBodies { level, of_people } => {
            level_share(words! { en "bodies", fr "les corps" }, *level, *of_people)
        }
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
    words! {
        en {
            let mut out = String::new();
            for letter in format!("{name:?}").chars() {
                if letter.is_uppercase() && !out.is_empty() {
                    out.push(' ');
                }
                out.extend(letter.to_lowercase());
            }
            out
        },
        fr { format!("grandeur sans nom français ({name:?})") },
    }
}

/// What a quantity means.
pub fn quantity_meaning(quantity: &Quantity) -> String {
    match quantity {
        Quantity::PeoplePerFrame => words! { en "How many people a system reports at a time.",
                                             fr "Combien de personnes un système signale à la fois." }.into(),
        Quantity::OccupiedShare => words! { en "How often there is somebody to watch.",
                                            fr "Combien de fois il y a quelqu’un à observer." }.into(),
        Quantity::FacesPerFrame => words! {
            en "How many faces a system reports at a time; some may be false detections.",
            fr "Combien de visages un système signale à la fois ; certains peuvent n’en être pas." }.into(),
        Quantity::PeopleWithFace => words! {
            en "On how many tracks the face detector reports a face; some may be false detections.",
            fr "Sur combien de pistes le détecteur de visages signale un visage ; certains peuvent n’en être pas." }.into(),
        Quantity::FaceHeight { at } => text! { en "{} of the measured faces are at most this tall.",
                                               fr "{} des visages mesurés ont cette hauteur ou moins."; formats::percent(*at) },
        Quantity::BodyDensity { at } => text! {
            en "{} of the sightings have this pixel density or less.",
            fr "{} des apparitions ont ce nombre de pixels par mètre de corps, ou moins."; formats::percent(*at) },
        Quantity::Followed { at } => text! { en "{} of the tracks last at most this long.",
                                             fr "{} des pistes durent autant ou moins."; formats::percent(*at) },
        Quantity::SeenShare => words! {
            en "The rest was bridged: the tracker guessed where the person was.",
            fr "Le reste a été comblé : l’algorithme de suivi a supposé où se trouvait la personne." }.into(),
        Quantity::EdgeToEdge => words! {
            en "How many tracks run from entry to exit, among those that the footage does not cut off.",
            fr "Combien de pistes vont de l’entrée à la sortie, parmi celles que l’enregistrement n’interrompt pas." }.into(),
        Quantity::Unbroken => words! { en "How many tracks have the person reported in every frame.",
                                       fr "Sur combien de pistes la personne est signalée dans chaque image." }.into(),
        Quantity::Fragments => words! { en "Above one, people were lost and joined again.",
                                        fr "Au-dessus de un, des personnes ont été perdues puis raccordées." }.into(),
        Quantity::Stay { at } => text! {
            en "{} of the tracks last at most this long, cut-off ones taken into account.",
            fr "{} des pistes durent autant ou moins, compte tenu de celles qui sont interrompues."; formats::percent(*at) },
        Quantity::LongerThan { .. } => words! {
            en "Estimated share of tracks, cut-off ones taken into account.",
            fr "Proportion estimée des pistes, compte tenu de celles qui sont interrompues." }.into(),
        Quantity::LevelOfFaces { level, .. } | Quantity::LevelOfBodies { level, .. } => {
            text! { en "At or above {}.",
                    fr "À {} ou au-dessus."; formats::pixels_per_metre(level.pixels_per_metre()) }
        }
        Quantity::FrontalFaces { .. } => words! {
            en "Of all measured faces; five points of a face tell which way it looks.",
            fr "Parmi tous les visages mesurés ; cinq points d’un visage indiquent son orientation." }.into(),
        Quantity::LevelOfFrontalFaces { level, .. } => text! {
            en "At or above {} while turned to the camera, of all measured faces.",
            fr "À {} ou au-dessus, le visage étant tourné vers la caméra, parmi tous les visages mesurés.";
            formats::pixels_per_metre(level.pixels_per_metre()) },
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
        words! { en "tracks at their best", fr "pistes, au mieux" }
    } else {
        words! { en "sightings", fr "apparitions" }
    };
    text! { en "“{}”, {}, by {what}: {of}",
            fr "« {} », {}, d’après {what} : {of}"; level(at), formats::pixels_per_metre(at.pixels_per_metre()) }
}

/// A quantile's name.
pub fn quantile(at: f64) -> String {
    if (at - 0.5).abs() < 1e-9 {
        words! { en "median", fr "médiane" }.into()
    } else {
        text! { en "{} quantile", fr "quantile à {}"; formats::percent(at) }
    }
}
