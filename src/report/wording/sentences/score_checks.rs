//! What was noticed about labels and detections, in sentences that say what to do. In: checks of the record. Out: words, for
//! the report and for the terminal.

use super::formats;
use vsa_record::scores::{Check, LabelFormat, NoFigure, RowFault, SkippedRows};

/// A format's written name, as the option takes it.
pub fn format(format: LabelFormat) -> &'static str {
    let named = LabelFormat::ALL.iter().find(|(known, _)| *known == format);
    named.map_or(
        words! { en "detectors of this program", fr "détecteurs du présent programme" },
        |(_, name)| name,
    )
}

/// Rows that were left out.
pub fn skipped(skipped: SkippedRows) -> String {
    let because = match skipped.fault {
        RowFault::MissingField => words! { en "a field is missing", fr "un champ manque" },
        RowFault::NotANumber => words! { en "text stands where a number should",
                                         fr "du texte se trouve là où un nombre est attendu" },
        RowFault::NotFinite => words! { en "a number is not finite", fr "un nombre n’est pas fini" },
        RowFault::NegativeSize => words! { en "a side is negative", fr "un côté est négatif" },
        RowFault::BeyondTheSequence => words! { en "the frame is not in the sequence",
                                                fr "l’image ne fait pas partie de la séquence" },
        RowFault::TwiceInOnePicture => words! { en "the same id is there twice",
                                                fr "le même identifiant y figure deux fois" },
        RowFault::UnknownPicture => words! { en "the picture is not listed", fr "l’image n’est pas énumérée" },
        RowFault::UnknownClass => words! { en "the class is not listed", fr "la classe n’est pas énumérée" },
        RowFault::OutsideThePicture => words! { en "the box is beyond the picture", fr "le cadre est hors de l’image" },
        RowFault::NotABox => words! { en "the shape is no upright box", fr "la forme n’est pas un cadre droit" },
    };
    text! { en "{}: {because}", fr "{} : {because}"; formats::count(skipped.rows) }
}

each! {
    /// What was missing for a figure.
    pub fn missing(NoFigure);
    NoLabels => en "no label that counts", fr "aucune annotation à prendre en compte";
    NoDetections => en "no detection", fr "aucune détection";
    NoSubjects => en "the labels do not number people, or have several classes",
                  fr "les annotations ne numérotent pas les personnes, ou comportent plusieurs classes";
    NoTracks => en "the detections do not number tracks", fr "les détections ne numérotent pas de pistes";
    NoSequence => en "pictures without an order in time", fr "les images ne se suivent pas dans le temps";
    NoRate => en "no frame rate (give --fps)", fr "cadence inconnue (indiquer --fps)";
    NoProbabilities => en "scores are not between 0 and 1", fr "les scores ne sont pas compris entre 0 et 1";
    NoPixels => en "the size of the pictures is unknown", fr "la taille des images est inconnue";
    NoInterval => en "nothing varies", fr "rien ne varie";
}

