//! Words in and around charts.

use crate::formats::french as formats;
use crate::wording::{ChartText, DistributionText, PlacesText};
use vsa_record::estimate::Unit;

/// People over time.
#[must_use]
pub fn occupancy(
    item: &str,
    width_seconds: f64,
    busiest: Option<(&str, &str)>,
    withheld: usize,
) -> ChartText {
    let width = formats::duration(width_seconds);
    let shown = match busiest {
        Some((span, value)) => {
            format!(
                "L’intervalle de temps le plus fréquenté est {span}\u{202f}s, avec {value} personnes par image."
            )
        }
        None => "Aucun intervalle de temps ne peut être montré.".into(),
    };
    let hidden = if withheld > 0 {
        format!(
            " Intervalles de temps occultés, car trop peu de personnes se trouvent derrière eux : {}.",
            formats::count(withheld as u64)
        )
    } else {
        String::new()
    };
    ChartText {
        title: format!("Personnes signalées dans {item}, au fil du temps"),
        description: format!(
            "Nombre moyen de personnes par image, par intervalles de {width}. {shown}{hidden}"
        ),
        caption: format!(
            "Moyenne par intervalles de {width}, dénombrement exhaustif : pas d’intervalle de confiance. Les personnes que le \
             détecteur a manquées ne sont pas comptées ; les choses qu’il a prises pour des personnes le sont.{hidden}"
        ),
        value_axis: "Personnes par image".into(),
        other_axis: "Secondes depuis le début".into(),
    }
}

/// Where people were seen.
#[must_use]
pub fn places(item: &str, most: u64, withheld: usize) -> PlacesText {
    let hidden = if withheld > 0 {
        format!(
            " Cases occultées, car d’une à dix personnes (ou autant que le veut la règle) se trouvent derrière elles : {}.",
            formats::count(withheld as u64)
        )
    } else {
        String::new()
    };
    PlacesText {
        title: format!("Où, dans l’image de {item}, des personnes peuvent être vues"),
        description: format!(
            "L’image découpée en cases carrées, chacune avec le nombre de pistes qui y ont posé le pied. Le plus grand nombre dans \
             une case : {}.{hidden}",
            formats::count(most)
        ),
        caption: format!(
            "L’image entière, découpée en cases ; l’image elle-même n’est pas conservée. Une case indique combien de pistes y ont \
             posé le pied, quelle que soit la durée : dénombrement exhaustif, pas d’intervalle. Une même personne peut former \
             plusieurs pistes. Une case sans marque est un endroit où nul n’a été signalé, non un endroit où nul n’a été.{hidden}"
        ),
    }
}

/// Head of the first column of the data of places.
pub const PLACE_ROW: &str = "Rangée";
/// Legend of an empty cell.
pub const PLACE_NOBODY: &str = "aucune";

/// `1 track`, `3–5 tracks`.
#[must_use]
pub fn visits(low: u64, high: u64) -> String {
    match (low, high) {
        (1, 1) => "1 piste".to_owned(),
        (low, high) if low == high => format!("{} pistes", formats::count(low)),
        (low, high) => format!("{}–{} pistes", formats::count(low), formats::count(high)),
    }
}

/// Frames by number of people.
#[must_use]
pub fn frames_by_people(most_common: Option<(&str, &str)>) -> ChartText {
    let shown = match most_common {
        Some((people, frames)) => {
            format!("Le nombre le plus fréquent est {people}, dans {frames} images.")
        }
        None => "Aucune colonne ne peut être montrée.".into(),
    };
    ChartText {
        title: "Combien de personnes compte une image".into(),
        description: format!("Nombre d’images selon le nombre de personnes qui y sont signalées. {shown}"),
        caption: "Dénombrement exhaustif : pas d’intervalle. Une personne cachée par une autre, ou manquée par le détecteur, n’est \
                  pas comptée ; une chose qu’il a prise pour une personne l’est."
            .into(),
        value_axis: "Images".into(),
        other_axis: "Personnes signalées dans l’image".into(),
    }
}

/// Heights of faces.
#[must_use]
pub fn face_heights(
    most_common: Option<(&str, &str)>,
    assumed_width: f64,
    sized: &str,
    sightings: &str,
) -> ChartText {
    let shown = match most_common {
        Some((height, count)) => {
            format!(
                "La colonne la plus haute est celle des visages hauts de {height} pixels, avec {count} apparitions."
            )
        }
        None => "Aucune colonne ne peut être montrée.".into(),
    };
    ChartText {
        title: "Quelle hauteur ont les visages signalés, en pixels".into(),
        description: format!(
            "Nombre d’apparitions de visages selon la hauteur en pixels. {shown} Des traits marquent la largeur en pixels que les \
             niveaux DORI demandent d’un visage."
        ),
        caption: format!(
            "Apparitions de visages mesurées : {sized} ; signalées en tout : {sightings}. Chacune compte, dénombrement exhaustif : pas \
             d’intervalle. Certaines peuvent n’être pas des visages. Les colonnes n’ont pas la même étendue. Un trait se trouve à la \
             largeur d’un visage de {} à ce niveau ; les visages sont plus hauts que larges, de sorte qu’un visage à gauche d’un \
             trait ne l’atteint pas, tandis qu’un visage à droite peut l’atteindre.",
            formats::metres(assumed_width)
        ),
        value_axis: "Apparitions de visages".into(),
        other_axis: "Hauteur du visage en pixels".into(),
    }
}

