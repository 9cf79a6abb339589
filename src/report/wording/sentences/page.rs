//! The page: header, section heads and leads, tables, notices, labels.

use super::formats;
use super::terms::data_basis;
use crate::document::Labels;
use vsa_record::disclosure::{DataBasis, LoweredBecause};
use vsa_record::measurements::Missing;

/// What this is.
pub const INTRODUCTION: &str = words! {
    en "This report measures what a system for algorithmic video surveillance could extract from the footage named below: how many \
        people are seen, how large faces appear, how long people can be followed and timed. It was made by running open models \
        over the footage on one machine. It identifies nobody.",
    fr "Le présent rapport mesure ce qu’un système de vidéosurveillance algorithmique pourrait extraire des enregistrements \
        désignés ci-dessous : combien de personnes sont vues, à quelle taille apparaissent les visages, combien de temps les \
        personnes peuvent être suivies et chronométrées. Il a été établi en appliquant aux enregistrements des modèles ouverts, \
        sur une seule machine. Il n’identifie personne." };

/// The page's title.
pub fn title(items: usize, first: &str) -> String {
    match items {
        0 => words! { en "No footage was examined", fr "Aucun enregistrement n’a été examiné" }.to_owned(),
        1 => text! { en "What surveillance software could extract from {first}",
                     fr "Ce qu’un logiciel de surveillance pourrait extraire de «\u{a0}{first}\u{a0}»" },
        n => text! { en "What surveillance software could extract from {} pieces of footage",
                     fr "Ce qu’un logiciel de surveillance pourrait extraire de {} enregistrements"; formats::count(n as u64) },
    }
}

sentences! {
    /// The kind of document.
    pub const KICKER = en "Audit of video footage", fr "Audit d’enregistrements vidéo";
    /// Terms of the header's facts.
    pub const HEADER_TERMS[4] =
        (en "Footage", fr "Enregistrements") (en "Length", fr "Durée") (en "Frames looked at", fr "Images analysées")
        (en "Models", fr "Modèles");
    /// Term of the last, the data basis.
    pub const DATA_BASIS = en "Data basis", fr "Fondement déclaré";
    /// Single images have no length.
    pub const NO_LENGTH = en "single images", fr "images isolées";
    /// `795 of 795`.
    pub fn of_frames(looked_at: u64, decoded: u64) =
        en "{} of {} decoded", fr "{} sur {} décodées" (formats::count(looked_at), formats::count(decoded));
    /// `pets09-s2l1, video, 768 × 576`.
    pub fn item_summary(label: &str, kind: &str, width: u32, height: u32) =
        "{label}, {kind}, {}" (frame_size(width, height));
    /// `768 × 576 px`.
    pub fn frame_size(width: u32, height: u32) = "{width}\u{202f}×\u{202f}{height}\u{202f}px";
    /// In place of a list of footage too long for the first page.
    pub fn many_items(n: usize) =
        en "{} pieces, listed below under “Footage”",
        fr "{} enregistrements, énumérés plus bas sous « Enregistrements »" (formats::count(n as u64));
}

