//! Words for the measures of who moves where: pace, direction, zones, density, groups.

use crate::wording::{DistributionText, FigureText, MeasureText};
use vsa_record::reading::{Capability, DistributionName, Figure, FigureName};

pub(super) fn figure(figure: &Figure) -> Option<FigureText> {
    let at = figure.at.map(words! {
        en { |at| at.to_string() },
        fr { super::super::formats::plain },
    }).unwrap_or_default();
    // Zones and lines are named by the user; of density, an area without a name is the ground as a whole.
    let name = figure.of.as_deref();
    let zone = name.map_or_else(
        || words! { en "the ground", fr "le sol" }.to_owned(),
        |name| text! { en "the zone “{name}”", fr "la zone « {name} »" },
    );
    let in_zone = name.map_or_else(
        || words! { en "in the ground", fr "au sol" }.to_owned(),
        |_| text! { en "in {zone}", fr "dans {zone}" },
    );
    let line = name.unwrap_or_default();
    figures! {
        figure.name;
        FasterThanShare => (en "People who at some time moved at {at} m/s or faster",
                            fr "Personnes qui se sont déplacées à un moment à {at} m/s ou plus")
            (en "Share of the people followed for two seconds or more who kept up this speed for about two seconds.",
             fr "Proportion des personnes suivies pendant deux secondes ou plus qui ont maintenu cette vitesse pendant environ \
                 deux secondes.");
        FasterThanHeightsShare => (en "People who at some time moved at {at} body heights a second or faster",
                                   fr "Personnes qui se sont déplacées à un moment à {at} hauteurs de corps par seconde ou plus")
            (en "Share of the people followed for two seconds or more who kept up this speed for about two seconds. The scene is \
                 not calibrated: the unit is the height of the person's own body in the picture.",
             fr "Proportion des personnes suivies pendant deux secondes ou plus qui ont maintenu cette vitesse pendant environ \
                 deux secondes. La scène n’est pas étalonnée : l’unité est la hauteur du corps de la personne dans l’image.");
        AgainstDirectionShare => (en "People who moved against the common direction",
                                  fr "Personnes qui se sont déplacées à contresens")
            (en "Share of the people who moved at all and, for two seconds or more, moved within 45 degrees of the opposite \
                 direction.",
             fr "Proportion des personnes qui se sont déplacées et qui, pendant deux secondes ou plus, l’ont fait à moins de 45 \
                 degrés du sens opposé.");
        CounterFlowRate => (en "Movements against the common direction, per hour", fr "Déplacements à contresens, par heure")
            (en "How often somebody began to move against the common direction and kept on for two seconds.",
             fr "Combien de fois quelqu’un s’est mis à se déplacer à l’opposé du sens de circulation commun et a continué \
                 pendant deux secondes.");
        ZoneOccupiedShare => (en "Frames with somebody {in_zone}", fr "Images avec quelqu’un {in_zone}")
            (en "Share of the frames in which somebody's feet were inside.",
             fr "Proportion des images dans lesquelles les pieds de quelqu’un s’y trouvaient.");
        ZoneEntryRate => (en "Entries into {zone}, per hour", fr "Entrées dans {zone}, par heure")
            (en "How often somebody entered, or appeared inside, and stayed for a second or more.",
             fr "Combien de fois quelqu’un y est entré, ou y est apparu, et y est resté une seconde ou plus.");
        ZoneVisitorShare => (en "People who entered {zone}", fr "Personnes entrées dans {zone}")
            (en "Share of the people followed who were inside for a second or more.",
             fr "Proportion des personnes suivies qui s’y sont trouvées une seconde ou plus.");
        LineForwardRate => (en "Crossings of the line “{line}” from its left to its right, per hour",
                            fr "Franchissements de la ligne « {line} » de sa gauche vers sa droite, par heure")
            (en "Left and right are those of somebody who looks along the line as it was drawn, in the picture.",
             fr "La gauche et la droite sont celles de qui regarde le long de la ligne telle qu’elle a été tracée, dans \
                 l’image.");
        LineBackwardRate => (en "Crossings of the line “{line}” from its right to its left, per hour",
                             fr "Franchissements de la ligne « {line} » de sa droite vers sa gauche, par heure")
            (en "Left and right are those of somebody who looks along the line as it was drawn, in the picture.",
             fr "La gauche et la droite sont celles de qui regarde le long de la ligne telle qu’elle a été tracée, dans \
                 l’image.");
        PeoplePerArea => (en "People per square metre {in_zone}", fr "Personnes par mètre carré {in_zone}")
            (en "Mean number of people with their feet inside, divided by its area on the ground.",
             fr "Nombre moyen de personnes dont les pieds s’y trouvent, divisé par son aire au sol.");
        DenserThanShare => (en "Frames with more than {at} people per square metre {in_zone}",
                            fr "Images comptant plus de {at} personnes par mètre carré {in_zone}")
            (en "Share of the frames; the mean over the whole area may hide a denser part of it.",
             fr "Proportion des images ; la moyenne sur toute l’aire peut cacher une partie plus dense.");
        NearerThanShare => (en "Time that people spent within {at} m of somebody else",
                            fr "Temps passé par les personnes à moins de {at} m de quelqu’un d’autre")
            (en "Share of the half seconds for which each person was followed; distances between feet, on the ground.",
             fr "Proportion des demi-secondes pendant lesquelles chaque personne a été suivie ; distances entre les pieds, au \
                 sol.");
        NearerThanHeightsShare => (en "Time that people spent within {at} body heights of somebody else",
                                   fr "Temps passé par les personnes à moins de {at} hauteurs de corps de quelqu’un d’autre")
            (en "Share of the half seconds for which each person was followed. The scene is not calibrated: distances are those \
                 in the picture, and people behind each other seem near.",
             fr "Proportion des demi-secondes pendant lesquelles chaque personne a été suivie. La scène n’est pas étalonnée : \
                 les distances sont celles de l’image, et des personnes l’une derrière l’autre paraissent proches.");
        InGroupShare => (en "People who walked or stood in a group", fr "Personnes qui ont marché ou se sont tenues en groupe")
            (en "Share of the people followed who stayed within 1.5 m (or the like in body heights) of somebody else for five \
                 seconds or more.",
             fr "Proportion des personnes suivies qui sont restées à moins de 1,5 m (ou l’équivalent en hauteurs de corps) de \
                 quelqu’un d’autre pendant cinq secondes ou plus.");
        GatheringRate => (en "Gatherings of {at} people or more, per hour",
                          fr "Rassemblements de {at} personnes ou plus, par heure")
            (en "How often so many people came together, each within 1.5 m (or the like in body heights) of another for five \
                 seconds or more.",
             fr "Combien de fois autant de personnes se sont réunies, chacune à moins de 1,5 m (ou l’équivalent en hauteurs de \
                 corps) d’une autre pendant cinq secondes ou plus.");
    }
}

