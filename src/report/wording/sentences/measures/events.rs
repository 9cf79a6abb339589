//! Words for the measures of what happens: falls, crowds, left objects, and how much of the time nothing does.

use crate::wording::{FigureText, MeasureText};
use vsa_record::reading::{Capability, Figure, FigureName};

pub(super) fn figure(figure: &Figure) -> Option<FigureText> {
    figures! {
        figure.name;
        FallRate => (en "Falls per hour", fr "Chutes par heure")
            (en "How often somebody upright turned over within seconds and stayed low, as boxes around people show it.",
             fr "Combien de fois une personne debout a basculé en quelques secondes et est restée basse, d’après les cadres qui \
                 entourent les personnes.");
        CrowdMovementRate => (en "Sudden collective movements per hour", fr "Mouvements de foule soudains, par heure")
            (en "How often at least half of a group of five or more began to run, or changed direction at speed, within about a \
                 second.",
             fr "Combien de fois au moins la moitié d’un groupe de cinq personnes ou plus s’est mise à courir, ou a changé de \
                 direction en mouvement rapide, en une seconde environ.");
        LeftObjectRate => (en "Objects left behind, per hour", fr "Objets abandonnés, par heure")
            (en "How often something new stood still for half a minute outside everybody's box. No person is attached to it.",
             fr "Combien de fois quelque chose de nouveau est resté immobile une demi-minute hors du cadre de toute personne. \
                 Aucune personne n’y est rattachée.");
        EmptyShare => (en "Time with nobody in view", fr "Temps sans personne dans le champ")
            (en "Share of the frames in which nobody was found.",
             fr "Proportion des images dans lesquelles personne n’a été trouvé.");
        CondensedShare => (en "Length of a video synopsis", fr "Durée d’un résumé vidéo (synopsis)")
            (en "Hours somebody would have to watch for one hour of footage, if everybody were shown once, at their place, as \
                 many side by side as do not cover each other.",
             fr "Heures qu’il faudrait passer à regarder une heure d’enregistrement, si chacun était montré une fois, à sa \
                 place, autant de personnes côte à côte que possible sans qu’elles se recouvrent.");
    }
}