/// Why small numbers are shown or withheld: title and text of the notice on the first page.
pub fn disclosure_notice(
    basis: DataBasis,
    min_cell: u32,
    lowered: Option<&LoweredBecause>,
) -> (String, String) {
    let ground = match basis {
        DataBasis::Undeclared => words! {
            en "Nobody declared on what ground this footage may be examined, so the strictest rule holds.",
            fr "Nul n’a déclaré sur quel fondement ces enregistrements peuvent être examinés : la règle la plus stricte s’applique." }.to_owned(),
        _ => text! { en "Data basis: {}.", fr "Fondement : {}."; data_basis(basis) },
    };
    let declared = words! {
        en "This is the word of whoever ran the audit; the program cannot check it.",
        fr "Il s’agit de la déclaration de la personne qui a conduit l’audit ; le programme ne peut la vérifier." };
    if min_cell <= 1 {
        let because = lowered_words(lowered);
        (
            words! { en "Numbers about single people are shown.",
                     fr "Des nombres relatifs à des personnes isolées sont communiqués." }.into(),
            text! {
                en "Ordinarily, a number with 1 to 10 people behind it is withheld. Here nothing is withheld, so that a number may \
                    speak of one person alone. The ground: {because}. {declared}",
                fr "En règle générale, un nombre derrière lequel se trouvent de 1 à 10 personnes est occulté. Ici, rien n’est \
                    occulté : un nombre peut concerner une seule personne. Motif : {because}. {declared}" },
        )
    } else {
        let most = formats::count(u64::from(min_cell) - 1);
        let rule = text! {
            en "A number with 1 to {most} people behind it is withheld, and so is any number from which it could be derived.",
            fr "Tout nombre derrière lequel se trouvent de 1 à {most} personnes est occulté, ainsi que tout nombre dont il \
                pourrait être déduit." };
        match lowered {
            None => (
                words! { en "Numbers about few people are withheld.",
                         fr "Les nombres relatifs à peu de personnes sont occultés." }.into(),
                format!("{rule} {ground}"),
            ),
            Some(_) => (
                words! {
                    en "Numbers about few people are withheld, by a weaker rule than the ordinary one.",
                    fr "Les nombres relatifs à peu de personnes sont occultés, selon une règle plus faible que la règle ordinaire." }.into(),
                text! {
                    en "{rule} Ordinarily this holds for 1 to 10 people. It was lowered: {}. {declared}",
                    fr "{rule} En règle générale, cela vaut de 1 à 10 personnes. Cette limite a été abaissée : {}. {declared}";
                    lowered_words(lowered) },
            ),
        }
    }
}

fn lowered_words(lowered: Option<&LoweredBecause>) -> String {
    match lowered {
        Some(LoweredBecause::PublicDataset) => words! {
            en "the footage was declared a public dataset",
            fr "les enregistrements ont été déclarés comme jeu de données public" }.into(),
        Some(LoweredBecause::Consent) => words! { en "everyone in view was declared to have consented",
                                                  fr "il a été déclaré que toutes les personnes filmées ont consenti" }.into(),
        Some(LoweredBecause::Stated { reason }) => text! { en "the reason given is “{reason}”",
                                                           fr "le motif indiqué est « {reason} »" },
        None => words! { en "no reason is on record", fr "aucun motif n’est consigné" }.into(),
    }
}