pub(super) fn distribution(name: DistributionName) -> Option<DistributionText> {
    distributions! {
        name;
        Speed =>
            (en "How fast people move", fr "À quelle vitesse les personnes se déplacent")
            (en "typical speed of a person", fr "vitesse habituelle d’une personne")
            (en "people", fr "personnes")
            (en "The typical speed is the median over the time for which a person was followed, standing included.",
             fr "La vitesse habituelle est la médiane sur la durée pendant laquelle une personne a été suivie, arrêts compris.");
        Heading =>
            (en "Where people go", fr "Où vont les personnes")
            (en "direction from the first to the last place", fr "direction du premier au dernier endroit")
            (en "people", fr "personnes")
            (en "Degrees are counted clockwise from the right of the picture or, where the scene is calibrated, from the x axis \
                 of the ground towards its y axis. Turns on the way are not seen.",
             fr "Les degrés se comptent dans le sens des aiguilles d’une montre à partir de la droite de l’image ou, lorsque la \
                 scène est étalonnée, de l’axe x du sol vers son axe y. Les détours ne sont pas vus.");
        ZoneStay =>
            (en "How long people stay in the zone", fr "Combien de temps les personnes restent dans la zone")
            (en "length of a visit", fr "durée d’une visite")
            (en "visits", fr "visites")
            (en "A visit that the start or the end of the footage, or the loss of a person, cuts off counts as short as it was \
                 seen.",
             fr "Une visite que le début ou la fin de l’enregistrement, ou la perte d’une personne, interrompt compte pour la \
                 durée qui en a été vue.");
        NearestDistance =>
            (en "How near people come to each other", fr "À quelle distance les personnes s’approchent")
            (en "distance to the nearest other person", fr "distance à la personne la plus proche")
            (en "half seconds of one person", fr "demi-secondes d’une personne")
            (en "Moments with nobody else in view are left out.",
             fr "Les moments sans personne d’autre dans le champ sont laissés de côté.");
        GroupSize =>
            (en "How large groups are", fr "De quelle taille sont les groupes")
            (en "people in the largest group that a person was in", fr "effectif du plus grand groupe d’une personne")
            (en "people", fr "personnes")
            (en "People who walk the same way at the same pace are taken for a group, whether they know each other or not.",
             fr "Des personnes qui marchent dans la même direction à la même allure sont prises pour un groupe, qu’elles se \
                 connaissent ou non.");
    }
}

