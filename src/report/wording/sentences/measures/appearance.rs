//! Words for the measures of who looks: re-identification, faces, attributes, clothing, gait.

use super::attribute;
use crate::wording::{DistributionText, FigureText, MeasureText};
use vsa_record::reading::{Capability, DistributionName, Figure, FigureName};

pub(super) fn figure(figure: &Figure) -> Option<FigureText> {
    let of = attribute(figure.of.as_deref().unwrap_or("label"));
    let at = words! {
        en { figure.at.unwrap_or_default() },
        fr { super::super::formats::plain(figure.at.unwrap_or_default()) },
    };
    figures! {
        figure.name;
        RankOne => (en "Sightings that a system would link to the right person first",
                    fr "Apparitions qu’un système rattacherait en premier à la bonne personne")
            (en "For each sighting, the most alike other sighting was looked for, among those of the same person at least a \
                 second away and those of everybody seen at the same time: the share where it was the same person.",
             fr "Pour chaque apparition, l’apparition la plus ressemblante a été recherchée parmi celles de la même personne, \
                 distantes d’au moins une seconde, et celles de toutes les personnes vues au même moment : proportion des cas où \
                 c’était la même personne.");
        EqualErrorRate => (en "Error rate where both errors are equal", fr "Taux d’égale erreur (EER)")
            (en "At the threshold where a system would miss as many true pairs as it would make false ones, the share of pairs \
                 that it would get wrong: 0 is perfect, 50 % is guessing.",
             fr "Au seuil où un système manquerait autant de vraies paires qu’il en formerait de fausses, proportion des paires \
                 sur lesquelles il se tromperait : 0 est parfait, 50 % revient à tirer au sort.");
        GallerySize => (en "Other people to be told apart from", fr "Autres personnes dont il faut distinguer chacune")
            (en "The mean number of other people that each sighting was compared with. Among few, linking is easy; a city has \
                 many.",
             fr "Nombre moyen d’autres personnes auxquelles chaque apparition a été comparée. Parmi peu de personnes, le \
                 rapprochement est facile ; une ville en compte beaucoup.");
        MeanInversePenalty => (en "How early the last sighting of the right person comes (mINP)",
                               fr "Précocité de la dernière apparition de la bonne personne (mINP)")
            (en "For each sighting, all others were put in order of likeness, as above: the number of those of the same person, \
                 divided by the place of the last of them. 100 % means that nobody else comes before any of them (Ye et al. 2021).",
             fr "Pour chaque apparition, toutes les autres ont été classées par ressemblance, comme ci-dessus : nombre de celles de \
                 la même personne, divisé par le rang de la dernière d’entre elles. 100 % signifie que nul autre ne précède \
                 l’une d’elles (Ye et al., 2021).");
        FoundAgainShare => (en "Sightings linked to the right person first, {at} seconds later or more",
                            fr "Apparitions rattachées en premier à la bonne personne, {at} secondes plus tard ou davantage")
            (en "As above, but the person is looked for only among what was seen of them so long before: whoever was out of sight \
                 for a while would be found again so often.",
             fr "Comme ci-dessus, mais la personne n’est recherchée que parmi ses apparitions antérieures d’au moins cette durée : \
                 qui est sorti du champ un moment serait retrouvé aussi souvent.");
        RankOneRedacted => (en "The same, after heads were blacked out: linked to the right person first",
                            fr "De même, têtes noircies : rattachées en premier à la bonne personne")
            (en "What linking by the body is left with once faces are redacted. The upper 13 % of each body was filled black, \
                 more than any redaction of faces would hide.",
             fr "Ce qui reste du rapprochement par le corps une fois les visages occultés. Les 13 % supérieurs de chaque corps \
                 ont été remplis de noir, soit plus que n’en cacherait toute occultation des visages.");
        EqualErrorRateRedacted => (en "The same, after heads were blacked out: error rate where both errors are equal",
                                   fr "De même, têtes noircies : taux d’égale erreur (EER)")
            (en "The nearer to the rate above, the less the redaction of faces protects against being linked.",
             fr "Plus ce taux est proche du précédent, moins l’occultation des visages protège d’un rapprochement.");
        AssessedShare => (en "Faces of which the quality could be told", fr "Visages dont la qualité a pu être établie")
            (en "Share of the faces followed (of single images: of the faces found) with a sighting that lies in the picture as a whole and \
                 whose five points are those of a face.",
             fr "Proportion des visages suivis (pour des images isolées : des visages trouvés) comptant une apparition qui se trouve \
                 entièrement dans l’image et dont les cinq points sont ceux d’un visage.");
        CoverageShare => (en "People to whom a system would have assigned a label: {of}",
                          fr "Personnes auxquelles un système aurait attribué une étiquette : {of}")
            (en "Share of the people followed of whom a face was found and a label assigned at least once. Which label, and \
                 whether it fits anybody, is not known and not kept.",
             fr "Proportion des personnes suivies dont un visage a été trouvé et auxquelles une étiquette a été attribuée au \
                 moins une fois. Laquelle, et si elle convient à quiconque, n’est ni connu ni conservé.");
        FlipShare => (en "People whose label would have changed while they were in view: {of}",
                      fr "Personnes dont l’étiquette aurait changé pendant qu’elles étaient dans le champ : {of}")
            (en "Share of those labelled twice or more whose label was not always the same. Nobody changes so while walking by: \
                 such a label was wrong at least once.",
             fr "Proportion des personnes étiquetées deux fois ou plus dont l’étiquette n’a pas toujours été la même. Nul ne \
                 change ainsi en passant : une telle étiquette a été fausse au moins une fois.");
        UniqueShare => (en "People who are the only ones with their clothes and size",
                        fr "Personnes seules à présenter leurs vêtements et leur taille")
            (en "Share of people whom two colour names and a size band single out among everybody in this footage.",
             fr "Proportion des personnes que deux noms de couleur et une classe de taille individualisent parmi toutes celles \
                 de ces enregistrements.");
        FewerThanShare => (en "People who share their description with fewer than {at} people, themselves included",
                           fr "Personnes qui partagent leur description avec moins de {at} personnes, elles-mêmes comprises")
            (en "Whoever searches for such a description gets a list shorter than this.",
             fr "Qui recherche une telle description obtient une liste plus courte que ce nombre.");
        GaitUsableShare => (en "People seen well and long enough for recognition by gait ({at} pixels high)",
                            fr "Personnes vues assez bien et assez longtemps pour une reconnaissance par la démarche (hautes de \
                                {at} pixels)")
            (en "Share of people with at least 30 sightings of this height, four a second or more: what published networks for \
                 gait are trained on. Nobody's gait was computed.",
             fr "Proportion des personnes comptant au moins 30 apparitions de cette hauteur, quatre par seconde ou plus : ce sur \
                 quoi les réseaux publiés pour la démarche sont entraînés. Aucune démarche n’a été calculée.");
        GaitPosedShare => (en "People whose legs a model of poses saw well and long enough for recognition by gait (confidence \
                               {at})",
                           fr "Personnes dont un modèle de pose a vu les jambes assez bien et assez longtemps pour une \
                               reconnaissance par la démarche (confiance {at})")
            (en "Share of people with at least 30 sightings, four a second or more, of hips, knees and ankles at this \
                 confidence. No pose was kept, and nobody's gait was compared.",
             fr "Proportion des personnes comptant au moins 30 apparitions, quatre par seconde ou plus, où les hanches, les \
                 genoux et les chevilles atteignent cette confiance. Aucune pose n’a été conservée, et aucune démarche n’a été \
                 comparée.");
    }
}