sentences! {
    /// Boxes of single people were exported.
    pub const OBJECTS_EXPORTED =
        (en "Boxes around single people were exported.", fr "Des cadres autour de personnes isolées ont été exportés.")
        (en "A file beside this report holds the place of every reported person in every frame. This is possible only for \
             footage declared public or consented to.",
         fr "Un fichier qui accompagne le présent rapport contient l’emplacement de chaque personne signalée dans chaque \
             image. Cela n’est possible que pour des enregistrements déclarés publics ou consentis.");
    /// The fake engine ran.
    pub const SCRIPTED =
        (en "This report is a test: no model looked at any footage.",
         fr "Ce rapport est un essai : aucun modèle n’a examiné d’enregistrement.")
        (en "Its numbers were written by a script and say nothing about anybody or any place.",
         fr "Ses nombres ont été écrits par un programme d’essai et ne disent rien de qui que ce soit ni d’aucun lieu.");
    /// In place of charts where nothing was measured.
    pub fn not_measured(why: Missing) = en "Not measured: {}. The absence of a number is not a result.",
                                        fr "Non mesuré : {}. L’absence de nombre n’est pas un résultat." (super::missing(why));
    /// In place of a chart of which nothing may be shown.
    pub fn chart_withheld(title: &str) =
        en "{title}: withheld throughout, because too few people stand behind every part of it.",
        fr "{title} : occulté en totalité, car trop peu de personnes se trouvent derrière chacune de ses parties.";
    /// In place of a chart of which nothing could be estimated.
    pub fn chart_not_estimated(title: &str) = en "{title}: not estimated, because too little was counted.",
                                              fr "{title} : non estimé, car trop peu d’éléments ont été dénombrés.";
    /// In place of a chart in whose every part nothing was counted.
    pub fn chart_of_nothing(title: &str) = en "{title}: nothing was counted.", fr "{title} : rien n’a été dénombré.";
    /// Caption of the tables of counts.
    pub const COUNTS_CAPTION = en "What was counted. Counted in full: no interval.",
                               fr "Ce qui a été dénombré. Dénombrement exhaustif : pas d’intervalle.";
    /// Their columns.
    pub const COUNT_COLUMNS[2] = (en "Counted", fr "Objet du dénombrement") (en "Number", fr "Nombre");
    /// In place of a number of tracks where there are only single images.
    pub const NOT_FOLLOWED = en "none: nobody was followed", fr "aucune : personne n’a été suivi";
    /// Counts of presence: frames, sightings, tracks, peak.
    pub const PRESENCE_COUNTS[4] =
        (en "Frames in which people were looked for", fr "Images dans lesquelles des personnes ont été recherchées")
        (en "Sightings of people in all these frames", fr "Apparitions de personnes dans l’ensemble de ces images")
        (en "Tracks of people (one person may be several)", fr "Pistes de personnes (une même personne peut en former plusieurs)")
        (en "People reported in the fullest frame", fr "Personnes signalées dans l’image qui en compte le plus");
    /// Counts of faces: frames, sightings, measured ones, tracks.
    pub const FACE_COUNTS[4] =
        (en "Frames in which faces were looked for", fr "Images dans lesquelles des visages ont été recherchés")
        (en "Sightings of faces in all these frames", fr "Apparitions de visages dans l’ensemble de ces images")
        (en "Of these, measured (followed over time, or in single images)",
         fr "Dont mesurées (suivies dans le temps, ou sur des images isolées)")
        (en "Tracks of faces (one face may be several)", fr "Pistes de visages (un même visage peut en former plusieurs)");
    /// Count of people followed.
    pub const FOLLOWED_COUNT = en "Tracks of people, after fragments were joined",
                               fr "Pistes de personnes, après réunion des fragments";
    /// Counts of stays: timed, cut off.
    pub const STAY_COUNTS[2] =
        (en "Tracks whose length was timed", fr "Pistes dont la durée a été chronométrée")
        (en "Of these, there already at the start or still at the end of the footage",
         fr "Dont celles déjà présentes au début ou encore présentes à la fin de l’enregistrement");
}

/// Limits that hold for every report.
pub const FIXED_LIMITS: &[(&str, &str)] = &pairs! {
    (en "It speaks of what software could extract, not of what anybody did.",
     fr "Il dit ce qu’un logiciel pourrait extraire, non ce que quiconque a fait.")
        (en "Whether any system was connected to this camera, and what it was set to report, is not in the footage.",
         fr "Les enregistrements ne montrent pas si un système était relié à cette caméra, ni ce qu’il était réglé pour \
             signaler.");
    (en "It speaks of these models.", fr "Il porte sur les modèles employés.")
        (en "A product on the market may find more people and faces than these open models, or fewer.",
         fr "Un produit du commerce peut trouver plus de personnes et de visages que ces modèles ouverts, ou moins.");
    (en "Enough pixels do not amount to recognition.", fr "Un nombre suffisant de pixels ne vaut pas reconnaissance.")
        (en "Whether a face could be matched depends also on light, angle, blur, compression, the matching software and the list \
             it searches.",
         fr "La possibilité d’apparier un visage dépend aussi de la lumière, de l’angle, du flou, de la compression, du logiciel \
             d’appariement et de la liste interrogée.");
    (en "It does not say who is seen well and who badly.", fr "Il ne dit pas qui est bien vu et qui l’est mal.")
        (en "Detectors can differ in how often they miss people by skin tone, age, clothing or posture. Without labels this \
             report cannot measure it.",
         fr "Les détecteurs peuvent manquer plus ou moins souvent les personnes selon la couleur de peau, l’âge, les vêtements \
             ou la posture. Sans annotations, le présent rapport ne peut le mesurer.");
    (en "It is not a legal opinion.", fr "Il ne constitue pas un avis juridique.")
        (en "Whether a use is lawful depends on purpose, place and law, none of which is in the footage.",
         fr "La licéité d’un usage dépend de sa finalité, du lieu et du droit applicable, qui ne figurent pas dans les \
             enregistrements.");
};

