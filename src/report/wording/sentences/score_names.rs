//! Names of scores and what they mean. In: a figure's name. Out: words. The names are the field's own.

use super::formats;
use vsa_record::scores::{FigureName, Heights};

/// The figure as the field calls it.
#[must_use]
pub fn name(name: FigureName, heights: Option<Heights>) -> String {
    let (word, _) = words(name);
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
#[must_use]
pub fn meaning(name: FigureName) -> &'static str {
    words(name).1
}

fn words(name: FigureName) -> (&'static str, &'static str) {
    match name {
        FigureName::Ap => ("AP", words! {
            en "Average precision, mean over overlaps 0.50 to 0.95 and classes (COCO).",
            fr "Précision moyenne, en moyenne sur les recouvrements de 0,50 à 0,95 et sur les classes (COCO)." }),
        FigureName::Ap50 => (
            "AP50",
            words! { en "Average precision at overlap 0.50 (COCO).",
                     fr "Précision moyenne pour un recouvrement de 0,50 (COCO)." },
        ),
        FigureName::Ap75 => (
            "AP75",
            words! { en "Average precision at overlap 0.75 (COCO).",
                     fr "Précision moyenne pour un recouvrement de 0,75 (COCO)." },
        ),
        FigureName::ApSmall => (
            words! { en "AP, small", fr "AP, petites" },
            words! { en "Average precision of labels below 32 × 32 pixels (COCO).",
                     fr "Précision moyenne pour les annotations de moins de 32 × 32 pixels (COCO)." },
        ),
        FigureName::ApMedium => (
            words! { en "AP, medium", fr "AP, moyennes" },
            words! { en "Average precision of labels of 32 × 32 to 96 × 96 pixels (COCO).",
                     fr "Précision moyenne pour les annotations de 32 × 32 à 96 × 96 pixels (COCO)." },
        ),
        FigureName::ApLarge => (
            words! { en "AP, large", fr "AP, grandes" },
            words! { en "Average precision of larger labels (COCO).",
                     fr "Précision moyenne pour les annotations plus grandes (COCO)." },
        ),
        FigureName::Ar1 => (
            words! { en "AR, 1 box", fr "AR, 1 cadre" },
            words! { en "Average recall with at most 1 box per picture (COCO).",
                     fr "Rappel moyen avec au plus 1 cadre par image (COCO)." },
        ),
        FigureName::Ar10 => (
            words! { en "AR, 10 boxes", fr "AR, 10 cadres" },
            words! { en "Average recall with at most 10 boxes per picture (COCO).",
                     fr "Rappel moyen avec au plus 10 cadres par image (COCO)." },
        ),
        FigureName::Ar100 => (
            words! { en "AR, 100 boxes", fr "AR, 100 cadres" },
            words! { en "Average recall with at most 100 boxes per picture (COCO).",
                     fr "Rappel moyen avec au plus 100 cadres par image (COCO)." },
        ),
        FigureName::ArSmall => (
            words! { en "AR, small", fr "AR, petites" },
            words! { en "Average recall of small labels (COCO).",
                     fr "Rappel moyen pour les petites annotations (COCO)." },
        ),
        FigureName::ArMedium => (
            words! { en "AR, medium", fr "AR, moyennes" },
            words! { en "Average recall of medium labels (COCO).",
                     fr "Rappel moyen pour les annotations moyennes (COCO)." },
        ),
        FigureName::ArLarge => (
            words! { en "AR, large", fr "AR, grandes" },
            words! { en "Average recall of large labels (COCO).",
                     fr "Rappel moyen pour les grandes annotations (COCO)." },
        ),
        FigureName::Ap50OfHeights => (
            "AP50",
            words! { en "Average precision at overlap 0.50 of labels of these heights.",
                     fr "Précision moyenne pour un recouvrement de 0,50, sur les annotations de ces hauteurs." },
        ),
        FigureName::VocAp => (
            words! { en "AP, Pascal VOC", fr "AP selon Pascal VOC" },
            words! {
                en "Area under the precision envelope at every point, at the overlap of the settings (Pascal VOC, 2010 on).",
                fr "Aire sous l’enveloppe de la précision en chaque point, au recouvrement des réglages (Pascal VOC, à partir de \
                    2010)." },
        ),
        FigureName::TruePositives => (
            words! { en "true positives", fr "vrais positifs" },
            words! { en "Detections that found a label.", fr "Détections qui ont trouvé une annotation." },
        ),
        FigureName::FalsePositives => (
            words! { en "false positives", fr "faux positifs" },
            words! { en "Detections without a label.", fr "Détections sans annotation." },
        ),
        FigureName::FalseNegatives => (
            words! { en "false negatives", fr "faux négatifs" },
            words! { en "Labels without a detection.", fr "Annotations sans détection." },
        ),
        FigureName::Precision => (
            words! { en "precision", fr "précision" },
            words! { en "True positives by detections.", fr "Vrais positifs rapportés aux détections." },
        ),
        FigureName::Recall => (
            words! { en "recall", fr "rappel" },
            words! { en "True positives by labels.", fr "Vrais positifs rapportés aux annotations." },
        ),
        FigureName::F1 => ("F1", words! { en "Harmonic mean of precision and recall.",
                                          fr "Moyenne harmonique de la précision et du rappel." }),
        FigureName::FalsePositivesPerPicture => (
            words! { en "false positives per picture", fr "fausses alarmes par image" },
            words! { en "False positives by pictures.", fr "Faux positifs rapportés au nombre d’images." },
        ),
        FigureName::FalseAlarmsPerHour => (
            words! { en "false alarms per hour", fr "fausses alarmes par heure" },
            words! { en "False positives by hours of footage.",
                     fr "Faux positifs rapportés au nombre d’heures d’enregistrement." },
        ),
        FigureName::LogAverageMissRate => (
            words! { en "log-average miss rate", fr "taux d’omission moyen (logarithmique)" },
            words! {
                en "Geometric mean of the miss rate at nine rates of false positives per picture from 0.01 to 1 (Dollár et al. \
                    2012). Lower is better.",
                fr "Moyenne géométrique du taux d’omission à neuf niveaux de faux positifs par image, de 0,01 à 1 (Dollár et al. \
                    2012). Plus il est bas, mieux c’est." },
        ),
        FigureName::ExpectedCalibrationError => (
            words! { en "calibration error", fr "écart d’étalonnage (ECE)" },
            words! {
                en "Mean distance between score and share that is correct, over ten ranges of the score (Guo et al. 2017). Lower is \
                    better.",
                fr "Distance moyenne entre le score et la proportion de détections justes, sur dix tranches du score (Guo et al. \
                    2017). Plus il est bas, mieux c’est." },
        ),
        FigureName::WiderEasy => (
            words! { en "AP, WIDER easy", fr "AP, WIDER facile" },
            words! { en "Average precision of the easy set, by the benchmark’s own program.",
                     fr "Précision moyenne sur l’ensemble facile, selon le programme même du banc d’essai." },
        ),
        FigureName::WiderMedium => (
            words! { en "AP, WIDER medium", fr "AP, WIDER moyen" },
            words! { en "Average precision of the medium set.", fr "Précision moyenne sur l’ensemble moyen." },
        ),
        FigureName::WiderHard => (
            words! { en "AP, WIDER hard", fr "AP, WIDER difficile" },
            words! { en "Average precision of the hard set.", fr "Précision moyenne sur l’ensemble difficile." },
        ),
        FigureName::Hota => (
            "HOTA",
            words! {
                en "Geometric mean of detection and association accuracy, mean over 19 overlaps (Luiten et al. 2020).",
                fr "Moyenne géométrique de l’exactitude de la détection et de celle de l’association, en moyenne sur 19 \
                    recouvrements (Luiten et al. 2020)." },
        ),
        FigureName::DetA => (
            "DetA",
            words! { en "Detection accuracy (HOTA).", fr "Exactitude de la détection (HOTA)." },
        ),
        FigureName::AssA => (
            "AssA",
            words! { en "Association accuracy (HOTA).", fr "Exactitude de l’association (HOTA)." },
        ),
        FigureName::DetRe => (
            "DetRe",
            words! { en "Detection recall (HOTA).", fr "Rappel de la détection (HOTA)." },
        ),
        FigureName::DetPr => (
            "DetPr",
            words! { en "Detection precision (HOTA).", fr "Précision de la détection (HOTA)." },
        ),
        FigureName::AssRe => (
            "AssRe",
            words! { en "Association recall (HOTA).", fr "Rappel de l’association (HOTA)." },
        ),
        FigureName::AssPr => (
            "AssPr",
            words! { en "Association precision (HOTA).", fr "Précision de l’association (HOTA)." },
        ),
        FigureName::LocA => (
            "LocA",
            words! { en "Localisation accuracy (HOTA).", fr "Exactitude de la localisation (HOTA)." },
        ),
        FigureName::Owta => (
            "OWTA",
            words! { en "HOTA without penalty for false positives.", fr "HOTA sans pénalité pour les faux positifs." },
        ),
        FigureName::Hota0 => (
            "HOTA(0)",
            words! { en "HOTA at overlap 0.05.", fr "HOTA pour un recouvrement de 0,05." },
        ),
        FigureName::LocA0 => (
            "LocA(0)",
            words! { en "Localisation accuracy at overlap 0.05.",
                     fr "Exactitude de la localisation pour un recouvrement de 0,05." },
        ),
        FigureName::HotaLocA0 => (
            "HOTA·LocA(0)",
            words! { en "The product of the two.", fr "Le produit des deux." },
        ),
        FigureName::Mota => (
            "MOTA",
            words! {
                en "1 − (misses + false positives + switches) / labels (CLEAR). May fall below none.",
                fr "1 − (omissions + faux positifs + changements d’identité) / annotations (CLEAR). Peut être inférieur à zéro." },
        ),
        FigureName::Motp => (
            "MOTP",
            words! { en "Mean overlap of matches (CLEAR).", fr "Recouvrement moyen des correspondances (CLEAR)." },
        ),
        FigureName::Moda => (
            "MODA",
            words! { en "MOTA without switches (CLEAR).", fr "MOTA sans les changements d’identité (CLEAR)." },
        ),
        FigureName::Smota => (
            "sMOTA",
            words! { en "MOTA with matches weighted by their overlap.",
                     fr "MOTA, chaque correspondance étant pondérée par son recouvrement." },
        ),
        FigureName::ClearRecall => (
            words! { en "recall (CLEAR)", fr "rappel (CLEAR)" },
            words! { en "Share of labels matched.", fr "Proportion des annotations mises en correspondance." },
        ),
        FigureName::ClearPrecision => (
            words! { en "precision (CLEAR)", fr "précision (CLEAR)" },
            words! { en "Share of tracked boxes matched.", fr "Proportion des cadres suivis mis en correspondance." },
        ),
        FigureName::ClearTruePositives => (
            words! { en "matches", fr "correspondances" },
            words! { en "Matches (CLEAR).", fr "Nombre de correspondances (CLEAR)." },
        ),
        FigureName::ClearFalsePositives => (
            words! { en "false positives (CLEAR)", fr "faux positifs (CLEAR)" },
            words! { en "Tracked boxes without a label.", fr "Cadres suivis sans annotation." },
        ),
        FigureName::ClearFalseNegatives => (
            words! { en "misses", fr "omissions" },
            words! { en "Labels without a tracked box.", fr "Annotations sans cadre suivi." },
        ),
        FigureName::IdentitySwitches => (
            words! { en "identity switches", fr "changements d’identité" },
            words! { en "How often the track of a person changes (CLEAR).",
                     fr "Nombre de fois où la piste d’une personne change (CLEAR)." },
        ),
        FigureName::Fragmentations => (
            words! { en "fragmentations", fr "interruptions" },
            words! { en "How often a person is lost and found again (CLEAR).",
                     fr "Nombre de fois où une personne est perdue puis retrouvée (CLEAR)." },
        ),
        FigureName::MostlyTracked => (
            words! { en "mostly tracked", fr "suivies pour l’essentiel" },
            words! { en "People matched in more than 80 % of their frames.",
                     fr "Personnes mises en correspondance dans plus de 80 % de leurs images." },
        ),
        FigureName::PartlyTracked => (
            words! { en "partly tracked", fr "suivies en partie" },
            words! { en "People between.", fr "Personnes entre les deux." },
        ),
        FigureName::MostlyLost => (
            words! { en "mostly lost", fr "perdues pour l’essentiel" },
            words! { en "People matched in less than 20 % of their frames.",
                     fr "Personnes mises en correspondance dans moins de 20 % de leurs images." },
        ),
        FigureName::Idf1 => (
            "IDF1",
            words! { en "Harmonic mean of identity precision and recall (Ristani et al. 2016).",
                     fr "Moyenne harmonique de la précision et du rappel d’identité (Ristani et al. 2016)." },
        ),
        FigureName::IdPrecision => ("IDP", words! { en "Identity precision.", fr "Précision d’identité." }),
        FigureName::IdRecall => ("IDR", words! { en "Identity recall.", fr "Rappel d’identité." }),
        FigureName::IdTruePositives => (
            "IDTP",
            words! { en "Boxes with the right identity.", fr "Cadres dont l’identité est juste." },
        ),
    }
}