/// What was noticed, in a sentence that says what to do.
pub fn check(check: &Check) -> String {
    let number = |n: &u64| words! { en { n.to_string() }, fr { formats::count(*n) } };
    let percent = |share: &f64| text! { en "{:.0} %", fr "{:.0} %"; share * 100.0 };
    match check {
        Check::FramesShifted {
            add,
            met,
            met_shifted,
        } => text! {
            en "the frames seem to be counted differently: {} of the labels are met, but {} if {add} is added to the frame numbers \
                of the detections; check whether one side counts from 0",
            fr "les images semblent être numérotées différemment : part des annotations rencontrées, {}, mais {} si l’on ajoute \
                {add} aux numéros d’image des détections ; vérifier si l’un des côtés compte à partir de 0";
            percent(met), percent(met_shifted) },
        Check::ScaleDiffers {
            factor,
            met,
            met_scaled,
        } => text! {
            en "the boxes seem to be at another scale: {} of the labels are met, but {} if the detections are multiplied by {}",
            fr "les cadres semblent être à une autre échelle : part des annotations rencontrées, {}, mais {} si les détections \
                sont multipliées par {}"; percent(met), percent(met_scaled), formats::decimal(*factor, 3) },
        Check::SizesAreCorners { met, met_as_corners } => text! {
            en "widths and heights of the detections seem to be right and bottom edges: {} of the labels are met, but {} if read so",
            fr "les largeurs et les hauteurs des détections semblent être les bords droit et inférieur : part des annotations \
                rencontrées, {}, mais {} en les lisant ainsi"; percent(met), percent(met_as_corners) },
        Check::ClassesUnmapped { classes, boxes } => text! {
            en "{boxes} detections are of classes that the labels do not have ({classes}) and were passed over; map \
                them with --class-map",
            fr "détections écartées parce que leurs classes ne figurent pas dans les annotations ({classes}) : \
                {boxes} ; les faire correspondre au moyen de --class-map";
            classes = classes.join(", "), boxes = number(boxes) },
        Check::OnlyClassesMatched { truth, detections } => text! {
            en "the labels have one class (`{truth}`) and the detections another (`{detections}`); they were taken for the same",
            fr "les annotations ont une seule classe (`{truth}`) et les détections une autre (`{detections}`) ; elles ont été \
                tenues pour la même" },
        Check::LabelsNotCounted { boxes } => text! {
            en "{boxes} labels are marked as not to count (crowds, difficult, distractors, mark 0), and do not",
            fr "annotations marquées comme ne devant pas compter (foules, cas difficiles, distracteurs, marque 0), et \
                qui ne comptent pas : {boxes}"; boxes = number(boxes) },
        Check::IgnoreMarksInCoco { boxes } => text! {
            en "{boxes} labels are marked `ignore`: the twelve COCO figures count them, as pycocotools does; all \
                others do not",
            fr "annotations marquées `ignore` : {boxes} ; les douze indicateurs COCO les comptent, comme le fait \
                pycocotools ; aucun autre ne les compte"; boxes = number(boxes) },
        Check::OnDistractors { boxes } => text! {
            en "{boxes} detections lie on distractors (MOTChallenge preprocessing) and are neither right nor wrong",
            fr "détections situées sur des distracteurs (prétraitement MOTChallenge), qui ne sont ni justes ni \
                fausses : {boxes}"; boxes = number(boxes) },
        Check::SharesTurnedIntoPixels => words! {
            en "one side gives shares of the picture; they were turned into pixels",
            fr "l’un des côtés donne des fractions de l’image ; elles ont été converties en pixels" }.to_owned(),
        Check::PicturesWithoutDetections { pictures, of } => text! {
            en "{pictures} of {of} labelled pictures have no detection at all",
            fr "images annotées sans aucune détection : {pictures} sur {of}";
            pictures = number(pictures), of = number(of) },
        Check::SequencesWithoutDetections { sequences } => text! {
            en "{sequences} labelled sequences have no detections: every label in them counts as missed",
            fr "séquences annotées sans détections : {sequences} ; toute annotation qu’elles contiennent compte comme \
                manquée"; sequences = number(sequences) },
        Check::ScoresAllEqual => words! {
            en "all scores are the same: average precision says nothing about ranking",
            fr "tous les scores sont identiques : la précision moyenne ne dit rien du classement" }.to_owned(),
        Check::ScoresAreNoShares { least, most } => text! {
            en "scores run from {} to {}: they are no probabilities, so that calibration is not measured",
            fr "les scores vont de {} à {} : ce ne sont pas des probabilités, de sorte que l’étalonnage n’est pas mesuré";
            formats::plain(*least), formats::plain(*most) },
        Check::EmptyBoxes { truth, detections } => text! {
            en "{truth} labels and {detections} detections have no inside and match nothing",
            fr "cadres sans intérieur, qui ne correspondent à rien : annotations, {truth} ; détections, {detections}";
            truth = number(truth), detections = number(detections) },
        Check::DetectionsLeftOut { rows } => text! {
            en "{rows} detections are in pictures without labels and were left out, as asked",
            fr "détections écartées, comme demandé, parce qu’elles se trouvent dans des images sans \
                annotations : {rows}"; rows = number(rows) },
        Check::EllipsesAsBoxes => words! {
            en "for all figures but FDDB's own two curves, ellipses were replaced by the boxes around them",
            fr "pour tous les indicateurs sauf les deux courbes propres à FDDB, les ellipses ont été remplacées par les cadres qui \
                les entourent" }.to_owned(),
        Check::FramesByOrder => words! {
            en "frames are counted in the order of their times; give --fps and --clock-start if the camera left frames out",
            fr "les images sont numérotées dans l’ordre de leurs instants ; indiquer --fps et --clock-start si la caméra en a omis" }.to_owned(),
    }
}