pub(super) fn measure(capability: Capability) -> Option<MeasureText> {
    measures! {
        capability;
        Fall =>
            (en "Somebody whose box was at least 1.3 times as high as wide for a second lies within two seconds (at least as \
                 wide as high, at most 0.7 of the height before) and stays so, in place, for three seconds. Whoever is on the \
                 way down for longer than 0.8 s lies down and has not fallen. Given per hour watched.",
             fr "Une personne dont le cadre était, pendant une seconde, au moins 1,3 fois plus haut que large se trouve couchée \
                 en deux secondes au plus (cadre au moins aussi large que haut, d’au plus 0,7 de la hauteur antérieure) et le \
                 reste, sur place, pendant trois secondes. Qui met plus de 0,8 s à descendre s’allonge et n’est pas tombé. \
                 Exprimé par heure observée.")
            (en "The ratio of a box's sides and its persistence: Vishwakarma, Mandal and Sural 2007; overview by Willems et al. \
                 2009. The numbers are a convention of this tool.",
             fr "Le rapport des côtés d’un cadre et sa persistance : Vishwakarma, Mandal et Sural 2007 ; état de l’art par \
                 Willems et al. 2009. Les valeurs sont une convention du présent outil.")
            (en "Detectors are trained on people who stand. With a higher detection threshold people on the ground are lost, and \
                 their falls with them.",
             fr "Les détecteurs sont entraînés sur des personnes debout. Avec un seuil de détection plus élevé, les personnes au \
                 sol sont perdues, et leurs chutes avec elles.")
            (en "Falls towards the camera or away from it, which keep a high, narrow box; falls behind something; whether \
                 anybody is hurt. On synthetic scenes about one fall in eight was missed even with known tracks.",
             fr "Les chutes vers la caméra ou en sens opposé, dont le cadre reste haut et étroit ; les chutes derrière un \
                 obstacle ; si quiconque est blessé. Sur des scènes synthétiques, environ une chute sur huit a été manquée même \
                 avec des pistes connues.");
        CrowdMovement =>
            (en "A person is stirred if the velocity of the next second differs from that of the last by at least 0.7 body \
                 heights per second and is above 1.0 (a walk is about 0.8). A collective movement begins when at least half of \
                 all who are followed, and four of five or more, are stirred within about a second, and this share stands out \
                 from the footage's own history. Given per hour watched.",
             fr "Une personne est en émoi si la vitesse de la seconde suivante diffère de celle de la seconde précédente d’au \
                 moins 0,7 hauteur de corps par seconde et dépasse 1,0 (la marche est d’environ 0,8). Un mouvement de foule \
                 commence lorsqu’au moins la moitié des personnes suivies, qui doivent être cinq ou plus, et au moins quatre \
                 d’entre elles, sont en émoi en une seconde environ, et que cette proportion se détache du passé de \
                 l’enregistrement même. Exprimé par heure observée.")
            (en "Velocity changes of a crowd's members after Mehran, Oyama and Shah 2009; outliers by median and median absolute \
                 deviation (Hampel 1974). The numbers are a convention of this tool; the decree gives none.",
             fr "Changements de vitesse des membres d’une foule d’après Mehran, Oyama et Shah 2009 ; valeurs aberrantes d’après \
                 la médiane et l’écart absolu médian (Hampel 1974). Les valeurs sont une convention du présent outil ; le décret \
                 n’en donne aucune.")
            (en "In dense crowds people are lost and mixed up: a higher detection threshold can leave fewer than five to follow. \
                 Fewer than two frames a second hide what happens within one.",
             fr "Dans une foule dense, des personnes sont perdues et confondues : un seuil de détection plus élevé peut en \
                 laisser moins de cinq à suivre. Moins de deux images par seconde cachent ce qui survient en une seconde.")
            (en "Why people move: a panic, a bus that arrives and a game look alike. Movement towards the camera is \
                 foreshortened. A crowd that stops at once is not counted.",
             fr "Pourquoi les personnes se déplacent : une panique, un autobus qui arrive et un jeu se ressemblent. Le mouvement \
                 vers la caméra paraît raccourci. Une foule qui s’arrête d’un coup n’est pas comptée.");
        LeftObject =>
            (en "A connected patch of the picture that was not there before, has been still and outside every person's box for \
                 30 s, is no larger than 2 % of the picture, and has a sharper border than what was there before. Given per hour \
                 in which one could have been noticed.",
             fr "Une portion continue de l’image qui n’y était pas auparavant, qui est restée immobile et hors du cadre de toute \
                 personne pendant 30 s, n’occupe pas plus de 2 % de l’image, et dont le contour est plus net que ce qui s’y \
                 trouvait auparavant. Exprimé par heure pendant laquelle il aurait pu en être remarqué.")
            (en "Two backgrounds that learn at different speed: Porikli, Ivanov and Haga 2008. 30 s as in the data set PETS \
                 2006. Left or taken away by the strength of edges, after Connell et al. 2004.",
             fr "Deux arrière-plans qui s’adaptent à des vitesses différentes : Porikli, Ivanov et Haga 2008. 30 s comme dans le \
                 jeu de données PETS 2006. Déposé ou enlevé d’après la force des contours, selon Connell et al. 2004.")
            (en "People who stand still and are not detected are taken for objects: a higher detection threshold makes more of \
                 them. Things that differ from the ground by fewer than 14 of 255 grey levels are not seen.",
             fr "Les personnes immobiles qui ne sont pas détectées sont prises pour des objets : un seuil de détection plus \
                 élevé en produit davantage. Les objets qui diffèrent du sol de moins de 14 niveaux de gris sur 255 ne sont pas \
                 vus.")
            (en "What the thing is, whose it is, whether it was left on purpose. A parked bicycle and a moved bin count alike. \
                 No person is attached to an object; where small numbers are withheld, each object stands for the one person who \
                 left it.",
             fr "Ce qu’est l’objet, à qui il est, s’il a été laissé à dessein. Une bicyclette garée et une poubelle déplacée \
                 comptent de même. Aucune personne n’est rattachée à un objet ; lorsque les petits nombres sont occultés, chaque \
                 objet compte pour la seule personne qui l’a laissé.");
        Synopsis =>
            (en "Time with nobody in view is the share of frames without a person. The synopsis shows every track once, at its \
                 place but at another time, so that nobody covers anybody else; its length is given as a share of the footage's.",
             fr "Le temps sans personne dans le champ est la proportion des images sans personne. Le résumé montre chaque piste \
                 une fois, à sa place mais à un autre moment, de sorte que nul n’en recouvre un autre ; sa durée est exprimée en \
                 proportion de celle de l’enregistrement.")
            (en "Pritch, Rav-Acha and Peleg 2008, who shift people in time and allow some overlap; here none is allowed, so a \
                 product may be shorter.",
             fr "Pritch, Rav-Acha et Peleg 2008, qui décalent les personnes dans le temps et admettent un certain recouvrement ; \
                 ici il n’en est admis aucun, de sorte qu’un produit peut être plus court.")
            (en "Whoever the detector misses is cut away: a higher detection threshold makes the synopsis shorter and less true.",
             fr "Qui échappe au détecteur est retranché : un seuil de détection plus élevé rend le résumé plus court et moins \
                 fidèle.")
            (en "What a viewer of the synopsis would miss. It destroys order and causes: two people who never met appear side by \
                 side.",
             fr "Ce que manquerait la personne qui regarde le résumé. Il détruit l’ordre et les causes : deux personnes qui ne \
                 se sont jamais rencontrées apparaissent côte à côte.");
    }
}
