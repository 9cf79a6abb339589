//! Error rates: what is known of each model's, on which data, and how like this footage those data are.

use super::formats;

sections! {
    /// Validation.
    section_validation => ("validation") (en "Validation", fr "Vérification")
        (en "How often the models err, as far as it is known",
         fr "À quelle fréquence les modèles se trompent, pour autant que cela soit connu")
        (en "An error rate speaks of the data it was measured on. Whether it holds for this footage depends on how like the two \
             are.",
         fr "Un taux d’erreur vaut pour les données sur lesquelles il a été mesuré. Qu’il vaille pour les présents \
             enregistrements dépend de leur ressemblance avec ces données.");
}

sentences! {
    /// What is not known.
    pub const ERRORS_HERE =
        (en "On this footage, no error rate was measured.",
         fr "Aucun taux d’erreur n’a été mesuré sur les présents enregistrements.")
        (en "That needs people who label every person and face in a part of it. With such labels, “vsa-audit evaluate” measures \
             how many the detectors missed and invented, with intervals, by size and by group.",
         fr "Il faudrait pour cela que des personnes annotent chaque personne et chaque visage d’une partie d’entre eux. À \
             partir de telles annotations, « vsa-audit evaluate » mesure combien les détecteurs en ont manqué et combien ils en \
             ont signalé à tort, avec des intervalles, par taille et par groupe.");
    /// By group.
    pub const ERRORS_BY_GROUP =
        (en "No error rate by age, gender or skin tone is known for these models on footage like this.",
         fr "Aucun taux d’erreur selon l’âge, le genre ou la couleur de peau n’est connu de ces modèles sur des enregistrements \
             comme ceux-ci.")
        (en "That is not a rate of zero. Published studies found that face detectors miss some groups more often than others, \
             above all in poor light (Dooley et al., arXiv 2211.15937).",
         fr "Cela ne signifie pas que ce taux soit nul. Des études publiées ont constaté que les détecteurs de visages manquent \
             certains groupes plus souvent que d’autres, surtout sous un faible éclairage (Dooley et al., arXiv 2211.15937).");
    /// Caption of the table of models.
    pub const ERRORS_CAPTION =
        en "What is known of the models' errors. Each figure says on which data. Published ones come without an interval.",
        fr "Ce qui est connu des erreurs des modèles. Chaque chiffre indique sur quelles données il repose. Les chiffres publiés \
            ne sont assortis d’aucun intervalle.";
    /// Its columns.
    pub const ERROR_COLUMNS[4] =
        (en "Model", fr "Modèle") (en "Trained on (declared)", fr "Données d’entraînement (déclarées)")
        (en "Published figure", fr "Chiffre publié") (en "Measured by this project", fr "Mesuré par le présent projet");
    /// Where the registry does not know a model.
    pub const NOT_IN_REGISTRY = en "unknown: the model is not in this program's registry",
                                fr "inconnu : le modèle ne figure pas au registre du programme";
    /// Where this project has measured nothing.
    pub const NOT_MEASURED_BY_US = en "nothing with labels, with the threshold and tiles that were used here",
                                   fr "rien qui soit confronté à des annotations, au seuil et avec le découpage employés ici";
    /// `PETS 2009 S2.L1, 795 frames with 4,476 labelled boxes of people, …`. `found`: share of the labels found; `right`: share
    /// of the boxes that were people; `wrong`: false boxes per frame; each with its interval.
    pub fn measured_detector(
        data: &str,
        frames: u64,
        people: u64,
        score: f64,
        overlap: f64,
        [found, right, wrong]: &[String; 3],
        version: &str
    ) =
        en "{data}, {} frames with {} labelled boxes of people, scores from {}: found {found} of them; {right} of its own boxes \
            were people; {wrong} false boxes (overlap from {}, 95 % intervals by bootstrap over stretches of footage, version \
            {version})",
        fr "{data}, {} images comportant {} cadres annotés de personnes, scores d’au moins {} : {found} d’entre eux trouvés ; \
            {right} des cadres signalés étaient des personnes ; faux positifs : {wrong} (recouvrement d’au moins {}, intervalles \
            à 95 % par bootstrap sur des passages de l’enregistrement, version {version})"
        (formats::count(frames), formats::count(people), formats::decimal(score, 2), formats::decimal(overlap, 1));
    /// Heading above the comparison.
    pub const LIKENESS_HEADING = en "How similar the data are to this footage",
                                 fr "Ressemblance entre ces données et les présents enregistrements";
    /// Caption of the comparison.
    pub fn likeness_caption(data: &str, sha256: &str, labels_sha256: &str) =
        en "{data}, on which this project measured the person detectors, beside the footage examined here. SHA-256 of that clip: \
            {sha256}; of its labels: {labels_sha256}.",
        fr "{data}, données sur lesquelles le présent projet a mesuré les détecteurs de personnes, en regard des enregistrements \
            examinés ici. SHA-256 de cet enregistrement : {sha256} ; de ses annotations : {labels_sha256}.";
    /// Its columns.
    pub const LIKENESS_COLUMNS[3] =
        ("") (en "Data of the measurement", fr "Données de la mesure") (en "This footage", fr "Présents enregistrements");
    /// Its rows.
    pub const LIKENESS_ROWS[4] =
        (en "Frame", fr "Image") (en "Frames looked at", fr "Images analysées") (en "People per frame", fr "Personnes par image")
        (en "Scene", fr "Scène");
    /// The data's scene.
    pub const PETS_SCENE = en "one outdoor camera by day, people walking at a middle distance",
                           fr "une caméra en extérieur, de jour, des piétons à moyenne distance";
    /// This footage's.
    pub const SCENE_NOT_DESCRIBED = en "to be judged by looking at it", fr "à apprécier en la regardant";
    /// People who were labelled, per frame.
    pub fn labelled_per_frame(mean: f64) = en "{} labelled", fr "{} (annotées)" (formats::decimal(mean, 1));
    /// People who were reported, per frame.
    pub fn reported_per_frame(text: &str) = en "{text} reported", fr "{text}, signalées";
    /// The footage is the one that was measured on.
    pub const SAME_CLIP =
        en "The footage examined here is the very clip from which these figures come. The settings of this program, its \
            thresholds among them, were chosen after this clip had been seen. The figures are therefore no test on unseen \
            footage, and elsewhere the models may do better or worse.",
        fr "L’enregistrement examiné ici est celui-là même dont proviennent ces chiffres. Les réglages du programme, dont ses \
            seuils, ont été choisis après que cet enregistrement eut été vu. Ces chiffres ne constituent donc pas une épreuve \
            sur un enregistrement inconnu, et les modèles peuvent faire mieux ou moins bien ailleurs.";
    /// It is another.
    pub const OTHER_CLIP =
        en "The settings of this program were chosen after the clip of that measurement had been seen, so that its figures are \
            no test on unseen footage. Nobody has measured whether they hold for the footage examined here.",
        fr "Les réglages du programme ont été choisis après que l’enregistrement de cette mesure eut été vu : ces chiffres ne \
            constituent donc pas une épreuve sur un enregistrement inconnu. Nul n’a mesuré s’ils valent pour les enregistrements \
            examinés ici.";
    /// Nothing was measured for the models of this run.
    pub const NOTHING_MEASURED =
        en "For the models of this run, this project has measured nothing with labels. The published figures come from \
            collections of photographs; nobody has measured how similar those are to this footage.",
        fr "Pour les modèles employés ici, le présent projet n’a rien mesuré à partir d’annotations. Les chiffres publiés \
            proviennent de collections de photographies ; nul n’a mesuré dans quelle mesure elles ressemblent aux présents \
            enregistrements.";
}
