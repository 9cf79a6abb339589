//! The words of the page of scores. In: typed statements, and numbers as text. Out: sentences.

use super::formats;
pub use super::score_groups::*;
pub use super::score_sources::*;
use crate::wording::{CurveText};
use vsa_record::curve::CurveName;
use vsa_record::disclosure::Cell;
use vsa_record::estimate::Estimate;
use vsa_record::scores::{FigureName, NoFigure, Resampled, ScoreSettings, SideFacts};

sentences! {
    /// The kind of document.
    pub const KICKER = en "Evaluation against labels", fr "Évaluation au regard d’annotations";
    /// What this is.
    pub const INTRODUCTION =
        en "Labels say what is in the pictures; a system said what it found. This page holds the one against the other. Every \
            figure has an interval, made so that in 95 of 100 such evaluations it holds the value that ever more footage of the \
            same kind would give.",
        fr "Des annotations indiquent ce qui figure dans les images ; un système a indiqué ce qu’il y a trouvé. La présente page \
            confronte l’un à l’autre. Chaque résultat est assorti d’un intervalle, construit de façon à contenir, dans 95 \
            évaluations de ce type sur 100, la valeur vers laquelle tendraient toujours plus d’enregistrements de même nature.";
    /// Fact and heading.
    pub const TRUTH = en "Labels", fr "Annotations";
    /// Fact and heading.
    pub const DETECTIONS = en "Detections", fr "Détections";
    /// Fact.
    pub const OVERLAP = en "Overlap from which a label is found", fr "Recouvrement à partir duquel une annotation est trouvée";
    /// On every page.
    pub const PAGE_DIGEST = en "SHA-256 of scores.json", fr "Empreinte SHA-256 de scores.json";
    /// What is attached to the document.
    pub const ATTACHED =
        ("scores.json")
        (en "Every figure, curve and table of this report, as data, not rounded",
         fr "Tous les résultats, courbes et tableaux du présent rapport, sous forme de données non arrondies");
    /// Heading of the answer.
    pub const ANSWER = en "What was measured", fr "Ce qui a été mesuré";
    /// Where nothing could be measured.
    pub const NOTHING_MEASURED = en "Nothing could be measured: the tables say what was missing.",
                                 fr "Rien n’a pu être mesuré : les tableaux indiquent ce qui manquait.";
    /// Boxes of single people left the room.
    pub const OBJECTS_EXPORTED =
        (en "Matches of single objects were written out.", fr "Les correspondances d’objets isolés ont été écrites.")
        (en "The data were declared public or consented, and a file beside this page lists every label and detection with its \
             box and whether they matched.",
         fr "Les données ont été déclarées publiques ou recueillies avec le consentement des personnes ; un fichier qui \
             accompagne la présente page énumère chaque annotation et chaque détection, avec son cadre et l’indication qu’elle a \
             ou non trouvé sa correspondante.");
    /// Something about the files bears on the figures.
    pub const CHECKS_NOTICE = en "Something about the files bears on the figures.",
                              fr "Des constatations relatives aux fichiers affectent les résultats.";
}

/// How many things, and where they stand.
pub fn checks_notice(n: usize) -> String {
    if n == 1 { words! {
        en "One thing was noticed; read it under “Files” before the figures.",
        fr "Une constatation a été faite ; la lire sous « Fichiers » avant les résultats." }.to_owned() } else { text! {
            en "{n} things were noticed; read them under “Files” before the figures.",
            fr "{n} constatations ont été faites ; les lire sous « Fichiers » avant les résultats." } }
}

/// States what was scored.
pub fn title(classes: &[String]) -> String {
    const MOST_NAMED: usize = 3;
    match classes.len() {
        0 => words! { en "A system held to labels", fr "Un système confronté à des annotations" }.to_owned(),
        n if n <= MOST_NAMED => text! { en "A system held to labels of: {}",
                                        fr "Un système confronté à des annotations : {}"; classes.join(", ") },
        n => text! { en "A system held to labels of {n} classes",
                     fr "Un système confronté à des annotations de {n} classes" },
    }
}

