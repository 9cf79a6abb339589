//! The words of each audit: its question, its answers, what its evidence is.

use super::terms::level;
use crate::formats::french as formats;
use crate::wording::AuditText;
use vsa_audits::{AuditId, LOITERING_SECONDS};
use vsa_record::measurements::Level;

pub(super) fn audit_text(id: AuditId) -> AuditText {
    match id {
        AuditId::SomebodyIsUsuallyInView => AuditText {
            question: "Y a-t-il la plupart du temps quelqu’un dans le champ ?",
            meets: "Le détecteur signale quelqu’un dans la plupart des images",
            falls_short: "Le détecteur ne signale personne dans la plupart des images",
            whether: "s’il y a la plupart du temps quelqu’un dans le champ",
            evidence: "Proportion d’images comptant au moins une personne".to_owned(),
        },
        AuditId::CrowdsAreDense => AuditText {
            question: "La densité de personnes est-elle parfois trop importante ?",
            meets: "Dans une image sur vingt ou plus, la densité de personnes dépasse le seuil",
            falls_short: "La densité de personnes ne dépasse presque jamais le seuil",
            whether: "si la densité de personnes est parfois trop importante",
            evidence: "Proportion d’images dont la densité dépasse le seuil de la mesure".to_owned(),
        },
        AuditId::FacesReachRecognition => AuditText {
            question: "La plupart des visages atteignent-ils la densité de pixels voulue pour la reconnaissance ?",
            meets: "La plupart des pistes de visages atteignent la densité de pixels que DORI demande pour la reconnaissance",
            falls_short: "La plupart des pistes de visages restent sous la densité de pixels que DORI demande pour la reconnaissance",
            whether: "si la plupart des visages atteignent la densité de pixels voulue pour la reconnaissance",
            evidence: at_best("pistes de visages signalés", Level::Recognise),
        },
        AuditId::FacesReachIdentification => AuditText {
            question: "La plupart des visages atteignent-ils la densité de pixels voulue pour l’identification ?",
            meets: "La plupart des pistes de visages atteignent la densité de pixels que DORI demande pour l’identification",
            falls_short: "La plupart des pistes de visages restent sous la densité de pixels que DORI demande pour l’identification",
            whether: "si la plupart des visages atteignent la densité de pixels voulue pour l’identification",
            evidence: at_best("pistes de visages signalés", Level::Identify),
        },
        AuditId::BodiesReachObservation => AuditText {
            question: "La plupart des personnes atteignent-elles la densité de pixels voulue pour l’observation ?",
            meets: "La plupart des pistes de personnes atteignent la densité de pixels que DORI demande pour l’observation",
            falls_short: "La plupart des pistes de personnes restent sous la densité de pixels que DORI demande pour l’observation",
            whether: "si la plupart des personnes atteignent la densité de pixels voulue pour l’observation",
            evidence: at_best("pistes de personnes, d’après la hauteur du corps,", Level::Observe),
        },
        AuditId::EveryoneUnrecognisable => AuditText {
            question: "Presque toutes les personnes restent-elles sous la densité de pixels voulue pour la reconnaissance ?",
            meets: "Presque toutes les pistes restent sous la densité de pixels que DORI demande pour la reconnaissance",
            falls_short: "Plus d’une piste sur vingt atteint la densité de pixels que DORI demande pour la reconnaissance",
            whether: "si presque toutes les personnes restent sous la densité de pixels voulue pour la reconnaissance",
            evidence: at_best("pistes de personnes, d’après la hauteur du corps,", Level::Recognise),
        },
        AuditId::FacesCanBeToldApart => AuditText {
            question: "Les visages de ces enregistrements peuvent-ils être distingués par un logiciel ?",
            meets: "Un modèle ouvert distingue les visages de ces enregistrements, avec au plus une erreur sur vingt",
            falls_short: "Un modèle ouvert confond les visages de ces enregistrements plus souvent qu’une fois sur vingt",
            whether: "si les visages de ces enregistrements peuvent être distingués",
            evidence: "Taux d’égale erreur entre les paires d’un même visage et les paires de deux visages".to_owned(),
        },
        AuditId::ClothingSinglesPeopleOut => AuditText {
            question: "Des personnes sont-elles individualisées par leurs vêtements et leur taille ?",
            meets: "Une piste sur vingt ou plus est seule à présenter ses couleurs et sa taille",
            falls_short: "Moins d’une piste sur vingt est seule à présenter ses couleurs et sa taille",
            whether: "si des personnes sont individualisées par leurs vêtements et leur taille",
            evidence: "Proportion de pistes qui ne partagent leur description avec aucune autre".to_owned(),
        },
        AuditId::PeopleCanBeFollowedThroughTheView => AuditText {
            question: "La plupart des personnes peuvent-elles être suivies d’un bord à l’autre de l’image ?",
            meets: "La plupart des pistes vont d’un bord de l’image à un autre",
            falls_short: "La plupart des pistes commencent ou finissent à l’intérieur de l’image",
            whether: "si la plupart des personnes peuvent être suivies d’un bord à l’autre",
            evidence: "Proportion de pistes allant d’un bord à un autre, parmi celles que l’enregistrement n’interrompt pas"
                .to_owned(),
        },
        AuditId::PeopleCanBeFoundAgain => AuditText {
            question: "Les personnes peuvent-elles être retrouvées d’après leur apparence ?",
            meets: "Pour la plupart des apparitions, la plus ressemblante est celle de la même personne",
            falls_short: "Pour la plupart des apparitions, la plus ressemblante est celle de quelqu’un d’autre",
            whether: "si les personnes peuvent être retrouvées d’après leur apparence",
            evidence: "Proportion d’apparitions dont la plus ressemblante est de la même piste (rang 1)".to_owned(),
        },
        AuditId::PeopleCanBeFoundAgainWithoutFaces => AuditText {
            question: "Les personnes peuvent-elles être retrouvées une fois leur visage noirci ?",
            meets: "Visages noircis, la plus ressemblante est encore celle de la même personne pour la plupart des apparitions",
            falls_short: "Visages noircis, la plus ressemblante est celle de quelqu’un d’autre pour la plupart des apparitions",
            whether: "si les personnes peuvent être retrouvées une fois leur visage noirci",
            evidence:
                "Proportion d’apparitions dont la plus ressemblante est de la même piste (rang 1), visages noircis"
                    .to_owned(),
        },
        AuditId::GaitIsUsable => AuditText {
            question: "La plupart des personnes sont-elles assez bien vues pour une reconnaissance par la démarche ?",
            meets: "La plupart des pistes sont assez grandes et assez longues pour une reconnaissance par la démarche",
            falls_short: "La plupart des pistes sont trop petites ou trop courtes pour une reconnaissance par la démarche",
            whether: "si la plupart des personnes sont assez bien vues pour une reconnaissance par la démarche",
            evidence: "Proportion de pistes assez grandes et assez longues pour une reconnaissance par la démarche".to_owned(),
        },
        AuditId::LoiteringIsObservable => AuditText {
            question: "Une personne sur vingt ou plus reste-t-elle assez longtemps pour une alerte de stationnement prolongé ?",
            meets: "Une piste sur vingt ou plus dure assez longtemps pour une alerte de stationnement prolongé",
            falls_short: "Moins d’une piste sur vingt dure assez longtemps pour une alerte de stationnement prolongé",
            whether: "si une personne sur vingt ou plus reste assez longtemps pour une alerte de stationnement prolongé",
            evidence: format!(
                "Proportion de pistes qui durent plus de {}, compte tenu de celles qui sont interrompues",
                formats::seconds(LOITERING_SECONDS)
            ),
        },
        AuditId::RunningIsObservable => AuditText {
            question: "Une personne sur vingt ou plus se déplace-t-elle assez vite pour une alerte de course ?",
            meets: "Une piste sur vingt ou plus se déplace assez vite pour une alerte de course",
            falls_short: "Moins d’une piste sur vingt se déplace assez vite pour une alerte de course",
            whether: "si une personne sur vingt ou plus se déplace assez vite pour une alerte de course",
            evidence: "Proportion de pistes qui ont dépassé à un moment la vitesse servant de seuil à la mesure"
                .to_owned(),
        },
        AuditId::PeopleAreSeenInGroups => AuditText {
            question: "Une personne sur vingt ou plus est-elle vue en groupe ?",
            meets: "Une piste sur vingt ou plus est vue en groupe",
            falls_short: "Moins d’une piste sur vingt est vue en groupe",
            whether: "si une personne sur vingt ou plus est vue en groupe",
            evidence: "Proportion de pistes vues en groupe".to_owned(),
        },
        AuditId::AttributeLabelsFlip => AuditText {
            question: "Les étiquettes supposées changent-elles au cours d’une même piste ?",
            meets: "Pour une piste sur vingt ou plus, l’étiquette supposée change alors que la personne ne change pas",
            falls_short: "L’étiquette supposée change pour moins d’une piste sur vingt",
            whether: "si les étiquettes supposées changent au cours d’une même piste",
            evidence: "Proportion de pistes ayant reçu plus d’une étiquette".to_owned(),
        },
        AuditId::LeftObjectsWouldBeReported => AuditText {
            question: "Des objets abandonnés seraient-ils signalés une fois par jour ou plus ?",
            meets: "Des objets abandonnés seraient signalés une fois par jour ou plus",
            falls_short: "Des objets abandonnés seraient signalés moins d’une fois par jour",
            whether: "si des objets abandonnés seraient signalés une fois par jour ou plus",
            evidence: "Objets nouveaux et immobiles, sans personne auprès d’eux".to_owned(),
        },
        AuditId::CounterFlowWouldBeReported => AuditText {
            question: "Des déplacements à contresens seraient-ils signalés une fois par jour ou plus ?",
            meets: "Des déplacements à contresens seraient signalés une fois par jour ou plus",
            falls_short: "Des déplacements à contresens seraient signalés moins d’une fois par jour",
            whether: "si des déplacements à contresens seraient signalés une fois par jour ou plus",
            evidence: "Déplacements à contresens".to_owned(),
        },
        AuditId::ZoneEntriesWouldBeReported => AuditText {
            question: "Des entrées dans la zone seraient-elles signalées une fois par jour ou plus ?",
            meets: "Des entrées dans la zone seraient signalées une fois par jour ou plus",
            falls_short: "Des entrées dans la zone seraient signalées moins d’une fois par jour",
            whether: "si des entrées dans la zone seraient signalées une fois par jour ou plus",
            evidence: "Entrées dans la première zone de la scène".to_owned(),
        },
        AuditId::FallsWouldBeReported => AuditText {
            question: "Des personnes au sol seraient-elles signalées une fois par jour ou plus ?",
            meets: "Des personnes au sol seraient signalées une fois par jour ou plus",
            falls_short: "Des personnes au sol seraient signalées moins d’une fois par jour",
            whether: "si des personnes au sol seraient signalées une fois par jour ou plus",
            evidence: "Personnes signalées au sol à la suite d’une chute".to_owned(),
        },
        AuditId::CrowdMovementsWouldBeReported => AuditText {
            question: "Des mouvements de foule seraient-ils signalés une fois par jour ou plus ?",
            meets: "Des mouvements de foule seraient signalés une fois par jour ou plus",
            falls_short: "Des mouvements de foule seraient signalés moins d’une fois par jour",
            whether: "si des mouvements de foule seraient signalés une fois par jour ou plus",
            evidence: "Mouvements soudains d’un grand nombre de personnes".to_owned(),
        },
        AuditId::PeopleAreFoundInPoorPictures => AuditText {
            question: "La plupart des personnes sont-elles encore trouvées lorsque l’image se dégrade ?",
            meets: "La plupart des personnes de l’image d’origine sont retrouvées dans la pire des images dégradées",
            falls_short: "Dans la pire des images dégradées, la plupart des personnes de l’image d’origine ne sont pas retrouvées",
            whether: "si la plupart des personnes sont encore trouvées lorsque l’image se dégrade",
            evidence: "Proportion des personnes des images d’origine qui sont retrouvées, dans la dégradation où elles le sont le moins"
                .to_owned(),
        },
        AuditId::FootageIsIntact => AuditText {
            question: "Les images sont-elles presque toutes là, et ont-elles pu être décodées ?",
            meets: "Presque toutes les images sont là et ont pu être décodées",
            falls_short: "Plus d’une image sur cent est manquante ou défectueuse",
            whether: "si les images sont presque toutes là et ont pu être décodées",
            evidence: "Proportion d’images manquantes ou défectueuses".to_owned(),
        },
    }
}

fn at_best(who: &str, at: Level) -> String {
    format!(
        "Proportion de {who} qui atteignent « {} » ({}) à leur meilleur instant",
        level(at),
        formats::pixels_per_metre(at.pixels_per_metre())
    )
}