pub(super) fn distribution(name: DistributionName) -> Option<DistributionText> {
    distributions! {
        name;
        SameSimilarity =>
            (en "How alike two sightings of one person look to the network",
             fr "À quel point deux apparitions d’une même personne se ressemblent pour le réseau")
            (en "Similarity", fr "Similarité")
            (en "pairs of sightings", fr "paires d’apparitions")
            (en "Sightings at least one second apart, on one track: a track that joins two people by mistake lowers it.",
             fr "Apparitions distantes d’au moins une seconde, sur une même piste : une piste qui réunit par erreur deux \
                 personnes l’abaisse.");
        DifferentSimilarity =>
            (en "How alike two different people look to the network",
             fr "À quel point deux personnes différentes se ressemblent pour le réseau")
            (en "Similarity", fr "Similarité")
            (en "pairs of sightings", fr "paires d’apparitions")
            (en "Only people who were in view at the same time at two places, and so are surely two. Similarities below 0 are \
                 counted at 0.",
             fr "Seulement des personnes présentes au même moment en deux endroits, qui sont donc certainement deux. Les \
                 similarités inférieures à 0 sont comptées à 0.");
        InterEyeDistanceQuality =>
            (en "Quality by the distance between the eyes", fr "Qualité d’après la distance entre les yeux")
            (en "Quality", fr "Qualité") (en "faces", fr "visages")
            (en "50 is a distance of 70 pixels, seen from the front.", fr "50 correspond à une distance de 70 pixels, vue de face.");
        LuminanceMeanQuality =>
            (en "Quality by mean luminance", fr "Qualité d’après la luminance moyenne")
            (en "Quality", fr "Qualité") (en "faces", fr "visages")
            (en "Low where the face as a whole is too dark or too light.",
             fr "Faible lorsque le visage dans son ensemble est trop sombre ou trop clair.");
        LuminanceVarianceQuality =>
            (en "Quality by the variance of luminance", fr "Qualité d’après la variance de la luminance")
            (en "Quality", fr "Qualité") (en "faces", fr "visages")
            (en "Low where the face is flat, or where light and shadow divide it.",
             fr "Faible lorsque le visage est uniforme, ou que la lumière et l’ombre le partagent.");
        UnderExposureQuality =>
            (en "Quality by under-exposure prevention", fr "Qualité d’après l’absence de sous-exposition")
            (en "Quality", fr "Qualité") (en "faces", fr "visages")
            (en "Low where nearly all of the face is nearly black.", fr "Faible lorsque presque tout le visage est presque noir.");
        OverExposureQuality =>
            (en "Quality by over-exposure prevention", fr "Qualité d’après l’absence de surexposition")
            (en "Quality", fr "Qualité") (en "faces", fr "visages")
            (en "Low where much of the face is nearly white.", fr "Faible lorsqu’une grande partie du visage est presque blanche.");
        DynamicRangeQuality =>
            (en "Quality by dynamic range", fr "Qualité d’après la dynamique")
            (en "Quality", fr "Qualité") (en "faces", fr "visages")
            (en "Low where the face has few different luminances; a face of few pixels cannot have many.",
             fr "Faible lorsque le visage compte peu de luminances différentes ; un visage de peu de pixels ne peut en compter beaucoup.");
        EdgeContrast =>
            (en "Contrast of edges, a feature of sharpness", fr "Contraste des contours, caractéristique de la netteté")
            (en "Contrast", fr "Contraste") (en "faces", fr "visages")
            (en "Mean of the absolute Laplacian: low where the picture is blurred, and where there is little contrast.",
             fr "Moyenne du laplacien absolu : faible lorsque l’image est floue, et lorsqu’il y a peu de contraste.");
        SetSize =>
            (en "How many people share a description", fr "Combien de personnes partagent une description")
            (en "People with the same description", fr "Personnes de même description")
            (en "people", fr "personnes")
            (en "Among the people in this footage alone. Colours are named under the light of the scene, as a searching system \
                 would name them.",
             fr "Parmi les seules personnes de ces enregistrements. Les couleurs sont nommées sous la lumière de la scène, comme \
                 les nommerait un système de recherche.");
    }
}

