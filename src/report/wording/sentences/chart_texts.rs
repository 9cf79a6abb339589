//! Words in and around charts.

use super::formats;
use super::terms::{capitalised, frames, level, sample, standard};
use crate::wording::{ChartText, DistributionText, PlacesText};
use vsa_record::estimate::{SampleSize, SampledThing, Unit};
use vsa_record::measurements::{DensityStandard, Level};

/// People over time.
pub fn occupancy(
    item: &str,
    width_seconds: f64,
    busiest: Option<(&str, &str)>,
    withheld: usize,
) -> ChartText {
    let width = formats::duration(width_seconds);
    let shown = match busiest {
        Some((span, value)) => text! {
            en "The fullest stretch is {span}\u{202f}s, with {value} people per frame.",
            fr "L’intervalle de temps le plus fréquenté est {span}\u{202f}s, avec {value} personnes par image." },
        None => words! { en "No stretch may be shown.", fr "Aucun intervalle de temps ne peut être montré." }.into(),
    };
    let hidden = if withheld > 0 {
        text! {
            en " Stretches withheld, because too few people stand behind them: {}.",
            fr " Intervalles de temps occultés, car trop peu de personnes se trouvent derrière eux : {}.";
            formats::count(withheld as u64) }
    } else {
        String::new()
    };
    ChartText {
        title: text! { en "People reported in {item}, over time",
                       fr "Personnes signalées dans {item}, au fil du temps" },
        description: text! { en "Mean number of people per frame in stretches of {width}. {shown}{hidden}",
                             fr "Nombre moyen de personnes par image, par intervalles de {width}. {shown}{hidden}" },
        caption: text! {
            en "Mean over stretches of {width}, counted in full: no interval. People whom the detector missed are not counted; \
                things that it took for people are.{hidden}",
            fr "Moyenne par intervalles de {width}, dénombrement exhaustif : pas d’intervalle de confiance. Les personnes que le \
                détecteur a manquées ne sont pas comptées ; les choses qu’il a prises pour des personnes le sont.{hidden}" },
        value_axis: words! { en "People per frame", fr "Personnes par image" }.into(),
        other_axis: words! { en "Seconds from the start", fr "Secondes depuis le début" }.into(),
    }
}

/// Where people were seen.
pub fn places(item: &str, most: u64, withheld: usize) -> PlacesText {
    let hidden = if withheld > 0 {
        text! {
            en " Cells withheld, because one to ten people (or as many as the rule says) stand behind them: {}.",
            fr " Cases occultées, car d’une à dix personnes (ou autant que le veut la règle) se trouvent derrière elles : {}.";
            formats::count(withheld as u64) }
    } else {
        String::new()
    };
    PlacesText {
        title: text! { en "Where in the picture of {item} people can be seen",
                       fr "Où, dans l’image de {item}, des personnes peuvent être vues" },
        description: text! {
            en "The picture in square cells, each with the number of tracks that set foot in it. The most in one cell: {}.{hidden}",
            fr "L’image découpée en cases carrées, chacune avec le nombre de pistes qui y ont posé le pied. Le plus grand nombre \
                dans une case : {}.{hidden}"; formats::count(most) },
        caption: text! {
            en "The whole picture, cut into cells; the picture itself is not kept. A cell tells how many tracks set foot in it, \
                however long they stayed: counted in full, no interval. One person may be several tracks. A place without a mark \
                is one where nobody was reported, not one where nobody was.{hidden}",
            fr "L’image entière, découpée en cases ; l’image elle-même n’est pas conservée. Une case indique combien de pistes y \
                ont posé le pied, quelle que soit la durée : dénombrement exhaustif, pas d’intervalle. Une même personne peut \
                former plusieurs pistes. Une case sans marque est un endroit où nul n’a été signalé, non un endroit où nul n’a \
                été.{hidden}" },
    }
}

