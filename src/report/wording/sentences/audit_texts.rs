//! The words of each audit: its question, its answers, what its evidence is.

use super::formats;
use super::terms::level;
use crate::wording::AuditText;
use vsa_audits::{AuditId, LOITERING_SECONDS};
use vsa_record::measurements::Level;

/// The table, one row for each audit: the question, what is the case if the claim holds, what if it does not, the question as a
/// clause, and what the number is; in braces, where that is not fixed.
macro_rules! audits {
    (($($fixed:tt)+)) => {
        words! { $($fixed)+ }.to_owned()
    };
    ({ $filled:expr }) => {
        $filled
    };
    ($of:expr; $($id:ident => ($($question:tt)+) ($($meets:tt)+) ($($falls_short:tt)+) ($($whether:tt)+) $evidence:tt;)+) => {
        match $of {
            $(AuditId::$id => AuditText {
                question: words! { $($question)+ },
                meets: words! { $($meets)+ },
                falls_short: words! { $($falls_short)+ },
                whether: words! { $($whether)+ },
                evidence: audits!($evidence),
            },)+
        }
    };
}

pub(super) fn audit_text(id: AuditId) -> AuditText {
    audits! {
        id;
        SomebodyIsUsuallyInView =>
            (en "Is somebody in view most of the time?", fr "Y a-t-il la plupart du temps quelqu’un dans le champ ?")
            (en "The detector reports somebody in most frames", fr "Le détecteur signale quelqu’un dans la plupart des images")
            (en "The detector reports nobody in most frames", fr "Le détecteur ne signale personne dans la plupart des images")
            (en "whether somebody is in view most of the time", fr "s’il y a la plupart du temps quelqu’un dans le champ")
            (en "Share of frames with at least one person", fr "Proportion d’images comptant au moins une personne");
        CrowdsAreDense =>
            (en "Are people at times too close together?", fr "La densité de personnes est-elle parfois trop importante ?")
            (en "In one frame of twenty or more, people are denser than the threshold",
             fr "Dans une image sur vingt ou plus, la densité de personnes dépasse le seuil")
            (en "People are hardly ever denser than the threshold",
             fr "La densité de personnes ne dépasse presque jamais le seuil")
            (en "whether people are at times too close together", fr "si la densité de personnes est parfois trop importante")
            (en "Share of frames denser than the threshold of the measure",
             fr "Proportion d’images dont la densité dépasse le seuil de la mesure");
        FacesReachRecognition =>
            (en "Do most faces reach the pixel density for recognition?",
             fr "La plupart des visages atteignent-ils la densité de pixels voulue pour la reconnaissance ?")
            (en "Most tracks of faces reach the pixel density that DORI asks for recognition",
             fr "La plupart des pistes de visages atteignent la densité de pixels que DORI demande pour la reconnaissance")
            (en "Most tracks of faces stay below the pixel density that DORI asks for recognition",
             fr "La plupart des pistes de visages restent sous la densité de pixels que DORI demande pour la reconnaissance")
            (en "whether most faces reach the pixel density for recognition",
             fr "si la plupart des visages atteignent la densité de pixels voulue pour la reconnaissance")
            { at_best(FACES, Level::Recognise) };
        FacesReachIdentification =>
            (en "Do most faces reach the pixel density for identification?",
             fr "La plupart des visages atteignent-ils la densité de pixels voulue pour l’identification ?")
            (en "Most tracks of faces reach the pixel density that DORI asks for identification",
             fr "La plupart des pistes de visages atteignent la densité de pixels que DORI demande pour l’identification")
            (en "Most tracks of faces stay below the pixel density that DORI asks for identification",
             fr "La plupart des pistes de visages restent sous la densité de pixels que DORI demande pour l’identification")
            (en "whether most faces reach the pixel density for identification",
             fr "si la plupart des visages atteignent la densité de pixels voulue pour l’identification")
            { at_best(FACES, Level::Identify) };
        BodiesReachObservation =>
            (en "Do most people reach the pixel density for observation?",
             fr "La plupart des personnes atteignent-elles la densité de pixels voulue pour l’observation ?")
            (en "Most tracks of people reach the pixel density that DORI asks for observation",
             fr "La plupart des pistes de personnes atteignent la densité de pixels que DORI demande pour l’observation")
            (en "Most tracks of people stay below the pixel density that DORI asks for observation",
             fr "La plupart des pistes de personnes restent sous la densité de pixels que DORI demande pour l’observation")
            (en "whether most people reach the pixel density for observation",
             fr "si la plupart des personnes atteignent la densité de pixels voulue pour l’observation")
            { at_best(BODIES, Level::Observe) };
        EveryoneUnrecognisable =>
            (en "Is nearly everybody below the pixel density for recognition?",
             fr "Presque toutes les personnes restent-elles sous la densité de pixels voulue pour la reconnaissance ?")
            (en "Nearly every track stays below the pixel density that DORI asks for recognition",
             fr "Presque toutes les pistes restent sous la densité de pixels que DORI demande pour la reconnaissance")
            (en "More than one in twenty tracks reach the pixel density that DORI asks for recognition",
             fr "Plus d’une piste sur vingt atteint la densité de pixels que DORI demande pour la reconnaissance")
            (en "whether nearly everybody stays below the pixel density for recognition",
             fr "si presque toutes les personnes restent sous la densité de pixels voulue pour la reconnaissance")
            { at_best(BODIES, Level::Recognise) };
        FacesCanBeToldApart =>
            (en "Can the faces in this footage be told apart by software?",
             fr "Les visages de ces enregistrements peuvent-ils être distingués par un logiciel ?")
            (en "An open model tells the faces in this footage apart, with one error in twenty or fewer",
             fr "Un modèle ouvert distingue les visages de ces enregistrements, avec au plus une erreur sur vingt")
            (en "An open model takes the faces in this footage for one another more often than once in twenty",
             fr "Un modèle ouvert confond les visages de ces enregistrements plus souvent qu’une fois sur vingt")
            (en "whether the faces in this footage can be told apart",
             fr "si les visages de ces enregistrements peuvent être distingués")
            (en "Equal error rate between pairs of one face and pairs of two",
             fr "Taux d’égale erreur entre les paires d’un même visage et les paires de deux visages");
        ClothingSinglesPeopleOut =>
            (en "Are people singled out by their clothing and size?",
             fr "Des personnes sont-elles individualisées par leurs vêtements et leur taille ?")
            (en "One in twenty tracks or more is the only one with its colours and size",
             fr "Une piste sur vingt ou plus est seule à présenter ses couleurs et sa taille")
            (en "Fewer than one in twenty tracks are the only one with their colours and size",
             fr "Moins d’une piste sur vingt est seule à présenter ses couleurs et sa taille")
            (en "whether people are singled out by their clothing and size",
             fr "si des personnes sont individualisées par leurs vêtements et leur taille")
            (en "Share of tracks that share their description with no other",
             fr "Proportion de pistes qui ne partagent leur description avec aucune autre");
        PeopleCanBeFollowedThroughTheView =>
            (en "Can most people be followed from edge to edge of the picture?",
             fr "La plupart des personnes peuvent-elles être suivies d’un bord à l’autre de l’image ?")
            (en "Most tracks run from one edge of the picture to another",
             fr "La plupart des pistes vont d’un bord de l’image à un autre")
            (en "Most tracks begin or end inside the picture",
             fr "La plupart des pistes commencent ou finissent à l’intérieur de l’image")
            (en "whether most people can be followed from edge to edge",
             fr "si la plupart des personnes peuvent être suivies d’un bord à l’autre")
            (en "Share of tracks from edge to edge, among those that the footage does not cut off",
             fr "Proportion de pistes allant d’un bord à un autre, parmi celles que l’enregistrement n’interrompt pas");
        PeopleCanBeFoundAgain =>
            (en "Can people be found again by their looks?",
             fr "Les personnes peuvent-elles être retrouvées d’après leur apparence ?")
            (en "For most sightings, the nearest look-alike is the same person",
             fr "Pour la plupart des apparitions, la plus ressemblante est celle de la même personne")
            (en "For most sightings, the nearest look-alike is somebody else",
             fr "Pour la plupart des apparitions, la plus ressemblante est celle de quelqu’un d’autre")
            (en "whether people can be found again by their looks",
             fr "si les personnes peuvent être retrouvées d’après leur apparence")
            (en "Share of sightings whose nearest look-alike is of the same track (rank-1)",
             fr "Proportion d’apparitions dont la plus ressemblante est de la même piste (rang 1)");
        PeopleCanBeFoundAgainWithoutFaces =>
            (en "Can people be found again after their faces were blacked out?",
             fr "Les personnes peuvent-elles être retrouvées une fois leur visage noirci ?")
            (en "With faces blacked out, the nearest look-alike is still the same person for most sightings",
             fr "Visages noircis, la plus ressemblante est encore celle de la même personne pour la plupart des apparitions")
            (en "With faces blacked out, the nearest look-alike is somebody else for most sightings",
             fr "Visages noircis, la plus ressemblante est celle de quelqu’un d’autre pour la plupart des apparitions")
            (en "whether people can be found again after their faces were blacked out",
             fr "si les personnes peuvent être retrouvées une fois leur visage noirci")
            (en "Share of sightings whose nearest look-alike is of the same track (rank-1), faces blacked out",
             fr "Proportion d’apparitions dont la plus ressemblante est de la même piste (rang 1), visages noircis");
        GaitIsUsable =>
            (en "Are most people seen well enough for recognition by gait?",
             fr "La plupart des personnes sont-elles assez bien vues pour une reconnaissance par la démarche ?")
            (en "Most tracks are large and long enough for recognition by gait",
             fr "La plupart des pistes sont assez grandes et assez longues pour une reconnaissance par la démarche")
            (en "Most tracks are too small or too short for recognition by gait",
             fr "La plupart des pistes sont trop petites ou trop courtes pour une reconnaissance par la démarche")
            (en "whether most people are seen well enough for recognition by gait",
             fr "si la plupart des personnes sont assez bien vues pour une reconnaissance par la démarche")
            (en "Share of tracks large and long enough for recognition by gait",
             fr "Proportion de pistes assez grandes et assez longues pour une reconnaissance par la démarche");
        LoiteringIsObservable =>
            (en "Do one in twenty people or more stay long enough for a loitering alarm?",
             fr "Une personne sur vingt ou plus reste-t-elle assez longtemps pour une alerte de stationnement prolongé ?")
            (en "One in twenty tracks or more last long enough for a loitering alarm",
             fr "Une piste sur vingt ou plus dure assez longtemps pour une alerte de stationnement prolongé")
            (en "Fewer than one in twenty tracks last long enough for a loitering alarm",
             fr "Moins d’une piste sur vingt dure assez longtemps pour une alerte de stationnement prolongé")
            (en "whether one in twenty people or more stay long enough for a loitering alarm",
             fr "si une personne sur vingt ou plus reste assez longtemps pour une alerte de stationnement prolongé")
            { text! {
                en "Share of tracks that last longer than {}, cut-off ones taken into account",
                fr "Proportion de pistes qui durent plus de {}, compte tenu de celles qui sont interrompues";
                formats::seconds(LOITERING_SECONDS) } };
        RunningIsObservable =>
            (en "Do one in twenty people or more move fast enough for a running alarm?",
             fr "Une personne sur vingt ou plus se déplace-t-elle assez vite pour une alerte de course ?")
            (en "One in twenty tracks or more move fast enough for a running alarm",
             fr "Une piste sur vingt ou plus se déplace assez vite pour une alerte de course")
            (en "Fewer than one in twenty tracks move fast enough for a running alarm",
             fr "Moins d’une piste sur vingt se déplace assez vite pour une alerte de course")
            (en "whether one in twenty people or more move fast enough for a running alarm",
             fr "si une personne sur vingt ou plus se déplace assez vite pour une alerte de course")
            (en "Share of tracks that at some time were faster than the threshold of the measure",
             fr "Proportion de pistes qui ont dépassé à un moment la vitesse servant de seuil à la mesure");
        PeopleAreSeenInGroups =>
            (en "Are one in twenty people or more seen in a group?", fr "Une personne sur vingt ou plus est-elle vue en groupe ?")
            (en "One in twenty tracks or more are seen in a group", fr "Une piste sur vingt ou plus est vue en groupe")
            (en "Fewer than one in twenty tracks are seen in a group", fr "Moins d’une piste sur vingt est vue en groupe")
            (en "whether one in twenty people or more are seen in a group",
             fr "si une personne sur vingt ou plus est vue en groupe")
            (en "Share of tracks seen in a group", fr "Proportion de pistes vues en groupe");
        AttributeLabelsFlip =>
            (en "Do guessed labels change within one track?",
             fr "Les étiquettes supposées changent-elles au cours d’une même piste ?")
            (en "For one in twenty tracks or more, the guessed label changes although the person does not",
             fr "Pour une piste sur vingt ou plus, l’étiquette supposée change alors que la personne ne change pas")
            (en "For fewer than one in twenty tracks, the guessed label changes",
             fr "L’étiquette supposée change pour moins d’une piste sur vingt")
            (en "whether guessed labels change within one track",
             fr "si les étiquettes supposées changent au cours d’une même piste")
            (en "Share of tracks with more than one label", fr "Proportion de pistes ayant reçu plus d’une étiquette");
        LeftObjectsWouldBeReported =>
            (en "Would objects left behind be reported once a day or more?",
             fr "Des objets abandonnés seraient-ils signalés une fois par jour ou plus ?")
            (en "Objects left behind would be reported once a day or more",
             fr "Des objets abandonnés seraient signalés une fois par jour ou plus")
            (en "Objects left behind would be reported less than once a day",
             fr "Des objets abandonnés seraient signalés moins d’une fois par jour")
            (en "whether objects left behind would be reported once a day or more",
             fr "si des objets abandonnés seraient signalés une fois par jour ou plus")
            (en "Still new objects without a person", fr "Objets nouveaux et immobiles, sans personne auprès d’eux");
        CounterFlowWouldBeReported =>
            (en "Would movement against the common direction be reported once a day or more?",
             fr "Des déplacements à contresens seraient-ils signalés une fois par jour ou plus ?")
            (en "Movement against the common direction would be reported once a day or more",
             fr "Des déplacements à contresens seraient signalés une fois par jour ou plus")
            (en "Movement against the common direction would be reported less than once a day",
             fr "Des déplacements à contresens seraient signalés moins d’une fois par jour")
            (en "whether movement against the common direction would be reported once a day or more",
             fr "si des déplacements à contresens seraient signalés une fois par jour ou plus")
            (en "Movements against the common direction", fr "Déplacements à contresens");
        ZoneEntriesWouldBeReported =>
            (en "Would entries into the zone be reported once a day or more?",
             fr "Des entrées dans la zone seraient-elles signalées une fois par jour ou plus ?")
            (en "Entries into the zone would be reported once a day or more",
             fr "Des entrées dans la zone seraient signalées une fois par jour ou plus")
            (en "Entries into the zone would be reported less than once a day",
             fr "Des entrées dans la zone seraient signalées moins d’une fois par jour")
            (en "whether entries into the zone would be reported once a day or more",
             fr "si des entrées dans la zone seraient signalées une fois par jour ou plus")
            (en "Entries into the first zone of the scene", fr "Entrées dans la première zone de la scène");
        FallsWouldBeReported =>
            (en "Would somebody on the ground be reported once a day or more?",
             fr "Des personnes au sol seraient-elles signalées une fois par jour ou plus ?")
            (en "Somebody on the ground would be reported once a day or more",
             fr "Des personnes au sol seraient signalées une fois par jour ou plus")
            (en "Somebody on the ground would be reported less than once a day",
             fr "Des personnes au sol seraient signalées moins d’une fois par jour")
            (en "whether somebody on the ground would be reported once a day or more",
             fr "si des personnes au sol seraient signalées une fois par jour ou plus")
            (en "People reported on the ground after a fall", fr "Personnes signalées au sol à la suite d’une chute");
        CrowdMovementsWouldBeReported =>
            (en "Would sudden movements of many people be reported once a day or more?",
             fr "Des mouvements de foule seraient-ils signalés une fois par jour ou plus ?")
            (en "Sudden movements of many people would be reported once a day or more",
             fr "Des mouvements de foule seraient signalés une fois par jour ou plus")
            (en "Sudden movements of many people would be reported less than once a day",
             fr "Des mouvements de foule seraient signalés moins d’une fois par jour")
            (en "whether sudden movements of many people would be reported once a day or more",
             fr "si des mouvements de foule seraient signalés une fois par jour ou plus")
            (en "Sudden movements of many people", fr "Mouvements soudains d’un grand nombre de personnes");
        PeopleAreFoundInPoorPictures =>
            (en "Are most people still found when the picture gets worse?",
             fr "La plupart des personnes sont-elles encore trouvées lorsque l’image se dégrade ?")
            (en "Most people of the clean picture are found again in the worst of the degraded ones",
             fr "La plupart des personnes de l’image d’origine sont retrouvées dans la pire des images dégradées")
            (en "In the worst of the degraded pictures, most people of the clean one are not found again",
             fr "Dans la pire des images dégradées, la plupart des personnes de l’image d’origine ne sont pas retrouvées")
            (en "whether most people are still found when the picture gets worse",
             fr "si la plupart des personnes sont encore trouvées lorsque l’image se dégrade")
            (en "Share of the people of the clean frames who are found again, in the degradation with the fewest",
             fr "Proportion des personnes des images d’origine qui sont retrouvées, dans la dégradation où elles le sont le \
                 moins");
        FootageIsIntact =>
            (en "Are nearly all frames there, and could they be decoded?",
             fr "Les images sont-elles presque toutes là, et ont-elles pu être décodées ?")
            (en "Nearly all frames are there and could be decoded",
             fr "Presque toutes les images sont là et ont pu être décodées")
            (en "More than one in a hundred frames is missing or faulty",
             fr "Plus d’une image sur cent est manquante ou défectueuse")
            (en "whether nearly all frames are there and could be decoded",
             fr "si les images sont presque toutes là et ont pu être décodées")
            (en "Share of frames that are missing or faulty", fr "Proportion d’images manquantes ou défectueuses");
    }
}

