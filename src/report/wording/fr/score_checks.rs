//! What was noticed about labels and detections, in sentences that say what to do. In: checks of the record. Out: words, for
//! the report.

use crate::formats::french as formats;
use vsa_record::scores::{Check, LabelFormat, NoFigure, RowFault, SkippedRows};

/// A format's written name, as the option takes it.
#[must_use]
pub fn format(format: LabelFormat) -> &'static str {
    let named = LabelFormat::ALL.iter().find(|(known, _)| *known == format);
    named.map_or("détecteurs du présent programme", |(_, name)| name)
}

/// Rows that were left out.
#[must_use]
pub fn skipped(skipped: SkippedRows) -> String {
    let because = match skipped.fault {
        RowFault::MissingField => "un champ manque",
        RowFault::NotANumber => "du texte se trouve là où un nombre est attendu",
        RowFault::NotFinite => "un nombre n’est pas fini",
        RowFault::NegativeSize => "un côté est négatif",
        RowFault::BeyondTheSequence => "l’image ne fait pas partie de la séquence",
        RowFault::TwiceInOnePicture => "le même identifiant y figure deux fois",
        RowFault::UnknownPicture => "l’image n’est pas énumérée",
        RowFault::UnknownClass => "la classe n’est pas énumérée",
        RowFault::OutsideThePicture => "le cadre est hors de l’image",
        RowFault::NotABox => "la forme n’est pas un cadre droit",
    };
    format!("{} : {because}", formats::count(skipped.rows))
}

/// What was missing for a figure.
#[must_use]
pub fn missing(missing: NoFigure) -> &'static str {
    match missing {
        NoFigure::NoLabels => "aucune annotation à prendre en compte",
        NoFigure::NoDetections => "aucune détection",
        NoFigure::NoSubjects => {
            "les annotations ne numérotent pas les personnes, ou comportent plusieurs classes"
        }
        NoFigure::NoTracks => "les détections ne numérotent pas de pistes",
        NoFigure::NoSequence => "les images ne se suivent pas dans le temps",
        NoFigure::NoRate => "cadence inconnue (indiquer --fps)",
        NoFigure::NoProbabilities => "les scores ne sont pas compris entre 0 et 1",
        NoFigure::NoPixels => "la taille des images est inconnue",
        NoFigure::NoInterval => "rien ne varie",
    }
}

/// What was noticed, in a sentence that says what to do.
#[must_use]
pub fn check(check: &Check) -> String {
    let percent = |share: &f64| format!("{:.0} %", share * 100.0);
    match check {
        Check::FramesShifted { add, met, met_shifted } => format!(
            "les images semblent être numérotées différemment : part des annotations rencontrées, {}, mais {} si l’on ajoute {add} aux \
             numéros d’image des détections ; vérifier si l’un des côtés compte à partir de 0",
            percent(met),
            percent(met_shifted)
        ),
        Check::ScaleDiffers { factor, met, met_scaled } => format!(
            "les cadres semblent être à une autre échelle : part des annotations rencontrées, {}, mais {} si les détections sont \
             multipliées par {}",
            percent(met),
            percent(met_scaled),
            formats::decimal(*factor, 3)
        ),
        Check::SizesAreCorners { met, met_as_corners } => format!(
            "les largeurs et les hauteurs des détections semblent être les bords droit et inférieur : part des annotations \
             rencontrées, {}, mais {} en les lisant ainsi",
            percent(met),
            percent(met_as_corners)
        ),
        Check::ClassesUnmapped { classes, boxes } => format!(
            "détections écartées parce que leurs classes ne figurent pas dans les annotations ({}) : {} ; les faire correspondre au \
             moyen de --class-map",
            classes.join(", "),
            formats::count(*boxes)
        ),
        Check::OnlyClassesMatched { truth, detections } => format!(
            "les annotations ont une seule classe (`{truth}`) et les détections une autre (`{detections}`) ; elles ont été tenues pour \
             la même"
        ),
        Check::LabelsNotCounted { boxes } => format!(
            "annotations marquées comme ne devant pas compter (foules, cas difficiles, distracteurs, marque 0), et qui ne comptent \
             pas : {}",
            formats::count(*boxes)
        ),
        Check::IgnoreMarksInCoco { boxes } => format!(
            "annotations marquées `ignore` : {} ; les douze indicateurs COCO les comptent, comme le fait pycocotools ; aucun autre ne \
             les compte",
            formats::count(*boxes)
        ),
        Check::OnDistractors { boxes } => format!(
            "détections situées sur des distracteurs (prétraitement MOTChallenge), qui ne sont ni justes ni fausses : {}",
            formats::count(*boxes)
        ),
        Check::SharesTurnedIntoPixels => {
            "l’un des côtés donne des fractions de l’image ; elles ont été converties en pixels".to_owned()
        }
        Check::PicturesWithoutDetections { pictures, of } => format!(
            "images annotées sans aucune détection : {} sur {}",
            formats::count(*pictures),
            formats::count(*of)
        ),
        Check::SequencesWithoutDetections { sequences } => format!(
            "séquences annotées sans détections : {} ; toute annotation qu’elles contiennent compte comme manquée",
            formats::count(*sequences)
        ),
        Check::ScoresAllEqual => {
            "tous les scores sont identiques : la précision moyenne ne dit rien du classement".to_owned()
        }
        Check::ScoresAreNoShares { least, most } => format!(
            "les scores vont de {} à {} : ce ne sont pas des probabilités, de sorte que l’étalonnage n’est pas mesuré",
            formats::plain(*least),
            formats::plain(*most)
        ),
        Check::EmptyBoxes { truth, detections } => format!(
            "cadres sans intérieur, qui ne correspondent à rien : annotations, {} ; détections, {}",
            formats::count(*truth),
            formats::count(*detections)
        ),
        Check::DetectionsLeftOut { rows } => format!(
            "détections écartées, comme demandé, parce qu’elles se trouvent dans des images sans annotations : {}",
            formats::count(*rows)
        ),
        Check::EllipsesAsBoxes => {
            "pour tous les indicateurs sauf les deux courbes propres à FDDB, les ellipses ont été remplacées par les cadres qui les \
             entourent"
                .to_owned()
        }
        Check::FramesByOrder => {
            "les images sont numérotées dans l’ordre de leurs instants ; indiquer --fps et --clock-start si la caméra en a omis"
                .to_owned()
        }
    }
}
