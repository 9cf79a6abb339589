//! The page: header, tables, notices, labels.

use super::terms::data_basis;
use crate::document::Labels;
use crate::formats::french as formats;
use vsa_record::disclosure::{DataBasis, LoweredBecause};
use vsa_record::measurements::Missing;

/// The kind of document.
pub const KICKER: &str = "Audit d’enregistrements vidéo";
/// What this is.
pub const INTRODUCTION: &str = "Le présent rapport mesure ce qu’un système de vidéosurveillance algorithmique pourrait extraire \
    des enregistrements désignés ci-dessous : combien de personnes sont vues, à quelle taille apparaissent les visages, combien de \
    temps les personnes peuvent être suivies et chronométrées. Il a été établi en appliquant aux enregistrements des modèles \
    ouverts, sur une seule machine. Il n’identifie personne.";

/// The page's title.
#[must_use]
pub fn title(items: usize, first: &str) -> String {
    match items {
        0 => "Aucun enregistrement n’a été examiné".to_owned(),
        1 => format!("Ce qu’un logiciel de surveillance pourrait extraire de «\u{a0}{first}\u{a0}»"),
        n => format!(
            "Ce qu’un logiciel de surveillance pourrait extraire de {} enregistrements",
            formats::count(n as u64)
        ),
    }
}

/// Words of the header's facts.
pub const FOOTAGE: &str = "Enregistrements";
/// Length of all footage.
pub const LENGTH: &str = "Durée";
/// Frames looked at.
pub const FRAMES_LOOKED_AT: &str = "Images analysées";
/// Models.
pub const MODELS: &str = "Modèles";
/// Data basis.
pub const DATA_BASIS: &str = "Fondement déclaré";
/// Single images have no length.
pub const NO_LENGTH: &str = "images isolées";

/// `795 of 795`.
#[must_use]
pub fn of_frames(looked_at: u64, decoded: u64) -> String {
    format!(
        "{} sur {} décodées",
        formats::count(looked_at),
        formats::count(decoded)
    )
}

/// `pets09-s2l1, video, 768 × 576`.
#[must_use]
pub fn item_summary(label: &str, kind: &str, width: u32, height: u32) -> String {
    format!("{label}, {kind}, {}", frame_size(width, height))
}

/// `768 × 576 px`.
#[must_use]
pub fn frame_size(width: u32, height: u32) -> String {
    format!("{width}\u{202f}×\u{202f}{height}\u{202f}px")
}

/// In place of a list of footage too long for the first page.
#[must_use]
pub fn many_items(n: usize) -> String {
    format!(
        "{} enregistrements, énumérés plus bas sous « Enregistrements »",
        formats::count(n as u64)
    )
}

/// Why small numbers are shown or withheld: title and text of the notice on the first page.
#[must_use]
pub fn disclosure_notice(
    basis: DataBasis,
    min_cell: u32,
    lowered: Option<&LoweredBecause>,
) -> (String, String) {
    let ground = match basis {
        DataBasis::Undeclared => {
            "Nul n’a déclaré sur quel fondement ces enregistrements peuvent être examinés : la règle la plus stricte s’applique."
                .to_owned()
        }
        _ => format!("Fondement : {}.", data_basis(basis)),
    };
    let declared = "Il s’agit de la déclaration de la personne qui a conduit l’audit ; le programme ne peut la vérifier.";
    if min_cell <= 1 {
        let because = lowered_words(lowered);
        (
            "Des nombres relatifs à des personnes isolées sont communiqués.".into(),
            format!(
                "En règle générale, un nombre derrière lequel se trouvent de 1 à 10 personnes est occulté. Ici, rien n’est \
                 occulté : un nombre peut concerner une seule personne. Motif : {because}. {declared}"
            ),
        )
    } else {
        let most = formats::count(u64::from(min_cell) - 1);
        let rule = format!(
            "Tout nombre derrière lequel se trouvent de 1 à {most} personnes est occulté, ainsi que tout nombre dont il pourrait \
             être déduit."
        );
        match lowered {
            None => (
                "Les nombres relatifs à peu de personnes sont occultés.".into(),
                format!("{rule} {ground}"),
            ),
            Some(_) => (
                "Les nombres relatifs à peu de personnes sont occultés, selon une règle plus faible que la règle ordinaire."
                    .into(),
                format!(
                    "{rule} En règle générale, cela vaut de 1 à 10 personnes. Cette limite a été abaissée : {}. {declared}",
                    lowered_words(lowered)
                ),
            ),
        }
    }
}

fn lowered_words(lowered: Option<&LoweredBecause>) -> String {
    match lowered {
        Some(LoweredBecause::PublicDataset) => {
            "les enregistrements ont été déclarés comme jeu de données public".into()
        }
        Some(LoweredBecause::Consent) => {
            "il a été déclaré que toutes les personnes filmées ont consenti".into()
        }
        Some(LoweredBecause::Stated { reason }) => format!("le motif indiqué est « {reason} »"),
        None => "aucun motif n’est consigné".into(),
    }
}

