//! A caveat in words: what is the case, and what it means for the numbers.

use super::terms::{WITHHELD, frames};
use crate::formats::french as formats;
use vsa_record::Caveat;

/// Title and text of a caveat.
#[must_use]
pub fn caveat(caveat: &Caveat) -> (String, String) {
    let (title, text): (&str, String) = match caveat {
        Caveat::NoGroundTruth => (
            "Aucune annotation n’a permis de vérifier les détecteurs.",
            "Le nombre de personnes et de visages manqués, ou signalés là où il n’y en a pas, est inconnu pour ces \
             enregistrements. Tous les nombres dénombrent ce que les détecteurs ont signalé."
                .into(),
        ),
        Caveat::AssumedSizes { face_width_metres, body_height_metres } => (
            "La densité de pixels repose sur des tailles supposées.",
            format!(
                "Tout visage est supposé large de {}, et toute personne debout haute de {}. Pour une personne plus petite, comme un \
                 enfant, ou pour une personne assise ou en partie cachée, l’estimation est trop basse. L’étalonnage de la caméra \
                 lèverait cette hypothèse.",
                formats::metres(*face_width_metres),
                formats::metres(*body_height_metres)
            ),
        ),
        Caveat::FramesSampled { looked_at, decoded } => (
            "Toutes les images n’ont pas été analysées.",
            format!(
                "Les modèles ont analysé {} images décodées sur {}. Ce qui survient entre deux d’entre elles n’est pas vu.",
                formats::count(*looked_at),
                formats::count(*decoded)
            ),
        ),
        Caveat::FaultyFootage { item, faulty } => (
            "Un fichier est endommagé.",
            format!(
                "Dans {item}, images qui n’ont pu être décodées, ou seulement avec des erreurs : {}. Les nombres portent sur les \
                 autres.",
                frames(*faulty)
            ),
        ),
        Caveat::MissingFrames { item, missing } => (
            "Des images manquent.",
            format!(
                "D’après son horodatage, il manque à {item} {}. Des personnes ont pu passer pendant ces lacunes, et des pistes \
                 peuvent s’en trouver interrompues.",
                frames(*missing)
            ),
        ),
        Caveat::VariableFrameRate { item } => (
            "La cadence varie.",
            format!(
                "Dans {item}, l’intervalle entre les images n’est pas constant. Les instants sont ceux de l’horodatage des images ; \
                 les moyennes par image donnent plus de poids aux passages qui comptent plus d’images."
            ),
        ),
        Caveat::FewTracks { fewer_than } => (
            "Les proportions reposent sur peu de personnes.",
            format!(
                "Il y a moins de {} pistes. Les intervalles sont larges, et ne contiennent qu’approximativement la vraie valeur \
                 aussi souvent qu’ils l’annoncent.",
                formats::count(*fewer_than)
            ),
        ),
        Caveat::SmallFaces { share, pixels } => (
            "Les visages sont plus petits que ceux sur lesquels le modèle a été éprouvé.",
            format!(
                "Proportion des visages signalés dont la hauteur est inférieure à {} : {}. Les performances publiées du modèle ne \
                 portent pas sur de tels visages : il peut en être manqué davantage, et davantage de ceux qui sont signalés peuvent \
                 n’en être pas.",
                formats::pixels(*pixels),
                share.shown().map_or_else(
                    || WITHHELD.to_owned(),
                    |share| format!("{} (dénombrement exhaustif)", formats::rounded_percent(*share))
                )
            ),
        ),
        Caveat::StillsNotTracked { item } => (
            "Des images isolées ont été fournies.",
            format!(
                "Nul n’a été suivi d’une image de {item} à la suivante, de sorte qu’une même personne peut être comptée plusieurs \
                 fois."
            ),
        ),
        Caveat::ShortFootage { seconds } => (
            "L’enregistrement est court.",
            format!(
                "Il dure {}. Une autre minute, une autre heure ou un autre jour peuvent montrer autre chose.",
                formats::duration(*seconds)
            ),
        ),
        Caveat::CellsWithheld { cells } => (
            "Certains nombres sont occultés.",
            format!(
                "Cellules occultées : {}. Trop peu de personnes se trouvent derrière chacune d’elles, ou derrière une cellule \
                 qu’elle permettrait de déduire.",
                formats::count(*cells)
            ),
        ),
        Caveat::PeopleCountedByTracks => (
            "Les personnes sont comptées par pistes.",
            "Une personne qui sort du champ et y revient est comptée de nouveau ; deux personnes prises pour une seule sont comptées \
             une fois. Nul n’est reconnu d’un fichier à un autre."
                .into(),
        ),
        Caveat::LevelsFromSecondarySources => (
            "Les niveaux de densité de pixels proviennent de sources secondaires.",
            "Les valeurs DORI sont celles que donnent cctv-check.de et infinitioptics.com pour la norme EN/IEC 62676-4:2014/15 ; \
             les valeurs OODPCVS sont celles que donne jvsg.com pour sa nouvelle édition, les noms des niveaux provenant de \
             mobotix.com. Le texte même de la norme n’a pas été consulté."
                .into(),
        ),
        Caveat::IntervalsSpeakOfThisScene => (
            "Les intervalles ne valent que pour cette scène.",
            "Ils disent de combien varieraient les nombres sur d’autres enregistrements de la même caméra, au même lieu, à la même \
             heure et avec la même affluence. Ils ne couvrent ni ce que les détecteurs manquent, ni un autre lieu, ni une autre \
             saison."
                .into(),
        ),
        Caveat::FrameRateGiven { rate } => (
            "La cadence a été indiquée, non lue.",
            format!(
                "La personne qui a conduit l’audit a indiqué que l’enregistrement compte {} images par seconde. Les instants, les \
                 durées et les vitesses sont exacts dans la mesure où ce nombre l’est.",
                formats::plain(*rate)
            ),
        ),
        Caveat::NotCalibrated { body_height_metres } => (
            "Rien n’est connu en mètres dans cette scène.",
            format!(
                "Les vitesses et les distances sont exprimées en hauteurs du corps des personnes dans l’image ; les seuils en mètres \
                 ont été divisés par {}. Les trajets vers la caméra, ou qui s’en éloignent, paraissent plus courts qu’ils ne sont, \
                 de sorte que les vitesses et les distances y sont sous-estimées. Un étalonnage y remédierait (voir `--scene`).",
                formats::metres(*body_height_metres)
            ),
        ),
        Caveat::CalibrationUnchecked => (
            "L’étalonnage n’a pas pu être vérifié.",
            "Il ne restait aucun point connu qui n’ait servi à l’établir. Les mètres et les vitesses sont exacts dans la mesure où \
             le sont les points, ou le fichier de la caméra, qui ont été fournis."
                .into(),
        ),
        Caveat::SceneDoesNotFit { item } => (
            "La scène a été tracée sur des images d’une autre taille.",
            format!(
                "{item} a été laissé de côté pour tout ce qui exige des zones, des lignes, des directions ou des mètres."
            ),
        ),
        Caveat::ScriptedEngine => (
            "Aucun modèle n’a examiné ces enregistrements.",
            "C’est le moteur factice des essais qui a été employé. Tous les nombres du présent rapport sont inventés par un \
             programme d’essai et ne disent rien d’aucun enregistrement."
                .into(),
        ),
    };
    (title.to_owned(), text)
}
