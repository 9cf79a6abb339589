//! Names and meanings of the estimates, for the table that holds them all.

use super::formats;
use super::measures;
use super::terms::level;
use vsa_record::measurements::Level;
use vsa_record::quantity::Quantity;
use vsa_record::reading::DistributionName;

/// The table, one row for each quantity: its name, and what it means; in braces, where neither is a sentence of this table.
macro_rules! quantities {
    (($($text:tt)+)) => {
        text! { $($text)+ }
    };
    ({ $said:expr }) => {
        $said
    };
    ($of:expr; $($quantity:pat => $name:tt $meaning:tt;)+) => {
        match $of {
            $($quantity => [quantities!($name), quantities!($meaning)],)+
        }
    };
}

/// The name of a quantity.
pub fn quantity(quantity: &Quantity) -> String {
    let [name, _] = name_and_meaning(quantity);
    name
}

/// What a quantity means.
pub fn quantity_meaning(quantity: &Quantity) -> String {
    let [_, meaning] = name_and_meaning(quantity);
    meaning
}

fn name_and_meaning(quantity: &Quantity) -> [String; 2] {
    quantities! {
        quantity;
        Quantity::PeoplePerFrame => (en "People per frame, mean", fr "Personnes par image, moyenne")
            (en "How many people a system reports at a time.", fr "Combien de personnes un système signale à la fois.");
        Quantity::OccupiedShare => (en "Frames with at least one person", fr "Images comptant au moins une personne")
            (en "How often there is somebody to watch.", fr "Combien de fois il y a quelqu’un à observer.");
        Quantity::FacesPerFrame => (en "Faces per frame, mean", fr "Visages par image, moyenne")
            (en "How many faces a system reports at a time; some may be false detections.",
             fr "Combien de visages un système signale à la fois ; certains peuvent n’en être pas.");
        Quantity::PeopleWithFace => (en "Tracks with a face at least once", fr "Pistes ayant au moins une fois un visage")
            (en "On how many tracks the face detector reports a face; some may be false detections.",
             fr "Sur combien de pistes le détecteur de visages signale un visage ; certains peuvent n’en être pas.");
        Quantity::FaceHeight { at } => (en "Face height, {}", fr "Hauteur des visages, {}"; quantile(*at))
            (en "{} of the measured faces are at most this tall.",
             fr "{} des visages mesurés ont cette hauteur ou moins."; formats::percent(*at));
        Quantity::BodyDensity { at } => (en "Pixel density of bodies, {}", fr "Densité de pixels des corps, {}"; quantile(*at))
            (en "{} of the sightings have this pixel density or less.",
             fr "{} des apparitions ont ce nombre de pixels par mètre de corps, ou moins."; formats::percent(*at));
        Quantity::Followed { at } => (en "Time followed, {}", fr "Durée de suivi, {}"; quantile(*at))
            (en "{} of the tracks last at most this long.", fr "{} des pistes durent autant ou moins."; formats::percent(*at));
        Quantity::SeenShare =>
            (en "Followed time in which the person was seen", fr "Part de la durée de suivi où la personne était vue")
            (en "The rest was bridged: the tracker guessed where the person was.",
             fr "Le reste a été comblé : l’algorithme de suivi a supposé où se trouvait la personne.");
        Quantity::EdgeToEdge => (en "Tracks from edge to edge", fr "Pistes allant d’un bord à un autre")
            (en "How many tracks run from entry to exit, among those that the footage does not cut off.",
             fr "Combien de pistes vont de l’entrée à la sortie, parmi celles que l’enregistrement n’interrompt pas.");
        Quantity::Unbroken => (en "Tracks without a gap", fr "Pistes sans lacune")
            (en "How many tracks have the person reported in every frame.",
             fr "Sur combien de pistes la personne est signalée dans chaque image.");
        Quantity::Fragments => (en "Fragments per track", fr "Fragments par piste")
            (en "Above one, people were lost and joined again.",
             fr "Au-dessus de un, des personnes ont été perdues puis raccordées.");
        Quantity::Stay { at } => (en "Stay, {}", fr "Durée de présence, {}"; quantile(*at))
            (en "{} of the tracks last at most this long, cut-off ones taken into account.",
             fr "{} des pistes durent autant ou moins, compte tenu de celles qui sont interrompues."; formats::percent(*at));
        Quantity::LongerThan { seconds } => (en "Stays longer than {}", fr "Présences de plus de {}"; formats::seconds(*seconds))
            (en "Estimated share of tracks, cut-off ones taken into account.",
             fr "Proportion estimée des pistes, compte tenu de celles qui sont interrompues.");
        Quantity::LevelOfFaces { level, of_people } =>
            { level_share(words! { en "faces", fr "les visages" }, *level, *of_people) } { at_or_above(*level) };
        Quantity::LevelOfBodies { level, of_people } =>
            { level_share(words! { en "bodies", fr "les corps" }, *level, *of_people) } { at_or_above(*level) };
        Quantity::Figure { figure, .. } => {
            measures::figure(figure).map_or_else(|| unworded(&figure.name), |text| text.title)
        } {
            measures::figure(figure).map_or_else(String::new, |text| text.meaning.to_owned())
        };
        Quantity::Spread { name, of, at, .. } => { spread_of(*name, of.as_deref(), *at) } {
            measures::distribution(*name).map_or_else(String::new, |text| text.limit.to_owned())
        };
    }
}

fn spread_of(name: DistributionName, of: Option<&str>, at: f64) -> String {
    let title = measures::distribution(name).map_or_else(|| unworded(&name), |text| text.title.to_owned());
    let of = of.map_or_else(String::new, |of| format!(" ({of})"));
    format!("{title}{of}, {}", quantile(at))
}

fn at_or_above(level: Level) -> String {
    text! { en "At or above {}.", fr "À {} ou au-dessus."; formats::pixels_per_metre(level.pixels_per_metre()) }
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