/// Boxes of single people were exported.
pub const OBJECTS_EXPORTED: (&str, &str) = (
    "Des cadres autour de personnes isolées ont été exportés.",
    "Un fichier joint au présent rapport contient l’emplacement de chaque personne signalée dans chaque image. Cela n’est possible \
     que pour des enregistrements déclarés publics ou consentis.",
);

/// The fake engine ran.
pub const SCRIPTED: (&str, &str) = (
    "Ce rapport est un essai : aucun modèle n’a examiné d’enregistrement.",
    "Ses nombres ont été écrits par un programme d’essai et ne disent rien de qui que ce soit ni d’aucun lieu.",
);

/// In place of charts where nothing was measured.
#[must_use]
pub fn not_measured(why: Missing) -> String {
    format!(
        "Non mesuré : {}. L’absence de nombre n’est pas un résultat.",
        super::missing(why)
    )
}
/// In place of a chart of which nothing may be shown.
#[must_use]
pub fn chart_withheld(title: &str) -> String {
    format!(
        "{title} : occulté en totalité, car trop peu de personnes se trouvent derrière chacune de ses parties."
    )
}
/// In place of a chart of which nothing could be estimated.
#[must_use]
pub fn chart_not_estimated(title: &str) -> String {
    format!("{title} : non estimé, car trop peu d’éléments ont été dénombrés.")
}
/// In place of a chart in whose every part nothing was counted.
#[must_use]
pub fn chart_of_nothing(title: &str) -> String {
    format!("{title} : rien n’a été dénombré.")
}

/// Caption of the tables of counts.
pub const COUNTS_CAPTION: &str = "Ce qui a été dénombré. Dénombrement exhaustif : pas d’intervalle.";
/// Their columns.
pub const COUNT_COLUMNS: [&str; 2] = ["Objet du dénombrement", "Nombre"];
/// In place of a number of tracks where there are only single images.
pub const NOT_FOLLOWED: &str = "aucune : personne n’a été suivi";
/// Counts of presence: frames, sightings, tracks, peak.
pub const PRESENCE_COUNTS: [&str; 4] = [
    "Images dans lesquelles des personnes ont été recherchées",
    "Apparitions de personnes dans l’ensemble de ces images",
    "Pistes de personnes (une même personne peut en former plusieurs)",
    "Personnes signalées dans l’image qui en compte le plus",
];
/// Counts of faces: frames, sightings, measured ones, tracks.
pub const FACE_COUNTS: [&str; 4] = [
    "Images dans lesquelles des visages ont été recherchés",
    "Apparitions de visages dans l’ensemble de ces images",
    "Dont mesurées (suivies dans le temps, ou sur des images isolées)",
    "Pistes de visages (un même visage peut en former plusieurs)",
];
/// Count of people followed.
pub const FOLLOWED_COUNT: &str = "Pistes de personnes, après réunion des fragments";
/// Counts of stays: timed, cut off.
pub const STAY_COUNTS: [&str; 2] = [
    "Pistes dont la durée a été chronométrée",
    "Dont celles déjà présentes au début ou encore présentes à la fin de l’enregistrement",
];

/// Limits that hold for every report.
pub const FIXED_LIMITS: &[(&str, &str)] = &[
    (
        "Il dit ce qu’un logiciel pourrait extraire, non ce que quiconque a fait.",
        "Les enregistrements ne montrent pas si un système était relié à cette caméra, ni ce qu’il était réglé pour signaler.",
    ),
    (
        "Il porte sur les modèles employés.",
        "Un produit du commerce peut trouver plus de personnes et de visages que ces modèles ouverts, ou moins.",
    ),
    (
        "Un nombre suffisant de pixels ne vaut pas reconnaissance.",
        "La possibilité d’apparier un visage dépend aussi de la lumière, de l’angle, du flou, de la compression, du logiciel \
         d’appariement et de la liste interrogée.",
    ),
    (
        "Il ne dit pas qui est bien vu et qui l’est mal.",
        "Les détecteurs peuvent manquer plus ou moins souvent les personnes selon la couleur de peau, l’âge, les vêtements ou la \
         posture. Sans annotations, le présent rapport ne peut le mesurer.",
    ),
    (
        "Il ne constitue pas un avis juridique.",
        "La licéité d’un usage dépend de sa finalité, du lieu et du droit applicable, qui ne figurent pas dans les \
         enregistrements.",
    ),
];

/// What became of pictures and boxes: usually nothing is kept; where boxes were exported, that is said.
#[must_use]
pub fn kept(objects_exported: bool) -> (&'static str, &'static str) {
    if objects_exported {
        (
            "Aucune image n’a été conservée, mais des cadres l’ont été.",
            "Les cadres entourant les personnes signalées ont été écrits dans un fichier, comme l’indique la première page. Les \
             images n’ont existé que dans la mémoire du programme.",
        )
    } else {
        (
            "Rien de ce qui montre une personne n’a été conservé.",
            "Les images, les cadres, les pistes et les instants relatifs à une personne isolée n’ont existé que dans la mémoire du \
             programme. Le relevé et le présent rapport contiennent des nombres, des proportions, des intervalles et des \
             empreintes numériques.",
        )
    }
}

