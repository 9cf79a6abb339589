//! A caveat in words: what is the case, and what it means for the numbers.

use super::formats;
use super::terms::{WITHHELD, frames};
use vsa_record::Caveat;
use vsa_record::disclosure::Cell;

/// The table, one row for each caveat: its title, and its text with what fills it.
macro_rules! caveats {
    ($of:expr; $($caveat:pat => ($($title:tt)+) ($($text:tt)+);)+) => {
        match $of {
            $($caveat => (words! { $($title)+ }.to_owned(), text! { $($text)+ }),)+
        }
    };
}

/// Title and text of a caveat.
pub fn caveat(caveat: &Caveat) -> (String, String) {
    caveats! {
        caveat;
        Caveat::NoGroundTruth =>
            (en "There were no labels to check the detectors against.",
             fr "Aucune annotation n’a permis de vérifier les détecteurs.")
            (en "How many people and faces were missed, or reported where there are none, is unknown for this footage. Every \
                 number counts what the detectors reported.",
             fr "Le nombre de personnes et de visages manqués, ou signalés là où il n’y en a pas, est inconnu pour ces \
                 enregistrements. Tous les nombres dénombrent ce que les détecteurs ont signalé.");
        Caveat::AssumedSizes { face_width_metres, body_height_metres } =>
            (en "Pixel density rests on assumed sizes.", fr "La densité de pixels repose sur des tailles supposées.")
            (en "Every face is taken to be {} wide and every standing person {} tall. For a smaller person, such as a child, or \
                 a person who sits or is partly hidden, the estimate is too low. A calibrated camera would remove this \
                 assumption.",
             fr "Tout visage est supposé large de {}, et toute personne debout haute de {}. Pour une personne plus petite, comme \
                 un enfant, ou pour une personne assise ou en partie cachée, l’estimation est trop basse. L’étalonnage de la \
                 caméra lèverait cette hypothèse."; formats::metres(*face_width_metres), formats::metres(*body_height_metres));
        Caveat::FramesSampled { looked_at, decoded } =>
            (en "Not every frame was looked at.", fr "Toutes les images n’ont pas été analysées.")
            (en "The models looked at {} of {} decoded frames. Whatever happens between two of them is not seen.",
             fr "Les modèles ont analysé {} sur {} décodées. Ce qui survient entre deux d’entre elles n’est pas vu.";
             words! { en { formats::count(*looked_at) }, fr { frames(*looked_at) } }, formats::count(*decoded));
        Caveat::FaultyFootage { item, faulty } => (en "A file is damaged.", fr "Un fichier est endommagé.")
            (en "In {item}, {} could not be decoded, or only with errors. The numbers speak of the others.",
             fr "Dans {item}, images qui n’ont pu être décodées, ou seulement avec des erreurs : {}. Les nombres portent sur les \
                 autres."; frames(*faulty));
        Caveat::MissingFrames { item, missing } => (en "Frames are missing.", fr "Des images manquent.")
            (en "By its time stamps, {item} lacks {}. People may have passed in the gaps, and tracks may be cut by them.",
             fr "D’après son horodatage, il manque à {item} {}. Des personnes ont pu passer pendant ces lacunes, et des pistes \
                 peuvent s’en trouver interrompues."; frames(*missing));
        Caveat::VariableFrameRate { item } => (en "The frame rate varies.", fr "La cadence varie.")
            (en "In {item} the time between frames is not constant. Times were taken from the time stamps of the frames; means \
                 over frames weigh stretches with more frames more.",
             fr "Dans {item}, l’intervalle entre les images n’est pas constant. Les instants sont ceux de l’horodatage des \
                 images ; les moyennes par image donnent plus de poids aux passages qui comptent plus d’images.");
        Caveat::FewTracks { fewer_than } =>
            (en "Few people stand behind the shares.", fr "Les proportions reposent sur peu de personnes.")
            (en "There are fewer than {} tracks. The intervals are wide, and hold the true value only approximately as often as \
                 they say.",
             fr "Il y a moins de {} pistes. Les intervalles sont larges, et ne contiennent qu’approximativement la vraie valeur \
                 aussi souvent qu’ils l’annoncent."; formats::count(*fewer_than));
        Caveat::SmallFaces { share, pixels } =>
            (en "Faces are smaller than those the face model was tested on.",
             fr "Les visages sont plus petits que ceux sur lesquels le modèle a été éprouvé.")
            (en "{share} of the reported faces are less than {height} high. The model's published figures do not speak \
                 about such faces: more of them may be missed, and more of those reported may be false detections.",
             fr "Proportion des visages signalés dont la hauteur est inférieure à {height} : {share}. Les performances \
                 publiées du modèle ne portent pas sur de tels visages : il peut en être manqué davantage, et \
                 davantage de ceux qui sont signalés peuvent n’en être pas.";
             share = small_share(share), height = formats::pixels(*pixels));
        Caveat::StillsNotTracked { item } => (en "Single images were given.", fr "Des images isolées ont été fournies.")
            (en "Nobody was followed from one image of {item} to the next, so that one person may count several times.",
             fr "Nul n’a été suivi d’une image de {item} à la suivante, de sorte qu’une même personne peut être comptée \
                 plusieurs fois.");
        Caveat::ShortFootage { seconds } => (en "The footage is short.", fr "L’enregistrement est court.")
            (en "It lasts {}. Another minute, hour or day may show something else.",
             fr "Il dure {}. Une autre minute, une autre heure ou un autre jour peuvent montrer autre chose.";
             formats::duration(*seconds));
        Caveat::CellsWithheld { cells } => (en "Some numbers are withheld.", fr "Certains nombres sont occultés.")
            (en "Cells withheld: {}. Too few people stand behind each of them, or behind a cell that it would give away.",
             fr "Cellules occultées : {}. Trop peu de personnes se trouvent derrière chacune d’elles, ou derrière une cellule \
                 qu’elle permettrait de déduire."; formats::count(*cells));
        Caveat::PeopleCountedByTracks => (en "People are counted by tracks.", fr "Les personnes sont comptées par pistes.")
            (en "A person who leaves and comes back is counted again; two people who are taken for one are counted once. Nobody \
                 is recognised from one file to another.",
             fr "Une personne qui sort du champ et y revient est comptée de nouveau ; deux personnes prises pour une seule sont \
                 comptées une fois. Nul n’est reconnu d’un fichier à un autre.");
        Caveat::PeopleFollowedByLooks =>
            (en "People were followed by their looks as well.", fr "Les personnes ont été suivies aussi d’après leur apparence.")
            (en "Pieces of tracks that looked different were not joined, and tracks that changed their looks were cut. For this, embeddings \
                 of bodies were compared in memory; none was kept. What counts as different was read from this footage, once \
                 enough people had been seen. How well looks tell people apart is told of uninterrupted pieces alone.",
             fr "Les morceaux de pistes d’apparences différentes n’ont pas été réunis, et les pistes dont l’apparence changeait ont été \
                 coupées. Pour cela, des vecteurs décrivant les corps ont été comparés en mémoire ; aucun n’a été conservé. \
                 Ce qui vaut différence a été tiré de ces enregistrements, une fois vues assez de personnes. La capacité à \
                 distinguer les personnes par l’apparence n’est mesurée que sur des morceaux ininterrompus.");
        Caveat::LevelsFromSecondarySources =>
            (en "The levels of pixel density come from secondary sources.",
             fr "Les niveaux de densité de pixels proviennent de sources secondaires.")
            (en "The values of DORI are those given by cctv-check.de and infinitioptics.com for EN/IEC 62676-4:2014/15; the \
                 values of OODPCVS are those given by jvsg.com for its new edition, with level names from mobotix.com. The text \
                 of the standard itself was not consulted.",
             fr "Les valeurs DORI sont celles que donnent cctv-check.de et infinitioptics.com pour la norme EN/IEC \
                 62676-4:2014/15 ; les valeurs OODPCVS sont celles que donne jvsg.com pour sa nouvelle édition, les noms des \
                 niveaux provenant de mobotix.com. Le texte même de la norme n’a pas été consulté.");
        Caveat::IntervalsSpeakOfThisScene =>
            (en "The intervals speak of this scene only.", fr "Les intervalles ne valent que pour cette scène.")
            (en "They say how much the numbers would vary over other footage of the same camera, place, hour and crowd. They do \
                 not cover what the detectors miss, nor another place or another season.",
             fr "Ils disent de combien varieraient les nombres sur d’autres enregistrements de la même caméra, au même lieu, à \
                 la même heure et avec la même affluence. Ils ne couvrent ni ce que les détecteurs manquent, ni un autre lieu, \
                 ni une autre saison.");
        Caveat::FrameRateGiven { rate } => (en "The frame rate was given, not read.", fr "La cadence a été indiquée, non lue.")
            (en "Whoever ran this said that the footage has {} frames a second. Times, stays and speeds are as right \
                 as this number.",
             fr "La personne qui a conduit l’audit a indiqué que l’enregistrement compte {} images par seconde. Les \
                 instants, les durées et les vitesses sont exacts dans la mesure où ce nombre l’est.";
             words! { en { rate }, fr { formats::plain(*rate) } });
        Caveat::NotCalibrated { body_height_metres } => (en "The scene is not calibrated.", fr "La scène n’est pas étalonnée.")
            (en "Speeds and distances are given in heights of the people's own bodies in the picture; thresholds in metres were \
                 divided by {}. Paths towards the camera or away from it look shorter than they are, so that speeds and \
                 distances along them come out too small. A calibration would remove this (see `--scene`).",
             fr "Les vitesses et les distances sont exprimées en hauteurs du corps des personnes dans l’image ; les seuils en \
                 mètres ont été divisés par {}. Les trajets vers la caméra, ou qui s’en éloignent, paraissent plus courts qu’ils \
                 ne sont, de sorte que les vitesses et les distances y sont sous-estimées. Un étalonnage y remédierait (voir \
                 `--scene`)."; formats::metres(*body_height_metres));
        Caveat::CalibrationUnchecked => (en "The calibration could not be checked.", fr "L’étalonnage n’a pas pu être vérifié.")
            (en "No known point was left over that it was not made from. Metres and speeds are as right as the points or the \
                 camera file that were given.",
             fr "Il ne restait aucun point connu qui n’ait servi à l’établir. Les mètres et les vitesses sont exacts dans la \
                 mesure où le sont les points, ou le fichier de la caméra, qui ont été fournis.");
        Caveat::SceneDoesNotFit { item } =>
            (en "The scene was drawn on pictures of another size.", fr "La scène a été tracée sur des images d’une autre taille.")
            (en "{item} was left out of everything that needs zones, lines, directions or metres.",
             fr "{item} a été laissé de côté pour tout ce qui exige des zones, des lignes, des directions ou des mètres.");
        Caveat::ScriptedEngine => (en "No model looked at this footage.", fr "Aucun modèle n’a examiné ces enregistrements.")
            (en "The fake engine of the tests ran. Every number in this report is invented by a test script and says nothing \
                 about any footage.",
             fr "C’est le moteur factice des essais qui a été employé. Tous les nombres du présent rapport sont inventés par un \
                 programme d’essai et ne disent rien d’aucun enregistrement.");
    }
}

/// The share of small faces, at the place where a sentence names it.
fn small_share(share: &Cell<f64>) -> String {
    share.shown().map_or_else(
        || words! { en { format!("A share ({WITHHELD})") }, fr { WITHHELD.to_owned() } },
        |share| text! { en "{} (counted in full)", fr "{} (dénombrement exhaustif)"; formats::rounded_percent(*share) },
    )
}
