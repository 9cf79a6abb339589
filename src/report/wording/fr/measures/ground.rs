//! Words for the measures of who moves where: pace, direction, zones, density, groups.

use crate::formats::french as formats;
use crate::wording::{DistributionText, FigureText, MeasureText};
use vsa_record::reading::{Capability, DistributionName, Figure, FigureName};

pub(super) fn figure(figure: &Figure) -> Option<FigureText> {
    let at = figure.at.map(formats::plain).unwrap_or_default();
    // Zones and lines are named by the user; of density, an area without a name is the ground as a whole.
    let name = figure.of.as_deref();
    let zone = name.map_or_else(|| "le sol".to_owned(), |name| format!("la zone « {name} »"));
    let in_zone = name.map_or_else(|| "au sol".to_owned(), |_| format!("dans {zone}"));
    let line = name.unwrap_or_default();
    let (title, meaning) = match figure.name {
        FigureName::FasterThanShare => (
            format!("Personnes qui se sont déplacées à un moment à {at} m/s ou plus"),
            "Proportion des personnes suivies pendant deux secondes ou plus qui ont maintenu cette vitesse pendant environ deux \
             secondes.",
        ),
        FigureName::FasterThanHeightsShare => (
            format!(
                "Personnes qui se sont déplacées à un moment à {at} hauteurs de corps par seconde ou plus"
            ),
            "Proportion des personnes suivies pendant deux secondes ou plus qui ont maintenu cette vitesse pendant environ deux \
             secondes. La scène n’est pas étalonnée : l’unité est la hauteur du corps de la personne dans l’image.",
        ),
        FigureName::AgainstDirectionShare => (
            "Personnes qui se sont déplacées à contresens".to_owned(),
            "Proportion des personnes qui se sont déplacées et qui, pendant deux secondes ou plus, l’ont fait à moins de 45 degrés du \
             sens opposé.",
        ),
        FigureName::CounterFlowRate => (
            "Déplacements à contresens, par heure".to_owned(),
            "Combien de fois quelqu’un s’est mis à se déplacer à l’opposé du sens de circulation commun et a continué pendant deux \
             secondes.",
        ),
        FigureName::ZoneOccupiedShare => (
            format!("Images avec quelqu’un {in_zone}"),
            "Proportion des images dans lesquelles les pieds de quelqu’un s’y trouvaient.",
        ),
        FigureName::ZoneEntryRate => (
            format!("Entrées dans {zone}, par heure"),
            "Combien de fois quelqu’un y est entré, ou y est apparu, et y est resté une seconde ou plus.",
        ),
        FigureName::ZoneVisitorShare => (
            format!("Personnes entrées dans {zone}"),
            "Proportion des personnes suivies qui s’y sont trouvées une seconde ou plus.",
        ),
        FigureName::LineForwardRate => (
            format!("Franchissements de la ligne « {line} » de sa gauche vers sa droite, par heure"),
            "La gauche et la droite sont celles de qui regarde le long de la ligne telle qu’elle a été tracée, dans l’image.",
        ),
        FigureName::LineBackwardRate => (
            format!("Franchissements de la ligne « {line} » de sa droite vers sa gauche, par heure"),
            "La gauche et la droite sont celles de qui regarde le long de la ligne telle qu’elle a été tracée, dans l’image.",
        ),
        FigureName::PeoplePerArea => (
            format!("Personnes par mètre carré {in_zone}"),
            "Nombre moyen de personnes dont les pieds s’y trouvent, divisé par son aire au sol.",
        ),
        FigureName::DenserThanShare => (
            format!("Images comptant plus de {at} personnes par mètre carré {in_zone}"),
            "Proportion des images ; la moyenne sur toute l’aire peut cacher une partie plus dense.",
        ),
        FigureName::NearerThanShare => (
            format!("Temps passé par les personnes à moins de {at} m de quelqu’un d’autre"),
            "Proportion des demi-secondes pendant lesquelles chaque personne a été suivie ; distances entre les pieds, au sol.",
        ),
        FigureName::NearerThanHeightsShare => (
            format!("Temps passé par les personnes à moins de {at} hauteurs de corps de quelqu’un d’autre"),
            "Proportion des demi-secondes pendant lesquelles chaque personne a été suivie. La scène n’est pas étalonnée : les distances \
             sont celles de l’image, et des personnes l’une derrière l’autre paraissent proches.",
        ),
        FigureName::InGroupShare => (
            "Personnes qui ont marché ou se sont tenues en groupe".to_owned(),
            "Proportion des personnes suivies qui sont restées à moins de 1,5 m (ou l’équivalent en hauteurs de corps) de quelqu’un \
             d’autre pendant cinq secondes ou plus.",
        ),
        FigureName::GatheringRate => (
            format!("Rassemblements de {at} personnes ou plus, par heure"),
            "Combien de fois autant de personnes se sont réunies, chacune à moins de 1,5 m (ou l’équivalent en hauteurs de corps) d’une \
             autre pendant cinq secondes ou plus.",
        ),
        _ => return None,
    };
    Some(FigureText { title, meaning })
}