/// What became of pictures and boxes: usually nothing is kept; where boxes were exported or frames are shown, that is said.
pub fn kept(objects_exported: bool, stills_shown: bool) -> (&'static str, &'static str) {
    match (objects_exported, stills_shown) {
        (false, false) => (
            words! { en "Nothing that shows a person was kept.",
                     fr "Rien de ce qui montre une personne n’a été conservé." },
            words! {
                en "Pictures, boxes, tracks and the times of single people existed only in the program's memory. The record and \
                    this report hold counts, shares, intervals and digests.",
                fr "Les images, les cadres, les pistes et les instants relatifs à une personne isolée n’ont existé que dans la \
                    mémoire du programme. Le relevé et le présent rapport contiennent des nombres, des proportions, des \
                    intervalles et des empreintes numériques." },
        ),
        (true, false) => (
            words! { en "No picture was kept, but boxes were.",
                     fr "Aucune image n’a été conservée, mais des cadres l’ont été." },
            words! {
                en "Boxes around reported people were written to a file, as the first page says. Pictures existed only in the \
                    program's memory.",
                fr "Les cadres entourant les personnes signalées ont été écrits dans un fichier, comme l’indique la première page. \
                    Les images n’ont existé que dans la mémoire du programme." },
        ),
        (false, true) => (
            words! { en "Masked frames were kept, and nothing else that shows a person.",
                     fr "Des images masquées ont été conservées, et rien d’autre qui montre une personne." },
            words! {
                en "The frames under “Stills” show whoever the masks missed. All other pictures, and boxes, tracks and the times of \
                    single people, existed only in the program's memory. Apart from these frames, the record and this report hold \
                    counts, shares, intervals and digests.",
                fr "Les images de la partie « Vues » montrent quiconque a échappé aux masques. Toutes les autres images, ainsi que \
                    les cadres, les pistes et les instants relatifs à une personne isolée, n’ont existé que dans la mémoire du \
                    programme. Hormis ces images, le relevé et le présent rapport contiennent des nombres, des proportions, des \
                    intervalles et des empreintes numériques." },
        ),
        (true, true) => (
            words! { en "Masked frames were kept, and so were boxes.",
                     fr "Des images masquées ont été conservées, ainsi que des cadres." },
            words! {
                en "The frames under “Stills” show whoever the masks missed. Boxes around reported people were written to a file, \
                    as the first page says. All other pictures existed only in the program's memory.",
                fr "Les images de la partie « Vues » montrent quiconque a échappé aux masques. Les cadres entourant les personnes \
                    signalées ont été écrits dans un fichier, comme l’indique la première page. Toutes les autres images n’ont \
                    existé que dans la mémoire du programme." },
        ),
    }
}

