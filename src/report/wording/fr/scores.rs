//! The words of the page of scores. In: typed statements, and numbers as text. Out: sentences.

pub use super::score_groups::*;
pub use super::score_sources::*;
use crate::formats::french as formats;
use crate::wording::CurveText;
use vsa_record::curve::CurveName;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::Estimate;
use vsa_record::scores::{FigureName, Resampled, ScoreSettings, SideFacts};

/// The kind of document.
pub const KICKER: &str = "Évaluation au regard d’annotations";
/// What this is.
pub const INTRODUCTION: &str = "Des annotations indiquent ce qui figure dans les images ; un système a indiqué ce qu’il y a trouvé. La \
    présente page confronte l’un à l’autre. Chaque résultat est assorti d’un intervalle, construit de façon à contenir, dans 95 \
    évaluations de ce type sur 100, la valeur vers laquelle tendraient toujours plus d’enregistrements de même nature.";
/// Fact and heading.
pub const TRUTH: &str = "Annotations";
/// Fact and heading.
pub const DETECTIONS: &str = "Détections";
/// Fact.
pub const OVERLAP: &str = "Recouvrement à partir duquel une annotation est trouvée";
/// On every page.
pub const PAGE_DIGEST: &str = "Empreinte SHA-256 de scores.json";
/// What is attached to the document.
pub const ATTACHED: (&str, &str) = (
    "scores.json",
    "Tous les résultats, courbes et tableaux du présent rapport, sous forme de données non arrondies",
);
/// Heading of the answer.
pub const ANSWER: &str = "Ce qui a été mesuré";
/// Where nothing could be measured.
pub const NOTHING_MEASURED: &str = "Rien n’a pu être mesuré : les tableaux indiquent ce qui manquait.";
/// Boxes of single people left the room.
pub const OBJECTS_EXPORTED: (&str, &str) = (
    "Les correspondances d’objets isolés ont été écrites.",
    "Les données ont été déclarées publiques ou recueillies avec le consentement des personnes ; un fichier joint à la présente page \
     énumère chaque annotation et chaque détection, avec son cadre et l’indication qu’elle a ou non trouvé sa correspondante.",
);
/// Something about the files bears on the figures.
pub const CHECKS_NOTICE: &str = "Des constatations relatives aux fichiers affectent les résultats.";

/// How many things, and where they stand.
#[must_use]
pub fn checks_notice(n: usize) -> String {
    if n == 1 {
        "Une constatation a été faite ; la lire sous « Fichiers » avant les résultats.".to_owned()
    } else {
        format!("{n} constatations ont été faites ; les lire sous « Fichiers » avant les résultats.")
    }
}

/// States what was scored.
#[must_use]
pub fn title(classes: &[String]) -> String {
    const MOST_NAMED: usize = 3;
    match classes.len() {
        0 => "Un système confronté à des annotations".to_owned(),
        n if n <= MOST_NAMED => format!("Un système confronté à des annotations : {}", classes.join(", ")),
        n => format!("Un système confronté à des annotations de {n} classes"),
    }
}

/// A side in one line.
#[must_use]
pub fn side(side: &SideFacts) -> String {
    let format = super::score_checks::format(side.format);
    format!(
        "cadres : {} ; images : {} ({format})",
        super::counted(&side.boxes),
        formats::count(side.pictures)
    )
}

/// A figure of the answer.
#[must_use]
pub fn sentence(name: FigureName, value: &str, shown: bool) -> String {
    let what = match name {
        FigureName::Recall => "Proportion des annotations qui ont été trouvées (rappel)",
        FigureName::Precision => "Proportion des détections qui ont trouvé une annotation (précision)",
        FigureName::FalseAlarmsPerHour => "Détections sans annotation en une heure d’enregistrement",
        FigureName::Ap => "Précision moyenne (AP) sur les recouvrements de 0,50 à 0,95 (COCO)",
        FigureName::Hota => "Détection et association prises ensemble (HOTA)",
        FigureName::IdentitySwitches => "Changements d’identité d’une personne",
        other => super::score_names::meaning(other),
    };
    if shown {
        format!("{what} : {value}.")
    } else {
        format!("{what} : occulté, car peu de personnes se trouvent derrière ce nombre.")
    }
}