pub(super) fn distribution(name: DistributionName) -> Option<DistributionText> {
    match name {
        DistributionName::Speed => Some(DistributionText {
            title: "À quelle vitesse les personnes se déplacent",
            axis: "vitesse habituelle d’une personne",
            counted: "personnes",
            limit: "La vitesse habituelle est la médiane sur la durée pendant laquelle une personne a été suivie, arrêts compris.",
        }),
        DistributionName::Heading => Some(DistributionText {
            title: "Où vont les personnes",
            axis: "direction du premier au dernier endroit",
            counted: "personnes",
            limit: "Les degrés se comptent dans le sens des aiguilles d’une montre à partir de la droite de l’image ou, lorsque la scène est \
                    étalonnée, de l’axe x du sol vers son axe y. Les détours ne sont pas vus.",
        }),
        DistributionName::ZoneStay => Some(DistributionText {
            title: "Combien de temps les personnes restent dans la zone",
            axis: "durée d’une visite",
            counted: "visites",
            limit: "Une visite que le début ou la fin de l’enregistrement, ou la perte d’une personne, interrompt compte pour la durée qui \
                    en a été vue.",
        }),
        DistributionName::NearestDistance => Some(DistributionText {
            title: "À quelle distance les personnes s’approchent",
            axis: "distance à la personne la plus proche",
            counted: "demi-secondes d’une personne",
            limit: "Les moments sans personne d’autre dans le champ sont laissés de côté.",
        }),
        DistributionName::GroupSize => Some(DistributionText {
            title: "De quelle taille sont les groupes",
            axis: "effectif du plus grand groupe d’une personne",
            counted: "personnes",
            limit: "Des personnes qui marchent dans la même direction à la même allure sont prises pour un groupe, qu’elles se connaissent \
                    ou non.",
        }),
        _ => None,
    }
}