/// What the program did not do.
pub const NOT_DONE: &[(&str, &str)] = &pairs! {
    (en "Nobody was identified.", fr "Personne n’a été identifié.")
        (en "Nobody was looked up in a list, and nothing was compared with another file. Where looks or faces of this footage \
             were compared with each other, that happened in memory, and only how alike they are as a whole was kept.",
         fr "Personne n’a été recherché dans une liste, et rien n’a été rapproché d’un autre fichier. Lorsque des apparences ou \
             des visages de ces enregistrements ont été comparés entre eux, cela s’est fait en mémoire, et seul leur degré \
             d’ensemble de ressemblance a été conservé.");
    (en "The footage was sent nowhere.", fr "Les enregistrements n’ont été envoyés nulle part.")
        (en "The program holds no network code: where a model had to be fetched, the machine's own package tools fetched it. \
             This page asks no other computer for anything.",
         fr "Le programme ne contient aucun code de communication par réseau : lorsqu’un modèle a dû être téléchargé, ce sont \
             les outils de la machine qui l’ont fait. La présente page n’interroge aucun autre ordinateur.");
    (en "No sound was read.", fr "Aucun son n’a été lu.")
        (en "Sound tracks were not decoded.", fr "Les pistes sonores n’ont pas été décodées.");
    (en "The footage was not changed.", fr "Les enregistrements n’ont pas été modifiés.")
        (en "It was opened for reading only. Whether it had been edited before was not examined.",
         fr "Ils n’ont été ouverts qu’en lecture. Il n’a pas été recherché s’ils avaient été retouchés auparavant.");
};

sentences! {
    /// Heading of caveats.
    pub const CAVEATS_HEADING = en "For this footage in particular", fr "Propres à ces enregistrements";
    /// Heading of the fixed limits.
    pub const FIXED_LIMITS_HEADING = en "Always", fr "Dans tous les cas";
    /// Heading of the methods.
    pub const METHODS_HEADING = en "How the intervals were made", fr "Comment les intervalles ont été établis";
    /// Caption of the table of estimates.
    pub const ESTIMATES_CAPTION = en "Every estimate of this report, except the shares by level, which follow.",
                                  fr "Toutes les estimations du présent rapport, hormis les proportions par niveau, qui suivent.";
}

/// Caption of a table of levels.
pub fn levels_caption(bodies: bool, samples: &str, methods: &str) -> String {
    let whom = if bodies {
        words! { en "by the height of bodies: everybody reported",
                 fr "d’après la hauteur des corps : toutes les personnes signalées" }
    } else {
        words! { en "by the width of faces: reported faces only",
                 fr "d’après la largeur des visages : visages signalés seulement" }
    };
    let behind = if samples.is_empty() {
        String::new()
    } else {
        text! { en " Counted: {samples}. Method: {methods}.", fr " Effectif : {samples}. Méthode : {methods}." }
    };
    text! {
        en "Shares at or above each level of pixel density, {whom}; in brackets the 95\u{202f}% interval. “At their best” takes \
            the sharpest moment of each track.{behind}",
        fr "Proportions atteignant ou dépassant chaque niveau de densité de pixels, {whom} ; entre parenthèses, l’intervalle de \
            confiance à 95 %. « Au mieux » retient l’instant le plus net de chaque piste.{behind}" }
}