pub(super) fn measure(capability: Capability) -> Option<MeasureText> {
    measures! {
        capability;
        Reidentification =>
            (en "A network turned pictures of bodies, two a second at most, into numbers. Pairs of sightings on one track were \
                 compared with pairs of people seen at the same time: how well do the numbers tell who is who? The same was done \
                 after heads were blacked out. The numbers were wiped.",
             fr "Un réseau a transformé en nombres des images de corps, deux par seconde au plus. Les paires d’apparitions d’une \
                 même piste ont été comparées aux paires de personnes vues au même moment : dans quelle mesure ces nombres \
                 disent-ils qui est qui ? Il en a été fait de même après que les têtes ont été noircies. Les nombres ont été \
                 effacés.")
            (en "Equal error rate after ISO/IEC 19795-1, intervals by drawing whole tracks (subsets bootstrap, Bolle, Ratha and \
                 Pankanti 2004); heads are the upper 13 % of a body (Drillis and Contini 1966). Held to an independent \
                 computation on a labelled clip.",
             fr "Taux d’égale erreur selon ISO/IEC 19795-1, intervalles par tirage de pistes entières (bootstrap par \
                 sous-ensembles, Bolle, Ratha et Pankanti 2004) ; la tête est constituée des 13 % supérieurs du corps (Drillis \
                 et Contini 1966). Confronté à un calcul indépendant sur une séquence annotée.")
            (en "A higher score threshold leaves clear pictures alone and makes linking look easier.",
             fr "Un seuil de score plus élevé ne laisse que des images nettes et fait paraître le rapprochement plus facile.")
            (en "How well people could be linked between cameras or days, which is harder. Another network would give other \
                 figures, and a better one lower error rates. Nobody was identified: there was no list of people.",
             fr "Dans quelle mesure des personnes pourraient être rapprochées d’une caméra ou d’un jour à l’autre, ce qui est \
                 plus difficile. Un autre réseau donnerait d’autres valeurs, et un meilleur des taux d’erreur plus faibles. \
                 Personne n’a été identifié : il n’y avait pas de liste de personnes.");
        FaceMatching =>
            (en "A network turned aligned faces, two pictures a second at most, into numbers. Pairs of sightings on one track \
                 were compared with pairs of faces seen at the same time, in memory and among each other alone. The numbers were \
                 wiped.",
             fr "Un réseau a transformé en nombres des visages redressés, deux images par seconde au plus. Les paires \
                 d’apparitions d’une même piste ont été comparées aux paires de visages vus au même moment, en mémoire et \
                 seulement entre eux. Les nombres ont été effacés.")
            (en "Equal error rate after ISO/IEC 19795-1, intervals by drawing whole tracks (subsets bootstrap, Bolle, Ratha and \
                 Pankanti 2004).",
             fr "Taux d’égale erreur selon ISO/IEC 19795-1, intervalles par tirage de pistes entières (bootstrap par \
                 sous-ensembles, Bolle, Ratha et Pankanti 2004).")
            (en "A higher score threshold leaves large clear faces alone and makes matching look easier.",
             fr "Un seuil de score plus élevé ne laisse que de grands visages nets et fait paraître l’appariement plus facile.")
            (en "Who anybody is, and how a system with a list of photographs would do. A face is in view for seconds, in one \
                 light and one pose: matching on another day is harder.",
             fr "Qui est qui, et ce que ferait un système disposant d’une liste de photographies. Un visage n’est dans le champ \
                 que quelques secondes, sous une seule lumière et dans une seule pose : apparier un autre jour est plus \
                 difficile.");
        FaceQuality =>
            (en "Of the best look at each face that was followed (of single images: of each face), seven figures were computed from the \
                 pixels between jaw and brows, as five points show them. The best look is the largest among those turned to the camera, else \
                 the largest. Told is how they are spread over all faces, never of one.",
             fr "Du meilleur aperçu de chaque visage suivi (pour des images isolées : de chaque visage), sept valeurs ont été calculées à \
                 partir des pixels compris entre la mâchoire et les sourcils, tels que cinq points les indiquent. Le meilleur aperçu est le \
                 plus grand de ceux qui sont tournés vers la caméra, à défaut le plus grand. Seule est communiquée leur répartition sur tous \
                 les visages, jamais celle d’un seul.")
            (en "The components of ISO/IEC 29794-5:2025 that need no network, by the formulas of OFIQ, its open implementation, each from 0 \
                 (worst) to 100; of its sharpness one feature alone. Left out, because they need a network: the unified score, compression, \
                 evenness of light, colour, background, coverings, occlusion, eyes, mouth, expression; because they are about portraits: head \
                 size and crop. OFIQ cuts out the face by 98 points and leaves out what covers it.",
             fr "Les composantes de l’ISO/IEC 29794-5:2025 qui ne demandent aucun réseau, selon les formules d’OFIQ, son implémentation \
                 ouverte, chacune de 0 (la plus mauvaise) à 100 ; de sa netteté, une seule caractéristique. Sont laissés de côté, car ils \
                 demandent un réseau : le score unifié, la compression, l’uniformité de l’éclairage, la couleur, le fond, les couvre-chefs, \
                 l’occultation, les yeux, la bouche, l’expression ; car ils concernent les portraits : la taille de la tête et le cadrage. \
                 OFIQ découpe le visage par 98 points et laisse de côté ce qui le couvre.")
            (en "A higher score threshold leaves only large, clear faces and moves every figure up.",
             fr "Un seuil de score plus élevé ne laisse que de grands visages nets et relève toutes les valeurs.")
            (en "Whether anybody would be recognised: the standard speaks of pictures taken for that, and each figure is one reason among \
                 several. Faces that were not found; whether what was found is a face.",
             fr "Si quelqu’un serait reconnu : la norme traite d’images prises à cette fin, et chaque valeur est une raison parmi plusieurs. \
                 Les visages qui n’ont pas été trouvés ; si ce qui a été trouvé est un visage.");
        Attributes =>
            (en "Classifiers assigned an age and a gender to each face found, two pictures a second at most. What they assigned \
                 was not kept: only to how many people they would have assigned something, and how often they contradicted \
                 themselves about one person.",
             fr "Des classifieurs ont attribué un âge et un genre à chaque visage trouvé, deux images par seconde au plus. Ce \
                 qu’ils ont attribué n’a pas été conservé : seulement à combien de personnes ils auraient attribué quelque \
                 chose, et combien de fois ils se sont contredits au sujet d’une même personne.")
            (en "Age bands begin at 3, 10, 20 and so on to 70 years, as in FairFace (Kärkkäinen and Joo 2021). That a label \
                 which changes within one track is wrong at least once needs no source.",
             fr "Les classes d’âge commencent à 3, 10, 20 ans et ainsi de suite jusqu’à 70 ans, comme dans FairFace (Kärkkäinen \
                 et Joo 2021). Qu’une étiquette qui change au cours d’une même piste soit fausse au moins une fois se passe de \
                 source.")
            (en "A higher score threshold for faces lowers coverage and contradictions together. The longer people are in view, \
                 the more often a label changes; an age band changes easily near its edge.",
             fr "Un seuil de score plus élevé pour les visages abaisse à la fois la couverture et les contradictions. Plus les \
                 personnes restent dans le champ, plus souvent une étiquette change ; une classe d’âge change facilement près de \
                 sa limite.")
            (en "Anybody's age or gender, and whether a label that stayed the same was right.",
             fr "L’âge ou le genre de quiconque, ni si une étiquette restée la même était juste.");
        Emotion =>
            (en "The classifier of emotions that was given assigned a label to each face found, two pictures a second at most. \
                 What it assigned was not kept: only to how many people, and how often it contradicted itself about one person.",
             fr "Le classifieur d’émotions qui a été fourni a attribué une étiquette à chaque visage trouvé, deux images par \
                 seconde au plus. Ce qu’il a attribué n’a pas été conservé : seulement à combien de personnes, et combien de \
                 fois il s’est contredit au sujet d’une même personne.")
            (en "The question whether a label is stable is ours.",
             fr "La question de savoir si une étiquette est stable est la nôtre.")
            (en "A higher score threshold for faces lowers coverage and contradictions together.",
             fr "Un seuil de score plus élevé pour les visages abaisse à la fois la couverture et les contradictions.")
            (en "What anybody felt. Faces do change: a label that changes was not always wrong, unlike one of age.",
             fr "Ce que quiconque a ressenti. Les visages changent bel et bien : une étiquette qui change n’était pas toujours \
                 fausse, à la différence d’une étiquette d’âge.");
        Mask =>
            (en "The classifier of masks that was given assigned a label to each face found, two pictures a second at most: to \
                 how many people, and how often it contradicted itself about one person.",
             fr "Le classifieur de masques qui a été fourni a attribué une étiquette à chaque visage trouvé, deux images par \
                 seconde au plus : à combien de personnes, et combien de fois il s’est contredit au sujet d’une même personne.")
            (en "The question whether a label is stable is ours.",
             fr "La question de savoir si une étiquette est stable est la nôtre.")
            (en "A higher score threshold for faces leaves out covered faces first.",
             fr "Un seuil de score plus élevé pour les visages écarte d’abord les visages couverts.")
            (en "Whether anybody wore a mask: somebody may have put one on or off while in view.",
             fr "Si quelqu’un portait un masque : il a pu être mis ou retiré dans le champ.");
        SinglingOut =>
            (en "Each person was described by the colour names of what is worn above and below the hips and by being smaller \
                 than, as tall as, or taller than others at the same place. How many share a description? No network was used.",
             fr "Chaque personne a été décrite par les noms des couleurs portées au-dessus et au-dessous des hanches, et par le \
                 fait d’être plus petite, aussi grande ou plus grande que les autres au même endroit. Combien partagent une \
                 description ? Aucun réseau n’a été employé.")
            (en "The eleven basic colour terms (Berlin and Kay 1969), placed by the xkcd colour survey of 2010 in CIELAB; body \
                 proportions of Drillis and Contini (1966); height over the foot line as in Hoiem, Efros and Hebert (2008); the \
                 size of the set is the k of k-anonymity (Sweeney 2002).",
             fr "Les onze termes de couleur fondamentaux (Berlin et Kay 1969), situés d’après l’enquête xkcd de 2010 sur les \
                 couleurs, dans CIELAB ; proportions du corps de Drillis et Contini (1966) ; taille au-dessus de la ligne des \
                 pieds comme chez Hoiem, Efros et Hebert (2008) ; l’effectif de l’ensemble est le k de la k-anonymité (Sweeney \
                 2002).")
            (en "The more attributes are searched by, the more people are unique; the more people are in the footage, the fewer. \
                 A higher score threshold leaves out people.",
             fr "Plus les attributs recherchés sont nombreux, plus il y a de personnes uniques ; plus il y a de personnes dans \
                 l’enregistrement, moins il y en a. Un seuil de score plus élevé écarte des personnes.")
            (en "How many would be singled out in a whole city, or by bags, hair and patterns as well.",
             fr "Combien seraient individualisées dans une ville entière, ou d’après les sacs, les cheveux et les motifs \
                 également.");
        Gait =>
            (en "Share of the people followed who were seen whole and at least 64 pixels high in at least 30 sightings, four a second or \
                 more. Where a model of poses is given, a second share counts only sightings in which it saw hips, knees and \
                 ankles. Nobody's gait was compared.",
             fr "Proportion des personnes suivies qui ont été vues entières et hautes d’au moins 64 pixels dans au moins 30 apparitions, \
                 quatre par seconde ou plus. Si un modèle de pose est fourni, une seconde proportion ne retient que les \
                 apparitions où il a vu hanches, genoux et chevilles. Aucune démarche n’a été comparée.")
            (en "Networks for gait take silhouettes of 64 rows, 30 at a time (GaitSet, Chao et al. 2019; settings of OpenGait, \
                 Fan et al. 2023). Four sightings a second are our convention: a step takes about half a second.",
             fr "Les réseaux pour la démarche prennent des silhouettes de 64 lignes, 30 à la fois (GaitSet, Chao et al. 2019 ; \
                 réglages d’OpenGait, Fan et al. 2023). Quatre apparitions par seconde sont une convention qui nous est propre : \
                 un pas dure environ une demi-seconde.")
            (en "Looking at fewer frames in each second leaves fewer sightings, and may leave none.",
             fr "Analyser moins d’images par seconde laisse moins d’apparitions, voire aucune.")
            (en "Whether anybody could be recognised by gait. Who stands still shows none, however well seen.",
             fr "Si quiconque pourrait être reconnu à sa démarche. Qui se tient immobile n’en montre aucune, si bien vu \
                 soit-il.");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_names_its_attribute_and_its_number() {
        let figure = |name, of: Option<&str>, at| {
            figure(&Figure {
                name,
                of: of.map(str::to_owned),
                at,
                estimate: None,
            })
            .expect("it has words")
        };
        assert!(
            figure(FigureName::FlipShare, Some("age"), None)
                .title
                .contains(words! { en "age", fr "âge" })
        );
        assert!(
            figure(FigureName::FewerThanShare, None, Some(5.0))
                .title
                .contains(words! { en "fewer than 5 people", fr "moins de 5 personnes" })
        );
    }

    #[test]
    fn no_sentence_states_an_attribute_as_a_fact_about_people() {
        for capability in [Capability::Attributes, Capability::Emotion, Capability::Mask] {
            let text = measure(capability).expect("it has words");
            let said = format!("{} {}", text.definition, text.cannot_tell);
            assert!(said.contains(words! { en "assigned", fr "attribu" }) && !said.contains("women") && !said.contains("men are"));
        }
    }
}