/// A side in one line.
pub fn side(side: &SideFacts) -> String {
    let format = super::score_checks::format(side.format);
    text! { en "{} boxes in {} pictures ({format})",
            fr "cadres : {} ; images : {} ({format})"; super::counted(&side.boxes), formats::count(side.pictures) }
}

/// A figure of the answer.
pub fn sentence(name: FigureName, value: &str, shown: bool) -> String {
    let what = match name {
        FigureName::Recall => words! { en "Of the labels, this share was found",
                                       fr "Proportion des annotations qui ont été trouvées (rappel)" },
        FigureName::Precision => words! { en "Of the detections, this share found a label",
                                          fr "Proportion des détections qui ont trouvé une annotation (précision)" },
        FigureName::FalseAlarmsPerHour => words! { en "Detections without a label in an hour of footage",
                                                   fr "Détections sans annotation en une heure d’enregistrement" },
        FigureName::Ap => words! { en "Average precision over overlaps from 0.50 to 0.95 (COCO)",
                                   fr "Précision moyenne (AP) sur les recouvrements de 0,50 à 0,95 (COCO)" },
        FigureName::Hota => words! { en "Detection and association together (HOTA)",
                                     fr "Détection et association prises ensemble (HOTA)" },
        FigureName::IdentitySwitches => words! { en "Changes of a person’s identity",
                                                 fr "Changements d’identité d’une personne" },
        other => super::score_names::meaning(other),
    };
    if shown { text! { en "{what}: {value}.", fr "{what} : {value}." } } else { text! {
        en "{what}: withheld, because few people stand behind it.",
        fr "{what} : occulté, car peu de personnes se trouvent derrière ce nombre." } }
}

/// How the intervals were made.
pub fn note(settings: &ScoreSettings) -> String {
    let unit = match settings.resampled {
        Resampled::Sequences { n } => text! { en "{} whole sequences",
                                              fr "séquences entières, au nombre de {}"; formats::count(n) },
        Resampled::Stretches { n, frames } => text! {
            en "{n} stretches of {frames} frames",
            fr "passages de {frames} images, au nombre de {n}";
            n = formats::count(n), frames = formats::count(frames) },
        Resampled::Pictures { n } => text! { en "{} pictures",
                                             fr "images, au nombre de {}"; formats::count(n) },
    };
    text! {
        en "In parentheses: 95 % intervals, from {} drawings of {unit} with replacement. They say how far the figures would move \
            with other footage of the same kind, not with another kind of footage.",
        fr "Entre parenthèses : intervalles de confiance à 95 %, par rééchantillonnage (bootstrap). Tirages au sort avec remise : \
            {} ; ce qui est tiré : {unit}. Ces intervalles disent de combien les résultats varieraient avec d’autres \
            enregistrements de même nature, non avec des enregistrements d’une autre nature."; formats::count(settings.resamples) }
}

sections! {
    /// How well things are found.
    section_detection => ("detection") (en "Detection", fr "Détection")
        (en "How well the system finds what is labelled", fr "Dans quelle mesure le système trouve ce qui est annoté")
        (en "A label is found where a detection overlaps it enough. A detection without a label is a false positive, whatever it \
             shows.",
         fr "Une annotation est trouvée lorsqu’une détection la recouvre suffisamment. Une détection sans annotation est un faux \
             positif, quoi qu’elle montre.");
    /// How well somebody is followed.
    section_tracking => ("tracking") (en "Tracking", fr "Suivi")
        (en "How well the system follows the same person", fr "Dans quelle mesure le système suit une même personne")
        (en "Figures as TrackEval defines them; counts are summed over sequences before any ratio is taken.",
         fr "Indicateurs tels que les définit TrackEval ; les nombres sont additionnés sur les séquences avant tout calcul de \
             rapport.");
}