/// `1 track`, `3–5 tracks`.
pub fn visits(low: u64, high: u64) -> String {
    match (low, high) {
        (1, 1) => words! { en "1 track", fr "1 piste" }.to_owned(),
        (low, high) if low == high => text! { en "{} tracks", fr "{} pistes"; formats::count(low) },
        (low, high) => text! { en "{}–{} tracks",
                               fr "{}–{} pistes"; formats::count(low), formats::count(high) },
    }
}

const NO_COLUMN: &str = words! { en "No column may be shown.", fr "Aucune colonne ne peut être montrée." };

/// Frames by number of people.
pub fn frames_by_people(most_common: Option<(&str, u64)>) -> ChartText {
    let shown = match most_common {
        Some((people, n)) => text! { en "The most frequent number is {people}, in {}.",
                                     fr "Le nombre le plus fréquent est {people}, dans {}."; frames(n) },
        None => NO_COLUMN.to_owned(),
    };
    ChartText {
        title: words! { en "How many people a frame holds", fr "Combien de personnes compte une image" }.into(),
        description: text! { en "Number of frames by the number of people reported in them. {shown}",
                             fr "Nombre d’images selon le nombre de personnes qui y sont signalées. {shown}" },
        caption: words! {
            en "Counted in full: no interval. A person hidden behind another, or missed by the detector, is not counted; a thing \
                that it took for a person is.",
            fr "Dénombrement exhaustif : pas d’intervalle. Une personne cachée par une autre, ou manquée par le détecteur, n’est \
                pas comptée ; une chose qu’il a prise pour une personne l’est." }.into(),
        value_axis: words! { en "Frames", fr "Images" }.into(),
        other_axis: words! { en "People reported in the frame", fr "Personnes signalées dans l’image" }.into(),
    }
}

/// Heights of faces.
pub fn face_heights(
    most_common: Option<(&str, u64)>,
    assumed_width: f64,
    sized: &str,
    sightings: &str,
) -> ChartText {
    let shown = match most_common {
        Some((height, n)) => text! {
            en "The fullest column is that of faces {height} pixels high, with {}.",
            fr "La colonne la plus haute est celle des visages hauts de {height} pixels, avec {}.";
            sample(SampleSize::new(n, SampledThing::Sightings)) },
        None => NO_COLUMN.to_owned(),
    };
    ChartText {
        title: words! { en "How high the reported faces are, in pixels",
                        fr "Quelle hauteur ont les visages signalés, en pixels" }.into(),
        description: text! {
            en "Number of face sightings by height in pixels. {shown} Lines mark the width in pixels that DORI levels ask of a \
                face.",
            fr "Nombre d’apparitions de visages selon la hauteur en pixels. {shown} Des traits marquent la largeur en pixels que \
                les niveaux DORI demandent d’un visage." },
        caption: text! {
            en "Sightings of faces that were measured: {sized}; reported in all: {sightings}. Each counts, in full: no interval. \
                Some may not be faces. The columns differ in width. A line stands at the width of a face of {} at that level; faces \
                are higher than wide, so that a face to the left of a line does not reach it, while one to the right may.",
            fr "Apparitions de visages mesurées : {sized} ; signalées en tout : {sightings}. Chacune compte, dénombrement \
                exhaustif : pas d’intervalle. Certaines peuvent n’être pas des visages. Les colonnes n’ont pas la même étendue. Un \
                trait se trouve à la largeur d’un visage de {} à ce niveau ; les visages sont plus hauts que larges, de sorte \
                qu’un visage à gauche d’un trait ne l’atteint pas, tandis qu’un visage à droite peut l’atteindre.";
            formats::metres(assumed_width) },
        value_axis: words! { en "Face sightings", fr "Apparitions de visages" }.into(),
        other_axis: words! { en "Height of the face in pixels", fr "Hauteur du visage en pixels" }.into(),
    }
}

