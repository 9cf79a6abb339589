//! Names of scores and what they mean. In: a figure's name. Out: words. The abbreviations are the field's own.

use crate::formats::french as formats;
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
        }) => {
            format!("{word}, {}\u{a0}px", formats::span(from, below))
        }
        Some(Heights { from, below: None }) => format!("{word}, {}\u{a0}px et plus", formats::plain(from)),
    }
}

/// Its definition.
#[must_use]
pub fn meaning(name: FigureName) -> &'static str {
    words(name).1
}

fn words(name: FigureName) -> (&'static str, &'static str) {
    match name {
        FigureName::Ap => (
            "AP",
            "Précision moyenne, en moyenne sur les recouvrements de 0,50 à 0,95 et sur les classes (COCO).",
        ),
        FigureName::Ap50 => ("AP50", "Précision moyenne pour un recouvrement de 0,50 (COCO)."),
        FigureName::Ap75 => ("AP75", "Précision moyenne pour un recouvrement de 0,75 (COCO)."),
        FigureName::ApSmall => (
            "AP, petites",
            "Précision moyenne pour les annotations de moins de 32 × 32 pixels (COCO).",
        ),
        FigureName::ApMedium => (
            "AP, moyennes",
            "Précision moyenne pour les annotations de 32 × 32 à 96 × 96 pixels (COCO).",
        ),
        FigureName::ApLarge => (
            "AP, grandes",
            "Précision moyenne pour les annotations plus grandes (COCO).",
        ),
        FigureName::Ar1 => (
            "AR, 1 cadre",
            "Rappel moyen avec au plus 1 cadre par image (COCO).",
        ),
        FigureName::Ar10 => (
            "AR, 10 cadres",
            "Rappel moyen avec au plus 10 cadres par image (COCO).",
        ),
        FigureName::Ar100 => (
            "AR, 100 cadres",
            "Rappel moyen avec au plus 100 cadres par image (COCO).",
        ),
        FigureName::ArSmall => ("AR, petites", "Rappel moyen pour les petites annotations (COCO)."),
        FigureName::ArMedium => (
            "AR, moyennes",
            "Rappel moyen pour les annotations moyennes (COCO).",
        ),
        FigureName::ArLarge => ("AR, grandes", "Rappel moyen pour les grandes annotations (COCO)."),
        FigureName::Ap50OfHeights => (
            "AP50",
            "Précision moyenne pour un recouvrement de 0,50, sur les annotations de ces hauteurs.",
        ),
        FigureName::VocAp => (
            "AP selon Pascal VOC",
            "Aire sous l’enveloppe de la précision en chaque point, au recouvrement des réglages (Pascal VOC, à partir de 2010).",
        ),
        FigureName::TruePositives => ("vrais positifs", "Détections qui ont trouvé une annotation."),
        FigureName::FalsePositives => ("faux positifs", "Détections sans annotation."),
        FigureName::FalseNegatives => ("faux négatifs", "Annotations sans détection."),
        FigureName::Precision => ("précision", "Vrais positifs rapportés aux détections."),
        FigureName::Recall => ("rappel", "Vrais positifs rapportés aux annotations."),
        FigureName::F1 => ("F1", "Moyenne harmonique de la précision et du rappel."),
        FigureName::FalsePositivesPerPicture => (
            "fausses alarmes par image",
            "Faux positifs rapportés au nombre d’images.",
        ),
        FigureName::FalseAlarmsPerHour => (
            "fausses alarmes par heure",
            "Faux positifs rapportés au nombre d’heures d’enregistrement.",
        ),
        FigureName::LogAverageMissRate => (
            "taux d’omission moyen (logarithmique)",
            "Moyenne géométrique du taux d’omission à neuf niveaux de faux positifs par image, de 0,01 à 1 (Dollár et al. 2012). Plus \
             il est bas, mieux c’est.",
        ),
        FigureName::ExpectedCalibrationError => (
            "écart d’étalonnage (ECE)",
            "Distance moyenne entre le score et la proportion de détections justes, sur dix tranches du score (Guo et al. 2017). Plus \
             il est bas, mieux c’est.",
        ),
        FigureName::WiderEasy => (
            "AP, WIDER facile",
            "Précision moyenne sur l’ensemble facile, selon le programme même du banc d’essai.",
        ),
        FigureName::WiderMedium => ("AP, WIDER moyen", "Précision moyenne sur l’ensemble moyen."),
        FigureName::WiderHard => (
            "AP, WIDER difficile",
            "Précision moyenne sur l’ensemble difficile.",
        ),
        FigureName::Hota => (
            "HOTA",
            "Moyenne géométrique de l’exactitude de la détection et de celle de l’association, en moyenne sur 19 recouvrements \
             (Luiten et al. 2020).",
        ),
        FigureName::DetA => ("DetA", "Exactitude de la détection (HOTA)."),
        FigureName::AssA => ("AssA", "Exactitude de l’association (HOTA)."),
        FigureName::DetRe => ("DetRe", "Rappel de la détection (HOTA)."),
        FigureName::DetPr => ("DetPr", "Précision de la détection (HOTA)."),
        FigureName::AssRe => ("AssRe", "Rappel de l’association (HOTA)."),
        FigureName::AssPr => ("AssPr", "Précision de l’association (HOTA)."),
        FigureName::LocA => ("LocA", "Exactitude de la localisation (HOTA)."),
        FigureName::Owta => ("OWTA", "HOTA sans pénalité pour les faux positifs."),
        FigureName::Hota0 => ("HOTA(0)", "HOTA pour un recouvrement de 0,05."),
        FigureName::LocA0 => (
            "LocA(0)",
            "Exactitude de la localisation pour un recouvrement de 0,05.",
        ),
        FigureName::HotaLocA0 => ("HOTA·LocA(0)", "Le produit des deux."),
        FigureName::Mota => (
            "MOTA",
            "1 − (omissions + faux positifs + changements d’identité) / annotations (CLEAR). Peut être inférieur à zéro.",
        ),
        FigureName::Motp => ("MOTP", "Recouvrement moyen des correspondances (CLEAR)."),
        FigureName::Moda => ("MODA", "MOTA sans les changements d’identité (CLEAR)."),
        FigureName::Smota => (
            "sMOTA",
            "MOTA, chaque correspondance étant pondérée par son recouvrement.",
        ),
        FigureName::ClearRecall => (
            "rappel (CLEAR)",
            "Proportion des annotations mises en correspondance.",
        ),
        FigureName::ClearPrecision => (
            "précision (CLEAR)",
            "Proportion des cadres suivis mis en correspondance.",
        ),
        FigureName::ClearTruePositives => ("correspondances", "Nombre de correspondances (CLEAR)."),
        FigureName::ClearFalsePositives => ("faux positifs (CLEAR)", "Cadres suivis sans annotation."),
        FigureName::ClearFalseNegatives => ("omissions", "Annotations sans cadre suivi."),
        FigureName::IdentitySwitches => (
            "changements d’identité",
            "Nombre de fois où la piste d’une personne change (CLEAR).",
        ),
        FigureName::Fragmentations => (
            "interruptions",
            "Nombre de fois où une personne est perdue puis retrouvée (CLEAR).",
        ),
        FigureName::MostlyTracked => (
            "suivies pour l’essentiel",
            "Personnes mises en correspondance dans plus de 80 % de leurs images.",
        ),
        FigureName::PartlyTracked => ("suivies en partie", "Personnes entre les deux."),
        FigureName::MostlyLost => (
            "perdues pour l’essentiel",
            "Personnes mises en correspondance dans moins de 20 % de leurs images.",
        ),
        FigureName::Idf1 => (
            "IDF1",
            "Moyenne harmonique de la précision et du rappel d’identité (Ristani et al. 2016).",
        ),
        FigureName::IdPrecision => ("IDP", "Précision d’identité."),
        FigureName::IdRecall => ("IDR", "Rappel d’identité."),
        FigureName::IdTruePositives => ("IDTP", "Cadres dont l’identité est juste."),
    }
}
