//! Words explained.

/// Terms and what this report means by them.
pub const GLOSSARY: &[(&str, &str)] = &pairs! {
    (en "Algorithmic video surveillance (VSA)", fr "Apparition")
        (en "Software that watches camera pictures and reports people, faces or behaviour.",
         fr "Une personne, ou un visage, dans une image, tels qu’un détecteur les signale.");
    ("Bootstrap")
        (en "A way to find an interval: the data are resampled with replacement, and the spread of the results is taken.",
         fr "Procédé qui sert à établir un intervalle : les données sont rééchantillonnées avec remise, et la \
             dispersion des résultats est retenue.");
    (en "Data basis", fr "Densité de pixels")
        (en "The ground on which the footage may be examined, as declared by whoever ran this audit. The program cannot check \
             it.",
         fr "Nombre de pixels de l’image qui correspondent à un mètre de la scène, en pixels par mètre (px/m).");
    (en "Detector", fr "Détecteur")
        (en "A model that reports boxes around people or faces in one picture. It misses some, and reports some where there are \
             none.",
         fr "Modèle qui signale des cadres autour de personnes ou de visages dans une image. Il en manque certains, et en \
             signale là où il n’y en a pas.");
    ("DORI, OODPCVS")
        (en "Two scales of pixel density for cameras: detect, observe, recognise, identify (preceded by monitor); and overview, \
             outline, discern, perceive, characterise, validate, scrutinise.",
         fr "Deux échelles de densité de pixels pour les caméras : détecter, observer, reconnaître, identifier (précédés de \
             surveiller) ; et vue d’ensemble, silhouette, discerner, percevoir, caractériser, valider, scruter.");
    (en "Interval", fr "Fondement déclaré")
        (en "The range that would hold the true value in as many of 100 repetitions as its level says.",
         fr "Motif pour lequel les enregistrements peuvent être examinés, tel que l’a déclaré la personne qui a conduit le \
             présent audit. Le programme ne peut le vérifier.");
    (en "Kaplan–Meier", fr "Intervalle de confiance (IC)")
        (en "A way to estimate how long people stay when some stays began before the footage or went on after it.",
         fr "Étendue qui contiendrait la vraie valeur dans autant de répétitions sur 100 que l’indique son niveau.");
    (en "Median, quantile", fr "Kaplan–Meier")
        (en "The median is the value that half of the cases do not exceed; the 90\u{202f}% quantile is the one that 90 of 100 do \
             not exceed.",
         fr "Procédé qui sert à estimer combien de temps les personnes restent, lorsque certaines présences ont commencé avant \
             l’enregistrement ou se sont poursuivies après lui.");
    (en "Pixel density", fr "Médiane, quantile")
        (en "How many pixels of the picture fall on one metre of the scene, in pixels per metre (px/m).",
         fr "La médiane est la valeur que la moitié des cas ne dépassent pas ; le quantile à 90 % est celle que 90 cas sur 100 \
             ne dépassent pas.");
    (en "SHA-256, digest", fr "Occulté")
        (en "A number computed from a file. Two files with the same digest are, for every practical purpose, the same file.",
         fr "Mesuré, mais non communiqué, parce que si peu de personnes se trouvent derrière le nombre qu’il parlerait d’elles \
             et non du lieu.");
    (en "Sighting", fr "Piste")
        (en "One person, or one face, in one frame, as reported by a detector.",
         fr "Suite d’apparitions que l’algorithme de suivi a attribuées à une même personne. Une personne peut former plusieurs \
             pistes, lorsque l’algorithme l’a perdue sans la reconnaître ensuite ; deux personnes peuvent n’en former qu’une.");
    (en "Track", fr "SHA-256, empreinte numérique")
        (en "A chain of sightings that the tracker took for one person. One person may be several tracks, where the tracker lost \
             and did not recognise them; two people may be one.",
         fr "Nombre calculé à partir d’un fichier (on dit aussi condensat). Deux fichiers de même empreinte sont, à toutes fins \
             utiles, le même fichier.");
    (en "Withheld", fr "Vidéosurveillance algorithmique (VSA)")
        (en "Measured, but not shown, because so few people stand behind the number that it would speak about them and not about \
             the place.",
         fr "Logiciel qui examine les images de caméras et signale des personnes, des visages ou des comportements.");
};