/// Shares of people (or sightings) at each level.
pub fn levels(
    from_bodies: bool,
    of_people: bool,
    assumed_metres: f64,
    counted: &str,
    summary: &str,
) -> ChartText {
    let (what, assumed) = if from_bodies {
        (
            words! { en "bodies", fr "les corps" },
            text! { en "every person is {} tall",
                    fr "toute personne est haute de {}"; formats::metres(assumed_metres) },
        )
    } else {
        (
            words! { en "faces", fr "les visages" },
            text! { en "every face is {} wide",
                    fr "tout visage est large de {}"; formats::metres(assumed_metres) },
        )
    };
    let of = if of_people {
        words! { en "tracks, each at its best moment", fr "pistes, chacune à son meilleur instant," }
    } else {
        words! { en "sightings", fr "apparitions" }
    };
    ChartText {
        title: text! { en "How many reach each level of pixel density, by their {what}",
                       fr "Combien atteignent chaque niveau de densité de pixels, d’après {what}" },
        description: text! { en "Share of {of} at or above each level of two scales. {summary}",
                             fr "Proportion de {of} atteignant ou dépassant chaque niveau de deux échelles. {summary}" },
        caption: text! {
            en "Share of {of}, if {assumed}. Counted: {counted}. Dot: estimate; bar: its 95\u{202f}% interval. The levels name \
                what a person at a screen is expected to manage; software may need more or fewer pixels.",
            fr "Proportion de {of} si {assumed}. Effectif : {counted}. Point : estimation ; barre : son intervalle de confiance à \
                95 %. Les niveaux désignent ce que l’on attend d’une personne devant un écran ; un logiciel peut exiger plus ou \
                moins de pixels." },
        value_axis: words! { en "Share at or above the level",
                             fr "Proportion atteignant ou dépassant le niveau" }.into(),
        other_axis: String::new(),
    }
}

/// How long people can be followed.
pub fn time_followed(summary: &str) -> ChartText {
    ChartText {
        title: words! { en "How long a track lasts", fr "Combien de temps dure une piste" }.into(),
        description: text! { en "Quantiles of the length of tracks, in seconds. {summary}",
                             fr "Quantiles de la durée des pistes, en secondes. {summary}" },
        caption: words! {
            en "Dot: estimate; bar: its 95\u{202f}% interval. A track ends where the person leaves, where the tracker loses the \
                person, or where the footage ends: people may be in view for longer than their tracks last. Where two people were \
                taken for one, for less long.",
            fr "Point : estimation ; barre : son intervalle de confiance à 95 %. Une piste finit où la personne sort du champ, où \
                l’algorithme de suivi la perd, ou avec l’enregistrement : les personnes peuvent être dans le champ plus longtemps \
                que ne durent leurs pistes. Lorsque deux personnes ont été prises pour une seule, moins longtemps." }.into(),
        value_axis: words! { en "Seconds", fr "Secondes" }.into(),
        other_axis: String::new(),
    }
}

/// How many stay longer than a threshold.
pub fn stays(summary: &str) -> ChartText {
    ChartText {
        title: words! { en "How many tracks last longer than a loitering alarm waits",
                        fr "Combien de pistes durent plus que le délai d’une alerte de stationnement prolongé" }.into(),
        description: text! { en "Estimated share of tracks that last longer than each of several times. {summary}",
                             fr "Proportion estimée de pistes qui durent plus que chacune de plusieurs durées. {summary}" },
        caption: words! {
            en "Dot: estimate; bar: its 95\u{202f}% interval (Kaplan–Meier: tracks that the footage cuts off are taken into \
                account). Nobody's reason for staying is in the picture.",
            fr "Point : estimation ; barre : son intervalle de confiance à 95 % (Kaplan–Meier : il est tenu compte des pistes que \
                l’enregistrement interrompt). La raison pour laquelle une personne reste ne se voit pas à l’image." }.into(),
        value_axis: words! { en "Share of tracks", fr "Proportion de pistes" }.into(),
        other_axis: String::new(),
    }
}