sentences! {
    /// Columns of a table of levels.
    pub const LEVEL_COLUMNS[3] =
        (en "Level", fr "Niveau") (en "Tracks at their best", fr "Pistes, au mieux") (en "Sightings", fr "Apparitions");
    /// Columns of the table of estimates.
    pub const ESTIMATE_COLUMNS[6] =
        (en "Quantity", fr "Grandeur") (en "Value", fr "Valeur") (en "95\u{202f}% interval", fr "IC à 95 %")
        (en "Counted", fr "Effectif") (en "Method", fr "Méthode") (en "What it means", fr "Signification");
    /// Columns of a chart's data.
    pub const RANGE_COLUMNS[4] =
        ("") (en "Value", fr "Valeur") (en "95\u{202f}% interval", fr "IC à 95 %") (en "Counted", fr "Effectif");
    /// Head of the first column of charts of levels.
    pub const LEVEL = en "Level", fr "Niveau";
    /// Head of the first column of quantiles.
    pub const QUANTILE = "Quantile";
    /// Head of the first column of stays.
    pub const STAY = en "Stay", fr "Durée de présence";
    /// Column heads of charts of columns.
    pub const TIME_COLUMNS[3] =
        (en "Seconds from the start", fr "Secondes depuis le début") (en "People per frame", fr "Personnes par image")
        (en "Frames", fr "Images");
    /// Footage too short for a chart of its own.
    pub const SINGLE_STRETCHES_CAPTION =
        en "Footage that is a single stretch of time: people per frame, mean, counted in full (no interval).",
        fr "Enregistrements d’un seul intervalle de temps : nombre moyen de personnes par image, dénombrement exhaustif (pas \
            d’intervalle de confiance).";
    /// Its columns.
    pub const SINGLE_STRETCH_COLUMNS[4] =
        (en "Footage", fr "Enregistrement") (en "Seconds from the start", fr "Secondes depuis le début")
        (en "People per frame", fr "Personnes par image") (en "Frames", fr "Images");
    /// Column heads of frames by people.
    pub const PEOPLE_COLUMNS[2] = (en "People in the frame", fr "Personnes dans l’image") (en "Frames", fr "Images");
    /// Column heads of stays by length.
    pub const STAY_BIN_COLUMNS[2] = (en "Length in seconds", fr "Durée en secondes") (en "Tracks", fr "Pistes");
    /// Column heads of face heights.
    pub const HEIGHT_COLUMNS[2] =
        (en "Height in pixels", fr "Hauteur en pixels") (en "Face sightings", fr "Apparitions de visages");
    /// Table of data under a chart.
    pub fn data_caption(title: &str) = en "{title}: the data of the chart.", fr "{title} : données du graphique.";
}

/// Fixed words of the page.
pub fn labels(name: &str, version: &str) -> Labels {
    Labels {
        skip: words! { en "Skip to the answer", fr "Aller à la réponse" }.into(),
        contents: words! { en "In this report", fr "Sommaire" }.into(),
        show_data: words! { en "Show the data as a table", fr "Afficher les données sous forme de tableau" }.into(),
        limit: words! { en "What it cannot tell", fr "Ce que cela ne dit pas" }.into(),
        evidence: words! { en "Evidence", fr "Éléments" }.into(),
        decision: words! { en "How it was decided", fr "Règle de décision" }.into(),
        audit: words! { en "Audit", fr "Contrôle" }.into(),
        colophon: text! {
            en "Made by {name} {version}. This page asks no other computer for anything and identifies nobody. Its one script \
                checks the seal when you ask it to.",
            fr "Établi par {name} {version}. Cette page n’interroge aucun autre ordinateur et n’identifie personne. Son unique \
                script vérifie le scellé lorsque vous le lui demandez." },
        verifier: super::seal::verifier(),
    }
}

#[cfg(test)]
mod tests {
    use super::kept;

    #[test]
    fn frames_that_are_shown_are_said_to_be_kept_and_to_show_whoever_was_missed() {
        for objects_exported in [false, true] {
            let (title, text) = kept(objects_exported, true);
            assert!(title.starts_with(words! { en "Masked frames were kept", fr "Des images masquées ont été conservées" }));
            assert!(text.contains(words! { en "show whoever the masks missed", fr "montrent quiconque a échappé aux masques" }));
            let (without, _) = kept(objects_exported, false);
            assert!(!without.contains(words! { en "frames", fr "masquées" }));
        }
    }

    #[test]
    fn boxes_that_were_exported_are_said_to_be_kept() {
        for stills_shown in [false, true] {
            let boxes = words! { en "were written to a file", fr "ont été écrits dans un fichier" };
            assert!(kept(true, stills_shown).1.contains(boxes));
            assert!(!kept(false, stills_shown).1.contains(boxes));
        }
    }
}
