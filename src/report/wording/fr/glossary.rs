//! Words explained.

/// Terms and what this report means by them.
pub const GLOSSARY: &[(&str, &str)] = &[
    (
        "Apparition",
        "Une personne, ou un visage, dans une image, tels qu’un détecteur les signale.",
    ),
    (
        "Bootstrap",
        "Procédé qui sert à établir un intervalle : les données disponibles sont tirées au sort de façon répétée, et la dispersion \
         des résultats est retenue.",
    ),
    (
        "Densité de pixels",
        "Nombre de pixels de l’image qui correspondent à un mètre de la scène, en pixels par mètre (px/m).",
    ),
    (
        "Détecteur",
        "Modèle qui signale des cadres autour de personnes ou de visages dans une image. Il en manque certains, et en signale là où \
         il n’y en a pas.",
    ),
    (
        "DORI, OODPCVS",
        "Deux échelles de densité de pixels pour les caméras : détecter, observer, reconnaître, identifier (précédés de surveiller) ; \
         et vue d’ensemble, silhouette, discerner, percevoir, caractériser, valider, scruter.",
    ),
    (
        "Fondement déclaré",
        "Motif pour lequel les enregistrements peuvent être examinés, tel que l’a déclaré la personne qui a conduit le présent \
         audit. Le programme ne peut le vérifier.",
    ),
    (
        "Intervalle de confiance (IC)",
        "Étendue qui contiendrait la vraie valeur dans autant de répétitions sur 100 que l’indique son niveau.",
    ),
    (
        "Kaplan–Meier",
        "Procédé qui sert à estimer combien de temps les personnes restent, lorsque certaines présences ont commencé avant \
         l’enregistrement ou se sont poursuivies après lui.",
    ),
    (
        "Médiane, quantile",
        "La médiane est la valeur que la moitié des cas ne dépassent pas ; le quantile à 90 % est celle que 90 cas sur 100 ne \
         dépassent pas.",
    ),
    (
        "Occulté",
        "Mesuré, mais non communiqué, parce que si peu de personnes se trouvent derrière le nombre qu’il parlerait d’elles et non du \
         lieu.",
    ),
    (
        "Piste",
        "Suite d’apparitions que l’algorithme de suivi a attribuées à une même personne. Une personne peut former plusieurs pistes, \
         lorsque l’algorithme l’a perdue sans la reconnaître ensuite ; deux personnes peuvent n’en former qu’une.",
    ),
    (
        "SHA-256, empreinte numérique",
        "Nombre calculé à partir d’un fichier (on dit aussi condensat). Deux fichiers de même empreinte sont, à toutes fins utiles, \
         le même fichier.",
    ),
    (
        "Vidéosurveillance algorithmique (VSA)",
        "Logiciel qui examine les images de caméras et signale des personnes, des visages ou des comportements.",
    ),
];