sentences! {
    /// Title and caption.
    pub const DETECTION_CHART =
        (en "Shares with their intervals", fr "Proportions et leurs intervalles")
        (en "Miss rate and calibration error are better the lower they are; all others the higher.",
         fr "Le taux d’omission et l’écart d’étalonnage sont d’autant meilleurs qu’ils sont bas ; tous les autres, qu’ils sont \
             élevés.");
    /// Title and caption.
    pub const HEIGHTS_CHART =
        (en "Average precision by height of the label", fr "Précision moyenne selon la hauteur de l’annotation")
        (en "At overlap 0.50. Faces of surveillance cameras are mostly below 40 pixels high, where benchmarks of large faces say \
             nothing.",
         fr "Pour un recouvrement de 0,50. Les visages que filment les caméras de surveillance ont le plus souvent moins de 40 \
             pixels de haut, domaine dont les bancs d’essai de grands visages ne disent rien.");
    /// Caption.
    pub const DETECTION_TABLE = en "Every figure of detection, with its definition",
                                fr "Tous les indicateurs de détection, avec leur définition";
    /// Title and caption.
    pub const TRACKING_CHART =
        (en "Shares of tracking with their intervals", fr "Proportions relatives au suivi et leurs intervalles")
        (en "MOTA is not drawn where its interval falls below none.",
         fr "L’indicateur MOTA n’est pas représenté lorsque son intervalle descend au-dessous de zéro.");
    /// Caption.
    pub const TRACKING_TABLE = en "Every figure of tracking, with its definition",
                               fr "Tous les indicateurs de suivi, avec leur définition";
    /// Axis.
    pub const SHARE_AXIS = en "share", fr "proportion";
    /// Columns of the data of a chart of intervals.
    pub const RANGE_COLUMNS[4] =
        (en "What", fr "Grandeur") (en "Value", fr "Valeur") (en "95\u{202f}% interval", fr "IC à 95 %")
        (en "Sample", fr "Effectif");
    /// Column.
    pub const INTERVAL = en "95\u{202f}% interval", fr "IC à 95 %";
    /// The widest gap of one way of grouping.
    pub fn gap_sentence(by: &[String], [best, worst]: [&Vec<String>; 2], difference: &str, missed: &str) =
        en "By {}, {} is found most often and {} least often: the shares lie {difference} apart, and what is missed \
            differs by the factor {missed}.",
        fr "Selon {}, le groupe « {} » est trouvé le plus souvent et le groupe « {} » le moins souvent : l’écart entre \
            les proportions est de {difference}, et le rapport entre ce qui est manqué, de {missed}."
        (by.join(words! { en " and ", fr " et " }), group(best), group(worst));
}

/// In place of a value.
pub fn not_measured(why: NoFigure) -> String {
    let missing = super::score_checks::missing(why);
    text! { en "not measured: {missing}", fr "non mesuré : {missing}" }
}

/// A chart of intervals, for those who do not see it.
pub fn ranges_description(rows: &[(String, Option<&Cell<Estimate>>)]) -> String {
    let told = rows.iter().filter_map(|(label, cell)| {
        let estimate = cell.and_then(Cell::shown)?;
        Some(format!("{label} {}", formats::figures(estimate).value))
    });
    format!("{}.", told.collect::<Vec<_>>().join(words! { en "; ", fr " ; " }))
}

/// The words of a curve.
pub fn curve(name: CurveName) -> CurveText {
    let [id, title, caption, value_axis, level_axis] = curve_texts(name);
    CurveText {
        id,
        title,
        caption,
        value_axis,
        level_axis,
    }
}

