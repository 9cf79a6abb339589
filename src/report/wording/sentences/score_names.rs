//! Names of scores and what they mean. In: a figure's name. Out: words. The names are the field's own.

use super::formats;
use vsa_record::scores::{FigureName, Heights};

/// The figure as the field calls it.
pub fn name(name: FigureName, heights: Option<Heights>) -> String {
    let [word, _] = words(name);
    match heights {
        None => word.to_owned(),
        Some(Heights {
            from,
            below: Some(below),
        }) => format!("{word}, {}\u{a0}px", formats::span(from, below)),
        Some(Heights { from, below: None }) => text! { en "{word}, {}\u{a0}px and more",
                                                       fr "{word}, {}\u{a0}px et plus"; formats::plain(from) },
    }
}

/// Its definition.
pub fn meaning(name: FigureName) -> &'static str {
    words(name)[1]
}

each! {
    /// Name and definition.
    fn words(FigureName) -> 2;
    Ap => ("AP")
        (en "Average precision, mean over overlaps 0.50 to 0.95 and classes (COCO).",
         fr "Précision moyenne, en moyenne sur les recouvrements de 0,50 à 0,95 et sur les classes (COCO).");
    Ap50 => ("AP50")
        (en "Average precision at overlap 0.50 (COCO).", fr "Précision moyenne pour un recouvrement de 0,50 (COCO).");
    Ap75 => ("AP75")
        (en "Average precision at overlap 0.75 (COCO).", fr "Précision moyenne pour un recouvrement de 0,75 (COCO).");
    ApSmall => (en "AP, small", fr "AP, petites")
        (en "Average precision of labels below 32 × 32 pixels (COCO).",
         fr "Précision moyenne pour les annotations de moins de 32 × 32 pixels (COCO).");
    ApMedium => (en "AP, medium", fr "AP, moyennes")
        (en "Average precision of labels of 32 × 32 to 96 × 96 pixels (COCO).",
         fr "Précision moyenne pour les annotations de 32 × 32 à 96 × 96 pixels (COCO).");
    ApLarge => (en "AP, large", fr "AP, grandes")
        (en "Average precision of larger labels (COCO).", fr "Précision moyenne pour les annotations plus grandes (COCO).");
    Ar1 => (en "AR, 1 box", fr "AR, 1 cadre")
        (en "Average recall with at most 1 box per picture (COCO).", fr "Rappel moyen avec au plus 1 cadre par image (COCO).");
    Ar10 => (en "AR, 10 boxes", fr "AR, 10 cadres")
        (en "Average recall with at most 10 boxes per picture (COCO).",
         fr "Rappel moyen avec au plus 10 cadres par image (COCO).");
    Ar100 => (en "AR, 100 boxes", fr "AR, 100 cadres")
        (en "Average recall with at most 100 boxes per picture (COCO).",
         fr "Rappel moyen avec au plus 100 cadres par image (COCO).");
    ArSmall => (en "AR, small", fr "AR, petites")
        (en "Average recall of small labels (COCO).", fr "Rappel moyen pour les petites annotations (COCO).");
    ArMedium => (en "AR, medium", fr "AR, moyennes")
        (en "Average recall of medium labels (COCO).", fr "Rappel moyen pour les annotations moyennes (COCO).");
    ArLarge => (en "AR, large", fr "AR, grandes")
        (en "Average recall of large labels (COCO).", fr "Rappel moyen pour les grandes annotations (COCO).");
    Ap50OfHeights => ("AP50")
        (en "Average precision at overlap 0.50 of labels of these heights.",
         fr "Précision moyenne pour un recouvrement de 0,50, sur les annotations de ces hauteurs.");
    VocAp => (en "AP, Pascal VOC", fr "AP selon Pascal VOC")
        (en "Area under the precision envelope at every point, at the overlap of the settings (Pascal VOC, 2010 on).",
         fr "Aire sous l’enveloppe de la précision en chaque point, au recouvrement des réglages (Pascal VOC, à partir de \
             2010).");
    TruePositives => (en "true positives", fr "vrais positifs")
        (en "Detections that found a label.", fr "Détections qui ont trouvé une annotation.");
    FalsePositives => (en "false positives", fr "faux positifs")
        (en "Detections without a label.", fr "Détections sans annotation.");
    FalseNegatives => (en "false negatives", fr "faux négatifs")
        (en "Labels without a detection.", fr "Annotations sans détection.");
    Precision => (en "precision", fr "précision")
        (en "True positives by detections.", fr "Vrais positifs rapportés aux détections.");
    Recall => (en "recall", fr "rappel") (en "True positives by labels.", fr "Vrais positifs rapportés aux annotations.");
    F1 => ("F1") (en "Harmonic mean of precision and recall.", fr "Moyenne harmonique de la précision et du rappel.");
    FalsePositivesPerPicture => (en "false positives per picture", fr "fausses alarmes par image")
        (en "False positives by pictures.", fr "Faux positifs rapportés au nombre d’images.");
    FalseAlarmsPerHour => (en "false alarms per hour", fr "fausses alarmes par heure")
        (en "False positives by hours of footage.", fr "Faux positifs rapportés au nombre d’heures d’enregistrement.");
    LogAverageMissRate => (en "log-average miss rate", fr "taux d’omission moyen (logarithmique)")
        (en "Geometric mean of the miss rate at nine rates of false positives per picture from 0.01 to 1 (Dollár et al. 2012). \
             Lower is better.",
         fr "Moyenne géométrique du taux d’omission à neuf niveaux de faux positifs par image, de 0,01 à 1 (Dollár et al. 2012). \
             Plus il est bas, mieux c’est.");
    ExpectedCalibrationError => (en "calibration error", fr "écart d’étalonnage (ECE)")
        (en "Mean distance between score and share that is correct, over ten ranges of the score (Guo et al. 2017). Lower is \
             better.",
         fr "Distance moyenne entre le score et la proportion de détections justes, sur dix tranches du score (Guo et al. 2017). \
             Plus il est bas, mieux c’est.");
    WiderEasy => (en "AP, WIDER easy", fr "AP, WIDER facile")
        (en "Average precision of the easy set, by the benchmark’s own program.",
         fr "Précision moyenne sur l’ensemble facile, selon le programme même du banc d’essai.");
    WiderMedium => (en "AP, WIDER medium", fr "AP, WIDER moyen")
        (en "Average precision of the medium set.", fr "Précision moyenne sur l’ensemble moyen.");
    WiderHard => (en "AP, WIDER hard", fr "AP, WIDER difficile")
        (en "Average precision of the hard set.", fr "Précision moyenne sur l’ensemble difficile.");
    Hota => ("HOTA")
        (en "Geometric mean of detection and association accuracy, mean over 19 overlaps (Luiten et al. 2020).",
         fr "Moyenne géométrique de l’exactitude de la détection et de celle de l’association, en moyenne sur 19 recouvrements \
             (Luiten et al. 2020).");
    DetA => ("DetA") (en "Detection accuracy (HOTA).", fr "Exactitude de la détection (HOTA).");
    AssA => ("AssA") (en "Association accuracy (HOTA).", fr "Exactitude de l’association (HOTA).");
    DetRe => ("DetRe") (en "Detection recall (HOTA).", fr "Rappel de la détection (HOTA).");
    DetPr => ("DetPr") (en "Detection precision (HOTA).", fr "Précision de la détection (HOTA).");
    AssRe => ("AssRe") (en "Association recall (HOTA).", fr "Rappel de l’association (HOTA).");
    AssPr => ("AssPr") (en "Association precision (HOTA).", fr "Précision de l’association (HOTA).");
    LocA => ("LocA") (en "Localisation accuracy (HOTA).", fr "Exactitude de la localisation (HOTA).");
    Owta => ("OWTA") (en "HOTA without penalty for false positives.", fr "HOTA sans pénalité pour les faux positifs.");
    Hota0 => ("HOTA(0)") (en "HOTA at overlap 0.05.", fr "HOTA pour un recouvrement de 0,05.");
    LocA0 => ("LocA(0)")
        (en "Localisation accuracy at overlap 0.05.", fr "Exactitude de la localisation pour un recouvrement de 0,05.");
    HotaLocA0 => ("HOTA·LocA(0)") (en "The product of the two.", fr "Le produit des deux.");
    Mota => ("MOTA")
        (en "1 − (misses + false positives + switches) / labels (CLEAR). May fall below none.",
         fr "1 − (omissions + faux positifs + changements d’identité) / annotations (CLEAR). Peut être inférieur à zéro.");
    Motp => ("MOTP") (en "Mean overlap of matches (CLEAR).", fr "Recouvrement moyen des correspondances (CLEAR).");
    Moda => ("MODA") (en "MOTA without switches (CLEAR).", fr "MOTA sans les changements d’identité (CLEAR).");
    Smota => ("sMOTA")
        (en "MOTA with matches weighted by their overlap.",
         fr "MOTA, chaque correspondance étant pondérée par son recouvrement.");
    ClearRecall => (en "recall (CLEAR)", fr "rappel (CLEAR)")
        (en "Share of labels matched.", fr "Proportion des annotations mises en correspondance.");
    ClearPrecision => (en "precision (CLEAR)", fr "précision (CLEAR)")
        (en "Share of tracked boxes matched.", fr "Proportion des cadres suivis mis en correspondance.");
    ClearTruePositives => (en "matches", fr "correspondances") (en "Matches (CLEAR).", fr "Nombre de correspondances (CLEAR).");
    ClearFalsePositives => (en "false positives (CLEAR)", fr "faux positifs (CLEAR)")
        (en "Tracked boxes without a label.", fr "Cadres suivis sans annotation.");
    ClearFalseNegatives => (en "misses", fr "omissions") (en "Labels without a tracked box.", fr "Annotations sans cadre suivi.");
    IdentitySwitches => (en "identity switches", fr "changements d’identité")
        (en "How often the track of a person changes (CLEAR).", fr "Nombre de fois où la piste d’une personne change (CLEAR).");
    Fragmentations => (en "fragmentations", fr "interruptions")
        (en "How often a person is lost and found again (CLEAR).",
         fr "Nombre de fois où une personne est perdue puis retrouvée (CLEAR).");
    MostlyTracked => (en "mostly tracked", fr "suivies pour l’essentiel")
        (en "People matched in more than 80 % of their frames.",
         fr "Personnes mises en correspondance dans plus de 80 % de leurs images.");
    PartlyTracked => (en "partly tracked", fr "suivies en partie") (en "People between.", fr "Personnes entre les deux.");
    MostlyLost => (en "mostly lost", fr "perdues pour l’essentiel")
        (en "People matched in less than 20 % of their frames.",
         fr "Personnes mises en correspondance dans moins de 20 % de leurs images.");
    Idf1 => ("IDF1")
        (en "Harmonic mean of identity precision and recall (Ristani et al. 2016).",
         fr "Moyenne harmonique de la précision et du rappel d’identité (Ristani et al. 2016).");
    IdPrecision => ("IDP") (en "Identity precision.", fr "Précision d’identité.");
    IdRecall => ("IDR") (en "Identity recall.", fr "Rappel d’identité.");
    IdTruePositives => ("IDTP") (en "Boxes with the right identity.", fr "Cadres dont l’identité est juste.");
}