pub(super) fn measure(capability: Capability) -> Option<MeasureText> {
    match capability {
        Capability::Pace => Some(MeasureText {
            definition: "Une personne se tient au milieu du bord inférieur du cadre. La vitesse est le chemin parcouru en une seconde environ, \
                         divisé par cette durée, en mètres lorsque la scène est étalonnée et en hauteurs de son propre corps sinon. Dépasse un \
                         seuil qui s’y maintient pendant environ deux secondes.",
            source: "Seuils : sur tapis roulant, on passe de la marche à la course près de 2 m/s (PMC8629136) ; au sol, marche et course se mêlent \
                     entre 1,9 et 3,0 m/s, surtout la marche à la première valeur et surtout la course à la seconde (Baker, Long et \
                     Srinivasan, arXiv 2501.00720).",
            sensitivity: "Un seuil de score plus élevé perd des personnes et coupe des pistes, de sorte que de courtes courses sont manquées. Un \
                          cadre qui perd les pieds derrière un obstacle éloigne la personne de la caméra.",
            cannot_tell: "Pourquoi quelqu’un se hâte ; s’il s’agit d’un coureur ou d’un cycliste. Sans étalonnage, les trajets dans l’axe de la \
                          caméra paraissent trop courts.",
        }),
        Capability::Direction => Some(MeasureText {
            definition: "Le sens de circulation commun est celui qui est tracé dans la scène ; à défaut, la direction moyenne de tous ceux qui se \
                         déplacent, si onze d’entre eux ou plus s’accordent (longueur résultante moyenne de 0,5). Va à contresens qui, pendant \
                         deux secondes, se dirige à moins de 45 degrés de l’opposé, à 0,3 m/s ou plus.",
            source: "Événement 3 du décret n° 2023-828, qui ne fixe ni angle ni durée : ils sont de nous. Longueur résultante moyenne : Mardia et \
                     Jupp, Directional Statistics (2000).",
            sensitivity: "Un angle plus ouvert, une durée plus courte et une vitesse plus faible en trouvent davantage. Deux personnes prises pour \
                          une seule lorsqu’elles se croisent font demi-tour sans l’avoir fait.",
            cannot_tell: "Si le sens était interdit, ni pourquoi quelqu’un a fait demi-tour.",
        }),
        Capability::Intrusion => Some(MeasureText {
            definition: "Se trouve dans une zone la personne dont les pieds y sont, d’au moins un dixième de la hauteur du corps, pendant une \
                         seconde ou plus, jusqu’à ce qu’ils soient dehors d’autant ; une ligne est franchie en passant nettement d’un côté à \
                         l’autre, entre ses extrémités.",
            source: "Événement 4 du décret n° 2023-828. La protection contre les tremblements suit les lignes de la bibliothèque supervision ; sa \
                     largeur et sa durée sont de nous.",
            sensitivity: "Une protection plus large manque les personnes qui coupent un angle ; sans elle, une personne sur le bord est comptée \
                          maintes fois. Une personne perdue puis retrouvée à l’intérieur entre deux fois.",
            cannot_tell: "Si quiconque avait le droit d’y être. Des pieds cachés sont situés trop haut dans l’image, c’est-à-dire plus loin.",
        }),
        Capability::Density => Some(MeasureText {
            definition: "Personnes dont les pieds se trouvent sur le sol ou dans la zone tracés, divisées par leur aire en mètres carrés sur le sol \
                         étalonné.",
            source: "Événement 7 du décret n° 2023-828, qui ne fixe pas de valeur. Seuils : l’écoulement d’une foule commence à se rompre à 2 à 3 \
                     personnes par mètre carré (G. K. Still, gkstill.com, d’après Fruin 1971).",
            sensitivity: "Dans une foule dense, les personnes se cachent les unes les autres et les détecteurs en manquent beaucoup, de sorte que la \
                          densité est sous-estimée là où elle importe le plus.",
            cannot_tell: "Si une foule est en danger ; quelle densité atteint sa partie la plus dense ; quoi que ce soit sans étalonnage.",
        }),
        Capability::Groups => Some(MeasureText {
            definition: "Sont ensemble deux personnes qui restent à moins de 1,5 m (ou l’équivalent en hauteurs de corps) pendant cinq secondes ou \
                         plus, séparées au plus une seconde. Un groupe réunit ceux que de telles paires relient à un même moment ; un \
                         rassemblement est un groupe de trois personnes ou plus.",
            source: "Distances d’après Hall, The Hidden Dimension (1966) : la distance personnelle finit à 1,2 m, le mode proche de la distance sociale \
                     à 2,1 m. Les cinq secondes sont de nous : deux personnes qui se croisent sont proches une seconde environ.",
            sensitivity: "Une distance plus grande et une durée plus courte trouvent des groupes plus nombreux et plus grands. Une personne perdue \
                          rompt le groupe.",
            cannot_tell: "Si les personnes se connaissent, se parlent, ou vont seulement dans la même direction. Sans étalonnage, des personnes l’une \
                          derrière l’autre paraissent proches.",
        }),
        _ => None,
    }
}