each! {
    /// Anchor, heading, the limit of what it shows, upright axis, level axis.
    fn curve_texts(CurveName) -> 5;
    PrecisionByRecall => ("precision-recall") (en "Precision by recall", fr "Courbe précision-rappel")
        (en "Best precision at each recall or beyond, overlap 0.50, mean over classes. The band is the interval at each point, \
             not of the curve as a whole.",
         fr "Meilleure précision à chaque rappel ou au-delà, pour un recouvrement de 0,50, en moyenne sur les classes. La bande \
             est l’intervalle en chaque point, non celui de la courbe entière.")
        (en "precision", fr "précision")
        (en "recall", fr "rappel");
    MissRateByFalsePositives => ("miss-rate")
        (en "Miss rate by false positives per picture", fr "Taux d’omission selon les fausses alarmes par image")
        (en "The detection error trade-off: each point is the miss rate at the threshold that leaves at most so many false \
             positives per picture. The level axis is logarithmic; the band is the interval at each point.",
         fr "Le compromis entre les deux sortes d’erreurs : chaque point est le taux d’omission au seuil qui laisse au plus \
             autant de faux positifs par image. L’axe horizontal est logarithmique ; la bande est l’intervalle en chaque point.")
        (en "miss rate", fr "taux d’omission")
        (en "false positives per picture", fr "fausses alarmes par image");
    PrecisionByScore => ("reliability") (en "Reliability diagram", fr "Diagramme de fiabilité")
        (en "The reliability diagram: where the dots lie below the line, the system is surer of itself than it is right.",
         fr "Proportion de détections justes selon le score : là où les points se trouvent sous la ligne, le système est plus \
             sûr de lui qu’il n’est exact.")
        (en "share that is correct", fr "proportion juste")
        (en "mean score of the range", fr "score moyen de la tranche");
    HotaByOverlap => ("hota") (en "HOTA by overlap", fr "HOTA selon le recouvrement")
        (en "The further the curve stays up, the tighter the boxes.",
         fr "Plus la courbe se maintient, plus les cadres sont ajustés.")
        (en "HOTA", fr "indicateur HOTA")
        (en "overlap", fr "recouvrement");
    RecallByHeight => ("recall-height")
        (en "Share found by height of the label", fr "Proportion trouvée selon la hauteur de l’annotation")
        (en "The level axis is logarithmic. A lower camera, or a longer lens, moves people to the right; it does not change the \
             curve.",
         fr "L’axe horizontal est logarithmique. Une caméra placée plus bas, ou un objectif plus long, déplace les personnes \
             vers la droite ; la courbe n’en est pas modifiée.")
        (en "share found", fr "proportion trouvée")
        (en "height of the label in pixels", fr "hauteur de l’annotation en pixels");
    RecallByDistance => ("recall-distance") (en "Share found by distance", fr "Proportion trouvée selon la distance")
        (en "Each dot stands for a tenth of the labels, at their mean distance. The level axis is logarithmic. The curve holds \
             for this camera and lens.",
         fr "Chaque point représente un dixième des annotations, à leur distance moyenne. L’axe horizontal est logarithmique. La \
             courbe vaut pour cette caméra et cet objectif.")
        (en "share found", fr "proportion trouvée")
        (en "distance, as labelled", fr "distance, telle qu’annotée");
    FddbDiscrete => ("fddb-discrete") (en "FDDB, discrete score", fr "FDDB, score discret")
        (en "A label counts as found where the overlap of the regions is above one half.",
         fr "Une annotation compte comme trouvée lorsque le recouvrement des régions dépasse la moitié.")
        (en "share found", fr "proportion trouvée")
        (en "false positives in all", fr "faux positifs en tout");
    FddbContinuous => ("fddb-continuous") (en "FDDB, continuous score", fr "FDDB, score continu")
        (en "Each label counts with the overlap of its match.",
         fr "Chaque annotation compte pour le recouvrement de sa correspondance.")
        (en "mean overlap with the labels", fr "recouvrement moyen avec les annotations")
        (en "false positives in all", fr "faux positifs en tout");
}

sentences! {
    /// The line of equality in the reliability diagram.
    pub const CALIBRATED = en "perfect calibration", fr "étalonnage parfait";
    /// A curve, for those who do not see it.
    pub fn curve_description(text: CurveText, first: f64, last: f64) =
        en "{} goes from {} on the left to {} on the right.",
        fr "Axe vertical ({}) : de {} à gauche à {} à droite."
        (text.value_axis, formats::rounded_percent(first), formats::rounded_percent(last));
    /// Two ends.
    pub fn interval_of(low: f64, high: f64) =
        en "{} to {}", fr "de {} à {}" (formats::rounded_percent(low.max(0.0)), formats::rounded_percent(high));
}
