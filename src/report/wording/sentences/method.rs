//! How the examination was made, step by step, and which published practice each step follows.

use super::formats;

sections! {
    /// The method.
    section_method => ("method") (en "Method", fr "Méthode")
        (en "How it was examined, and by which standards", fr "Comment l’examen a été conduit, et selon quelles normes")
        (en "The steps in their order. A standard is named where a step follows it. That is this program's own statement: nobody \
             has certified it.",
         fr "Les étapes, dans leur ordre. Une norme est nommée lorsqu’une étape la suit. Il s’agit de la déclaration du \
             programme lui-même : nul ne l’a certifiée.");
}

/// Decoding: which decoder, and how many frames.
pub fn step_decoding(decoders: &str, looked_at: u64, decoded: u64) -> (String, String) {
    (
        words! { en "The footage was opened for reading, and its digest taken.",
                 fr "Les enregistrements ont été ouverts en lecture, et leur empreinte numérique calculée." }.to_owned(),
        text! {
            en "Decoded by {decoders}: {}, of which the models looked at {}. Frames that were missing, damaged or repeated \
                were counted.",
            fr "Décodage par {decoders} : {} ; les modèles en ont analysé {}. Les images manquantes, \
                endommagées ou répétées ont été dénombrées."; super::frames(decoded), formats::count(looked_at) },
    )
}

/// Detection: which models.
pub fn step_detection(models: &str) -> (String, String) {
    (
        words! { en "Models looked for people and faces in each of these frames.",
                 fr "Des modèles ont recherché les personnes et les visages dans chacune de ces images." }.to_owned(),
        text! {
            en "Models: {models}. A model reports boxes with scores; boxes below its score threshold are not counted. Files, \
                settings and licences are listed with the models.",
            fr "Modèles : {models}. Un modèle signale des cadres, chacun avec un score ; les cadres dont le score est inférieur au \
                seuil ne sont pas comptés. Les fichiers, les réglages et les licences sont indiqués avec les modèles." },
    )
}

/// Following: by place and movement alone, or by looks as well.
pub const fn step_following(by_looks: bool) -> [(&'static str, &'static str); 1] {
    if by_looks {
        pairs! {
            (en "Sightings were joined into tracks.", fr "Les apparitions ont été réunies en pistes.")
                (en "By place and movement from one frame to the next, and by how alike bodies look within this footage, as the \
                     limits say. Nobody was compared with anybody outside it.",
                 fr "D’après la position et le mouvement, d’une image à la suivante, et d’après la ressemblance des corps au sein \
                     de ces enregistrements, comme l’indiquent les limites. Nul n’a été comparé à qui que ce soit d’extérieur.");
        }
    } else {
        pairs! {
            (en "Sightings were joined into tracks.", fr "Les apparitions ont été réunies en pistes.")
                (en "By place and movement from one frame to the next. Nobody was recognised, neither by face nor by clothing, to \
                     join them.",
                 fr "D’après la position et le mouvement, d’une image à la suivante. Pour les réunir, nul n’a été reconnu, ni au \
                     visage ni aux vêtements.");
        }
    }
}

/// What follows in every run.
pub const LATER_STEPS: [(&str, &str); 3] = pairs! {
    (en "What a surveillance system could extract was counted, and an interval put around every estimate.",
     fr "Ce qu’un système de surveillance pourrait extraire a été dénombré, et chaque estimation assortie d’un intervalle.")
        (en "Intervals have a level of 95\u{202f}% unless something else is said beside them. Which method made an interval, and \
             from how many of what, stands in the tables of estimates.",
         fr "Sauf indication contraire donnée à côté d’eux, les intervalles de confiance sont au niveau de 95 %. Les tableaux \
             d’estimations indiquent par quelle méthode chaque intervalle a été établi, et sur combien d’éléments.");
    (en "Numbers about few people were withheld, as the first page says.",
     fr "Les nombres relatifs à peu de personnes ont été occultés, comme l’indique la première page.")
        (en "This happened before the record was written: what is withheld is in no file.",
         fr "Ils l’ont été avant l’écriture du relevé : ce qui est occulté ne figure dans aucun fichier.");
    (en "Each question was decided by the whole interval, against a threshold set beforehand.",
     fr "Il a été répondu à chaque question d’après l’intervalle entier, au regard d’un seuil fixé au préalable.")
        (en "Where the interval holds the threshold, the answer is that the footage does not settle it.",
         fr "Lorsque l’intervalle contient le seuil, la réponse est que les enregistrements ne permettent pas de trancher.");
};