/// The widest gap of one way of grouping.
#[must_use]
pub fn gap_sentence(
    by: &[String],
    [best, worst]: [&Vec<String>; 2],
    difference: &str,
    missed: &str,
) -> String {
    format!(
        "Selon {}, le groupe « {} » est trouvé le plus souvent et le groupe « {} » le moins souvent : l’écart entre les proportions est \
         de {difference}, et le rapport entre ce qui est manqué, de {missed}.",
        by.join(" et "),
        group(best),
        group(worst),
    )
}

/// How the intervals were made.
#[must_use]
pub fn note(settings: &ScoreSettings) -> String {
    let unit = match settings.resampled {
        Resampled::Sequences { n } => format!("séquences entières, au nombre de {}", formats::count(n)),
        Resampled::Stretches { n, frames } => {
            format!(
                "passages de {} images, au nombre de {}",
                formats::count(frames),
                formats::count(n)
            )
        }
        Resampled::Pictures { n } => format!("images, au nombre de {}", formats::count(n)),
    };
    format!(
        "Entre parenthèses : intervalles de confiance à 95 %, par rééchantillonnage (bootstrap). Tirages au sort avec remise : {} ; ce \
         qui est tiré : {unit}. Ces intervalles disent de combien les résultats varieraient avec d’autres enregistrements de même \
         nature, non avec des enregistrements d’une autre nature.",
        formats::count(settings.resamples)
    )
}

/// Short name in the contents.
pub const DETECTION_NAME: &str = "Détection";
/// Heading.
pub const DETECTION_TITLE: &str = "Dans quelle mesure le système trouve ce qui est annoté";
/// Leads in.
pub const DETECTION_LEAD: &str = "Une annotation est trouvée lorsqu’une détection la recouvre suffisamment. Une détection sans annotation \
    est un faux positif, quoi qu’elle montre.";
/// Title and caption.
pub const DETECTION_CHART: (&str, &str) = (
    "Proportions et leurs intervalles",
    "Le taux d’omission et l’écart d’étalonnage sont d’autant meilleurs qu’ils sont bas ; tous les autres, qu’ils sont élevés.",
);
/// Title and caption.
pub const HEIGHTS_CHART: (&str, &str) = (
    "Précision moyenne selon la hauteur de l’annotation",
    "Pour un recouvrement de 0,50. Les visages que filment les caméras de surveillance ont le plus souvent moins de 40 pixels de haut, \
     domaine dont les bancs d’essai de grands visages ne disent rien.",
);
/// Caption.
pub const DETECTION_TABLE: &str = "Tous les indicateurs de détection, avec leur définition";
/// Short name in the contents.
pub const TRACKING_NAME: &str = "Suivi";
/// Heading.
pub const TRACKING_TITLE: &str = "Dans quelle mesure le système suit une même personne";
/// Leads in.
pub const TRACKING_LEAD: &str = "Indicateurs tels que les définit TrackEval ; les nombres sont additionnés sur les séquences avant tout \
    calcul de rapport.";
/// Title and caption.
pub const TRACKING_CHART: (&str, &str) = (
    "Proportions relatives au suivi et leurs intervalles",
    "L’indicateur MOTA n’est pas représenté lorsque son intervalle descend au-dessous de zéro.",
);
/// Caption.
pub const TRACKING_TABLE: &str = "Tous les indicateurs de suivi, avec leur définition";
/// Axis.
pub const SHARE_AXIS: &str = "proportion";
/// Columns of the data of a chart of intervals.
pub const RANGE_COLUMNS: [&str; 4] = ["Grandeur", "Valeur", "IC à 95 %", "Effectif"];
/// Column.
pub const INTERVAL: &str = "IC à 95 %";

/// In place of a value.
#[must_use]
pub fn not_measured(missing: &str) -> String {
    format!("non mesuré : {missing}")
}