/// Shares of people (or sightings) at each level.
#[must_use]
pub fn levels(
    from_bodies: bool,
    of_people: bool,
    assumed_metres: f64,
    counted: &str,
    summary: &str,
) -> ChartText {
    let (what, assumed) = if from_bodies {
        (
            "les corps",
            format!("toute personne est haute de {}", formats::metres(assumed_metres)),
        )
    } else {
        (
            "les visages",
            format!("tout visage est large de {}", formats::metres(assumed_metres)),
        )
    };
    let of = if of_people {
        "pistes, chacune à son meilleur instant,"
    } else {
        "apparitions"
    };
    ChartText {
        title: format!("Combien atteignent chaque niveau de densité de pixels, d’après {what}"),
        description: format!(
            "Proportion de {of} atteignant ou dépassant chaque niveau de deux échelles. {summary}"
        ),
        caption: format!(
            "Proportion de {of} si {assumed}. Effectif : {counted}. Point : estimation ; barre : son intervalle de confiance à 95 %. \
             Les niveaux désignent ce que l’on attend d’une personne devant un écran ; un logiciel peut exiger plus ou moins de \
             pixels."
        ),
        value_axis: "Proportion atteignant ou dépassant le niveau".into(),
        other_axis: "".into(),
    }
}

/// How long people can be followed.
#[must_use]
pub fn time_followed(summary: &str) -> ChartText {
    ChartText {
        title: "Combien de temps dure une piste".into(),
        description: format!("Quantiles de la durée des pistes, en secondes. {summary}"),
        caption: "Point : estimation ; barre : son intervalle de confiance à 95 %. Une piste finit où la personne sort du champ, où \
                  l’algorithme de suivi la perd, ou avec l’enregistrement : les personnes peuvent être dans le champ plus longtemps \
                  que ne durent leurs pistes. Lorsque deux personnes ont été prises pour une seule, moins longtemps."
            .into(),
        value_axis: "Secondes".into(),
        other_axis: "".into(),
    }
}

/// How many stay longer than a threshold.
#[must_use]
pub fn stays(summary: &str) -> ChartText {
    ChartText {
        title: "Combien de pistes durent plus que le délai d’une alerte de stationnement prolongé".into(),
        description: format!("Proportion estimée de pistes qui durent plus que chacune de plusieurs durées. {summary}"),
        caption: "Point : estimation ; barre : son intervalle de confiance à 95 % (Kaplan–Meier : il est tenu compte des pistes que \
                  l’enregistrement interrompt). La raison pour laquelle une personne reste ne se voit pas à l’image."
            .into(),
        value_axis: "Proportion de pistes".into(),
        other_axis: "".into(),
    }
}

/// Tracks by their length.
#[must_use]
pub fn stay_lengths(most_common: Option<(&str, &str)>) -> ChartText {
    let shown = match most_common {
        Some((seconds, tracks)) => {
            format!("La colonne la plus haute est celle de {seconds} secondes, avec {tracks} pistes.")
        }
        None => "Aucune colonne ne peut être montrée.".into(),
    };
    ChartText {
        title: "Pistes selon leur durée".into(),
        description: format!("Nombre de pistes selon leur durée en secondes. {shown}"),
        caption: "Dénombrement exhaustif : pas d’intervalle. Une piste que l’enregistrement interrompt compte pour la durée qui en a \
                  été vue. Les colonnes n’ont pas la même étendue."
            .into(),
        value_axis: "Pistes".into(),
        other_axis: "Durée de la piste en secondes".into(),
    }
}

/// Label of a row of a chart of levels.
#[must_use]
pub fn level_row(standard: &str, level: &str) -> String {
    format!("{standard} {level}")
}

/// Label of a row of a chart of stays.
#[must_use]
pub fn longer_than_row(seconds: f64) -> String {
    format!("plus de {}", formats::seconds(seconds))
}

/// Label of an open bin: `80 or more`.
#[must_use]
pub fn or_more(low: f64) -> String {
    format!("{}+", formats::plain(low))
}

/// One sentence that names a row and its value.
#[must_use]
pub fn row_summary(label: &str, value: &str) -> String {
    format!("{label} : {value}.")
}

/// A distribution that a measure read.
#[must_use]
pub fn spread(
    text: &DistributionText,
    of: Option<&str>,
    unit: Unit,
    fullest: Option<&(String, String)>,
) -> ChartText {
    let title = match of {
        Some(of) => format!("{} ({of})", text.title),
        None => text.title.to_owned(),
    };
    let shown = match fullest {
        Some((label, count)) => format!("La colonne la plus haute est {label}, avec {count}."),
        None => "Aucune colonne ne peut être montrée.".to_owned(),
    };
    ChartText {
        description: format!(
            "{title}. Ce que dénombre chaque colonne : {}. {shown}",
            text.counted
        ),
        title,
        caption: format!("{} Dénombrement exhaustif : pas d’intervalle.", text.limit),
        value_axis: capitalised(text.counted),
        other_axis: match unit {
            Unit::Ratio | Unit::People => text.axis.to_owned(),
            unit => format!("{} ({})", text.axis, super::unit(unit)),
        },
    }
}

/// Several shares of one kind.
#[must_use]
pub fn curve(capability: &str, summary: &str) -> ChartText {
    ChartText {
        title: format!("{capability} : comment la proportion dépend du seuil"),
        description: format!("Proportions avec leurs intervalles de confiance à 95 %. {summary}"),
        caption:
            "La barre est l’intervalle de confiance à 95 %. Ce que le détecteur a manqué n’est pas compté."
                .into(),
        value_axis: "Proportion".into(),
        other_axis: String::new(),
    }
}

/// Head of the first column of a curve's data.
pub const CURVE_HEAD: &str = "Seuil";

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