/// Tracks by their length.
pub fn stay_lengths(most_common: Option<(&str, u64)>) -> ChartText {
    let shown = match most_common {
        Some((seconds, n)) => text! { en "The fullest column is that of {seconds} seconds, with {}.",
                                      fr "La colonne la plus haute est celle de {seconds} secondes, avec {}.";
                                      sample(SampleSize::new(n, SampledThing::Tracks)) },
        None => NO_COLUMN.to_owned(),
    };
    ChartText {
        title: words! { en "Tracks by their length", fr "Pistes selon leur durée" }.into(),
        description: text! { en "Number of tracks by their length in seconds. {shown}",
                             fr "Nombre de pistes selon leur durée en secondes. {shown}" },
        caption: words! {
            en "Counted in full: no interval. A track that the footage cuts off counts with the part that was seen. The columns \
                differ in width.",
            fr "Dénombrement exhaustif : pas d’intervalle. Une piste que l’enregistrement interrompt compte pour la durée qui en a \
                été vue. Les colonnes n’ont pas la même étendue." }.into(),
        value_axis: words! { en "Tracks", fr "Pistes" }.into(),
        other_axis: words! { en "Length of the track in seconds", fr "Durée de la piste en secondes" }.into(),
    }
}

sentences! {
    /// Head of the first column of the data of places.
    pub const PLACE_ROW = en "Row", fr "Rangée";
    /// Legend of an empty cell.
    pub const PLACE_NOBODY = en "nobody", fr "aucune";
    /// Label of a row of a chart of levels.
    pub fn level_row(of: DensityStandard, at: Level) = "{} {}" (standard(of), level(at));
    /// Label of a row of a chart of stays.
    pub fn longer_than_row(seconds: f64) = en "longer than {}", fr "plus de {}" (formats::seconds(seconds));
    /// Label of an open bin: `80 or more`.
    pub fn or_more(low: f64) = "{}+" (formats::plain(low));
    /// One sentence that names a row and its value.
    pub fn row_summary(label: &str, value: &str) = en "{label}: {value}.", fr "{label} : {value}.";
    /// Head of the first column of a curve's data.
    pub const CURVE_HEAD = en "Threshold", fr "Seuil";
}

/// A distribution that a measure read.
pub fn spread(
    text: &DistributionText,
    of: Option<&str>,
    unit: Unit,
    fullest: Option<(&str, u64)>,
) -> ChartText {
    let title = match of {
        Some(of) => format!("{} ({of})", text.title),
        None => text.title.to_owned(),
    };
    let shown = match fullest {
        Some((label, n)) => text! { en "The fullest column is {label}, with {}.",
                                    fr "La colonne la plus haute est {label}, avec {}."; formats::count(n) },
        None => NO_COLUMN.to_owned(),
    };
    ChartText {
        description: text! { en "{title}. Number of {} in each column. {shown}",
                             fr "{title}. Ce que dénombre chaque colonne : {}. {shown}"; text.counted },
        title,
        caption: text! { en "{} Counted in full: no interval.",
                         fr "{} Dénombrement exhaustif : pas d’intervalle."; text.limit },
        value_axis: capitalised(text.counted),
        other_axis: match unit {
            Unit::Ratio | Unit::People => text.axis.to_owned(),
            unit => format!("{} ({})", text.axis, super::unit(unit)),
        },
    }
}

/// Several shares of one kind.
pub fn curve(capability: &str, summary: &str) -> ChartText {
    ChartText {
        title: text! { en "{capability}: how the share depends on the threshold",
                       fr "{capability} : comment la proportion dépend du seuil" },
        description: text! { en "Shares with their 95\u{202f}% intervals. {summary}",
                             fr "Proportions avec leurs intervalles de confiance à 95 %. {summary}" },
        caption: words! {
            en "The bar is the 95\u{202f}% interval. What the detector missed is not counted.",
            fr "La barre est l’intervalle de confiance à 95 %. Ce que le détecteur a manqué n’est pas compté." }.into(),
        value_axis: words! { en "Share", fr "Proportion" }.into(),
        other_axis: String::new(),
    }
}