/// What the program did not do.
pub const NOT_DONE: &[(&str, &str)] = &[
    (
        "Personne n’a été identifié.",
        "Personne n’a été recherché dans une liste, et rien n’a été rapproché d’un autre fichier. Lorsque des apparences ou des \
         visages de ces enregistrements ont été comparés entre eux, cela s’est fait en mémoire, et seul leur degré d’ensemble de \
         ressemblance a été conservé.",
    ),
    (
        "Les enregistrements n’ont été envoyés nulle part.",
        "Le programme ne contient aucun code de communication par réseau : lorsqu’un modèle a dû être téléchargé, ce sont les \
         outils de la machine qui l’ont fait. La présente page n’interroge aucun autre ordinateur.",
    ),
    (
        "Aucun son n’a été lu.",
        "Les pistes sonores n’ont pas été décodées.",
    ),
    (
        "Les enregistrements n’ont pas été modifiés.",
        "Ils n’ont été ouverts qu’en lecture. Il n’a pas été recherché s’ils avaient été retouchés auparavant.",
    ),
];

/// Heading of caveats.
pub const CAVEATS_HEADING: &str = "Propres à ces enregistrements";
/// Heading of the fixed limits.
pub const FIXED_LIMITS_HEADING: &str = "Dans tous les cas";
/// Heading of the methods.
pub const METHODS_HEADING: &str = "Comment les intervalles ont été établis";
/// Caption of the table of estimates.
pub const ESTIMATES_CAPTION: &str =
    "Toutes les estimations du présent rapport, hormis les proportions par niveau, qui suivent.";
/// Caption of a table of levels.
#[must_use]
pub fn levels_caption(bodies: bool, samples: &str, methods: &str) -> String {
    let whom = if bodies {
        "d’après la hauteur des corps : toutes les personnes signalées"
    } else {
        "d’après la largeur des visages : visages signalés seulement"
    };
    let behind = if samples.is_empty() {
        String::new()
    } else {
        format!(" Effectif : {samples}. Méthode : {methods}.")
    };
    format!(
        "Proportions atteignant ou dépassant chaque niveau de densité de pixels, {whom} ; entre parenthèses, l’intervalle de \
         confiance à 95 %. « Au mieux » retient l’instant le plus net de chaque piste.{behind}"
    )
}
/// Columns of a table of levels.
pub const LEVEL_COLUMNS: [&str; 3] = ["Niveau", "Pistes, au mieux", "Apparitions"];
/// Columns of the table of estimates.
pub const ESTIMATE_COLUMNS: [&str; 6] = [
    "Grandeur",
    "Valeur",
    "IC à 95 %",
    "Effectif",
    "Méthode",
    "Signification",
];
/// Columns of a chart's data.
pub const RANGE_COLUMNS: [&str; 4] = ["", "Valeur", "IC à 95 %", "Effectif"];
/// Head of the first column of charts of levels.
pub const LEVEL: &str = "Niveau";
/// Head of the first column of quantiles.
pub const QUANTILE: &str = "Quantile";
/// Head of the first column of stays.
pub const STAY: &str = "Durée de présence";
/// Column heads of charts of columns.
pub const TIME_COLUMNS: [&str; 3] = ["Secondes depuis le début", "Personnes par image", "Images"];
/// Footage too short for a chart of its own.
pub const SINGLE_STRETCHES_CAPTION: &str = "Enregistrements d’un seul intervalle de temps : nombre moyen de personnes par \
    image, dénombrement exhaustif (pas d’intervalle de confiance).";
/// Its columns.
pub const SINGLE_STRETCH_COLUMNS: [&str; 4] = [
    "Enregistrement",
    "Secondes depuis le début",
    "Personnes par image",
    "Images",
];
/// Column heads of frames by people.
pub const PEOPLE_COLUMNS: [&str; 2] = ["Personnes dans l’image", "Images"];
/// Column heads of stays by length.
pub const STAY_BIN_COLUMNS: [&str; 2] = ["Durée en secondes", "Pistes"];
/// Column heads of face heights.
pub const HEIGHT_COLUMNS: [&str; 2] = ["Hauteur en pixels", "Apparitions de visages"];
/// Table of data under a chart.
#[must_use]
pub fn data_caption(title: &str) -> String {
    format!("{title} : données du graphique.")
}

/// Fixed words of the page.
#[must_use]
pub fn labels(name: &str, version: &str) -> Labels {
    Labels {
        skip: "Aller à la réponse".into(),
        contents: "Sommaire".into(),
        show_data: "Afficher les données sous forme de tableau".into(),
        limit: "Ce que cela ne dit pas".into(),
        evidence: "Éléments".into(),
        decision: "Règle de décision".into(),
        audit: "Contrôle".into(),
        colophon: format!(
            "Établi par {name} {version}. Cette page n’interroge aucun autre ordinateur et n’identifie personne. Son unique script \
             vérifie le scellé lorsque vous le lui demandez."
        ),
        verifier: super::seal::verifier(),
    }
}