/// A chart of intervals, for those who do not see it.
#[must_use]
pub fn ranges_description(rows: &[(String, Option<&Cell<Estimate>>)]) -> String {
    let told = rows.iter().filter_map(|(label, cell)| {
        let estimate = cell.and_then(Cell::shown)?;
        Some(format!("{label} {}", formats::figures(estimate).value))
    });
    format!("{}.", told.collect::<Vec<_>>().join(" ; "))
}

/// The words of a curve.
#[must_use]
pub fn curve(name: CurveName) -> CurveText {
    let text = |id, title, caption, value_axis, level_axis| CurveText {
        id,
        title,
        caption,
        value_axis,
        level_axis,
    };
    match name {
        CurveName::PrecisionByRecall => text(
            "precision-recall",
            "Courbe précision-rappel",
            "Meilleure précision à chaque rappel ou au-delà, pour un recouvrement de 0,50, en moyenne sur les classes. La bande est \
             l’intervalle en chaque point, non celui de la courbe entière.",
            "précision",
            "rappel",
        ),
        CurveName::MissRateByFalsePositives => text(
            "miss-rate",
            "Taux d’omission selon les fausses alarmes par image",
            "Le compromis entre les deux sortes d’erreurs : chaque point est le taux d’omission au seuil qui laisse au plus autant de \
             faux positifs par image. L’axe horizontal est logarithmique ; la bande est l’intervalle en chaque point.",
            "taux d’omission",
            "fausses alarmes par image",
        ),
        CurveName::PrecisionByScore => text(
            "reliability",
            "Diagramme de fiabilité",
            "Proportion de détections justes selon le score : là où les points se trouvent sous la ligne, le système est plus sûr de lui \
             qu’il n’est exact.",
            "proportion juste",
            "score moyen de la tranche",
        ),
        CurveName::HotaByOverlap => text(
            "hota",
            "HOTA selon le recouvrement",
            "Plus la courbe se maintient, plus les cadres sont ajustés.",
            "indicateur HOTA",
            "recouvrement",
        ),
        CurveName::RecallByHeight => text(
            "recall-height",
            "Proportion trouvée selon la hauteur de l’annotation",
            "L’axe horizontal est logarithmique. Une caméra placée plus bas, ou un objectif plus long, déplace les personnes vers la \
             droite ; la courbe n’en est pas modifiée.",
            "proportion trouvée",
            "hauteur de l’annotation en pixels",
        ),
        CurveName::RecallByDistance => text(
            "recall-distance",
            "Proportion trouvée selon la distance",
            "Chaque point représente un dixième des annotations, à leur distance moyenne. L’axe horizontal est logarithmique. La courbe \
             vaut pour cette caméra et cet objectif.",
            "proportion trouvée",
            "distance, telle qu’annotée",
        ),
        CurveName::FddbDiscrete => text(
            "fddb-discrete",
            "FDDB, score discret",
            "Une annotation compte comme trouvée lorsque le recouvrement des régions dépasse la moitié.",
            "proportion trouvée",
            "faux positifs en tout",
        ),
        CurveName::FddbContinuous => text(
            "fddb-continuous",
            "FDDB, score continu",
            "Chaque annotation compte pour le recouvrement de sa correspondance.",
            "recouvrement moyen avec les annotations",
            "faux positifs en tout",
        ),
    }
}

/// The line of equality in the reliability diagram.
pub const CALIBRATED: &str = "aussi sûr qu’exact";

/// A curve, for those who do not see it.
#[must_use]
pub fn curve_description(text: CurveText, first: f64, last: f64) -> String {
    format!(
        "Axe vertical ({}) : de {} à gauche à {} à droite.",
        text.value_axis,
        formats::rounded_percent(first),
        formats::rounded_percent(last)
    )
}

/// Two ends.
#[must_use]
pub fn interval_of(low: f64, high: f64) -> String {
    format!(
        "de {} à {}",
        formats::rounded_percent(low.max(0.0)),
        formats::rounded_percent(high)
    )
}
