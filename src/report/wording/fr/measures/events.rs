//! Words for the measures of what happens: falls, crowds, left objects, and how much of the time nothing does.

use crate::wording::{DistributionText, FigureText, MeasureText};
use vsa_record::reading::{Capability, DistributionName, Figure, FigureName};

pub(super) fn figure(figure: &Figure) -> Option<FigureText> {
    let (title, meaning) = match figure.name {
        FigureName::FallRate => (
            "Chutes par heure",
            "Combien de fois une personne debout a basculé en quelques secondes et est restée basse, d’après les cadres qui entourent \
             les personnes.",
        ),
        FigureName::CrowdMovementRate => (
            "Mouvements de foule soudains, par heure",
            "Combien de fois au moins la moitié d’un groupe de cinq personnes ou plus s’est mise à courir, ou a changé de direction en \
             mouvement rapide, en une seconde environ.",
        ),
        FigureName::LeftObjectRate => (
            "Objets abandonnés, par heure",
            "Combien de fois quelque chose de nouveau est resté immobile une demi-minute hors du cadre de toute personne. Aucune \
             personne n’y est rattachée.",
        ),
        FigureName::EmptyShare => (
            "Temps sans personne dans le champ",
            "Proportion des images dans lesquelles personne n’a été trouvé.",
        ),
        FigureName::CondensedShare => (
            "Durée d’un résumé vidéo (synopsis)",
            "Heures qu’il faudrait passer à regarder une heure d’enregistrement, si chacun était montré une fois, à sa place, autant de \
             personnes côte à côte que possible sans qu’elles se recouvrent.",
        ),
        _ => return None,
    };
    Some(FigureText {
        title: title.to_owned(),
        meaning,
    })
}

pub(super) fn distribution(_name: DistributionName) -> Option<DistributionText> {
    None
}

pub(super) fn measure(capability: Capability) -> Option<MeasureText> {
    match capability {
        Capability::Fall => Some(FALL),
        Capability::CrowdMovement => Some(CROWD_MOVEMENT),
        Capability::LeftObject => Some(LEFT_OBJECT),
        Capability::Synopsis => Some(SYNOPSIS),
        _ => None,
    }
}

const FALL: MeasureText = MeasureText {
    definition: "Une personne dont le cadre était, pendant une seconde, au moins 1,3 fois plus haut que large se trouve couchée en deux \
                 secondes au plus (cadre au moins aussi large que haut, d’au plus 0,7 de la hauteur antérieure) et le reste, sur place, \
                 pendant trois secondes. Qui met plus de 0,8 s à descendre s’allonge et n’est pas tombé. Exprimé par heure observée.",
    source: "Le rapport des côtés d’un cadre et sa persistance : Vishwakarma, Mandal et Sural 2007 ; état de l’art par Willems et al. \
             2009. Les valeurs sont une convention du présent outil.",
    sensitivity: "Les détecteurs sont entraînés sur des personnes debout. Avec un seuil de détection plus élevé, les personnes au sol sont \
                  perdues, et leurs chutes avec elles.",
    cannot_tell: "Les chutes vers la caméra ou en sens opposé, dont le cadre reste haut et étroit ; les chutes derrière un obstacle ; si \
                  quiconque est blessé. Sur des scènes synthétiques, environ une chute sur huit a été manquée même avec des pistes \
                  connues.",
};

const CROWD_MOVEMENT: MeasureText = MeasureText {
    definition: "Une personne est en émoi si la vitesse de la seconde suivante diffère de celle de la seconde précédente d’au moins 0,7 \
                 hauteur de corps par seconde et dépasse 1,0 (la marche est d’environ 0,8). Un mouvement de foule commence lorsqu’au moins \
                 la moitié des personnes suivies, qui doivent être cinq ou plus, et au moins quatre d’entre elles, sont en émoi en une \
                 seconde environ, et que cette proportion se détache du passé de l’enregistrement même. Exprimé par heure observée.",
    source: "Changements de vitesse des membres d’une foule d’après Mehran, Oyama et Shah 2009 ; valeurs aberrantes d’après la médiane et \
             l’écart absolu médian (Hampel 1974). Les valeurs sont une convention du présent outil ; le décret n’en donne aucune.",
    sensitivity: "Dans une foule dense, des personnes sont perdues et confondues : un seuil de détection plus élevé peut en laisser moins de \
                  cinq à suivre. Moins de deux images par seconde cachent ce qui survient en une seconde.",
    cannot_tell: "Pourquoi les personnes se déplacent : une panique, un autobus qui arrive et un jeu se ressemblent. Le mouvement vers la \
                  caméra paraît raccourci. Une foule qui s’arrête d’un coup n’est pas comptée.",
};

const LEFT_OBJECT: MeasureText = MeasureText {
    definition: "Une portion continue de l’image qui n’y était pas auparavant, qui est restée immobile et hors du cadre de toute personne \
                 pendant 30 s, n’occupe pas plus de 2 % de l’image, et dont le contour est plus net que ce qui s’y trouvait auparavant. \
                 Exprimé par heure pendant laquelle il aurait pu en être remarqué.",
    source: "Deux arrière-plans qui s’adaptent à des vitesses différentes : Porikli, Ivanov et Haga 2008. 30 s comme dans le jeu de données \
             PETS 2006. Déposé ou enlevé d’après la force des contours, selon Connell et al. 2004.",
    sensitivity: "Les personnes immobiles qui ne sont pas détectées sont prises pour des objets : un seuil de détection plus élevé en produit \
                  davantage. Les objets qui diffèrent du sol de moins de 14 niveaux de gris sur 255 ne sont pas vus.",
    cannot_tell: "Ce qu’est l’objet, à qui il est, s’il a été laissé à dessein. Une bicyclette garée et une poubelle déplacée comptent de même. \
                  Aucune personne n’est rattachée à un objet ; lorsque les petits nombres sont occultés, chaque objet compte pour la \
                  seule personne qui l’a laissé.",
};

const SYNOPSIS: MeasureText = MeasureText {
    definition: "Le temps sans personne dans le champ est la proportion des images sans personne. Le résumé montre chaque piste une fois, à sa \
                 place mais à un autre moment, de sorte que nul n’en recouvre un autre ; sa durée est exprimée en proportion de celle de \
                 l’enregistrement.",
    source: "Pritch, Rav-Acha et Peleg 2008, qui décalent les personnes dans le temps et admettent un certain recouvrement ; ici il n’en est \
             admis aucun, de sorte qu’un produit peut être plus court.",
    sensitivity: "Qui échappe au détecteur est retranché : un seuil de détection plus élevé rend le résumé plus court et moins fidèle.",
    cannot_tell: "Ce que manquerait la personne qui regarde le résumé. Il détruit l’ordre et les causes : deux personnes qui ne se sont jamais \
                  rencontrées apparaissent côte à côte.",
};