pub(super) fn measure(capability: Capability) -> Option<MeasureText> {
    measures! {
        capability;
        Pace =>
            (en "A person stands where the middle of the lower edge of the box is. Speed is the distance covered in about a second, \
                 divided by that time, in metres where the scene is calibrated and in heights of the person's own body otherwise. A \
                 person counts as faster than a threshold after keeping it up for about two seconds.",
             fr "Une personne se tient au milieu du bord inférieur du cadre. La vitesse est le chemin parcouru en une seconde \
                 environ, divisé par cette durée, en mètres lorsque la scène est étalonnée et en hauteurs de son propre corps \
                 sinon. Dépasse un seuil la personne qui s’y maintient pendant environ deux secondes.")
            (en "Thresholds: on treadmills people change from walking to running near 2 m/s (PMC8629136); over ground they mix \
                 both between 1.9 and 3.0 m/s, mostly walking at the first and mostly running at the second (Baker, Long and \
                 Srinivasan, arXiv 2501.00720).",
             fr "Seuils : sur tapis roulant, on passe de la marche à la course près de 2 m/s (PMC8629136) ; au sol, marche et \
                 course se mêlent entre 1,9 et 3,0 m/s, surtout la marche à la première valeur et surtout la course à la seconde \
                 (Baker, Long et Srinivasan, arXiv 2501.00720).")
            (en "A higher score threshold loses people and cuts tracks, so that short runs are missed. A box that loses the feet \
                 behind an obstacle moves the person away from the camera.",
             fr "Un seuil de score plus élevé perd des personnes et coupe des pistes, de sorte que de courtes courses sont \
                 manquées. Un cadre qui perd les pieds derrière un obstacle éloigne la personne de la caméra.")
            (en "Why somebody hurries; whether it is a runner or a cyclist. Without a calibration, paths along the line of sight \
                 look too short.",
             fr "Pourquoi quelqu’un se hâte ; s’il s’agit d’un coureur ou d’un cycliste. Sans étalonnage, les trajets dans l’axe \
                 de la caméra paraissent trop courts.");
        Direction =>
            (en "The common direction is the one drawn in the scene; otherwise the mean direction of all who move, if eleven or \
                 more of them agree (mean resultant length of 0.5). To move against it is to go within 45 degrees \
                 of the opposite direction for two seconds, at 0.3 m/s or faster.",
             fr "Le sens de circulation commun est celui qui est tracé dans la scène ; à défaut, la direction moyenne de tous \
                 ceux qui se déplacent, si onze d’entre eux ou plus s’accordent (longueur résultante moyenne de 0,5). Va à \
                 contresens qui, pendant deux secondes, se dirige à moins de 45 degrés de l’opposé, à 0,3 m/s ou plus.")
            (en "Event 3 of the French decree 2023-828, which names no angle and no time: these are ours. Mean resultant length: \
                 Mardia and Jupp, Directional Statistics (2000).",
             fr "Événement 3 du décret n° 2023-828, qui ne fixe ni angle ni durée : ce sont les nôtres. Longueur résultante \
                 moyenne : Mardia et Jupp, Directional Statistics (2000).")
            (en "A wider angle, a shorter time and a lower speed find more. Two people who are taken for one when they meet seem \
                 to turn around.",
             fr "Un angle plus ouvert, une durée plus courte et une vitesse plus faible en trouvent davantage. Deux personnes \
                 prises pour une seule lorsqu’elles se croisent font demi-tour sans l’avoir fait.")
            (en "Whether the direction was forbidden, or why somebody turned.",
             fr "Si le sens était interdit, ni pourquoi quelqu’un a fait demi-tour.");
        Intrusion =>
            (en "A person is in a zone when their feet are inside it by a tenth of the body's height or more, for a second or more, \
                 until they are outside by as much; a line is crossed by passing from clearly one side to clearly the other, \
                 between its ends.",
             fr "Se trouve dans une zone la personne dont les pieds y sont, d’au moins un dixième de la hauteur du corps, \
                 pendant une seconde ou plus, jusqu’à ce qu’ils soient dehors d’autant ; une ligne est franchie en passant \
                 nettement d’un côté à l’autre, entre ses extrémités.")
            (en "Event 4 of the French decree 2023-828. The guard against jitter follows the line zones of the library \
                 supervision; its width and time are ours.",
             fr "Événement 4 du décret n° 2023-828. La protection contre les tremblements suit les lignes de la bibliothèque \
                 supervision ; sa largeur et sa durée sont les nôtres.")
            (en "A wider guard misses people who cut a corner; none counts a person on the edge many times. A person who is lost \
                 and found inside enters twice.",
             fr "Une protection plus large manque les personnes qui coupent un angle ; sans elle, une personne sur le bord est \
                 comptée maintes fois. Une personne perdue puis retrouvée à l’intérieur entre deux fois.")
            (en "Whether anybody was allowed to be there. Feet that are hidden are placed too high in the picture, which is \
                 farther away.",
             fr "Si quiconque avait le droit d’y être. Des pieds cachés sont situés trop haut dans l’image, c’est-à-dire plus \
                 loin.");
        Density =>
            (en "People whose feet are inside the ground or the zone that was drawn, divided by its area in square metres on the \
                 calibrated ground.",
             fr "Personnes dont les pieds se trouvent sur le sol ou dans la zone tracés, divisées par leur aire en mètres carrés \
                 sur le sol étalonné.")
            (en "Event 7 of the French decree 2023-828, which names no number. Thresholds: the flow of a crowd begins to break \
                 down at 2 to 3 people per square metre (G. K. Still, gkstill.com, after Fruin 1971).",
             fr "Événement 7 du décret n° 2023-828, qui ne fixe pas de valeur. Seuils : l’écoulement d’une foule commence à se \
                 rompre à 2 à 3 personnes par mètre carré (G. K. Still, gkstill.com, d’après Fruin 1971).")
            (en "In a dense crowd people hide each other and detectors miss many, so that the density comes out too low where it \
                 matters most.",
             fr "Dans une foule dense, les personnes se cachent les unes les autres et les détecteurs en manquent beaucoup, de \
                 sorte que la densité est sous-estimée là où elle importe le plus.")
            (en "Whether a crowd is in danger; how dense its densest part is; anything without a calibration.",
             fr "Si une foule est en danger ; quelle densité atteint sa partie la plus dense ; quoi que ce soit sans \
                 étalonnage.");
        Groups =>
            (en "Two people are together if they stay within 1.5 m (or the like in body heights) for five seconds or more, apart for \
                 one second at most. A group is everybody connected by such pairs at one moment; a gathering is a group of three or \
                 more.",
             fr "Sont ensemble deux personnes qui restent à moins de 1,5 m (ou l’équivalent en hauteurs de corps) pendant cinq \
                 secondes ou plus, séparées au plus une seconde. Un groupe réunit ceux que de telles paires relient à un même \
                 moment ; un rassemblement est un groupe de trois personnes ou plus.")
            (en "Distances after Hall, The Hidden Dimension (1966): personal distance ends at 1.2 m, the close phase of social \
                 distance at 2.1 m. The five seconds are ours: two who pass each other are near for about one.",
             fr "Distances d’après Hall, The Hidden Dimension (1966) : la distance personnelle finit à 1,2 m, le mode proche de \
                 la distance sociale à 2,1 m. La durée de cinq secondes est la nôtre : deux personnes qui se croisent sont proches une \
                 seconde environ.")
            (en "A larger distance and a shorter time find more and larger groups. A person who is lost breaks the company.",
             fr "Une distance plus grande et une durée plus courte trouvent des groupes plus nombreux et plus grands. Une \
                 personne perdue rompt le groupe.")
            (en "Whether people know each other, speak, or only walk the same way. Without a calibration, people behind each \
                 other seem near.",
             fr "Si les personnes se connaissent, se parlent, ou vont seulement dans la même direction. Sans étalonnage, des \
                 personnes l’une derrière l’autre paraissent proches.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_that_the_ground_measures_tell_has_words_of_its_own() {
        let names = [
            FigureName::FasterThanShare,
            FigureName::FasterThanHeightsShare,
            FigureName::AgainstDirectionShare,
            FigureName::CounterFlowRate,
            FigureName::ZoneOccupiedShare,
            FigureName::ZoneEntryRate,
            FigureName::ZoneVisitorShare,
            FigureName::LineForwardRate,
            FigureName::LineBackwardRate,
            FigureName::PeoplePerArea,
            FigureName::DenserThanShare,
            FigureName::NearerThanShare,
            FigureName::NearerThanHeightsShare,
            FigureName::InGroupShare,
            FigureName::GatheringRate,
        ];
        let titles: std::collections::BTreeSet<String> = names
            .into_iter()
            .map(|name| {
                let named = Figure {
                    name,
                    of: Some("kerb".to_owned()),
                    at: Some(2.5),
                    estimate: None,
                };
                let text = figure(&named).expect("words");
                assert!(
                    text.meaning.ends_with('.') && !text.title.ends_with('.'),
                    "{text:?}"
                );
                text.title
            })
            .collect();
        assert_eq!(titles.len(), names.len());
        assert!(titles.contains(words! {
            en "People who at some time moved at 2.5 m/s or faster",
            fr "Personnes qui se sont déplacées à un moment à 2,5 m/s ou plus" }));
        assert!(titles.contains(words! {
            en "Frames with somebody in the zone “kerb”",
            fr "Images avec quelqu’un dans la zone « kerb »" }));
        for capability in [
            Capability::Pace,
            Capability::Direction,
            Capability::Intrusion,
            Capability::Density,
            Capability::Groups,
        ] {
            let text = measure(capability).expect("words");
            for part in [text.definition, text.source, text.sensitivity, text.cannot_tell] {
                assert!(part.ends_with('.') && !part.contains("  "), "{part}");
            }
        }
        assert!(measure(Capability::Voice).is_none());
        for name in [
            DistributionName::Speed,
            DistributionName::Heading,
            DistributionName::ZoneStay,
            DistributionName::NearestDistance,
            DistributionName::GroupSize,
        ] {
            assert!(distribution(name).expect("words").limit.ends_with('.'));
        }
    }
}