/// Caption of the table of standards.
pub const STANDARDS_CAPTION: &str = words! { en "Published practice, and what here follows it.",
                                             fr "Pratiques publiées, et ce qui les suit ici." };

/// Its columns.
pub const STANDARD_COLUMNS: [&str; 2] = ["Document", words! { en "What follows it", fr "Ce qui le suit" }];

/// Document, and what follows it.
pub const STANDARDS: [(&str, &str); 7] = pairs! {
    (en "EN/IEC 62676-4, video surveillance: application guidelines",
     fr "EN/IEC 62676-4, systèmes de vidéosurveillance : lignes directrices d’application")
        (en "The levels of pixel density (DORI, OODPCVS). The values come from secondary sources, as the limits say; the text of \
             the standard was not consulted.",
         fr "Les niveaux de densité de pixels (DORI, OODPCVS). Les valeurs proviennent de sources secondaires, comme l’indiquent \
             les limites ; le texte de la norme n’a pas été consulté.");
    (en "ISO/IEC 27037:2012, handling of digital evidence", fr "ISO/IEC 27037:2012, traitement des preuves numériques")
        (en "Its aims, not its procedures for seizure: every step can be audited (custody.jsonl), repeated on the same machine \
             and reproduced on another (see Reproducibility).",
         fr "Ses objectifs, non ses procédures de saisie : chaque étape peut être contrôlée (custody.jsonl), répétée sur la même \
             machine et reproduite sur une autre (voir « Reproductibilité »).");
    (en "SWGDE 17-I-001, version 1.1, integrity of imagery", fr "SWGDE 17-I-001, version 1.1, intégrité des images")
        (en "The original is not changed; its digest is taken before it is decoded, and compared with that of what was looked \
             at.",
         fr "L’original n’est pas modifié ; son empreinte numérique est calculée avant le décodage et comparée à celle de ce qui \
             a été analysé.");
    (en "ENFSI-BPM-DI-01 (2018), facial image comparison", fr "ENFSI-BPM-DI-01 (2018), comparaison d’images faciales")
        (en "Only its demand that validation, uncertainty and limits be reported. No faces of different origin were compared, \
             and no opinion on identity is given.",
         fr "Uniquement son exigence que la validation, l’incertitude et les limites soient indiquées. Aucun visage n’a été \
             comparé à un visage d’une autre provenance, et aucun avis n’est donné sur l’identité de quiconque.");
    (en "Wilson 1927; Kaplan and Meier 1958; Politis and Romano 1992 (circular block bootstrap)",
     fr "Wilson 1927 ; Kaplan et Meier 1958 ; Politis et Romano 1992 (bootstrap circulaire par blocs)")
        (en "Intervals for shares, for lengths of stay that the footage cuts off, and for means over frames that resemble their \
             neighbours.",
         fr "Intervalles des proportions, des durées de présence interrompues par les limites de l’enregistrement, et des \
             moyennes sur des images qui ressemblent à leurs voisines.");
    (en "Dooley et al. 2022 (arXiv 2211.15937); Hendrycks and Dietterich 2019",
     fr "Dooley et al. 2022 (arXiv 2211.15937) ; Hendrycks et Dietterich 2019")
        (en "How footage is degraded, and how results on it are compared with those on the clean footage.",
         fr "Manière dont les enregistrements sont dégradés, et dont les résultats obtenus sont comparés à ceux des \
             enregistrements d’origine.");
    (en "RFC 6962, RFC 3161, minisign, in-toto Statement v1 in a DSSE envelope",
     fr "RFC 6962, RFC 3161, minisign, déclaration in-toto v1 dans une enveloppe DSSE")
        (en "The tree over all files, the time stamp of an authority, and the signatures.",
         fr "L’arbre établi sur tous les fichiers, l’horodatage par une autorité, et les signatures.");
};