/// The same where only faces that look towards the camera count.
pub(super) fn frontal_text(id: AuditId) -> AuditText {
    let text = audit_text(id);
    match id {
        AuditId::FacesReachRecognition => AuditText {
            meets: words! {
                en "Most tracks of faces show the face turned to the camera at the pixel density that DORI asks for recognition",
                fr "La plupart des pistes de visages montrent le visage tourné vers la caméra à la densité de pixels que DORI demande \
                    pour la reconnaissance" },
            falls_short: words! {
                en "Most tracks of faces never show the face turned to the camera at the pixel density that DORI asks for recognition",
                fr "La plupart des pistes de visages ne montrent jamais le visage tourné vers la caméra à la densité de pixels que \
                    DORI demande pour la reconnaissance" },
            evidence: turned_to_the_camera(Level::Recognise),
            ..text
        },
        AuditId::FacesReachIdentification => AuditText {
            meets: words! {
                en "Most tracks of faces show the face turned to the camera at the pixel density that DORI asks for identification",
                fr "La plupart des pistes de visages montrent le visage tourné vers la caméra à la densité de pixels que DORI demande \
                    pour l’identification" },
            falls_short: words! {
                en "Most tracks of faces never show the face turned to the camera at the pixel density that DORI asks for identification",
                fr "La plupart des pistes de visages ne montrent jamais le visage tourné vers la caméra à la densité de pixels que \
                    DORI demande pour l’identification" },
            evidence: turned_to_the_camera(Level::Identify),
            ..text
        },
        _ => text,
    }
}

fn turned_to_the_camera(at: Level) -> String {
    text! {
        en "{}, while the face is turned to the camera",
        fr "{}, le visage étant tourné vers la caméra";
        at_best(FACES, at) }
}

const FACES: &str = words! { en "tracks of reported faces", fr "pistes de visages signalés" };
const BODIES: &str = words! { en "tracks of people, by the height of the body,",
                              fr "pistes de personnes, d’après la hauteur du corps," };

fn at_best(who: &str, at: Level) -> String {
    text! {
        en "Share of {who} that reach “{}” ({}) at their best moment",
        fr "Proportion de {who} qui atteignent « {} » ({}) à leur meilleur instant";
        level(at), formats::pixels_per_metre(at.pixels_per_metre()) }
}
